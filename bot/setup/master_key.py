"""The master key as the settings give it: in the environment or in a file. The key never stands in a fault."""

import base64
from collections.abc import Mapping
from pathlib import Path

from bot.setup.faults import Fault, shown_file

KEY_LENGTH = 32  # bytes


def master_key(values: Mapping[str, str], rehearsal: bool) -> tuple[bytes | None, tuple[Fault, ...]]:
    """The key itself never stands in a fault, not even a wrong one."""
    given, file = values["VAERN_MASTER_KEY"], values["VAERN_KEY_FILE"]
    if given and file:
        return None, (Fault("VAERN_KEY_FILE", "is set beside VAERN_MASTER_KEY", "Expected one of the two."),)
    if given:
        return _opened(given, "VAERN_MASTER_KEY")
    if file:
        return _from_file(Path(file), rehearsal)
    if rehearsal:
        return None, ()
    missing = "It, or VAERN_KEY_FILE, is the key that opens the store: 32 bytes in base64, `openssl rand -base64 32`."
    return None, (Fault("VAERN_MASTER_KEY", "is not set", missing),)


def _from_file(file: Path, rehearsal: bool) -> tuple[bytes | None, tuple[Fault, ...]]:
    try:
        return _opened(file.read_text(encoding="ascii"), "VAERN_KEY_FILE")
    except FileNotFoundError:
        if rehearsal:
            return None, ()  # it makes its own, there
        return None, _file_fault(file, "There is no such file. Expected the master key.")
    except (OSError, ValueError):
        return None, _file_fault(file, "It cannot be read. Expected 32 bytes in base64.")


def _file_fault(file: Path, expected: str) -> tuple[Fault, ...]:
    return (Fault("VAERN_KEY_FILE", shown_file(str(file)), expected),)


def _opened(text: str, name: str) -> tuple[bytes | None, tuple[Fault, ...]]:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:  # not base64, or not ASCII
        key = b""
    if len(key) == KEY_LENGTH:
        return key, ()
    return None, (Fault(name, "holds no key", "Expected 32 bytes in base64, `openssl rand -base64 32`."),)

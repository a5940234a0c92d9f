"""What somebody can read who finds a data folder and has the master key: everything that opens, half-written files too.

`keys` is the folder of keys they have: another than the one that belongs to an older copy of the data.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bot.stores import UnreadableFile
from bot.stores.blob_files import label, opened_blob
from bot.stores.own_keys import of_upload, opened
from bot.stores.vault import Cipher, Vault, is_name


def read_with(folder: Path, master_key: bytes, keys: Path | None = None) -> str:
    """All of it, and every file's name."""
    vault = Vault(keys or folder / "keys", master_key)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "\n".join([*map(str, files), *(text for path in files for text in _read(vault, path))])


def _read(vault: Vault, path: Path) -> Iterator[str]:
    """As it lies there, and whatever of the keys opens it."""
    yield path.read_bytes().decode("utf-8", "replace")
    name = path.name.strip(".")
    if path.parent.name in ("open", "closed"):
        yield from _case(vault, path, name.split(".")[0])
    elif path.parent.parent.name == "blobs":
        yield from _blob(vault, path, path.parent.name, name.split(".")[0])
    elif path.suffix in (".doc", ".tmp"):
        yield _unsealed(vault.of_shelf(path.parent.name), path.parent.name, name.split(".")[0], path.read_bytes())


def _case(vault: Vault, path: Path, case: str) -> Iterator[str]:
    if not is_name(case) or not vault.has_key(case):
        return
    whole = _unsealed(vault.of_case(case), "case", case, path.read_bytes())
    yield whole
    for commit in json.loads(whole)["commits"].values() if whole else ():
        for item, kept in commit["texts"].items():
            yield from _text(vault, case, item, kept)


def _text(vault: Vault, case: str, item: str, kept: str | dict[str, str]) -> Iterator[str]:
    """One by one: that one has lost its key hides no other."""
    with suppress(UnreadableFile):
        yield from opened(case, {"texts": {item: kept}}, vault.of_items(case).key_of)["texts"].values()


def _blob(vault: Vault, path: Path, case: str, item: str) -> Iterator[str]:
    if not vault.has_key(case):
        return
    keys, name = vault.of_items(case), of_upload(item)
    for key in (lambda: vault.of_case(case), lambda: keys.key_of(name)):
        with suppress(UnreadableFile):
            yield b"".join(opened_blob(path, key(), label(case, item))).decode("utf-8", "replace")


def _unsealed(cipher: Cipher, kind: str, name: str, sealed: bytes) -> str:
    try:
        return cipher.unseal(kind, name, sealed).decode("utf-8", "replace")
    except UnreadableFile:
        return ""

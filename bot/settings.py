"""How this Værn is set up: the environment (secrets, places, ports) and one `organisation.toml`.

Everything that is wrong is told at once, so that a start is put right in one go.
"""

import base64
import ipaddress
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot import organisation as organisations
from bot.faults import Fault, either, shown, told
from bot.organisation import Organisation
from bot.overlay import Overlays
from bot.standing import InForce, Sources, read_in_force

REHEARSAL_ORGANISATION = Path(__file__).parent / "rehearsal" / "organisation.toml"
# The rehearsal has its own channel, which signs for this bot: real ids would mean nothing there.
# A bot in development without an id has these too: no token of the real channel can be meant for it.
REHEARSAL_APP_ID = "5f000000-0000-4000-8000-000000000001"
REHEARSAL_TENANT = "5f000000-0000-4000-8000-000000000002"
INVENTED = {
    "MICROSOFT_APP_ID": REHEARSAL_APP_ID,
    "MICROSOFT_APP_PASSWORD": "",
    "MICROSOFT_APP_TYPE": "SingleTenant",
    "MICROSOFT_APP_TENANT_ID": REHEARSAL_TENANT,
}
"""Who the bot is where it has no real identity, whatever this machine is set up for otherwise."""
GUID = re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
KEY_LENGTH = 32  # bytes


@dataclass(frozen=True)
class Key:
    """One environment variable: what README says about it, and what it may hold."""

    name: str
    meaning: str
    default: str = ""
    choices: tuple[str, ...] = ()
    secret: bool = False


LOUDNESS = ("DEBUG", "INFO", "WARNING", "ERROR")

ENVIRONMENT = (
    Key("MICROSOFT_APP_ID", "The bot's application id in Entra."),
    Key("MICROSOFT_APP_PASSWORD", "The bot's client secret. Not with UserAssignedMSI.", secret=True),
    Key("MICROSOFT_APP_TYPE", "How the bot proves who it is.", "SingleTenant", ("SingleTenant", "UserAssignedMSI")),
    Key("MICROSOFT_APP_TENANT_ID", "The tenant the bot serves. Nobody from another tenant is answered."),
    Key("VAERN_MASTER_KEY", "The key that opens the store: 32 bytes in base64.", secret=True),
    Key("VAERN_KEY_FILE", "A file that holds the master key instead."),
    Key("VAERN_DATA", "The folder of the embedded store.", "./var/data"),
    Key("VAERN_HOST", "The address the bot listens on. The rehearsal accepts loopback only.", "127.0.0.1"),
    Key("VAERN_PORT", "The bot's port.", "3978"),
    Key("VAERN_REHEARSAL_PORT", "The rehearsal page's port; its local channel takes the one below.", "3977"),
    Key("CASE_STORE", "Where cases are kept.", "tinydb", ("tinydb", "postgres")),
    Key("VAERN_DIRECTORY", "Who is whose leader: organisation.toml alone, or Entra too.", "file", ("file", "graph")),
    Key("VAERN_DEVELOPMENT", "1 starts without application id, on loopback: nobody can write to it.", "0", ("0", "1")),
    Key("VAERN_LOG", "How much is logged: one line of JSON each, ids only.", "WARNING", LOUDNESS),
    Key("VAERN_ORGANISATION", "The file with people, places, contacts and limits.", "./organisation.toml"),
    Key("VAERN_OVERLAY", "A folder of local changes to words, steps, facts and accept wordings. Without it: none."),
)
NAMED = {key.name: key for key in ENVIRONMENT}


class SettingsFault(Exception):
    """Settings need attention; the text says which, what was found and what was expected."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        need = "1 setting needs" if len(faults) == 1 else f"{len(faults)} settings need"
        super().__init__(told(f'{need} attention (README, "Settings"):', faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """All that the house is told from outside. Secrets stay out of its repr."""

    app_id: str
    app_password: str = field(repr=False)
    app_type: str
    tenant_id: str
    master_key: bytes | None = field(repr=False)
    """32 bytes; None only in a rehearsal that has to make its own."""
    key_file: Path | None
    data: Path
    host: str
    port: int
    rehearsal_port: int
    case_store: str
    directory: str
    nameless: bool
    """In development, without an application id: on this machine, and nobody can write to it."""
    rehearsal: bool
    organisation: Organisation
    overlays: Overlays
    sources: Sources
    """Where the two were read, and are read again when they change."""


def read_settings(environment: Mapping[str, str], *, rehearsal: bool = False) -> Settings:
    """The settings, or SettingsFault with everything that is wrong with environment and organisation.toml."""
    values = {key.name: environment.get(key.name, "").strip() or key.default for key in ENVIRONMENT}
    nameless = not rehearsal and values["VAERN_DEVELOPMENT"] == "1" and not values["MICROSOFT_APP_ID"]
    if rehearsal and not environment.get("VAERN_ORGANISATION", "").strip():
        values["VAERN_ORGANISATION"] = str(REHEARSAL_ORGANISATION)
    if rehearsal or nameless:
        values |= INVENTED
    key, key_faults = _master_key(values, rehearsal)
    in_force, told = read_in_force(_sources(values))
    faults = (*_faults(values, rehearsal or nameless), *key_faults, *told)
    if faults or in_force is None:
        raise SettingsFault(faults)
    return _settings(values, key, in_force, rehearsal=rehearsal, nameless=nameless)


def sources_in(environment: Mapping[str, str]) -> Sources:
    """Where this environment keeps organisation.toml and the local changes."""
    return _sources({key.name: environment.get(key.name, "").strip() or key.default for key in ENVIRONMENT})


def _sources(values: Mapping[str, str]) -> Sources:
    overlay = values["VAERN_OVERLAY"]
    return Sources(Path(values["VAERN_ORGANISATION"]), Path(overlay) if overlay else None)


def settings_rows() -> tuple[tuple[str, str, str], ...]:
    """Name, default, meaning of every setting, for the README: the environment first, then organisation.toml."""
    places = organisations.schema()["properties"]
    return (
        *((key.name, key.default, key.meaning) for key in ENVIRONMENT),
        *((name, _written(part.get("default", "")), part["description"]) for name, part in places.items()),
    )


def _written(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items())
    return ", ".join(value) if isinstance(value, list) else str(value)


def _settings(
    values: Mapping[str, str], key: bytes | None, in_force: InForce, *, rehearsal: bool, nameless: bool
) -> Settings:
    return Settings(
        app_id=values["MICROSOFT_APP_ID"],
        app_password=values["MICROSOFT_APP_PASSWORD"],
        app_type=values["MICROSOFT_APP_TYPE"],
        tenant_id=values["MICROSOFT_APP_TENANT_ID"],
        master_key=key,
        key_file=Path(values["VAERN_KEY_FILE"]) if values["VAERN_KEY_FILE"] else None,
        data=Path(values["VAERN_DATA"]),
        host=values["VAERN_HOST"],
        port=int(values["VAERN_PORT"]),
        rehearsal_port=int(values["VAERN_REHEARSAL_PORT"]),
        case_store=values["CASE_STORE"],
        directory=values["VAERN_DIRECTORY"],
        nameless=nameless,
        rehearsal=rehearsal,
        organisation=in_force.organisation,
        overlays=in_force.overlays,
        sources=_sources(values),
    )


def _faults(values: Mapping[str, str], invented: bool) -> Iterator[Fault]:
    """`invented`: the bot has no real identity, in a rehearsal or in development."""
    yield from _choices(values)
    yield from _ports(values)
    yield from _exposure(values) if invented else _identity(values)
    if values["CASE_STORE"] == "postgres":
        yield Fault("CASE_STORE", shown("postgres"), 'That store is not available yet. Expected "tinydb".')
    if values["VAERN_DIRECTORY"] == "graph" and (invented or not values["MICROSOFT_APP_ID"]):
        yield Fault("VAERN_DIRECTORY", shown("graph"), 'Entra cannot be asked without a tenant. Expected "file".')


def _choices(values: Mapping[str, str]) -> Iterator[Fault]:
    for key in ENVIRONMENT:
        if key.choices and values[key.name] not in key.choices:
            yield Fault(key.name, shown(values[key.name]), f"Expected {either(key.choices)}.")


def _ports(values: Mapping[str, str]) -> Iterator[Fault]:
    for name in ("VAERN_PORT", "VAERN_REHEARSAL_PORT"):
        port = values[name]
        if not (port.isascii() and port.isdecimal() and int(port) < 2**16):  # 0: any port that is free
            yield Fault(name, shown(port), "Expected a port number, 0 to 65535.")


def _identity(values: Mapping[str, str]) -> Iterator[Fault]:
    for name in ("MICROSOFT_APP_ID", "MICROSOFT_APP_TENANT_ID"):
        if not values[name]:
            yield Fault(name, "is not set", _meaning(name))
        elif not GUID.fullmatch(values[name]):
            yield Fault(name, shown(values[name]), "Expected a guid such as 00000000-0000-0000-0000-000000000000.")
    if values["MICROSOFT_APP_TYPE"] == "SingleTenant" and not values["MICROSOFT_APP_PASSWORD"]:
        yield Fault("MICROSOFT_APP_PASSWORD", "is not set", _meaning("MICROSOFT_APP_PASSWORD"))


def _meaning(name: str) -> str:
    meaning = NAMED[name].meaning
    return f"It is {meaning[0].lower()}{meaning[1:]}"


def _exposure(values: Mapping[str, str]) -> Iterator[Fault]:
    """A rehearsal lets anyone be anyone, and a bot without id is not meant to be reached: both stay on this machine."""
    if not _is_loopback(values["VAERN_HOST"]):
        why = "In a rehearsal, and without application id, expected an address of this machine only, 127.0.0.1."
        yield Fault("VAERN_HOST", shown(values["VAERN_HOST"]), why)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _master_key(values: Mapping[str, str], rehearsal: bool) -> tuple[bytes | None, tuple[Fault, ...]]:
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
        return None, (Fault("VAERN_KEY_FILE", shown(str(file)), "There is no such file. Expected the master key."),)
    except (OSError, ValueError):
        return None, (Fault("VAERN_KEY_FILE", shown(str(file)), "It cannot be read. Expected 32 bytes in base64."),)


def _opened(text: str, name: str) -> tuple[bytes | None, tuple[Fault, ...]]:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:  # not base64, or not ASCII
        key = b""
    if len(key) == KEY_LENGTH:
        return key, ()
    return None, (Fault(name, "holds no key", "Expected 32 bytes in base64, `openssl rand -base64 32`."),)

"""How this Værn is set up: the environment (secrets, places, ports) and one `organisation.toml`.

Everything that is wrong is told at once, so that a start is put right in one go.
"""

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.setup import organisation as organisations
from bot.setup.credentials import certificate_faults
from bot.setup.environment import ENVIRONMENT, GUID, HOST_NAME, MAIL, NAMED
from bot.setup.faults import Fault, either, shown, shown_file, told
from bot.setup.master_key import master_key
from bot.setup.organisation import Organisation
from bot.setup.overlay import Overlays
from bot.setup.standing import InForce, Sources, read_in_force
from bot.setup.timestamps import timestamp_faults
from bot.stores.address import driver_missing, wrong_with

REHEARSAL_ORGANISATION = Path(__file__).parents[1] / "rehearsal" / "organisation.toml"
# The rehearsal has its own channel, which signs for this bot: real ids would mean nothing there.
# A bot in development without an id has these too: no token of the real channel can be meant for it.
REHEARSAL_APP_ID = "5f000000-0000-4000-8000-000000000001"
REHEARSAL_TENANT = "5f000000-0000-4000-8000-000000000002"
INVENTED = {
    "MICROSOFT_APP_ID": REHEARSAL_APP_ID,
    "MICROSOFT_APP_PASSWORD": "",
    "MICROSOFT_APP_CERTIFICATE": "",
    "MICROSOFT_APP_TYPE": "SingleTenant",
    "MICROSOFT_APP_TENANT_ID": REHEARSAL_TENANT,
}
"""Who the bot is where it has no real identity, whatever this machine is set up for otherwise."""
REHEARSED = {"VAERN_ORGANISATION": str(REHEARSAL_ORGANISATION), "VAERN_DATA": "./var/rehearsal"}
"""What a rehearsal uses unless told otherwise. Its own folder: its key must not meet a real bot's store."""


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
    app_certificate: str
    """The PEM file's place; empty: the password, or the machine's own identity."""
    app_type: str
    tenant_id: str
    master_key: bytes | None = field(repr=False)
    """32 bytes; None only in a rehearsal that has to make its own."""
    key_file: Path | None
    data: Path
    host: str
    port: int
    bot_host: str
    """The name the world knows it by; empty: not told."""
    rehearsal_port: int
    case_store: str
    database: str = field(repr=False)
    """Where PostgreSQL is, password and all; empty with the embedded store."""
    directory: str
    catalog_app_id: str
    """Empty: Graph installs the app for nobody."""
    mailbox: str
    """Empty: no mail and no invitation through Graph."""
    nameless: bool
    """In development, without an application id: on this machine, and nobody can write to it."""
    rehearsal: bool
    organisation: Organisation
    overlays: Overlays
    sources: Sources
    """Where the two were read, and are read again when they change."""
    metrics_port: int | None = None
    """Where figures are served, on this machine alone; None: nowhere."""
    timestamp_url: str = ""
    """The timestamp authority of packages; empty: none is asked."""
    timestamp_ca: Path | None = None
    """What its timestamps are checked against."""

    @property
    def health_url(self) -> str:
        """Where the bot answers to the world; empty when nobody has said."""
        return f"https://{self.bot_host}/healthz" if self.bot_host else ""


def read_settings(environment: Mapping[str, str], *, rehearsal: bool = False) -> Settings:
    """The settings, or SettingsFault with everything that is wrong with environment and organisation.toml."""
    values = {key.name: environment.get(key.name, "").strip() or key.default for key in ENVIRONMENT}
    file_faults = tuple(_from_files(values))
    nameless = not rehearsal and values["VAERN_DEVELOPMENT"] == "1" and not values["MICROSOFT_APP_ID"]
    if rehearsal:
        values |= {name: its for name, its in REHEARSED.items() if not environment.get(name, "").strip()}
    if rehearsal or nameless:
        values |= INVENTED
    key, key_faults = master_key(values, rehearsal)
    in_force, told = read_in_force(_sources(values))
    faults = (*file_faults, *_faults(values, rehearsal or nameless), *key_faults, *told)
    if faults or in_force is None:
        raise SettingsFault(faults)
    return _settings(values, key, in_force, rehearsal=rehearsal, nameless=nameless)


def sources_in(environment: Mapping[str, str]) -> Sources:
    """Where this environment keeps organisation.toml and the local changes."""
    return _sources({key.name: environment.get(key.name, "").strip() or key.default for key in ENVIRONMENT})


def _sources(values: Mapping[str, str]) -> Sources:
    overlay = values["VAERN_OVERLAY"]
    return Sources(Path(values["VAERN_ORGANISATION"]), Path(overlay) if overlay else None)


def embedded_store(environment: Mapping[str, str]) -> Path:
    """The folder of the embedded store, for what is done with it from outside; SettingsFault when another is used."""
    if (store := environment.get("CASE_STORE", "").strip() or "tinydb") != "tinydb":
        why = "This is for the embedded store alone; a database has tools of its own (docs/operations.md)."
        raise SettingsFault((Fault("CASE_STORE", shown(store), why),))
    return Path(environment.get("VAERN_DATA", "").strip() or NAMED["VAERN_DATA"].default)


def key_file_of(environment: Mapping[str, str]) -> Path | None:
    """The file of the master key, when one is named."""
    named = environment.get("VAERN_KEY_FILE", "").strip()
    return Path(named) if named else None


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
        app_certificate=values["MICROSOFT_APP_CERTIFICATE"],
        app_type=values["MICROSOFT_APP_TYPE"],
        tenant_id=values["MICROSOFT_APP_TENANT_ID"],
        master_key=key,
        key_file=Path(values["VAERN_KEY_FILE"]) if values["VAERN_KEY_FILE"] else None,
        data=Path(values["VAERN_DATA"]),
        host=values["VAERN_HOST"],
        port=int(values["VAERN_PORT"]),
        bot_host=values["VAERN_BOT_HOST"],
        rehearsal_port=int(values["VAERN_REHEARSAL_PORT"]),
        case_store=values["CASE_STORE"],
        database=values["VAERN_DATABASE"],
        directory=values["VAERN_DIRECTORY"],
        catalog_app_id=values["TEAMS_CATALOG_APP_ID"],
        mailbox=values["VAERN_MAILBOX"],
        nameless=nameless,
        rehearsal=rehearsal,
        organisation=in_force.organisation,
        overlays=in_force.overlays,
        sources=_sources(values),
        metrics_port=int(values["VAERN_METRICS_PORT"]) if values["VAERN_METRICS_PORT"] else None,
        timestamp_url=values["VAERN_TIMESTAMP_URL"],
        timestamp_ca=Path(values["VAERN_TIMESTAMP_CA"]) if values["VAERN_TIMESTAMP_CA"] else None,
    )


def _faults(values: Mapping[str, str], invented: bool) -> Iterator[Fault]:
    """`invented`: the bot has no real identity, in a rehearsal or in development."""
    yield from _choices(values)
    yield from _ports(values)
    yield from _forms(values)
    yield from timestamp_faults(values["VAERN_TIMESTAMP_URL"], values["VAERN_TIMESTAMP_CA"])
    if values["VAERN_BOT_HOST"] and not HOST_NAME.fullmatch(values["VAERN_BOT_HOST"]):
        expected = "Expected a host name without https:// and path, such as bot.example.dk."
        yield Fault("VAERN_BOT_HOST", shown(values["VAERN_BOT_HOST"]), expected)
    yield from _exposure(values) if invented else _identity(values)
    if values["CASE_STORE"] == "postgres":
        yield from _database(values["VAERN_DATABASE"])
    if values["VAERN_DIRECTORY"] == "graph" and (invented or not values["MICROSOFT_APP_ID"]):
        yield Fault("VAERN_DIRECTORY", shown("graph"), 'Entra cannot be asked without a tenant. Expected "file".')


def _database(address: str) -> Iterator[Fault]:
    """The address may hold a password: it never stands in a fault, not even a wrong one."""
    if driver_missing():
        yield Fault("CASE_STORE", shown("postgres"), "Its driver is missing: pip install '.[postgres]'.")
    elif not address:
        yield Fault("VAERN_DATABASE", "is not set", _meaning("VAERN_DATABASE"))
    elif wrong := wrong_with(address):
        yield Fault("VAERN_DATABASE", *wrong)


def _from_files(values: dict[str, str]) -> Iterator[Fault]:
    """A secret may lie in a file instead of the environment: it is put in its place. The file's text is in no fault."""
    for key in ENVIRONMENT:
        file = values.get(f"{key.name}_FILE", "") if key.secret else ""
        if file and values[key.name]:
            yield Fault(f"{key.name}_FILE", f"is set beside {key.name}", "Expected one of the two.")
        elif file:
            try:
                values[key.name] = Path(file).read_text(encoding="utf-8").strip()
            except (OSError, ValueError):
                yield Fault(f"{key.name}_FILE", shown_file(file), "It cannot be read. Expected a file with the secret.")


def _choices(values: Mapping[str, str]) -> Iterator[Fault]:
    for key in ENVIRONMENT:
        if key.choices and values[key.name] not in key.choices:
            yield Fault(key.name, shown(values[key.name]), f"Expected {either(key.choices)}.")


def _ports(values: Mapping[str, str]) -> Iterator[Fault]:
    for name in ("VAERN_PORT", "VAERN_REHEARSAL_PORT", "VAERN_METRICS_PORT"):
        port = values[name] or "0"
        if not (port.isascii() and port.isdecimal() and int(port) < 2**16):  # 0: any port that is free
            yield Fault(name, shown(port), "Expected a port number, 0 to 65535.")


def _identity(values: Mapping[str, str]) -> Iterator[Fault]:
    for name in ("MICROSOFT_APP_ID", "MICROSOFT_APP_TENANT_ID"):
        if not values[name]:
            yield Fault(name, "is not set", _meaning(name))
    if values["MICROSOFT_APP_TYPE"] == "SingleTenant":
        yield from _proof(values["MICROSOFT_APP_PASSWORD"], values["MICROSOFT_APP_CERTIFICATE"])


def _proof(password: str, certificate: str) -> Iterator[Fault]:
    if password and certificate:
        yield Fault("MICROSOFT_APP_CERTIFICATE", "is set beside MICROSOFT_APP_PASSWORD", "Expected one of the two.")
    elif certificate:
        yield from certificate_faults("MICROSOFT_APP_CERTIFICATE", certificate)
    elif not password:
        yield Fault("MICROSOFT_APP_PASSWORD", "is not set", _meaning("MICROSOFT_APP_PASSWORD"))


def _forms(values: Mapping[str, str]) -> Iterator[Fault]:
    for name in ("MICROSOFT_APP_ID", "MICROSOFT_APP_TENANT_ID", "TEAMS_CATALOG_APP_ID"):
        if values[name] and not GUID.fullmatch(values[name]):
            yield Fault(name, shown(values[name]), "Expected a guid such as 00000000-0000-0000-0000-000000000000.")
    if values["VAERN_MAILBOX"] and not MAIL.fullmatch(values["VAERN_MAILBOX"]):
        yield Fault("VAERN_MAILBOX", shown(values["VAERN_MAILBOX"]), "Expected a mail address.")


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

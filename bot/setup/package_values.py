"""What an organisation puts into the app package: from the environment, or from `env/.env.<name>` and its own file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv.parser import parse_stream

from bot.setup.environment import GUID, HOST_NAME, NAMED
from bot.setup.faults import Fault, either, shown

ENVIRONMENTS = Path("env")
FILE = ".env."
OWN = ".user"


@dataclass(frozen=True)
class Value:
    """What an organisation puts into the manifest. `needed`: the package cannot be built without."""

    name: str
    meaning: str
    pattern: str
    expected: str
    default: str = ""
    needed: bool = True


VALUES = (
    Value("MICROSOFT_APP_ID", "The bot's application id in Entra.", GUID.pattern, "Expected a guid."),
    Value("TEAMS_APP_ID", "The id of the Teams app. Left out, it is the bot's.", GUID.pattern, "Expected a guid."),
    Value(
        "VAERN_APP_NAME",
        "The app's name in Teams, as neutral as you want it. Cards go on saying Værn.",
        r"\S.{0,29}",
        "Expected at most 30 characters.",
        "Værn",
    ),
    Value(
        "VAERN_BOT_HOST",
        "The host name that Teams reaches the bot under.",
        HOST_NAME.pattern,
        "Expected a host name without https:// and path, such as bot.example.dk.",
    ),
    Value(
        "VAERN_INFORMATION_URL",
        "Your own page on Værn, personal data and terms of use. Left out, the bot's own pages are shown.",
        r"https://\S+",
        "Expected an address that begins with https://.",
        needed=False,
    ),
    Value(
        "VAERN_PUBLISHER",
        "Who stands as publisher. Left out, it is the authority in organisation.toml.",
        r"\S.{0,31}",
        "Expected at most 32 characters.",
    ),
)


def package_values(environment: Mapping[str, str], authority: str) -> dict[str, str]:
    """The manifest's values; what may be left out follows from what is there."""
    follows = {"TEAMS_APP_ID": environment.get("MICROSOFT_APP_ID", "").strip(), "VAERN_PUBLISHER": authority}
    given = {value.name: environment.get(value.name, "").strip() or value.default for value in VALUES}
    return given | {name: given[name] or other for name, other in follows.items()}


def package_rows() -> tuple[tuple[str, str, str], ...]:
    """Name, default, meaning of every value that the bot itself has no setting for, as `settings_rows` gives them."""
    return tuple((value.name, value.default, value.meaning) for value in VALUES if value.name not in NAMED)


def value_faults(values: Mapping[str, str], file: str = "") -> tuple[Fault, ...]:
    """Everything that is missing or wrong. `file`: where it is put right; empty for the environment."""
    return tuple(_value_faults(values, file))


def _value_faults(values: Mapping[str, str], file: str) -> Iterator[Fault]:
    for value in VALUES:
        given = values.get(value.name, "")
        if given and not re.fullmatch(value.pattern, given):
            yield Fault(value.name, shown(given), value.expected, file)
        elif not given and value.needed:
            yield Fault(value.name, "is not set", f"It is {value.meaning[0].lower()}{value.meaning[1:]}", file)


def environment_file(name: str, folder: Path = ENVIRONMENTS) -> Path:
    """`env/.env.dev` for "dev"."""
    return folder / f"{FILE}{name}"


def read_environment(name: str, folder: Path = ENVIRONMENTS) -> tuple[dict[str, str], tuple[Fault, ...]]:
    """What stands in `env/.env.<name>`, and over it in `env/.env.<name>.user`, which is the organisation's own.

    Nothing of this machine's own environment: a package is what its files say. The toolkit reads the same files.
    """
    given, faults = read_file(environment_file(name, folder))
    own = own_file(name, folder)
    mine, wrong = read_file(own) if own.exists() else ({}, ())
    return given | mine, (*faults, *wrong)


def own_file(name: str, folder: Path = ENVIRONMENTS) -> Path:
    """`env/.env.dev.user` for "dev": git ignores it, so an update never meets what an organisation wrote."""
    return folder / f"{FILE}{name}{OWN}"


def read_file(file: Path) -> tuple[dict[str, str], tuple[Fault, ...]]:
    """The values of one file of lines NAME=value, and every line that is none."""
    try:
        with file.open(encoding="utf-8") as stream:
            lines = list(parse_stream(stream))
    except (OSError, ValueError):
        return {}, (_unreadable(file),)
    wrong = [line.original for line in lines if line.error]
    faults = (Fault(f"line {where.line}", shown(where.string.strip()), "Expected NAME=value.", str(file))
              for where in wrong)  # fmt: skip
    return {line.key: line.value or "" for line in lines if line.key}, tuple(faults)


def _unreadable(file: Path) -> Fault:
    known = sorted(path.name.removeprefix(FILE) for path in file.parent.glob(f"{FILE}*") if path.suffix != OWN)
    there = f" There is {either(known)}." if known else ""
    return Fault(str(file), "cannot be read", f"Expected a file of lines NAME=value in UTF-8.{there}")

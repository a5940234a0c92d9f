"""Build the zip for Teams."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from bot.setup.faults import Fault
from bot.setup.organisation import read_organisation
from bot.setup.package import PackageFault, build_package
from bot.setup.package_values import environment_file, own_file, package_values, read_environment

NAME = "package"


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--env", metavar="NAME", help="take the values from env/.env.NAME and .env.NAME.user alone")
    parser.add_argument("--out", type=Path, help="where the zip is put; left out, var/vaern.zip or var/vaern-NAME.zip")


def run(chosen: Namespace) -> int:
    given, faults = read_environment(chosen.env) if chosen.env else (dict(os.environ), ())
    if faults and not given:  # no such file: that everything in it is missing need not be said
        raise PackageFault(faults)
    authority, unknown = ("", ()) if given.get("VAERN_PUBLISHER") or faults else _authority(given)
    values = package_values(given, authority)
    file = _file(chosen.env) if chosen.env else ""
    out = chosen.out or Path("var", f"vaern-{chosen.env}.zip" if chosen.env else "vaern.zip")
    print(build_package(Path("appmanifest"), out, values, given=(*faults, *unknown), file=file))
    return 0


def _file(name: str) -> str:
    """Where a value is put right: in the organisation's own file, where there is one."""
    own = own_file(name)
    return str(own if own.exists() else environment_file(name))


def _authority(given: Mapping[str, str]) -> tuple[str, tuple[Fault, ...]]:
    """Whose app it is, from organisation.toml, where no publisher is named."""
    place = given.get("VAERN_ORGANISATION") or os.environ.get("VAERN_ORGANISATION") or "./organisation.toml"
    organisation, faults = read_organisation(Path(place))
    return (organisation.authority if organisation else ""), faults

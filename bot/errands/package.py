"""Build the zip for Teams."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from bot.organisation import read_organisation
from bot.package import build_package, package_values
from bot.settings import SettingsFault

NAME = "package"


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=Path("var/vaern.zip"), help="where the zip is put")


def run(chosen: Namespace) -> int:
    place = Path(os.environ.get("VAERN_ORGANISATION", "./organisation.toml"))
    organisation, faults = read_organisation(place)
    if organisation is None:
        raise SettingsFault(faults)
    values = package_values(os.environ, organisation.authority)
    print(build_package(Path("appmanifest"), chosen.out, values))
    return 0

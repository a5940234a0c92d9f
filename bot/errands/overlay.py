"""Check the local changes in VAERN_OVERLAY, and say what each administration changes."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from bot.setup.overlay import ALL, Overlays
from bot.setup.settings import SettingsFault, sources_in
from bot.setup.standing import read_in_force
from casework.local import Guide, original

NAME = "overlay"


def options(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=("check",), help="read everything; nothing is changed")


def run(chosen: Namespace) -> int:
    in_force, faults = read_in_force(sources_in(os.environ))
    if in_force is None:
        raise SettingsFault(faults)
    print("\n".join(_lines(in_force.overlays)))
    return 0


def _lines(overlays: Overlays) -> Iterator[str]:
    for place in (ALL, *sorted(overlays.administrations)):
        yield f"{place}: {', '.join(_changed(overlays.guides[place])) or 'nothing is changed'}"


def _changed(guide: Guide) -> Iterator[str]:
    """What differs from the original, in figures and names."""
    before = original()
    words = sum(text != before.catalogues["da"].get(key) for key, text in guide.catalogues["da"].items())
    facts = [fact.id for fact in guide.facts if fact not in before.facts]
    links = [row.id for row in (*guide.platforms, *guide.rights) if row not in (*before.platforms, *before.rights)]
    wordings = [version for version in guide.wordings.values() if version not in before.wordings.values()]
    yield from (f"{words} texts",) if words else ()
    yield from (f"facts {' '.join(facts)}",) if facts else ()
    yield from (f"links {' '.join(links)}",) if links else ()
    yield from (f"wordings in force {' '.join(wordings)}",) if wordings else ()
    yield from (f"left out {' '.join(guide.left_out)}",) if guide.left_out else ()

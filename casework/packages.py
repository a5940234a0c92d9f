"""What is put together for the police, an authority, a platform: what goes into which, and that it was made (B10-B15).

Who may make which stands in `casework.access`. What goes in is never more than the one who makes it may open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.access import IN_A_CASE, openable
from casework.access_of_packages import may_make
from casework.again import newest, same_press
from casework.case import Case, Item
from casework.vocabulary import ItemKind, Package, PersonId, Role, Stage

PICTURES_AND_PDF = frozenset({"application/pdf", "image/jpeg", "image/png"})
"""All that Datatilsynet takes: no sound, no video, no archives, no links."""


@dataclass(frozen=True)
class Recipe:
    """`paper`: the documentation as a PDF, without the sections in `without`. `pasted`: words to paste, and no file.

    `originals`: what was received goes along, byte for byte; `takes` None: of every type; `withdrawn`: also what was
    withdrawn, for those who may open it, and marked.
    """

    paper: bool = False
    originals: bool = False
    letter: bool = False
    metadata: bool = False
    pasted: bool = False
    withdrawn: bool = False
    takes: frozenset[str] | None = None
    without: frozenset[str] = frozenset()


INTERNAL = frozenset({"plan", "reasons"})
"""What the workplace has planned and noted for itself: no business of those outside."""
RECIPES: Mapping[Package, Recipe] = {
    Package.POLICE: Recipe(paper=True, originals=True, without=INTERNAL),
    Package.SAFETYNET: Recipe(pasted=True),
    Package.DATATILSYNET: Recipe(
        paper=True, originals=True, letter=True, takes=PICTURES_AND_PDF, without=INTERNAL | {"police", "custody"}
    ),
    Package.PLATFORM: Recipe(pasted=True),
    Package.LEGAL_STAFF: Recipe(paper=True, originals=True, withdrawn=True),
    Package.DOCUMENT_SYSTEM: Recipe(paper=True, originals=True, metadata=True),
    Package.OWN_COPY: Recipe(paper=True, originals=True),
}


def packages_of(case: Case, person: PersonId, roles: frozenset[Role]) -> tuple[Package, ...]:
    """What they may put together."""
    if case.stage not in (Stage.OPEN, Stage.CLOSED) or case.call_made_at is not None:
        return ()
    return tuple(package for package in Package if may_make(case, person, roles, package))


def ways_to_files(case: Case, person: PersonId, roles: frozenset[Role]) -> str:
    """How a file that no card can show is had: with the PDF or a package, a package alone, or "": neither."""
    if not {Package.LEGAL_STAFF, Package.OWN_COPY} & {*packages_of(case, person, roles)}:
        return ""
    return "paper" if roles & IN_A_CASE[c.MakeDocumentation] else "packages"


def fitting(case: Case, person: PersonId, roles: frozenset[Role], package: Package) -> tuple[Item, ...]:
    """What may go into it: what they may open, and the recipient takes. Words stand in the PDF, whatever it takes."""
    recipe, takes = RECIPES[package], RECIPES[package].takes
    seen = seen_by(case, person, roles, withdrawn=recipe.withdrawn) if recipe.originals else ()
    return tuple(item for item in seen if takes is None or item.kind is ItemKind.TEXT or item.media_type in takes)


def unfitting(case: Case, person: PersonId, roles: frozenset[Role], package: Package) -> tuple[Item, ...]:
    """What they may open, and the recipient does not take."""
    takes = RECIPES[package].takes
    seen = seen_by(case, person, roles) if takes is not None else ()
    return tuple(item for item in seen if item.kind is ItemKind.FILE and item.media_type not in (takes or ()))


def seen_by(case: Case, person: PersonId, roles: frozenset[Role], *, withdrawn: bool = False) -> tuple[Item, ...]:
    """All the evidence they may open, also what was `withdrawn` if that is asked for: legal staff alone open it."""
    gone = [one.item for one in case.custody.withdrawn.values()] if withdrawn else []
    every = sorted((*case.evidence, *gone), key=lambda item: item.number)
    return tuple(item for item in every if openable(case, person, roles, item.id))


def make_package(case: Case, command: c.MakePackage, now: datetime) -> tuple[e.Event, ...]:
    """That it was made is a fact the affected employee can read. The same within the minute is the same making."""
    last = last_made(case, command.by, command.package)
    same = last is not None and (last.items, last.left_out) == (command.items, command.left_out)
    if same and not command.anew and same_press(last, now):
        return ()
    made = {name: getattr(command, name) for name in ("package", "items", "left_out", "manifest")}
    return (e.PackageMade(by=command.by, at=now, **made),)


def last_made(case: Case, person: PersonId, package: Package) -> e.PackageMade | None:
    """The newest of that kind they have made."""
    return newest(case, e.PackageMade, by=person, package=package)

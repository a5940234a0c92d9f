"""What is put together for the police, an authority, a platform: what goes into which, and that it was made (B10-B15).

Who may make which stands in `casework.access`. What goes in is never more than the one who makes it may open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework import commands as c
from casework import events as e
from casework.access import openable, roles_of
from casework.access_of_packages import may_make
from casework.case import Case, Item
from casework.vocabulary import ItemId, Package, PersonId, Role, Stage

ONE_MAKING = timedelta(minutes=1)
PICTURES_AND_PDF = frozenset({"application/pdf", "image/jpeg", "image/png"})
"""All that Datatilsynet takes: no sound, no video, no archives, no links."""


@dataclass(frozen=True)
class Recipe:
    """`paper`: the documentation as a PDF, without the sections in `without`. `pasted`: words to paste, and no file.

    `originals`: what was received goes along, byte for byte; `takes` None: of every type.
    """

    paper: bool = False
    originals: bool = False
    letter: bool = False
    metadata: bool = False
    pasted: bool = False
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
    Package.LEGAL_STAFF: Recipe(paper=True, originals=True),
    Package.DOCUMENT_SYSTEM: Recipe(paper=True, originals=True, metadata=True),
    Package.OWN_COPY: Recipe(paper=True, originals=True),
}


def packages_of(case: Case, person: PersonId, roles: frozenset[Role] | None = None) -> tuple[Package, ...]:
    """What they may put together. `roles`: where a group is asked about, with what it gives them."""
    if case.stage not in (Stage.OPEN, Stage.CLOSED) or case.call_made_at is not None:
        return ()
    roles = roles_of(case, person) if roles is None else roles
    return tuple(package for package in Package if may_make(case, person, roles, package))


def fitting(case: Case, person: PersonId, package: Package) -> tuple[Item, ...]:
    """What may go into it: what they may open, and the recipient takes."""
    takes = RECIPES[package].takes
    return tuple(item for item in _seen(case, person, package) if takes is None or item.media_type in takes)


def unfitting(case: Case, person: PersonId, package: Package) -> tuple[Item, ...]:
    """What they may open, and the recipient does not take."""
    fits = fitting(case, person, package)
    return tuple(item for item in _seen(case, person, package) if item not in fits)


def _seen(case: Case, person: PersonId, package: Package) -> tuple[Item, ...]:
    if not RECIPES[package].originals:
        return ()
    roles = roles_of(case, person)
    return tuple(item for item in case.evidence if openable(case, person, roles, item.id))


def make_package(case: Case, command: c.MakePackage, now: datetime) -> tuple[e.Event, ...]:
    """That it was made is a fact the affected employee can read. The same within the minute is the same making."""
    fits = tuple(item.id for item in fitting(case, command.by, command.package))
    left_out = tuple(item for item in fits if item in command.left_out)
    last = last_made(case, command.by, command.package)
    if last is not None and last.left_out == left_out and now - last.at < ONE_MAKING:
        return ()
    made = e.PackageMade(
        by=command.by,
        at=now,
        package=command.package,
        items=tuple(item for item in fits if item not in left_out),
        left_out=left_out,
        manifest=command.manifest,
    )
    return (made,)


def last_made(case: Case, person: PersonId, package: Package) -> e.PackageMade | None:
    """The newest of that kind they have made."""
    made = (event for event in reversed(case.log) if isinstance(event, e.PackageMade))
    return next((event for event in made if (event.by, event.package) == (person, package)), None)


def left_out_by_number(case: Case, person: PersonId, package: Package, numbers: frozenset[int]) -> tuple[ItemId, ...]:
    """The pieces somebody wants left out, by the numbers they are spoken of by."""
    return tuple(item.id for item in fitting(case, person, package) if item.number in numbers)

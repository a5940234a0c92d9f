"""What a waiting file is of. At the yes it is asked once more what was asked when it was made: may they have it?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from casework.access import roles_of
from casework.case import Case
from casework.commands import Command, MakeDocumentation, MakePackage, OpenLetter
from casework.decide import decide
from casework.handing_out import still_theirs, to_be_inside
from casework.vocabulary import CaseId, ItemId, Package, PersonId, Refused, Role, StepId

if TYPE_CHECKING:
    from bot.desk import Desk


class Kind(StrEnum):
    """Kept with the file."""

    DOCUMENTATION = "documentation"
    PACKAGE = "package"
    LETTER = "letter"
    JOURNAL = "journal"  # a letter that was sent
    NUMBERS = "numbers"


@dataclass(frozen=True)
class About:
    """`which`: the package, the letter's step, or the place the numbers are of. `items`: what of the case is in it."""

    kind: Kind
    case: CaseId | None = None
    which: str = ""
    items: tuple[ItemId, ...] = ()

    def document(self) -> dict[str, Any]:
        return {"kind": self.kind.value, "case": self.case, "which": self.which, "items": list(self.items)}


def read_about(document: dict[str, Any] | None) -> About | None:
    """None: nobody knows what it is of. So it was with what was offered before this was kept."""
    if document is None:
        return None
    items = tuple(ItemId(item) for item in document["items"])
    return About(Kind(document["kind"]), document["case"], document["which"], items)


async def of_evidence(desk: "Desk", case: Case, kind: Kind, which: str = "", out: tuple[ItemId, ...] = ()) -> About:
    """With all that the person may see of the case, but for what was left out by hand (`out`)."""
    inside = to_be_inside(case, desk.person, await _roles(desk, case), out)
    return About(kind, case.id, which, inside)


async def may_have(desk: "Desk", about: About | None) -> bool:
    """Whether the person could ask for it now, and whether all of it is still theirs to see."""
    if about is None:
        return False
    if about.kind is Kind.NUMBERS:
        return any(view.place == about.which for view in await desk.office.numbers.views(desk.person, None))
    return await _may_have_of_a_case(desk, AGAIN[about.kind](about, desk.person), about.items)


async def _may_have_of_a_case(desk: "Desk", asked: Command, items: tuple[ItemId, ...]) -> bool:
    try:
        await desk.allowed(asked)
        case = (await desk.open(asked.case)).case
        decide(case, asked, desk.now())
    except Refused:
        return False
    return still_theirs(case, desk.person, await _roles(desk, case), items)


async def _roles(desk: "Desk", case: Case) -> frozenset[Role]:
    return roles_of(case, desk.person, await desk.office.groups_of(desk.person), legal=desk.office.legal_staff())


def _documentation(about: About, by: PersonId) -> Command:
    return MakeDocumentation(case=about.case, by=by)


def _package(about: About, by: PersonId) -> Command:
    return MakePackage(case=about.case, by=by, package=Package(about.which), items=about.items)


def _letter(about: About, by: PersonId) -> Command:
    return OpenLetter(case=about.case, by=by, step=StepId(about.which))


def _journal(about: About, by: PersonId) -> Command:
    return OpenLetter(case=about.case, by=by, step=StepId(about.which), letter=ItemId(""))


AGAIN: Mapping[Kind, Callable[[About, PersonId], Command]] = {
    Kind.DOCUMENTATION: _documentation,
    Kind.PACKAGE: _package,
    Kind.LETTER: _letter,
    Kind.JOURNAL: _journal,
}
"""What is asked for once more, of a case."""

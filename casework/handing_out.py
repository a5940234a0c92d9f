"""A file that was made of a case and waits for a yes: whether it may still be handed out when the yes comes."""

from collections.abc import Iterable

from casework.access import openable
from casework.case import Case
from casework.packages import seen_by
from casework.vocabulary import ItemId, PersonId, Role


def to_be_inside(
    case: Case, person: PersonId, roles: frozenset[Role], out: Iterable[ItemId] = ()
) -> tuple[ItemId, ...]:
    """The evidence and the words that go in, besides what was withdrawn already: legal staff may have that."""
    seen = (*(item.id for item in seen_by(case, person, roles)), *case.account)
    gone = {*out, *case.custody.withdrawn}
    return tuple(item for item in seen if item not in gone and openable(case, person, roles, item))


def still_theirs(case: Case, person: PersonId, roles: frozenset[Role], inside: Iterable[ItemId]) -> bool:
    """Whether nothing of it was withdrawn since, nor shut to them in another way."""
    return all(item not in case.custody.withdrawn and openable(case, person, roles, item) for item in inside)

"""Whom somebody names to take a part in a case: who cannot is refused in the same words, whatever the reason.

Asked last, when all else is in order: so no answer about a day or a step tells who is affected or shut out, and a no
says no more of anybody than of a name that nobody has.
"""

from collections.abc import Iterable

from casework.case import Case
from casework.vocabulary import PersonId, Refused

NOT_THEM = "cannot_be_chosen"


def may_take_part(case: Case, person: PersonId | None, besides: Iterable[PersonId | None] = ()) -> None:
    """Refused for whoever is affected or excluded, and for those in `besides`."""
    if person is not None and person in {*case.affected, *case.excluded, *besides}:
        raise Refused(NOT_THEM)

"""Who finds a case among theirs, and who must not stumble upon it; who may see numbers, and how the house runs."""

from collections.abc import Collection

from casework.case import Case
from casework.vocabulary import HandedOn, PersonId, Stage

STILL_READS = frozenset({HandedOn.UNREACHABLE, HandedOn.ABSENT, HandedOn.SILENT})
"""Why whoever had the case before stays a reader of its card. Of a case that was moved nothing is left to them."""


def people_of(case: Case) -> frozenset[PersonId]:
    """Everyone who finds this case among theirs. Never anyone excluded, nor affected and not told."""
    people = {case.reporter, *case.told}
    if case.stage is not Stage.DRAFT:
        people |= {case.recipient, case.analysis_by, *_readers(case)}
        people |= {*case.custody.consulted}
        people |= {person for state in case.steps.values() for person in (state.owner, state.offered_to)}
        people |= {case.analysis.follow_up_by} if case.analysis else set()
        people |= case.measures.owners
        people |= {one for one in case.documenting.people if case.documenting.documents(one)}
    known = frozenset(person for person in people if person is not None and person not in case.excluded)
    return known - untold(case)


def _readers(case: Case) -> frozenset[PersonId]:
    return frozenset(person for person, reason in case.formers.items() if reason in STILL_READS)


def untold(case: Case) -> frozenset[PersonId]:
    """Affected people who have not heard of the case, and must not stumble upon it."""
    return frozenset(case.affected) - frozenset(case.told) - {case.reporter, case.recipient}


def may_see_numbers(person: PersonId, readers: Collection[PersonId]) -> bool:
    """Whether somebody may see an administration's numbers: members of its health and safety groups, and whoever the
    settings name. By who they are, and never by a case."""
    return person in readers


def may_see_status(person: PersonId, administrators: Collection[PersonId]) -> bool:
    """Whether somebody may see how the house runs: those the settings name, and nothing of any case comes with it."""
    return person in administrators

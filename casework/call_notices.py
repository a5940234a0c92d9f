"""Whom a wish to be rung, and that it was met, must reach."""

from collections.abc import Iterator

from casework import events as e
from casework.access import people_of
from casework.case import Case
from casework.vocabulary import PersonId


def of_a_call(case: Case, event: e.CallAsked | e.CallMade) -> Iterator[tuple[PersonId | None, bool]]:
    """Whoever is asked to ring, and whoever asked; once it was made also all who could have noted it. True: as news,
    for whoever need not ring any more."""
    made = isinstance(event, e.CallMade)
    yield case.recipient, made and event.by != case.recipient
    yield case.reporter, False
    if made:
        yield from ((person, False) for person in case.formers if person in people_of(case))

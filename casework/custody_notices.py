"""Whom it must reach that something was withdrawn, that a case is held, or that it is to be erased."""

from collections.abc import Iterator

from casework import events as e
from casework.case import Case
from casework.vocabulary import PersonId


def of_the_custody(case: Case, event: e.Event) -> Iterator[tuple[PersonId | None, str, bool]]:
    """To whom, which card, and whether it comes anew. Of what was withdrawn the leader hears, and of a hold; that it is
    to be erased everybody does whom it happened to."""
    yield case.recipient, "case", event.by != case.recipient
    if isinstance(event, e.ErasureAnnounced):
        yield from ((person, "erasure", True) for person in dict.fromkeys((*case.told, case.reporter)) if person)

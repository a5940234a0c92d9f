"""Whom having it removed must reach (H13)."""

from collections.abc import Iterator

from casework import events as e
from casework.case import Case
from casework.vocabulary import PersonId, RemovalEnd


def of_the_removal(before: Case, case: Case, event: e.Event) -> Iterator[tuple[PersonId | None, bool]]:
    """Whoever has the case; and whoever it happened to, who is told that something was done, that it is gone, or there
    again, and reads the rest on their card. True: as news."""
    yield case.recipient, event.by != case.recipient
    ended = event if isinstance(event, e.RemovalEnded) else before.removal.ended
    gone = ended is not None and ended.why is RemovalEnd.GONE and not isinstance(event, e.RungAnswered)
    if gone or isinstance(event, e.RungTried):
        yield from ((person, person != event.by) for person in case.told)

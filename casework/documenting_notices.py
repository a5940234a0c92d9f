"""Whom it must reach what becomes of asking a colleague to document, and what they give."""

from collections.abc import Iterator

from casework import events as e
from casework.case import Case
from casework.custody import given_for
from casework.vocabulary import PersonId

Asked = tuple[PersonId | None, str, bool]
"""To whom, which card, and whether it comes anew."""


def of_the_documenter(case: Case, event: e.DocumenterEvent) -> Iterator[Asked]:
    """The colleague's own card, and the card of whoever asked; nobody else learns of it by a message."""
    declined = isinstance(event, e.DocumentingDeclined)
    colleague = event.by if declined else event.person
    yield colleague, "documenter", isinstance(event, e.DocumenterAsked)
    yield case.documenting.people[colleague].asked_by, "case", declined


def of_what_was_given(case: Case, event: e.Event) -> Iterator[Asked]:
    """What a colleague gave is news to whoever had asked them."""
    asked = given_for(case, event.item) if isinstance(event, e.EvidenceReceived) else None
    if asked:
        yield asked, "case", True
        yield event.by, "documenter", False

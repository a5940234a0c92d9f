"""A colleague documents instead, so that whoever it happened to need not see it again. H12: nobody does it alone.

The colleague sees what they add themselves and what was written to them, and learns nothing else of the case.
"""

from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import Case
from casework.naming import NOT_THEM, may_take_part
from casework.state.documenting import Documents
from casework.vocabulary import PersonId, Refused, Stage


def ask_documenter(case: Case, command: c.AskDocumenter, now: datetime) -> tuple[e.Event, ...]:
    """By name. Who cannot be asked is told in the same words whatever the reason: it may be somebody's secret."""
    if case.stage is not Stage.OPEN:
        raise Refused("case_closed")
    known = case.documenting.people.get(command.person)
    asked = known is not None and known.state is Documents.ASKED
    if asked and known.asked_by == command.by:
        return ()
    if asked:
        raise Refused(NOT_THEM)
    may_take_part(case, command.person, besides=_has_a_part(case))
    words = command.words.item if command.words else None
    return (e.DocumenterAsked(by=command.by, at=now, person=command.person, words=words),)


def _has_a_part(case: Case) -> set[PersonId | None]:
    """Those who have the case or had it, whoever told it, and who is behind it."""
    behind = case.originator.person if case.originator else None
    return {case.recipient, case.reporter, behind, *case.formers}


def decline_documenting(case: Case, command: c.DeclineDocumenting, now: datetime) -> tuple[e.Event, ...]:
    """No reason is asked. What was given stays."""
    return (e.DocumentingDeclined(by=command.by, at=now),)


def end_documenting(case: Case, command: c.EndDocumenting, now: datetime) -> tuple[e.Event, ...]:
    """By whoever asked."""
    known = case.documenting.asked.get((command.person, command.by))
    if known is None:
        raise Refused("not_yours")
    if known.state is not Documents.ASKED:
        return ()
    return (e.DocumentingEnded(by=command.by, at=now, person=command.person),)

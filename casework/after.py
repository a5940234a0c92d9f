"""What one more event makes of a step, an accept, a piece of evidence: the small folds `casework.case` is made of."""

from casework import events as e
from casework.case import Case
from casework.state import Consent, Item, StepState, changed
from casework.state.talk import talk_after
from casework.state.wellbeing import wellbeing_after
from casework.vocabulary import PersonId


def received(event: e.EvidenceReceived, given_for: PersonId | None) -> Item:
    """The piece as it came; what it shows is said later."""
    return Item(
        event.item,
        event.kind,
        event.number,
        event.media_type,
        event.size,
        event.sha256,
        event.by,
        event.at,
        event.name,
        original=event.original,
        source=event.source,
        given_for=given_for,
    )


def step_after(step: StepState, event: e.Event) -> StepState:
    """The step after one of its own events."""
    step = changed(step, touched_by=event.by)
    match event:
        case e.StepCompleted():
            return changed(step, done_by=event.by, done_at=event.at, reason=None, until=None, offered_to=None)
        case e.StepSetAside():
            return changed(step, done_by=event.by, done_at=event.at, reason=event.reason, until=None, offered_to=None)
        case e.StepOffered():
            return changed(step, offered_to=event.to, offered_by=event.by, offered_at=event.at)
        case e.StepAccepted() | e.StepTaken():
            return changed(step, owner=event.by, offered_to=None)
        case e.StepDeclined():
            return changed(step, offered_to=None, owner=None if step.owner == event.by else step.owner)
        case e.StepNoted():
            return changed(step, notes=(*step.notes, event.note))
        case e.StepPostponed():
            return changed(step, until=event.until, postponed_by=event.by)
        case _:  # undone: open again, whose it is stays unless it was only offered
            return changed(step, done_by=None, done_at=None, reason=None, offered_to=None)


def consent_after(consent: Consent | None, event: e.Event) -> Consent:
    """The accept after one of its own events; None: it was not asked before."""
    was = consent or Consent(event.at, event.by)
    match event:
        case e.ConsentAsked():
            return Consent(event.at, event.by)
        case e.ConsentAnswered():
            return Consent(was.asked_at, was.asked_by, event.answer, event.at, event.wording)
        case e.ConsentAnsweredOrally():
            return Consent(
                was.asked_at,
                was.asked_by,
                event.answer,
                event.at,
                event.wording or "",
                how=event.how,
                recorded_by=event.by,
                said_at=event.said_at,
            )
        case e.ConsentWithdrawn():
            return changed(was, answer=None, withdrawn_at=event.at)
        case _:  # contradicted
            return changed(was, answer=None, contradicted_at=event.at)


def in_new_hands(step: StepState, event: e.CaseHandedOn) -> StepState:
    """What the former recipient had of a step is the new one's, reminders and all. What was done stays theirs."""
    to = {event.former: event.to}
    return changed(
        step,
        owner=to.get(step.owner, step.owner),
        offered_by=to.get(step.offered_by, step.offered_by),
        postponed_by=to.get(step.postponed_by, step.postponed_by),
    )


def reminded_after(case: Case, event: e.Reminded | e.ReminderUnsaid) -> Case:
    """What was said stands as said, and what was not when its day was over as that."""
    wellbeing = wellbeing_after(case.wellbeing, event)
    if isinstance(event, e.ReminderUnsaid):
        name = frozenset({event.reminder})
        return changed(case, reminded=case.reminded - name, unsaid=case.unsaid | name, wellbeing=wellbeing)
    return changed(
        case,
        reminded=case.reminded | {event.reminder, *event.covers},
        put_off={**case.put_off, **dict(zip(event.later, event.mornings, strict=True))},
        talk=talk_after(case.talk, event),
        wellbeing=wellbeing,
    )

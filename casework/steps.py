"""The steps of the plan: done, set aside, handed over, noted, put off, undone. Fixed numbers, one owner each."""

from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import Case, StepState
from casework.commands import Written
from casework.plan import Step, is_closed, missing, owner_of, step_of
from casework.vocabulary import PersonId, Refused

LONGEST_REASON = 1_000  # characters: a few words are asked for, and the card must stay small


def _own(case: Case, command: c.StepCommand) -> tuple[Step, StepState]:
    """The step, if it is the sender's to act on. Shared steps belong to the leader and the group both."""
    step = step_of(case, command.step)
    if step is None:
        raise Refused("step_not_here")
    owner = owner_of(case, step)
    # owner None is the group: access has already let only its members this far
    if owner is not None and command.by != owner and not step.shared:
        raise Refused("step_belongs_to_another", step=step.id, owner=owner)
    return step, case.step(step.id)


def _unlocked(case: Case, step: Step) -> None:
    gaps = missing(case, step)
    if gaps:
        raise Refused("step_locked", step=step.id, missing=gaps)


def _written(note: Written) -> None:
    if not note.text.strip():
        raise Refused("reason_missing")
    if len(note.text) > LONGEST_REASON:
        raise Refused("reason_too_long", max=LONGEST_REASON)


def complete_step(case: Case, command: c.CompleteStep, now: datetime) -> tuple[e.Event, ...]:
    """A step is completed once, by someone it belongs to. Talking to an affected person tells them of the case."""
    step, state = _own(case, command)
    if is_closed(case, step):
        return ()  # the button was pressed twice: already so, nothing new has happened
    if step.closed_by != "press":
        raise Refused("step_needs_its_own_answer", step=step.id)
    _unlocked(case, step)
    done = e.StepCompleted(by=command.by, at=now, step=step.id)
    return (done, *(_told_in_the_talk(case, command.by, now) if step.id == "talk" else ()))


def _told_in_the_talk(case: Case, by: PersonId, now: datetime) -> tuple[e.Event, ...]:
    return tuple(
        e.AffectedTold(by=by, at=now, person=person)
        for person in case.affected
        if person not in case.told and person not in case.excluded
    )


def set_step_aside(case: Case, command: c.SetStepAside, now: datetime) -> tuple[e.Event, ...]:
    """Not relevant here, with a reason the affected employee can read. Never for what facts alone can settle."""
    step, state = _own(case, command)
    if is_closed(case, step):
        return ()
    if step.closed_by not in ("press", "colleagues_answered"):
        raise Refused("step_needs_its_own_answer", step=step.id)
    _written(command.reason)
    return (e.StepSetAside(by=command.by, at=now, step=step.id, reason=command.reason.item),)


def offer_step(case: Case, command: c.OfferStep, now: datetime) -> tuple[e.Event, ...]:
    """Hand a step over. It stays the owner's until the other accepts. Accepts and outcomes stay with the leader."""
    step, state = _own(case, command)
    if is_closed(case, step):
        raise Refused("nothing_open")
    if step.closed_by not in ("press", "analysis") or step.section == "police":
        raise Refused("step_needs_its_own_answer", step=step.id)
    if command.to in case.excluded or command.to in (command.by, *case.affected):
        raise Refused("cannot_hand_over_to")
    if state.offered_to == command.to:
        return ()
    return (e.StepOffered(by=command.by, at=now, step=step.id, to=command.to),)


def accept_step(case: Case, command: c.AcceptStep, now: datetime) -> tuple[e.Event, ...]:
    state = case.step(command.step)
    if state.owner == command.by:
        return ()
    if state.offered_to != command.by:
        raise Refused("not_offered_to_you")
    return (e.StepAccepted(by=command.by, at=now, step=command.step),)


def decline_step(case: Case, command: c.DeclineStep, now: datetime) -> tuple[e.Event, ...]:
    state = case.step(command.step)
    if state.offered_to != command.by:
        raise Refused("not_offered_to_you")
    return (e.StepDeclined(by=command.by, at=now, step=command.step),)


def take_step(case: Case, command: c.TakeStep, now: datetime) -> tuple[e.Event, ...]:
    """A member of the group takes the step it shares with the leader (B8, B20)."""
    step = step_of(case, command.step)
    if step is None or not step.shared:
        raise Refused("step_not_here")
    state = case.step(step.id)
    if state.owner == command.by or is_closed(case, step):
        return ()
    if state.owner is not None:
        raise Refused("step_belongs_to_another", step=step.id, owner=state.owner)
    return (e.StepTaken(by=command.by, at=now, step=step.id),)


def note_step(case: Case, command: c.NoteStep, now: datetime) -> tuple[e.Event, ...]:
    step, _ = _own(case, command)
    _written(command.note)
    return (e.StepNoted(by=command.by, at=now, step=step.id, note=command.note.item),)


def postpone_step(case: Case, command: c.PostponeStep, now: datetime) -> tuple[e.Event, ...]:
    step, state = _own(case, command)
    if is_closed(case, step):
        raise Refused("nothing_open")
    if command.until <= now:
        raise Refused("until_in_past")
    if state.until == command.until:
        return ()
    return (e.StepPostponed(by=command.by, at=now, step=step.id, until=command.until),)


def undo_step(case: Case, command: c.UndoStep, now: datetime) -> tuple[e.Event, ...]:
    """Done, set aside or handed over can be undone by the same person, until somebody else has acted on it."""
    step, state = _own(case, command)
    done_by = state.done_by or (state.offered_by if state.offered_to else None)
    if done_by is None:
        raise Refused("nothing_to_undo")
    if done_by != command.by or state.touched_by != command.by:
        raise Refused("acted_on_by_another", owner=state.touched_by)
    return (e.StepUndone(by=command.by, at=now, step=step.id),)

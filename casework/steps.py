"""The steps of the plan: done, set aside, handed over, noted, put off, undone. Fixed numbers, one owner each."""

from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import TALK, Case, StepState
from casework.naming import may_take_part
from casework.plan import Step, is_closed, missing, owner_of, step_of
from casework.vocabulary import VAERN, ConsentKind, PersonId, Refused, StepId
from casework.writing import a_few_words

LEGAL_STAFF = StepId("legal_staff")


def own(case: Case, command: c.StepCommand) -> tuple[Step, StepState]:
    """The step, if it is the sender's to act on. Shared steps belong to the leader and the group both."""
    step = step_of(case, command.step)
    if step is None:
        raise Refused("step_not_here")
    owner = owner_of(case, step)
    # owner None is the group: access has already let only its members this far
    if owner is not None and command.by != owner and not step.shared:
        raise Refused("step_belongs_to_another", step=step.id, owner=owner)
    return step, case.step(step.id)


def unlocked(case: Case, step: Step) -> None:
    """Refused while the step waits for something."""
    gaps = missing(case, step)
    if gaps:
        raise Refused("step_locked", step=step.id, missing=gaps)


def was_offered(case: Case, step: StepId, person: PersonId) -> bool:
    """Whether the person has ever been asked to take the step, whatever came of it."""
    return any(isinstance(event, e.StepOffered) and (event.step, event.to) == (step, person) for event in case.log)


def complete_step(case: Case, command: c.CompleteStep, now: datetime) -> tuple[e.Event, ...]:
    """A step is completed once, by someone it belongs to. Talking to an affected person tells them of the case."""
    step, _ = own(case, command)
    if is_closed(case, step):
        return ()  # the button was pressed twice: already so, nothing new has happened
    if step.closed_by != "press":
        raise Refused("step_needs_its_own_answer", step=step.id)
    unlocked(case, step)
    done = e.StepCompleted(by=command.by, at=now, step=step.id)
    return (done, *(_told_in_the_talk(case, command.by, now) if step.id == TALK else ()))


def _told_in_the_talk(case: Case, by: PersonId, now: datetime) -> tuple[e.Event, ...]:
    return tuple(
        e.AffectedTold(by=by, at=now, person=person)
        for person in case.affected
        if person not in case.told and person not in case.excluded
    )


def set_step_aside(case: Case, command: c.SetStepAside, now: datetime) -> tuple[e.Event, ...]:
    """Not relevant here, with a reason the affected employee can read. Never for what facts alone can settle."""
    step, _ = own(case, command)
    if is_closed(case, step):
        return ()
    if step.closed_by not in ("press", "colleagues_answered"):
        raise Refused("step_needs_its_own_answer", step=step.id)
    a_few_words(command.reason, "aside_reason_missing")
    return (e.StepSetAside(by=command.by, at=now, step=step.id, reason=command.reason.item),)


def offer_step(case: Case, command: c.OfferStep, now: datetime) -> tuple[e.Event, ...]:
    """Hand a step over. It stays the owner's until the other accepts. Accepts and outcomes stay with the leader."""
    step, state = own(case, command)
    if is_closed(case, step):
        raise Refused("nothing_open")
    if step.closed_by not in ("press", "analysis") or step.section == "police":
        raise Refused("step_needs_its_own_answer", step=step.id)
    owner = owner_of(case, step)
    if owner not in (None, command.by):
        raise Refused("step_belongs_to_another", step=step.id, owner=owner)
    return _offered(case, command, state, now)


def _offered(case: Case, command: c.OfferStep, state: StepState, now: datetime) -> tuple[e.Event, ...]:
    if state.offered_to == command.to:
        return ()
    if state.offered_to is not None:
        raise Refused("already_offered")
    may_take_part(case, command.to, besides=(command.by,))
    if command.to == case.recipient:  # given back to whoever it came from: there is nothing to accept
        return (e.StepDeclined(by=command.by, at=now, step=command.step),)
    return (e.StepOffered(by=command.by, at=now, step=command.step, to=command.to),)


def accept_step(case: Case, command: c.AcceptStep, now: datetime) -> tuple[e.Event, ...]:
    """Yes to an offer: from now on it is theirs."""
    state = case.step(command.step)
    if state.owner == command.by:
        return ()
    if state.offered_to != command.by:
        raise Refused("not_offered_to_you")
    return (e.StepAccepted(by=command.by, at=now, step=command.step),)


def decline_step(case: Case, command: c.DeclineStep, now: datetime) -> tuple[e.Event, ...]:
    """No to an offer; or what was taken over is given back, as long as it is open."""
    state = case.step(command.step)
    if command.by in (state.offered_to, state.owner) and not state.closed:
        return (e.StepDeclined(by=command.by, at=now, step=command.step),)
    if was_offered(case, command.step, command.by) and command.by != state.owner:
        return ()  # already said, or taken back meanwhile
    raise Refused("not_offered_to_you")


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
    """A few words kept with the step."""
    step, state = own(case, command)
    if command.note.item in state.notes:
        return ()
    a_few_words(command.note)
    return (e.StepNoted(by=command.by, at=now, step=step.id, note=command.note.item),)


def postpone_step(case: Case, command: c.PostponeStep, now: datetime) -> tuple[e.Event, ...]:
    """Put off to a moment to come; it stays open."""
    step, state = own(case, command)
    if is_closed(case, step):
        raise Refused("nothing_open")
    if command.until <= now:
        raise Refused("until_in_past")
    if state.until == command.until:
        return ()
    return (e.StepPostponed(by=command.by, at=now, step=step.id, until=command.until),)


def undo_step(case: Case, command: c.UndoStep, now: datetime) -> tuple[e.Event, ...]:
    """Done, set aside or handed over can be undone by the same person, until somebody else has acted on it."""
    step, state = own(case, command)
    done_by = state.done_by or (state.offered_by if state.offered_to else None)
    if done_by is None:
        raise Refused("step_closed_itself" if is_closed(case, step) else "step_not_done", step=step.id)
    if done_by != command.by or state.touched_by != command.by:
        raise Refused("acted_on_by_another", step=step.id, owner=state.touched_by)
    if step.id == LEGAL_STAFF and _built_on(case):
        raise Refused("cannot_undo", step=step.id)
    return (e.StepUndone(by=command.by, at=now, step=step.id),)


def _built_on(case: Case) -> bool:
    """Whether anybody was asked, or anything decided, because the legal staff had been."""
    asked = any(kind is ConsentKind.POLICE and one.asked_by != VAERN for (kind, *_), one in case.consents.items())
    return asked or case.assessed is not None or bool(case.outcomes)

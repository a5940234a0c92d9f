"""Who has the case now and who had it, as each may see it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from casework import events as e
from casework import views as w
from casework.case import Case
from casework.handing_on import alone
from casework.plan import is_closed, steps_of
from casework.projections.common import deadlines
from casework.readers import STILL_READS
from casework.rungs import fell_away
from casework.silence import SILENT, hand_on_at, quiet_since, silent_last, since_given
from casework.vocabulary import HandedOn, PersonId, Stage, Way


def handed(case: Case, now: datetime) -> w.Handed | None:
    """The newest that must be said of it. None: it is where it was sent, or in hand: somebody has seen it."""
    if case.stage not in (Stage.OPEN, Stage.CALL):
        return None
    if away := alone(case, now):
        return w.Handed("alone", None, away.person, away.since, mailed=False, again_at=away.back_at)
    if case.seen_at:
        return None
    if nobody := case.unreached:
        chosen = next(iter(case.formers), None)
        return w.Handed("nobody", chosen, nobody.person, nobody.at, nobody.mailed, nobody.again_at)
    if silent_last(case) and (nobody := case.waiting.nobody):
        chosen = next(iter(case.formers), None)
        return w.Handed("unanswered", chosen, nobody.person, nobody.since, False, nobody.again_at)
    last = next((event for event in since_given(case) if isinstance(event, e.CaseHandedOn)), None)
    return last and w.Handed(last.reason, last.former, last.to, last.at, last.mailed)


def _handings(case: Case) -> Iterator[e.CaseHandedOn]:
    """Newest first."""
    return (event for event in reversed(case.log) if isinstance(event, e.CaseHandedOn))


def headlines(case: Case, now: datetime) -> Iterator[tuple[str, datetime]]:
    """What the employee's heading may say of it, and since when. Of several that are true the newest is said."""
    if away := alone(case, now):
        yield "alone", away.since
    if case.seen_at:  # at the very moment it was sent: then it is the news
        return
    if case.unreached:
        yield "unreached", case.unreached.at
        return
    if silent_last(case) and case.waiting.nobody:
        yield "unanswered", case.waiting.nobody.since
    for event in reversed(case.log):
        if isinstance(event, e.CaseHandedOn | e.RecipientReached):
            yield "handed_on" if isinstance(event, e.CaseHandedOn) else "reached", event.at
            return


def goes_on_at(case: Case) -> datetime | None:
    """When another is asked, if nothing has come from whoever has it by then. None: there is an answer, or no other."""
    return None if case.waiting.nobody else hand_on_at(case)


def nudged(case: Case) -> bool:
    """Whether whoever has it was reminded of somebody who waits, and has not answered since."""
    if quiet_since(case) is None:
        return False
    said = (event for event in since_given(case) if isinstance(event, e.Reminded))
    names = (name for event in said for name in (event.reminder, *event.covers))
    return any(name.startswith(f"{SILENT}:") and name.endswith(f":{case.recipient}") for name in names)


def formers(case: Case) -> tuple[w.FormerLine, ...]:
    """Everyone who had it before, and when they last opened it, if they did. Nobody affected: they are no readers."""
    opened = {event.by: event.at for event in case.log if isinstance(event, e.CaseOpened)}
    had_it = {person: why for person, why in case.formers.items() if person not in case.affected}
    return tuple(w.FormerLine(person, why, opened.get(person)) for person, why in had_it.items())


def former_view(case: Case, reader: PersonId, *, reads: bool) -> w.FormerView | None:
    """The card of whoever had it before; None for anybody else."""
    left = next((event for event in _handings(case) if event.former == reader), None)
    if left is None or reader not in case.formers:
        return None
    now_with, at = _went(left, next(_handings(case)))
    view = w.FormerView(case.id, case.version, now_with, left.reason, at, reads, call=not case.episodes)
    return _of_a_call(view, case, reader) if view.call and left.reason in STILL_READS else view


def _of_a_call(view: w.FormerView, case: Case, reader: PersonId) -> w.FormerView:
    """They may have rung just as another was asked."""
    made = next((event for event in case.log if isinstance(event, e.CallMade)), None)
    return replace(view, notes=made is None, made_at=made and made.at, mine=made is not None and made.by == reader)


def _went(left: e.CaseHandedOn, last: e.CaseHandedOn) -> tuple[PersonId, datetime]:
    """Who has it now, and since when. What an administrator did ends there: where it went later is not told."""
    if left.reason is HandedOn.MOVED:
        return left.to, left.at
    return last.to, left.at if left.reason is HandedOn.UNREACHABLE else last.at  # unreachable: it says when they were


def former_reading(case: Case, reader: PersonId, now: datetime) -> w.FormerReading | None:
    """What they may still open: no words, no evidence, nothing of the accepts."""
    left, told, steps = former_view(case, reader, reads=True), case.circumstances, steps_of(case)
    if left is None:
        return None
    return w.FormerReading(
        case=case.id,
        version=case.version,
        now_with=left.now_with,
        how=HandedOn(left.how),
        at=left.at,
        affected=case.affected,
        media=told.media if told else (),
        forms=told.forms if told else (),
        deadlines=deadlines(case, now),
        done=sum(is_closed(case, step) for step in steps),
        steps=len(steps),
        away=any(fell_away(case, step.id) for step in steps),
    )


def not_reached(case: Case) -> tuple[tuple[PersonId, datetime], ...]:
    """Affected people whom nothing came through to, and who have not been heard of since."""
    found: dict[PersonId, datetime] = {}
    for event in case.log:
        found.pop(event.by, None)
        if isinstance(event, e.WayTried) and event.person in case.affected and event.way is Way.MAIL:
            found[event.person] = event.at
    return tuple(found.items())

"""How a case gets another recipient: one cannot be reached, is away, or an administrator moves it (product: 4).

The house says who comes next (leader, stand-in, the leader's leader); who of them may have it is decided here. Whoever
could not be reached, is away or was silent stays a reader of the card: the employee chose them, and they may be back. A
case that was moved is out of the former recipient's sight.
"""

from collections.abc import Iterator
from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.access import people_of
from casework.calendar import local
from casework.case import Case
from casework.silence import is_silent
from casework.state.waiting import Alone
from casework.vocabulary import VAERN, WHOEVER_COMES, HandedOn, PersonId, Refused, Stage, Tried, Way

MOST_TRIES = 3  # of a way that failed, a day: nobody is left waiting for it longer


def hand_on(case: Case, command: c.HandOn, now: datetime) -> tuple[e.Event, ...]:
    """To the first of the chain who may have it, and has not had it yet. Nobody: that is a fact of its own."""
    if not _still_with(case, command.former) or _chosen_since(case, command.since):
        return ()
    if command.reason is HandedOn.SILENT and not is_silent(case, now):
        return ()
    to = next((person for person in command.chain if may_have(case, person) and person not in case.formers), None)
    if to is not None:
        return (_handed_on(case, command.by, to, command.reason, now),)
    return _nobody(case, command, now)


def _nobody(case: Case, command: c.HandOn, now: datetime) -> tuple[e.Event, ...]:
    """None can be reached: said once, until one is. All are silent: with the day on which it is looked again."""
    if command.back_at is not None:
        return _nobody_stands_in(case, command, command.back_at, now)
    if command.again_at is None:
        return ()
    if command.reason is HandedOn.SILENT:
        found = case.waiting.nobody
        if found is not None and (found.person, found.again_at) == (command.former, command.again_at):
            return ()  # until then it has been looked already
        return (e.NobodyNext(by=VAERN, at=now, person=command.former, again_at=command.again_at),)
    if command.reason not in (HandedOn.UNREACHABLE, HandedOn.LEFT) or case.unreached:
        return ()
    mailed = _mailed(case, command.former)
    return (e.NobodyReached(by=VAERN, at=now, person=command.former, again_at=command.again_at, mailed=mailed),)


def _nobody_stands_in(case: Case, command: c.HandOn, back_at: datetime, now: datetime) -> tuple[e.Event, ...]:
    """Once for every absence, and anew when it becomes another."""
    known = case.waiting.alone
    if known is not None and (known.person, known.back_at) == (command.former, back_at):
        return ()
    return (e.NobodyStandsIn(by=VAERN, at=now, person=command.former, back_at=back_at),)


def alone(case: Case, now: datetime) -> Alone | None:
    """Whoever has the case is away, and nobody stands in. None as well once they have done anything in it."""
    found = case.waiting.alone
    if found is None or not _still_with(case, found.person) or found.back_at <= now:
        return None
    return None if any(event.by == found.person and event.at >= found.since for event in reversed(case.log)) else found


def move_case(case: Case, command: c.MoveCase, now: datetime) -> tuple[e.Event, ...]:
    """An administrator's move. Why somebody may not have it is none of the administrator's business."""
    if case.recipient == command.to and command.former in case.formers:
        return ()
    if not _still_with(case, command.former):
        raise Refused("not_with_that_person")
    if not may_have(case, command.to):
        raise Refused("cannot_be_moved_there")
    return (_handed_on(case, command.by, command.to, HandedOn.MOVED, now),)


def note_way(case: Case, command: c.NoteWay, now: datetime) -> tuple[e.Event, ...]:
    """A way is begun at most once a day, also by two who try at the same time: the facts say who was first."""
    begins = command.tried is Tried.BEGUN
    if begins and not _worth_trying(case, command.person, command.way, now):
        return ()
    if not begins and last_tried(case, command.person, command.way) is not Tried.BEGUN:
        return ()
    return (e.WayTried(by=VAERN, at=now, person=command.person, way=command.way, tried=command.tried),)


def note_reached(case: Case, command: c.NoteReached, now: datetime) -> tuple[e.Event, ...]:
    """Somebody got a message after nobody could be reached: then the case is theirs, if it may be."""
    if case.unreached is None:
        return ()
    if command.person == case.recipient:
        return (e.RecipientReached(by=VAERN, at=now, person=command.person),)
    if case.formers.get(command.person) is not HandedOn.UNREACHABLE or not may_have(case, command.person):
        return ()
    return (_handed_on(case, VAERN, command.person, HandedOn.UNREACHABLE, now),)


def nobody_has_it(case: Case) -> bool:
    """None of those who may have it could be reached yet."""
    return case.unreached is not None and case.seen_at is None


def whoever_reads(case: Case) -> PersonId | None:
    """Who reads what is written in the case now. WHOEVER_COMES: somebody, but nobody knows yet who."""
    return WHOEVER_COMES if nobody_has_it(case) else case.recipient


def may_have(case: Case, person: PersonId) -> bool:
    """Never anyone shut out, affected, or behind it; nor whoever has it already, or asks to be rung."""
    behind = {case.originator.person} if case.originator else set()
    caller = {case.reporter} if case.stage is Stage.CALL else set()
    return person not in case.excluded | {*case.affected, case.recipient} | behind | caller


def _worth_trying(case: Case, person: PersonId, way: Way, now: datetime) -> bool:
    """Whoever is to act is tried anew every day; anybody else who has a part in it once. Nobody who has left it."""
    if case.stage not in (Stage.OPEN, Stage.CALL) or person not in people_of(case):
        return False
    to_act = person == case.recipient or (case.unreached and case.formers.get(person) is HandedOn.UNREACHABLE)
    others = person not in case.formers and last_tried(case, person, way) in (None, Tried.FAILED)
    return (to_act or others) and may_try(case, person, way, now)


def last_tried(case: Case, person: PersonId, way: Way) -> Tried | None:
    """What is known last of that way to them. None: it was never gone."""
    return next((event.tried for event in reversed([*_tried(case, person, way)])), None)


def may_try(case: Case, person: PersonId, way: Way, now: datetime) -> bool:
    """Once a day; a few times if it failed. One that was cut off may have worked: not again that day."""
    today = [event for event in _tried(case, person, way) if local(event.at).date() == local(now).date()]
    failed = sum(event.tried is Tried.FAILED for event in today)
    return not today or (today[-1].tried is Tried.FAILED and failed < MOST_TRIES)


def failed_for_now(case: Case, person: PersonId, way: Way, now: datetime) -> bool:
    """The last try failed, and there is one more to come."""
    tried = list(_tried(case, person, way))
    return bool(tried) and tried[-1].tried is Tried.FAILED and may_try(case, person, way, now)


def _tried(case: Case, person: PersonId, way: Way) -> Iterator[e.WayTried]:
    for event in case.log:
        if isinstance(event, e.WayTried) and (event.person, event.way) == (person, way):
            yield event


def _still_with(case: Case, former: PersonId) -> bool:
    return case.stage in (Stage.OPEN, Stage.CALL) and case.recipient == former


def _chosen_since(case: Case, since: datetime | None) -> bool:
    """Whether it was sent or handed to whoever has it after that. That others opened it again chose nobody."""
    chosen = (
        event.at for event in reversed(case.log) if isinstance(event, e.ReportSent | e.CallAsked | e.CaseHandedOn)
    )
    return since is not None and next(chosen) >= since


def _mailed(case: Case, person: PersonId) -> bool:
    """Whether a mail is known to have gone to them about this case since they have had it."""
    tried = [event for event in _tried(case, person, Way.MAIL) if case.given_at is None or event.at >= case.given_at]
    return any(event.tried is Tried.DONE for event in tried)


def _handed_on(case: Case, by: PersonId, to: PersonId, reason: HandedOn, now: datetime) -> e.CaseHandedOn:
    former = case.recipient or PersonId("")
    return e.CaseHandedOn(by=by, at=now, former=former, to=to, reason=reason, mailed=_mailed(case, former))

"""What people were promised, in words or by a card: that it has come, or stands where they read it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from casework import events as e
from casework.calendar import add_working_days, after_waking, at_clock, local
from casework.case import Case
from casework.vocabulary import VAERN, PersonId, Stage, StepId
from tests.months_watch import LATE, UNSEEN, Look, reached

NEAR = 10  # working days in which an agreed talk is waited for
SILENT_DAYS, ROOM = 3, 4  # working days; a nudge gives way, a day at a time, to the 72 hours and what else presses
KEEP_UPDATED = StepId("keep_updated")


async def a_wish_to_be_rung_goes_on(look: Look) -> list[str]:
    """Whoever does not ring within four waking hours is followed by another, or the employee was told whom to ring."""
    return [
        f"{case.id} asks for a call, and it went no further"
        for case in look.cases.values()
        if case.stage is Stage.CALL and not (case.formers or case.unreached or case.waiting.nobody)
        if after_waking(max([case.given_at, *reached(case)]), UNSEEN) < look.town.clock.now() - LATE
    ]


async def nobody_is_left_in_silence(look: Look) -> list[str]:
    """Whoever has heard nothing for three working days: whoever has the case was asked to write to them, or is asked
    every working day to answer at all."""
    now, found = look.town.clock.now(), []
    for case in look.cases.values():
        if case.stage is not Stage.OPEN or not case.episodes or case.step(KEEP_UPDATED).reason is not None:
            continue
        for person in case.told:
            if person in {*case.no_more, *case.denied, *case.excluded} or person not in case.affected:
                continue
            last = max([*_heard(case, person), *_near_talk(case, person, now), *_reminded(case, "silent:", "unseen:")])
            if working_days_later(last, SILENT_DAYS + ROOM) < now:
                found.append(f"{look.name(person)} has heard nothing in {case.id} since {last:%d.%m.}")
    return found


def _heard(case: Case, person: PersonId) -> Iterator[datetime]:
    """By hand, from the facts alone: what was said to the person, and when the count began, or begins, anew."""
    for event in case.log:
        match event:
            case e.ReportSent() | e.CaseHandedOn() | e.CaseReopened() | e.StepUndone():
                yield event.at
            case e.AffectedTold(person=who) | e.MessageWritten(person=who) | e.PointsWritten(person=who):
                yield from [event.at] if who == person else []
            case e.UpdateGiven(people=people):
                yield from [event.at] if person in people else []
            case e.ConsentAsked(person=who, by=by) if by != VAERN:
                yield from [event.at] if who == person else []
            case e.OutcomeRecorded(person=who) | e.OffenceDenied(by=who):
                yield from [event.at] if who == person else []
            case e.StepCompleted(step="talk"):
                yield event.at


def _near_talk(case: Case, person: PersonId, now: datetime) -> Iterator[datetime]:
    """What was agreed last counts once it has been, and before that only while it is near."""
    agreed = case.talk.agreed(person)
    if agreed is not None and agreed.next_talk is not None:
        talk, last = agreed.next_talk, max(_heard(case, person))
        if talk <= now or talk <= working_days_later(last, NEAR):
            yield talk


def _reminded(case: Case, *kinds: str) -> Iterator[datetime]:
    said = (event for event in case.log if isinstance(event, e.Reminded))
    yield from (event.at for event in said if event.reminder.startswith(kinds))


def working_days_later(moment: datetime, days: int) -> datetime:
    shown = local(moment)
    return at_clock(add_working_days(shown.date(), days + 1), shown.time())


async def words_do_not_lie_unread(look: Look) -> list[str]:
    """What the employee wrote is opened, or whoever has the case was told again that it lies there."""
    now, found = look.town.clock.now(), []
    for case in look.cases.values():
        if case.stage not in (Stage.OPEN, Stage.CLOSED):
            continue
        for person in set(case.told) - case.excluded:
            lying = [one.at for one in case.talk.thread(person) if one.by == person and one.read_at is None]
            since = max(min(lying, default=now), case.given_at or now)
            again = [name.split(":", 3)[3] for name in case.reminded if name.startswith(f"unread:{person}:")]
            told_again = any(datetime.fromisoformat(at) >= since for at in again)
            if lying and not told_again and working_days_later(since, 1 + ROOM) < now:
                found.append(f"what {look.name(person)} wrote in {case.id} lies unread")
    return found


async def what_was_agreed_stands_with_whom_it_was_agreed(look: Look) -> list[str]:
    found = []
    for case in look.cases.values():
        for person in set(case.talk.points) - case.excluded:
            if person not in case.affected or case.stage is not Stage.OPEN or look.still_to_come(case.id, person):
                continue
            if await look.card_of(case.id, person, "points", person) is None:
                found.append(f"{look.name(person)} has no card of what was agreed in {case.id}")
    return found


async def both_are_told_on_the_day_of_the_talk(look: Look) -> list[str]:
    """As the card of what was agreed says."""
    now, found = look.town.clock.now(), []
    for case in look.cases.values():
        if case.stage is not Stage.OPEN or any(isinstance(event, e.CaseClosed) for event in case.log):
            continue
        for person, versions in case.talk.points.items():
            newest, talk = versions[-1], versions[-1].next_talk
            if talk is None or talk > now or local(newest.at).date() >= local(talk).date() - timedelta(days=1):
                continue
            for to in {person, case.recipient} if case.given_at <= newest.at else {person}:
                known = case.reminded | case.unsaid  # of a day that the 72 hours filled it stands that it was not said
                names = [name for name in known if name.startswith("next_talk:") and name.endswith(f":{to}")]
                if to not in case.excluded and not any(talk.isoformat() in name for name in names):
                    found.append(f"{look.name(to)} was not told of the talk on {talk:%d.%m.} in {case.id}")
    return found


async def whoever_is_asked_if_anything_is_missing_has_the_question(look: Look) -> list[str]:
    found = []
    for case in look.cases.values():
        asked = [person for person in case.told if case.closing.question_to(person) is not None]
        for person in asked if case.stage is Stage.OPEN else ():
            if person in case.excluded or look.still_to_come(case.id, person):
                continue
            if await look.card_of(case.id, person, "missing") is None:
                found.append(f"{look.name(person)} was asked if anything is missing in {case.id} and has no card of it")
    return found


PROMISES = (
    a_wish_to_be_rung_goes_on,
    nobody_is_left_in_silence,
    words_do_not_lie_unread,
    what_was_agreed_stands_with_whom_it_was_agreed,
    both_are_told_on_the_day_of_the_talk,
    whoever_is_asked_if_anything_is_missing_has_the_question,
)

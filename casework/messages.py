"""Words between the leader and each affected person: both ways, each with a receipt, and never silent for long. B7, W3.

A person's thread is theirs and the leader's: whoever reported it, and anybody else affected, sees nothing of it.
"""

from collections.abc import Iterator
from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.calendar import local, utc
from casework.case import TALK, Case
from casework.pace import end_of_hours, in_hours, working_days_on
from casework.reminder import Reminder
from casework.state.talk import SILENT, UNREAD, Message
from casework.talk import NEXT_TALK, next_talks
from casework.vocabulary import VAERN, ItemId, PersonId, Refused, Stage, StepId
from casework.writing import a_few_words, not_too_long

LONGEST_UPDATE = 300  # characters: two lines
LONGEST_MESSAGE = 200_000  # characters, as the account's
KEEP_UPDATED = StepId("keep_updated")
UNREAD_DAYS = 1  # working days in which words may lie unread
TALK_IS_NEAR = 10
"""Working days in which an agreed talk is something to wait for. One further off lets nobody be silent until then."""


def give_update(case: Case, command: c.GiveUpdate, now: datetime) -> tuple[e.Event, ...]:
    """Two lines to one or all: enough, also when there is no news."""
    people = command.people or hearers(case)
    if not people or not set(people) <= set(hearers(case)):
        raise Refused("nobody_to_tell")
    if all(_has(case, person, command.words.item) for person in people):
        return ()
    a_few_words(command.words, "words_missing")
    not_too_long(command.words, LONGEST_UPDATE)
    return (e.UpdateGiven(by=command.by, at=now, people=tuple(people), words=command.words.item),)


def hearers(case: Case) -> tuple[PersonId, ...]:
    """Those it happened to, who have been told."""
    return tuple(p for p in dict.fromkeys(case.affected) if p in case.told and p not in case.excluded)


def write_message(case: Case, command: c.WriteMessage, now: datetime) -> tuple[e.Event, ...]:
    """From the affected person to whoever has the case, or back; the leader's stand on a card, and are short."""
    if command.person not in hearers(case):
        raise Refused("nobody_to_tell")
    if _has(case, command.person, command.words.item):
        return ()
    own = command.by == command.person
    if not command.words.text.strip():
        raise Refused("words_missing")
    not_too_long(command.words, *((LONGEST_MESSAGE,) if own else ()))
    read = read_messages(case, c.ReadMessages(case=case.id, by=command.by, person=command.person), now)
    said = e.MessageWritten(by=command.by, at=now, person=command.person, words=command.words.item)
    return (*(read if command.has_read else ()), said)


def read_messages(case: Case, command: c.ReadMessages, now: datetime) -> tuple[e.Event, ...]:
    """What the other one wrote is opened; once is enough."""
    items = tuple(one.item for one in unread(case, command.person, of_person=command.by != command.person))
    return (e.MessagesRead(by=command.by, at=now, person=command.person, items=items),) if items else ()


def unread(case: Case, person: PersonId, *, of_person: bool) -> tuple[Message, ...]:
    """What the person wrote and no leader has opened; or what a leader wrote and the person has not seen."""
    return tuple(m for m in case.talk.thread(person) if m.read_at is None and (m.by == person) is of_person)


def unopened(case: Case, reader: PersonId | None) -> bool:
    """Whoever has the case and has not opened it: nothing that is said in it, and nobody's name, is theirs yet."""
    return reader is not None and reader == case.recipient and case.opened_at is None


def _has(case: Case, person: PersonId, item: ItemId) -> bool:
    return any(message.item == item for message in case.talk.thread(person))


# -- the last they heard ---------------------------------------------------------------------------------------------


def heard(case: Case, person: PersonId) -> tuple[datetime, PersonId] | None:
    """When the person last heard from whoever has the case, and from whom; None: not yet.

    Something that was said to them, or news of their own matter. That it was seen says nothing yet.
    """
    told = utc(case.told[person]) if person in case.told else None
    found = [] if told is None else [one for one in _heard(case, person) if utc(one[0]) >= told]
    at, by = max(found, default=(None, None))
    if at is None or by is None or case.recipient is None:
        return None
    return at, case.recipient if by in case.affected else by  # nobody affected learns of another


def _heard(case: Case, person: PersonId) -> Iterator[tuple[datetime, PersonId]]:
    talk = case.step(TALK)
    if talk.done_at and talk.done_by and talk.reason is None:
        yield talk.done_at, talk.done_by
    yield from ((points.at, points.by) for points in case.talk.points.get(person, ()))
    yield from ((said.at, said.by) for said in case.talk.thread(person) if said.by != person)
    for (_, who, _), asked in case.consents.items():
        if who == person and asked.asked_by != VAERN:
            yield asked.asked_at, asked.asked_by
    for (_, who), outcome in case.outcomes.items():
        if who == person and outcome.by != person:
            yield outcome.at, outcome.by


def waits_since(case: Case, person: PersonId) -> datetime:
    """From when the silence counts: what they last heard, or that they were told; with a new leader, and in a case that
    was opened again, it begins anew.

    A talk that is agreed and near is when they hear something next, and any talk when they heard something last, from
    its day on.
    """
    last, talk = heard(case, person), dict(next_talks(case)).get(person)
    since = max(last[0] if last else case.told[person], case.given_at or case.told[person])
    since = utc(case.closing.counted_from(since))
    return max(since, talk) if talk is not None and _stands_for_words(case, person, since, talk) else since


def _stands_for_words(case: Case, person: PersonId, since: datetime, talk: datetime) -> bool:
    """It comes within ten working days of what they heard last, or its day has come: then it was to be said."""
    near = local(talk).date() <= local(working_days_on(since, TALK_IS_NEAR, case.pace)).date()
    told = f"{NEXT_TALK}:{talk.isoformat()}:{person}:"
    return near or any(name.startswith(told) for name in case.reminded | case.unsaid)


def reminders(case: Case) -> Iterator[Reminder]:
    """The leader is asked to write when somebody has heard nothing for some working days, and again after as many."""
    if case.recipient is None or case.sent_at is None:
        return
    if case.stage is Stage.OPEN and case.step(KEEP_UPDATED).reason is None:
        yield from _silent(case, case.recipient)
    if case.stage in (Stage.OPEN, Stage.CLOSED):
        yield from _unread(case, case.recipient)


def waiting(case: Case) -> tuple[PersonId, ...]:
    """Those who should hear something now and then: not whoever has said that it is enough."""
    return tuple(p for p in hearers(case) if p not in case.no_more and p not in case.denied)


def _silent(case: Case, leader: PersonId) -> Iterator[Reminder]:
    """Counted from whoever has waited longest; then from the last time it was said."""
    first = min((waits_since(case, person) for person in waiting(case)), default=None)
    if first is None:
        return
    due = _nudge_at(case, first)
    for since in (first, *(utc(at) for at in case.talk.nudged if utc(at) >= due))[-2:]:
        at = _another_day(case, SILENT, _nudge_at(case, since))
        name = f"{SILENT}{since.isoformat()}:{at.isoformat()}:{leader}"
        yield Reminder(name, "silent", leader, at, step=KEEP_UPDATED, comes_again=True)


def _nudge_at(case: Case, since: datetime) -> datetime:
    return working_days_on(since, case.pace.silent_days, case.pace)


def _another_day(case: Case, nudge: str, at: datetime) -> datetime:
    """Not on a day on which something more pressing was said instead."""
    for moment in case.talk.put_off.get(nudge, ()):
        at = at if utc(moment) < at else in_hours(end_of_hours(moment, case.pace), case.pace)
    return at


def asked_to_write(case: Case, person: PersonId) -> datetime | None:
    """When the leader was asked to write to the person, if nothing has come since."""
    if case.stage is not Stage.OPEN or person not in waiting(case):
        return None
    due = _nudge_at(case, waits_since(case, person))
    return next((at for at in reversed(case.talk.nudged) if utc(at) >= due), None)


def silent(case: Case, now: datetime) -> tuple[tuple[PersonId, datetime], ...]:
    """Who has heard nothing for so long that it is time to write, and since when."""
    since = {person: waits_since(case, person) for person in waiting(case)}
    return tuple((person, at) for person, at in since.items() if _nudge_at(case, at) <= utc(now))


def _unread(case: Case, leader: PersonId) -> Iterator[Reminder]:
    """Once: words that have lain for a working day."""
    for person in hearers(case):
        if lying := unread(case, person, of_person=True):
            first = max(utc(lying[0].at), utc(case.given_at or lying[0].at))
            at = _another_day(case, f"{UNREAD}{person}", working_days_on(first, UNREAD_DAYS, case.pace))
            yield Reminder(f"{UNREAD}{person}:{leader}:{at.isoformat()}", "unread", leader, at, about=person)

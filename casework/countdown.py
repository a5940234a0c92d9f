"""The 72 hours kept in sight: the leader's five reminders, the affected person's two, and what holds afterwards.

L4, L5, H7, B15. Each is moved earlier round the night. What was past when somebody first heard of the episode is told
by the card they first hear of it from, and by no reminder.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from casework import events as e
from casework.calendar import earlier_if_night, next_waking, utc
from casework.case import Case, Episode
from casework.deadline import RESPONSE_TIME, deadline, open_questions
from casework.reminder import Reminder, known_at
from casework.vocabulary import ConsentKind, PersonId, Stage

LEADER_BEFORE = {f"police_{hours}": timedelta(hours=hours) for hours in (48, 24, 12, 6, 2)}
LAST = "police_2"  # always comes
AFFECTED_BEFORE = {f"police_{hours}": timedelta(hours=hours) for hours in (24, 6)}
PASSED, DRAFT = "police_passed", "draft"
MOST_PRESSING = ("police_2", "police_6", "police_12", PASSED, "police_24", "police_48", DRAFT)
"""Of several at once the first is said: what can still be reached today, what has passed, what is a day off."""
TOGETHER = timedelta(hours=1)
"""Of one deadline nothing is said twice within it: where one was moved before the night, both come with the first."""
LATEST_HOUR = timedelta(hours=24)
A_DRAFT_RESTS = timedelta(hours=1)  # somebody who has just told when it was is writing, and has not forgotten


def countdown(case: Case) -> Iterator[Reminder]:
    """Everything about the 72 hours."""
    if case.stage is Stage.DRAFT:
        yield from _draft(case)
    if case.stage is Stage.OPEN:
        waiting = open_questions(case)
        for episode in case.in_time_order:
            people = [person for which, person in waiting if which == episode.id]
            if people and case.recipient:
                yield from _to_the_leader(case, episode, case.recipient)
            for person in people:
                if person is not None and person in case.told:
                    yield from _to_the_affected(case, episode, person)


def _draft(case: Case) -> Iterator[Reminder]:
    """Once: of the earliest deadline that was ahead when it was told."""
    ahead = [episode for episode in case.in_time_order if utc(episode.told_at) < deadline(episode)]
    if ahead:
        told, ends = utc(ahead[0].told_at), deadline(ahead[0])
        at = earlier_if_night(ends - LATEST_HOUR)
        at = at if at >= told else next_waking(told + A_DRAFT_RESTS)
        yield Reminder(DRAFT, DRAFT, case.reporter, at, ahead[0].id, legal=True)


def _to_the_leader(case: Case, episode: Episode, leader: PersonId) -> Iterator[Reminder]:
    known, ends = known_at(case, episode), deadline(episode)
    moments = {kind: earlier_if_night(ends - before) for kind, before in LEADER_BEFORE.items() if known < ends}
    ahead = {kind: at for kind, at in moments.items() if at >= known}
    for kind in moments:
        if kind in ahead or kind == LAST:
            yield _of_the_police(kind, episode, leader, _together(kind, ahead) or known)
    yield from _passed(case, episode, leader, heard=known if case.sent_at is None else utc(case.sent_at))


def _together(kind: str, ahead: Mapping[str, datetime]) -> datetime | None:
    """With the first of those within an hour before it, never later; the most pressing then stands for all."""
    at = ahead.get(kind)
    return min(one for one in ahead.values() if at - TOGETHER < one <= at) if at else None


def _to_the_affected(case: Case, episode: Episode, person: PersonId) -> Iterator[Reminder]:
    consent = case.consent(ConsentKind.POLICE, person, episode.id)
    known, ends, heard = known_at(case, episode), deadline(episode), utc(case.told[person])
    if consent is not None:
        # the question itself was the message, and so it is when it is open again
        heard = max(heard, utc(consent.asked_at), utc(consent.contradicted_at or consent.asked_at))
        unanswered = consent.answer is None and consent.withdrawn_at is None
        for kind, before in AFFECTED_BEFORE.items() if unanswered and known < ends else ():
            at = max(earlier_if_night(ends - before), known)
            if at > heard:
                yield _of_the_police(kind, episode, person, at)
    yield from _passed(case, episode, person, heard)


def _of_the_police(kind: str, episode: Episode, to: PersonId, at: datetime) -> Reminder:
    until = None if kind == PASSED else deadline(episode)
    return Reminder(_name(kind, episode, to), kind, to, at, episode.id, legal=True, until=until)


def _name(kind: str, episode: Episode, to: PersonId) -> str:
    """A corrected moment makes other reminders."""
    return f"{kind}:{episode.id}:{utc(episode.began_at).isoformat()}:{to}"


def _passed(case: Case, episode: Episode, to: PersonId, heard: datetime) -> Iterator[Reminder]:
    """In waking hours: nothing can be reached any more by waking anyone."""
    turned = max(deadline(episode), known_at(case, episode))  # later than the deadline: a correction made it pass
    if heard < turned and _was_ahead(case, episode) and not _passed_before(case, episode, to):
        yield _of_the_police(PASSED, episode, to, next_waking(turned))


def _was_ahead(case: Case, episode: Episode) -> bool:
    """Whether the case has ever held this deadline to be still to come: only then is it news that it has passed."""
    if known_at(case, episode) < deadline(episode):
        return True
    sent = utc(case.sent_at or episode.told_at)
    return any(utc(told.began_at) + RESPONSE_TIME > max(utc(told.at), sent) for told in _since_sent(case, episode))


def _since_sent(case: Case, episode: Episode) -> Iterator[e.EpisodeTold | e.EpisodeCorrected]:
    """What the episode's moment has been in the open case: as it stood when sent, and every correction since."""
    standing, sent = None, False
    for event in case.log:
        if isinstance(event, e.ReportSent):
            sent = True
            yield from (standing,) if standing else ()
        elif isinstance(event, e.EpisodeTold | e.EpisodeCorrected) and event.episode == episode.id:
            standing = event
            yield from (event,) if sent else ()


def _passed_before(case: Case, episode: Episode, to: PersonId) -> bool:
    """Told already of another moment, which a correction has moved from one past to another."""
    if known_at(case, episode) < deadline(episode):
        return False
    own = _name(PASSED, episode, to)
    told = (name for name in case.reminded if name.startswith(f"{PASSED}:{episode.id}:") and name.endswith(f":{to}"))
    return any(name != own for name in told)

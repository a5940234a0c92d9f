"""A case whose time is passing, for the stories about reminders. Hours are Copenhagen's."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from casework import events as e
from casework.calendar import COPENHAGEN
from casework.case import Case
from casework.commands import Remind
from casework.evolving import evolve, replay
from casework.reminders import agenda, next_due, remind
from casework.vocabulary import (
    VAERN,
    Answer,
    CaseId,
    Certainty,
    ConsentKind,
    EpisodeId,
    ItemId,
    OutcomeKind,
    PersonId,
    Stage,
    StepId,
    Whom,
    WorkplaceId,
)

CASE = CaseId("VK-7Q4M-X2D")
METTE, ALI, KIM, JONAS, SARA = (PersonId(name) for name in ("mette", "ali", "kim", "jonas", "sara"))
EPISODE, ANOTHER = EpisodeId("first"), EpisodeId("second")
GROUP = WorkplaceId("library")


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=COPENHAGEN)


BEGAN = at(21, 14, 10)  # a Saturday
SENT = at(22, 11, 10)
DEADLINE = at(24, 14, 10)


@dataclass
class Waiting:
    """The case and what is done to it. Jonas is the leader, Mette is affected and has reported it."""

    case: Case

    def then(self, *events: e.Event) -> "Waiting":
        for event in events:
            self.case = evolve(self.case, event)
        return self

    def asked(self, now: datetime) -> tuple[e.Event, ...]:
        """What time brings when the case is asked now."""
        events = remind(self.case, Remind(case=CASE, by=VAERN), now)
        self.then(*events)
        return events

    def said(self, now: datetime) -> dict[PersonId | None, str]:
        """Person → the kind of the one message they get now."""
        messages = [event for event in self.asked(now) if isinstance(event, e.Reminded)]
        assert len({event.to for event in messages}) == len(messages), "more than one message to one person"
        return {event.to: event.reminder.split(":")[0] for event in messages}

    def run_until(self, end: datetime) -> list[tuple[datetime, PersonId | None, str]]:
        """Ask as the running bot does, whenever the case wants it. (Copenhagen time, person, kind) of every message."""
        story = []
        while (moment := next_due(self.case)) is not None and moment <= end:
            story += [(moment.astimezone(COPENHAGEN), to, kind) for to, kind in self.said(moment).items()]
            following = next_due(self.case)
            assert following is None or following > moment, "asked in vain: it wants to be asked again at once"
        return story

    def ahead(self, *, of: PersonId | None, kinds: str = "") -> list[tuple[str, datetime]]:
        """(kind, Copenhagen time) of what is on the agenda for one person."""
        rows = (row for row in agenda(self.case) if row.to == of and row.kind.startswith(kinds))
        return [(row.kind, row.at.astimezone(COPENHAGEN)) for row in rows]

    def closed(self) -> "Waiting":
        self.case = replace(self.case, stage=Stage.CLOSED)
        return self


def told(began: datetime, when: datetime, which: EpisodeId = EPISODE, by: PersonId = METTE) -> e.EpisodeTold:
    return e.EpisodeTold(by=by, at=when, episode=which, began_at=began, certainty=Certainty.EXACT)


def corrected(began: datetime, when: datetime, which: EpisodeId = EPISODE) -> e.EpisodeCorrected:
    return e.EpisodeCorrected(by=METTE, at=when, episode=which, began_at=began, certainty=Certainty.EXACT)


def draft(began: datetime = BEGAN, when: datetime | None = None) -> Waiting:
    when = when or began + timedelta(minutes=30)
    started = e.DraftStarted(by=METTE, at=when)
    return Waiting(replay(CASE, (started, told(began, when))))


def sent(
    *,
    began: datetime = BEGAN,
    when: datetime = SENT,
    affected: tuple[PersonId, ...] = (METTE,),
    excluded: tuple[PersonId, ...] = (),
    group: WorkplaceId | None = None,
    quiet: bool = True,
) -> Waiting:
    """A report of one episode, told right before it was sent. Jonas has seen it at once (`tests/test_silence.py`)."""
    whom = e.WhomTold(by=METTE, at=when, whom=Whom.SEVERAL, affected=affected)
    report = e.ReportSent(by=METTE, at=when, recipient=JONAS, excluded=excluded, workplace=GROUP, group=group)
    seen = e.CaseSeen(by=JONAS, at=when)
    before = e.DraftStarted(by=METTE, at=when), told(began, when), whom, report, seen
    return Waiting(replay(CASE, (*before, *(unspoken(when, *affected) if quiet else ()))))


def unspoken(when: datetime, *affected: PersonId) -> tuple[e.Event, ...]:
    """No check-ins, and no nudge to a silent leader: those have tests of their own."""
    off = (e.CheckInsSwitched(by=person, at=when, on=False) for person in affected)
    return (*off, e.StepSetAside(by=JONAS, at=when, step=StepId("keep_updated"), reason=ItemId("reason")))


def outcome(when: datetime, person: PersonId | None = METTE, which: EpisodeId = EPISODE) -> e.OutcomeRecorded:
    return e.OutcomeRecorded(by=JONAS, at=when, episode=which, person=person, outcome=OutcomeKind.NOT_REPORTED)


def asked(when: datetime, person: PersonId = METTE, which: EpisodeId = EPISODE) -> e.ConsentAsked:
    return e.ConsentAsked(by=JONAS, at=when, kind=ConsentKind.POLICE, person=person, episode=which)


def answered(when: datetime, person: PersonId = METTE) -> e.ConsentAnswered:
    return e.ConsentAnswered(
        by=person,
        at=when,
        kind=ConsentKind.POLICE,
        person=person,
        answer=Answer.YES,
        wording="police.1",
        episode=EPISODE,
    )


def done(step: str, when: datetime, by: PersonId = JONAS) -> e.StepCompleted:
    return e.StepCompleted(by=by, at=when, step=StepId(step))


def analysed(when: datetime, *measures: str, follow_up_by: PersonId | None = None) -> e.AnalysisFinished:
    return e.AnalysisFinished(
        by=SARA,
        at=when,
        answers=ItemId("answers"),
        measures=tuple(ItemId(name) for name in measures),
        change_plan=False,
        follow_up_by=follow_up_by,
    )

"""A case as the running bot has it, against an oracle that looks at every minute: never early, never missing, never a
pile, nothing after the outcome. VAERN_SOAK=1 looks much longer."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from casework import events as e
from casework.evolving import replay
from casework.reminders import asked_with_the_report, holds, time_has_moved
from casework.vocabulary import (
    Answer,
    Certainty,
    ConsentKind,
    EpisodeId,
    FollowUpAnswer,
    ItemId,
    OutcomeKind,
    PersonId,
    Stage,
    StepId,
    Whom,
    WorkplaceId,
)
from tests.minutes import at_nine, minute, moment
from tests.running_case import CASE, RunningCase
from tests.waiting import unspoken

METTE, ALI, KIM, JONAS, SARA, TOM = (PersonId(name) for name in ("mette", "ali", "kim", "jonas", "sara", "tom"))
SAFETYNET = StepId("safetynet")
JUDGED = ("calendar", "deadline", "countdown", "agenda", "latest_hour", "reminders")
STARTS = [minute(datetime(*day, 12, tzinfo=UTC)) for day in [(2026, 11, 20), (2026, 10, 23), (2027, 3, 26)]]

minutes_of_a_day = st.integers(0, 24 * 60)
ago = st.integers(0, 180).map(lambda half: 30 * half) | st.integers(0, 90 * 60)
pick = st.integers(0, 11)


class People(RunningCase):
    """What people and machines do to a case."""

    @initialize(
        start=st.sampled_from(STARTS),
        later=minutes_of_a_day,
        began=st.lists(ago, min_size=1, max_size=3),
        affected=st.sampled_from([(METTE,), (ALI,), (METTE, ALI), (METTE, ALI, KIM), (ALI, KIM), ()]),
        group=st.booleans(),
    )
    def send_report(self, start, later, began, affected, group):
        self.clock = start + later
        self.write(e.DraftStarted(by=METTE, at=self.now))
        for number, minutes in enumerate(began):
            self.write(self._told(EpisodeId(f"e{number}"), minutes))
        self.write(e.WhomTold(by=METTE, at=self.now, whom=Whom.SEVERAL, affected=affected))
        place = WorkplaceId("library") if group else None
        self.write(e.ReportSent(by=METTE, at=self.now, recipient=JONAS, excluded=(), workplace=place, group=place))
        for event in unspoken(self.now, METTE, ALI, KIM):
            self.write(event)
        self.write(e.CaseSeen(by=JONAS, at=self.now))  # a leader who is silent is looked at in tests/test_silence.py
        self.asked_with(asked_with_the_report(self.case, self.now))

    def _told(self, episode: EpisodeId, minutes: int) -> e.EpisodeTold:
        began = moment(self.clock - minutes)
        return e.EpisodeTold(by=METTE, at=self.now, episode=episode, began_at=began, certainty=Certainty.EXACT)

    def asked_with(self, asked: tuple[e.Event, ...]) -> None:
        self.as_the_oracle_asks(list(asked))
        self.command(*asked)

    @rule(minutes=st.integers(1, 59) | st.integers(1, 30).map(lambda hours: 60 * hours) | minutes_of_a_day)
    def time_passes(self, minutes):
        self.run_until(self.clock + minutes)

    @rule(days=st.integers(1, 8) | st.sampled_from([14, 30]))
    def days_pass(self, days):
        self.run_until(self.clock + days * 24 * 60)

    @rule(minutes=st.integers(1, 90 * 60))
    def down_for_a_while(self, minutes):
        """Nobody asks meanwhile."""
        self.clock += minutes
        self.look()

    @rule(days=st.integers(1, 5), late=st.integers(0, 15))
    def down_until_nine_in_the_morning(self, days, late):
        """When most of what can wait comes: what was missed and what is on time wait together."""
        self.clock = at_nine(self.clock, days) + late
        self.look()

    @rule()
    def crash(self):
        """All is lost but what was written down."""
        known = self.case
        self.case = replay(CASE, self.log)
        if self.is_closed:
            self.case = replace(self.case, stage=Stage.CLOSED)
        assert self.case == known

    @rule(minutes=st.integers(1, 120))
    def the_clock_is_set_back(self, minutes):
        self.clock -= minutes
        self.look()

    def _episode(self, number: int) -> EpisodeId:
        return sorted(self.case.episodes)[number % len(self.case.episodes)]

    @precondition(lambda self: not self.is_closed)
    @rule(number=pick, minutes=st.integers(-600, 600) | st.integers(-3 * 24 * 60, 3 * 24 * 60))
    def correct_an_episode(self, number, minutes):
        known = self.case.episodes[self._episode(number)]
        began = min(minute(known.began_at) + minutes, self.clock)
        if minute(known.began_at) == began:
            return
        self.write(
            e.EpisodeCorrected(
                by=METTE, at=self.now, episode=known.id, began_at=moment(began), certainty=Certainty.ABOUT
            )
        )
        self.asked_with(time_has_moved(self.case, self.now))

    @precondition(lambda self: not self.is_closed and len(self.case.episodes) < 4)
    @rule(minutes=ago)
    def tell_another_episode(self, minutes):
        self.write(self._told(EpisodeId(f"e{len(self.case.episodes)}"), minutes))
        self.asked_with(time_has_moved(self.case, self.now))

    @precondition(lambda self: not self.is_closed)
    @rule(number=pick, who=pick)
    def record_an_outcome(self, number, who):
        people = self.case.affected or (None,)
        episode, person = self._episode(number), people[who % len(people)]
        self.command(
            e.OutcomeRecorded(
                by=JONAS, at=self.now, episode=episode, person=person, outcome=OutcomeKind.EXEMPTION_ASKED
            )
        )

    @precondition(lambda self: not self.is_closed and KIM not in self.case.affected)
    @rule()
    def name_somebody_affected(self):
        self.command(e.AffectedNamed(by=JONAS, at=self.now, people=(KIM,)))

    @precondition(lambda self: not self.is_closed and set(self.case.affected) - set(self.case.told))
    @rule()
    def tell_the_affected(self):
        person = next(person for person in self.case.affected if person not in self.case.told)
        self.command(e.AffectedTold(by=JONAS, at=self.now, person=person))

    @precondition(lambda self: not self.is_closed and self.case.affected)
    @rule()
    def ask_everyone(self):
        self.command(
            *(
                e.ConsentAsked(by=JONAS, at=self.now, kind=ConsentKind.POLICE, person=person, episode=episode)
                for episode in self.case.episodes
                for person in self.case.affected
                if (ConsentKind.POLICE, person, episode) not in self.case.consents
            )
        )

    @precondition(lambda self: not self.is_closed and self.case.affected)
    @rule(number=pick, who=pick, contradicts=st.booleans())
    def write_down_an_oral_answer(self, number, who, contradicts):
        episode, person = self._episode(number), self.case.affected[who % len(self.case.affected)]
        kind = ConsentKind.POLICE
        self.command(
            e.ConsentAnsweredOrally(
                by=JONAS,
                at=self.now,
                kind=kind,
                person=person,
                answer=Answer.YES,
                said_at=self.now,
                how=ItemId("how"),
                episode=episode,
            )
        )
        if contradicts:
            self.command(e.ConsentContradicted(by=person, at=self.now, kind=kind, person=person, episode=episode))

    @precondition(lambda self: not self.is_closed and self.case.consents)
    @rule(number=pick)
    def answer_a_question(self, number):
        kind, person, episode = sorted(self.case.consents)[number % len(self.case.consents)]
        self.command(
            e.ConsentAnswered(
                by=person, at=self.now, kind=kind, person=person, answer=Answer.NO, wording="police.1", episode=episode
            )
        )

    @precondition(lambda self: not self.is_closed and self.case.consents)
    @rule(number=pick)
    def take_an_answer_back(self, number):
        kind, person, episode = sorted(self.case.consents)[number % len(self.case.consents)]
        self.command(e.ConsentWithdrawn(by=person, at=self.now, kind=kind, person=person, episode=episode))

    @precondition(lambda self: not self.is_closed and not self.case.step(SAFETYNET).closed)
    @rule()
    def complete_safetynet(self):
        self.command(e.StepCompleted(by=JONAS, at=self.now, step=SAFETYNET))

    @precondition(lambda self: not self.is_closed and self.case.group and self.case.step(SAFETYNET).owner is None)
    @rule()
    def a_member_takes_safetynet(self):
        self.command(e.StepTaken(by=SARA, at=self.now, step=SAFETYNET))

    @precondition(lambda self: self.case.analysis is None)
    @rule(measures=st.integers(0, 2))
    def finish_the_analysis(self, measures):
        names = tuple(ItemId(f"m{number}") for number in range(measures))
        self.command(e.AnalysisFinished(by=SARA, at=self.now, answers=ItemId("a"), measures=names, change_plan=False))

    @precondition(lambda self: self.case.analysis and self.case.analysis.measures)
    @rule(number=pick, answer=st.sampled_from(FollowUpAnswer))
    def follow_up(self, number, answer):
        measures = self.case.analysis.measures
        self.command(e.FollowedUp(by=SARA, at=self.now, measure=measures[number % len(measures)], answer=answer))

    @precondition(lambda self: self.case.analysis and self.case.analysis.measures)
    @rule(number=pick, owner=st.sampled_from([SARA, JONAS, TOM]), days=st.integers(1, 90))
    def say_whose_a_measure_is(self, number, owner, days):
        measures = self.case.analysis.measures
        measure, due = measures[number % len(measures)], (self.now + timedelta(days=days)).date()
        self.command(e.MeasureAssigned(by=SARA, at=self.now, measure=measure, owner=owner, due=due))

    @precondition(lambda self: not self.is_closed)
    @rule()
    def close_while_messages_are_queued(self):
        self.is_closed = self.oracle.closed = True
        self.case = replace(self.case, stage=Stage.CLOSED)
        self.deliver()

    @rule()
    def deliver(self):
        """What was queued goes out, unless it is no longer true."""
        for event in self.queue:
            goes = holds(self.case, event.reminder, self.now)
            assert (goes is not None) == self.oracle.still(event.reminder, self.clock)
            if goes is not None and goes.legal:
                self._still_open(EpisodeId(event.reminder.split(":")[1]))
        self.queue.clear()

    def _still_open(self, episode: EpisodeId) -> None:
        people = self.case.affected or (None,)
        assert not self.is_closed
        assert any((episode, person) not in self.case.outcomes for person in people), "reminded after the outcome"

    @invariant()
    def nothing_is_said_twice(self):
        assert len(self.spoken) == len(set(self.spoken))


soak = bool(os.environ.get("VAERN_SOAK"))
People.TestCase.settings = settings(
    max_examples=10_000 if soak else 400,
    stateful_step_count=50 if soak else 40,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
TestTheRunningCase = People.TestCase


def test_the_oracle_shares_no_thought_about_time_with_what_it_judges():
    for name in ("minutes.py", "reminder_oracle.py"):
        source = Path(__file__).with_name(name).read_text(encoding="utf-8")
        assert not any(f"casework.{room}" in source for room in JUDGED), f"{name} must find it out by itself"

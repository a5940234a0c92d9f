"""A case as the running bot has it: asked when it wants to be, every answer held against the oracle."""

from datetime import datetime

from hypothesis.stateful import RuleBasedStateMachine

from casework import events as e
from casework.case import Case
from casework.commands import Remind
from casework.evolving import evolve
from casework.reminders import next_due, remind
from casework.vocabulary import VAERN, CaseId, EpisodeId
from tests.minutes import minute, moment
from tests.reminder_oracle import Oracle, Told

CASE = CaseId("VK-7Q4M-X2D")
ONE_NIGHT = 12 * 60  # minutes; no reminder is moved further


class RunningCase(RuleBasedStateMachine):
    """`clock` counts minutes. What is written down is `log`; the rest is lost in a crash."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[e.Event] = []
        self.case = Case(CASE)
        self.oracle = Oracle()
        self.queue: list[e.Reminded] = []
        self.spoken: list[str] = []
        self.is_closed = False
        self.clock = 0

    @property
    def now(self) -> datetime:
        return moment(self.clock)

    def write(self, *events: e.Event) -> None:
        for event in events:
            self.log.append(event)
            self.case = evolve(self.case, event)
            self.oracle.learn(event)

    def command(self, *events: e.Event) -> None:
        """A command was carried out; the bot then looks whether something has become due."""
        self.write(*events)
        self.look()

    def look(self) -> None:
        wanted = next_due(self.case)
        if wanted is not None and wanted <= self.now:
            self.round()

    def round(self) -> None:
        """Ask the case once, and hold every answer against the oracle."""
        events = remind(self.case, Remind(case=CASE, by=VAERN), self.now)
        told = [event for event in events if isinstance(event, e.AffectedTold)]
        assert {event.person for event in told} == set(self.oracle.tells(self.clock))
        self.write(*told)
        asked = [event for event in events if isinstance(event, e.ConsentAsked)]
        self.as_the_oracle_asks(asked)
        self.write(*asked)
        said = [event for event in events if isinstance(event, e.Reminded)]
        assert {to: told_in(said, to) for to in {event.to for event in said}} == self.oracle.messages(self.clock)
        self.never_early(said)
        self.write(*said)
        self.queue += said
        assert len(told) + len(asked) + len(said) == len(events) > 0, "asked in vain"
        following = next_due(self.case)
        assert following is None or following > self.now, "it wants to be asked again at once"

    def as_the_oracle_asks(self, asked: list[e.Event]) -> None:
        assert {(event.episode, event.person) for event in asked} == set(self.oracle.asks(self.clock))

    def never_early(self, said: list[e.Reminded]) -> None:
        """Without the oracle: each within the hours it speaks of, moved by one night at the most, and said once."""
        for event in said:
            kind, episode, *_ = event.reminder.split(":")
            if kind.startswith("police"):
                ends = minute(self.case.episodes[EpisodeId(episode)].began_at) + 72 * 60
                hours = 0 if kind == "police_passed" else int(kind.removeprefix("police_"))
                assert self.clock >= ends - hours * 60 - (ONE_NIGHT if hours else 0)
                assert kind == "police_passed" or self.clock < ends
            self.spoken += [event.reminder, *event.covers]

    def run_until(self, end: int) -> None:
        """Sleep until the case wants to be asked, ask, sleep on. Never too early and never too late."""
        while True:
            wanted = next_due(self.case)
            expected = self.oracle_wants(end)
            found = minute(wanted) if wanted is not None and wanted <= moment(end) else None
            assert found == expected, f"it wants to be asked at minute {found}; owed from {expected}"
            if found is None:
                break
            self.clock = max(self.clock, found)
            self.round()
        self.clock = end

    def oracle_wants(self, end: int) -> int | None:
        owed = [row.minute for row in self.oracle.owed(end)]
        return min([*owed, *self.oracle.tells(end).values(), *self.oracle.asks(end).values()], default=None)


def told_in(said: list[e.Reminded], to: str | None) -> Told:
    """What one person got in a round."""
    own = [event for event in said if event.to == to]
    covers = frozenset(name for event in own for name in event.covers)
    later = {name: minute(at) for event in own for name, at in zip(event.later, event.mornings, strict=True)}
    return Told(tuple(event.reminder for event in own), covers, later)

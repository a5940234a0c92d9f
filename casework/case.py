"""A case as it stands: what its events add up to (`casework.evolving`). Nothing else is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casework import events as e
from casework.pace import PACE, Pace
from casework.state import (
    UNTOUCHED,
    Analysis,
    Assessed,
    Consent,
    Episode,
    Item,
    Originator,
    Outcome,
    StepState,
)
from casework.state.accepts import Accepts
from casework.state.closing import Closing
from casework.state.coaching import Coaching
from casework.state.custody import Custody
from casework.state.documenting import Documenting
from casework.state.letters import Letters
from casework.state.measures import Measures
from casework.state.recognition import Recognition
from casework.state.removal import Removal
from casework.state.talk import Talk
from casework.state.waiting import Waiting
from casework.state.wellbeing import Wellbeing
from casework.state.workplace import Arranged
from casework.vocabulary import (
    CaseId,
    ConsentKind,
    Danger,
    EpisodeId,
    FollowUpAnswer,
    HandedOn,
    ItemId,
    PersonId,
    Stage,
    StepId,
    Whom,
    WorkplaceId,
)

__all__ = [
    "Analysis",
    "Assessed",
    "Case",
    "Consent",
    "ConsentKey",
    "Episode",
    "Item",
    "Originator",
    "Outcome",
    "OutcomeKey",
    "StepState",
]

TALK, ANALYSIS = StepId("talk"), StepId("analysis")
ConsentKey = tuple[ConsentKind, PersonId, EpisodeId | None]
OutcomeKey = tuple[EpisodeId, PersonId | None]


@dataclass(frozen=True)
class Case:
    """Frozen; `evolve` gives the next one. Maps are never changed in place."""

    id: CaseId
    version: int = 0
    stage: Stage = Stage.DRAFT
    reporter: PersonId | None = None
    started_at: datetime | None = None
    whom: Whom | None = None
    affected: tuple[PersonId, ...] = ()
    nobody_affected: bool = False
    danger: Danger = Danger.NO
    account: tuple[ItemId, ...] = ()
    circumstances: e.CircumstancesTold | None = None
    episodes: Mapping[EpisodeId, Episode] = field(default_factory=dict)
    originator: Originator | None = None
    items: Mapping[ItemId, Item] = field(default_factory=dict)
    recipient: PersonId | None = None
    stands_in: bool = False  # the recipient, for a leader who was away when it was sent
    excluded: frozenset[PersonId] = frozenset()
    workplace: WorkplaceId | None = None
    group: WorkplaceId | None = None
    left_out: tuple[StepId, ...] = ()
    sent_at: datetime | None = None
    opened_at: datetime | None = None
    seen_at: datetime | None = None
    given_at: datetime | None = None  # to whoever has it now
    formers: Mapping[PersonId, HandedOn] = field(default_factory=dict)  # who had it before, and why no longer
    unreached: e.NobodyReached | None = None
    waiting: Waiting = Waiting()
    told: Mapping[PersonId, datetime] = field(default_factory=dict)
    denied: Mapping[PersonId, datetime] = field(default_factory=dict)
    no_more: Mapping[PersonId, datetime] = field(default_factory=dict)
    steps: Mapping[StepId, StepState] = field(default_factory=dict)
    consents: Mapping[ConsentKey, Consent] = field(default_factory=dict)
    assessed: Assessed | None = None
    outcomes: Mapping[OutcomeKey, Outcome] = field(default_factory=dict)
    removal: Removal = Removal()
    call_made_at: datetime | None = None
    reminded: frozenset[str] = frozenset()
    unsaid: frozenset[str] = frozenset()  # reminders whose day is over, and nobody heard them
    put_off: Mapping[str, datetime] = field(default_factory=dict)  # reminders, to the morning they are said on
    analysis_by: PersonId | None = None
    analysis: Analysis | None = None
    followed_up: Mapping[ItemId, tuple[FollowUpAnswer, datetime]] = field(default_factory=dict)
    measures: Measures = Measures()
    letters: Letters = Letters()
    closing: Closing = Closing()
    coaching: Coaching = Coaching()
    documenting: Documenting = Documenting()
    accepts: Accepts = Accepts()
    arranged: Arranged = Arranged()
    recognition: Recognition = Recognition()
    pace: Pace = PACE
    talk: Talk = Talk()
    wellbeing: Wellbeing = Wellbeing()
    custody: Custody = Custody()
    log: tuple[e.Event, ...] = ()

    def step(self, step: StepId) -> StepState:
        return self.steps.get(step, UNTOUCHED)

    def consent(self, kind: ConsentKind, person: PersonId, episode: EpisodeId | None = None) -> Consent | None:
        return self.consents.get((kind, person, episode))

    @property
    def evidence(self) -> tuple[Item, ...]:
        return tuple(sorted(self.items.values(), key=lambda item: item.number))

    @property
    def in_time_order(self) -> tuple[Episode, ...]:
        return tuple(sorted(self.episodes.values(), key=lambda episode: (episode.began_at, episode.id)))

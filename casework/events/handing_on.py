"""How a case gets another recipient, and what was tried to reach the one it had."""

from dataclasses import dataclass
from datetime import datetime

from casework.events.event import Event
from casework.vocabulary import HandedOn, PersonId, StepId, Tried, Way


@dataclass(frozen=True, kw_only=True)
class CaseHandedOn(Event):
    """`to` has the case now, and `former` no longer. `mailed`: a neutral mail went to the former one."""

    former: PersonId
    to: PersonId
    reason: HandedOn
    mailed: bool


@dataclass(frozen=True, kw_only=True)
class WayTried(Event):
    """Another way to somebody than the chat: begun, and later what came of it."""

    person: PersonId
    way: Way
    tried: Tried


@dataclass(frozen=True, kw_only=True)
class NobodyReached(Event):
    """Neither `person`, who has the case, nor anybody else in the chain could be reached. It is tried again."""

    person: PersonId
    again_at: datetime
    mailed: bool


@dataclass(frozen=True, kw_only=True)
class NobodyNext(Event):
    """`person`, who has the case, is silent, and nobody else may have it. They are reminded, and it is looked again."""

    person: PersonId
    again_at: datetime


@dataclass(frozen=True, kw_only=True)
class NobodyStandsIn(Event):
    """`person`, who has the case, is away until `back_at`, and nobody else may have it meanwhile."""

    person: PersonId
    back_at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonLeft(Event):
    """Somebody the case waits for is not in the directory any more. `steps`: theirs, and now the leader's again."""

    person: PersonId
    steps: tuple[StepId, ...]


@dataclass(frozen=True, kw_only=True)
class RecipientReached(Event):
    """Whoever has the case, and could not be reached, has been told of it now."""

    person: PersonId

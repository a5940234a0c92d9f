"""For both sides of a talk: words with their receipts, what was agreed, what is coming, and a check-in."""

from dataclasses import dataclass
from datetime import datetime

from casework import vocabulary as v
from casework.vocabulary import CaseId, PersonId


@dataclass(frozen=True)
class MessageLine:
    """One message. `words` are empty where they are shown only on "Vis", or are the reader's own."""

    by: PersonId
    at: datetime
    words: str = ""
    read_by: PersonId | None = None
    read_at: datetime | None = None


@dataclass(frozen=True)
class TalkLine:
    """How it stands between the leader and one person, on a case card. `points`: none, waits, agreed, unfit.

    `said` is the leader's latest word, without its words for the leader; `written` the person's own latest.
    """

    person: PersonId
    heard_at: datetime | None = None
    heard_from: PersonId | None = None
    unread: int = 0  # of the other one's
    said: MessageLine | None = None
    written: MessageLine | None = None
    points: str = "none"
    next_talk: datetime | None = None
    asked_to_write_at: datetime | None = None  # when the leader was asked to write, and has not since


@dataclass(frozen=True)
class MessagesView:
    """One person's thread, the latest of it. `mine`: the reader is that person; else whoever has the case."""

    case: CaseId
    version: int
    person: PersonId
    leader: PersonId
    mine: bool
    lines: tuple[MessageLine, ...]
    earlier: int = 0
    unread: int = 0
    heard_at: datetime | None = None


@dataclass(frozen=True)
class WordsView:
    """What the person has written, opened by whoever has the case. In pages; the last one can be answered.

    `mine`: it is shown to the person themselves, with whether it was seen.
    """

    case: CaseId
    version: int
    person: PersonId
    at: datetime
    words: str
    last: bool = True
    mine: MessageLine | None = None


@dataclass(frozen=True)
class WritingView:
    """A card to write on, which nobody else's doing changes.

    `update`: two lines from the leader, to one or all of `to`. `mine`: the writer is the affected person; then `to` is
    whoever has the case.
    """

    case: CaseId
    version: int
    person: PersonId  # whose thread it is; of an update the first's
    to: tuple[PersonId, ...]
    update: bool = False
    mine: bool = False


@dataclass(frozen=True)
class SentView:
    """What was written is sent. `words` are empty where they are the person's own."""

    case: CaseId
    version: int
    to: tuple[PersonId, ...]
    at: datetime
    words: str = ""
    mine: bool = False


@dataclass(frozen=True)
class PointsView:
    """What was agreed, in the version that stands; `number` 0: nothing yet. `mine`: the reader is the person."""

    case: CaseId
    version: int
    person: PersonId
    leader: PersonId
    mine: bool
    number: int = 0
    by: PersonId | None = None
    at: datetime | None = None
    help: str = ""
    tells: str = ""
    contact: str = ""
    other: str = ""
    next_talk: datetime | None = None
    answer: v.Answer | None = None
    answered_at: datetime | None = None
    words: str = ""
    invited: v.Tried | None = None
    unopened: bool = False  # what does not fit lies among the messages, and the leader has not opened it


@dataclass(frozen=True)
class SilentView:
    """Who has heard nothing for some time, and since when: for whoever has the case."""

    case: CaseId
    version: int
    people: tuple[tuple[PersonId, datetime], ...]
    days: int


@dataclass(frozen=True)
class NextTalkView:
    """They talk today."""

    case: CaseId
    version: int
    person: PersonId
    leader: PersonId
    mine: bool
    at: datetime


@dataclass(frozen=True)
class CheckInView:
    """One check-in; nothing in it is asked, and nothing of it is kept. `off`: the person wants no more."""

    case: CaseId
    version: int
    leader: PersonId
    day: int
    lasts: bool  # it has gone on for more than five days
    off: bool = False

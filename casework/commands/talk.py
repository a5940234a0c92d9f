"""The talk's points, words both ways, and what the person answers. `person`: the affected one whose thread it is."""

from dataclasses import dataclass
from datetime import datetime

from casework.commands.command import Command, Written
from casework.vocabulary import Answer, PersonId, Tried


@dataclass(frozen=True, kw_only=True)
class ThreadCommand(Command):
    """Something asked for in one person's thread."""

    person: PersonId


@dataclass(frozen=True, kw_only=True)
class AgreePoints(ThreadCommand):
    """The leader writes down what was agreed. What is empty was not spoken of."""

    help: Written | None = None
    tells: Written | None = None
    contact: Written | None = None
    other: Written | None = None
    next_talk: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerPoints(Command):
    """It is agreed so, or it does not quite fit. `number`: the version that was on the card."""

    number: int
    answer: Answer
    words: Written | None = None


@dataclass(frozen=True, kw_only=True)
class NoteInvited(ThreadCommand):
    """Værn has tried to put the next talk into both calendars."""

    next_talk: datetime
    tried: Tried


@dataclass(frozen=True, kw_only=True)
class GiveUpdate(Command):
    """Two lines from the leader. `people` empty: to everybody it happened to, who has been told."""

    words: Written
    people: tuple[PersonId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WriteInCase(Command):
    """More words after Send: from an affected person a message to whoever has the case, else more of the account.

    `reader`: whom they are for, if that was said. None: whoever has the case.
    """

    words: Written
    reader: PersonId | None = None


@dataclass(frozen=True, kw_only=True)
class WriteMessage(ThreadCommand):
    """Words to the other one. `has_read`: what the other wrote stood before the person's eyes."""

    words: Written
    has_read: bool = False


@dataclass(frozen=True, kw_only=True)
class ReadMessages(ThreadCommand):
    """What the other one wrote is opened."""

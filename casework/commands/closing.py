"""Ending a case, and beginning it again."""

from dataclasses import dataclass
from datetime import datetime

from casework import vocabulary as v
from casework.commands.command import Command, Written


@dataclass(frozen=True, kw_only=True)
class AskIfMissing(Command):
    """The leader asks everybody it happened to whether anything is missing."""

    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class AnswerClosing(Command):
    """The affected person answers."""

    answer: v.ClosingAnswer
    words: Written | None = None


@dataclass(frozen=True, kw_only=True)
class AskForAnalysis(Command):
    """The leader asks the group to begin its analysis now."""


@dataclass(frozen=True, kw_only=True)
class CloseCase(Command):
    """The leader closes the case. `journal`: the number it was filed under."""

    journal: Written | None = None


@dataclass(frozen=True, kw_only=True)
class ReopenCase(Command):
    """An affected person or the leader opens it again. The leader says why; nobody else has to."""

    why: Written | None = None

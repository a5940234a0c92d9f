"""What is looked at before anybody has to ask why nothing works: one module a subject.

A check takes a `Site` and gives findings. `runner.py` runs them all, each for itself; `telling.py` has the words.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `code` is stable, and has words in both languages: `check.<code>.*`.

    `subject` and `detail` say which and how much, as data in no language; never anything of a case.
    """

    code: str
    state: State
    subject: str = ""
    detail: str = ""
    remedy: str = ""
    """What to change, in English, where that is known better than the words of the code know it."""


Findings = tuple[Finding, ...]


def ok(code: str, subject: str = "", detail: str = "") -> Finding:
    return Finding(code, State.OK, subject, detail)


def warning(code: str, subject: str = "", detail: str = "") -> Finding:
    """It works, and somebody should see to it."""
    return Finding(code, State.WARNING, subject, detail)


def fault(code: str, subject: str = "", detail: str = "", remedy: str = "") -> Finding:
    """It does not work, or somebody will not be helped, until it is put right."""
    return Finding(code, State.FAULT, subject, detail, remedy)

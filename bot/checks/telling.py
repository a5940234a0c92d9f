"""Findings in words: a line each for whoever sits at the machine, and the same as data."""

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from bot.checks import Finding, Findings, State
from bot.checks.runner import worst
from cards.words import Texts

FORMAT = 1
"""Of the JSON. Another shape is another number; codes only ever come to it."""


def found(finding: Finding, say: Texts) -> str:
    """What it is: "Never met: Karin Holm, Borgerservice Nord"."""
    said = say.plain(f"check.{finding.code}.found")
    about = ", ".join(part for part in (finding.subject, finding.detail) if part)
    return f"{said}: {about}" if about else said


def remedy(finding: Finding, say: Texts) -> str:
    """What to change; empty when nothing is."""
    if finding.state is State.OK:
        return ""
    return finding.remedy or say.plain(f"check.{finding.code}.remedy")


def lines(findings: Findings, say: Texts) -> Iterator[str]:
    """A line each; below those that need the same, once, what it is. Last, how many of each state."""
    for one, after in zip_longest(findings, findings[1:]):
        do = remedy(one, say)
        yield f"{one.state:<8} {one.code}: {found(one, say)}"
        if do and (after is None or remedy(after, say) != do):
            yield f"{'':9}→ {do}"
    counts = Counter(one.state for one in findings)
    yield " · ".join(f"{state} {counts[state]}" for state in (State.FAULT, State.WARNING, State.OK))


def as_data(findings: Findings, say: Texts) -> dict[str, Any]:
    """JSON-ready."""
    rows = [
        {
            "code": one.code,
            "state": str(one.state),
            "subject": one.subject,
            "detail": one.detail,
            "found": found(one, say),
            "remedy": remedy(one, say),
        }
        for one in findings
    ]
    return {"format": FORMAT, "state": str(worst(findings)), "findings": rows}

"""What was found in a package, in words: what is proven, what is not, and what that means."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.packages.verifying import Finding, Findings, State
from cards.words import Texts, unescape

MARKS = {State.PROVEN: "✓", State.UNPROVEN: "–", State.BROKEN: "✗"}
LAST = {True: "verify.last.broken", False: "verify.last.whole"}


def lines(findings: Findings, say: Texts) -> Iterator[str]:
    """One a finding, and in the end what all of it means."""
    if findings.manifest is not None:
        made = findings.manifest
        yield say.plain("verify.about", package=made.package, case=made.case, authority=made.authority)
        yield say.plain("verify.made", at=_moment(made.made_at))
    yield from (f"{MARKS[one.state]} {_said(one, say)}" for one in findings.all)
    yield say.plain(LAST[findings.broken])
    if not findings.broken:
        yield say.plain("verify.not_proven")


def _said(finding: Finding, say: Texts) -> str:
    values = {name: _value(value) for name, value in finding.values.items()}
    return unescape(say.plain(f"verify.{finding.key}", **values))


def _value(value: object) -> str:
    return _moment(value) if isinstance(value, datetime) else str(value)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"

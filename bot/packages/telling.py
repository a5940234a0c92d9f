"""What was found in a package, in words: what is proven, what is not, and what that means."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.packages.verifying import Finding, Findings, State
from cards.words import Texts, unescape
from casework.vocabulary import Package

MARKS = {State.PROVEN: "✓", State.UNPROVEN: "–", State.BROKEN: "✗"}
QUOTES = "»«“”"
"""What it is put between."""
LONGEST = 200
"""Characters of a name that a package gives itself or its files."""


def lines(findings: Findings, say: Texts) -> Iterator[str]:
    """One a finding, and in the end what all of it means."""
    if findings.manifest is not None:
        made = findings.manifest
        about = {name: _one_line(getattr(made, name)) for name in ("case", "authority")}
        yield unescape(say.plain("verify.about", package=_for_whom(made.package, say), **about))
        yield say.plain("verify.made", at=_moment(made.made_at))
    yield from (f"{MARKS[one.state]} {_said(one, say)}" for one in findings.all)
    yield say.plain(f"verify.last.{_last(findings)}")
    if not findings.broken:
        yield say.plain("verify.not_proven")


def _last(findings: Findings) -> str:
    """Whoever changed a package can sign it anew: with a key nobody knows, nothing is said of what was before."""
    if findings.broken:
        return "broken"
    return "unsure" if findings.of("key_unknown") else "whole"


def _for_whom(package: str, say: Texts) -> str:
    """In words; what no Værn makes is told as it calls itself."""
    return say.plain(f"documentation.for_whom.{package}") if package in set(Package) else _one_line(package)


def _said(finding: Finding, say: Texts) -> str:
    values = {name: _value(value) for name, value in finding.values.items()}
    return unescape(say.plain(f"verify.{finding.key}", **values))


def _value(value: object) -> str:
    return _moment(value) if isinstance(value, datetime) else _one_line(str(value))


def _one_line(said: str) -> str:
    """What a package says of itself begins no line of its own, moves no cursor, and fills no page."""
    shown = "".join(one if one.isprintable() and one not in QUOTES else "\N{REPLACEMENT CHARACTER}" for one in said)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"

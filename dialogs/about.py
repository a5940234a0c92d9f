"""»Cirka« in a moment that was typed: said of its clock, or of its day."""

import re

_ABOUT = re.compile(r"\b(?:cirka|circa|ca|omkring|about|around)\b\.?\s*")
_ABOUT_CLOCKS = (
    re.compile(rf"(?:\b(?:at|kl|klokken)\b\.?\s*)?{_ABOUT.pattern}(\d{{1,2}}[.:]\d{{2}})(?![\d.])"),
    re.compile(rf"(?<=\w)\s+{_ABOUT.pattern}(\d{{1,2}})$"),
)
"""… ca. 9.30 · lørdag ca. 9"""
_CLOCK_BESIDE = re.compile(r"\d{1,2}[.:]\d{2}|\b(?:at|kl|klokken)\b")


def is_about(plain: str) -> bool:
    """Whether it says of itself that it is not certain. `plain`: small letters, one space between words."""
    return _ABOUT.search(plain) is not None


def without_about(plain: str) -> str:
    """The moment itself. »ca. 9.30« is a clock; where another stands beside it, a day: »ca. 21.11 14.10«."""
    found = next(filter(None, (pattern.search(plain) for pattern in _ABOUT_CLOCKS)), None)
    if found and not _CLOCK_BESIDE.search(plain[: found.start()] + plain[found.end() :]):
        plain = f"{plain[: found.start()]} kl. {found[1]}{plain[found.end() :]}".strip()
    return _ABOUT.sub("", plain)

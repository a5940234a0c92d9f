"""What holds at the workplace when whoever is behind it is a colleague: its own guidelines, in words and by a link.

One for the whole organisation, and one for each administration that has its own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.setup.faults import shown
from casework.local import Policy
from casework.texts import LANGUAGES

TABLE = "local_policy"
Policies = Mapping[str | None, Policy]
"""By administration; under None the one that holds where there is no other."""


def policies(data: Mapping[str, Any]) -> Policies:
    """Those of settings that have been checked."""
    return {row.get("administration"): _policy(row) for row in data[TABLE]}


def _policy(row: Mapping[str, str]) -> Policy:
    return Policy({language: row[language] for language in LANGUAGES if language in row}, row.get("link", ""))


def findings(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What no schema can say: an administration that is none, or has two; nothing to read; words in one language."""
    known, seen = {row.get("administration") for row in data["workplaces"]}, set()
    for place, row in enumerate(data.get(TABLE, ())):
        key, name = f"{TABLE}[{place}]", row.get("administration")
        if name is not None and name not in known:
            yield f"{key}.administration", shown(name), "No [[workplaces]] belongs to that administration."
        if name in seen:
            yield key, f"is the second for {name or 'everybody'}", "Expected each administration only once."
        seen.add(name)
        yield from _says_too_little(key, row)


def _says_too_little(key: str, row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    told = [language for language in LANGUAGES if language in row]
    if not told and "link" not in row:
        yield key, "says nothing", "Expected da and en (the words), or link, or all of them."
    if told and (missing := [language for language in LANGUAGES if language not in told]):
        yield f"{key}.{missing[0]}", "is missing", "Expected the words in both languages, da and en."

"""How a commit is kept as a document, and read again: the same in every store."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import orjson

from bot.stores import Commit, StoredCase, UnreadableFile, chain

_PARTS = {"at", "events", "texts", "handled", "next_due", "people", "groups", "closed"}


def moment(at: datetime) -> str:
    """How a moment is kept: ISO 8601 in UTC. A naive one is refused, for nobody could tell later when it was."""
    if at.utcoffset() is None:
        raise ValueError(f"{at} has no time zone. Expected an aware moment.")
    return at.astimezone(UTC).isoformat()


def moment_or_none(kept: str | None) -> datetime | None:
    return None if kept is None else datetime.fromisoformat(kept)


def packed(document: object) -> bytes:
    """JSON and nothing but: what could not be read back as it was (a moment, NaN) is refused here.

    orjson writes more kinds of things than JSON has, and says nothing; so it is believed when it reads the same again,
    which both together do in a third of the time the standard library takes, and else that one has the word.
    """
    with suppress(orjson.JSONEncodeError):
        content = orjson.dumps(document)
        if orjson.loads(content) == document:
            return content
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def document(commit: Commit, before: str = "") -> dict[str, Any]:
    """All of the commit but its outbox rows, which live shorter than it does. `before`: the link it hangs on."""
    plain = _plain(commit)
    if commit.destroyed:
        plain["destroyed"] = sorted(commit.destroyed)
    return chain.linked(plain, before) if commit.in_chain is None else {**plain, **commit.in_chain}


def _plain(commit: Commit) -> dict[str, Any]:
    return {
        "at": moment(commit.at),
        "events": [dict(event) for event in commit.events],
        "texts": dict(commit.texts),
        "handled": list(commit.handled),
        "next_due": None if commit.next_due is None else moment(commit.next_due),
        "people": sorted(commit.people),
        "groups": sorted(commit.groups),
        "closed": commit.closed,
    }


def commit(document: Mapping[str, Any]) -> Commit:
    """The commit again, without outbox rows."""
    parts = {name: frozenset(document[name]) for name in ("people", "groups")}
    moments = {name: moment_or_none(document[name]) for name in ("at", "next_due")}
    plain = {"texts": document["texts"], "closed": document["closed"]}
    plain["in_chain"] = {name: document[name] for name in chain.PARTS if name in document}
    plain |= {name: frozenset(document.get(name, ())) for name in ("destroyed", "apart")}
    return Commit(events=tuple(document["events"]), handled=tuple(document["handled"]), **plain, **parts, **moments)


def check(case: str, commits: Sequence[Mapping[str, Any]]) -> None:
    """UnreadableFile when these are no commits this version wrote."""
    try:
        sound = all(_PARTS <= commit.keys() for commit in commits)
    except (ValueError, TypeError, AttributeError) as fault:
        raise UnreadableFile(f"case {case} is no document this version wrote") from fault
    if not sound:
        raise UnreadableFile(f"case {case} is no document this version wrote")


def stored(case: str, commits: Sequence[Mapping[str, Any]]) -> StoredCase:
    """The case these commits, oldest first, make up. What is written stays: nothing later takes a text's place."""
    texts: dict[str, str] = {}
    for commit in reversed(commits):
        texts |= commit["texts"]
    return StoredCase(
        id=case,
        version=len(commits),
        events=tuple(event for commit in commits for event in commit["events"]),
        texts=texts,
        handled=frozenset(key for commit in commits for key in commit["handled"]),
    )


def mentions(commits: Sequence[Mapping[str, Any]], item: str) -> bool:
    """Whether a text is kept under the item's id, or an event holds the id as a value, at any depth; and nothing has
    destroyed it."""
    if any(item in commit.get("destroyed", ()) for commit in commits):
        return False
    return any(item in commit["texts"] or item in _values(commit["events"]) for commit in commits)


def _values(document: object) -> Iterator[object]:
    if isinstance(document, Mapping):
        for value in document.values():
            yield from _values(value)
    elif isinstance(document, list | tuple):
        for value in document:
            yield from _values(value)
    else:
        yield document

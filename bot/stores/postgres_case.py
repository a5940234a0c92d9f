"""One case as it lies in PostgreSQL: every commit and every outbox row sealed by itself, with the case's own key."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.stores import Commit, Pending, UnreadableFile, chain, codec
from bot.stores.vault import Cipher, MasterKey

Sealed = tuple[int, bytes]
"""A commit's version and its bytes."""


def read_commits(
    master: MasterKey, case: str, version: int, wrapped: bytes | None, sealed: Sequence[Sealed]
) -> list[dict[str, Any]]:
    """All of the case's commits, oldest first; UnreadableFile unless every one is there and opens."""
    if [number for number, _ in sealed] != list(range(1, version + 1)):
        raise UnreadableFile(f"case {case} should have {version} commits, and some are missing")
    cipher = key_of(master, case, wrapped)
    commits = [_unsealed(cipher, "commit", f"{case}/{number}", content) for number, content in sealed]
    codec.check(case, commits)
    return commits


def key_of(master: MasterKey, case: str, wrapped: bytes | None) -> Cipher:
    if wrapped is None:
        raise UnreadableFile(f"case {case} has no key")
    return Cipher(master.unwrapped("key", case, wrapped))


def link_before(master: MasterKey, case: str, wrapped: bytes | None, newest: Sealed | None) -> str | None:
    """The link that the next commit hangs on, by the newest one. None: that one is of before there were links."""
    if newest is None:
        return ""
    version, content = newest
    found = _unsealed(key_of(master, case, wrapped), "commit", f"{case}/{version}", content)
    return chain.head((found,)) if "chain" in found else None


def destroyed_in(
    master: MasterKey, case: str, wrapped: bytes | None, commits: Sequence[dict[str, Any]], items: frozenset[str]
) -> list[Sealed]:
    """The commits that hold words of these items, sealed anew without them."""
    cipher = key_of(master, case, wrapped)
    left = (
        (version, chain.without(one, items)) for version, one in enumerate(commits, 1) if items & one["texts"].keys()
    )
    return [(version, cipher.seal("commit", f"{case}/{version}", codec.packed(one))) for version, one in left]


def sealed_commit(
    master: MasterKey, case: str, wrapped: bytes | None, commit: Commit, version: int, before: str
) -> dict[str, Any]:
    """What the query `append` wants to know. `before`: the link it hangs on. ValueError or TypeError for what JSON
    would not give back."""
    cipher = key_of(master, case, wrapped)
    rows = {hidden_notice(master, notice["id"]): codec.packed(dict(notice)) for notice in commit.notices}
    return {
        "case": case,
        "version": version,
        "sealed": cipher.seal("commit", f"{case}/{version}", codec.packed(codec.document(commit, before))),
        "at": commit.at,
        "next_due": commit.next_due,
        "closed": commit.closed,
        "found_by": sorted(_found_by(master, commit)),
        "notices": list(rows),
        "sealed_notices": [cipher.seal("notice", f"{case}/{name}", content) for name, content in rows.items()],
    }


def _found_by(master: MasterKey, commit: Commit) -> set[str]:
    people = {hidden_person(master, person) for person in commit.people}
    return people | {hidden_group(master, workplace) for workplace in commit.groups}


def hidden_person(master: MasterKey, person: str) -> str:
    return master.hidden("people", person)


def hidden_group(master: MasterKey, workplace: str) -> str:
    return master.hidden("groups", workplace)


def hidden_notice(master: MasterKey, notice: str) -> str:
    return master.hidden("notices", notice)


def read_notice(master: MasterKey, row: Sequence[Any]) -> Pending:
    """A row of the query `pending`; UnreadableFile when it does not open."""
    case, name, queued_at, attempts, not_before, content, wrapped = row
    notice = _unsealed(key_of(master, case, wrapped), "notice", f"{case}/{name}", content)
    return Pending(case, notice, in_utc(queued_at), attempts, in_utc(not_before))


def in_utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)


def _unsealed(cipher: Cipher, kind: str, name: str, content: bytes) -> dict[str, Any]:
    try:
        return json.loads(cipher.unseal(kind, name, content))
    except ValueError as fault:
        raise UnreadableFile(f"{kind} {name} is no document this version wrote") from fault

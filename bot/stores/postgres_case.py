"""One case as it lies in PostgreSQL: every commit and every outbox row sealed by itself, with the case's own key."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.stores import Commit, Pending, UnknownCase, UnreadableFile, chain, codec, own_keys
from bot.stores.vault import Cipher, MasterKey

Sealed = tuple[int, bytes]
"""A commit's version and its bytes."""


class Rows:
    """A case's rows as a query gives them: how many commits, its key, each commit, and with the first the own keys."""

    def __init__(self, case: str, version: int, wrapped: bytes | None) -> None:
        self.case, self.version, self._wrapped = case, version, wrapped
        self._sealed: list[Sealed] = []
        self._own: dict[str, bytes] = {}

    @classmethod
    def of(cls, case: str, rows: Sequence[Sequence[Any]]) -> "Rows":
        """Of the query `commits_of`."""
        version, _, wrapped, *_ = rows[0]
        found = cls(case, version, wrapped)
        for _, _, _, *row in rows:
            found.add(*row)
        return found

    def add(self, number: int | None, sealed: bytes | None, names: list[str] | None, keys: list[bytes] | None) -> None:
        """One row; None where there is nothing."""
        if number is not None and sealed is not None:
            self._sealed.append((number, sealed))
        self._own |= dict(zip(names or (), keys or (), strict=True))

    def kept(self, master: MasterKey) -> list[dict[str, Any]]:
        """All of the commits as they are kept, oldest first; UnreadableFile unless every one is there and opens."""
        if [number for number, _ in self._sealed] != list(range(1, self.version + 1)):
            raise UnreadableFile(f"case {self.case} should have {self.version} commits, and some are missing")
        cipher = key_of(master, self.case, self._wrapped)
        commits = [_unsealed(cipher, "commit", f"{self.case}/{number}", content) for number, content in self._sealed]
        codec.check(self.case, commits)
        return commits

    def commits(self, master: MasterKey) -> list[dict[str, Any]]:
        """The same as they were written; UnreadableFile also when a text has lost its own key."""
        key_of_name = own_keys_of(master, self.case, self._wrapped, self._own)
        return [own_keys.opened(self.case, commit, key_of_name) for commit in self.kept(master)]


def own_keys_of(master: MasterKey, case: str, wrapped: bytes | None, sealed: Mapping[str, bytes]) -> own_keys.KeyOf:
    cipher = key_of(master, case, wrapped)
    return lambda name: own_keys.unsealed(cipher, case, name, sealed.get(name))


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


def keys_for(
    master: MasterKey, case: str, wrapped: bytes | None, names: Sequence[str], there: Mapping[str, bytes]
) -> dict[str, bytes]:
    """A key of its own for each of these, as it is kept: the one that is there, or a new one."""
    cipher = key_of(master, case, wrapped)
    return {name: there.get(name) or own_keys.drawn(cipher, case, name).sealed for name in names}


def key_of_upload(master: MasterKey, case: str, item: str, wrapped: bytes | None, own: bytes | None) -> Cipher:
    """Its own; of before uploads had one, the case's. UnknownCase when it was destroyed."""
    cipher = key_of(master, case, wrapped)
    try:
        return cipher if own is None else own_keys.unsealed(cipher, case, own_keys.of_upload(item), own)
    except own_keys.Destroyed as gone:
        raise UnknownCase(str(gone)) from None


def sealed_commit(
    master: MasterKey,
    case: str,
    wrapped: bytes | None,
    commit: Commit,
    version: int,
    before: str,
    keys: Mapping[str, bytes],
) -> dict[str, Any]:
    """What the query `append` wants to know. `before`: the link it hangs on; `keys`: those of texts that have their
    own. ValueError or TypeError for what JSON would not give back."""
    cipher = key_of(master, case, wrapped)
    document = codec.document(commit, before)
    kept = own_keys.closed(case, document, commit.apart, own_keys_of(master, case, wrapped, keys))
    rows = {hidden_notice(master, notice["id"]): codec.packed(dict(notice)) for notice in commit.notices}
    return {
        "case": case,
        "version": version,
        "sealed": cipher.seal("commit", f"{case}/{version}", codec.packed(kept)),
        "at": commit.at,
        "next_due": commit.next_due,
        "closed": commit.closed,
        "found_by": sorted(_found_by(master, commit)),
        "notices": list(rows),
        "key_names": list(keys),
        "own_keys": list(keys.values()),
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


def read_notices(master: MasterKey, rows: Sequence[Sequence[Any]]) -> tuple[list[Pending], list[tuple[str, str]]]:
    """Those that open; and case and name of those that do not."""
    found, damaged = [], []
    for row in rows:
        try:
            found.append(_read_notice(master, row))
        except UnreadableFile:
            damaged.append((row[0], row[1]))
    return found, damaged


def _read_notice(master: MasterKey, row: Sequence[Any]) -> Pending:
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

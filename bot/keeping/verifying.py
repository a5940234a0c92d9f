"""Whether what is kept is what was kept: each case's chain, and every original against the SHA-256 its event tells.

An original is what was uploaded, a message of Teams as Teams handed it over, and of words that were pasted the words.

Only looked at, with the key, beside a bot that may be running: nothing is put in order and nothing set aside. A case is
looked at as it is at that moment.
"""

import hashlib
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bot.keeping.anchoring import Anchor, Reached, reached, wrong_since
from bot.stores import UnknownCase, UnreadableFile, chain, codec
from bot.stores.folder_looked_at import FolderLookedAt
from bot.stores.vault import Vault
from casework import wire
from casework.events import EvidenceReceived
from casework.vocabulary import ItemKind, Source

NO_ANCHOR: Anchor = {}


class Looked(Protocol):
    """A store that is only looked at."""

    async def cases(self) -> tuple[str, ...]: ...

    async def erased(self) -> frozenset[str]:
        """Cases that are rightly not there any more."""

    async def commits(self, case: str) -> list[dict[str, Any]]:
        """Oldest first. UnknownCase when there is none, UnreadableFile when it does not open."""

    def blob(self, case: str, item: str) -> AsyncIterator[bytes]:
        """The content, part by part. UnknownCase when there is none, UnreadableFile when it does not open."""


@dataclass(frozen=True)
class Broken:
    """What is not as it was kept.

    `part`: of the chain (`chain.Break`), or `case` (it does not open), `unknown` (there is no such case); against the
    anchor `fewer`, `other` (`anchoring.wrong_since`) or `away` (neither there nor erased); of an
    original `original` (its bytes are others), `missing` (it is gone), `closed` (it does not open), `left` (it was
    destroyed, and is there). `which` is an event's wire name, or an item's number and id.
    """

    case: str
    part: str
    commit: int = 0
    which: str = ""


@dataclass
class Verified:
    """How much was gone through, and the first that is broken of each case and each original."""

    cases: int = 0
    commits: int = 0
    unlinked: int = 0
    originals: int = 0
    broken: tuple[Broken, ...] = ()
    reached: dict[str, Reached] = field(default_factory=dict)


class FilesLookedAt:
    """The embedded store's folder. A file is replaced whole or not at all, so a running bot is no hindrance."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder = FolderLookedAt(folder, vault)

    async def cases(self) -> tuple[str, ...]:
        return self._folder.cases()

    async def erased(self) -> frozenset[str]:
        return self._folder.erased_by_now()

    async def commits(self, case: str) -> list[dict[str, Any]]:
        if case not in self._folder.cases():
            raise UnknownCase(case)
        return self._folder.commits(case)

    async def blob(self, case: str, item: str) -> AsyncIterator[bytes]:
        for part in self._folder.content(case, item):
            yield part


async def verified(looked: Looked, only: str = "", anchor: Anchor = NO_ANCHOR) -> Verified:
    """Every case, or that one; and whether each still has what the anchor says it had."""
    done = Verified()
    cases = (only,) if only else await looked.cases()
    for case in cases:
        done.cases += 1
        try:
            await _in_the_case(looked, case, anchor, done)
        except (UnreadableFile, UnknownCase) as fault:
            done.broken += (Broken(case, "unknown" if isinstance(fault, UnknownCase) else "case"),)
    if not only:
        away = anchor.keys() - set(cases) - await looked.erased()
        done.broken += tuple(Broken(case, "away", anchor[case].commit) for case in sorted(away))
    return done


async def _in_the_case(looked: Looked, case: str, anchor: Anchor, done: Verified) -> None:
    commits = await looked.commits(case)
    done.commits += len(commits)
    done.unlinked += sum("chain" not in one for one in commits)
    done.broken += tuple(_in_the_chain(case, commits)) or tuple(_since_the_anchor(case, commits, anchor, done))
    async for broken in _in_the_originals(looked, case, commits, done):
        done.broken += (broken,)


def _since_the_anchor(case: str, commits: list[dict[str, Any]], anchor: Anchor, done: Verified) -> Iterator[Broken]:
    """Asked only where the chain itself holds."""
    done.reached[case] = reached(commits)
    if case in anchor and (part := wrong_since(anchor[case], commits)):
        yield Broken(case, part, anchor[case].commit, str(len(commits)))


def _in_the_chain(case: str, commits: list[dict[str, Any]]) -> Iterator[Broken]:
    if found := chain.first_break(commits):
        yield Broken(case, found.part, found.commit, found.which)


async def _in_the_originals(
    looked: Looked, case: str, commits: list[dict[str, Any]], done: Verified
) -> AsyncIterator[Broken]:
    destroyed = {item for one in commits for item in one.get("destroyed", ())}
    texts = codec.stored(case, commits).texts
    for number, received in _received(commits):
        gone = received.item in destroyed
        done.originals += not gone
        if received.kind is ItemKind.FILE or received.source is Source.TEAMS_MESSAGE:
            part = await _of_bytes(looked, case, received, gone=gone)
        else:
            part = _of_words(texts.get(received.item), received, gone=gone)
        if part:
            yield Broken(case, part, number, f"{received.number} ({received.item})")


def _received(commits: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, EvidenceReceived]]:
    """Which commit brought which piece. What cannot be read as an event the chain tells of."""
    for number, commit in enumerate(commits, 1):
        for document in commit["events"]:
            try:
                event = wire.decode(document)
            except wire.UnknownEvent:
                continue
            if isinstance(event, EvidenceReceived):
                yield number, event


async def _of_bytes(looked: Looked, case: str, received: EvidenceReceived, *, gone: bool) -> str:
    """What is wrong with it; empty when nothing is."""
    digest = hashlib.sha256()
    try:
        async for part in looked.blob(case, received.item):
            digest.update(part)
    except UnknownCase:
        return "" if gone else "missing"
    except UnreadableFile:
        return "closed"
    return _told_by(received, digest.hexdigest(), gone=gone)


def _of_words(words: str | None, received: EvidenceReceived, *, gone: bool) -> str:
    """The same of what was pasted, which lies among the texts."""
    if words is None:
        return "" if gone else "missing"
    return _told_by(received, hashlib.sha256(words.encode()).hexdigest(), gone=gone)


def _told_by(received: EvidenceReceived, found: str, *, gone: bool) -> str:
    if gone:
        return "left"
    return "" if found == received.sha256 else "original"

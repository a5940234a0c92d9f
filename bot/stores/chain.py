"""The chain through a case's log: each commit carries a SHA-256 over the link before it and over what happened in it.

So a fact that was changed, taken out or put in afterwards shows at the first link that does not hold. Of a text stands
only a hash in the chain, made with salt of its own: a text that is destroyed takes its salt along, the chain goes on
holding, and nobody can try words until one fits. A commit of before there were links has none; the next one hangs on
what the links of all before it would have been. What ends the log is held by nothing after it: that the newest commits
are missing, no chain tells (`bot.keeping.anchoring` does).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain as together
from typing import Any

from bot.stores.sealing import new_salt

Document = Mapping[str, Any]
UNKNOWN_EVENT = "?"
PARTS = ("chain", "gone")
"""Of a commit's document: its link with the hashes it is made of; or, without a link, the hashes of destroyed texts."""


@dataclass(frozen=True)
class Break:
    """Where a case's chain does not hold: the commit's number, from 1, and what of it.

    `part`: `event` (changed; `which` is its wire name), `events` (another number of them), `text` (changed, gone or put
    in; `which` is its item), or `link` (a commit before it or its moment is not the one it was written on).
    """

    commit: int
    part: str
    which: str = ""


def linked(document: Document, before: str) -> dict[str, Any]:
    """The commit's document with its place in the chain. `before`: the link it hangs on."""
    salts = {item: new_salt() for item in document["texts"]}
    chain = {
        "events": [_hash(event) for event in document["events"]],
        "texts": {item: _hash_of_text(text, salts[item]) for item, text in document["texts"].items()},
        "salts": salts,
    }
    return {**document, "chain": {**chain, "link": _link(document, chain, before)}}


def head(documents: Sequence[Document]) -> str:
    """The link that the next commit hangs on; empty before the first."""
    for place in range(len(documents) - 1, -1, -1):
        if chain := documents[place].get("chain"):
            return _over(documents[place + 1 :], chain["link"])
    return _over(documents, "")


def _over(unlinked: Sequence[Document], before: str) -> str:
    """What the last link would have been, had these had links."""
    for document in unlinked:
        before = _link(document, _as_it_stands(document), before)
    return before


def without(document: Document, items: frozenset[str]) -> dict[str, Any]:
    """The commit's document without these texts. Their hashes stay, and what they were made with goes."""
    gone = {item: text for item, text in document["texts"].items() if item in items}
    left = {**document, "texts": {item: text for item, text in document["texts"].items() if item not in items}}
    if chain := document.get("chain"):
        salts = {item: salt for item, salt in chain["salts"].items() if item not in items}
        return {**left, "chain": {**chain, "salts": salts}}
    return {**left, "gone": {**document.get("gone", {}), **{item: _hash_of_text(gone[item]) for item in gone}}}


def first_break(documents: Sequence[Document]) -> Break | None:
    """The first place where the chain does not hold; None when all of it does."""
    before, begun = "", False
    known: dict[str, str] = {}
    destroyed = frozenset(item for one in documents for item in one.get("destroyed", ()))
    for number, document in enumerate(documents, 1):
        try:
            begun = begun or "chain" in document
            breaks = _breaks(number, document, before, destroyed) if begun else iter(())
            found = next(together(breaks, _said_anew(number, document, known)), None)
            before = _link_of(document, before)
        except (KeyError, TypeError, AttributeError, ValueError):  # in a form that this house never wrote
            found = Break(number, "link")
        if found:
            return found
    return None


def _said_anew(number: int, document: Document, known: dict[str, str]) -> Iterator[Break]:
    """Other words under the id of words before them. The same again are no others: a letter's draft is kept so."""
    for item, text in document["texts"].items():
        if known.setdefault(item, text) != text:
            yield Break(number, "text", item)


def _link_of(document: Document, before: str) -> str:
    return document["chain"]["link"] if "chain" in document else _over((document,), before)


def _breaks(number: int, document: Document, before: str, destroyed: frozenset[str]) -> Iterator[Break]:
    """`document` has a link, or should have one: those before it have."""
    if (chain := document.get("chain")) is None:
        yield Break(number, "link")
        return
    now = [_hash(event) for event in document["events"]]
    changed = (
        event for event, then, found in zip(document["events"], chain["events"], now, strict=False) if then != found
    )
    yield from (Break(number, "event", str(event.get("event", UNKNOWN_EVENT))) for event in changed)
    if len(now) != len(chain["events"]):
        yield Break(number, "events")
    yield from (Break(number, "text", item) for item in _other_texts(document, chain, destroyed))
    if chain["link"] != _link(document, chain, before):
        yield Break(number, "link")


def _other_texts(document: Document, chain: Mapping[str, Any], destroyed: frozenset[str]) -> Iterator[str]:
    """Texts that are not the ones that were written, that nobody wrote here, or are gone and nobody destroyed them."""
    yield from (item for item in document["texts"] if item not in chain["texts"])
    for item, then in chain["texts"].items():
        text = document["texts"].get(item)
        if text is None and item in destroyed:
            continue
        if text is None or _hash_of_text(text, chain["salts"].get(item, "")) != then:
            yield item


def _as_it_stands(document: Document) -> dict[str, Any]:
    texts = {item: _hash_of_text(text) for item, text in document["texts"].items()}
    return {"events": [_hash(event) for event in document["events"]], "texts": {**texts, **document.get("gone", {})}}


def _link(document: Document, chain: Mapping[str, Any], before: str) -> str:
    destroyed = sorted(document.get("destroyed", ()))
    return _hash([before, document["at"], chain["events"], sorted(chain["texts"].items()), destroyed])


def _hash(value: object) -> str:
    """Over the value's canonical bytes: JSON with its keys in order and nothing between them."""
    canonical = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _hash_of_text(text: str, salt: str = "") -> str:
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()

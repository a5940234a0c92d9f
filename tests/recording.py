"""What a story left behind: every fact in the store, every word sent to anybody. Duties are held against it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from casework.texts import read_catalogue
from casework.vocabulary import PersonId


@dataclass
class Recording:
    """`events`: wire documents, oldest first. `sent`: reader's first name → every text that reached them."""

    events: list[Mapping[str, Any]] = field(default_factory=list)
    sent: dict[str, list[str]] = field(default_factory=dict)


RECORDINGS: list[list[Recording]] = []
"""The recordings of the test that is running lie on top."""


async def record(told) -> None:
    """Take down a story before it is closed."""
    if not RECORDINGS or told.app is None:
        return
    cases = {case for person in told.channel.people for case in await told.app.store.cases_of(PersonId(person))}
    events = [event for case in sorted(cases) for event in (await told.app.store.load(case)).events]
    sent = {_reader(told, chat): list(_texts(told.channel.bytes_sent_to(chat))) for chat in told.channel.chats}
    RECORDINGS[-1].append(Recording(events, sent))


def _reader(told, chat) -> str:
    if chat.conversation.kind != "personal":
        return "group"
    return told.channel.people[chat.conversation.members[0]].first_name.lower()


def _texts(part: Any) -> Iterator[str]:
    """Every string in what was sent, as a reader would meet it."""
    if isinstance(part, str):
        yield part.replace("\xa0", " ")
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)


def holds(proof: Mapping[str, Any], recording: Recording) -> bool:
    """Whether a recording contains what a duty names: an event with these values, or words that reached somebody."""
    if "event" in proof:
        return any(_matches(proof, event) for event in recording.events)
    reached = recording.sent.get(proof["to"], [])
    return any(fragment(proof["words"], proof.get("language", "da")) in text for text in reached)


def _matches(proof: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    wanted = {"event": proof["event"], **proof.get("with", {})}
    return all(_same(event.get(name), value) for name, value in wanted.items())


def _same(found: Any, wanted: Any) -> bool:
    return wanted in found if isinstance(found, list) and not isinstance(wanted, list) else found == wanted


def fragment(key: str, language: str) -> str:
    """The longest piece of a text that no name or time is filled into."""
    text = read_catalogue(language)[key]
    return max((part.strip() for part in re.split(r"\{\w+\}", text)), key=len).replace("\xa0", " ")


def missing(proofs: list[Mapping[str, Any]], recordings: list[Recording]) -> list[str]:
    """The proofs that no recording holds, as one reads them in `duties.toml`."""
    return [json.dumps(proof) for proof in proofs if not any(holds(proof, recording) for recording in recordings)]

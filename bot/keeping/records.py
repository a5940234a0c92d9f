"""What is kept of each conversation: where to reach it, its language, its dialog, its cards, what was handled.

One small encrypted document each, so a turn ends with one durable write.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bot.stores import Shelf
from casework.six_a_day import Said
from casework.vocabulary import PersonId, WorkplaceId

REMEMBERED = 48  # handled keys per conversation, two a message; a channel redelivers within minutes

ONE_CURRENT = ("case", "call", "group")
"""Cards of which only the newest stands."""


@dataclass
class Record:
    """One conversation. `reference` is the Bot Framework's, refreshed on every inbound activity."""

    id: str
    kind: str = "personal"  # personal, channel, group
    person: str | None = None
    workplace: str | None = None
    language: str = "da"
    reference: dict[str, Any] = field(default_factory=dict)
    dialog: dict[str, Any] = field(default_factory=dict)
    form: str = ""
    """The report's form where the person stopped."""
    handled: list[str] = field(default_factory=list)
    cards: dict[str, str] = field(default_factory=dict)
    """Which message carries which card: "<case>|<kind>|<about>" → activity id."""
    words: dict[str, str] = field(default_factory=dict)
    """What the person wrote and has not said yet where it belongs: id → words."""
    words_since: dict[str, str] = field(default_factory=dict)
    """Since when each of these was seen to lie here, ISO (`bot.keeping.loose_words`)."""
    unasked: list[str] = field(default_factory=list)
    """Those of which the question where they belong was never taken by the channel."""
    device: str = ""
    """What the person was last shown how on: computer, iphone or android."""
    case: str | None = None
    """The case last shown here, for typed words that name none. What was done stands in the case itself."""
    case_at: str | None = None
    """When it was shown, ISO."""
    said: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Case → on which day something last came anew here, ISO, and how often."""

    @property
    def service_url(self) -> str:
        return str(self.reference.get("serviceUrl", ""))

    def stands(self, card: str, activity: str) -> None:
        """That card is this message from now on: what comes is the lowest of its kind in the chat. A message that is
        another card already stays that one."""
        if card and activity and activity not in self.cards.values():
            self.cards[card] = activity

    def pressed(self, card: str, activity: str) -> None:
        """That message shows that card now. Of what stands in the chat only once it is the lowest, and a pressed one
        may be an older copy, that could not be taken away."""
        if card not in self.cards or card.split("|")[1] not in ONE_CURRENT:
            self.stands(card, activity)

    def came_anew(self, before: Mapping[str, str]) -> tuple[str, ...]:
        """The messages that such cards stood on `before`, and which stand further down now."""
        theirs = (card for card in before if card.split("|")[1] in ONE_CURRENT and card in self.cards)
        return tuple(before[card] for card in theirs if self.cards[card] != before[card])

    def remember(self, *keys: str) -> None:
        self.handled = [*self.handled, *keys][-REMEMBERED:]

    def forget(self, case: str) -> bool:
        """Which messages carry its cards, when it was spoken of, that somebody was just writing in it. Whether there
        was anything of it.
        """
        before = dict(vars(self))
        self.cards = {key: card for key, card in self.cards.items() if not key.startswith(f"{case}|")}
        self.said = {other: line for other, line in self.said.items() if other != case}
        if self.case == case:
            self.case, self.case_at = None, None
        if f'"{case}"' in json.dumps(self.dialog):
            self.dialog, self.form = {}, ""
        return vars(self) != before

    def said_of(self, case: str) -> Said | None:
        """How often something came anew about that case, on the last day it did."""
        found = self.said.get(case)
        return Said(date.fromisoformat(found[0]), found[1]) if found else None

    def say(self, case: str, said: Said | None) -> None:
        """What was said before the last two days is over."""
        if said is None:
            return
        kept = (said.day - timedelta(days=1)).isoformat()
        recent = {other: line for other, line in self.said.items() if line[0] >= kept}
        self.said = recent | {case: (said.day.isoformat(), said.times)}


class Records:
    """Conversations by their own id, by person and by the group that is connected there."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    async def get(self, conversation: str) -> Record | None:
        document = await self.shelf.get(f"conversation:{conversation}")
        return Record(**document) if document else None

    async def conversations(self) -> tuple[str, ...]:
        """Ids of all that is kept."""
        keys = [key.split(":", 1) for key in await self.shelf.keys()]
        return tuple(key[1] for key in keys if key[0] == "conversation")

    async def save(self, record: Record) -> None:
        """Durable on return; the person is found by it from now on."""
        await self.shelf.put(f"conversation:{record.id}", vars(record))  # written out at once: nothing is shared
        if record.person and record.kind == "personal":
            await self._point(f"person:{record.person}", record.id)
        await self.heard_from(record.service_url)

    async def heard_from(self, url: str) -> None:
        """The channel's address, wherever somebody was heard from."""
        if url and await self.service_url() != url:
            await self.shelf.put("service", {"url": url})

    async def service_url(self) -> str:
        """Where the channel was last heard from: the way to somebody never met. Empty: nobody has written yet."""
        return str((await self.shelf.get("service") or {}).get("url", ""))

    async def of_person(self, person: PersonId) -> Record | None:
        return await self._pointed(f"person:{person}")

    async def speaks(self, person: PersonId, language: str) -> None:
        """In which language a first contact is made, should there be no conversation yet."""
        if await self.of_person(person) is None:
            await self.shelf.put(f"language:{person}", {"language": language})

    async def language_of(self, person: PersonId) -> str:
        return str((await self.shelf.get(f"language:{person}") or {}).get("language", "da"))

    async def of_group(self, workplace: WorkplaceId) -> Record | None:
        """Where the group is connected. A conversation that is another group's by now is not it."""
        record = await self._pointed(f"group:{workplace}")
        return record if record and record.workplace == workplace else None

    async def connect(self, workplace: WorkplaceId, record: Record) -> None:
        """The group of this workplace is reached in this conversation from now on."""
        record.workplace = workplace
        await self.save(record)
        await self._point(f"group:{workplace}", record.id)

    async def disconnect(self, workplace: WorkplaceId, record: Record) -> None:
        """The group is no longer reached in this conversation; where it is connected by now stays."""
        record.workplace = None
        await self.save(record)
        pointer = await self.shelf.get(f"group:{workplace}")
        if pointer and pointer["conversation"] == record.id:
            await self.shelf.drop(f"group:{workplace}")

    async def _point(self, key: str, conversation: str) -> None:
        known = await self.shelf.get(key)
        if known is None or known["conversation"] != conversation:
            await self.shelf.put(key, {"conversation": conversation})

    async def _pointed(self, key: str) -> Record | None:
        pointer = await self.shelf.get(key)
        return await self.get(pointer["conversation"]) if pointer else None


def card_key(case: str, kind: str, about: str = "") -> str:
    return f"{case}|{kind}|{about}"

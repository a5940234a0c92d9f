"""Attachments of a message: they stream into the vault untouched, and then are part of the case. B1, H12.

The bytes are durable before the fact that names them, and the item's id follows from the activity: the same message
twice is the same item, and a crash in between leaves bytes nobody names, which the store removes.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from botbuilder.schema import Activity

from bot.caseworker import Done, Opened
from bot.original_facts import READ_FROM, Said, said_by, wanted
from bot.setup.organisation import Uploads
from bot.stores import CaseStore
from bot.stores.incoming import Kept
from bot.teams.files import Arriving, Files, name_of
from casework.case import Case
from casework.commands import Command, ReceiveEvidence, Written
from casework.evidence import came_before, kept_in, room_in
from casework.projections import evidence_line
from casework.views import EvidenceLine
from casework.vocabulary import CaseId, ItemId, ItemKind, PersonId, Refused

HTML = "text/html"  # Teams repeats the message's own text as an attachment of this kind
MOST_AT_ONCE = 50
"""Files of one message that are looked at."""
READ_AT_ONCE = 2
"""Processes that read in the whole house what files say of themselves."""


class Giver(Protocol):
    """The desk of whoever sent the message."""

    person: PersonId

    def new_id(self, kind: str) -> str: ...

    def now(self) -> datetime: ...

    async def allowed(self, command: Command) -> None: ...

    async def open(self, case: CaseId) -> Opened: ...

    async def done(self, command: Command) -> Done: ...


class Receiving:
    """Brings what people send into the vault, as much of it as `uploads` lets one case hold. Asked each time."""

    def __init__(self, store: CaseStore, files: Files, uploads: Callable[[], Uploads]) -> None:
        self.store, self.files, self.uploads = store, files, uploads
        self.reading = asyncio.Semaphore(READ_AT_ONCE)

    async def receive(self, desk: Giver, activity: Activity, case: CaseId) -> tuple[EvidenceLine | Refused, ...]:
        """One line or refusal per attachment, in order. That the case is full is said once."""
        sent = attachments(activity)
        found = [await self._one(desk, activity, case, attachment) for attachment in sent[:MOST_AT_ONCE]]
        full = [one for one in found if isinstance(one, Refused) and one.key == "case_too_large"]
        if len(sent) > MOST_AT_ONCE:
            found.append(Refused("too_many_files", max=MOST_AT_ONCE))
        return tuple(one for one in found if one is not None and one not in full[1:])

    async def _one(
        self, desk: Giver, activity: Activity, case: CaseId, attachment: dict
    ) -> EvidenceLine | Refused | None:
        """Whatever becomes of this one, the others come after it. None: it came once more, and was taken out since."""
        item, *words = (ItemId(desk.new_id(kind)) for kind in ("item", "name", "device", "heading"))
        whose = {"case": case, "by": desk.person, "item": item}
        asked = ReceiveEvidence(**whose, kind=ItemKind.FILE, media_type="", size=0, sha256="")
        try:
            await desk.allowed(asked)  # before anything is fetched, and a single byte of it lies in anybody's case
            opened = await desk.open(case)
            if came_before(opened.case, item):
                return _line_of(opened, item, desk.person)
            command = await self._fetched(desk, asked, words, attachment, activity.service_url)
            return _line_of(await named(desk, self.store, command), item, desk.person)
        except Refused as refused:
            refused.details.setdefault("name", name_of(attachment))
            return refused

    async def _fetched(
        self, desk: Giver, asked: ReceiveEvidence, words: list[ItemId], attachment: dict, service_url: str
    ) -> ReceiveEvidence:
        """The same with all that is known when it lies in the vault."""
        room = self._room((await desk.open(asked.case)).case)
        async with self.files.arriving(attachment, service_url=service_url) as arriving:
            kept, beginning = await self._kept(asked, arriving, room)
        said = await self._said(arriving.media_type, beginning, desk.now())
        texts = zip(words, (arriving.name, said.device, said.heading), strict=True)
        name, device, heading = (Written(*one) if one[1] else None for one in texts)
        found = {"media_type": arriving.media_type, "size": kept.size, "sha256": kept.sha256}
        return replace(asked, **found, name=name, original=said.original, device=device, heading=heading)

    async def _said(self, media_type: str, beginning: bytes, now: datetime) -> Said:
        if not beginning:
            return Said()
        async with self.reading:
            return await said_by(media_type, beginning, now) or Said()

    def _room(self, case: Case) -> int:
        """How many bytes more the organisation takes in this case; Refused `case_too_large` when it is full."""
        limits, files = self.uploads(), [item.size for item in kept_in(case) if item.kind is ItemKind.FILE]
        room = min(limits.case_size - sum(files), room_in(case))
        if room <= 0 or len(files) >= limits.case_files:
            raise self._full()
        return room

    def _full(self) -> Refused:
        return Refused("case_too_large", max=self.uploads().case_size)

    async def _kept(self, asked: ReceiveEvidence, arriving: Arriving, room: int) -> tuple[Kept, bytes]:
        """What lies in the vault now, and the beginning of it where it says something of itself."""
        if (arriving.announced or 0) > room:
            raise self._full()
        beginning, size = bytearray(), 0
        async with self.store.receiving(asked.case, asked.item) as incoming:
            async for part in arriving.parts:
                size += len(part)
                if size > room:
                    raise self._full()
                await incoming.write(part)
                if wanted(arriving.media_type):
                    beginning += part[: READ_FROM - len(beginning)]
            return await incoming.keep(), bytes(beginning)


async def named(desk: Giver, store: CaseStore, command: ReceiveEvidence) -> Done:
    """The fact that names the bytes put into the vault for it. Where there is none in the end, no byte of them stays:
    it was refused, or the piece was destroyed while it came once more."""
    try:
        done = await desk.done(command)
    except Refused:
        if not await _stands(desk, command):
            await store.take_back(command.case, command.item)
        raise
    if command.item not in done.case.items and command.item not in done.case.custody.withdrawn:
        await store.take_back(command.case, command.item)
    return done


async def _stands(desk: Giver, command: ReceiveEvidence) -> bool:
    """Whether the case names the piece, though this command was refused."""
    try:
        case = (await desk.open(command.case)).case
    except Refused:  # erased, and every byte with it
        return False
    return came_before(case, command.item) and command.item not in case.custody.destroyed


def _line_of(found: Opened | Done, item: ItemId, reader: PersonId) -> EvidenceLine | None:
    there = found.case.items.get(item)
    return there and evidence_line(found.case, there, reader, found.texts)


def attachments(activity: Activity) -> list[dict[str, Any]]:
    """What the person attached, as plain documents; the message's own text in HTML is not one of them."""
    found = (attachment.serialize() for attachment in activity.attachments or ())
    return [attachment for attachment in found if attachment.get("contentType") != HTML]

"""Attachments of a message: fetched, kept untouched in the vault, then part of the case. B1, H12.

The bytes are durable before the fact that names them, and the item's id follows from the activity: the same message
twice is the same item, and a crash in between leaves bytes nobody names, which the store removes.
"""

import hashlib
from collections.abc import Callable
from typing import Any, Protocol

from botbuilder.schema import Activity

from bot.caseworker import Done, Opened
from bot.setup.organisation import Uploads
from bot.stores import CaseStore
from bot.teams.files import Files, Received
from casework.case import Case
from casework.commands import Command, ReceiveEvidence, Written
from casework.projections import evidence_line
from casework.views import EvidenceLine
from casework.vocabulary import CaseId, ItemId, ItemKind, PersonId, Refused

HTML = "text/html"  # Teams repeats the message's own text as an attachment of this kind


class Giver(Protocol):
    """The desk of whoever sent the message."""

    person: PersonId

    def new_id(self, kind: str) -> str: ...

    async def allowed(self, command: Command) -> None: ...

    async def open(self, case: CaseId) -> Opened: ...

    async def done(self, command: Command) -> Done: ...


class Receiving:
    """Brings what people send into the vault, as much of it as `uploads` lets one case hold. Asked each time."""

    def __init__(self, store: CaseStore, files: Files, uploads: Callable[[], Uploads]) -> None:
        self.store, self.files, self.uploads = store, files, uploads

    async def receive(self, desk: Giver, activity: Activity, case: CaseId) -> tuple[EvidenceLine | Refused, ...]:
        """One line or refusal per attachment, in order."""
        return tuple([await self._one(desk, activity, case, attachment) for attachment in attachments(activity)])

    async def _one(self, desk: Giver, activity: Activity, case: CaseId, attachment: dict) -> EvidenceLine | Refused:
        name = str(attachment.get("name") or "")
        ids = ItemId(desk.new_id("item")), ItemId(desk.new_id("name"))  # its place's own, whether or not it is fetched
        try:
            received = await self.files.fetch(attachment, service_url=activity.service_url)
            return await self._kept(desk, case, ids, received._replace(name=name or received.name))
        except Refused as refused:
            refused.details.setdefault("name", name)
            return refused

    async def _kept(self, desk: Giver, case: CaseId, ids: tuple[ItemId, ItemId], received: Received) -> EvidenceLine:
        item, name = ids
        command = ReceiveEvidence(
            case=case,
            by=desk.person,
            item=item,
            kind=ItemKind.FILE,
            media_type=received.media_type,
            size=len(received.content),
            sha256=hashlib.sha256(received.content).hexdigest(),
            name=Written(name, received.name) if received.name else None,
        )
        await desk.allowed(command)  # before a single byte of it lies in anybody's case
        self._has_room((await desk.open(case)).case, command)
        await self.store.put_blob(case, item, received.content)
        done = await desk.done(command)
        return evidence_line(done.case.items[item], desk.person, done.texts)

    def _has_room(self, case: Case, command: ReceiveEvidence) -> None:
        """Refused `case_too_large` when the organisation takes no more in one case. The same item twice is once."""
        limits, sizes = self.uploads(), [item.size for item in case.items.values() if item.kind is ItemKind.FILE]
        full = sum(sizes) + command.size > limits.case_size or len(sizes) >= limits.case_files
        if full and command.item not in case.items:
            raise Refused("case_too_large", max=limits.case_size)


def attachments(activity: Activity) -> list[dict[str, Any]]:
    """What the person attached, as plain documents; the message's own text in HTML is not one of them."""
    found = (attachment.serialize() for attachment in activity.attachments or ())
    return [attachment for attachment in found if attachment.get("contentType") != HTML]

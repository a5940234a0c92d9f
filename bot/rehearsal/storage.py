"""People's own storage in the practice room: where the bot lays a file somebody said yes to, as OneDrive in Teams."""

import mimetypes
import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.rehearsal.activities import file_type
from bot.rehearsal.messages import FileRef

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
UNIT = 320 * 1024
"""Bytes: every piece but the last is a whole number of these."""


class Storage:
    """`new_id` makes one nobody guesses; `origin` tells where this listens; `keep` makes a file's bytes durable."""

    def __init__(
        self,
        new_id: Callable[[], str],
        origin: Callable[[], str],
        keep: Callable[[FileRef, bytes], Awaitable[None]],
    ) -> None:
        self._new_id, self._origin, self._keep = new_id, origin, keep
        self._open: dict[str, str] = {}
        self._begun: dict[str, bytes] = {}
        """Files of which some pieces are here."""
        self.laid: dict[str, FileRef] = {}
        """What lies there, by id."""

    def open(self, name: str) -> dict[str, Any]:
        """A new place for a file of that name, as Teams tells the bot of it. Its address is the key to it."""
        id = self._new_id()
        self._open[id] = name
        where = f"{self._origin()}/uploads/{id}"
        ending = file_type(name)
        told = {"uniqueId": id, "name": name, "fileType": ending}
        return told | {"uploadUrl": where, "contentUrl": f"{self._origin()}/files/{id}/{ending}"}

    async def take(self, request: web.Request) -> web.Response:
        """A file in one piece or in several, one after the other: anything else the real storage would refuse too."""
        id, content = request.match_info["file"], await request.read()
        said = RANGE.fullmatch(request.headers.get("Content-Range", ""))
        if id not in self._open or "Authorization" in request.headers:
            return web.Response(status=404 if id not in self._open else 401)
        begin, end, size = (int(said[1]), int(said[2]) + 1, int(said[3])) if said else (0, 0, -1)
        if begin == 0:
            self._begun[id] = b""
        if begin != len(self._begun.get(id, b"")) or end - begin != len(content) or end > size:
            return web.Response(status=416)
        if end < size and len(content) % UNIT:
            return web.Response(status=400)
        self._begun[id] += content
        return web.json_response({}, status=202) if end < size else await self._taken(id)

    async def _taken(self, id: str) -> web.Response:
        name, content = self._open[id], self._begun.pop(id)
        file = FileRef(id, name, mimetypes.guess_type(name)[0] or "", len(content))
        await self._keep(file, content)
        self.laid[id] = file
        return web.json_response({"id": id}, status=201)


def asked_in(activity: dict[str, Any]) -> dict[str, Any] | None:
    """The card in an activity that asks whether a file is wanted, as `Question` has it."""
    for attachment in activity.get("attachments") or ():
        if attachment.get("contentType") == CONSENT:
            said = attachment["content"]
            contexts = {"accepted": said["acceptContext"], "declined": said["declineContext"]}
            return {
                "name": attachment["name"],
                "size": said["sizeInBytes"],
                "description": said["description"],
            } | contexts
    return None


def laid_in(activity: dict[str, Any], laid: dict[str, FileRef]) -> tuple[FileRef, ...]:
    """The files an activity leads to."""
    cards = [a for a in activity.get("attachments") or () if a.get("contentType") == INFO]
    return tuple(laid[card["content"]["uniqueId"]] for card in cards)

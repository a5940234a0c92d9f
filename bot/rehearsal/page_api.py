"""What the rehearsal page asks: who is there, what is said, and to move the clock. Events tell it what changed."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.clock import MovableClock
from bot.rehearsal.channel import LocalChannel
from bot.rehearsal.chat import Answer, Chat, Upload
from bot.rehearsal.messages import Conversation, Message
from casework.vocabulary import PersonId

NextReminder = Callable[[], Awaitable[datetime | None]]
Deadlines = Callable[[], Awaitable[Mapping[str, Any]]]
Settled = Callable[[], Awaitable[None]]

LANGUAGE_WORDS = {"da": "dansk", "en": "english"}
"""What people write to the bot to change its language."""
STEPS = {"1": timedelta(hours=1), "6": timedelta(hours=6), "24": timedelta(hours=24)}
HEARTBEAT = 15
"""Seconds between signs of life on an idle event stream."""
PATIENCE = 20
"""Seconds the page waits at most for what a move of the clock set going."""
SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""Kinds of files a browser may show; all others are only saved."""


@dataclass(frozen=True)
class Cast:
    """Who stands in the three panes to begin with, and who speaks for the group."""

    employee: PersonId
    leader: PersonId
    group: Chat
    group_speaker: PersonId


class PageApi:
    """The page's JSON and its event stream."""

    def __init__(
        self,
        channel: LocalChannel,
        clock: MovableClock,
        cast: Cast,
        next_reminder: NextReminder,
        deadlines: Deadlines,
        settled: Settled,
    ) -> None:
        self._channel, self._clock, self._cast = channel, clock, cast
        self._next_reminder, self._deadlines, self._settled = next_reminder, deadlines, settled
        self._listeners: set[asyncio.Queue] = set()
        self._unwatch = channel.watch(self._changed)
        self._stopped = False

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/state", self._state),
            web.get("/api/events", self._events),
            web.get("/api/files/{file}", self._file),
            web.post("/api/say", self._say),
            web.post("/api/press", self._press),
            web.post("/api/file", self._answer_file),
            web.post("/api/language", self._language),
            web.post("/api/clock", self._move),
        ]

    def stop(self) -> None:
        """Ends the event streams. Safe to call twice."""
        if not self._stopped:
            self._stopped = True
            self._unwatch()
            for listener in self._listeners:
                listener.put_nowait(None)

    async def _state(self, request: web.Request) -> web.Response:
        cast, people = self._cast, self._channel.people.values()
        panes = {"employee": self._chat_of(cast.employee), "leader": self._chat_of(cast.leader), "group": cast.group.id}
        listed = [{"id": p.id, "name": p.name, "title": p.title, "chat": self._chat_of(p.id)} for p in people]
        chats = {chat.id: _chat(chat) for chat in self._channel.chats}
        speaker = self._channel.people[cast.group_speaker].name
        told = {"panes": panes, "people": listed, "chats": chats, "speaker": speaker}
        return _json(told | await self._time())

    def _chat_of(self, person: PersonId) -> str:
        return self._channel.chat(person).id

    async def _time(self) -> dict[str, Any]:
        return {"now": self._clock.now(), "thread": await self._deadlines() or None}

    async def _say(self, request: web.Request) -> web.Response:
        form = await _form(request)
        chat = self._chat(form.get("chat"))
        files = tuple([_upload(name, field) for name, field in form.items() if isinstance(field, web.FileField)])
        return _json(_answer(await chat.say(str(form.get("text", "")), by=self._speaker(chat), files=files)))

    async def _press(self, request: web.Request) -> web.Response:
        asked = await _object(request)
        chat = self._chat(asked.get("chat"))
        message = chat.conversation.find(asked.get("message"))
        data = asked.get("data") or {}
        if message is None or not (isinstance(asked.get("action"), dict) and isinstance(data, dict)):
            raise web.HTTPBadRequest
        answer = await chat.press_with(message, asked["action"], data, self._speaker(chat))
        return _json(_answer(answer))

    async def _answer_file(self, request: web.Request) -> web.Response:
        asked = await _object(request)
        chat = self._chat(asked.get("chat"))
        message = chat.conversation.find(asked.get("message"))
        if message is None or message.question is None:
            raise web.HTTPBadRequest
        return _json(_answer(await chat.answer_file(asked.get("yes") is True, message)))

    async def _language(self, request: web.Request) -> web.Response:
        asked = await _object(request)
        word, ids = LANGUAGE_WORDS.get(str(asked.get("language"))), asked.get("chats", [])
        if word is None or not isinstance(ids, list):
            raise web.HTTPBadRequest
        chats = dict.fromkeys(self._chat(id) for id in ids)
        answers = [await chat.say(word, by=self._speaker(chat)) for chat in chats]
        return _json(_answer(next((a for a in answers if not a.ok), Answer(200))))

    async def _move(self, request: web.Request) -> web.Response:
        step = str((await _object(request)).get("step"))
        moved = True
        if step == "now":
            self._clock.reset()
        elif step == "next":
            moved = await self._move_to_next()
        elif step in STEPS:
            self._clock.move_by(STEPS[step])
        else:
            raise web.HTTPBadRequest
        await self._wait_until_settled()
        self._tell("clock", await self._time())
        return _json({"moved": moved} | await self._time())

    async def _move_to_next(self) -> bool:
        moment = await self._next_reminder()
        if moment is None:
            return False
        if moment > self._clock.now():
            self._clock.move_to(moment)
        else:
            self._clock.wake()  # due already: never back in time
        return True

    async def _wait_until_settled(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._settled()
        except TimeoutError:
            pass  # what comes later is told by the event stream

    async def _file(self, request: web.Request) -> web.Response:
        id = request.match_info["file"]
        file, content = self._channel.file(id), await self._channel.conversations.get_file(id)
        if file is None or content is None:
            raise web.HTTPNotFound
        kind = file.content_type if file.content_type in SHOWN else "application/octet-stream"
        place = "inline" if kind in SHOWN else "attachment"
        return web.Response(body=content, headers={"Content-Type": kind, "Content-Disposition": place})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        listener: asyncio.Queue = asyncio.Queue()
        self._listeners.add(listener)
        try:
            await response.prepare(request)
            async for line in self._lines(listener):
                await response.write(line)
        except ConnectionError:
            pass  # the page was closed
        finally:
            self._listeners.discard(listener)
        return response

    async def _lines(self, listener: asyncio.Queue) -> AsyncIterator[bytes]:
        yield b"retry: 1000\n\n"
        while not self._stopped:
            try:
                async with asyncio.timeout(HEARTBEAT):
                    event = await listener.get()
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if event:
                yield event
                if listener.empty():  # a message may have changed the deadlines
                    yield _event("clock", await self._time())

    def _changed(self, conversation: Conversation, message: Message) -> None:
        self._tell("message", {"chat": conversation.id, "message": message.document()})

    def _tell(self, kind: str, told: Mapping[str, Any]) -> None:
        for listener in self._listeners:
            listener.put_nowait(_event(kind, told))

    def _chat(self, id: Any) -> Chat:
        chat = next((chat for chat in self._channel.chats if chat.id == id), None)
        if chat is None:
            raise web.HTTPNotFound
        return chat

    def _speaker(self, chat: Chat) -> PersonId | None:
        return self._cast.group_speaker if chat.id == self._cast.group.id else None


def _upload(name: str, field: web.FileField) -> Upload:
    inline = name == "pasted"
    return Upload("" if inline else field.filename, field.file.read(), field.content_type, inline)


def _chat(chat: Chat) -> dict[str, Any]:
    shown = [m.document() for m in chat.messages if not m.deleted]
    return {"id": chat.id, "kind": chat.conversation.kind, "name": chat.conversation.name, "messages": shown}


def _answer(answer: Answer) -> dict[str, Any]:
    status = answer.status if answer.invoke_status < 300 else answer.invoke_status
    return {"ok": answer.ok, "status": status, "words": answer.words}


async def _form(request: web.Request) -> Mapping[str, Any]:
    try:
        return await request.post()
    except ValueError as fault:  # parts without a boundary
        raise web.HTTPBadRequest from fault


async def _object(request: web.Request) -> dict[str, Any]:
    # a form of a foreign page cannot be JSON without asking first
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        body = await request.json()
    except ValueError as fault:
        raise web.HTTPBadRequest from fault
    if not isinstance(body, dict):
        raise web.HTTPBadRequest
    return body


def _event(kind: str, told: Mapping[str, Any]) -> bytes:
    return f"event: {kind}\ndata: {_dumps(told)}\n\n".encode()


def _json(told: Mapping[str, Any]) -> web.Response:
    return web.Response(text=_dumps(told), content_type="application/json")


def _dumps(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, default=lambda value: value.isoformat())

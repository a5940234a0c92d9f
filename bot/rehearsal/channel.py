"""The practice room's Teams: the same protocol, signed tokens and quirks, on this machine, nobody real in it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.clock import Clock
from bot.rehearsal.activities import Json, Sender, file_attachment
from bot.rehearsal.chat import Chat, Upload
from bot.rehearsal.connector_api import ConnectorApi
from bot.rehearsal.conversations import Conversations
from bot.rehearsal.faults import Fault, Received
from bot.rehearsal.identity import Identity
from bot.rehearsal.loopback import origin, require_loopback
from bot.rehearsal.messages import Answer, Conversation, FileRef, Message
from bot.rehearsal.storage import Storage
from casework.people import Person
from casework.vocabulary import PersonId, WorkplaceId

PATIENCE = 15
"""Seconds the bot has to answer, as in Teams."""

Watcher = Callable[[Conversation, Message], None]


class Stamps:
    """Activity ids and moments, after those there are already."""

    def __init__(self, clock: Clock, conversations: Conversations) -> None:
        self._clock = clock
        self._last_id = max((int(m.id) for c in conversations.by_id.values() for m in c.messages), default=0)
        self._last_moment: datetime | None = None
        self._same_moment = 0

    def next(self) -> tuple[str, datetime]:
        now = self._clock.now()
        self._same_moment = self._same_moment + 1 if now == self._last_moment else 0
        self._last_moment = now
        self._last_id = max(self._last_id + 1, int(now.timestamp() * 1000))
        return str(self._last_id), now + timedelta(milliseconds=self._same_moment)


class LocalChannel:
    """Speaks the Bot Connector protocol with the bot at `bot_url`, for these people. `folder` None: all in memory.

    `received`: all the bot asked, in order. `faults`: what shall go wrong next. `warnings`: messages near the limit.
    `unreachable`: people who blocked the bot. `clock` stamps activities; token validity runs on real time.
    """

    faults: list[Fault]
    received: list[Received]
    warnings: list[str]
    unreachable: set[PersonId]

    def __init__(
        self,
        bot_url: str,
        app_id: str,
        app_secret: str,
        tenant_id: str,
        people: tuple[Person, ...],
        clock: Clock,
        folder: Path | None = None,
    ) -> None:
        self.bot_url, self.people = bot_url, {person.id: person for person in people}
        self.identity = Identity(app_id, app_secret, tenant_id)
        self.conversations = Conversations(folder)
        self.faults, self.received, self.warnings = [], [], []
        self.origin, self.unreachable = "", set()
        self._chats: dict[str, Chat] = {}
        self._sent: dict[str, list[Any]] = {}
        self._last: dict[str, Json] = {}
        self._watchers: list[Watcher] = []
        self._files = {f.id: f for c in self.conversations.by_id.values() for m in c.messages for f in m.files}
        self.storage = Storage(_new_file_id, lambda: self.origin, self._keep_file)
        self._stamps = Stamps(clock, self.conversations)
        self._runner: web.AppRunner | None = None
        self._session: ClientSession | None = None
        self._api: ConnectorApi | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Serve the connector. Port 0: any free one. ValueError unless `host` is loopback."""
        require_loopback(host)
        self._api = ConnectorApi(self)
        self._session = ClientSession(timeout=ClientTimeout(total=PATIENCE))
        self._runner = web.AppRunner(self._api.app(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        taken = self._runner.addresses[0]
        self.origin = origin(taken[0], taken[1])

    async def stop(self) -> None:
        """Safe to call twice."""
        if self._api and self._runner and self._session:
            self._api.stopping.set()
            await self._session.close()
            await self._runner.cleanup()
            self._api = self._runner = self._session = None

    @property
    def service_url(self) -> str:
        return f"{self.origin}/"

    @property
    def metadata_url(self) -> str:
        return f"{self.origin}/v1/.well-known/openidconfiguration"

    @property
    def token_url(self) -> str:
        return f"{self.origin}/oauth/{self.identity.tenant_id}/token"

    def chat(self, person: PersonId) -> Chat:
        """The personal conversation, made on first use. `await chat.install()` sends what an installation sends."""
        known = self.people[person]
        return self._open(f"a:{person}", lambda id: Conversation(id, "personal", known.name, (person,)))

    def team_channel(self, workplace: WorkplaceId, name: str, members: tuple[PersonId, ...] = ()) -> Chat:
        """The workplace's channel, made on first use; the first of `members` speaks unless `by` says another."""
        id = f"19:{workplace}@thread.tacv2"
        chat = self._open(id, lambda id: Conversation(id, "channel", name, members, workplace))
        known = chat.conversation.members
        chat.conversation.members = known + tuple(member for member in members if member not in known)
        return chat

    @property
    def chats(self) -> tuple[Chat, ...]:
        """All conversations there are."""
        return tuple(self._open(id, lambda id: self.conversations.by_id[id]) for id in self.conversations.by_id)

    def bytes_sent_to(self, chat: Chat) -> list[Any]:
        """Every JSON body the bot sent into this chat since the start, answers to presses included."""
        return list(self._sent.get(chat.id, ()))

    async def redeliver(self, chat: Chat, new_id: bool = False) -> Answer:
        """The chat's last activity once more, as Teams does after a slow answer: same moment, same or a new id."""
        fresh, last = {"id": self.stamp()[0]} if new_id else {}, self._last[chat.id]
        answer = await self.deliver(chat, last | fresh)
        await chat.replace_card(last.get("replyToId", ""), answer)
        return answer

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` for every message that comes or changes. The result ends it."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    async def until(self, holds: Callable[[], Any], within: float = 10) -> None:
        """Return once `holds()` is true, looked at after every change; TimeoutError after so many seconds."""
        changed = asyncio.Event()
        unwatch = self.watch(lambda *_: changed.set())
        try:
            async with asyncio.timeout(within):
                while not holds():
                    changed.clear()
                    await changed.wait()
        finally:
            unwatch()

    def stamp(self) -> tuple[str, datetime]:
        """A new activity id (milliseconds, always growing) and its moment: no two things are said at the same one."""
        return self._stamps.next()

    def sender(self, chat: Chat, by: PersonId | None) -> Sender:
        conversation = chat.conversation
        person = self.people[by or conversation.members[0]]
        if person.id not in conversation.members:
            if conversation.kind == "personal":
                raise ValueError(f"{person.name} cannot speak in the chat of {conversation.name}.")
            conversation.members += (person.id,)
        app, tenant = self.identity.app_id, self.identity.tenant_id
        return Sender(person, conversation, self.service_url, app, tenant, chat.locale)

    async def deliver(self, chat: Chat, activity: Json) -> Answer:
        """Hand the activity to the bot, signed."""
        if not self._session:
            raise RuntimeError("The channel is not started.")
        self._last[chat.id] = activity
        token = self.identity.channel_token(self.service_url)
        try:
            headers = {"Authorization": f"Bearer {token}"}
            async with self._session.post(self.bot_url, json=activity, headers=headers) as response:
                answer = Answer(response.status, await _body(response))
        except (ClientError, TimeoutError):
            return Answer(0)
        if answer.body is not None:
            self.note_sent(chat.conversation, answer.body)
        return answer

    async def show(self, conversation: Conversation, message: Message) -> None:
        """Put the message where its readers see it; kept when this returns."""
        conversation.put(message)
        await self.conversations.keep(conversation)
        for watcher in tuple(self._watchers):
            watcher(conversation, message)

    def note_sent(self, conversation: Conversation, body: Any) -> None:
        self._sent.setdefault(conversation.id, []).append(body)

    async def take_file(self, upload: Upload) -> FileRef:
        file = FileRef(_new_file_id(), upload.name, upload.content_type, len(upload.content), upload.inline)
        await self._keep_file(file, upload.content)
        return file

    async def _keep_file(self, file: FileRef, content: bytes) -> None:
        await self.conversations.put_file(file.id, content)
        self._files[file.id] = file

    def file(self, id: str) -> FileRef | None:
        return self._files.get(id)

    def attachment(self, file: FileRef) -> Json:
        return file_attachment(file, self.origin)

    def _open(self, id: str, make: Callable[[str], Conversation]) -> Chat:
        if id not in self.conversations.by_id:
            self.conversations.by_id[id] = make(id)
        return self._chats.setdefault(id, Chat(self, self.conversations.by_id[id]))


def _new_file_id() -> str:
    """Unguessable: who knows it may fetch the bytes."""
    return token_urlsafe(24)


async def _body(response: Any) -> Any:
    """The JSON, else the text, else None."""
    text = await response.text()
    try:
        return await response.json(content_type=None) if text else None
    except ValueError:
        return text

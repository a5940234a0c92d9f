"""The Bot Connector REST protocol, from the channel's side: what the bot may ask of Teams."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.rehearsal.activities import person_address
from bot.rehearsal.faults import Fault, Received, take
from bot.rehearsal.identity import NotLetIn
from bot.rehearsal.identity_api import IdentityApi
from bot.rehearsal.messages import ADAPTIVE_CARD, Conversation, Message, Question
from bot.rehearsal.storage import asked_in, laid_in
from casework.people import Person
from casework.vocabulary import VAERN, PersonId

if TYPE_CHECKING:
    from bot.rehearsal.channel import LocalChannel

LARGEST_MESSAGE = 100 * 1024
"""Bytes as UTF-16; larger ones are refused, as Teams does."""
LARGE_MESSAGE = 28 * 1024
"""Bytes as UTF-8; larger ones are noted in `LocalChannel.warnings`."""
OPEN_TO_ALL = ("/v1/", "/files/", "/uploads/", "/oauth/")
"""Published keys, files and places behind an unguessable address, and the door where tokens are given out."""

BODY = web.RequestKey("body", object)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Refusal(Exception):
    """The channel says no, in the protocol's own form."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


class ConnectorApi:
    """The routes, and what stands before each of them: the record, the faults, the token, the size."""

    def __init__(self, channel: "LocalChannel") -> None:
        self._channel = channel
        self.identity = IdentityApi(channel.identity, lambda: channel.origin)
        self.stopping = asyncio.Event()

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard], client_max_size=8 * 1024 * 1024)
        one = "/v3/conversations/{conversation}"
        app.add_routes(
            [
                *self.identity.routes(),
                web.post("/v3/conversations", self._create_conversation),
                web.post(one + "/activities", self._send),
                web.post(one + "/activities/{activity}", self._send),
                web.put(one + "/activities/{activity}", self._update),
                web.delete(one + "/activities/{activity}", self._delete),
                web.get(one + "/members", self._members),
                web.get(one + "/pagedmembers", self._paged_members),
                web.get(one + "/members/{member}", self._member),
                web.get("/v3/attachments/{file}/views/original", self._file),
                web.get("/files/{file}/{type}", self._file),
                web.put("/uploads/{file}", self._channel.storage.take),
            ]
        )
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        seen = Received(request.method, request.path)
        self._channel.received.append(seen)
        try:
            seen.body = await _json_body(request)
            response = await self._with_fault(take(self._channel.faults, seen), request, handler, seen)
        except Refusal as refusal:
            response = _refusal(refusal.status, refusal.code)
        except NotLetIn:
            response = _refusal(401, "Unauthorized")
        except web.HTTPException as answer:
            seen.status = answer.status
            raise
        seen.status = response.status
        return response

    async def _with_fault(
        self, fault: Fault | None, request: web.Request, handler: Handler, seen: Received
    ) -> web.StreamResponse:
        if fault and fault.what == "timeout":
            await self.stopping.wait()
            raise Refusal(503, "ServiceUnavailable")
        if fault and isinstance(fault.what, int):
            return _refusal(fault.what, "Fault", dict(fault.headers))
        response = await self._checked(request, handler, seen)
        if fault and request.transport:
            request.transport.abort()  # "drop_after": the deed is done, and nobody is told
        return response

    async def _checked(self, request: web.Request, handler: Handler, seen: Received) -> web.StreamResponse:
        if not request.path.startswith(OPEN_TO_ALL):
            self._channel.identity.let_in(request.headers.get("Authorization", ""))
        text = json.dumps(seen.body, ensure_ascii=False)
        if len(text.encode("utf-16-le", "surrogatepass")) > LARGEST_MESSAGE:
            raise Refusal(413, "MessageSizeTooBig")
        if (size := len(text.encode("utf-8", "surrogatepass"))) > LARGE_MESSAGE:
            self._channel.warnings.append(f"{seen.method} {seen.path}: {size} bytes, more than {LARGE_MESSAGE}")
        request[BODY] = seen.body
        return await handler(request)

    async def _create_conversation(self, request: web.Request) -> web.Response:
        body = _object(request)
        data = body.get("channelData") or {}
        tenant = (data.get("tenant") or {}).get("id") or body.get("tenantId")
        if tenant != self._channel.identity.tenant_id:
            raise Refusal(403 if tenant else 400, "BadTenant")
        conversation = self._wanted_conversation(body, (data.get("channel") or {}).get("id"))
        posted = await self._post(conversation, body["activity"], None) if body.get("activity") else None
        thread = f";messageid={posted.id}" if posted and conversation.kind == "channel" else ""
        created = {"id": conversation.id + thread, "serviceUrl": self._channel.service_url}
        return web.json_response(created | ({"activityId": posted.id} if posted else {}), status=201)

    def _wanted_conversation(self, body: dict[str, Any], team_channel: str | None) -> Conversation:
        if team_channel:
            return self._known(team_channel)
        for member in body.get("members") or ():
            if person := self._person(member.get("id", "")):
                return self._reachable(self._channel.chat(person.id).conversation)
        raise Refusal(403, "BotNotInConversationRoster")

    async def _send(self, request: web.Request) -> web.Response:
        address = request.match_info["conversation"]
        conversation = self._reachable(self._known(address))
        thread = address.partition(";messageid=")[2] or request.match_info.get("activity")
        posted = await self._post(conversation, _object(request), thread if conversation.kind == "channel" else None)
        return web.json_response({"id": posted.id}, status=201)

    async def _post(self, conversation: Conversation, activity: dict[str, Any], thread: str | None) -> Message:
        id, at = self._channel.stamp()
        message = Message(id, VAERN, at, reply_to=thread, **self._content(activity))
        self._channel.note_sent(conversation, activity)
        if activity.get("type", "message") == "message":  # typing and the like leave nothing behind
            await self._channel.show(conversation, message)
        return message

    async def _update(self, request: web.Request) -> web.Response:
        conversation, before = self._own_message(request)
        activity = _object(request)
        self._channel.note_sent(conversation, activity)
        await self._channel.show(conversation, replace(before, edited=True, **self._content(activity)))
        return web.json_response({"id": before.id})

    async def _delete(self, request: web.Request) -> web.Response:
        conversation, before = self._own_message(request)
        await self._channel.show(
            conversation, replace(before, deleted=True, text="", card=None, summary="", question=None)
        )
        return web.Response()

    async def _members(self, request: web.Request) -> web.Response:
        return web.json_response(self._everyone(request))

    async def _paged_members(self, request: web.Request) -> web.Response:
        return web.json_response({"members": self._everyone(request), "continuationToken": None})

    async def _member(self, request: web.Request) -> web.Response:
        wanted = request.match_info["member"]
        for member in self._everyone(request):
            if wanted in (member["id"], member["aadObjectId"]):
                return web.json_response(member)
        raise Refusal(404, "MemberNotFoundInConversation")

    def _everyone(self, request: web.Request) -> list[dict[str, Any]]:
        conversation = self._known(request.match_info["conversation"])
        return [self._account(self._channel.people[id]) for id in conversation.members]

    def _account(self, person: Person) -> dict[str, Any]:
        known = {"id": person_address(person.id), "aadObjectId": person.id, "objectId": person.id, "name": person.name}
        tenant = self._channel.identity.tenant_id
        return known | {"email": person.mail, "userPrincipalName": person.mail, "tenantId": tenant, "userRole": "user"}

    async def _file(self, request: web.Request) -> web.Response:
        id, inline = request.match_info["file"], request.path.startswith("/v3/")
        file, content = self._channel.file(id), await self._channel.conversations.get_file(id)
        if file is None or content is None or file.inline != inline:
            raise Refusal(404, "AttachmentNotFound")
        return web.Response(body=content, headers={"Content-Type": file.content_type or "application/octet-stream"})

    def _content(self, activity: dict[str, Any]) -> dict[str, Any]:
        cards = [a.get("content") for a in activity.get("attachments") or () if a.get("contentType") == ADAPTIVE_CARD]
        said = {"text": activity.get("text") or "", "summary": activity.get("summary") or ""}
        asked, laid = asked_in(activity), laid_in(activity, self._channel.storage.laid)
        files = {"question": Question(**asked) if asked else None, "files": laid}
        return said | {"card": cards[0] if cards else None} | files

    def _known(self, address: str) -> Conversation:
        conversation = self._channel.conversations.by_id.get(address.partition(";messageid=")[0])
        if conversation is None:
            raise Refusal(404, "ConversationNotFound")
        return conversation

    def _reachable(self, conversation: Conversation) -> Conversation:
        if conversation.kind == "personal" and self._channel.unreachable.intersection(conversation.members):
            raise Refusal(403, "ConversationBlockedByUser")
        return conversation

    def _own_message(self, request: web.Request) -> tuple[Conversation, Message]:
        conversation = self._reachable(self._known(request.match_info["conversation"]))
        message = conversation.find(request.match_info["activity"])
        if message is None or message.deleted or message.sender != VAERN:
            raise Refusal(404, "ActivityNotFoundInConversation")
        return conversation, message

    def _person(self, address: str) -> Person | None:
        return self._channel.people.get(PersonId(address.removeprefix("29:")))


def _object(request: web.Request) -> dict[str, Any]:
    body = request[BODY]
    if not isinstance(body, dict):
        raise Refusal(400, "BadSyntax")
    return body


async def _json_body(request: web.Request) -> Any:
    if not request.body_exists or request.content_type != "application/json":
        return None
    try:
        return json.loads(await request.text())
    except ValueError as fault:
        raise Refusal(400, "BadSyntax") from fault


def _refusal(status: int, code: str, headers: dict[str, str] | None = None) -> web.Response:
    told = {"error": {"code": code, "message": code}}
    return web.json_response(told, status=status, headers=headers)

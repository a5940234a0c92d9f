"""Teams as the house meets it, in memory: what stands in everybody's chat, what came anew and why, and shut doors."""

from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from botbuilder.core import BotAdapter, TurnContext
from botbuilder.schema import Activity, ResourceResponse

from bot.reaching.outbox import Postman
from bot.rehearsal.messages import Conversation
from bot.stores import Pending
from bot.teams.faults import Unreachable
from casework.vocabulary import PersonId

Json = dict[str, Any]
CARD = "application/vnd.microsoft.card.adaptive"
ROW: ContextVar[Pending | None] = ContextVar("row", default=None)
"""The outbox row that is being delivered."""


@dataclass(frozen=True)
class Came:
    """Something new in a chat. `row` None: said within the person's own turn."""

    at: datetime
    conversation: str
    message: str
    document: Json
    row: Pending | None


@dataclass
class Street:
    """All chats. `shut`: people whom nothing reaches now."""

    now: Callable[[], datetime]
    chats: dict[str, dict[str, Json]] = field(default_factory=dict)
    came: list[Came] = field(default_factory=list)
    changed: list[tuple[str, Json]] = field(default_factory=list)
    """Everything that was put into a chat since it was last looked at."""
    shut: set[str] = field(default_factory=set)
    swallowed: set[str] = field(default_factory=set)
    """A planted fault: to these people everything is said to have come, and nothing does."""

    def __post_init__(self) -> None:
        self._numbers = count(1)

    # -- as the connector ---------------------------------------------------------------------------------------

    async def send(self, service_url: str, conversation_id: str, activity: Any) -> str:
        return self.put_new(conversation_id, _document(activity), ROW.get())

    async def reply(self, service_url: str, conversation_id: str, activity_id: str, activity: Any) -> str:
        return await self.send(service_url, conversation_id, activity)

    async def update(self, service_url: str, conversation_id: str, activity_id: str, activity: Any) -> None:
        self._open(conversation_id)
        if activity_id not in self.chats.get(conversation_id, {}):
            raise Unreachable(404, "ActivityNotFoundInConversation")
        self.put(conversation_id, activity_id, _document(activity))

    async def delete(self, service_url: str, conversation_id: str, activity_id: str) -> None:
        self._open(conversation_id)
        self.chats.get(conversation_id, {}).pop(activity_id, None)

    async def create_conversation(self, service_url: str, tenant_id: str, bot_id: str, person_id: str) -> str:
        self._open(chat_of(PersonId(person_id)))
        return chat_of(PersonId(person_id))

    async def again_on_no(self, attempt: Callable[[], Awaitable[Any]]) -> Any:
        return await attempt()

    # -- what stands there --------------------------------------------------------------------------------------

    def put_new(self, conversation: str, document: Json, row: Pending | None) -> str:
        self._open(conversation)
        message = f"m{next(self._numbers)}"
        if conversation in self.swallowed:
            return message
        self.came.append(Came(self.now(), conversation, message, document, row))
        self.put(conversation, message, document)
        return message

    def put(self, conversation: str, message: str, document: Json) -> None:
        if conversation not in self.swallowed:
            self.chats.setdefault(conversation, {})[message] = document
            self.changed.append((conversation, document))

    def cards(self, conversation: str) -> dict[str, Json]:
        """Message → its card, oldest first."""
        found = self.chats.get(conversation, {}).items()
        return {message: card for message, document in found if (card := card_in(document))}

    def _open(self, conversation: str) -> None:
        if conversation in self.shut:
            raise Unreachable(403, "BotBlocked")


def chat_of(person: PersonId) -> str:
    return f"a:{person}"


def personal(person: PersonId, name: str) -> Conversation:
    return Conversation(chat_of(person), "personal", name, (person,))


def card_in(document: Mapping[str, Any]) -> Json | None:
    return next((one["content"] for one in document.get("attachments") or () if one["contentType"] == CARD), None)


def _document(activity: Any) -> Json:
    """As it would be written on the wire; nothing is shared with the house."""
    return deepcopy(activity if isinstance(activity, dict) else activity.serialize())


class InTurn(BotAdapter):
    """What is said within a turn goes into its chat."""

    def __init__(self, street: Street, conversation: str) -> None:
        super().__init__()
        self.street, self.conversation = street, conversation

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        return [ResourceResponse(id=self._said(activity)) for activity in activities]

    def _said(self, activity: Activity) -> str:
        return self.street.put_new(self.conversation, _document(activity), None)

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        if activity.id not in self.street.chats.get(self.conversation, {}):
            raise Unreachable(404, "ActivityNotFoundInConversation")
        self.street.put(self.conversation, activity.id, _document(activity))
        return ResourceResponse(id=activity.id)

    async def delete_activity(self, context: TurnContext, reference: Any) -> None:
        self.street.chats.get(self.conversation, {}).pop(reference.activity_id, None)


@dataclass
class Watched:
    """The house's own postman, who is seen at work."""

    postman: Postman

    async def deliver(self, row: Pending) -> bool:
        token = ROW.set(row)
        try:
            return await self.postman.deliver(row)
        finally:
            ROW.reset(token)

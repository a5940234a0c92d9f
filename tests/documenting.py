"""»Dokumentér denne besked« as a client does it: the menu of a message, and the window that opens."""

from collections.abc import Mapping
from typing import Any

from bot.rehearsal.chat import Answer, Chat
from bot.rehearsal.pressing import buttons
from tests.story import Story

Json = dict[str, Any]

HTML = '<div><p>Vi ved, hvor du <b>bor</b>.<br>Pas på &amp; se dig for.</p><p><img alt="🔪" src="x"></p></div>'
LINK = "https://teams.microsoft.com/l/message/19:abc@thread.v2/1795255800000"
PAYLOAD: Json = {
    "id": "1795255800000",
    "createdDateTime": "2026-11-21T20:10:00.123Z",
    "locale": "da-dk",
    "linkToMessage": LINK,
    "from": {"user": {"userIdentityType": "aadUser", "id": "x", "displayName": "En Borger"}, "application": None},
    "body": {"contentType": "html", "content": HTML},
    "attachments": [{"id": "1", "contentType": "reference", "contentUrl": "https://x", "name": "billede.png"}],
    "mentions": [],
}
"""A message of the evening before, with a file, as Teams hands it over."""
ELSEWHERE = {"id": "19:abc@thread.v2", "conversationType": "groupChat", "isGroup": True}
"""A chat that Værn is no member of."""


async def documents(s: Story, chat: Chat, payload: Any = PAYLOAD, locale: str = "da-DK") -> Answer:
    """The person of this chat chooses it in the menu of a message elsewhere."""
    return await asks(s, chat, "fetchTask", {"messagePayload": payload}, locale)


async def chooses(s: Story, chat: Chat, window: Answer, title: str, locale: str = "da-DK") -> Answer:
    """The button of that title in the window."""
    card = window.body["task"]["value"]["card"]["content"]
    (button,) = [button for button in buttons(card) if button.title == title]
    return await asks(s, chat, "submitAction", {"data": button.action["data"]}, locale)


async def keeps(s: Story, chat: Chat, payload: Any = PAYLOAD) -> Answer:
    """From the menu to [Gem], and everything that follows has arrived."""
    answer = await chooses(s, chat, await documents(s, chat, payload), "Gem")
    await s.settled()
    return answer


async def asks(s: Story, chat: Chat, name: str, value: Mapping[str, Any], locale: str = "da-DK") -> Answer:
    return await s.channel.deliver(chat, invoke(s, chat, name, value) | {"locale": locale})


def invoke(s: Story, chat: Chat, name: str, value: Mapping[str, Any]) -> Json:
    id, at = s.channel.stamp()
    sender = s.channel.sender(chat, None)
    return sender.on_message(id, at, name, dict(value)) | {
        "conversation": {**ELSEWHERE, "tenantId": s.settings.tenant_id}
    }


def word(answer: Answer) -> str:
    """What stands in the window; "" when it closed."""
    return answer.body["task"]["value"] if answer.body else ""

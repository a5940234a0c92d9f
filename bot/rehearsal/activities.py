"""Activities as Teams sends them. Pure: ids and moments are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from bot.rehearsal.messages import Conversation, FileRef, Message
from casework.people import Person

Json = dict[str, Any]

HERE = "Europe/Copenhagen"
BOT_NAME = "Værn"
FILE_INFO = "application/vnd.microsoft.teams.file.download.info"


def person_address(person: str) -> str:
    """The channel's own id of a person, which is not the directory's."""
    return f"29:{person}"


def bot_address(app_id: str) -> str:
    return f"28:{app_id}"


@dataclass(frozen=True)
class Sender:
    """Who sends, where, and through which door: what every activity of a turn has in common."""

    person: Person
    conversation: Conversation
    service_url: str
    app_id: str
    tenant_id: str
    locale: str = "da-DK"

    def activity(self, kind: str, id: str, at: datetime, thread: str | None = None, **rest: Any) -> Json:
        """The envelope round what `rest` says. `thread`: in a channel, the message it hangs under; None begins one."""
        return {
            "type": kind,
            "id": id,
            "timestamp": _stamp(at),
            "localTimestamp": at.astimezone(ZoneInfo(HERE)).isoformat(timespec="milliseconds"),
            "localTimezone": HERE,
            "serviceUrl": self.service_url,
            "channelId": "msteams",
            "from": self.sender(),
            "conversation": self._conversation(thread or id),
            "recipient": {"id": bot_address(self.app_id), "name": BOT_NAME},
            "channelData": self._channel_data(),
            "locale": self.locale,
        } | rest

    def sender(self) -> Json:
        return {
            "id": person_address(self.person.id),
            "aadObjectId": self.person.id,
            "name": self.person.name,
        }

    def message(self, id: str, at: datetime, text: str, attachments: list[Json], **rest: Any) -> Json:
        """What somebody wrote. In a channel the bot hears only what mentions it."""
        entities: list[Json] = [self._client_info()]
        if self.conversation.kind == "channel":
            mention = f"<at>{BOT_NAME}</at>"
            bot = {"id": bot_address(self.app_id), "name": BOT_NAME}
            entities.append({"type": "mention", "mentioned": bot, "text": mention})
            text = f"{mention} {text}"
        written = [{"contentType": "text/html", "content": f"<div>{escape(text)}</div>"}] if text else []
        said = {"textFormat": "plain", "text": text, "attachments": attachments + written, "entities": entities}
        return self.activity("message", id, at, **(said | rest))

    def submit(self, id: str, at: datetime, value: Json, card: Message) -> Json:
        """A pressed Action.Submit: a message without words."""
        rest = {"value": value, "replyToId": card.id, "entities": [self._client_info()]}
        return self.activity("message", id, at, card.thread, **rest)

    def execute(self, id: str, at: datetime, action: Mapping[str, Any], data: Json, card: Message) -> Json:
        """A pressed Action.Execute: an invoke that wants a card back."""
        pressed = {"type": "Action.Execute", "id": action.get("id"), "verb": action.get("verb"), "data": data}
        value = {"action": pressed, "trigger": "manual"}
        rest = {"name": "adaptiveCard/action", "value": value, "replyToId": card.id}
        return self.activity("invoke", id, at, card.thread, **rest)

    def on_message(self, id: str, at: datetime, name: str, value: Json) -> Json:
        """A choice in a message's own menu, or a press in the window it opened: no answer to any of our messages."""
        asked = {"commandId": "keepMessage", "commandContext": "message", "context": {"theme": "default"}}
        return self.activity("invoke", id, at, name=f"composeExtension/{name}", value=asked | value)

    def file_answered(self, id: str, at: datetime, card: Message, said: Json) -> Json:
        """A yes or a no on the card that asks whether a file is wanted."""
        value = {"type": "fileUpload"} | said
        return self.activity("invoke", id, at, name="fileConsent/invoke", value=value, replyToId=card.id)

    def installed(self, id: str, at: datetime) -> tuple[Json, Json]:
        """What an installation sends: the bot has come, and so have the members."""
        bot = {"id": bot_address(self.app_id)}
        update = self.activity("conversationUpdate", f"{id}-members", at, membersAdded=[bot])
        return self.activity("installationUpdate", id, at, action="add"), update

    def _conversation(self, thread: str) -> Json:
        common = {"conversationType": self.conversation.kind, "tenantId": self.tenant_id}
        if self.conversation.kind == "personal":
            return {"id": self.conversation.id, **common}
        return {"id": f"{self.conversation.id};messageid={thread}", "isGroup": True, **common}

    def _channel_data(self) -> Json:
        tenant = {"tenant": {"id": self.tenant_id}}
        if self.conversation.kind == "personal":
            return tenant
        channel = {"id": self.conversation.id, "name": self.conversation.name}
        team = {"id": self.conversation.id, "name": self.conversation.name}
        return tenant | {"channel": channel, "team": team, "teamsChannelId": channel["id"], "teamsTeamId": team["id"]}

    def _client_info(self) -> Json:
        country = self.locale.rpartition("-")[2]
        return {"type": "clientInfo", "locale": self.locale, "country": country, "platform": "Web", "timezone": HERE}


def file_attachment(file: FileRef, origin: str) -> Json:
    """How a file travels: uploaded ones can be fetched by address alone, pasted ones only with the bot's token."""
    if file.inline:
        return {"contentType": "image/*", "contentUrl": f"{origin}/v3/attachments/{file.id}/views/original"}
    address = f"{origin}/files/{file.id}/{file_type(file.name)}"
    info = {"downloadUrl": address, "uniqueId": file.id, "fileType": file_type(file.name)}
    return {"contentType": FILE_INFO, "contentUrl": address, "name": file.name, "content": info}


def file_type(name: str) -> str:
    """The ending without its dot; "bin" when there is none."""
    stem, _, ending = name.rpartition(".")
    return ending.lower() if stem and ending.isalnum() else "bin"


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

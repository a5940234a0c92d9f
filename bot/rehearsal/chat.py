"""A conversation as the people in it use it: say, press, upload, read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.rehearsal.activities import Sender
from bot.rehearsal.messages import Answer, Conversation, FileRef, Message
from bot.rehearsal.pressing import Button, buttons, titles
from casework.vocabulary import PersonId

if TYPE_CHECKING:
    from bot.rehearsal.channel import LocalChannel

STAYS_HERE = ("Action.OpenUrl", "Action.ToggleVisibility", "Action.ShowCard")
"""Actions a client carries out by itself."""


@dataclass(frozen=True)
class Upload:
    """A file as a person chooses it: uploaded beside the message, or (`inline`) pasted into it."""

    name: str
    content: bytes
    content_type: str
    inline: bool = False


class Chat:
    """Every act returns what the bot answered, and never raises for it. `by`: who acts, where several may speak."""

    def __init__(self, channel: "LocalChannel", conversation: Conversation) -> None:
        self._channel, self.conversation = channel, conversation
        self.locale = "da-DK"

    @property
    def id(self) -> str:
        return self.conversation.id

    @property
    def messages(self) -> tuple[Message, ...]:
        return tuple(self.conversation.messages)

    @property
    def cards(self) -> tuple[Mapping[str, Any], ...]:
        """The cards as they stand now, oldest first."""
        return tuple(m.card for m in self.messages if m.card)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(m.text for m in self.messages if m.text)

    @property
    def last_card(self) -> Mapping[str, Any] | None:
        return self.cards[-1] if self.cards else None

    async def install(self, by: PersonId | None = None) -> Answer:
        """The app is installed here: the two activities Teams sends then. The answer is the last one's."""
        id, at = self._channel.stamp()
        first, second = self._sender(by).installed(id, at)
        await self._channel.deliver(self, first)
        return await self._channel.deliver(self, second)

    async def say(self, text: str, by: PersonId | None = None, files: tuple[Upload, ...] = ()) -> Answer:
        """Write to the bot, with files if any."""
        sender, (id, at) = self._sender(by), self._channel.stamp()
        kept = tuple([await self._channel.take_file(upload) for upload in files])
        await self._show(Message(id, sender.person.id, at, text, files=kept))
        attachments = [self._channel.attachment(file) for file in kept]
        return await self._channel.deliver(self, sender.message(id, at, text, attachments))

    async def upload(self, name: str, content: bytes, content_type: str, text: str = "") -> Answer:
        """Send a file the way Teams does: into the person's own storage, and its address to the bot."""
        return await self.say(text, files=(Upload(name, content, content_type),))

    async def paste(self, content: bytes, content_type: str, text: str = "") -> Answer:
        """Send a picture inside the message."""
        return await self.say(text, files=(Upload("", content, content_type, inline=True),))

    async def press(
        self,
        title_or_action: str | Mapping[str, Any],
        inputs: Mapping[str, Any] | None = None,
        card: Message | str | None = None,
        by: PersonId | None = None,
    ) -> Answer:
        """Press the button of that title or verb on the newest card that has it, or on `card` (a message or its id).

        The fields are sent as a client sends them: what stands there, replaced by `inputs`.
        An action given whole is sent even if no card has it. LookupError when there is no such button.
        """
        message, button = self._find(title_or_action, card)
        return await self.press_with(message, button.action, button.values(inputs or {}), by)

    async def press_with(
        self, message: Message, action: Mapping[str, Any], data: Mapping[str, Any], by: PersonId | None = None
    ) -> Answer:
        """Press a button whose fields are merged into `data` already."""
        sender, (id, at) = self._sender(by), self._channel.stamp()
        kind = action.get("type")
        if kind in STAYS_HERE:
            return Answer(200)
        if kind == "Action.Submit":
            return await self._channel.deliver(self, sender.submit(id, at, dict(data), message))
        answer = await self._channel.deliver(self, sender.execute(id, at, action, dict(data), message))
        await self.replace_card(message.id, answer)
        return answer

    async def answer_file(self, yes: bool, card: Message | None = None) -> Answer:
        """Yes or no on the newest card that offers a file, or on `card`, which may be gone already."""
        asked = card or next(m for m in reversed(self.messages) if m.question)
        current = self.conversation.find(asked.id)
        if current and current.question:
            await self._show(replace(current, question=replace(current.question, answered=True)))
        sender, (id, at) = self._sender(None), self._channel.stamp()
        return await self._channel.deliver(self, sender.file_answered(id, at, asked, self._file_answer(asked, yes)))

    def _file_answer(self, asked: Message, yes: bool) -> dict[str, Any]:
        if not yes:
            return {"action": "decline", "context": dict(asked.question.declined)}
        place = self._channel.storage.open(asked.question.name)
        return {"action": "accept", "context": dict(asked.question.accepted), "uploadInfo": place}

    async def replace_card(self, id: str, answer: Answer) -> None:
        """What a client does with the answer to a press."""
        # the message as it is now: the bot may have edited it while it answered
        current = self.conversation.find(id)
        if current and not current.deleted and answer.ok and answer.card:
            await self._show(replace(current, card=answer.card, edited=True))

    def _find(self, wanted: str | Mapping[str, Any], card: Message | str | None) -> tuple[Message, Button]:
        messages = [self._message(card)] if card else [m for m in reversed(self.messages) if m.card]
        for message in messages:
            for button in buttons(message.card or {}):
                if wanted in (button.title, button.action.get("verb"), button.action):
                    return message, button
        if isinstance(wanted, Mapping) and messages:
            return messages[0], Button(wanted, ())
        there = [titles(m.card) for m in messages if m.card]
        raise LookupError(f"No button {wanted!r} in {self.conversation.name}. The cards, newest first, have {there}.")

    def _message(self, card: Message | str) -> Message:
        id = card if isinstance(card, str) else card.id
        message = self.conversation.find(id)
        if message is None:
            raise LookupError(f"No message {id!r} in {self.conversation.name}.")
        return message

    def _sender(self, by: PersonId | None) -> Sender:
        return self._channel.sender(self, by)

    async def _show(self, message: Message) -> None:
        await self._channel.show(self.conversation, message)


__all__ = ["Answer", "Chat", "FileRef", "Message", "Upload"]

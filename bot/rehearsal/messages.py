"""What a conversation consists of, as it is shown and kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from casework.vocabulary import PersonId

ADAPTIVE_CARD = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True)
class FileRef:
    """A file somebody sent. `id` is unguessable: who knows it may fetch the bytes, as with Teams' addresses."""

    id: str
    name: str
    content_type: str
    size: int
    inline: bool = False
    """Pasted into the message (fetched with the bot's token) rather than uploaded beside it."""


@dataclass(frozen=True)
class Question:
    """Teams' own card that asks whether somebody wants a file from the bot. `answered`: a client asks once."""

    name: str
    size: int
    description: str
    accepted: Mapping[str, Any]
    declined: Mapping[str, Any]
    """What goes back to the bot with either answer."""
    answered: bool = False


@dataclass(frozen=True)
class Message:
    """One message as its readers see it now. `at` is case time, aware, in UTC. A deleted one keeps only its place."""

    id: str
    sender: PersonId
    """Who wrote it; `casework.vocabulary.VAERN` for the bot."""
    at: datetime
    text: str = ""
    card: Mapping[str, Any] | None = None
    summary: str = ""
    """What a lock screen shows."""
    edited: bool = False
    deleted: bool = False
    files: tuple[FileRef, ...] = ()
    question: Question | None = None
    reply_to: str | None = None
    """In a channel: the message whose thread this stands in."""

    @property
    def thread(self) -> str:
        return self.reply_to or self.id

    def document(self) -> dict[str, Any]:
        """JSON-ready; shares the card, which nobody changes."""
        asked = {"question": vars(self.question) if self.question else None}
        return vars(self) | {"at": self.at.isoformat(), "files": [vars(file) for file in self.files]} | asked

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Message":
        files = tuple(FileRef(**file) for file in document["files"])
        asked = Question(**document["question"]) if document.get("question") else None
        return cls(**{**document, "at": datetime.fromisoformat(document["at"]), "files": files, "question": asked})


@dataclass
class Conversation:
    """A personal chat with one person, or a team's channel where several may speak."""

    id: str
    kind: Literal["personal", "channel"]
    name: str
    members: tuple[PersonId, ...] = ()
    workplace: str | None = None
    messages: list[Message] = field(default_factory=list)

    def find(self, message: str | None) -> Message | None:
        return next((m for m in self.messages if m.id == message), None)

    def put(self, message: Message) -> None:
        """In the place of the one with its id, else last."""
        for place, known in enumerate(self.messages):
            if known.id == message.id:
                self.messages[place] = message
                return
        self.messages.append(message)

    def document(self) -> dict[str, Any]:
        kept = {"id": self.id, "kind": self.kind, "name": self.name, "members": list(self.members)}
        return kept | {"workplace": self.workplace, "messages": [m.document() for m in self.messages]}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Conversation":
        messages = [Message.read(m) for m in document["messages"]]
        return cls(**{**document, "members": tuple(document["members"]), "messages": messages})


@dataclass(frozen=True)
class Answer:
    """What the bot answered the channel. Status 0: it could not be reached, or did not answer in time."""

    status: int
    body: Any = None

    @property
    def ok(self) -> bool:
        """Taken in, and an invoke's own status code says so too."""
        return 200 <= self.status < 300 and self.invoke_status < 300

    @property
    def invoke_status(self) -> int:
        return self.body.get("statusCode", 200) if isinstance(self.body, dict) else 200

    @property
    def card(self) -> Mapping[str, Any] | None:
        """The card that replaces the one with the button."""
        return self._value(ADAPTIVE_CARD)

    @property
    def words(self) -> str:
        """What the bot wants said about the press, instead of a new card."""
        if isinstance(told := self._value("application/vnd.microsoft.activity.message"), str):
            return told
        fault = self._value("application/vnd.microsoft.error")
        return fault.get("message", "") if isinstance(fault, dict) else ""

    def _value(self, kind: str) -> Any:
        if isinstance(self.body, dict) and self.body.get("type") == kind:
            return self.body.get("value")
        return None

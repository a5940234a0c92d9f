"""Messages that somebody was asked about and has not answered: kept encrypted, for a day at most, one a person.

Between the question and the answer lies a person's choice: the bot may be restarted meanwhile, or the answer may reach
another replica.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.keeping.sweeping import sweep_every
from bot.stores import Shelf
from casework.views import TeamsMessage
from casework.vocabulary import PersonId

LIVES = timedelta(hours=23)
ROUND = timedelta(hours=1)


@dataclass(frozen=True)
class Offer:
    """`message` None: it was kept already."""

    id: str
    message: TeamsMessage | None


class Offers:
    """`now` is the machine's time: how long somebody's words lie here is no matter of the case clock."""

    def __init__(self, shelf: Shelf, now: Callable[[], datetime]) -> None:
        self.shelf, self.now = shelf, now

    async def make(self, person: PersonId, id: str, message: TeamsMessage) -> None:
        """The person's offer from now on; the one before is gone."""
        sent = message.sent_at.isoformat() if message.sent_at else None
        kept = {**asdict(message), "sent_at": sent}
        await self.shelf.put(person, {"id": id, "at": self.now().isoformat(), "message": kept})

    async def find(self, person: PersonId, id: str) -> Offer | None:
        """None: it is another one's, too old, or was never made."""
        document = await self.shelf.get(person)
        if document is None or document["id"] != id or self._over(document):
            return None
        return Offer(id, _message(document["message"]))

    async def kept(self, person: PersonId, id: str) -> None:
        """The words lie in the draft now, and here no more. That it was kept is remembered for a second press."""
        await self.shelf.put(person, {"id": id, "at": self.now().isoformat(), "message": None})

    async def drop(self, person: PersonId, id: str) -> None:
        document = await self.shelf.get(person)
        if document is not None and document["id"] == id:
            await self.shelf.drop(person)

    async def sweep(self) -> None:
        """What nobody answered within a day is erased."""
        for person in await self.shelf.keys():
            document = await self.shelf.get(person)
            if document is not None and self._over(document):
                await self.shelf.drop(person)

    async def run(self) -> None:
        """Never returns; cancelled at the end."""
        await sweep_every(ROUND, self.sweep, "offers")

    def _over(self, document: dict[str, Any]) -> bool:
        return self.now() - datetime.fromisoformat(document["at"]) > LIVES


def _message(given: dict[str, Any] | None) -> TeamsMessage | None:
    if given is None:
        return None
    sent = datetime.fromisoformat(given["sent_at"]) if given["sent_at"] else None
    return TeamsMessage(**{**given, "sent_at": sent, "attachments": tuple(given["attachments"])})

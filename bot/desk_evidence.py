"""Evidence at somebody's desk: what they send, what the coach says of it, and what they hold in their hand."""

from typing import TYPE_CHECKING

from botbuilder.schema import Activity

from bot.keeping.records import Record
from cards.evidence import HELD
from casework.projections import coach_view
from casework.views import CoachView, EvidenceLine
from casework.vocabulary import CaseId, ItemId, PersonId, Refused

if TYPE_CHECKING:
    from bot.caseworker import Opened
    from bot.desk import Office


class EvidenceDesk:
    """What a desk can do about evidence (`bot.desk.Desk`)."""

    office: "Office"
    record: Record
    person: PersonId

    async def open(self, case: CaseId) -> "Opened":
        raise NotImplementedError

    async def receive(self, activity: Activity, case: CaseId) -> tuple[EvidenceLine | Refused, ...]:
        """The attachments of a message, each kept untouched or named with the reason why not."""
        return await self.office.receiving.receive(self, activity, case)

    async def coach(self, case: CaseId, item: ItemId) -> CoachView:
        """How far the evidence is, and what is asked next: about that piece first."""
        opened = await self.open(case)
        return coach_view(opened.case, self.person, opened.texts, item)

    def holds(self, device: str) -> None:
        """Remembered in the person's own conversation; it stands in no case."""
        self.record.device = device if device in HELD else self.record.device

"""A file is offered, accepted, laid into the person's own storage, and shown where it lies."""

from typing import TYPE_CHECKING, Any

import structlog

from bot.delivering.about import About, may_have
from bot.delivering.offered import LARGEST, File, Offered, OfferedFiles
from bot.delivering.protocol import Upload, consent_message, info_message, read_answer
from bot.ids import item_id_from
from bot.teams.connector import Connector
from bot.teams.faults import ChannelFault
from bot.teams.uploads import NotUploaded, Uploads
from casework.vocabulary import Refused

if TYPE_CHECKING:
    from bot.desk import Desk

log = structlog.get_logger()


class Delivery:
    """Only in a personal chat: elsewhere there is nowhere to lay a file."""

    def __init__(self, offered: OfferedFiles, connector: Connector, uploads: Uploads) -> None:
        self.offered, self.connector, self.uploads = offered, connector, uploads

    async def offer(self, desk: "Desk", file: File, about: About, id: str = "") -> None:
        """Ask the person whether they want it. The same press twice, or the same `id`, asks once.

        Refused when it cannot be asked. A file whose question never stood anywhere, since the process died in between,
        is asked about now.
        """
        if desk.record.kind != "personal" or not 0 < len(file.content) <= LARGEST:
            raise Refused("file_not_offered")
        id = id or desk.new_id("file")
        known = await self.offered.find(desk.person, id)
        if known is None or known.unasked:
            await self._asked(desk, await self.offered.make(desk.person, id, file, about))

    async def offer_once(self, desk: "Desk", file: File, about: About, what: str) -> None:
        """The same as `offer`, where the question about just this (`what`) does not stand unanswered already."""
        times = 1
        while known := await self.offered.find(desk.person, id := item_id_from(f"{desk.person}|{what}", "file", times)):
            if known.unasked:
                break
            if known.file is not None:
                return
            times += 1
        await self.offer(desk, file, about, id)

    async def _asked(self, desk: "Desk", offer: Offered) -> None:
        say, file = desk.office.scenes.words(desk.language), offer.file
        described = say.plain("delivering.description")
        activity = consent_message(offer.id, file.name, file.size, described, say.plain("delivering.summary"))
        try:
            card = await self._send(desk, activity)
        except ChannelFault as fault:
            log.warning("file_not_offered", conversation=desk.conversation, fault=type(fault).__name__)
            await self.offered.drop(offer.id)
            raise Refused("file_not_offered") from fault
        await self.offered.stands_on(offer.id, card)

    async def answered(self, desk: "Desk", value: Any) -> str:
        """Key of what is said to an answer; "" when the file card says it all. A second answer changes nothing."""
        said = read_answer(value) if desk.record.kind == "personal" else None  # elsewhere others would read along
        offer = await self.offered.find(desk.person, said.id) if said else None
        if said is None or offer is None:
            return "delivering.over"
        if offer.file is None:
            return ""
        if said.upload is None:
            return await self._keep(desk, offer)
        if await may_have(desk, offer.about):
            return await self._give(desk, offer, said.upload)
        log.info("file_over", conversation=desk.conversation)
        await self._over(desk, offer)
        return "delivering.over"

    async def _give(self, desk: "Desk", offer: Offered, upload: Upload) -> str:
        """Laid there and shown first: what breaks in between is answered with a card that can be pressed again."""
        words = desk.office.scenes.words(desk.language)
        try:
            content, file = self.offered.content(offer), offer.file
            await self.uploads.put(upload.url, content, file.size, file.media_type)
            await self._send(desk, info_message(upload, words.plain("delivering.given")))
        except (NotUploaded, ChannelFault, LookupError) as fault:
            log.warning("file_not_delivered", conversation=desk.conversation, reason=str(fault))
            return "delivering.not_given"
        await self._over(desk, offer)
        return ""

    async def _keep(self, desk: "Desk", offer: Offered) -> str:
        await self._over(desk, offer)
        return "delivering.declined"

    async def _over(self, desk: "Desk", offer: Offered) -> None:
        """The question goes, and the content with it."""
        await self.offered.answered(offer.id)
        try:
            if offer.card:
                await self.connector.delete(desk.record.service_url, desk.conversation, offer.card)
        except ChannelFault as fault:  # a question that stays does no harm: its answer is known
            log.info("card_stays", conversation=desk.conversation, fault=type(fault).__name__)

    async def _send(self, desk: "Desk", activity: dict[str, Any]) -> str:
        url, conversation = desk.record.service_url, desk.conversation
        return await self.connector.again_on_no(lambda: self.connector.send(url, conversation, activity))

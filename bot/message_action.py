"""»Dokumentér denne besked«: a message in any chat is offered, and kept in the person's own draft.

The bot may be no member of that chat: it learns nothing of it but the message, and goes on in the person's own chat.
What is kept is durable before it is answered; telling the person there is the outbox's, like every other card.
"""

import hashlib
from typing import Any

from botbuilder.schema import Activity

from bot.answers import refusal
from bot.desk import Desk
from bot.ids import item_id_from
from bot.keeping.offers import Offer
from bot.keeping.records import Record
from bot.office import Office
from bot.receiving import named
from bot.teams.message import read_message
from cards.message import as_evidence, offered
from cards.scene import Scene
from cards.verbs import Press, read_press
from casework.commands import ReceiveEvidence, StartDraft, Written
from casework.evidence import came_before
from casework.views import TeamsMessage
from casework.vocabulary import CaseId, ItemId, ItemKind, PersonId, Refused, Source
from dialogs.asking import ADAPTIVE_CARD

FETCH, SUBMIT = "composeExtension/fetchTask", "composeExtension/submitAction"
NAMES = (FETCH, SUBMIT)
Answer = dict[str, Any] | None
"""What the window shows next; None closes it."""


class MessageAction:
    """One person and one message, from the question to the answer."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.office = desk, desk.office

    async def answer(self, activity: Activity) -> Answer:
        """The body of the invoke's answer."""
        if activity.name == FETCH:
            return await self._offered(activity)
        try:
            press = read_press((activity.value or {}).get("data"))
        except ValueError:
            return await self._said("refused.unreadable_card")
        return word(await self.press(press)) if press.verb == "keep_message" else await self._left(press)

    async def _left(self, press: Press) -> Answer:
        if press.verb != "leave_message":
            return await self._said("refused.unreadable_card")
        await self.press(press)
        return None

    async def _said(self, key: str) -> Answer:
        return word((await self.desk.scene()).say.plain(key))

    async def _offered(self, activity: Activity) -> Answer:
        message = read_message(activity.value)
        if message is None:
            return await self._said("message.answer.unreadable")
        scene, offer = await self.desk.scene(), item_id_from(self.desk.handled, "offer", 1)
        await self.office.offers.make(self.desk.person, offer, message)
        card = {"contentType": ADAPTIVE_CARD, "content": offered(message, offer, scene)}
        window = {"title": scene.say.plain("message.offer.window"), "height": "medium", "width": "small", "card": card}
        return {"task": {"type": "continue", "value": window}}

    async def press(self, press: Press) -> str:
        """[Gem] and [Gem ikke], wherever they are pressed: the words that answer."""
        scene, offer = await self.desk.scene(), str(press.args.get("offer"))
        if press.verb == "leave_message":
            await self.office.offers.drop(self.desk.person, offer)
            return scene.say.plain("message.answer.left")
        found = await self.office.offers.find(self.desk.person, offer)
        if found is None:
            return scene.say.plain("message.answer.gone")
        try:
            return await self._kept(found, scene)
        except Refused as refused:
            return refusal(refused, scene)

    async def _kept(self, offer: Offer, scene: Scene) -> str:
        """Asked before the outbox has had time to find the person: whether a chat is known already.

        Ids follow from the offer: cut off between two of these and pressed again, nothing is there twice, and what was
        taken out in between does not come back.
        """
        known = await self.office.records.of_person(self.desk.person)
        own = Desk(self.office, self.desk.record, self.desk.person, f"offer:{offer.id}")
        item = ItemId(own.new_id("item"))
        before = [one.case for one in await own.mine() if came_before(one.case, item)]
        if offer.message is not None:
            if not before:
                await self._keep(own, item, offer.message, scene)
            await self.office.offers.kept(own.person, offer.id)
        if any(item in case.custody.destroyed for case in before):
            return scene.say.plain("message.answer.destroyed")
        return scene.say.plain("message.answer.kept" if known else "message.answer.kept_first")

    async def _keep(self, own: Desk, item: ItemId, message: TeamsMessage, scene: Scene) -> None:
        await self.office.records.speaks(own.person, own.language)
        draft = await own.draft()
        case = draft.id if draft else (await own.carry_out(StartDraft(case=own.new_case(), by=own.person))).id
        command = _evidence(own, case, item, message, scene)
        await own.allowed(command)
        store = self.office.caseworker.store
        await store.put_blob(case, item, message.original.encode())
        await named(own, store, command)


def _evidence(desk: Desk, case: CaseId, item: ItemId, message: TeamsMessage, scene: Scene) -> ReceiveEvidence:
    """Readable words for the case, and beside them the original bytes, whose fingerprint this is."""
    original = message.original.encode()
    return ReceiveEvidence(
        case=case,
        by=desk.person,
        item=item,
        kind=ItemKind.TEXT,
        media_type=message.media_type,
        size=len(original),
        sha256=hashlib.sha256(original).hexdigest(),
        text=Written(item, as_evidence(message, scene)),
        source=Source.TEAMS_MESSAGE,
    )


def word(text: str) -> Answer:
    """A word in the window, which the person closes."""
    return {"task": {"type": "message", "value": text}}


async def record_for(office: Office, person: PersonId, activity: Activity) -> Record:
    """The person's own chat, or one that is never saved: of the chat the message stands in nothing is kept."""
    await office.records.heard_from(activity.service_url)
    known = await office.records.of_person(person) if person else None
    language = "en" if (activity.locale or "").lower().startswith("en") else "da"
    return known or Record(f"of:{person}", person=person or None, language=language)

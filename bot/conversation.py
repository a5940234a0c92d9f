"""Activity → dialog turn, or button → command. The only ActivityHandler.

One turn of a conversation at a time; what was handled before changes nothing; a turn ends with one durable write.
"""

import asyncio
import hashlib
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, AdaptiveCardInvokeValue

from bot import message_action, own_words
from bot.answers import Answer
from bot.delivering.protocol import INVOKE as FILE_ANSWERED
from bot.desk import Desk
from bot.group_room import out_of_place
from bot.keeping.records import Record
from bot.office import Office
from bot.reception import Reception
from bot.showing import answering
from bot.stores.turns import Turns
from bot.teams.wire import write_json
from cards.show import Shown
from cards.verbs import Press, read_press
from casework.vocabulary import PersonId
from dialogs.asking import ADAPTIVE_CARD, say

log = structlog.get_logger()

WORD = "application/vnd.microsoft.activity.message"


class Conversation(ActivityHandler):
    """Everything that comes in from the channel, already let in by its guards."""

    def __init__(self, office: Office, turns: Turns, somebody_wrote: Callable[[str], Awaitable[None]]) -> None:
        self.office, self.turns, self.somebody_wrote = office, turns, somebody_wrote
        self._under_way, self._nobody_waits = 0, asyncio.Event()

    def busy(self) -> bool:
        """Whether somebody waits for an answer now."""
        return self._under_way > 0

    async def quiet(self) -> None:
        """Returns when nobody waits for an answer."""
        if self.busy():
            await self._nobody_waits.wait()

    async def on_turn(self, turn_context: TurnContext) -> None:
        self._under_way += 1
        self._nobody_waits.clear()
        try:
            with self.office.scenes.standing.held():
                await self._taken(turn_context)
        except Exception as fault:  # not even the conversation could be opened, or kept: the store is away, say
            if not await self._in_words(turn_context, fault):
                raise
        finally:
            self._under_way -= 1
            if not self.busy():
                self._nobody_waits.set()

    async def _taken(self, turn: TurnContext) -> None:
        if turn.activity.type == "invoke" and turn.activity.name in message_action.NAMES:
            return await self._message_action(turn)
        await self.turns.take(conversation_of(turn.activity), lambda: self._in_turn(turn))

    async def _in_words(self, turn: TurnContext, fault: Exception) -> bool:
        """Never silence. Whether the channel has its answer with that: a message is to be seen as failed all the same,
        so that it is given to us again."""
        activity = turn.activity
        desk = Desk(self.office, _new_record(activity), person_of(activity), keys_of(activity)[-1])
        if activity.type not in ("message", "invoke"):
            return False
        words = await self._broken(desk, activity, fault)
        if activity.type == "message" or activity.name == FILE_ANSWERED:
            await say(turn, Shown({}, "", words))
        if activity.type == "message":
            return False
        body = message_action.word(words) if activity.name in message_action.NAMES else _word(words)
        left = Activity(type=ActivityTypes.invoke_response, value=self._create_invoke_response(body))
        turn.turn_state[TurnContext._INVOKE_RESPONSE_KEY] = left
        return True

    async def _in_turn(self, turn: TurnContext) -> None:
        record = await self._record(turn.activity)
        stood, keys = dict(record.cards), keys_of(turn.activity)
        again = turn.activity.type == "message" and bool(set(keys) & set(record.handled))
        if not again:
            turn.turn_state["desk"] = Desk(self.office, record, person_of(turn.activity), keys[-1])
            await super().on_turn(turn)
            if turn.activity.type == "message":  # what a press has changed, the case itself remembers
                record.remember(*keys)
            await self.office.records.save(record)
            self.office.come_anew(record, record.came_anew(stood))
        log.info("turn", conversation=record.id, type=turn.activity.type, activity=turn.activity.id, again=again)
        if record.person:
            await self.somebody_wrote(record.person)

    async def _record(self, activity: Activity) -> Record:
        """The conversation as it was left, with its address refreshed: the service url may change."""
        record = await self.office.records.get(conversation_of(activity)) or _new_record(activity)
        if record.kind == "personal":  # an installation may have come without saying whose chat it is
            record.person = record.person or person_of(activity) or None
        record.reference = {
            "serviceUrl": activity.service_url,
            "bot": {"id": activity.recipient.id} if activity.recipient else {},
            "channelId": activity.channel_id,
        }
        return record

    async def _message_action(self, turn: TurnContext) -> None:
        """A message of any chat: a turn of the person's own chat, not of the one the message stands in."""
        activity, person = turn.activity, person_of(turn.activity)
        record = await message_action.record_for(self.office, person, activity)
        desk = Desk(self.office, record, person, keys_of(activity)[-1])
        body = await self.turns.take(record.id, lambda: self._offered_or_kept(desk, activity))
        answer = self._create_invoke_response(body)
        await turn.send_activity(Activity(type=ActivityTypes.invoke_response, value=answer))
        log.info("turn", conversation=record.id, type=activity.name, activity=activity.id, again=False)

    async def _offered_or_kept(self, desk: Desk, activity: Activity) -> message_action.Answer:
        if not desk.person:
            return message_action.word(self._plain(desk, "refused.nobody"))
        try:
            return await message_action.MessageAction(desk).answer(activity)
        except Exception as fault:
            return message_action.word(await self._broken(desk, activity, fault))

    # -- what comes in -----------------------------------------------------------------------------------------

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        desk: Desk = turn_context.turn_state["desk"]
        if not desk.person:
            return await say(turn_context, Shown({}, "", self._plain(desk, "refused.nobody")))
        try:
            reception, lost = Reception(desk, turn_context), tuple(desk.record.unasked)
            await _received(reception, turn_context.activity, desk.record)
            await own_words.ask_again(reception, lost)
        except Exception as fault:
            await say(turn_context, Shown({}, "", await self._broken(desk, turn_context.activity, fault)))

    async def on_members_added_activity(self, members_added: list, turn_context: TurnContext) -> None:
        """The bot was added: a welcome in a personal chat, nothing in a channel until somebody writes "tilslut"."""
        desk: Desk = turn_context.turn_state["desk"]
        us = turn_context.activity.recipient
        if desk.record.kind == "personal" and us and any(member.id == us.id for member in members_added):
            await Reception(desk, turn_context).welcome()

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        """The answer is left where the adapter looks for it; the SDK's own way there copies every card."""
        mine = turn_context.activity.name == FILE_ANSWERED
        answer = await (self._file_answered(turn_context) if mine else super().on_invoke_activity(turn_context))
        left = Activity(type=ActivityTypes.invoke_response, value=answer)
        turn_context.turn_state[TurnContext._INVOKE_RESPONSE_KEY] = left

    async def on_adaptive_card_invoke(self, turn_context: TurnContext, invoke_value: Any) -> dict[str, Any]:
        """A pressed Action.Execute: answered with the new card, never by editing one within the invoke."""
        desk: Desk = turn_context.turn_state["desk"]
        if not desk.person:
            return _word(self._plain(desk, "refused.nobody"))
        try:
            press = read_press(invoke_value.action.get("data"))
        except ValueError:
            return _word(self._plain(desk, "refused.unreadable_card"))
        try:
            return await self._pressed(desk, turn_context, press)
        except Exception as fault:
            return _word(await self._broken(desk, turn_context.activity, fault))

    async def _file_answered(self, turn: TurnContext) -> InvokeResponse:
        """Somebody said yes or no to a file: what they hear stands in the chat, for the card itself shows no words."""
        desk: Desk = turn.turn_state["desk"]
        try:
            key = await desk.office.delivery.answered(desk, turn.activity.value) if desk.person else "refused.nobody"
            words = self._plain(desk, key) if key else ""
        except Exception as fault:
            words = await self._broken(desk, turn.activity, fault)
        if words:
            await say(turn, Shown({}, "", words))
        return self._create_invoke_response()

    async def _pressed(self, desk: Desk, turn: TurnContext, press: Press) -> dict[str, Any]:
        if out_of_place(desk.record, press):
            return _word(self._plain(desk, "welcome.channel.body"))
        if Reception.takes(press):
            await Reception(desk, turn).press(press)
            return _word("")
        answer = await answering(desk, in_group=desk.record.kind != "personal").answer(press)
        answer = await self._sent(desk, turn, answer)
        await own_words.ask_again(Reception(desk, turn), tuple(desk.record.unasked))
        return _answered(answer, self._plain(desk, "common.shown_below"))

    async def _broken(self, desk: Desk, activity: Activity, fault: Exception) -> str:
        """Never silence: what is safe, what to do, and whom to ring. The log gets the kind of fault, and no words."""
        where = traceback.extract_tb(fault.__traceback__)[-1]
        place = f"{where.filename.rpartition('/')[2]}:{where.lineno}"
        kind = type(fault).__name__
        log.error("turn_broken", activity=activity.id, conversation=desk.record.id, fault=kind, at=place)
        scene = await desk.office.scenes.scene(desk.record.language)
        contacts = scene.place.crisis or (scene.place.legal_staff,)
        return scene.say.plain("errors.unsure", contact=scene.contact(contacts[0]))

    def _get_adaptive_card_invoke_value(self, activity: Activity) -> AdaptiveCardInvokeValue:
        """Only the action: the endpoint has seen to its shape, and the SDK warns of every field newer than itself."""
        return AdaptiveCardInvokeValue(action=activity.value["action"])

    @staticmethod
    def _create_invoke_response(body: object = None) -> InvokeResponse:
        """The SDK would walk through the whole card; it is plain JSON already, and the endpoint writes it."""
        return InvokeResponse(status=200, body=body)

    async def _sent(self, desk: Desk, turn: TurnContext, answer: Answer) -> Answer:
        """The cards that come anew are sent, and which card stands where is kept. Gives what the press is answered
        with: that gets there though the channel takes no message, so it says what the message would have said.
        """
        sent = [(shown, await say(turn, shown)) for shown in answer.messages]
        for shown, activity in sent:
            desk.record.stands(shown.card_of, activity)
        if not all(activity for _, activity in sent) and (answer.word or answer.in_place is None):
            return Answer(word=answer.word or self._plain(desk, "errors.not_taken"))
        if answer.in_place is not None:
            desk.record.pressed(answer.in_place.card_of, turn.activity.reply_to_id or "")
        return answer

    @staticmethod
    def _plain(desk: Desk, key: str) -> str:
        return desk.office.scenes.words(desk.record.language).plain(key)


async def _received(reception: Reception, activity: Activity, record: Record) -> None:
    if activity.value is not None:
        await reception.pressed(activity.value)
    elif record.kind != "personal":
        await reception.in_public()
    else:
        await reception.written()


def _answered(answer: Answer, below: str) -> dict[str, Any]:
    if answer.in_place is not None:
        return {"statusCode": 200, "type": ADAPTIVE_CARD, "value": answer.in_place.card}
    return _word(answer.word or (below if answer.messages else ""))


def _word(text: str) -> dict[str, Any]:
    """A word instead of a card: the pressed card stays. (The SDK's own model takes no text as a value.)"""
    return {"statusCode": 200, "type": WORD, "value": text}


def person_of(activity: Activity) -> PersonId:
    """Who it is from: the directory's id, which the channel vouches for. Without one, nobody, who may do nothing.

    An id is the same in small and capital letters; kept in small ones, as the directory writes it.
    """
    sender = activity.from_property
    return PersonId(((sender.aad_object_id if sender else None) or "").lower())


def conversation_of(activity: Activity) -> str:
    """The conversation, without the thread a channel message stands in."""
    return activity.conversation.id.split(";", 1)[0]


def _new_record(activity: Activity) -> Record:
    conversation = activity.conversation
    kind = conversation.conversation_type or "personal"
    language = "en" if (activity.locale or "").lower().startswith("en") else "da"
    return Record(conversation_of(activity), kind=kind, language=language)


def keys_of(activity: Activity) -> tuple[str, str]:
    """What a redelivery has in common: the activity's id, or who said what when. The latter survives a new id."""
    said = write_json(
        [
            person_of(activity),
            str(activity.timestamp),
            activity.type,
            activity.name,
            activity.text,
            activity.reply_to_id,
            activity.value,
            activity.attachments or [],
        ],
        in_order=True,
    )
    content = hashlib.sha256(said).hexdigest()[:24]
    return f"{activity.id}", f"c{content}"

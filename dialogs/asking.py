"""What a dialog may ask of the house, and how it speaks: nothing else reaches in or out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog
from botbuilder.core import TurnContext
from botbuilder.schema import Activity, ActivityTypes, Attachment

from cards.scene import Scene
from cards.show import Shown
from cards.verbs import Press, read_press
from casework.calendar import WorkingDays
from casework.case import Case
from casework.commands import Command
from casework.local import Guide
from casework.pace import Pace
from casework.people import Person
from casework.state.waiting import Patience
from casework.texts import read_known
from casework.views import CoachView, DraftView, EvidenceLine, RecipientChoice
from casework.vocabulary import CaseId, ItemId, PersonId, Refused, StepId, WorkplaceId
from dialogs.known import Meaning, understood

log = structlog.get_logger()

DESK = "desk"
"""Where in a turn's state the desk lies."""
ADAPTIVE_CARD = "application/vnd.microsoft.card.adaptive"
HTML = "text/html"  # Teams repeats a message's own text as an attachment of this kind


class Desk(Protocol):
    """What a dialog may ask of the house, for the person of this turn."""

    person: PersonId
    language: str
    conversation: str
    handled: str
    """Key of the activity that is being answered. The desk puts it on commands."""

    def now(self) -> datetime: ...

    def new_id(self, kind: str) -> str:
        """An id for an "episode" or an "item": the same activity makes the same ids in the same order."""

    def new_case(self) -> CaseId: ...

    async def carry_out(self, command: Command) -> Case:
        """Decide and append; the case afterwards. Refused when it cannot be."""

    async def draft(self) -> Case | None:
        """The person's unsent draft."""

    async def draft_view(self, case: CaseId) -> DraftView: ...

    async def scene(self, *people: PersonId) -> Scene:
        """Words, place and time; the names of these people, and always of the draft's."""

    async def search(self, text: str) -> tuple[Person, ...]: ...

    async def recipients(self, case: Case) -> tuple[tuple[RecipientChoice, ...], tuple[PersonId, ...]]:
        """Who is proposed, and the ordinary leaders."""

    async def workplace(self) -> tuple[WorkplaceId | None, tuple[PersonId, ...]]:
        """Of the draft's matter, and the members of its group if one is connected."""

    async def left_out(self, workplace: WorkplaceId | None) -> tuple[StepId, ...]:
        """Steps that the workplace's administration does without."""

    async def guide_of(self, case: CaseId) -> Guide:
        """What the case's workplace goes by. Refused("not_yours") when there is no such case."""

    def pace(self) -> Pace:
        """At which days and hours a case reminds of what can wait, by the settings."""

    def working_days(self) -> WorkingDays:
        """When people are at work, by the settings."""

    def patience(self) -> Patience:
        """How long whoever has a case may leave it unanswered, by the settings."""

    async def coach(self, case: CaseId, item: ItemId) -> CoachView:
        """How far the evidence is, and what is asked next: about that piece first."""

    def holds(self, device: str) -> None:
        """What the person has in hand: how is shown on it from now on."""

    async def receive(self, activity: Activity, case: CaseId) -> tuple[EvidenceLine | Refused, ...]:
        """The attachments of a message: stored and made part of the case, or named with the reason why not."""


@dataclass(frozen=True)
class Fault:
    """Why an answer could not be taken: under which field it is said, the key in `refused.*`, and its values.

    `hits`: the people a name may have meant; `beside`: those the other names in the field are.
    """

    field: str
    key: str
    details: Mapping[str, object] = field(default_factory=dict)
    hits: tuple[Person, ...] = ()
    beside: tuple[PersonId, ...] = ()


def to_choose_from(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Names that fit several, when every other answer is understood: then their field becomes a choice."""
    every = tuple(faults)
    return every if all(fault.hits for fault in every) else ()


def desk_of(turn: TurnContext) -> Desk:
    return turn.turn_state[DESK]


def pressed_in(turn: TurnContext) -> Press | None:
    """The button that was pressed; None for a message, and for a card that is none of ours."""
    try:
        return read_press(turn.activity.value) if turn.activity.value is not None else None
    except ValueError:
        return None


def meant(text: str) -> Meaning | None:
    """The known word a message is, in either language."""
    return understood(text, read_known("da"), read_known("en"))


def brings_files(activity: Activity) -> bool:
    return any(attachment.content_type != HTML for attachment in activity.attachments or ())


async def say(turn: TurnContext, shown: Shown) -> str:
    """Reply within the turn: the new activity's id, "" when it was not taken.

    What is decided stays decided when the channel does not take the reply, so no fault of it ends the turn.
    """
    activity = _addressed(message(shown), turn.activity)
    try:
        (sent,) = await turn.adapter.send_activities(turn, [activity])
    except Exception as fault:  # whatever the channel's connector raises: it is logged, and the person can ask again
        log.warning("reply_lost", conversation=turn.activity.conversation.id, fault=type(fault).__name__)
        return ""
    return (sent.id if sent else "") or ""


async def replace(turn: TurnContext, activity_id: str, shown: Shown) -> bool:
    """Show something else where that activity stands. False when it cannot be: it is gone, or was never taken."""
    if not activity_id:
        return False
    activity = message(shown)
    activity.id, activity.conversation = activity_id, turn.activity.conversation
    try:
        await turn.update_activity(activity)
    except Exception as fault:  # an old card that stays as it was costs nothing: what it sends is understood
        log.info("card_stays", conversation=turn.activity.conversation.id, fault=type(fault).__name__)
        return False
    return True


async def tell(turn: TurnContext, words: str) -> None:
    """A short message without a card."""
    await say(turn, Shown({}, "", words))


async def tell_refusal(turn: TurnContext, refused: Refused) -> None:
    """Why something was not done, in words."""
    scene = await desk_of(turn).scene()
    await tell(turn, scene.say.plain(f"refused.{refused.key}", **refused.details))


def _addressed(reply: Activity, to: Activity) -> Activity:
    """To whoever wrote, as the SDK does it, which copies card, sender and conversation."""
    reply.channel_id, reply.service_url, reply.locale = to.channel_id, to.service_url, to.locale
    reply.conversation, reply.from_property, reply.recipient = to.conversation, to.recipient, to.from_property
    reply.reply_to_id = None if to.type == ActivityTypes.conversation_update else to.id
    reply.input_hint = "acceptingInput"
    return reply


def message(shown: Shown) -> Activity:
    """A card or, without one, its words, as an activity."""
    if not shown.card:
        return Activity(type="message", text=shown.text, text_format="plain")
    card = Attachment(content_type=ADAPTIVE_CARD, content=shown.card)
    return Activity(type="message", attachments=[card], summary=shown.summary)

"""A chat with the dialogs alone: a desk over the real decisions in memory, and a channel that remembers what it shows.

Between two turns everything is thrown away but the cases and the encoded dialog state, as after a restart.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from botbuilder.core import BotAdapter, TurnContext
from botbuilder.dialogs import DialogSet, DialogState, DialogTurnResult
from botbuilder.schema import Activity, Attachment, ConversationAccount, ResourceResponse

from bot.scenes import people_in
from bot.stores.dialog_state import decode_dialog_state, encode_dialog_state
from cards.evidence import HELD
from cards.scene import Scene
from cards.verbs import PRESS
from casework.access import permit
from casework.calendar import WORKING, WorkingDays
from casework.case import Case
from casework.commands import Command, ReceiveEvidence, Written, written_in
from casework.decide import decide
from casework.evolving import evolve
from casework.local import Guide, original
from casework.pace import PACE, Pace
from casework.people import Person
from casework.projections import coach_view, draft_view, evidence_line
from casework.state.waiting import Patience
from casework.views import CoachView, DraftView, EvidenceLine, RecipientChoice
from casework.vocabulary import CaseId, ItemId, ItemKind, PersonId, Refused, Stage, StepId, WorkplaceId
from dialogs import add_all
from tests.scenes import BIRGIT, JONAS, KARIN, METTE, NORD, PEOPLE, SARA, SENT, scene

GROUP = (JONAS, SARA)
PROPOSED = tuple(
    RecipientChoice(person, role)
    for person, role in ((JONAS, "leader"), (KARIN, "stand_in"), (BIRGIT, "leaders_leader"))
)


class House:
    """The cases, in memory."""

    def __init__(self, people: dict[PersonId, Person] = PEOPLE) -> None:
        self.people, self.cases, self.texts = dict(people), {}, {}
        self.commands: list[Command] = []
        self.now = SENT
        self.devices: dict[PersonId, str] = {}

    def carry_out(self, command: Command) -> Case:
        case = self.cases.get(command.case, Case(command.case))
        permit(case, command)
        events = decide(case, command, self.now)
        for event in events:
            case = evolve(case, event)
        if events:
            self.commands.append(command)
            self.texts |= {written.item: written.text for written in written_in(command)}
            case = replace(case, version=case.version + 1)
        self.cases[case.id] = case
        return case


class FakeDesk:
    """One activity of one person. `files`: what each of its attachments turns out to be."""

    def __init__(self, house: House, person: PersonId, handled: str, language: str = "da") -> None:
        self.house, self.person, self.handled, self.language = house, person, handled, language
        self.conversation, self.made = f"chat-{person}", 0

    def now(self) -> datetime:
        return self.house.now

    def new_id(self, kind: str) -> str:
        self.made += 1
        return f"{kind}-{self.handled}-{self.made}"

    def new_case(self) -> CaseId:
        return CaseId(f"VK-{self.handled}")

    async def carry_out(self, command: Command) -> Case:
        return self.house.carry_out(command)

    async def draft(self) -> Case | None:
        drafts = [case for case in self.house.cases.values() if case.stage is Stage.DRAFT]
        return next((case for case in drafts if case.reporter == self.person), None)

    async def draft_view(self, case: CaseId) -> DraftView:
        found = self.house.cases.get(case)
        if found is None or found.reporter != self.person:
            raise Refused("not_yours")
        return draft_view(found, self.house.texts, self.house.now)

    async def scene(self, *people: PersonId) -> Scene:
        """As narrow as the house's own: who is asked for, and who the draft knows."""
        draft = await self.draft()
        known = {self.person, *people, *(people_in(draft) if draft else ())}
        found = {person: self.house.people[person] for person in known if person in self.house.people}
        return replace(
            scene(self.language, self.house.now), people=found, device=self.house.devices.get(self.person, "")
        )

    async def search(self, text: str) -> tuple[Person, ...]:
        known = self.house.people
        if text in known:
            return (known[PersonId(text)],)
        return tuple(one for one in known.values() if text.casefold() in f"{one.name} {one.mail}".casefold())

    async def recipients(self, case: Case) -> tuple[tuple[RecipientChoice, ...], tuple[PersonId, ...]]:
        return PROPOSED, (JONAS,)

    async def workplace(self) -> tuple[WorkplaceId | None, tuple[PersonId, ...]]:
        return NORD, GROUP

    def patience(self) -> Patience:
        return Patience()

    async def left_out(self, workplace: WorkplaceId | None) -> tuple[StepId, ...]:
        return ()

    async def guide_of(self, case: CaseId) -> Guide:
        return original()

    def pace(self) -> Pace:
        return PACE

    def working_days(self) -> WorkingDays:
        return WORKING

    async def coach(self, case: CaseId, item: ItemId) -> CoachView:
        return coach_view(self.house.cases[case], self.person, self.house.texts, item)

    def holds(self, device: str) -> None:
        self.house.devices |= {self.person: device} if device in HELD else {}

    async def receive(self, activity: Activity, case: CaseId) -> tuple[EvidenceLine | Refused, ...]:
        files = (file for file in activity.attachments or () if file.content_type != "text/html")
        return tuple(self._received(file, case) for file in files)

    def _received(self, file: Attachment, case: CaseId) -> EvidenceLine | Refused:
        if file.content_type == "application/x-msdownload":
            return Refused("file_refused", name=file.name, type="exe")
        item, name = ItemId(self.new_id("item")), Written(ItemId(self.new_id("name")), file.name)
        command = ReceiveEvidence(
            case=case, by=self.person, item=item, kind=ItemKind.FILE, media_type=file.content_type, size=9, sha256="0",
            name=name,
        )  # fmt: skip
        case = self.house.carry_out(command)
        return evidence_line(case, case.items[item], self.person, self.house.texts)


class Channel(BotAdapter):
    """Shows activities in order; `keeps` False: nothing can be updated, as when a message is too old."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[str, Activity] = {}
        self.keeps, self.takes = True, True

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        if not self.takes:
            raise ConnectionError("The channel takes nothing.")
        return [self._show(activity) for activity in activities]

    def _show(self, activity: Activity) -> ResourceResponse:
        activity.id = f"a{len(self.shown) + 1}"
        self.shown[activity.id] = activity
        return ResourceResponse(id=activity.id)

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        if not self.keeps or activity.id not in self.shown:
            raise ConnectionError("That message cannot be changed.")
        self.shown[activity.id] = activity
        return ResourceResponse(id=activity.id)

    async def delete_activity(self, context: TurnContext, reference: Any) -> None:
        raise AssertionError("No dialog takes a message away.")


class Property:
    """The dialog state of one turn, where a DialogSet looks for it."""

    def __init__(self, state: DialogState) -> None:
        self.state = state

    async def get(self, turn: TurnContext, default: Any = None) -> DialogState:
        return self.state


class Chat:
    """What one person types and presses, and what they see."""

    def __init__(self, house: House | None = None, person: PersonId = METTE, language: str = "da") -> None:
        self.house, self.person, self.language = house or House(), person, language
        self.channel, self.kept, self.turns = Channel(), "", 0

    # -- doing -----------------------------------------------------------------------------------------------------

    async def begins(self, dialog: str, **options: str) -> DialogTurnResult:
        return await self._turn(Activity(type="message", text="noget er sket"), dialog, options)

    async def says(self, text: str, *files: tuple[str, str]) -> DialogTurnResult:
        attached = [Attachment(name=name, content_type=kind) for name, kind in files]
        return await self._turn(Activity(type="message", text=text, attachments=attached))

    async def presses(self, verb: str, on: str = "", args: dict[str, str] | None = None, **fields: str):
        """The latest button of that verb, on a card as it is shown now; fields not given are sent as they stand."""
        card, data = self.button(verb, on, args or {})
        return await self.submits(card, {**self.fields(card), **fields, PRESS: data})

    async def submits(self, card: str, value: dict[str, Any], dialog: str = "") -> DialogTurnResult:
        return await self._turn(Activity(type="message", value=value, reply_to_id=card), dialog)

    async def _turn(self, activity: Activity, dialog: str = "", options: dict | None = None) -> DialogTurnResult:
        self.turns += 1
        activity.id, activity.conversation = f"in{self.turns}", ConversationAccount(id="chat")
        turn = TurnContext(self.channel, activity)
        turn.turn_state["desk"] = FakeDesk(self.house, self.person, activity.id, self.language)
        state = decode_dialog_state(json.loads(self.kept)) if self.kept else DialogState()
        dialogs = DialogSet(Property(state))
        add_all(dialogs)
        context = await dialogs.create_context(turn)
        result = await (context.begin_dialog(dialog, options) if dialog else context.continue_dialog())
        self.kept = json.dumps(encode_dialog_state(state))
        return result

    # -- seeing ----------------------------------------------------------------------------------------------------

    @property
    def case(self) -> Case:
        return next(reversed(self.house.cases.values()))

    @property
    def view(self) -> DraftView:
        return draft_view(self.case, self.house.texts, self.house.now)

    @property
    def active(self) -> bool:
        return bool(self.kept) and bool(json.loads(self.kept)["stack"])

    @property
    def state(self) -> dict[str, str]:
        return json.loads(self.kept)["stack"][0]["state"]

    @property
    def last(self) -> str:
        """All words of what was shown last, card or not."""
        return self.words(next(reversed(self.channel.shown)))

    def words(self, shown: str) -> str:
        activity = self.channel.shown[shown]
        return activity.text or json.dumps(activity.attachments[0].content, ensure_ascii=False)

    @property
    def all_words(self) -> str:
        return "\n".join(self.words(shown) for shown in self.channel.shown)

    def button(self, verb: str, on: str = "", args: dict[str, str] | None = None) -> tuple[str, dict[str, Any]]:
        """Card and data of the latest such button. AssertionError when none is shown."""
        for card, activity in reversed(self.channel.shown.items()):
            if on and card != on or not activity.attachments:
                continue
            for data in _presses(activity.attachments[0].content):
                if data["verb"] == verb and (args or {}).items() <= data.get("args", {}).items():
                    return card, data
        raise AssertionError(f"No button {verb} {args or ''} is shown.")

    def fields(self, card: str) -> dict[str, str]:
        """The fields of a card with what stands in them."""
        inputs = _inputs(self.channel.shown[card].attachments[0].content)
        return {field["id"]: field.get("value", "") for field in inputs}


def _dicts(element: Any) -> Iterator[dict[str, Any]]:
    if isinstance(element, dict):
        yield element
    parts = element.values() if isinstance(element, dict) else element if isinstance(element, list) else ()
    for part in parts:
        yield from _dicts(part)


def _presses(card: dict[str, Any]) -> Iterator[dict[str, Any]]:
    found = (part.get("data") for part in _dicts(card))
    return (data[PRESS] for data in found if isinstance(data, dict) and PRESS in data)


def _inputs(card: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (part for part in _dicts(card) if str(part.get("type", "")).startswith("Input."))

"""Random people press random buttons over months: the real house without HTTP, over a store in memory.

Nothing here knows a button by name. Cards come to people's chats by the house's own notices; whoever is drawn presses
any button on any card that stands in their chat, old ones too, with its fields filled in by kind.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from random import Random
from typing import Any, get_type_hints

from botbuilder.core import TurnContext

from bot.clock import VirtualClock
from bot.directory.file import FileDirectory
from bot.edge import Edge
from bot.keeping.kept import Kept
from bot.keeping.records import Records
from bot.reaching.ways import Invitation, WayClosed
from bot.rehearsal.activities import Sender
from bot.rehearsal.messages import Conversation, Message
from bot.rehearsal.pressing import Button, buttons
from bot.setup.basis import Basis
from bot.setup.organisation import Organisation
from bot.setup.settings import Settings, read_settings
from bot.setup.standing import Standing
from bot.stores import CaseStore, Shelf
from bot.teams.activity import read_activity
from bot.wiring import Wiring
from casework.calendar import local, waking
from casework.case import Case
from casework.people import Person
from casework.texts import read_known
from casework.vocabulary import VAERN, CaseId, PersonId
from tests.memory_store import MemoryCaseStore, MemoryShelf
from tests.months_street import CARD, InTurn, Json, Street, Watched, chat_of, personal

START = datetime(2026, 11, 20, 21, 40, tzinfo=UTC)  # a Friday, 22.40 in Copenhagen
URL = "https://channel.example/"
JUMPS = (*[5] * 8, *[40] * 8, *[150] * 8, *[420] * 6, *[1_440] * 4, *[4_320] * 2, 10_080, 30_240)
"""Minutes that go by between two presses."""
SAID = ("Det gik over stregen.", "Ja", "…", "12", "0", "<b>x</b> **y** [z](https://a.example)", "i morgen", "VK-1",
        "https://facebook.example/nogen", "Vi har talt om det.", "aa " * 400)  # fmt: skip
PROFILE = "https://www.facebook.com/sandheden.om.nord"
NEXT, SEND = "report_next", "report_send"


@cache
def the_settings() -> Settings:
    return read_settings({}, rehearsal=True)


@cache
def recognising() -> Organisation:
    """The same town, where it is decided to recognise known conduct."""
    organisation = the_settings().organisation
    places = tuple(replace(place, administration="nord") for place in organisation.workplaces)
    basis = Basis("nord", "Direktionen", date(2026, 11, 1), date(2036, 11, 1), "Sag 1.")
    return replace(organisation, workplaces=places, known_conduct=(basis,))


class Ways:
    """Mail goes; nothing can be installed: whoever shut the bot out has done so."""

    async def install(self, person: PersonId) -> None:
        raise WayClosed("not_allowed")

    async def mail(self, person: PersonId, subject: str, body: str) -> None:
        return

    async def invite(self, invitation: Invitation) -> None:
        raise WayClosed("not_set_up")


@dataclass
class Months:
    """One town over some months. `chance` decides; the same seed is the same story."""

    chance: Random
    records: type[Records] = Records
    store: MemoryCaseStore = field(default_factory=MemoryCaseStore)
    told: list[str] = field(default_factory=list)
    """What people did, for whoever reads how it came about."""

    def __post_init__(self) -> None:
        self.clock, self._numbers = VirtualClock(START), count(1)
        self.street = Street(self.clock.now)
        self.recognises = Random(repr(self.chance.getstate())).random() < 0.5
        self.organisation = recognising() if self.recognises else the_settings().organisation
        self.place = self.organisation.workplaces[0]
        works_here = (self.place.leader, self.place.stand_in, self.place.leaders_leader, *self.place.group)
        at_work = [one for one in self.organisation.people if self.organisation.works_at.get(one.id) == self.place.id]
        self.people = {one.id: one for one in self.organisation.people if one in at_work or one.id in works_here}
        self.silent = {person for person in self.people if self.chance.random() < 0.12}
        self._shelves: dict[str, MemoryShelf] = {}
        self._pressed: Counter[str] = Counter()
        self.build()

    # -- the house ----------------------------------------------------------------------------------------------

    def build(self) -> None:
        """A house on what is kept, as after a start."""
        standing = Standing(self.organisation)
        edge = Edge(**{one.name: None for one in fields(Edge)} | {"connector": self.street})
        directory = FileDirectory(lambda: standing.organisation)
        self.house = Wiring(the_settings(), standing, self.clock, edge, self._kept(), directory, Ways(), self.clock.now)
        self.house.outbox.postman = Watched(self.house.outbox.postman)

    def _kept(self) -> Kept:
        """Whatever is kept lies on a shelf of its name."""
        return Kept(**{name: self._lying(name, kind) for name, kind in get_type_hints(Kept).items()})

    def _lying(self, name: str, kind: Any) -> Any:
        if kind in (CaseStore, Shelf):
            return self.store if kind is CaseStore else self._shelf(name)
        if not isinstance(kind, type):  # orders, and their answers
            return self._shelf(f"{name} in"), self._shelf(f"{name} out")
        return (self.records if kind is Records else kind)(self._shelf(name))

    def _shelf(self, name: str) -> MemoryShelf:
        return self._shelves.setdefault(name, MemoryShelf())

    async def settled(self) -> None:
        """What is due is said, and what can be sent has come."""
        before = None
        while (now := (await self.store.pending(), self.store.written)) != before:
            before = now
            await self.house.recognising.once()
            await self.house.round.once()
            await self.house.outbox.once()
        await self.house.turns.finish()

    async def case(self, case: str) -> Case:
        return (await self.house.caseworker.open(CaseId(case))).case

    async def passes(self, until: datetime) -> None:
        """The house is asked whenever something is due on the way, as its loops would be."""
        while (due := await self._next()) and due < until:
            self.clock.move_to(max(due, self.clock.now()))
            await self.settled()
            if await self._next() == due:
                break  # asked in vain: the check of what is due says so
        self.clock.move_to(until)
        await self.settled()

    async def _next(self) -> datetime | None:
        waiting = [row.not_before for row in await self.store.pending() if row.not_before]
        soon = [moment for moment in (*waiting, await self.store.next_due()) if moment]
        return min((moment for moment in soon if moment > self.clock.now()), default=None)

    # -- what people do -----------------------------------------------------------------------------------------

    async def says(self, person: PersonId, text: str, conversation: Conversation | None = None) -> None:
        sender = self._sender(person, conversation)
        await self._turn(sender, sender.message(self._id(), self.clock.now(), text, []))

    async def presses(self, person: PersonId, message: str, button: Button, typed: Mapping[str, Any],
                      conversation: Conversation | None = None) -> None:  # fmt: skip
        sender, at = self._sender(person, conversation), self.clock.now()
        on, data = Message(message, VAERN, at), button.values(typed)
        if button.action["type"] == "Action.Submit":
            return await self._turn(sender, sender.submit(self._id(), at, data, on))
        answer = await self._turn(sender, sender.execute(self._id(), at, button.action, data, on))
        if answer and answer.get("type") == CARD and message in self.street.chats[sender.conversation.id]:
            document = {"attachments": [{"contentType": CARD, "content": answer["value"]}]}
            self.street.put(sender.conversation.id, message, document)

    async def _turn(self, sender: Sender, document: Json) -> Json | None:
        turn = TurnContext(InTurn(self.street, sender.conversation.id), read_activity(document))
        await self.house.conversation.on_turn(turn)
        left = turn.turn_state.get(TurnContext._INVOKE_RESPONSE_KEY)
        return left.value.body if left else None

    def _sender(self, person: PersonId, conversation: Conversation | None) -> Sender:
        who, settings = self.people[person], the_settings()
        where = conversation or personal(person, who.name)
        return Sender(who, where, URL, settings.app_id, settings.tenant_id)

    def _id(self) -> str:
        return f"in{next(self._numbers)}"

    @property
    def channel(self) -> Conversation:
        return Conversation(f"19:{self.place.id}@thread.tacv2", "channel", self.place.name, self.place.group)

    async def connect_the_group(self) -> None:
        await self.says(self.place.group[1], "tilslut", self.channel)

    # -- reports ------------------------------------------------------------------------------------------------

    async def reports(self, person: PersonId, **said: str) -> bool:
        """From the first word to Send, by the buttons of the forms. Whether it was sent."""
        answers = {**self.an_ordinary_report(), **said}
        await self.says(person, "noget er sket")
        for _ in range(12):
            found = self.newest(person, SEND) or self.newest(person, NEXT)
            if found is None:
                return False
            message, button = found
            ids = {one["id"] for one in button.fields}
            await self.presses(person, message, button, {name: answers[name] for name in ids & answers.keys()})
            if button.action["data"]["press"]["verb"] == SEND:
                self.told.append(f"{self.clock.now():%d.%m. %H.%M} {self.people[person].name} reports {said}")
                return True
        return False

    def an_ordinary_report(self) -> dict[str, str]:
        began = local(self.clock.now() - timedelta(hours=self.chance.choice((1, 1, 2, 20, 50, 80))))
        when = {"certainty": "exact", "date": f"{began:%Y-%m-%d}", "time": f"{began:%H:%M}"}
        who = {
            "originator": "identifier_only",
            "identifier": "Sandheden",
            "links": PROFILE,
            "recipient": self.place.leader,
        }
        return {"whom": "me", "account": "Der er lagt et opslag op.", "media": "facebook", "forms": "threats",
                **when, **who}  # fmt: skip

    def newest(self, person: PersonId, verb: str) -> tuple[str, Button] | None:
        """The last message with such a button in the person's chat."""
        for message, card in reversed(self.street.cards(chat_of(person)).items()):
            for button in buttons(card):
                if verb_of(button) == verb:
                    return message, button
        return None

    # -- by chance ----------------------------------------------------------------------------------------------

    async def somebody_reports(self) -> None:
        person = self.chance.choice([one for one in self.people if one != self.place.leader or self._seldom()])
        others = self.chance.sample([one for one in self.people if one != person], 3)
        names = "\n".join(self.people[one].name for one in others[: self.chance.randint(1, 3)])
        whom = self.chance.choice(("me", "me", "colleague", "several", "workplace"))
        said = {"whom": whom, "people": names if whom in ("colleague", "several") else ""}
        if self._seldom():
            said |= {"originator": "workplace", "colleague": self.people[self.chance.choice(others)].name}
        if self._seldom():
            said |= {"recipient": str(self.place.stand_in)}
        await self.reports(person, **said)

    async def begins(self) -> None:
        """A group, and a case."""
        if self.chance.random() < 0.7:
            await self.connect_the_group()
        await self.somebody_reports()
        if not self.street.came or not any(len(self.store.commits(case)[-1].people) > 1 for case in self.store.cases):
            await self.reports(next(one for one in self.people if self.people[one].name == "Mette Lund"))
        await self.settled()

    async def something(self) -> None:
        """One thing that somebody does, or some time."""
        kind = self.chance.random()
        if kind < 0.22:
            await self.time_goes_by()
        elif kind < 0.25:
            self.build()
        elif kind < 0.28:
            self.a_door()
        elif kind < 0.34:
            await self.says(self._someone(), self._word())
        elif kind < 0.35:
            await self.somebody_reports()
        else:
            await self.somebody_presses()
        await self.settled()

    async def time_goes_by(self) -> None:
        until = self.clock.now() + timedelta(minutes=self.chance.choice(JUMPS))
        if not waking(until) and self.chance.random() < 0.8:
            until += timedelta(hours=9)
        await self.passes(until)

    def a_door(self) -> None:
        """Somebody shuts the bot out, or everybody lets it in again."""
        if self.street.shut:
            self.street.shut.clear()
        else:
            self.street.shut.add(chat_of(self.chance.choice(list(self.people))))

    async def somebody_presses(self) -> None:
        places = [self.channel.id, *(chat_of(person) for person in self.people if person not in self.silent)]
        there = [(place, *one) for place in places for one in self._pressable(place)]
        if not there:
            return
        place, message, button = self.chance.choices(there, [self._tempting(button) for *_, button in there])[0]
        self._pressed.update((_what(button), verb_of(button)))
        person, conversation = self._whose(place)
        self.told.append(f"{local(self.clock.now()):%d.%m. %H.%M} {self.people[person].name}: {button.action['data']}")
        await self.presses(person, message, button, self._filled(button), conversation)
        self._heard_from(person)

    def _tempting(self, button: Button) -> float:
        """What was pressed least, and what stands in a case: so that few presses get far."""
        in_a_case = "case" in button.action["data"]["press"]
        before = (1 + self._pressed[_what(button)]) ** 2 * (1 + self._pressed[verb_of(button)])
        return (9 if in_a_case else 1) / before

    def _heard_from(self, person: PersonId) -> None:
        self.street.shut.discard(chat_of(person))  # whoever writes can be reached

    def _whose(self, place: str) -> tuple[PersonId, Conversation | None]:
        if place == self.channel.id:
            return self.chance.choice(self.place.group), self.channel
        return PersonId(place.removeprefix("a:")), None

    def _pressable(self, place: str) -> Iterator[tuple[str, Button]]:
        for message, card in self.street.cards(place).items():
            for button in buttons(card):
                if verb_of(button) and button.action.get("isEnabled", True):
                    yield message, button

    def _someone(self) -> PersonId:
        return self.chance.choice(list(self.people))

    def _word(self) -> str:
        known = read_known("da")
        word = self.chance.choice(known[self.chance.choice(sorted(known))])
        number = str(self.chance.randint(1, 22))
        filled = word.replace("{step}", number).replace("{until}", "fredag").replace("{reason}", "ikke her")
        return filled if "{" not in filled and self.chance.random() < 0.9 else self.chance.choice(SAID)

    def _seldom(self) -> bool:
        return self.chance.random() < 0.2

    # -- fields -------------------------------------------------------------------------------------------------

    def _filled(self, button: Button) -> dict[str, str]:
        if button.action.get("associatedInputs") == "none":
            return {}
        return {one["id"]: self._value(one) for one in button.fields if self.chance.random() < 0.9}

    def _value(self, one: Json) -> str:
        match one["type"]:
            case "Input.ChoiceSet" if one.get("choices"):
                values = [choice["value"] for choice in one["choices"]]
                several = self.chance.sample(values, min(len(values), 2)) if one.get("isMultiSelect") else ()
                return ",".join(several) or self.chance.choice(values)
            case "Input.Date":
                days = self.chance.choice((-9, -2, -1, -1, 0, 0, 1, 7, 400))
                return f"{local(self.clock.now()) + timedelta(days=days):%Y-%m-%d}"
            case "Input.Time":
                return f"{self.chance.randint(0, 23):02}:{self.chance.choice((0, 15, 30)):02}"
            case "Input.Toggle":
                return self.chance.choice((one.get("valueOn", "true"), one.get("valueOff", "false")))
            case "Input.Number":
                return str(self.chance.choice((0, 1, 3, 14, 9999, -1)))
        return self._words()

    def _words(self) -> str:
        people: list[Person] = list(self.people.values())
        return self.chance.choice((self.chance.choice(people).name, *SAID[:2], self.chance.choice(SAID)))


def _what(button: Button) -> str:
    press = button.action["data"]["press"]
    return f"{press['verb']} {sorted(press.get('args', {}).values())}"


def verb_of(button: Button) -> str:
    """The verb of a press; empty for what a client does by itself."""
    data = button.action.get("data")
    said = data.get("press") if isinstance(data, Mapping) else None
    return str(said.get("verb", "")) if isinstance(said, Mapping) else ""

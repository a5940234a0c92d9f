"""A whole Værn for one story: the real bot over real HTTP with real signed tokens, a local channel, a virtual clock.

async with story() as s:
    await s.mette.say("Noget er sket")
    await s.jonas.press("Har set det")
    await s.passes(hours=6)
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from structlog.testing import capture_logs

from bot.app import App
from bot.clock import VirtualClock
from bot.directory.graph_client import GraphClient
from bot.rehearsal.channel import LocalChannel
from bot.rehearsal.chat import Chat
from bot.rehearsal.pressing import buttons
from bot.rehearse import local_settings
from bot.setup.settings import Settings, read_settings
from cards.show import as_text
from cards.verbs import VERBS
from casework import wire
from casework.calendar import at_clock
from casework.case import Case
from casework.plan import read_plan
from casework.vocabulary import CaseId
from tests.graph_world import Graph, local_client, with_graph
from tests.recording import record
from tests.ways import WaysByHand

SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)  # 11.00 in Copenhagen, a day after what happened
MASTER_KEY = bytes(range(32))
SECRET = "only for stories"

KEPT_IN: ContextVar[dict[str, str]] = ContextVar("kept_in", default={})  # noqa: B039 - never changed, only replaced
"""The settings that say where the stories' cases are kept."""

PEOPLE = {
    "mette": "Mette Lund",
    "jonas": "Jonas Friis",
    "karin": "Karin Holm",
    "birgit": "Birgit Dam",
    "sara": "Sara Nygaard",
    "ali": "Ali Demir",
    "peter": "Peter Vang",
    "lise": "Lise Bech",
    "nadia": "Nadia Krogh",
    "tom": "Tom Riis",
    "eva": "Eva Winther",
    "anne": "Anne Berg",
}


@dataclass
class Story:
    """People by first name are their chats: `s.mette.say(...)`. `s.group` is the health and safety group's channel."""

    folder: Path
    clock: VirtualClock
    settings: Settings
    channel: LocalChannel
    app: App | None = None
    graph: Graph | None = None
    """Entra, where the story has one."""
    ways: WaysByHand = field(default_factory=WaysByHand)
    by_hand: bool = True
    """Whether the ways to people are these, or what the settings say."""

    def __getattr__(self, name: str) -> Chat:
        if name not in PEOPLE:
            raise AttributeError(name)
        return self.channel.chat(self.id(name))

    def id(self, name: str) -> str:
        return next(person.id for person in self.settings.organisation.people if person.name == PEOPLE[name])

    @property
    def group(self) -> Chat:
        place = self.settings.organisation.workplaces[0]
        return self.channel.team_channel(place.id, place.name, (self.id("sara"), self.id("jonas")))

    async def start(self, master_key: bytes = MASTER_KEY) -> None:
        channel = local_settings(self.channel, self.settings, SECRET)
        self.ways.channel = self.channel
        ways = self.ways if self.by_hand else None
        self.app = await App.open(self.settings, channel, self.clock, master_key, self._entra, ways)
        await self.app.start()
        self.channel.bot_url = f"{self.app.url}/api/messages"

    def _entra(self, _: Settings) -> GraphClient:
        """Asked for only where the story has Entra."""
        return local_client(self.graph.url)

    async def stop(self) -> None:
        if self.app:
            await self.app.stop()
            self.app = None

    async def restart(self) -> None:
        """The bot is stopped and started on the same files."""
        await self.stop()
        await self.start()

    def shut(self, *names: str) -> None:
        """Nothing the bot sends reaches these people from now on."""
        self.channel.unreachable |= {self.id(name) for name in names}

    async def settled(self) -> None:
        """Everything due is said and everything that can be sent has arrived."""
        await self.app.settled()

    async def passes(self, **time: float) -> None:
        """Time goes by, and what it brings arrives."""
        self.clock.move_by(timedelta(**time))
        await self.settled()

    async def until(self, day: datetime) -> None:
        self.clock.move_to(day)
        await self.settled()

    async def settings_changed(self) -> None:
        """The two looks by which a changed file is noticed."""
        await self.app.renewal.look()
        await self.app.renewal.look()

    async def cases(self, name: str) -> tuple[Case, ...]:
        """The person's cases as they are in the store."""
        ids = await self.app.store.cases_of(self.id(name))
        return tuple([(await self.app.office.caseworker.open(CaseId(case))).case for case in ids])

    async def case(self, name: str = "mette") -> Case:
        return (await self.cases(name))[-1]

    async def facts(self, name: str = "mette") -> list[str]:
        """The wire names of what has happened in the person's newest case, in order."""
        return [wire.encode(event)["event"] for event in (await self.case(name)).log]

    # -- what most stories begin with ----------------------------------------------------------------------------

    async def connect_group(self) -> None:
        await self.group.install()
        await self.group.say("tilslut")

    async def report(self, chat: Chat, **said: str) -> None:
        """From the first word to Send, by buttons. `said` overrides the answers of the forms, by input id."""
        answers = {**ORDINARY, "recipient": self.id("jonas"), **said}
        await chat.say("noget er sket")
        for form in FORMS:
            await chat.press("Næste", {name: answers[name] for name in form if name in answers})
        await chat.press("Send")
        await self.settled()

    async def opened(self, chat: Chat) -> None:
        """The notice is opened, and "I have seen it" pressed."""
        await self.does(chat, "open_case")
        await self.does(chat, "mark_seen")

    async def analysis_taken(self) -> None:
        """Mette has reported and Jonas has seen it; two weeks later Sara takes the analysis for her group."""
        await self.connect_group()
        await self.report(self.mette)
        await self.opened(self.jonas)
        await self.until(SUNDAY + timedelta(days=15))
        await self.does(self.group, "take_analysis", by="sara")

    async def does(self, chat: Chat, verb: str, inputs: dict | None = None, by: str | None = None, **args: str):
        """Press the newest button of that verb (and arguments) in the chat, and let everything arrive."""
        message, action = self.button(chat, verb, **args)
        answer = await chat.press(action, inputs or {}, card=message, by=self.id(by) if by else None)
        await self.settled()
        return answer

    def button(self, chat: Chat, verb: str, **args: str):
        """The newest message that has such a button, and the button's action. LookupError when none has."""
        for message in reversed(chat.messages):
            for button in buttons(message.card or {}):
                press = (button.action.get("data") or {}).get("press", {})
                if press.get("verb") == verb and args.items() <= press.get("args", {}).items():
                    return message, button.action
        raise LookupError(f"No button {verb} {args} in {chat.conversation.name}.")

    def has(self, chat: Chat, verb: str, **args: str) -> bool:
        try:
            return bool(self.button(chat, verb, **args))
        except LookupError:
            return False

    async def step(self, chat: Chat, step: str, verb: str = "complete_step", inputs: dict | None = None, **args: str):
        """Open a step's card and press a button on it."""
        number = next(row.number for row in read_plan() if row.id == step)
        await chat.say(f"åbn {number}")
        return await self.does(chat, verb, inputs, **({"step": step} if verb in STEP_VERBS else args))


STEP_VERBS = frozenset(verb for verb, spec in VERBS.items() if "step" in spec.args)


FORMS = (
    ("whom", "people", "danger"),
    ("account", "media", "forms", "going_on", "shared", "recorded", "working_hours"),
    ("certainty", "date", "time"),
    ("originator", "identifier", "links", "colleague"),
    ("recipient", "other", "stay_out"),
)
ORDINARY = {
    "whom": "me",
    "account": "Der er lagt et opslag op om mig.",
    "media": "facebook",
    "forms": "degrading",
    "certainty": "exact",
    "date": "2026-11-21",
    "time": "14:10",
    "originator": "identifier_only",
    "identifier": "Sandheden om Nord",
}
"""Mette Lund, a post on Saturday 21 November at 14.10, told on Sunday."""


def said(chat: Chat) -> str:
    """Everything that stands in a chat now, cards included, as one text; hard spaces as ordinary ones."""
    parts = (f"{sent.text or ''}\n{as_text(sent.card) if sent.card else ''}" for sent in chat.messages)
    return "\n".join(parts).replace("\xa0", " ")


@contextmanager
def kept_in(database: str) -> Iterator[None]:
    """Stories told within it keep their cases in PostgreSQL."""
    before = KEPT_IN.set({"CASE_STORE": "postgres", "VAERN_DATABASE": database})
    try:
        yield
    finally:
        KEPT_IN.reset(before)


@asynccontextmanager
async def story(
    now: datetime = SUNDAY,
    folder: Path | None = None,
    *,
    breaks: bool = False,
    graph: Graph | None = None,
    by_hand: bool = True,
    **environment: str,
) -> AsyncIterator[Story]:
    """A running house, closed again at the end. Unless it is meant to break (`breaks`), no fault was logged in it.

    `by_hand`: the ways beside the chat are the hand-made ones, which a story can let fail.
    """
    with capture_logs() as lines:
        async with _story(now, folder, graph, by_hand and graph is None, environment) as told:
            yield told
    faults = [line for line in lines if line["log_level"] == "error"]
    assert breaks or not faults, f"Something broke inside Værn: {faults}"


@asynccontextmanager
async def _story(
    now: datetime, folder: Path | None, graph: Graph | None, by_hand: bool, environment: Mapping[str, str]
) -> AsyncIterator[Story]:
    async with AsyncExitStack() as stack:
        where = folder or Path(stack.enter_context(TemporaryDirectory(prefix="vaern-")))
        clock, said = VirtualClock(now), {**KEPT_IN.get(), **environment}
        settings = replace(read_settings(said, rehearsal=True), data=where, port=0, host="127.0.0.1")
        settings = with_graph(settings) if graph else settings
        people = settings.organisation.people
        channel = LocalChannel("", settings.app_id, SECRET, settings.tenant_id, people, clock)
        await channel.start()
        stack.push_async_callback(channel.stop)
        told = Story(where, clock, settings, channel, graph=graph, by_hand=by_hand)
        stack.push_async_callback(told.stop)
        await told.start()
        yield told
        await record(told)


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment on Copenhagen's clocks."""
    return at_clock(date(year, month, day), time(hour, minute))

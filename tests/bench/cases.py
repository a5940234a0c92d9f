"""As many cases as are asked for between the people of a measurement: real stories, retold under other ids."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from bot.keeping.records import Record, Records, card_key
from bot.stores import Commit
from bot.stores.shelf import FileShelf
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from casework import wire
from casework.access import people_of
from casework.evolving import replay
from casework.reminders import next_due
from tests.bench.crowd import CROWD, MASTER_KEY, employee, leader
from tests.story import Story, story

DONE = (
    "talk",
    "documentation",
    "help",
    "safetynet",
    "case_handling",
    "risk_assessment",
    "avoid_contact",
    "upper_management",
)
NOT_RELEVANT = (
    "keep_updated",
    "ask_colleagues",
    "ask_author",
    "ask_site",
    "datatilsynet",
    "injunction",
    "inform_colleagues",
    "debriefing",
)
STEPS = ("talk", "documentation", "help", "legal_staff")
"""What the leaders complete, one after the other."""

Retold = Callable[[Story], Awaitable[None]]
"""What happens after Mette has reported."""


def case_id(number: int) -> str:
    return f"VK-{number:04d}-222"


def step_card(number: int, step: str) -> str:
    """The message in the leader's chat that shows this step of that case."""
    return f"step-{number}-{step}"


async def seed(folder: Path, cases: int, service_url: str, hundred: Mapping[Retold, int] | None = None) -> None:
    """So many cases, each told to a leader: both have its card before them in their own chat.

    `hundred`: how many of a hundred each story is of. Without it the leader has seen every case, and [Åbn] has shown
    them the cards of STEPS; nothing else is done.
    """
    told = [one for story, times in (hundred or {seen: 1}).items() for one in [await _told(story)] * times]
    vault = Vault(folder / "keys", MASTER_KEY)
    store = await TinyCaseStore.open(folder / "cases", vault)
    for number in range(cases):
        await store.append(case_id(number), _retold(told[number % len(told)], number), after=0)
    shelf = FileShelf(folder / "conversations", vault, "conversations")
    await _in_their_chats(shelf, cases, service_url, () if hundred else STEPS)
    await store.close()


async def _in_their_chats(shelf: FileShelf, cases: int, service_url: str, steps: Sequence[str]) -> None:
    records = Records(shelf)
    reference = {"serviceUrl": service_url}
    for crowd in range(CROWD):
        theirs = range(crowd, cases, CROWD)
        cards = {card_key(case_id(number), "case"): f"card-{number}" for number in theirs}
        opened = {card_key(case_id(n), "step", step): step_card(n, step) for n in theirs for step in steps}
        for person, known in ((employee(crowd), cards), (leader(crowd), cards | opened)):
            await records.save(Record(f"a:{person}", person=person, reference=reference, cards=known))
    await shelf.close()


async def seen(s: Story) -> None:
    """Nothing is done about it: the police's deadline passes, and the leader is asked for words every third day."""
    await s.does(s.jonas, "open_case")
    await s.does(s.jonas, "mark_seen")


async def plan_followed(s: Story, **analysed: str) -> None:
    """To its end, but for the police."""
    await seen(s)
    for step in DONE:
        await s.step(s.jonas, step)
    for step in NOT_RELEVANT:
        await s.step(s.jonas, step, "set_step_aside", {"reason": "It does not fit here."})
    await s.step(s.jonas, "analysis", "show_analysis")
    await s.does(s.jonas, "finish_analysis", {"possible": "Long waits", **analysed})


async def measure_goes_on(s: Story) -> None:
    """The plan was followed; what was decided is asked about every month, and nobody answers."""
    await plan_followed(s, measures="Clearer letters")


async def _told(on: Retold) -> dict[str, str]:
    """The story's ids and its log as JSON."""
    async with story() as s:
        await s.report(s.mette)
        await on(s)
        case = await s.case()
        stored = await s.app.store.load(case.id)
        log = json.dumps({"events": list(stored.events), "texts": dict(stored.texts)})
        return {"log": log, "case": case.id, "employee": s.id("mette"), "leader": s.id("jonas")}


def _retold(told: dict[str, str], number: int) -> Commit:
    log, crowd = told["log"], number % CROWD
    others = {"case": case_id(number), "employee": employee(crowd), "leader": leader(crowd)}
    for name, id in others.items():
        log = log.replace(told[name], id)
    kept = json.loads(log)
    events = [wire.decode(event) for event in kept["events"]]
    case = replay(case_id(number), iter(events), 1)
    return Commit(
        at=events[0].at,
        events=tuple(kept["events"]),
        texts=kept["texts"],
        next_due=next_due(case),
        people=people_of(case),
    )

"""As many cases as are asked for between the people of a measurement: one real story, retold under other ids."""

import json
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
from tests.story import story

STEPS = ("talk", "documentation", "help", "legal_staff")
"""What the leaders complete, one after the other."""


def case_id(number: int) -> str:
    return f"VK-{number:04d}-222"


def step_card(number: int, step: str) -> str:
    """The message in the leader's chat that shows this step of that case."""
    return f"step-{number}-{step}"


async def seed(folder: Path, cases: int, service_url: str) -> None:
    """So many cases, each told to a leader who has seen it: both have its card before them in their own chat, and the
    leader the steps' too, as [Åbn] has shown them.
    """
    told = await _told()
    vault = Vault(folder / "keys", MASTER_KEY)
    store = await TinyCaseStore.open(folder / "cases", vault)
    for number in range(cases):
        await store.append(case_id(number), _retold(told, number), after=0)
    await _in_their_chats(FileShelf(folder / "conversations", vault, "conversations"), cases, service_url)
    await store.close()


async def _in_their_chats(shelf: FileShelf, cases: int, service_url: str) -> None:
    records = Records(shelf)
    reference = {"serviceUrl": service_url}
    for crowd in range(CROWD):
        theirs = range(crowd, cases, CROWD)
        cards = {card_key(case_id(number), "case"): f"card-{number}" for number in theirs}
        opened = {card_key(case_id(n), "step", step): step_card(n, step) for n in theirs for step in STEPS}
        for person, known in ((employee(crowd), cards), (leader(crowd), cards | opened)):
            await records.save(Record(f"a:{person}", person=person, reference=reference, cards=known))
    await shelf.close()


async def _told() -> dict[str, str]:
    """The story's ids and its log as JSON."""
    async with story() as s:
        await s.report(s.mette)
        await s.does(s.jonas, "open_case")
        await s.does(s.jonas, "mark_seen")
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

"""What an administrator asks of the running bot at the command line: to move the cases of one leader to another.

The store is locked by the process that runs, so an order is a sealed document on a shelf beside the cases (`orders`),
picked up within seconds, and answered on another (`answers`). Only whoever has the master key can write one that is
read, nothing new listens anywhere, and an order given while the bot is down is carried out when it starts.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import structlog

from bot.caseworker import Caseworker
from bot.directory import Directory, DirectoryUnreachable
from bot.ids import new_order_id
from bot.stores import CaseStore, Shelf, StoreAway
from bot.stores.shelf import FileShelf
from bot.stores.vault import Vault
from casework.commands import MoveCase
from casework.vocabulary import VAERN, CaseId, PersonId, Refused, Stage

log = structlog.get_logger()

LOOKS_EVERY = 2.0  # seconds
ORDERS, ANSWERS = "orders", "answers"
MOVED, REFUSED, UNKNOWN = "moved", "refused", "unknown"


def open_shelves(folder: Path, vault: Vault) -> tuple[FileShelf, FileShelf]:
    """Orders and answers in files, for whoever gives an order: the running bot writes there too."""
    orders, answers = (FileShelf(folder / name, vault, name, tidy=False) for name in (ORDERS, ANSWERS))
    return orders, answers


class Orders:
    """The bot's side."""

    def __init__(self, shelves: tuple[Shelf, Shelf], caseworker: Caseworker, store: CaseStore, directory: Directory):
        (self.orders, self.answers), self.caseworker = shelves, caseworker
        self.store, self.directory = store, directory
        self._one_round = asyncio.Lock()

    async def run(self) -> None:
        """Never returns; cancelled at the end."""
        await self._or_later(self._forget_answers)
        while True:
            await self._or_later(self.once)
            await asyncio.sleep(LOOKS_EVERY)

    async def _or_later(self, work: Callable[[], Awaitable[None]]) -> None:
        """The loop outlives a database that is away."""
        try:
            await work()
        except StoreAway:
            log.info("orders_not_looked_at")

    async def _forget_answers(self) -> None:
        """Of before the start: nobody waits for these any more."""
        for old in await self.answers.keys():
            await self.answers.drop(old)

    async def once(self) -> None:
        """Carry out what lies there. The same order again, after a crash, moves nothing twice."""
        async with self._one_round:
            for order in await self.orders.keys():
                try:
                    await self._answered(order)
                except Exception as fault:  # it stays there, and is looked at again
                    log.error("order_failed", order=order, reason=type(fault).__name__)

    async def _answered(self, order: str) -> None:
        if asked := await self.orders.get(order):
            await self.answers.put(order, await self.carried_out(asked))
        await self.orders.drop(order)

    async def carried_out(self, order: Mapping[str, Any]) -> dict[str, Any]:
        """Which cases were moved, and which not and why: ids and codes only."""
        former, to = PersonId(order["former"]), PersonId(order["to"])
        try:
            if await self.directory.person(to) is None:
                return {UNKNOWN: to}
        except DirectoryUnreachable:
            return {UNKNOWN: to}
        cases = [CaseId(order["case"])] if order.get("case") else await self.held_by(former)
        outcomes = {case: await self._moved(case, former, to) for case in cases}
        return {
            MOVED: [case for case, why in outcomes.items() if not why],
            REFUSED: {case: why for case, why in outcomes.items() if why},
        }

    async def held_by(self, person: PersonId) -> list[CaseId]:
        """Every open case the person has now. One that cannot be read is in the administrator's list already."""
        found = []
        for case in await self.store.cases_of(person):
            try:
                opened = (await self.caseworker.open(CaseId(case))).case
            except Exception as fault:
                log.error("case_not_read", case=case, reason=type(fault).__name__)
                continue
            if opened.recipient == person and opened.stage in (Stage.OPEN, Stage.CALL):
                found.append(opened.id)
        return found

    async def _moved(self, case: CaseId, former: PersonId, to: PersonId) -> str:
        """Why not; empty when it is done."""
        try:
            await self.caseworker.carry_out(MoveCase(case=case, by=VAERN, former=former, to=to))
        except Refused as refused:
            return "no_such_case" if refused.key == "not_yours" else refused.key
        log.info("case_moved", case=case, former=former, to=to)
        return ""


async def give_order(shelves: tuple[Shelf, Shelf], order: Mapping[str, str]) -> str:
    """The errand's side: the order lies there on return. Its id, under which the answer comes."""
    name = new_order_id()
    await shelves[0].put(name, dict(order))
    return name


async def answer_to(shelves: tuple[Shelf, Shelf], name: str) -> dict[str, Any] | None:
    """The answer, once it is there: then it is taken away."""
    answers = shelves[1]
    if name not in await answers.keys():  # not `get`: it would remember that there was none
        return None
    answer = await answers.get(name)
    await answers.drop(name)
    return answer

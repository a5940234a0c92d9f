"""A message that waits for its turn in a chat is drawn from the case as it is then, not as it was before."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.caseworker import Caseworker
from bot.stores.turns import Turns
from casework.commands import GiveAccount, MoveCase, Written
from casework.vocabulary import VAERN, ItemId
from tests.story import Story, story

Result = TypeVar("Result")


class BusyChat(Turns):
    """Something goes on in that chat when it is asked for a turn: `meanwhile` happens before it is free."""

    def __init__(self, chat: str, meanwhile: Callable[[], Awaitable[object]]) -> None:
        super().__init__()
        self.chat, self.meanwhile = chat, meanwhile
        self.happened = False

    async def take(self, key: str, work: Callable[[], Awaitable[Result]]) -> Result:
        async def late() -> Result:
            if key == self.chat and not self.happened:
                self.happened = True
                await self.meanwhile()
            return await work()

        return await super().take(key, late)


async def more_is_told(s: Story, meanwhile: Callable[[Caseworker], Awaitable[object]]) -> list[str]:
    """What came to Jonas of it, after that happened while it waited for its turn."""
    worker, case = s.app.office.caseworker, await s.case()
    chat = (await s.app.office.records.of_person(s.id("jonas"))).id
    turns, posted = BusyChat(chat, lambda: meanwhile(worker)), len(s.channel.received)
    s.app.outbox.postman.postman.postman.turns = turns
    account = Written(ItemId("more"), "Og han skrev igen.")
    await worker.carry_out(GiveAccount(case=case.id, by=s.id("mette"), account=account))
    await s.settled()
    assert turns.happened
    return [str(one.body) for one in s.channel.received[posted:] if chat in one.path]


async def test_a_case_that_went_meanwhile_stands_in_no_chat_anew():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)

        async def erased(worker: Caseworker) -> None:
            await worker.erase(await s.case())

        assert await more_is_told(s, erased) == []


async def test_whoever_does_not_have_it_any_more_is_not_shown_what_came_after():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        move = MoveCase(case=(await s.case()).id, by=VAERN, former=s.id("jonas"), to=s.id("karin"))
        sent = await more_is_told(s, lambda worker: worker.carry_out(move))

        assert sent and not any("Mette" in body for body in sent)

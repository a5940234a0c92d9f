"""A file that waits for a yes goes to nobody who could not ask for it any more, and is erased with its case."""

import pytest

from bot.delivering.about import About, Kind
from bot.delivering.offered import File
from bot.delivering.protocol import CONTEXT
from bot.desk import Desk
from bot.rehearsal.chat import Chat
from casework.commands import MoveCase, WithdrawItem
from casework.vocabulary import VAERN, PersonId
from tests.crafted import Crafted, press
from tests.story import Story, said, story
from tests.test_stories_letters import reported
from tests.test_stories_packages import with_evidence

OVER = "Filen ligger ikke klar længere."


async def waits(s: Story, chat: Chat, verb: str = "make_package", **how: str) -> None:
    """The file was asked for, and nobody has answered yet."""
    await press(chat, Crafted(verb, how), (await s.case()).id)
    await s.settled()
    assert len(questions(chat)) == 1 and await kept(s), "It lies ready."


def questions(chat: Chat):
    return [message for message in chat.messages if message.question and not message.question.answered]


def laid(chat: Chat):
    return [file for message in chat.messages if message.sender == "vaern" for file in message.files]


async def kept(s: Story) -> tuple[str, ...]:
    return await s.app.office.delivery.offered.shelf.keys()


async def contents(s: Story) -> list[str]:
    return [key for key in await kept(s) if "." in key]


async def gets_nothing(s: Story, chat: Chat, words: str = OVER) -> None:
    """A yes is answered in words, nothing is laid anywhere, and no content is left in the house."""
    (question,) = questions(chat)
    assert (await chat.answer_file(True, question)).ok
    await s.settled()
    assert laid(chat) == [] and words in said(chat) and await contents(s) == []


@pytest.mark.parametrize(
    ("verb", "how"), [("make_package", {"package": "police"}), ("make_documentation", {})], ids=["package", "paper"]
)
async def test_what_was_withdrawn_is_in_no_file_that_waited(verb, how):
    async with story() as s:
        await with_evidence(s)
        await waits(s, s.jonas, verb, **how)
        await s.mette.say("hvad er delt")
        await s.does(s.mette, "withdraw_item", {"item": (await s.case()).evidence[0].id})
        assert await contents(s) == [], "It is erased there and then, not only when somebody says yes."
        await gets_nothing(s, s.jonas)


async def test_a_file_without_what_was_withdrawn_still_waits():
    async with story() as s:
        await with_evidence(s)
        await press(s.jonas, Crafted("make_package", {"package": "police"}, {"leave_out": "1"}), (await s.case()).id)
        await s.settled()
        await s.mette.say("hvad er delt")
        await s.does(s.mette, "withdraw_item", {"item": (await s.case()).evidence[0].id})
        (question,) = questions(s.jonas)
        assert (await s.jonas.answer_file(True, question)).ok and len(laid(s.jonas)) == 1


async def test_of_an_erased_case_no_file_is_left_under_any_key():
    async with story() as s:
        await with_evidence(s)
        await waits(s, s.jonas, package="police")
        await s.settled()
        await s.app.office.caseworker.erase(await s.case())
        assert await kept(s) == (), "Neither what it was called nor what is in it."
        await gets_nothing(s, s.jonas)


async def test_erasing_one_case_leaves_the_files_of_another():
    async with story() as s:
        await with_evidence(s)
        first = (await s.case()).id
        await s.report(s.tom)
        await waits(s, s.jonas, package="police")
        await s.settled()
        await s.app.office.caseworker.erase(await s.case("tom"))
        assert first == (await s.case()).id and await contents(s)
        assert (await s.jonas.answer_file(True, questions(s.jonas)[0])).ok and len(laid(s.jonas)) == 1


async def test_whoever_had_the_case_gets_no_file_of_it_any_more_and_the_employee_keeps_theirs():
    async with story() as s:
        await with_evidence(s)
        case = (await s.case()).id
        await waits(s, s.jonas, package="police")
        await press(s.mette, Crafted("make_documentation"), case)
        await s.app.office.caseworker.carry_out(
            MoveCase(case=case, by=VAERN, former=PersonId(s.id("jonas")), to=PersonId(s.id("karin")))
        )
        await s.settled()
        (mine,) = questions(s.mette)
        assert (await s.mette.answer_file(True, mine)).ok and len(laid(s.mette)) == 1
        await gets_nothing(s, s.jonas)


@pytest.mark.parametrize("what", ["withdrawn", "moved", "erased"])
async def test_at_the_yes_it_is_asked_anew_also_where_nothing_was_dropped(what):
    async with story() as s:
        await with_evidence(s)
        case = await s.case()
        await waits(s, s.jonas, package="police")
        caseworker, there = s.app.office.caseworker, {"case": case.id}
        caseworker.alongside = ()  # as if the house had died before anything was dropped
        if what == "withdrawn":
            await caseworker.carry_out(WithdrawItem(by=PersonId(s.id("mette")), item=case.evidence[0].id, **there))
        elif what == "moved":
            former, to = PersonId(s.id("jonas")), PersonId(s.id("karin"))
            await caseworker.carry_out(MoveCase(by=VAERN, former=former, to=to, **there))
        else:
            await s.settled()
            await caseworker.erase(await s.case())
        await s.settled()
        assert await contents(s)
        await gets_nothing(s, s.jonas)


async def test_a_letter_that_is_locked_again_is_not_handed_out():
    async with story() as s:
        await reported(s)
        await s.jonas.say("spørg 5")
        await s.settled()
        await s.does(s.mette, "answer_consent", answer="yes", kind="colleagues")
        await s.jonas.say("brev 18")
        await s.does(s.jonas, "fetch_letter")
        assert questions(s.jonas)
        await press(s.mette, Crafted("withdraw_consent", {"kind": "colleagues"}), (await s.case()).id)
        await s.settled()
        await gets_nothing(s, s.jonas)


async def test_numbers_go_to_nobody_who_may_not_read_them_now():
    async with story() as s:
        await s.eva.say("hej")
        record = await s.app.office.records.get(s.eva.id)
        desk = Desk(s.app.office, record, PersonId(s.id("eva")), "press-1")
        csv = File("tal.csv", "text/csv", b"tal")
        await s.app.office.delivery.offer(desk, csv, About(Kind.NUMBERS, which="Nord"))
        await gets_nothing(s, s.eva)


@pytest.mark.parametrize("action", ["accept", "decline"])
async def test_a_piece_of_a_file_is_no_file_that_could_be_asked_for(action):
    async with story() as s:
        await with_evidence(s)
        await waits(s, s.jonas, package="police")
        (piece,) = await contents(s)
        names = ("contentUrl", "name", "uploadUrl", "uniqueId", "fileType")
        answer = {"action": action, "context": {CONTEXT: piece}, "uploadInfo": dict.fromkeys(names, "https://x")}
        sender, (question,) = s.channel.sender(s.jonas, None), questions(s.jonas)
        await s.channel.deliver(s.jonas, sender.file_answered(*s.channel.stamp(), question, answer))
        assert OVER in said(s.jonas) and await contents(s) == [piece]


async def test_a_file_nobody_knows_what_it_is_of_is_not_handed_out():
    """As it was kept before it was kept what it is of."""
    async with story() as s:
        await with_evidence(s)
        await waits(s, s.jonas, package="police")
        shelf = s.app.office.delivery.offered.shelf
        (head,) = [key for key in await shelf.keys() if "." not in key]
        before = {key: value for key, value in (await shelf.get(head)).items() if key not in ("about", "case")}
        await shelf.put(head, before)
        await gets_nothing(s, s.jonas)

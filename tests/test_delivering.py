"""Files for people, over the real local channel: asked first, laid into their own storage, and only theirs."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from bot.delivering.about import About, Kind
from bot.delivering.offered import LARGEST, LIVES, File, OfferedFiles
from bot.delivering.protocol import CONSENT, INFO, read_answer
from bot.desk import Desk
from bot.ids import item_id_from
from bot.rehearsal.chat import Chat
from bot.rehearsal.faults import Fault
from bot.teams.files import open_files_session
from bot.teams.uploads import PIECE, NotUploaded, Uploads
from casework.vocabulary import PersonId, Refused
from tests.shelves import MemoryShelf
from tests.story import Story, said, story
from tests.teams_world import World

LETTER = File("Brev.txt", "text/plain", "Kære æøå\n".encode())


async def desk_of(s: Story, chat: Chat, handled: str = "press-1") -> Desk:
    """Where that person sits. They have written before."""
    if not chat.messages:
        await chat.say("hej")
    record = await s.app.office.records.get(chat.id)
    return Desk(s.app.office, record, PersonId(record.person), handled)


async def about(s: Story) -> About:
    """Of no case; Sara may have it, and whoever else is in her group."""
    (view,) = await s.app.office.numbers.views(PersonId(s.id("sara")), None)
    return About(Kind.NUMBERS, which=view.place)


async def offered(s: Story, chat: Chat, file: File = LETTER, handled: str = "press-1") -> None:
    await s.app.office.delivery.offer(await desk_of(s, chat, handled), file, await about(s))


def asked(chat: Chat):
    return [message for message in chat.messages if message.question]


def laid(chat: Chat):
    return [file for message in chat.messages if message.sender == "vaern" for file in message.files]


async def test_a_file_is_asked_about_then_lies_in_the_persons_own_storage_byte_for_byte():
    async with story() as s:
        await offered(s, s.sara)
        (question,) = asked(s.sara)
        assert (question.question.name, question.question.size) == ("Brev.txt", len(LETTER.content))
        assert laid(s.sara) == [], "Nothing is laid anywhere before the yes."

        assert (await s.sara.answer_file(True)).ok
        assert asked(s.sara) == [], "The question goes when it is answered."
        (file,) = laid(s.sara)
        assert await s.channel.conversations.get_file(file.id) == LETTER.content


async def test_the_lock_screen_shows_neither_the_files_name_nor_whose_it_is():
    async with story() as s:
        await offered(s, s.sara)
        assert asked(s.sara)[0].summary == "Der er en fil til dig i Værn."


async def test_what_teams_is_asked_is_what_teams_expects():
    async with story() as s:
        await offered(s, s.sara)
        await s.sara.answer_file(True)
        sent = [body["attachments"][0] for body in s.channel.bytes_sent_to(s.sara) if body.get("attachments")]
        consent = next(card for card in sent if card["contentType"] == CONSENT)
        info = next(card for card in sent if card["contentType"] == INFO)
        assert set(consent["content"]) == {"description", "sizeInBytes", "acceptContext", "declineContext"}
        assert info["content"]["fileType"] == "txt" and info["content"]["uniqueId"] in info["contentUrl"]
        (put,) = [seen for seen in s.channel.received if seen.method == "PUT" and seen.path.startswith("/uploads/")]
        assert put.status == 201


async def test_a_no_is_a_no_and_the_content_is_gone():
    async with story() as s:
        await offered(s, s.sara)
        (question,) = asked(s.sara)
        await s.sara.answer_file(False)
        assert "Filen er ikke lagt nogen steder." in said(s.sara)
        await s.sara.answer_file(True, question)
        assert laid(s.sara) == [] and asked(s.sara) == []


async def test_a_second_yes_gives_nothing_twice():
    async with story() as s:
        await offered(s, s.sara)
        (question,) = asked(s.sara)
        await s.sara.answer_file(True)
        before = len(s.sara.messages)
        assert (await s.sara.answer_file(True, question)).ok
        assert len(s.sara.messages) == before and len(laid(s.sara)) == 1


async def test_an_answer_from_a_channel_lays_nothing_and_shows_nothing_there():
    async with story() as s:
        await s.connect_group()
        await offered(s, s.sara)
        (question,) = asked(s.sara)
        before, (id, at) = len(s.group.messages), s.channel.stamp()
        answer = s.channel.sender(s.group, s.id("sara")).file_answered(
            id, at, question, s.sara._file_answer(question, True)
        )
        assert (await s.channel.deliver(s.group, answer)).ok
        assert [file for message in s.group.messages[before:] for file in message.files] == []
        assert not [seen for seen in s.channel.received if seen.method == "PUT"] and asked(s.sara)


async def test_the_same_press_twice_asks_once():
    async with story() as s:
        await offered(s, s.sara)
        await offered(s, s.sara)
        assert len(asked(s.sara)) == 1
        await offered(s, s.sara, handled="press-2")
        assert len(asked(s.sara)) == 2


async def test_only_the_person_it_was_offered_to_can_have_it():
    async with story() as s:
        await offered(s, s.sara)
        (question,) = asked(s.sara)
        await s.jonas.say("hej")
        await s.jonas.answer_file(True, question)
        assert "Filen ligger ikke klar længere." in said(s.jonas) and laid(s.jonas) == []
        await s.sara.answer_file(True, question)
        assert len(laid(s.sara)) == 1, "And it is still theirs."


async def test_it_survives_a_restart_between_the_question_and_the_answer():
    async with story() as s:
        await offered(s, s.sara)
        await s.restart()
        await s.sara.answer_file(True)
        assert len(laid(s.sara)) == 1


async def test_what_cannot_be_laid_is_said_and_can_be_had_by_another_yes():
    async with story() as s:
        await offered(s, s.sara)
        (question,) = asked(s.sara)
        s.channel.faults.append(Fault(507, match=lambda seen: seen.path.startswith("/uploads/")))
        await s.sara.answer_file(True)
        assert "Filen kunne ikke lægges i dit OneDrive." in said(s.sara) and laid(s.sara) == []
        await s.sara.answer_file(True, question)
        assert len(laid(s.sara)) == 1


async def test_in_a_channel_no_file_is_offered_and_neither_is_one_that_is_too_large():
    async with story() as s:
        await s.group.say("hej")
        for chat, file in ((s.group, LETTER), (s.sara, replace(LETTER, content=b"x" * (LARGEST + 1)))):
            if chat is s.group:
                record = await s.app.office.records.get(chat.id)
                desk = Desk(s.app.office, record, PersonId(s.id("sara")), "press-1")
            else:
                desk = await desk_of(s, chat)
            with pytest.raises(Refused, match="file_not_offered"):
                await s.app.office.delivery.offer(desk, file, await about(s))
            assert asked(chat) == []


async def test_where_the_question_cannot_be_sent_nothing_is_kept():
    async with story() as s:
        desk = await desk_of(s, s.sara)
        s.shut("sara")
        with pytest.raises(Refused, match="file_not_offered"):
            await s.app.office.delivery.offer(desk, LETTER, await about(s))
        assert await s.app.office.delivery.offered.shelf.keys() == ()


async def test_an_answer_nobody_can_read_is_answered_with_how_to_get_the_file():
    async with story() as s:
        await offered(s, s.sara)
        (question,) = asked(s.sara)
        odd = replace(question, question=replace(question.question, accepted={"vaernFile": ["x"]}))
        await s.sara.answer_file(True, odd)
        assert "Filen ligger ikke klar længere." in said(s.sara)


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        {},
        {"context": {}},
        {"context": {"vaernFile": ""}, "action": "decline"},
        {"context": {"vaernFile": "1"}, "action": "accept"},
        {"context": {"vaernFile": "1"}, "action": "accept", "uploadInfo": {"uploadUrl": 7}},
        {"context": {"vaernFile": "1"}, "action": "other"},
    ],
)
def test_what_is_no_whole_answer_is_none(value):
    assert read_answer(value) is None


async def nothing() -> AsyncIterator[bytes]:
    yield b"x"


LARGE = replace(LETTER, content=bytes(range(256)) * (PIECE // 256 * 2) + "Til sidst æøå".encode())


async def test_a_large_file_is_laid_piece_by_piece_and_is_whole():
    async with story() as s:
        await offered(s, s.sara, LARGE)
        assert (await s.sara.answer_file(True)).ok
        (file,) = laid(s.sara)
        assert await s.channel.conversations.get_file(file.id) == LARGE.content
        put = [seen.status for seen in s.channel.received if seen.method == "PUT" and seen.path.startswith("/uploads/")]
        assert put == [202, 202, 201]
        assert len(await s.app.office.delivery.offered.shelf.keys()) == 1, "That it was answered is all that is left."


async def test_what_breaks_in_the_middle_of_a_large_file_is_begun_again_by_another_yes():
    async with story() as s:
        await offered(s, s.sara, LARGE)
        (question,) = asked(s.sara)
        pieces = count()
        second = lambda seen: seen.path.startswith("/uploads/") and next(pieces) == 1  # noqa: E731
        s.channel.faults.append(Fault(503, match=second))
        await s.sara.answer_file(True)
        assert "Filen kunne ikke lægges i dit OneDrive." in said(s.sara) and laid(s.sara) == []
        await s.sara.answer_file(True, question)
        (file,) = laid(s.sara)
        assert await s.channel.conversations.get_file(file.id) == LARGE.content


async def test_a_file_with_a_piece_gone_is_not_laid_half():
    async with story() as s:
        await offered(s, s.sara, LARGE)
        shelf = s.app.office.delivery.offered.shelf
        await shelf.drop(next(key for key in await shelf.keys() if key.endswith(".2")))
        await s.sara.answer_file(True)
        assert "Filen kunne ikke lægges i dit OneDrive." in said(s.sara) and laid(s.sara) == []


async def test_the_same_thing_fetched_again_is_asked_about_once_until_it_is_answered():
    async with story() as s:
        for handled in ("press-1", "press-2", "press-3"):
            await s.app.office.delivery.offer_once(
                await desk_of(s, s.sara, handled), LETTER, await about(s), "the letter"
            )
        assert len(asked(s.sara)) == 1
        await s.sara.answer_file(True)
        await s.app.office.delivery.offer_once(
            await desk_of(s, s.sara, "press-4"), LETTER, await about(s), "the letter"
        )
        assert len(asked(s.sara)) == 1 and len(laid(s.sara)) == 1


async def dies_between_file_and_question(s: Story, desk: Desk, id: str) -> None:
    """The file lies there, and the process ends before anybody is asked."""
    await s.app.office.delivery.offered.make(desk.person, id, LETTER, await about(s))
    await s.restart()


async def test_a_file_whose_question_never_came_is_asked_about_when_it_is_fetched_again():
    async with story() as s:
        desk = await desk_of(s, s.sara)
        await dies_between_file_and_question(s, desk, item_id_from(f"{desk.person}|the letter", "file", 1))
        for handled in ("press-1", "press-2"):
            desk = await desk_of(s, s.sara, handled)
            await s.app.office.delivery.offer_once(desk, LETTER, await about(s), "the letter")
        assert len(asked(s.sara)) == 1

        await s.sara.answer_file(True)

        assert [file.name for file in laid(s.sara)] == [LETTER.name]


async def test_a_press_that_comes_again_after_a_death_before_the_question_is_asked_about_once():
    async with story() as s:
        desk = await desk_of(s, s.sara)
        await dies_between_file_and_question(s, desk, desk.new_id("file"))

        await offered(s, s.sara)
        await offered(s, s.sara)

        assert len(asked(s.sara)) == 1


async def test_a_file_nobody_answered_is_gone_within_a_day():
    now = [datetime(2026, 11, 22, tzinfo=UTC)]
    files, mette = OfferedFiles(MemoryShelf(), lambda: now[0]), PersonId("mette")
    await files.make(mette, "1", LETTER, About(Kind.NUMBERS))
    now[0] += LIVES
    await files.sweep()
    kept = await files.find(mette, "1")
    assert (kept.file.name, b"".join([piece async for piece in files.content(kept)])) == (LETTER.name, LETTER.content)
    now[0] += timedelta(seconds=1)
    assert await files.find(mette, "1") is None
    await files.sweep()
    assert await files.shelf.keys() == ()


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/x",
        "http://contoso-my.sharepoint.com/x",
        "https://127.0.0.1/x",
        "https://contoso-my.sharepoint.com@evil.example/x",
        "",
    ],
)
async def test_a_file_is_laid_on_a_host_of_the_channels_and_nowhere_else(url):
    async with World() as world:
        known = world.teams.settings(allow_loopback=False, download_hosts=("*.sharepoint.com",))
        async with open_files_session(known) as session:
            with pytest.raises(NotUploaded, match="address_not_allowed"):
                await Uploads(session, known).put(url, nothing(), 1, "text/plain")

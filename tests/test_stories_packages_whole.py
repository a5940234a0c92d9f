"""Packages whatever is given, withdrawn or broken on the way: what goes out is whole, harmless, and no more than it may
be.
"""

import asyncio
import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from bot.delivering.about import About, Kind
from bot.delivering.delivery import Delivery
from bot.delivering.offered import File
from bot.desk import Desk
from bot.packages.offering import offer_parts
from bot.packages.timestamping import Stamp, TimestampAuthority
from bot.packages.verifying import State, verify_package
from casework.events import PackageMade
from casework.vocabulary import Refused
from tests.crafted import Crafted, press
from tests.documenting import PAYLOAD, keeps
from tests.story import Story, said, story
from tests.test_stories_packages import fetched, names_in, read_in, with_evidence, words_of

LIVE = "<div><p>&lt;script&gt;document.title='owned'&lt;/script&gt; Jeg finder dig</p></div>"


async def with_a_message(s: Story) -> str:
    """Mette has kept a message of Teams that holds a page's code; Jonas has the case."""
    await s.mette.install()
    await keeps(s, s.mette, PAYLOAD | {"body": {"contentType": "html", "content": LIVE}})
    await s.report(s.mette)
    await s.opened(s.jonas)
    return (await s.case()).id


async def test_a_message_of_teams_goes_along_as_the_bytes_it_was_with_its_words_beside_and_verifies(tmp_path: Path):
    async with story() as s:
        case = await with_a_message(s)
        for package in ("police", "document_system"):
            await press(s.jonas, Crafted("make_package", {"package": package}), case)

        (name, police), (_, record) = await fetched(s, s.jonas)
        assert read_in(police, "originaler/001.txt") == LIVE.encode()
        assert "Jeg finder dig" in read_in(police, "originaler/001-ord.txt").decode()
        (tmp_path / name).write_bytes(police)
        found = verify_package(tmp_path / name)
        assert not found.broken and found.of("files_whole").state is State.PROVEN
        with pikepdf.open(io.BytesIO(read_in(record, "dokumentation.pdf"))) as pdf:
            inside = {name: one.get_file().read_bytes() for name, one in pdf.attachments.items()}
        received = (await s.case()).evidence[0].sha256
        assert hashlib.sha256(inside["001.txt"]).hexdigest() == received and "001-ord.txt" in inside


async def test_nothing_that_is_handed_out_is_called_a_page():
    async with story() as s:
        case = await with_a_message(s)
        await press(s.jonas, Crafted("make_package", {"package": "police"}), case)
        await press(s.jonas, Crafted("make_documentation"), case)

        package, paper = [content for _, content in await fetched(s, s.jonas)]
        assert not [name for name in names_in(package) if "htm" in name]
        assert b"text/html" not in read_in(package, "manifest.json")
        with pikepdf.open(io.BytesIO(paper)) as pdf:
            said = {name: one.get_file().mime_type for name, one in pdf.attachments.items()}
        assert said == {"001.txt": "text/plain", "001-ord.txt": "text/plain"}


# -- what was withdrawn ----------------------------------------------------------------------------------------------


async def test_what_was_withdrawn_goes_to_legal_staff_marked_and_to_nobody_else():
    async with story() as s:
        sent = await with_evidence(s)
        case = (await s.case()).id
        item = (await s.case()).evidence[0].id
        digest = (await s.case()).items[item].sha256
        await press(s.mette, Crafted("withdraw_item", {}, {"item": item}), case)
        await s.anne.say(f"sag {case}")
        await press(s.anne, Crafted("show_package", {"package": "legal_staff"}), case)
        assert "Trukket tilbage og kun synligt for juridisk: nr. 1" in said(s.anne)
        for package in ("police", "datatilsynet", "document_system", "legal_staff"):
            fields = {"sender": "Anne Berg, Vej 1"} if package == "datatilsynet" else {}
            await press(s.anne, Crafted("make_package", {"package": package}, fields), case)

        *others, (_, legal) = await fetched(s, s.anne)
        assert len(others) == 3
        for _, content in others:
            (paper,) = [name for name in names_in(content) if name.endswith("dokumentation.pdf")]
            assert not [name for name in names_in(content) if "001" in name]
            assert digest[:16] not in words_of(read_in(content, paper)), (
                "Its number is said to be missing, nothing else."
            )
            assert 1 not in [one["number"] for one in json.loads(read_in(content, "manifest.json"))["left_out"]]
            with pikepdf.open(io.BytesIO(read_in(content, paper))) as pdf:
                assert "001.png" not in pdf.attachments
        assert read_in(legal, "originaler/001.png") == sent[0]
        assert "af den, der gav det. Lukket for alle andre end juridisk" in words_of(
            read_in(legal, "dokumentation.pdf")
        )


async def test_what_is_withdrawn_while_a_package_is_made_stops_it_before_anything_is_offered_or_noted():
    """The timestamp authority is asked when all is read, and before the fact: in that moment Mette withdraws."""
    async with story() as s:
        await with_evidence(s)
        case = (await s.case()).id
        item = (await s.case()).evidence[0].id

        @dataclass(frozen=True)
        class Withdrawing(TimestampAuthority):
            async def stamp(self, content: bytes) -> Stamp:
                await press(s.mette, Crafted("withdraw_item", {}, {"item": item}), case)
                return Stamp(why="off")

        async def authority() -> TimestampAuthority:
            return Withdrawing()

        s.app.office.packages.authority = authority
        await press(s.jonas, Crafted("make_package", {"package": "police"}), case)

        assert "trukket tilbage, mens pakken var ved at blive lavet" in said(s.jonas)
        assert "package_made" not in await s.facts() and await fetched(s, s.jonas) == []


# -- a package that did not get there --------------------------------------------------------------------------------


async def test_a_package_that_could_not_be_offered_is_made_again_at_the_next_press_and_only_then_lies_ready():
    async with story(breaks=True) as s:
        await with_evidence(s)
        case, police = (await s.case()).id, Crafted("make_package", {"package": "police"})
        delivery = s.app.office.delivery

        class Unreachable(Delivery):
            async def offer(self, desk, file, about, id="") -> None:
                raise Refused("file_not_offered")

        s.app.office.delivery = Unreachable(delivery.offered, delivery.connector, delivery.uploads)
        await press(s.jonas, police, case)
        assert (await s.facts()).count("package_made") == 1 and "ligger klar" not in said(s.jonas)
        s.app.office.delivery = delivery
        again = await press(s.jonas, police, case)
        assert "Pakken er klar" in str(again.body)
        once_more = await press(s.jonas, police, case)
        assert "Filen ligger klar" in str(once_more.body)

        ((_, content),) = await fetched(s, s.jonas)
        made = [event for event in (await s.case()).log if isinstance(event, PackageMade)]
        assert len(made) == 2 and made[-1].manifest == hashlib.sha256(read_in(content, "manifest.json")).hexdigest()


async def test_of_two_parts_of_which_one_could_not_be_offered_neither_is_left_behind():
    async with story(breaks=True) as s:
        await with_evidence(s)
        desk = Desk(s.app.office, await s.app.office.records.of_person(s.id("jonas")), s.id("jonas"), "handled")

        async def parts():
            yield File("1.zip", "application/zip", b"1")
            yield File("2.zip", "application/zip", b"")

        with pytest.raises(Refused, match="file_not_offered"):
            await offer_parts(desk, "ab" * 32, 2, About(Kind.PACKAGE, case=(await s.case()).id), parts())
        assert await desk.office.delivery.offered.shelf.keys() == ()


async def test_pressed_four_times_at_once_it_is_one_package():
    async with story() as s:
        await with_evidence(s)
        case = (await s.case()).id
        every = (press(s.jonas, Crafted("make_package", {"package": "police"}), case) for _ in range(4))
        await asyncio.gather(*every)
        await s.settled()

        assert (await s.facts()).count("package_made") == 1
        assert len([message for message in s.jonas.messages if message.question]) == 1


async def test_a_number_that_is_not_there_stops_the_making_and_the_ends_of_a_range_may_stand_either_way():
    async with story() as s:
        await with_evidence(s)
        case = (await s.case()).id
        for out in ("999-1", "4", "0"):
            await press(s.jonas, Crafted("make_package", {"package": "police"}, {"leave_out": out}), case)
            assert "package_made" not in await s.facts()
        assert "er ikke blandt det, der kan komme med" in said(s.jonas)
        await press(s.jonas, Crafted("make_package", {"package": "police"}, {"leave_out": "2-1"}), case)

        ((_, content),) = await fetched(s, s.jonas)
        assert [name for name in names_in(content) if name.startswith("originaler/")] == ["originaler/003.txt"]


async def test_with_an_original_that_cannot_be_read_no_package_is_made_until_it_is_left_out_by_hand():
    async with story(breaks=True) as s:
        await with_evidence(s)
        case, damaged = (await s.case()).id, (await s.case()).evidence[0].id
        (blob,) = s.folder.rglob(f"*{damaged}*.blob")
        content = blob.read_bytes()
        blob.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        for package in ("police", "document_system"):
            await press(s.jonas, Crafted("make_package", {"package": package}), case)
            assert "Bevis 1 kan ikke læses lige nu, så pakken er ikke lavet." in s.jonas.messages[-1].text
        assert "package_made" not in await s.facts() and await fetched(s, s.jonas) == []
        await press(s.jonas, Crafted("make_package", {"package": "police"}, {"leave_out": "1"}), case)

        ((_, made),) = await fetched(s, s.jonas)
        originals = [name for name in names_in(made) if name.startswith("originaler/")]
        assert originals == ["originaler/002.png", "originaler/003.txt"]


# -- the letter ------------------------------------------------------------------------------------------------------


async def test_an_address_as_long_as_a_book_is_refused_in_words_and_one_without_a_space_keeps_within_the_page():
    async with story() as s:
        await with_evidence(s)
        case = (await s.case()).id
        for sender in ("x" * 90_000, "x" * 299):
            await press(s.mette, Crafted("make_package", {"package": "datatilsynet"}, {"sender": sender}), case)

        assert "højst være 300 tegn" in said(s.mette)
        ((_, content),) = await fetched(s, s.mette)
        assert "x" * 100 not in words_of(read_in(content, "send/brev.pdf"))

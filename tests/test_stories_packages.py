"""Packages, from the button to the file: what goes in is shown first, what goes out is what was shown, and is kept."""

import io
import json
import re
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
from aiohttp import web

from bot.packages.timestamping import read_certificates
from bot.packages.verifying import State, verify_package
from bot.rehearsal.chat import Chat
from tests.crafted import Crafted, press
from tests.story import Story, said, story
from tests.test_documentation import png
from tests.timestamps import authority


async def with_evidence(s: Story) -> list[bytes]:
    """Mette has told it and given two pictures, a PDF, a sound and a text; Jonas has the case."""
    await s.report(s.mette, links="https://www.facebook.com/sandheden/posts/1")
    await s.does(s.mette, "add_evidence")
    sent = [png((600, 900)), png((300, 200))]
    for number, content in enumerate(sent, 1):
        await s.mette.upload(f"Skærm {number}.png", content, "image/png")
    await s.mette.say("Du skal nok få det at mærke.")
    await s.mette.say("færdig")
    await s.settled()
    await s.opened(s.jonas)
    return sent


async def fetched(s: Story, chat: Chat) -> list[tuple[str, bytes]]:
    """Says yes to every file that waits, and reads what came of it: the newest last."""
    for message in chat.messages:
        if message.question and not message.question.answered:
            assert (await chat.answer_file(True, message)).ok
    files = [file for message in chat.messages if message.sender == "vaern" for file in message.files]
    return [(file.name, await s.channel.conversations.get_file(file.id)) for file in files]


def names_in(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.namelist()


def read_in(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def words_of(pdf: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(" ".join(pages).split())


async def test_the_police_get_pdf_originals_and_a_signed_list_and_it_stands_in_the_case(tmp_path: Path):
    async with story() as s:
        sent = await with_evidence(s)
        await s.jonas.say("pakke til politiet")
        shown = said(s.jonas)
        assert "3 beviser, som de blev modtaget" in shown and "er ikke spurgt endnu om en anmeldelse" in shown
        assert "package_made" not in await s.facts(), "It was only looked at."
        await s.does(s.jonas, "make_package", package="police")

        ((name, content),) = await fetched(s, s.jonas)
        assert re.fullmatch(rf"{(await s.case()).id} politi \d{{4}}-\d\d-\d\d-\d{{4}}\.zip", name)
        assert [read_in(content, f"originaler/00{n}.png") for n in (1, 2)] == sent
        text = words_of(read_in(content, "dokumentation.pdf"))
        assert "Originalen ligger i samme pakke: 001.png" in text
        assert "Til politiet" in text and "Hvad der er gjort" not in text and "Samlet til politiet" in text
        (tmp_path / name).write_bytes(content)
        found = verify_package(tmp_path / name)
        assert not found.broken and found.of("files_whole").state is State.PROVEN
        made = (await s.case()).log[-1]
        assert made.package == "police" and len(made.items) == 3 and made.manifest


async def test_what_is_left_out_is_neither_in_the_file_nor_on_its_pages_and_the_list_says_so():
    async with story() as s:
        await with_evidence(s)
        await s.jonas.say("pakke til politiet")
        await s.does(s.jonas, "make_package", {"leave_out": "2,3"}, package="police")

        ((_, content),) = await fetched(s, s.jonas)
        assert [name for name in names_in(content) if name.startswith("originaler/")] == ["originaler/001.png"]
        text = words_of(read_in(content, "dokumentation.pdf"))
        assert "Nr. 2 og 3 er ikke med" in text and "Du skal nok få det at mærke." not in text
        assert [one["number"] for one in json.loads(read_in(content, "manifest.json"))["left_out"]] == [2, 3]
        made = (await s.case()).log[-1]
        assert (len(made.items), len(made.left_out)) == (1, 2)


async def test_safetynet_is_words_to_paste_field_by_field_and_no_evidence():
    async with story() as s:
        await with_evidence(s)
        await s.jonas.say("pakke til safetynet")
        await s.does(s.jonas, "make_package", package="safetynet")

        text = said(s.jonas)
        for expected in ("Mette Lund", "lørdag d. 21. november", "Facebook", "Der er lagt et opslag op om mig."):
            assert expected in text
        assert "Du skal nok få det at mærke." not in text and await fetched(s, s.jonas) == []
        assert (await s.case()).log[-1].manifest is None


async def test_datatilsynet_gets_letter_pdf_and_pictures_and_nothing_it_does_not_take():
    async with story() as s:
        await with_evidence(s)
        await s.does(s.mette, "add_evidence")
        await s.mette.upload("optagelse.mp3", b"ID3\x04\x00\x00\x00\x00\x00\x21" + b"\0" * 200, "audio/mpeg")
        await s.settled()
        await s.mette.say("pakke til datatilsynet")
        assert "Kommer ikke med, da Datatilsynet kun tager PDF, JPG og PNG" in said(s.mette)
        await s.does(s.mette, "make_package", {"sender": "Mette Lund, Gade 1, 2100 By"}, package="datatilsynet")

        ((_, content),) = await fetched(s, s.mette)
        sent = [name for name in names_in(content) if name.startswith("send/")]
        assert sent == ["send/dokumentation.pdf", "send/brev.pdf", "send/001.png", "send/002.png"]
        letter = words_of(read_in(content, "send/brev.pdf"))
        assert "dt@datatilsynet.dk" in letter and "Mette Lund, Gade 1, 2100 By" in letter
        assert "Du skal nok få det at mærke." in words_of(read_in(content, "send/dokumentation.pdf"))


async def test_the_platform_gets_links_account_what_is_wrong_and_what_is_asked():
    async with story() as s:
        await with_evidence(s)
        await s.jonas.say("pakke til platformen")
        await s.does(s.jonas, "make_package", package="platform")

        text = said(s.jonas)
        for expected in ("https://www.facebook.com/sandheden/posts/1", "Sandheden om Nord", "ulovligt indhold"):
            assert expected in text
        assert "Der er lagt et opslag op om mig." not in text, "Nobody has ticked it."


async def test_own_words_go_to_a_platform_only_when_that_is_ticked():
    async with story() as s:
        await with_evidence(s)
        await s.jonas.say("pakke til platformen")
        await s.does(s.jonas, "make_package", {"with_words": "true"}, package="platform")

        assert "Der er lagt et opslag op om mig." in said(s.jonas)


async def test_two_packages_of_one_kind_have_two_names():
    async with story() as s:
        await with_evidence(s)
        for _ in range(2):
            await s.jonas.say("pakke til politiet")
            await s.does(s.jonas, "make_package", package="police")
            await s.passes(minutes=2)

        assert len({name for name, _ in await fetched(s, s.jonas)}) == 2


async def test_the_document_system_gets_pdf_with_the_originals_inside_and_details_for_the_record():
    async with story() as s:
        sent = await with_evidence(s)
        await s.jonas.say("pakke journal")
        await s.does(s.jonas, "make_package", package="document_system")

        ((_, content),) = await fetched(s, s.jonas)
        assert not [name for name in names_in(content) if name.startswith("originaler/")]
        details = read_in(content, "metadata.xml").decode()
        assert (await s.case()).id in details and "Fortroligt" in details and "Mette" not in details
        with pikepdf.open(io.BytesIO(read_in(content, "dokumentation.pdf"))) as pdf:
            assert pdf.attachments["001.png"].get_file().read_bytes() == sent[0]


async def test_mettes_own_copy_is_without_the_notes_of_others():
    async with story() as s:
        sent = await with_evidence(s)
        await s.step(s.jonas, "help", "set_step_aside", {"reason": "Hemmelig grund"})
        await s.mette.say("pakke til dig selv")
        await s.does(s.mette, "make_package", package="own_copy")

        ((_, content),) = await fetched(s, s.mette)
        assert read_in(content, "originaler/001.png") == sent[0]
        assert "Din egen kopi" in words_of(read_in(content, "dokumentation.pdf"))


async def test_mette_reads_in_plain_words_who_put_what_together_and_when():
    async with story() as s:
        await with_evidence(s)
        await s.jonas.say("pakke til politiet")
        await s.does(s.jonas, "make_package", package="police")
        await s.mette.say("hvad er delt")
        await s.does(s.mette, "show_custody")
        assert "Jonas Friis samlede dokumentationen til politiet" in said(s.mette)


async def test_legal_staff_get_all_of_it_also_what_was_withdrawn_once_they_have_looked_into_the_case():
    async with story() as s:
        sent = await with_evidence(s)
        case = (await s.case()).id
        await s.anne.say("hej")
        await press(s.anne, Crafted("show_packages"), case)
        assert "Saml til andre" not in said(s.anne)
        await s.anne.say(f"sag {case}")
        await s.does(s.anne, "show_packages")
        await s.does(s.anne, "show_package", package="legal_staff")
        await s.does(s.anne, "make_package", package="legal_staff")

        ((_, content),) = await fetched(s, s.anne)
        assert read_in(content, "originaler/001.png") == sent[0]
        assert "Hvad der er gjort" in words_of(read_in(content, "dokumentation.pdf"))


async def test_with_a_timestamp_authority_the_package_carries_its_word_and_without_its_answer_says_so(tmp_path):
    async with authority(tmp_path / "tsa") as ours:
        set_up = {"VAERN_TIMESTAMP_URL": ours.url, "VAERN_TIMESTAMP_CA": str(ours.certificate)}
        async with story(**set_up) as s:
            await with_evidence(s)
            await s.jonas.say("pakke til politiet")
            await s.does(s.jonas, "make_package", package="police")
            ours.says = web.Response(status=503)
            await s.passes(minutes=2)
            await s.jonas.say("pakke til juridisk")
            answered = await s.does(s.jonas, "make_package", package="legal_staff")

            assert "intet tidsstempel" in str(answered.body)
            stamped, bare = [content for _, content in await fetched(s, s.jonas)]
    (tmp_path / "1.zip").write_bytes(stamped)
    (tmp_path / "2.zip").write_bytes(bare)
    trusted = read_certificates(ours.certificate)
    assert verify_package(tmp_path / "1.zip", authorities=trusted).of("timestamp").state is State.PROVEN
    assert verify_package(tmp_path / "2.zip", authorities=trusted).of("no_timestamp_refused")


async def test_more_than_fits_into_one_file_comes_in_parts_that_are_each_whole(tmp_path):
    async with story() as s:
        sent = await with_evidence(s)
        await s.does(s.mette, "add_evidence")
        large = [png() + bytes([number]) * (18 * 1024 * 1024) for number in (1, 2)]
        for number, content in enumerate(large):
            await s.mette.upload(f"Stor {number}.png", content, "image/png")
        await s.settled()
        await s.jonas.say("pakke til politiet")
        await s.does(s.jonas, "make_package", package="police")

        parts = await fetched(s, s.jonas)
        case = (await s.case()).id
        assert [name[:18] for name, _ in parts] == [f"{case} politi"] * 2
        assert [name[-10:] for name, _ in parts] == [" 1 af 2.zip"[1:], "2 af 2.zip"]
        held = {name: read_in(content, name) for _, content in parts for name in names_in(content)}
        assert [held[f"originaler/00{n}.png"] for n in (1, 2, 4, 5)] == [*sent, *large]
        for number, (_, content) in enumerate(parts):
            (tmp_path / f"{number}.zip").write_bytes(content)
            found = verify_package(tmp_path / f"{number}.zip")
            assert not found.broken and found.of("one_part")


async def test_made_twice_at_once_it_is_one_file_and_one_fact():
    async with story() as s:
        await with_evidence(s)
        await s.jonas.say("pakke til politiet")
        await s.does(s.jonas, "make_package", package="police")
        await s.does(s.jonas, "make_package", package="police")
        assert (await s.facts()).count("package_made") == 1
        assert len([message for message in s.jonas.messages if message.question]) == 1
        assert len(await fetched(s, s.jonas)) == 1


async def test_whoever_has_no_part_in_it_gets_what_they_would_get_if_there_were_no_case():
    async with story() as s:
        await with_evidence(s)
        await s.peter.say("pakke til politiet")
        assert "Saml til andre" not in said(s.peter) and "Til politiet" not in said(s.peter)

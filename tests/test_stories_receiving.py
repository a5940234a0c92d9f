"""What people send, through the real channel: kept untouched with what it says of itself, or refused and told why."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from bot.rehearsal.chat import Upload
from bot.stores.chunks import CHUNK
from casework.case import Case
from casework.original import Clock, MailPart
from tests.story import Story, said, story
from tests.test_kinds import boxed, docx, packed
from tests.test_original_facts import MAIL_TEXT, TAKEN, picture, png_of

PHOTO = picture("JPEG")


async def begun(s: Story):
    await s.mette.say("noget er sket")
    return s.mette


async def kept(s: Story, case: Case) -> dict[str, bytes]:
    """Name → bytes of every piece, as they lie in the vault; each is what its fingerprint says."""
    texts = (await s.app.store.load(case.id)).texts
    found = {texts[item.name]: await s.app.store.get_blob(case.id, item.id) for item in case.evidence}
    assert [item.sha256 for item in case.evidence] == [sha256(content).hexdigest() for content in found.values()]
    return found


async def test_a_message_with_many_files_is_answered_for_each_and_one_that_cannot_be_kept_costs_no_other():
    film = boxed(b"isom", b"isommp42") + bytes(range(256)) * (2 * CHUNK // 256)
    sent = {
        "IMG_2044.jpg": PHOTO,
        "mail.eml": MAIL_TEXT,
        "film.mp4": film,
        "alt.zip": packed("a.png"),
        "side.html": b"<html></html>",
        "setup.exe": b"MZ" + b"\0" * 60,
        "tal.xlsx": packed("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"),
        "brev.docx": docx(),
    }
    async with story() as s:
        mette = await begun(s)

        await mette.say(
            "Her er det", files=tuple(Upload(name, one, "application/octet-stream") for name, one in sent.items())
        )

        words = said(mette)
        assert await kept(s, await s.case()) == {
            name: sent[name] for name in ("IMG_2044.jpg", "mail.eml", "film.mp4", "brev.docx")
        }
        assert "alt.zip er en pakket fil, og Værn pakker ikke noget ud." in words
        assert "side.html er en webside" in words and "setup.exe er et program" in words
        assert "Gem det som PDF, og send den her." in words


async def test_a_picture_and_a_mail_are_received_with_what_they_say_of_themselves_and_the_log_has_none_of_the_words():
    async with story() as s:
        mette = await begun(s)
        for name, content in (("IMG_2044.jpg", PHOTO), ("mail.eml", MAIL_TEXT)):
            await mette.upload(name, content, "")

        case = await s.case()
        photo, mail = case.evidence
        stored = await s.app.store.load(case.id)
        assert (photo.original.taken_at, photo.original.clock) == (TAKEN, Clock.ZONE)
        assert stored.texts[photo.original.device] == "Apple iPhone 15"
        assert (mail.original.taken_at, mail.original.forwarded) == (TAKEN, False)
        assert MailPart.MESSAGE_ID in mail.original.mail
        assert "From: Søren <soren@example.org>" in stored.texts[mail.original.heading]
        assert not any(word in str(stored.events) for word in ("iPhone", "soren", "Vi finder dig"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("stor.png", png_of(50_000, 50_000) + b"\0" * 200),
        ("bombe.docx", docx("word/media/image1.png", content=b"\0" * 20_000_000)),
        ("script.pdf", b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"),
        ("billede.gif", b"GIF89a/*" + b"\0" * 60 + b"*/=alert(1)"),
        ("../../../etc/passwd.png", picture("PNG")),
        ("faktura\u202egnp.exe", picture("PNG")),
    ],
    ids=["50,000 × 50,000", "a bomb in a document", "a PDF with scripts", "GIF and script", "../", "right to left"],
)
async def test_what_is_made_to_harm_is_kept_unopened_under_a_harmless_name(name: str, content: bytes):
    async with story() as s:
        mette = await begun(s)

        await mette.upload(name, content, "image/png")

        ((shown, found),) = (await kept(s, await s.case())).items()
        assert found == content
        assert "/" not in shown and "\u202e" not in shown and ".." not in shown
        assert "\u202e" not in said(mette) and "etc" not in said(mette)
        assert not list(s.folder.rglob("*passwd*"))


async def test_very_many_tiny_files_fill_one_case_and_nothing_else_and_that_is_said_once():
    async with story() as s:
        organisation = s.settings.organisation
        s.settings = replace(
            s.settings, organisation=replace(organisation, uploads=replace(organisation.uploads, case_files=20))
        )
        await s.restart()
        mette = await begun(s)
        tiny = tuple(Upload(f"{number}.txt", b"x", "text/plain") for number in range(60))

        await mette.say("alt på én gang", files=tiny)
        before = len(mette.messages)
        await mette.say("og mere", files=tiny)

        assert len((await s.case()).evidence) == 20
        assert said(mette).count("Der er ikke plads til mere i sagen.") == 2
        assert "Der var over 50 filer i beskeden." in said(mette)
        assert len(mette.messages) - before < 6


async def test_ten_thousand_files_in_one_message_are_more_than_a_message_holds_and_nothing_is_lost_by_it():
    async with story() as s:
        mette = await begun(s)
        await mette.upload("a.jpg", PHOTO, "image/jpeg")
        tiny = tuple(Upload(f"{number}.txt", b"x", "text/plain") for number in range(10_000))

        answer = await mette.say("alt på én gang", files=tiny)

        assert answer.status == 413  # Teams then tells its own user that the message was not sent
        assert await kept(s, await s.case()) == {"a.jpg": PHOTO}


async def test_a_file_that_has_come_already_is_not_fetched_once_more():
    async with story() as s:
        mette = await begun(s)
        await mette.upload("a.jpg", PHOTO, "image/jpeg")
        before = await s.case()

        await s.channel.redeliver(mette, new_id=False)

        after = await s.case()
        assert after == before and len(after.evidence) == 1


async def test_a_large_film_is_kept_whole_while_others_go_on_in_the_same_case():
    film = boxed(b"isom", b"isommp42") + bytes(20 * CHUNK)
    async with story() as s:
        mette = await begun(s)

        await asyncio.gather(mette.upload("film.mp4", film, "video/mp4"), mette.say("Det var i går"))

        assert list((await kept(s, await s.case())).values()) == [film]


async def test_what_is_larger_than_the_settings_allow_is_refused_and_leaves_not_a_byte():
    film = boxed(b"isom", b"isommp42") + bytes(2 * CHUNK)
    async with story() as s:
        organisation = s.settings.organisation
        narrow = replace(organisation.uploads, largest_file=CHUNK)
        s.settings = replace(s.settings, organisation=replace(organisation, uploads=narrow))
        await s.restart()
        mette = await begun(s)

        await mette.upload("film.mp4", film, "video/mp4")

        assert "film.mp4 fylder for meget; grænsen er 1 MB." in said(mette)
        assert not [path for path in (s.folder / "cases" / "blobs").rglob("*") if path.is_file()]
        assert (await s.case()).evidence == ()


def test_the_moments_are_as_the_phone_wrote_them():
    assert datetime(2026, 11, 20, 13, 3, 12, tzinfo=UTC) == TAKEN


async def test_a_mail_that_was_destroyed_takes_its_words_along_and_does_not_come_back_when_it_is_delivered_again():
    async with story() as s:
        mette = await begun(s)
        await mette.upload("mail.eml", MAIL_TEXT, "")
        sent, before = s.channel._last[mette.id], await s.case()
        (mail,) = before.evidence
        await mette.say("slet bevis 1")

        await s.channel.deliver(mette, sent | {"id": "once-more"})

        case = await s.case()
        stored = await s.app.store.load(case.id)
        assert case.evidence == () and not {mail.name, mail.original.heading} & set(stored.texts)
        assert "soren" not in str(stored.texts)
        assert not list((s.folder / "cases" / "blobs").rglob("*.blob"))

"""A message found in Teams becomes evidence in one's own draft, from any chat, and nobody there hears of it."""

import hashlib
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest

from bot.keeping.backup import back_up
from bot.keeping.offers import LIVES, Offers
from bot.rehearsal.chat import Answer
from bot.rehearsal.pressing import buttons
from bot.teams.message import plain, read_message
from cards.show import as_text
from cards.verbs import read_press
from casework.views import TeamsMessage
from casework.vocabulary import PersonId
from tests.documenting import ELSEWHERE, HTML, LINK, PAYLOAD, asks, chooses, documents, invoke, keeps, word
from tests.shelves import MemoryShelf
from tests.story import said, story
from tests.test_malformed import ANSWERS, STRANGE, changed, places, post, still_answers, utf8

READ = "Vi ved, hvor du bor.\nPas på & se dig for.\n🔪"


async def test_the_window_says_what_will_be_kept_and_nothing_is_kept_yet():
    async with story() as s:
        await s.mette.install()
        window = await documents(s, s.mette)
        text = as_text(window.body["task"]["value"]["card"]["content"]).replace("\xa0", " ")

        assert window.body["task"]["type"] == "continue"
        assert "Afsender: En Borger" in text and "Sendt: lørdag d. 21. november kl. 21.10" in text
        assert "billede.png" in text and "Linket til beskeden" in text and "[Gem] [Gem ikke]" in text
        assert "hvor du bor" not in text  # whoever asks has just read it
        assert await s.cases("mette") == ()


async def test_a_kept_message_begins_a_draft_and_the_talk_goes_on_in_ones_own_chat():
    async with story() as s:
        await s.mette.install()
        answer = await keeps(s, s.mette)
        (case,) = await s.cases("mette")

        assert word(answer).replace("\xa0", " ").startswith("Beskeden er gemt i din kladde. Værn skriver til dig")
        assert await s.facts() == ["draft_started", "evidence_received", "evidence_described"]  # its own link is one
        assert "Beskeden er gemt" in said(s.mette) and "Den er tekst 1 i din kladde" in said(s.mette)
        await s.does(s.mette, "continue_draft")
        assert s.has(s.mette, "report_next") and case.reporter == s.id("mette")


async def test_the_original_lies_untouched_beside_what_is_read():
    async with story() as s:
        await s.mette.install()
        await keeps(s, s.mette)
        case = await s.case()
        (item,) = case.evidence
        words = (await s.app.office.caseworker.open(case.id)).texts[item.id].replace("\xa0", " ")

        assert await s.app.store.get_blob(case.id, item.id) == HTML.encode()
        assert (item.sha256, item.media_type) == (hashlib.sha256(HTML.encode()).hexdigest(), "text/html")
        assert item.received_at == s.clock.now()
        assert words.splitlines() == [
            "Fra: En Borger",
            "Sendt: lørdag d. 21. november kl. 21.10",
            f"Link: {LINK}",
            "Vedhæftet i Teams: billede.png",
            "",
            *READ.splitlines(),
        ]


async def test_it_is_added_to_the_draft_there_is_and_sent_with_it():
    async with story() as s:
        await s.mette.say("Der er lagt et opslag op om mig.")
        await keeps(s, s.mette)
        await keeps(s, s.mette, PAYLOAD | {"id": "2", "createdDateTime": "2026-11-22T08:00:00Z"})
        await s.report(s.mette)

        assert len(await s.cases("mette")) == 1 and len((await s.case()).evidence) == 2
        await s.jonas.say("beviser")
        assert "Tekst 2" in said(s.jonas) and "hvor du bor" not in said(s.jonas)
        await s.does(s.jonas, "open_item", item=(await s.case()).evidence[0].id)
        assert "hvor du bor" in said(s.jonas) and "En Borger" in said(s.jonas)


async def test_saying_no_keeps_nothing():
    async with story() as s:
        await s.mette.install()
        window = await documents(s, s.mette)
        answer = await chooses(s, s.mette, window, "Gem ikke")

        assert (answer.status, answer.body) == (200, None)
        assert "er gået for lang tid" in word(await chooses(s, s.mette, window, "Gem")).replace("\xa0", " ")
        assert await s.cases("mette") == ()


async def test_what_nobody_has_answered_is_in_no_backup(tmp_path):
    async with story(folder=tmp_path / "data") as s:
        await s.mette.install()
        window = await documents(s, s.mette)
        before = back_up(tmp_path / "data", tmp_path / "backups", s.clock.now())
        await chooses(s, s.mette, window, "Gem")
        after = back_up(tmp_path / "data", tmp_path / "backups", s.clock.now() + timedelta(hours=1))

        assert list((tmp_path / "data" / "offers").iterdir()) and not (before / "offers").exists()
        assert list(after.glob("cases/blobs/*/*.blob")) and not list(before.glob("cases/blobs/*/*.blob"))


async def test_pressed_twice_or_delivered_twice_it_is_kept_once():
    async with story() as s:
        await s.mette.install()
        window = await documents(s, s.mette)
        first = await chooses(s, s.mette, window, "Gem")
        again = await s.channel.redeliver(s.mette, new_id=True)
        twice = await chooses(s, s.mette, window, "Gem")
        await s.settled()

        assert word(first) == word(again) == word(twice)
        assert len((await s.case()).evidence) == 1 and said(s.mette).count("Beskeden er gemt") == 1


def offer_of(window: Answer) -> str:
    first = next(iter(buttons(window.body["task"]["value"]["card"]["content"])))
    return read_press(first.action["data"]).args["offer"]


@pytest.mark.parametrize("died", [False, True], ids=["pressed again", "the process died before it was remembered"])
async def test_a_kept_message_that_was_destroyed_does_not_come_back_and_that_is_said(died: bool):
    async with story() as s:
        await s.mette.install()
        window = await documents(s, s.mette)
        await chooses(s, s.mette, window, "Gem")
        await s.settled()
        await s.mette.say("slet bevis 1")
        if died:
            message = read_message({"messagePayload": PAYLOAD})
            await s.app.office.offers.make(s.id("mette"), offer_of(window), message)

        answer = await chooses(s, s.mette, window, "Gem")

        assert "Beskeden er ikke i din kladde" in word(answer).replace("\xa0", " ")
        assert (await s.case()).items == {} and not list((s.folder / "cases" / "blobs").rglob("*.blob"))
        await keeps(s, s.mette)
        assert len((await s.case()).items) == 1  # chosen anew it is kept anew


async def test_a_message_that_was_withdrawn_since_begins_no_second_case_when_it_is_pressed_again():
    async with story() as s:
        await s.mette.say("Der er lagt et opslag op om mig.")
        window = await documents(s, s.mette)
        await chooses(s, s.mette, window, "Gem")
        await s.report(s.mette)
        await s.mette.say("hvad er delt")
        await s.does(s.mette, "withdraw_item", {"item": (await s.case()).evidence[0].id})
        message = read_message({"messagePayload": PAYLOAD})
        await s.app.office.offers.make(s.id("mette"), offer_of(window), message)

        await chooses(s, s.mette, window, "Gem")

        assert len(await s.cases("mette")) == 1 and len(list((s.folder / "cases" / "blobs").rglob("*.blob"))) == 1


async def test_a_restart_between_the_question_and_the_answer_loses_nothing():
    async with story() as s:
        await s.mette.install()
        window = await documents(s, s.mette)
        await s.restart()
        await chooses(s, s.mette, window, "Gem")

        assert len((await s.case()).evidence) == 1


async def test_whoever_has_never_met_vaern_is_written_to_and_told_how_to_find_it():
    async with story() as s:
        answer = await keeps(s, s.mette)

        assert "find Værn under Apps i Teams" in word(answer).replace("\xa0", " ")
        assert "Beskeden er gemt" in said(s.mette)


async def test_somebody_who_cannot_be_reached_loses_nothing_and_gets_the_card_when_they_write():
    async with story() as s:
        s.channel.unreachable.add(s.id("mette"))
        answer = await keeps(s, s.mette)
        assert s.mette.messages == () and "skriv »fortsæt«" in word(answer).replace("\xa0", " ")

        s.channel.unreachable.clear()
        await s.mette.say("fortsæt")
        await s.settled()
        assert s.has(s.mette, "report_next") and "Beskeden er gemt" in said(s.mette)
        assert len((await s.case()).evidence) == 1


async def test_nothing_is_kept_of_the_chat_the_message_stands_in_and_nothing_is_said_there():
    async with story() as s:
        await keeps(s, s.mette)
        sent = [seen for seen in s.channel.received if ELSEWHERE["id"] in str(seen)]

        assert await s.app.office.records.get(ELSEWHERE["id"]) is None and sent == []


async def test_nobody_can_answer_anothers_window():
    async with story() as s:
        await s.mette.install()
        window = await documents(s, s.mette)
        answer = await chooses(s, s.jonas, window, "Gem")
        await chooses(s, s.jonas, window, "Gem ikke")

        assert "er gået for lang tid" in word(answer).replace("\xa0", " ") and await s.cases("jonas") == ()
        assert "er gemt i din kladde" in word(await chooses(s, s.mette, window, "Gem")).replace("\xa0", " ")


async def test_window_answer_and_first_contact_are_in_the_persons_language():
    async with story() as s:
        window = await documents(s, s.mette, locale="en-GB")
        answer = await chooses(s, s.mette, window, "Keep", locale="en-GB")
        await s.settled()

        assert "find Værn under Apps in Teams" in word(answer).replace("\xa0", " ")
        assert "The message is kept" in said(s.mette)


async def test_a_chat_that_is_known_decides_the_language():
    async with story() as s:
        await s.mette.say("english")

        assert (await documents(s, s.mette)).body["task"]["value"]["title"] == "Keep the message"


NO_MESSAGE = (None, {}, "x", [], {"body": None}, {"body": {"content": "  "}}, {"body": {"content": 7}})
NO_PRESS = (None, {}, "x", {"press": {"verb": "help", "args": {}}}, {"press": {"verb": "keep_message"}})


@pytest.mark.parametrize("payload", NO_MESSAGE)
async def test_a_message_with_nothing_to_read_is_answered_in_words(payload):
    async with story() as s:
        await s.mette.install()

        assert "kunne ikke læse" in word(await documents(s, s.mette, payload)).replace("\xa0", " ")


@pytest.mark.parametrize("data", NO_PRESS)
async def test_a_press_that_is_none_of_the_windows_is_answered_in_words(data):
    async with story() as s:
        answer = await asks(s, s.mette, "submitAction", {"data": data})

        assert answer.status == 200 and word(answer)


@pytest.mark.parametrize("name", ["fetchTask", "submitAction"])
async def test_a_field_of_the_wrong_kind_never_breaks_a_message_action(name):
    async with story() as s:
        await s.mette.install()
        offer = (await documents(s, s.mette)).body["task"]["value"]["card"]["content"]["actions"][0]["data"]
        whole, broken = invoke(s, s.mette, name, {"messagePayload": PAYLOAD, "data": offer}), []
        for path in places(whole):
            bodies = [utf8(changed(whole, path, strange)) for strange in (*STRANGE, "<" * 300)]
            for body in (*bodies, half(whole, path)):
                status = await post(s, body)
                broken += [(path, body[:200], status)] if status not in ANSWERS else []

        assert broken == []
        assert await still_answers(s, s.mette)


def half(whole, path) -> bytes:
    """Half a character, as JSON can write it and UTF-8 cannot."""
    return utf8(changed(whole, path, "HALF")).replace(b'"HALF"', b'"\\ud800"')


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (HTML, READ),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("a&nbsp;&lt;b&gt;", "a <b>"),
        ("<style>x{}</style><script>alert(1)</script>ord", "ord"),
        ("<p>a<p>b", "a\nb"),
        ("</script>ord", "ord"),
        ("<blockquote>før</blockquote>svar", "før\nsvar"),
    ],
)
def test_html_is_read_as_its_reader_sees_it(html, text):
    assert plain(html) == text


def test_what_is_not_known_of_a_message_is_left_empty():
    message = read_message({"messagePayload": {"body": {"content": "ord"}, "linkToMessage": "javascript:x", "from": 7}})

    assert message == TeamsMessage("ord", "text/plain", "ord", "", None, "", ())


async def test_an_unanswered_offer_is_erased_within_a_day():
    now = [datetime(2026, 11, 22, 10, tzinfo=UTC)]
    shelf, message = MemoryShelf(), read_message({"messagePayload": PAYLOAD})
    offers, mette = Offers(shelf, lambda: now[0]), PersonId("mette")
    await offers.make(mette, "1", message)
    await offers.sweep()
    assert (await offers.find(mette, "1")).message == message

    now[0] += LIVES + timedelta(minutes=1)
    assert await offers.find(mette, "1") is None
    await offers.sweep()
    assert await shelf.keys() == ()


UNENDED = (
    "<!--", "<![CDATA[", "<![", "&", "<", "<!", "</", "<a ", "<?", "</a ", '<a b="', "<a b='>", '<a b="\'>', "<a", "<p>"
)  # fmt: skip


@pytest.mark.parametrize("part", UNENDED)
def test_no_message_holds_up_everybody_else_while_it_is_read(part):
    """As large as one may be. Python's own parser takes minutes for some of these, and all the house stands still."""
    began = perf_counter()
    read = plain(f"Vi ved, hvor du bor. {part * (250_000 // len(part))}")
    assert perf_counter() - began < 3
    assert read.startswith("Vi ved, hvor du bor.")


def test_a_comment_is_not_read_and_what_looks_like_a_tag_and_is_none_is():
    assert plain("<p>a<!-- <b> skjult --> b</p><p>1 < 2 <3 og <![x] y</p>") == "a b\n1 < 2 <3 og <![x] y"


@pytest.mark.parametrize("sent", ["9999-12-31T23:59:59-23:59", "9999-12-31T23:30:00+00:00"])
async def test_a_message_from_the_end_of_time_is_kept_like_any_other(sent):
    """Copenhagen's clocks would show a year that no calendar has."""
    async with story() as s:
        await s.mette.install()
        assert "er gemt i din kladde" in word(await keeps(s, s.mette, PAYLOAD | {"createdDateTime": sent}))

"""After Send: more evidence, one more episode, more words."""

from casework.vocabulary import Certainty, ItemKind, PersonId
from dialogs.add import ADD_EVIDENCE, NEW_EPISODE, WRITE_IN_CASE
from dialogs.report import REPORT
from tests.at_a_desk import Chat
from tests.scenes import JONAS, METTE, TOM


async def sent() -> Chat:
    chat = Chat()
    await chat.begins(REPORT)
    await chat.presses("report_next", whom="me")
    await chat.presses("report_next", account="Der står grimme ting om mig.")
    await chat.presses("report_next", certainty="exact", date="2026-11-21", time="14:10")
    await chat.says("næste")
    await chat.presses("report_next", recipient=JONAS)
    await chat.presses("report_send")
    return chat


async def adding(dialog: str) -> Chat:
    chat = await sent()
    await chat.begins(dialog, case=chat.case.id)
    return chat


async def test_files_and_texts_are_evidence_until_it_is_enough():
    chat = await adding(ADD_EVIDENCE)
    await chat.says("", ("opslag.png", "image/png"))
    await chat.says("https://facebook.example/opslag")

    result = await chat.says("færdig")

    assert [item.kind for item in chat.case.evidence] == [ItemKind.FILE, ItemKind.TEXT]
    assert chat.house.texts[chat.case.evidence[1].id] == "https://facebook.example/opslag"
    assert result.result == {"case": chat.case.id}
    assert not chat.active


async def test_the_button_ends_it_as_the_word_does():
    chat = await adding(ADD_EVIDENCE)

    await chat.presses("report_stop")

    assert not chat.active


async def test_what_a_piece_shows_is_said_on_its_receipt():
    chat = await adding(ADD_EVIDENCE)
    await chat.says("", ("opslag.png", "image/png"))

    await chat.presses("describe_evidence", shows="whole_post")

    assert [shows.value for shows in chat.case.evidence[0].shows] == ["whole_post"]
    assert chat.active


async def test_more_words_of_the_person_it_happened_to_are_messages_until_stop():
    chat = await adding(WRITE_IN_CASE)
    await chat.says("Han har skrevet igen.")
    await chat.says("Og en gang til.")
    await chat.says("stop")

    words = [chat.house.texts[said.item] for said in chat.case.talk.thread(METTE)]
    assert words == ["Han har skrevet igen.", "Og en gang til."]
    assert len(chat.case.account) == 1 and not chat.active


async def test_one_more_episode_is_told_on_one_form():
    chat = await adding(NEW_EPISODE)

    await chat.presses("report_new_episode", certainty="date_only", date="2026-11-22")

    assert len(chat.case.episodes) == 2
    assert not chat.active


async def test_one_more_episode_can_be_typed():
    chat = await adding(NEW_EPISODE)

    await chat.says("i dag kl. 9.20")

    assert chat.case.in_time_order[-1].certainty is Certainty.EXACT


async def test_a_moment_that_cannot_be_read_comes_back_on_the_same_card():
    chat = await adding(NEW_EPISODE)
    card = chat.state["asked"]

    await chat.presses("report_new_episode", certainty="exact", date="2026-11-22")

    assert "Skriv klokkeslættet" in chat.words(card)
    assert chat.fields(card)["date"] == "2026-11-22"
    assert chat.active


async def test_the_report_s_old_form_says_that_it_is_sent():
    chat = await adding(ADD_EVIDENCE)

    await chat.submits("a1", {"press": {"verb": "report_next", "case": chat.case.id, "args": {"form": "what"}}})

    assert "Det er allerede sendt" in chat.last


async def test_a_stranger_is_told_what_they_would_be_told_if_there_were_no_case():
    chat = await sent()
    stranger = Chat(chat.house, PersonId(TOM))
    await stranger.begins(WRITE_IN_CASE, case=chat.case.id)

    result = await stranger.says("Lad mig se.")

    assert stranger.last == "Den sag findes ikke blandt dine."
    assert len(chat.case.account) == 1
    assert result.result == {"case": chat.case.id}

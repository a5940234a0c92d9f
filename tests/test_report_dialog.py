"""The report from the first word to Send, through a real DialogSet that is made anew for every turn."""

import pytest

from casework.vocabulary import Certainty, Danger, Stage, Whom
from dialogs.report import REPORT
from tests.at_a_desk import Chat
from tests.at_a_report import (
    POST,
    at_review,
    at_what,
    at_when,
    at_who_is_to_know,
    at_who_where,
    begun,
)
from tests.scenes import JONAS, METTE

# -- the whole way ---------------------------------------------------------------------------------------------------


async def test_from_the_first_word_to_send():
    chat = await at_review()

    result = await chat.presses("report_send")

    assert (chat.case.stage, chat.case.recipient, chat.case.affected) == (Stage.OPEN, JONAS, (METTE,))
    assert chat.case.episodes and chat.view.account == "Der står grimme ting om mig."
    assert result.result == {"sent": chat.case.id}
    assert not chat.active


async def test_the_whole_way_in_english():
    chat = Chat(language="en")
    await chat.begins(REPORT)
    await chat.presses("report_next", whom="me")
    await chat.presses("report_next", account="They wrote about me.")
    await chat.presses("report_next", **POST)
    await chat.says("next")
    await chat.presses("report_next", recipient=JONAS)
    await chat.says("Send it.")

    assert chat.case.stage is Stage.OPEN


async def test_every_answer_is_a_fact_before_the_next_form_is_shown():
    chat = await at_when()

    assert chat.case.whom is Whom.ME
    assert chat.view.account == "Der står grimme ting om mig."


async def test_nothing_is_sent_before_send():
    chat = await at_review()

    assert chat.case.stage is Stage.DRAFT


async def test_an_answered_form_shrinks_to_one_line_with_ret():
    chat = await at_what()

    card, data = chat.button("report_edit")
    assert data["args"]["form"] == "for_whom"
    assert not chat.fields(card)


async def test_a_form_that_cannot_shrink_stops_nothing():
    chat = await begun()
    chat.channel.keeps = False

    await chat.presses("report_next", whom="me")

    assert chat.state["form"] == "what"


async def test_what_is_decided_stays_decided_when_the_channel_takes_no_reply():
    chat = await begun()
    chat.channel.takes = False
    await chat.presses("report_next", whom="me")
    chat.channel.takes = True

    await chat.says("fortsæt")

    assert chat.case.whom is Whom.ME
    assert chat.state["form"] == "what"


async def test_what_is_kept_between_turns_is_plain_texts():
    chat = await at_review()

    assert all(isinstance(value, str) for value in chat.state.values())


# -- back, stop, resume ----------------------------------------------------------------------------------------------


async def test_back_saves_what_is_on_the_form_and_shows_the_one_before():
    chat = await at_when()

    await chat.presses("report_back", **POST)

    assert chat.view.episodes[0].certainty is Certainty.EXACT
    assert chat.state["form"] == "what"
    assert chat.fields(chat.state["asked"])["account"] == "Der står grimme ting om mig."


async def test_what_cannot_be_read_does_not_stop_back():
    chat = await at_when()

    await chat.presses("report_back", date="i sommer")

    assert (chat.state["form"], chat.case.episodes) == ("what", {})


async def test_stop_saves_the_form_and_ends_the_dialog():
    chat = await at_what()

    result = await chat.presses("report_stop", account="Det begyndte i går.")

    assert chat.view.account == "Det begyndte i går."
    assert result.result == {"stopped": chat.case.id, "form": "what"}
    assert not chat.active


async def test_what_cannot_be_read_does_not_stop_a_pause():
    chat = await begun()

    result = await chat.presses("report_stop", whom="colleague", people="Ingen Kendt")

    assert result.result["stopped"] == chat.case.id


async def test_a_report_goes_on_where_it_was_stopped():
    chat = await at_who_where()
    stopped = (await chat.says("stop")).result

    await chat.begins(REPORT, draft=stopped["stopped"], form=stopped["form"], resumed="yes")

    assert chat.state["form"] == "who_where"
    assert "Velkommen tilbage" in chat.all_words


async def test_a_report_whose_dialog_was_lost_goes_on_at_the_first_form_without_an_answer():
    chat = await at_when()
    chat.kept = ""

    await chat.begins(REPORT)

    assert chat.state["form"] == "when"


async def test_the_words_say_what_the_buttons_do():
    chat = await at_who_where()

    await chat.says("Tilbage")
    assert chat.state["form"] == "when"
    await chat.says("næste")
    assert chat.state["form"] == "who_where"
    await chat.says("next")
    assert chat.state["form"] == "who_is_to_know"


async def test_a_typed_next_does_not_pass_a_form_whose_answer_is_needed():
    chat = await at_what()

    await chat.says("næste")

    assert chat.state["form"] == "what"
    assert "kommer først med, når du trykker Næste på den" in chat.last


async def test_a_typed_send_first_shows_everything_on_one_page():
    chat = await at_review()
    await chat.presses("report_edit", args={"form": "what"})

    await chat.says("send")
    assert (chat.case.stage, chat.state["form"]) == (Stage.DRAFT, "review")
    await chat.says("send")
    assert chat.case.stage is Stage.OPEN


# -- faults ----------------------------------------------------------------------------------------------------------


async def test_a_fault_comes_back_on_the_same_card_with_every_typed_word():
    chat = await begun()
    card = chat.state["asked"]

    await chat.presses("report_next", whom="colleague", people="Ingen Kendt", danger="in_doubt")

    assert chat.state["asked"] == card
    assert chat.fields(card) == {"whom": "colleague", "people": "Ingen Kendt", "danger": "in_doubt"}
    assert "Navnet blev ikke fundet" in chat.words(card)


async def test_a_card_that_cannot_be_changed_comes_back_as_a_new_one():
    chat = await begun()
    chat.channel.keeps = False

    await chat.presses("report_next", whom="colleague", people="Ingen Kendt")

    assert chat.fields(chat.state["asked"])["people"] == "Ingen Kendt"


async def test_an_empty_account_is_asked_for():
    chat = await at_what()

    await chat.presses("report_next", media="facebook")

    assert chat.state["form"] == "what"
    assert [medium.value for medium in chat.view.media] == ["facebook"]
    assert "Skriv et par ord" in chat.words(chat.state["asked"])


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "Skriv datoen"),
        ({"date": "i sommer"}, "Datoen kunne ikke læses"),
        ({"certainty": "exact", "date": "2026-11-21"}, "Skriv klokkeslættet"),
        ({"date": "2026-11-21", "time": "kvart"}, "Klokkeslættet kunne ikke læses"),
        ({"date": "2026-11-23"}, "ude i fremtiden"),
    ],
)
async def test_a_moment_that_cannot_be_read_says_how_to_write_it(answers, words):
    chat = await at_when()

    await chat.presses("report_next", **answers)

    assert words in chat.words(chat.state["asked"])
    assert not chat.case.episodes


async def test_the_recipient_must_be_chosen():
    chat = await at_who_is_to_know()

    await chat.presses("report_next")

    assert chat.state["form"] == "who_is_to_know"
    assert "Vælg én" in chat.words(chat.state["asked"])


async def test_sending_with_something_missing_says_what_and_sends_nothing():
    chat = await at_review()
    page, data = chat.button("report_send")
    await chat.presses("report_edit", args={"form": "when"})
    await chat.presses("report_new_episode", date="")
    episode = next(iter(chat.case.episodes))
    drop = {"verb": "report_drop_episode", "case": chat.case.id, "args": {"episode": episode}}
    await chat.submits(page, {"press": drop})

    await chat.submits(page, {"press": data})

    assert chat.case.stage is Stage.DRAFT
    assert "Skriv, hvornår det skete" in chat.words(chat.state["asked"])


async def test_a_recipient_who_turns_out_to_be_behind_it_is_refused_with_the_reason():
    chat = await at_review()
    await chat.presses("report_edit", args={"form": "who_where"})
    await chat.presses("report_next", originator="workplace", colleague="Jonas Friis")

    await chat.presses("report_send")

    assert chat.case.stage is Stage.DRAFT
    assert "har nævnt som den, der står bag" in chat.words(chat.state["asked"])


async def test_112_is_said_at_once_even_when_the_form_has_a_fault():
    chat = await begun()

    await chat.presses("report_next", whom="colleague", people="Ingen Kendt", danger="yes")

    assert "Ring 112 nu. Kladden er gemt" in chat.last


async def test_the_draft_goes_on_when_somebody_is_in_danger():
    chat = await begun()

    await chat.presses("report_next", whom="me", danger="yes")

    assert (chat.case.danger, chat.state["form"]) == (Danger.YES, "what")

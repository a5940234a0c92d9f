"""The report from the first word to Send, through a real DialogSet that is made anew for every turn."""

import pytest

from casework.people import Person
from casework.vocabulary import Certainty, Danger, OriginatorKind, PersonId, Stage, Whom
from dialogs.report import REPORT
from tests.at_a_desk import Chat, House
from tests.scenes import JONAS, KARIN, METTE, PEOPLE, PETER, TOM

LARS_1, LARS_2 = PersonId("lars1"), PersonId("lars2")
TWO_CALLED_LARS = {
    **PEOPLE,
    LARS_1: Person(LARS_1, "Lars Bo", "Leder", mail="lars.bo@example.dk"),
    LARS_2: Person(LARS_2, "Lars Dahl", "Leder", mail="lars.dahl@example.dk"),
}
POST = {"certainty": "exact", "date": "2026-11-21", "time": "14:10"}


async def begun(chat: Chat | None = None) -> Chat:
    chat = chat or Chat()
    await chat.begins(REPORT)
    return chat


async def at_what() -> Chat:
    chat = await begun()
    await chat.presses("report_next", whom="me")
    return chat


async def at_when() -> Chat:
    chat = await at_what()
    await chat.presses("report_next", account="Der står grimme ting om mig.")
    return chat


async def at_who_where() -> Chat:
    chat = await at_when()
    await chat.presses("report_next", **POST)
    return chat


async def at_who_is_to_know() -> Chat:
    chat = await at_who_where()
    await chat.presses("report_next")
    return chat


async def at_review() -> Chat:
    chat = await at_who_is_to_know()
    await chat.presses("report_next", recipient=JONAS)
    return chat


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
    assert "Skriv et par ord" in chat.last


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


# -- people ----------------------------------------------------------------------------------------------------------


async def test_colleagues_are_found_by_name():
    chat = await begun()

    await chat.presses("report_next", whom="several", people="Peter Vang og tom.riis@example.dk")

    assert chat.case.affected == (METTE, PETER, TOM)


async def test_a_name_that_fits_several_is_asked_about_and_the_other_names_are_kept():
    chat = await begun(Chat(House(TWO_CALLED_LARS)))
    await chat.presses("report_next", whom="colleague", people="Peter Vang, Lars")
    assert "Lars Dahl, Leder, lars.dahl@example.dk" in chat.words(chat.state["asked"])

    await chat.presses("report_next", people=LARS_2)

    assert chat.case.affected == (PETER, LARS_2)
    assert chat.state["form"] == "what"


async def test_whoever_is_proposed_is_shown_by_name():
    chat = await at_who_is_to_know()

    assert "Jonas Friis, din leder" in chat.last
    assert "Karin Holm, stedfortræder" in chat.last


async def test_another_leader_is_found_by_name():
    chat = await at_who_is_to_know()

    await chat.presses("report_next", recipient="other", other="karin holm")

    assert (chat.case.recipient, chat.case.excluded) == (KARIN, {JONAS})


async def test_another_leader_whose_name_fits_several_is_offered_as_a_choice():
    chat = Chat(House(TWO_CALLED_LARS))
    await chat.begins(REPORT, form="who_is_to_know")
    await chat.presses("report_next", recipient="other", other="Lars")

    await chat.presses("report_next", recipient="other", other=LARS_1)

    assert chat.case.recipient == LARS_1


async def test_a_colleague_who_is_behind_it_is_found_by_name():
    chat = await at_who_where()

    await chat.presses("report_next", colleague="Tom Riis")

    assert (chat.case.originator.kind, chat.case.originator.person) == (OriginatorKind.WORKPLACE, TOM)


async def test_nobody_names_themselves_as_the_one_behind_it():
    chat = await at_who_where()

    await chat.presses("report_next", originator="workplace", colleague="Mette Lund")

    assert chat.fields(chat.state["asked"])["colleague"] == "Mette Lund"
    assert chat.case.originator is None


async def test_a_recipient_nobody_has_heard_of_is_not_believed():
    chat = await at_who_is_to_know()

    await chat.presses("report_next", recipient="mallory")

    assert chat.case.recipient is None


# -- several episodes ------------------------------------------------------------------------------------------------


async def test_several_episodes_are_told_one_by_one_on_the_same_card():
    chat = await at_when()
    card = chat.state["asked"]
    await chat.presses("report_new_episode", **POST)
    assert (chat.state["asked"], chat.fields(card)["date"]) == (card, "")

    await chat.presses("report_next", certainty="date_only", date="2026-11-20")

    assert len(chat.case.episodes) == 2
    assert chat.state["form"] == "who_where"


async def test_an_episode_is_dropped_again():
    chat = await at_when()
    await chat.presses("report_new_episode", **POST)
    await chat.presses("report_new_episode", certainty="date_only", date="2026-11-20")
    first = chat.view.episodes[0].episode
    await chat.presses("report_edit", args={"episode": first})

    await chat.presses("report_drop_episode", args={"episode": first})

    assert [line.certainty for line in chat.view.episodes] == [Certainty.EXACT]


async def test_an_episode_told_again_on_its_own_form_is_corrected_and_not_one_more():
    chat = await at_who_where()
    await chat.presses("report_edit", args={"form": "when"})

    await chat.presses("report_next", certainty="exact", date="2026-11-21", time="09:00")

    assert len(chat.case.episodes) == 1


async def test_the_same_card_pressed_twice_tells_one_episode():
    chat = await at_when()
    card, data = chat.button("report_next")
    value = {**POST, "press": data}
    await chat.submits(card, value)
    shown = len(chat.channel.shown)

    await chat.submits(card, value)

    assert len(chat.case.episodes) == 1
    assert len(chat.channel.shown) == shown


async def test_a_moment_typed_while_it_is_asked_for_is_the_answer():
    chat = await at_when()

    await chat.says("i går kl. 14.10")

    assert chat.view.episodes[0].began_at.isoformat() == "2026-11-21T13:10:00+00:00"
    assert chat.state["form"] == "who_where"
    assert chat.view.pieces == 0


async def test_not_knowing_when_counts_from_the_day_it_was_seen():
    chat = await at_when()

    await chat.presses("report_next", certainty="unknown", date="2026-11-21", time="14:10")

    assert chat.view.episodes[0].began_at.isoformat() == "2026-11-20T23:00:00+00:00"


# -- words and files in between --------------------------------------------------------------------------------------


async def test_ordinary_words_are_one_more_piece_and_the_form_stays():
    chat = await at_when()
    card = chat.state["asked"]

    await chat.says("Og så skrev han igen i kommentarerne.")

    assert (chat.view.pieces, chat.state["form"], chat.state["asked"]) == (1, "when", card)
    assert "Gemt" in chat.last


async def test_words_written_while_the_account_is_asked_for_are_not_lost_when_the_form_is_sent():
    chat = await at_what()
    await chat.says("Det første, jeg skrev.")

    await chat.presses("report_next", account="Det, der stod på formularen.")

    assert {chat.house.texts[item] for item in chat.case.account} == {
        "Det første, jeg skrev.",
        "Det, der stod på formularen.",
    }


async def test_the_account_is_replaced_when_its_own_form_is_edited():
    chat = await at_when()
    await chat.presses("report_edit", args={"form": "what"})

    await chat.presses("report_next", account="En bedre tekst.")

    assert [chat.house.texts[item] for item in chat.case.account] == ["En bedre tekst."]


async def test_a_very_long_account_is_kept_whole_and_said_to_be():
    chat = await at_what()
    long = "æøå " * 2_000

    await chat.presses("report_next", account=long)

    assert [chat.house.texts[item] for item in chat.case.account] == [long.strip()]
    assert "Det var en lang tekst" in chat.all_words


async def test_files_get_a_receipt_each_and_a_fault_stops_none_of_them():
    chat = await at_who_where()

    exe = ("spil.exe", "application/x-msdownload")
    await chat.says("", ("opslag.png", "image/png"), exe, ("a.pdf", "application/pdf"))

    assert [item.media_type for item in chat.case.evidence] == ["image/png", "application/pdf"]
    assert "spil.exe er af en type" in chat.all_words
    assert chat.state["form"] == "who_where"


async def test_what_a_file_shows_is_said_on_its_receipt():
    chat = await at_who_where()
    await chat.says("", ("opslag.png", "image/png"))

    await chat.presses("describe_evidence", shows="sender,time")

    assert [shows.value for shows in chat.case.evidence[0].shows] == ["sender", "time"]
    assert "opslag.png" in chat.last


async def test_instructions_are_a_message_of_their_own():
    chat = await at_who_where()

    await chat.presses("report_how", args={"device": "iphone"})

    assert "lydstyrke op" in chat.last
    assert chat.state["form"] == "who_where"


# -- [Ret] and old cards ---------------------------------------------------------------------------------------------


async def test_ret_goes_to_that_form_and_back_to_the_last_page_when_nothing_is_missing():
    chat = await at_review()
    await chat.presses("report_edit", args={"form": "what"})
    assert chat.state["form"] == "what"

    await chat.presses("report_next", account="En bedre tekst.")

    assert chat.state["form"] == "review"


async def test_ret_goes_back_to_where_the_person_was_as_long_as_something_is_missing():
    chat = await at_who_where()
    await chat.presses("report_edit", args={"form": "for_whom"})

    await chat.presses("report_next", whom="workplace")

    assert chat.state["form"] == "who_where"


async def test_an_old_form_is_saved_and_the_newest_is_shown():
    chat = await begun()
    card, data = chat.button("report_next")
    chat.channel.keeps = False
    await chat.presses("report_next", whom="me")

    await chat.submits(card, {"whom": "workplace", "press": data})

    assert chat.case.whom is Whom.WORKPLACE
    assert chat.state["form"] == "what"


async def test_an_old_form_wakes_a_draft_whose_dialog_has_ended():
    chat = await at_what()
    card, data = chat.button("report_next")
    await chat.says("stop")

    await chat.submits(card, {"account": "Skrevet på det gamle kort.", "press": data}, dialog=REPORT)

    assert chat.view.account == "Skrevet på det gamle kort."
    assert chat.state["form"] == "when"


async def test_an_old_form_never_takes_the_account_back():
    chat = await at_what()
    card, data = chat.button("report_next")
    chat.channel.keeps = False
    await chat.presses("report_next", account="Det, der gælder.")

    await chat.submits(card, {"account": "", "media": "", "press": data})

    assert chat.view.account == "Det, der gælder."


async def test_an_old_form_after_send_is_told_that_it_is_sent():
    chat = await at_review()
    await chat.presses("report_send")
    value = {"whom": "workplace", "press": {"verb": "report_next", "case": chat.case.id, "args": {"form": "for_whom"}}}

    result = await chat.submits("a1", value, dialog=REPORT)

    assert "Det er allerede sendt" in chat.last
    assert (result.result, chat.case.whom) == ({"gone": chat.case.id}, Whom.ME)


async def test_somebody_elses_draft_is_as_if_it_did_not_exist():
    chat = await at_what()
    stranger = Chat(chat.house, TOM)
    value = {"account": "Ikke mit.", "press": {"verb": "report_next", "case": chat.case.id, "args": {"form": "what"}}}

    await stranger.submits("a1", value, dialog=REPORT)
    to_hers = stranger.last
    await stranger.submits("a1", {**value, "press": {**value["press"], "case": "VK-0000-000"}}, dialog=REPORT)

    assert stranger.last == to_hers
    assert chat.view.account == ""


async def test_a_draft_deleted_meanwhile_ends_the_dialog():
    chat = await at_what()
    chat.house.cases.clear()

    result = await chat.says("Er der nogen?")

    assert "gone" in result.result

"""People, several episodes, words and files in between, and old cards: the report as it is really filled in."""

from casework.vocabulary import Certainty, OriginatorKind, Whom
from dialogs.report import REPORT
from tests.at_a_desk import Chat, House
from tests.at_a_report import (
    LARS_1,
    LARS_2,
    POST,
    TWO_CALLED_LARS,
    at_review,
    at_what,
    at_when,
    at_who_is_to_know,
    at_who_where,
    begun,
)
from tests.scenes import JONAS, KARIN, METTE, PETER, TOM

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


async def test_a_receipt_sends_nobody_past_fields_that_may_hold_something():
    chat = await at_who_where()
    await chat.says("", ("opslag.png", "image/png"))
    assert "Tryk Næste på formularen ovenfor" in chat.last and "»næste«" not in chat.last
    await chat.presses("describe_evidence", shows="time")
    assert "Tryk Næste på formularen ovenfor" in chat.last and "»næste«" not in chat.last

    at_the_end = await at_review()
    await at_the_end.says("", ("opslag.png", "image/png"))
    assert "Skriv »næste«" in at_the_end.last


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


async def test_a_link_pasted_while_the_form_asks_for_it_is_the_link_and_no_piece_of_the_account():
    chat = await at_who_where()
    account = chat.case.account
    await chat.says("https://www.facebook.com/groups/1/posts/2")
    assert chat.state["form"] == "who_where" and chat.case.account == account
    assert chat.fields(chat.state["asked"])["links"] == "https://www.facebook.com/groups/1/posts/2"

    await chat.says("www.example.org/a https://www.facebook.com/groups/1/posts/2")
    assert chat.fields(chat.state["asked"])["links"].splitlines() == [
        "https://www.facebook.com/groups/1/posts/2",
        "www.example.org/a",
    ]


async def test_a_link_keeps_who_is_behind_it_as_it_was_told_and_words_around_a_link_are_an_account():
    chat = await at_who_where()
    await chat.presses("report_next", colleague="Tom Riis")
    await chat.says("tilbage")
    await chat.says("https://example.org/post")
    assert (chat.case.originator.kind, chat.case.originator.person) == (OriginatorKind.WORKPLACE, TOM)
    before = len(chat.case.account)
    await chat.says("Det står på https://example.org/post")

    assert len(chat.case.account) == before + 1

"""What somebody types whose hands shake: it does what was meant, or asks; and nothing that weighs is done by a slip."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from cards.show import as_text
from casework.texts import read_known
from casework.vocabulary import Answer
from dialogs.known import Meaning, understood
from dialogs.nearest import guesses, the_one
from tests.crafted import Crafted, press
from tests.story import SUNDAY, Story, said, story
from tests.test_stories_closing import asked, sent, workplace_is_done
from tests.test_typed_verbs import SAID_AS
from tests.test_typed_words import in_hand

WORDS = (read_known("da"), read_known("en"))
GOLDEN = Path(__file__).parent / "golden"
MEANT = {
    "færdig med 3": ("complete_step", {"step": "3"}),
    "jeg er færdig med trin 3": ("complete_step", {"step": "3"}),
    "trin 3 er færdigt": ("complete_step", {"step": "3"}),
    "faerdig med 3": ("complete_step", {"step": "3"}),
    "done with step 3": ("complete_step", {"step": "3"}),
    "step 3 is done": ("complete_step", {"step": "3"}),
    "fortyrd": ("undo_step", {}),
    "fortryd det": ("undo_step", {}),
    "annullér": ("undo_step", {}),
    "anuller": ("undo_step", {}),
    "cancel": ("undo_step", {}),
    "mne sager": ("my_cases", {}),
    "hvor er min sag": ("my_cases", {}),
    "where is my case": ("my_cases", {}),
    "påmind mig på fredag": ("postpone_step", {"day": "på fredag"}),
    "påmind mig i morgen kl. 10": ("postpone_step", {"day": "i morgen kl. 10"}),
    "mind mig om det i morgen": ("postpone_step", {"day": "i morgen"}),
    "mind mig om 3 dage": ("postpone_step", {"day": "om 3 dage"}),
    "mind mig om 3 fredag": ("postpone_step", {"step": "3", "until": "fredag"}),
    "påmind mig 27. november": ("postpone_step", {"day": "27. november"}),
    "remind me in 3 days": ("postpone_step", {"day": "in 3 days"}),
    "remind me tomorrow at 10": ("postpone_step", {"day": "tomorrow at 10"}),
    "kan nogen ringe til mig": ("call_me", {}),
    "jeg vil gerne ringes op": ("call_me", {}),
    "ring til mgi": ("call_me", {}),
    "can someone call me": ("call_me", {}),
    "hjælp mig": ("help", {}),
    "112": ("help", {}),
    "what should i do": ("help", {}),
    "nej luk gerne": ("nothing_missing", {}),
    "ja anmeld": ("yes_report", {}),
    "breve": ("write_letter", {}),
    "letters": ("write_letter", {}),
    "luk": ("show_closing", {}),
    "lukk sagen": ("show_closing", {}),
    "afslut sag": ("show_closing", {}),
    "afslut sagen": ("show_closing", {}),
    "end the case": ("show_closing", {}),
    "finish the case": ("show_closing", {}),
    "slet sagen": ("delete_case", {}),
    "delete my case": ("delete_case", {}),
    "giv besked: Vi har talt med politiet": ("give_update", {"update": "Vi har talt med politiet"}),
    "giv trin 4 videre til Sara": ("offer_step", {"step": "4", "to": "Sara"}),
    "hand over 4 to Sara": ("offer_step", {"step": "4", "to": "Sara"}),
    "bevis 2": ("open_item", {"number": "2"}),
    "hvem har set det": ("show_custody", {}),
    "jeg har anmeldt det": ("report_myself", {}),
    "jeg har ombestemt mig": ("changed_my_mind", {}),
    "genåbn": ("reopen_case", {}),
    "opslaget er væk": ("gone", {}),
}
"""What is typed → what is done at once."""


@pytest.mark.parametrize("text", MEANT)
def test_it_does_what_was_meant(text):
    name, args = MEANT[text]
    found = the_one(guesses(text, *WORDS))
    assert (understood(text, *WORDS) or (found and found.meaning)) == Meaning(name, args)


@pytest.mark.parametrize(
    "text", ["jeg vil ikke mere", "jeg orker ikke mere", "I want no more", "stop det", "slet mig", "det er mit ansvar"]
)
def test_a_cry_is_no_command(text):
    assert understood(text, *WORDS) is None and the_one(guesses(text, *WORDS)) is None


WEIGHS = {
    "send", "yes", "no", "mark_seen", "close_case", "want_no_more", "deny_offence", "withdraw_consent",
    "delete_case", "stop_the_case",
    "destroy_item", "withdraw_item", "send_letter", "send_letter_anyway", "send_message",
    "give_update", "ask_consent", "offer_step",
    "set_hold", "lift_hold", "reopen_case", "gone", "accept_step", "decline_step", "take_step", "nobody_affected",
}  # fmt: skip


def test_nothing_that_weighs_is_done_by_a_word_with_a_letter_left_out_doubled_or_changed_with_its_neighbour():
    phrases = [phrase for words in WORDS for same in words.values() for phrase in same if "{" not in phrase]
    slips = [slip for phrase in phrases for slip in _slips(phrase)][::5]
    done = {
        slip: found.meaning.name
        for slip in slips
        if understood(slip, *WORDS) is None and (found := the_one(guesses(slip, *WORDS))) is not None
    }
    assert len(done) > 1000
    assert {one: name for one, name in done.items() if name in WEIGHS or name.startswith(("yes_", "no_"))} == {}


def _slips(phrase: str) -> Iterator[str]:
    for at in range(len(phrase) - 1):
        yield phrase[:at] + phrase[at + 1 :]
        yield phrase[: at + 1] + phrase[at:]
        yield phrase[:at] + phrase[at + 1] + phrase[at] + phrase[at + 2 :]


# -- what stands on a button, typed ------------------------------------------------------------------------------------

NOT_ALONE = {
    "answer_closing": {"send"},
    "answer_consent": {"yes", "no", "yes_report", "yes_team", "yes_warn"},
    "answer_part": {"part_have", "part_not_now"},
    "answer_rung": {"answer_rung"},
    "ask_documenter": {"ask_consent"},
    "ask_if_missing": {"ask_consent"},
    "choose_call": {"call_me"},
    "close_case": {"show_closing"},
    "complete_step": {"reported"},
    "decline_documenting": {"no"},
    "decline_step": {"no"},
    "end_removal": {"not_online", "gone"},
    "finish_analysis": {"complete_step"},
    "give_update": {"send"},
    "language": {"danish", "english"},
    "note_review": {"show_plan", "undo_plan", "undo_guidelines", "undo_risks"},
    "offer_step": {"ask_consent"},
    "open_case": {"open_step"},
    "open_messages": {"mark_seen", "open_item"},
    "open_step": {"answer_rung", "assess_police", "offer_step", "show_accept"},
    "points_unfit": {"send"},
    "reopen_case": {"open_case"},
    "report_myself": {"report_myself"},
    "report_stop": {"complete_step"},
    "send_message": {"send"},
    "send_letter": {"send_letter_anyway"},
    "show_case": {"open_step", "open_case"},
    "show_missing": {"show_question"},
    "take_step": {"accept_step"},
    "tell_capture": {"taken_by_another", "taken_myself"},
    "answer_follow_up": {"complete_step"},
    "want_no_more": {"stop_the_case"},
    "answer_debriefing": {"debriefing_held", "debriefing_not_held"},
    "begin_words": {"start_report"},
    "show_wording": {"show_answers"},
    "withdraw_consent": {"changed_my_mind"},
}
"""Verb → other known words that stand on its buttons. A bare one asks which step, shows the case, or is refused."""


def buttons() -> Iterator[tuple[str, str]]:
    """(verb, what stands on it) of every golden card."""
    for file in GOLDEN.glob("*.json"):
        yield from _buttons(json.loads(file.read_text(encoding="utf-8")))


def _buttons(part: object) -> Iterator[tuple[str, str]]:
    if isinstance(part, Mapping):
        press = (part.get("data") or {}).get("press") if isinstance(part.get("data"), Mapping) else None
        if press and "title" in part:
            yield press["verb"], part["title"]
        for inner in part.values():
            yield from _buttons(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _buttons(inner)


def test_what_stands_on_a_button_never_means_another_one_that_nobody_thought_of():
    other = {
        (verb, title, meaning.name)
        for verb, title in set(buttons())
        if verb != "say_words" and (meaning := understood(title, *WORDS)) is not None
        if meaning.name not in {verb, SAID_AS.get(verb, verb), *NOT_ALONE.get(verb, ())}
    }
    assert other == set()


# -- through the channel -----------------------------------------------------------------------------------------------


async def test_no_more_is_asked_about_and_whom_to_ring_stands_there_and_only_the_button_says_it():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("Ikke mere!")
        card = str(s.mette.last_card).replace("\\xa0", " ")
        assert "Vil du have, at sagen stopper her?" in said(s.mette) and "no_more_wanted" not in await s.facts()
        assert "112" in card and s.has(s.mette, "call_me")

        await s.does(s.mette, "want_no_more")
        assert "no_more_wanted" in await s.facts()


async def test_that_the_case_is_to_stop_can_be_answered_by_the_words_on_the_button():
    async with story() as s:
        await s.report(s.mette)
        for words in ("ikke mere", "ja, stop sagen"):
            await s.mette.say(words)
        assert "no_more_wanted" in await s.facts()


async def test_who_asks_to_delete_a_case_that_was_sent_reads_what_they_can_do_instead():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("slet sagen")
        assert "kan du ikke selv slette" in said(s.mette) and await s.case()


async def test_who_asks_to_delete_a_draft_in_such_words_is_asked_first():
    async with story() as s:
        await s.mette.say("De skriver om mig.")
        await s.mette.say("slet det hele")
        assert "Skal kladden slettes?" in said(s.mette) and len(await s.cases("mette")) == 1


async def test_status_shows_everybody_else_how_their_cases_stand():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("status")
        assert "Dine sager" in said(s.mette) and "Sådan kører Værn" not in said(s.mette)
        await s.mette.say("statsu")
        assert said(s.mette).count("Dine sager") == 2


async def asked_about_the_police(s: Story) -> None:
    await s.report(s.mette)
    await s.opened(s.jonas)
    for words in ("færdig 1", "færdig 14", "spørg 16"):
        await s.jonas.say(words)
    await s.settled()


async def answers(s: Story) -> list[Answer | None]:
    return [consent.answer for consent in (await s.case()).consents.values()]


async def test_a_bare_yes_is_no_accept_where_something_else_was_said_since_and_the_question_is_shown_instead():
    async with story() as s:
        await asked_about_the_police(s)
        await s.passes(minutes=1)
        await s.jonas.say("giv besked: Kan jeg ringe kl. 14?")
        await s.settled()
        await s.mette.say("ja")
        await s.settled()
        assert await answers(s) == [None] and s.has(s.mette, "answer_consent", answer="yes")

        await s.mette.say("ja, anmeld")
        await s.settled()
        assert await answers(s) == ["yes"]


async def test_a_yes_to_the_team_is_no_yes_to_the_police():
    async with story() as s:
        await asked_about_the_police(s)
        await s.mette.say("ja, teamet")
        await s.settled()

        assert await answers(s) == [None]


async def test_somebody_who_writes_to_the_leader_may_speak_of_themselves_in_words_that_are_commands_elsewhere():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("skriv i sagen")
        await s.mette.say("jeg har anmeldt det")
        await s.settled()
        assert (await s.facts())[-1] == "message_written"

        await s.mette.say("anuller")
        await s.mette.say("fortryd")
        assert (await s.facts()).count("message_written") == 1


async def test_what_somebody_tells_in_a_report_is_kept_though_it_is_a_command_in_a_case():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        for words in ("jeg har anmeldt det", "har anmeldt det", "opslaget er væk"):
            await s.mette.say(words)

        assert len((await s.case()).account) == 3


async def test_whoever_has_no_step_reads_where_to_look_and_an_hour_alone_is_said_not_to_be_kept():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("påmind mig fredag")
        assert "Du har ikke et trin, du kan blive mindet om." in said(s.mette)

        await s.opened(s.jonas)
        await s.jonas.say("påmind mig om 2 timer")
        assert "ikke om et klokkeslæt" in said(s.jonas)
        await s.jonas.say("mind mig om tre dage")
        assert [f"{state.until:%d-%m}" for state in (await s.case()).steps.values() if state.until] == ["25-11"]


async def test_show_without_a_number_shows_the_list():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        before = len(s.jonas.messages)
        await s.jonas.say("vis")

        assert len(s.jonas.messages) == before + 2 and "findes ikke blandt dine" not in said(s.jonas)


async def test_a_bare_no_to_whether_anything_is_missing_shows_that_question_and_answers_nothing():
    async with story() as s:
        await sent(s)
        await workplace_is_done(s)
        await asked(s)
        await s.mette.say("nej")
        assert "closing_answered" not in await s.facts() and said(s.mette).count("Mangler der noget?") == 2
        await s.mette.say("nej, luk gerne")

        assert "closing_answered" in await s.facts()


async def test_a_colleague_who_saved_evidence_is_thanked_by_name():
    async with story() as s:
        await s.report(s.mette)
        await press(
            s.mette, Crafted("ask_documenter", {}, {"documenter": "Tom Riis", "words": "Se her."}), (await s.case()).id
        )
        await s.mette.say("sig tak til Peter")
        assert "documenting_ended" not in await s.facts()
        await s.mette.say("sig tak til Tom")

        assert "documenting_ended" in await s.facts()


async def test_how_it_goes_with_a_measure_is_said_by_its_number_and_without_one_where_there_is_no_other():
    async with story() as s:
        await s.connect_group()
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.until(SUNDAY + timedelta(days=15))
        await s.does(s.group, "take_analysis", by="sara")
        await s.does(
            s.sara, "finish_analysis", {"possible": "Åbne profiler", "measures": "Tal om tonen\nKlarere breve"}
        )
        await s.sara.say("tiltaget er gjort")
        assert "followed_up" not in await s.facts() and "Vælg, hvilket tiltag det gælder." in said(s.sara)
        await s.sara.say("tiltag 2 er gjort")
        await s.sara.say("tiltaget er droppet: Det er der ikke brug for")

        assert (await s.facts()).count("followed_up") == 2


@pytest.mark.parametrize("words", ["opslaget er væk", "det er væk", "jeg har anmeldt det", "anmeldt"])
async def test_what_is_a_command_in_a_case_is_the_beginning_of_an_account_from_whoever_has_none(words):
    async with story() as s:
        await s.mette.say(words)
        assert len((await s.case()).account) == 1


async def test_what_only_the_leader_can_note_is_asked_about_when_somebody_else_says_it():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("det er væk")
        assert "Hvor hører det hjemme?" in said(s.mette) and s.has(s.mette, "send_words")


@pytest.mark.parametrize("words", ["luk sagen", "færdig 3", "spørg 16", "brev 8", "risikovurdering", "har set det"])
async def test_what_the_leader_does_is_never_called_unknown_to_whom_the_case_is_about_but_said_how_to_ask_for_it(words):
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say(words)
        assert "Det er den, der har sagen, der gør det." in said(s.mette)
        assert "findes ikke blandt dine" not in said(s.mette) and "case_seen" not in await s.facts()


async def test_whoever_it_happened_to_sees_what_is_theirs_by_the_leaders_words_and_writes_to_the_leader():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("planen")
        await s.mette.say("beviser")
        assert "findes ikke blandt dine" not in said(s.mette) and "Hvad er delt" in said(s.mette)
        await s.mette.say("giv besked: Kan vi tales ved i morgen?")

        assert (await s.facts())[-1] == "message_written"


async def test_evidence_is_opened_by_the_number_its_giver_knows_and_a_number_there_is_not_is_said_to_be_none():
    async with story() as s:
        await s.report(s.lise, whom="colleague", people="Mette Lund")
        await s.opened(s.jonas)
        await s.step(s.jonas, "talk")
        for chat, text in ((s.lise, "https://example.org/lise"), (s.mette, "https://example.org/mette")):
            for words in ("tilføj bevis", text, "stop"):
                await chat.say(words)
        await s.mette.say("bevis 1")
        assert "Der er ikke et bevis med det nummer." in said(s.mette) and "example.org/lise" not in said(s.mette)
        await s.mette.say("bevis 2")
        await s.jonas.say("vis bevis 1")

        assert said(s.mette).count("example.org/mette") == 2 and "example.org/lise" in said(s.jonas)


async def test_whoever_was_asked_to_take_a_step_answers_without_its_number_and_says_of_safetynet_that_it_is_reported():
    async with story() as s:
        await in_hand(s)
        await s.sara.say("jeg tager den")
        assert "Der er ikke et trin, der venter på dit svar." in said(s.sara)
        await s.jonas.say("giv 4 til Sara")
        await s.settled()
        await s.sara.say("jeg tager den")
        assert (await s.case()).step("safetynet").owner == s.id("sara")
        await s.sara.say("er anmeldt")
        assert s.has(s.sara, "complete_step", step="safetynet") and await s.cases("sara") == await s.cases("mette")


async def test_a_new_episode_that_is_given_up_is_answered():
    async with story() as s:
        await s.report(s.mette)
        for words in ("det skete igen", "stop"):
            await s.mette.say(words)

        assert "Der er ikke noteret en ny episode." in s.mette.messages[-1].text


async def test_with_nothing_to_undo_a_slip_in_that_word_is_answered_as_the_word():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("anuller")
        assert "Der er ikke noget at fortryde her." in s.mette.messages[-1].text


async def test_a_letter_without_its_number_is_asked_about_among_the_steps_that_have_one():
    async with story() as s:
        await in_hand(s)
        await s.jonas.say("brev")
        assert all(s.has(s.jonas, "say_words", words=f"brev {number}") for number in (8, 9, 10))
        asked = as_text(s.jonas.last_card)
        assert "Brev til den, der står bag" in asked and "Brev til siden" in asked and "Klage til Datatilsynet" in asked
        await s.jonas.say("spørg")
        assert s.has(s.jonas, "say_words", words="spørg 16") and not s.has(s.jonas, "say_words", words="spørg 1")

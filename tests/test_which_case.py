"""Typed words of somebody with several cases: nothing is done in one of them unasked, and what is shown names it."""

import re
from collections.abc import Iterator

import pytest

from bot.rehearsal.pressing import buttons
from bot.which_case import MOST_ASKED
from cards.show import as_text
from casework.case import Case
from casework.texts import read_known
from dialogs.known import Meaning, understood
from dialogs.nearest import guesses
from tests.story import Story, said, story
from tests.test_stories_to_whom import two_cases

FILLED = {"step": "2", "number": "1", "name": "Sara", "people": "Lise Bech", "day": "fredag", "case": "VK-2222-222"}
OTHERS = ("show_case_by_number", "start_report", "english")
"""Words that name a case, or after which others are heard in another way."""
ASKED = "Hvilken sag gælder det?"


def typed_words() -> Iterator[str]:
    """Every word there is, in both languages, with a step or a number where one belongs."""
    for language in ("da", "en"):
        for name, phrases in read_known(language).items():
            for phrase in phrases if name not in OTHERS else ():
                bare = phrase if "{" in phrase else f"{phrase} {{step}}"
                yield re.sub(r"\{(\w+)\}", lambda found: FILLED.get(found[1], "fredag"), bare)
                yield phrase.partition(" {")[0]


PARTS = 10
"""Stories in which all of them are typed: a chat that gets long is slow to look through."""


async def happened(s: Story) -> list[int]:
    """How much has happened in each of the two cases."""
    return [len(case.log) for case in await s.cases("jonas") if case.recipient == s.id("jonas")]


@pytest.mark.parametrize("part", range(PARTS))
async def test_no_word_there_is_lands_in_a_case_of_a_leader_with_two_unasked(part):
    async with story() as s:
        await two_cases(s)
        before, asked = await happened(s), 0
        for words in list(dict.fromkeys(typed_words()))[part::PARTS]:
            await s.jonas.say(words)
            assert await happened(s) == before, words
            asked += ASKED in str(s.jonas.last_card)
        assert len(before) == 2 and asked > 150 // PARTS


async def case_of(s: Story, name: str) -> Case:
    return next(case for case in await s.cases("jonas") if case.reporter == s.id(name))


CHANGES = (
    "færdig 2", "klaret trin 2", "done 2", "fædig 2", "ikke relevant 9 Den er der ikke.", "notat 3 Ringet.",
    "udsæt 3 fredag", "påmind mig fredag", "giv trin 4 til Sara", "klaret trin 14", "det er væk",
)  # fmt: skip


@pytest.mark.parametrize("words", CHANGES)
async def test_a_word_that_changes_a_case_is_done_in_the_one_that_is_pressed_and_once(words):
    async with story() as s:
        await two_cases(s)
        mette, lise = await case_of(s, "mette"), await case_of(s, "lise")
        await s.jonas.say(words)
        assert ASKED in said(s.jonas) and f"Mette Lund, sag {mette.id}" in said(s.jonas)
        message, action = s.button(s.jonas, "say_in_case")
        assert action["title"] == lise.id, "the one touched last comes first"
        button = next(one for one in buttons(message.card) if one.action["title"] == mette.id)
        await s.restart()
        for _ in range(2):
            await s.jonas.press(button.action, card=message)
        after = await case_of(s, "mette")

        assert len(after.log) == len(mette.log) + 1 and (await case_of(s, "lise")).log == lise.log
        assert "har allerede fundet sin plads" in s.jonas.messages[-1].text


@pytest.mark.parametrize("words", ["{case}: færdig 2", "færdig 2 i sag {case}", "step 2 is done, case {case}"])
async def test_the_number_of_the_case_says_which_it_is(words):
    async with story() as s:
        await two_cases(s)
        mette, lise = await case_of(s, "mette"), await case_of(s, "lise")
        await s.jonas.say(words.format(case=mette.id))
        assert (await case_of(s, "mette")).step("documentation").closed and ASKED not in said(s.jonas)
        await s.peter.say(words.format(case=mette.id))

        assert "Den sag findes ikke blandt dine" in said(s.peter)
        assert (await case_of(s, "lise")).log == lise.log and await s.cases("peter") == ()


CASE = "VK-7Q4M-X2D"
IN_THE_MIDDLE = {
    "ikke relevant 4 i sag {case} fordi den er væk": ("set_step_aside", {"step": "4", "reason": "fordi den er væk"}),
    "ikke relevant 4 sag {case}: Væk i sag 2.": ("set_step_aside", {"step": "4", "reason": "Væk i sag 2."}),
    "not relevant 4 in case {case} it is gone": ("set_step_aside", {"step": "4", "reason": "it is gone"}),
    "notat 4, {case}: Ringet.": ("note_step", {"step": "4", "note": "Ringet."}),
    "giv besked til Mette i sag {case}: Vi ses": ("give_update", {"whom": "Mette: Vi ses"}),
    "giv besked i sag {case}: Vi ses": ("give_update", {"update": "Vi ses"}),
    "send message to Mette in case {case}: Hi": ("send_message", {"whom": "Mette: Hi"}),
    "giv besked til Mette i sag {case}": ("give_update", {"whom": "Mette"}),
    "udsæt 5 i sag {case} til fredag": ("postpone_step", {"step": "5", "until": "fredag"}),
    "giv trin 4 i sag {case} til Sara": ("offer_step", {"step": "4", "to": "Sara"}),
}  # fmt: skip
"""Before what somebody writes in their own words the number of the case says which it is, and is none of them."""
OF_THE_WORDS = {
    "notat 4 Se i sag {case} også": ("note_step", {"step": "4", "note": f"Se i sag {CASE} også"}),
    "giv besked til Mette: Vi ses i sag {case}": ("give_update", {"whom": f"Mette: Vi ses i sag {CASE}"}),
    "giv besked: Som i sag {case}: vi ses": ("give_update", {"update": f"Som i sag {CASE}: vi ses"}),
}  # fmt: skip
"""Among these words it is one of them."""


@pytest.mark.parametrize("words", [*IN_THE_MIDDLE, *OF_THE_WORDS])
def test_the_number_of_a_case_before_somebodys_own_words_is_none_of_these_and_among_them_it_is(words):
    name, args = {**IN_THE_MIDDLE, **OF_THE_WORDS}[words]
    meaning = understood(words.format(case=CASE), read_known("da"), read_known("en"))
    assert meaning == Meaning(name, args, CASE if words in IN_THE_MIDDLE else "")


@pytest.mark.parametrize("words", ["{case}: klart 2", "sag {case} klart 2", "klart 2 i sag {case}"])
async def test_a_slip_is_forgiven_beside_the_number_of_a_case_as_without_it(words):
    async with story() as s:
        await two_cases(s)
        mette, lise = await case_of(s, "mette"), await case_of(s, "lise")
        await s.jonas.say(words.format(case=mette.id))

        assert (await case_of(s, "mette")).step("documentation").closed and ASKED not in said(s.jonas)
        assert (await case_of(s, "lise")).log == lise.log


def test_the_letters_of_a_cases_number_forgive_no_more_slips_than_there_were_without_it():
    for words in ("klxrxt 2", "fxrdxg 2", "klart 2"):
        alone, named = (guesses(said, read_known("da"), read_known("en")) for said in (words, f"{CASE}: {words}"))
        assert [(guess.meaning.name, guess.slips, guess.sure) for guess in named] == [
            (guess.meaning.name, guess.slips, guess.sure) for guess in alone
        ]


async def test_a_reason_behind_the_number_of_the_case_is_kept_without_it():
    async with story() as s:
        await two_cases(s)
        mette, lise = await case_of(s, "mette"), await case_of(s, "lise")
        await s.jonas.say(f"ikke relevant 9 i sag {mette.id} fordi den er væk")
        await s.jonas.say(f"åbn 9 i sag {mette.id}")

        assert (await case_of(s, "mette")).step("ask_site").closed and ASKED not in said(s.jonas)
        assert "i dag kl.\xa011.05:\nfordi den er væk\n" in as_text(s.jonas.last_card)
        assert (await case_of(s, "lise")).log == lise.log


async def test_a_word_without_its_step_is_asked_about_by_the_case_first_and_then_by_the_steps_of_that_case():
    async with story() as s:
        await two_cases(s)
        mette = await case_of(s, "mette")
        await s.jonas.say(f"færdig 1 sag {mette.id}")
        await s.jonas.say("færdig")
        await s.jonas.press(mette.id)
        assert "Hvilket trin?" in said(s.jonas) and f"Sag {mette.id}" in str(s.jonas.last_card)
        await s.jonas.press("færdig 2")

        assert (await case_of(s, "mette")).step("documentation").closed
        assert not (await case_of(s, "lise")).step("talk").closed


async def test_undo_alone_is_the_last_thing_that_was_done_and_typed_once_more_it_undoes_nothing_elsewhere():
    async with story() as s:
        await two_cases(s)
        mette, lise = await case_of(s, "mette"), await case_of(s, "lise")
        await s.jonas.say(f"færdig 2 sag {mette.id}")
        await s.passes(minutes=5)
        await s.jonas.say(f"færdig 2 sag {lise.id}")
        await s.passes(minutes=5)
        await s.jonas.say("fortryd")
        assert not (await case_of(s, "lise")).step("documentation").closed
        await s.jonas.say("fortryd")

        assert (await case_of(s, "mette")).step("documentation").closed and ASKED in said(s.jonas)


async def test_a_case_that_a_leader_had_before_may_be_the_one_that_is_meant_and_they_read_who_has_it_now():
    async with story() as s:
        await s.report(s.mette)
        await s.does(s.jonas, "open_case")
        await s.passes(hours=30)
        await s.report(s.lise)
        await s.opened(s.jonas)
        own, former = await case_of(s, "lise"), await case_of(s, "mette")
        assert (own.recipient, former.recipient) == (s.id("jonas"), s.id("karin"))
        await s.jonas.say("færdig 2")
        assert f"Karin Holm har den nu, og du havde den før: sag {former.id}" in said(s.jonas)
        assert "Mette" not in as_text(s.jonas.last_card)
        await s.jonas.press(former.id)

        assert (await case_of(s, "lise")).log == own.log and "Karin har sagen nu" in said(s.jonas)


async def test_a_case_that_is_not_opened_is_named_by_its_number_only_and_two_who_want_a_call_by_their_names():
    async with story() as s:
        await s.report(s.mette)
        await s.report(s.lise)
        await s.jonas.say("åbn sagen")
        asked = as_text(s.jonas.last_card)
        assert "En, du ikke har åbnet endnu, sag" in asked and "Mette" not in asked and "Lise" not in asked
        for chat in (s.mette, s.peter):
            await chat.say("ring til mig")
            await s.does(chat, "choose_call", person=s.id("sara"))
        await s.sara.say("har ringet")
        assert "Peter Vang vil gerne ringes op, sag" in said(s.sara)
        assert not any(case.call_made_at for case in await s.cases("sara"))


async def test_whoever_has_told_of_two_cases_is_asked_in_which_they_want_to_write():
    async with story() as s:
        await s.report(s.mette)
        await s.report(s.mette, recipient=s.id("karin"))
        for words in ("skriv i sagen", "tilføj bevis", "det er sket igen", "ikke krænket", "ikke mere", "slå fra"):
            await s.mette.say(words)
            assert ASKED in str(s.mette.last_card) and "Du er den, det er sket for: sag" in said(s.mette), words
        first = (await s.cases("mette"))[0]
        await s.mette.say("ikke mere")
        await s.mette.press(first.id)

        assert f"Sag {first.id}" in str(s.mette.last_card) and "Vil du have, at sagen stopper her?" in said(s.mette)


SHOWS = (
    "sagen", "planen", "åbn 3", "beviser", "beskeder", "aftalen", "brev 8", "pakker", "pakke til politiet",
    "risikovurdering", "undgå kontakt", "har fået besked", "debriefing", "vurdering", "mundtligt svar", "accept",
    "kan ikke nås", "anmeldt", "fristen",
)  # fmt: skip


@pytest.mark.parametrize("words", SHOWS)
async def test_a_word_that_only_shows_means_the_case_touched_last_and_the_answer_names_it(words):
    async with story() as s:
        await two_cases(s)
        await s.jonas.say(words)

        assert f"Sag {(await case_of(s, 'lise')).id}" in as_text(s.jonas.last_card)


@pytest.mark.parametrize("words", ["luk sagen", "close the case"])
async def test_which_case_is_closed_is_asked_before_the_card_with_the_last_press_is_shown(words):
    async with story() as s:
        await two_cases(s)
        mette = await case_of(s, "mette")
        await s.jonas.say(words)
        assert ASKED in said(s.jonas) and not s.has(s.jonas, "close_case")
        await s.jonas.press(mette.id)

        assert f"Sag {mette.id}" in as_text(s.jonas.last_card)


async def test_with_six_cases_five_are_named_and_how_to_say_that_it_is_another():
    async with story() as s:
        for _ in range(6):
            await s.report(s.mette)
            await s.passes(minutes=5)
        await s.jonas.say("har set det")
        asked = as_text(s.jonas.last_card)
        oldest = (await s.cases("jonas"))[0].id
        assert asked.count("har åbnet endnu, sag") == 5 and f"»{oldest}:«" in asked


async def test_of_more_words_than_are_kept_the_oldest_is_done_no_more_and_says_so():
    async with story() as s:
        await two_cases(s)
        before = await happened(s)
        await s.jonas.say("notat 3 Det første.")
        message, action = s.button(s.jonas, "say_in_case")
        for number in range(MOST_ASKED):
            await s.jonas.say(f"notat 3 Nummer {number}.")
        await s.jonas.press(action, card=message)

        assert "allerede fundet sin plads" in said(s.jonas) and await happened(s) == before


@pytest.mark.parametrize("verb", ["write_update", "show_plan", "show_closing", "show_evidence", "show_messages"])
async def test_an_old_card_of_whoever_had_the_case_says_who_has_it_now(verb):
    async with story() as s:
        await s.report(s.mette)
        await s.does(s.jonas, "open_case")
        case = await s.case()
        press = {"press": {"verb": verb, "case": case.id}}
        await s.peter.say("hjælp")
        await s.passes(hours=30)
        for chat in (s.jonas, s.peter):
            answer = await chat.press({"type": "Action.Execute", "data": press}, {})

        assert (await s.case()).recipient == s.id("karin")
        assert "Karin har sagen nu" in said(s.jonas) and "Den sag findes ikke" not in said(s.jonas)
        assert "Den sag findes ikke blandt dine" in answer.words and "Karin" not in said(s.peter)

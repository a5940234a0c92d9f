"""Typed words outside a dialog: each does what its button does, and none of them becomes somebody's account."""

import re

import pytest

from casework.texts import read_known
from dialogs.known import Meaning, understood
from tests.story import said, story

HARMLESS = ("stop", "send", "næste", "tilbage", "ja", "nej", "mig", "min leder", "yes", "next", "hjælp", "guiden")


@pytest.mark.parametrize("word", HARMLESS)
async def test_a_word_for_something_that_is_not_going_on_begins_no_draft(word):
    async with story() as s:
        await s.mette.say(word)

        assert await s.cases("mette") == () and len(s.mette.messages) == 2


async def test_stop_after_words_that_were_kept_says_that_they_are_saved_and_not_sent():
    async with story() as s:
        await s.mette.say("Der er skrevet om mig igen.")
        await s.mette.say("stop")

        assert "Gemt, ikke sendt" in str(s.mette.last_card) and s.has(s.mette, "continue_draft")


@pytest.mark.parametrize(
    ("word", "verb", "question"),
    [
        ("slet kladden", "delete_draft", "Skal kladden slettes?"),
        ("begynd forfra", "start_over", "Vil du begynde på en ny?"),
    ],
)
async def test_a_draft_is_deleted_by_a_typed_word_only_when_the_button_under_it_is_pressed_too(word, verb, question):
    async with story() as s:
        await s.mette.say("Der er skrevet om mig igen.")
        draft = await s.case()
        await s.mette.say(word)
        assert await s.case() == draft and question in str(s.mette.last_card)

        await s.does(s.mette, verb)
        assert draft.id not in [case.id for case in await s.cases("mette")]


async def test_help_lists_the_words_of_the_steps_for_whoever_has_a_case_and_for_nobody_else():
    async with story() as s:
        await s.jonas.say("hjælp")
        assert "»klaret trin 3«" not in said(s.jonas)
        await s.report(s.mette)
        for chat in (s.mette, s.jonas):
            await chat.say("hjælp")

        assert "»klaret trin 3«" in said(s.jonas) and "»klaret trin 3«" not in said(s.mette)
        for words in re.findall("»([^«]*3)«(?: og|:)", said(s.jonas)):
            assert understood(words, read_known("da"), read_known("en")), words


async def test_jonas_can_type_his_way_through_the_police_branch():
    async with story() as s:
        await s.report(s.mette)
        for words in ("har set det", "færdig 14", "spørg 16"):
            await s.jonas.say(words)
        await s.settled()
        await s.mette.say("ja")
        await s.settled()
        await s.jonas.say("anmeldt")

        assert (await s.case()).seen_at and s.has(s.jonas, "record_outcome")
        assert [consent.answer for consent in (await s.case()).consents.values()] == ["yes"]


async def test_every_known_word_is_answered_with_words_by_anybody_at_any_time():
    async with story() as s:
        await s.report(s.mette)
        for language in ("da", "en"):
            for phrases in read_known(language).values():
                before = len(s.peter.messages)
                answer = await s.peter.say(phrases[0].replace("{step}", "1").replace("{number}", "1"))
                assert answer.ok and len(s.peter.messages) > before + 1, phrases[0]
        assert "Mette" not in said(s.peter)


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_word_that_shows_and_names_no_case_means_the_one_last_acted_on_also_after_a_restart(restarts):
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        open_step = s.button(s.jonas, "open_step")
        await s.passes(hours=1)
        await s.report(s.peter)
        await s.opened(s.jonas)
        await s.passes(hours=1)
        await s.jonas.press(open_step[1], card=open_step[0].id)
        await s.does(s.jonas, "complete_step", step="talk")
        if restarts:
            await s.restart()
        await s.jonas.say("åbn 2")

        assert f"Sag {(await s.case('mette')).id}" in str(s.jonas.last_card)


async def test_a_word_that_shows_and_names_no_case_means_the_one_last_shown_when_nothing_was_done_since():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        plan = s.button(s.jonas, "show_plan")
        await s.passes(hours=1)
        await s.report(s.peter)
        await s.opened(s.jonas)
        await s.passes(hours=1)
        await s.jonas.press(plan[1], card=plan[0].id)
        await s.restart()
        await s.jonas.say("åbn 2")

        assert f"Sag {(await s.case('mette')).id}" in str(s.jonas.last_card)


async def in_hand(s) -> None:
    await s.report(s.mette)
    await s.opened(s.jonas)


async def test_fortryd_alone_undoes_the_last_thing_that_can_be_undone():
    async with story() as s:
        await in_hand(s)
        for words in ("færdig 2", "ikke relevant 9 Den er der ikke mere.", "har set det", "fortryd"):
            await s.jonas.say(words)
        case = await s.case()
        assert case.step("documentation").closed and not case.step("ask_site").closed
        await s.jonas.say("fortrid")
        assert not (await s.case()).step("documentation").closed and "Fortrudt: trin 2" in s.jonas.messages[-1].text
        await s.jonas.say("fortryd")
        assert "Der er ikke noget at fortryde her." in said(s.jonas) and (await s.facts()).count("step_undone") == 2


async def test_a_word_without_a_number_is_answered_with_the_steps_it_may_be_about():
    async with story() as s:
        await in_hand(s)
        await s.jonas.say("færdig")
        assert "Hvilket trin?" in said(s.jonas)
        await s.does(s.jonas, "say_words", words="færdig 1")

        assert (await s.case()).step("talk").closed


async def test_remind_me_on_friday_means_the_step_at_hand():
    async with story() as s:
        await in_hand(s)
        await s.jonas.say("påmind mig fredag")

        steps = (await s.case()).steps
        assert [step for step, state in steps.items() if state.until] == ["talk"]


async def test_a_slip_does_what_was_meant():
    async with story() as s:
        await in_hand(s)
        await s.jonas.say("fædig 2")

        assert (await s.case()).step("documentation").closed and "Trin 2 er nu klaret" in str(s.jonas.last_card)
        await s.jonas.press("Fortryd", card=s.jonas.messages[-1].id)
        assert not (await s.case()).step("documentation").closed


async def test_an_hour_beside_the_day_is_said_not_to_be_kept_and_a_slip_in_the_day_is_forgiven():
    async with story() as s:
        await in_hand(s)
        await s.jonas.say("påmind mig frdag kl 10")

        until = [state.until for state in (await s.case()).steps.values() if state.until]
        assert [f"{day:%d-%m}" for day in until] == ["27-11"] and "ikke klokkeslættet" in said(s.jonas)


async def test_a_day_that_cannot_be_read_is_refused_with_an_example_that_is_still_to_come():
    async with story() as s:
        await in_hand(s)
        await s.jonas.say("påmind mig engang snart")

        assert "29-11-2026" in said(s.jonas) and not any(state.until for state in (await s.case()).steps.values())


async def test_a_slip_that_cannot_be_taken_back_is_asked_first_and_one_press_does_it():
    async with story() as s:
        await s.report(s.mette)
        await s.jonas.say("har ste det")
        assert (await s.case()).seen_at is None and "Mente du et af disse?" in said(s.jonas)
        await s.does(s.jonas, "say_words", words="har set det")

        assert (await s.case()).seen_at is not None


async def test_what_looked_like_a_command_and_was_an_account_is_kept_by_one_press_and_once():
    async with story() as s:
        await s.mette.say("noget sket")
        assert await s.cases("mette") == () and "Mente du et af disse?" in said(s.mette)
        for _ in range(2):
            await s.does(s.mette, "keep_words")

        assert len((await s.case()).account) == 1 and "er gemt og kan blive begyndelsen" in said(s.mette)


async def test_suggestions_hold_no_word_of_a_case_for_whoever_has_none():
    async with story() as s:
        await in_hand(s)
        await s.peter.say("har ste det")

        assert "Mente du et af disse?" not in said(s.peter)


async def test_in_a_report_a_slip_in_its_own_words_is_forgiven_and_everything_else_is_the_account():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.mette.press("Næste", {"whom": "me"})
        for words in ("tilbgae", "mine sagr", "sned"):
            await s.mette.say(words)

        case = await s.case()
        assert len(case.account) == 2 and "Hvem er det sket for" in said(s.mette)


async def test_somebody_is_asked_to_ring_by_name():
    async with story() as s:
        await s.mette.say("hjælp")
        await s.mette.say("bed Sara Nygaard ringe til mig")
        await s.settled()

        assert (await s.case()).recipient == s.id("sara")


async def test_the_guide_opens_at_a_topic_that_is_named():
    async with story() as s:
        await s.mette.say("guiden om kan det være strafbart")

        assert "Kan det være strafbart?" in said(s.mette) and await s.cases("mette") == ()


async def test_the_one_question_that_waits_is_shown_by_a_word():
    async with story() as s:
        await in_hand(s)
        for words in ("færdig 14", "spørg 16"):
            await s.jonas.say(words)
        await s.settled()
        before = len(s.mette.messages)
        await s.mette.say("spørgsmålet")

        assert len(s.mette.messages) == before + 2 and s.has(s.mette, "answer_consent", answer="yes")


PUT_OFF = {
    "udsæt 5 til fredag": {"step": "5", "until": "fredag"},
    "udsæt trin 5 til den 4. december": {"step": "5", "until": "den 4. december"},
    "påmind 5 til lørdag": {"step": "5", "until": "lørdag"},
    "påmind mig om 5 på fredag": {"step": "5", "until": "på fredag"},
    "påmind mig til fredag": {"day": "fredag"},
    "remind me of 5 on Monday": {"step": "5", "until": "Monday"},
    "remind me about step 5 on 4 December": {"step": "5", "until": "4 December"},
    "postpone 5 to Friday": {"step": "5", "until": "Friday"},
    "postpone 5 until Friday": {"step": "5", "until": "Friday"},
}
"""»til«, »on«: what stands before a day is no part of it, and a number there is a step's."""


@pytest.mark.parametrize("words", PUT_OFF)
def test_the_day_until_which_something_is_put_off_is_read_without_the_small_word_before_it(words):
    assert understood(words, read_known("da"), read_known("en")) == Meaning("postpone_step", PUT_OFF[words])


@pytest.mark.parametrize("words", ["udsæt 5 til fredag", "påmind 5 til fredag", "remind me of 5 on Friday"])
async def test_a_step_is_put_off_until_a_day_with_the_small_word_that_people_say_before_it(words):
    async with story() as s:
        await in_hand(s)
        await s.jonas.say(words)

        steps = (await s.case()).steps.items()
        assert [(step, f"{state.until:%d-%m}") for step, state in steps if state.until] == [("ask_colleagues", "27-11")]

"""What somebody types who was never shown how: it reaches whom it names, and an answer says what to do next."""

import pytest

from casework.vocabulary import Stage
from dialogs.nearest import is_name
from tests.local_files import organisation
from tests.story import Story, said, story
from tests.test_as_people_type import answers, asked_about_the_police
from tests.test_stories_closing import closed


async def heard(s: Story) -> list[str]:
    """What was written from one to the other in Mette's case, oldest first."""
    case = await s.case()
    texts = (await s.app.office.caseworker.open(case.id)).texts
    return [texts[event.words] for event in case.log if type(event).__name__ in ("MessageWritten", "UpdateGiven")]


TO_JONAS = [
    "send besked til Jonas: Jeg ringer i morgen",
    "send en besked til jonas friis: Jeg ringer i morgen",
    "Skriv besked til Jnoas: Jeg ringer i morgen",
    "giv besked til Jonas: Jeg ringer i morgen",
    "send message to Jonas: Jeg ringer i morgen",
    "send update to Jonas: Jeg ringer i morgen",
]
TO_ANOTHER = [
    "send besked til Sara: Karin gør ingenting",
    "giv besked til Sara: Karin gør ingenting",
    "send besked til min nabo: Karin gør ingenting",
    "send besked til Sara Nygaard",
    "send besked til Sara Karin gør ingenting",
    "send message to Sara: Karin gør ingenting",
    "update to Sara: Karin gør ingenting",
]


@pytest.mark.parametrize("words", TO_JONAS)
async def test_a_message_that_names_whoever_hears_it_arrives_without_the_name(words):
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say(words)
        await s.settled()

        assert await heard(s) == ["Jeg ringer i morgen"]


@pytest.mark.parametrize("words", TO_ANOTHER)
async def test_a_message_that_names_anybody_else_reaches_nobody_and_it_is_said_whom_one_can_write_to(words):
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        for chat, can in ((s.mette, "Jonas"), (s.jonas, "Mette")):
            await chat.say(words)
            await s.settled()
            assert "Intet er sendt. Herfra kan en besked kun gå til " + can in said(chat)

        assert await heard(s) == [] and "ingenting" not in said(s.sara)


async def test_the_leader_writes_to_the_one_it_happened_to_by_name_and_only_the_name_gives_a_card_to_write_on():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.jonas.say("giv besked til Mette: Vi ringer i morgen")
        await s.jonas.say("send besked til Mette Lund: Og igen på mandag")
        await s.jonas.say("giv besked til Mette")
        await s.settled()

        assert await heard(s) == ["Vi ringer i morgen", "Og igen på mandag"] and s.has(s.jonas, "give_update")


@pytest.mark.parametrize(
    ("words", "answer"), [("spørg 14", "»åbn 14«"), ("ask 14", "»åbn 14«"), ("spørg 99", "Det trin")]
)
async def test_a_step_in_which_nothing_is_asked_is_said_to_be_one_and_how_to_see_it(words, answer):
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.jonas.say(words)

        assert answer in s.jonas.messages[-1].text
        assert ("ikke i planen" in s.jonas.messages[-1].text) is words.endswith("99")


async def test_not_relevant_without_a_reason_shows_the_field_and_says_how_to_write_both_at_once():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.jonas.say("ikke relevant 1")
        assert s.has(s.jonas, "set_step_aside", step="talk")
        assert "»ikke relevant«, trinnets nummer og så grunden" in s.jonas.messages[-1].text
        await s.jonas.say("ikke relevant 1: Hun har sagt nej tak")

        assert (await s.case()).step("talk").closed


@pytest.mark.parametrize("words", ["åbn sagen igen: han skriver igen", "reopen the case: he posts again"])
async def test_a_case_is_opened_again_with_its_reason_in_one_message_as_the_answer_to_the_bare_words_says(words):
    async with story() as s:
        await closed(s)
        await s.passes(days=1)
        await s.jonas.say("åbn sagen igen")
        assert "»åbn sagen igen:« og så grunden" in s.jonas.messages[-1].text
        await s.jonas.say(words)

        assert (await s.case()).stage is Stage.OPEN


@pytest.mark.parametrize("newer", ["giv besked: Vi ringer i morgen", "påmind 8 fredag", "notat 8 Ringet til dem"])
async def test_undo_says_what_it_undid_and_undoes_nothing_where_something_else_was_done_since(newer):
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        for words in ("færdig 2", "fortryd"):
            await s.jonas.say(words)
        assert "Fortrudt: trin 2, »" in s.jonas.messages[-1].text
        for words in ("færdig 2", newer, "fortryd"):
            await s.jonas.say(words)
        assert (await s.case()).step("documentation").closed and "»fortryd 2«" in s.jonas.messages[-1].text
        await s.jonas.say("fortryd 2")

        assert not (await s.case()).step("documentation").closed


async def test_undo_with_a_number_says_which_step_it_undid_and_where_it_could_not_which_and_why():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        for words in ("færdig 2", "færdig 1", "fortryd 2"):
            await s.jonas.say(words)
        assert s.jonas.messages[-1].text.replace("\xa0", " ").startswith("Fortrudt: trin 2, »Se, hvad")
        await s.jonas.say("fortryd 2")
        assert (
            "Intet er fortrudt: i trin 2, »Se, hvad" in said(s.jonas) and said(s.jonas).count("Fortrudt: trin 2") == 1
        )
        await s.jonas.say("giv 3 til Ali")
        await s.settled()
        await s.does(s.ali, "accept_step")
        await s.jonas.say("fortryd 3")
        assert "En anden har trin 3, »" in s.jonas.messages[-1].text.replace("\xa0", " ")
        for words in ("english", "undo 1", "undo 1"):
            await s.jonas.say(words)
        assert "Undone: step 1, “" in said(s.jonas) and "Nothing was undone: in step 1, “" in said(s.jonas)
        case = await s.case()
        assert not case.step("documentation").closed and not case.step("talk").closed


@pytest.mark.parametrize("words", ["frist", "hvornår er fristen?", "deadline", "When is the deadline?"])
async def test_who_asks_for_the_deadline_is_shown_their_card_of_the_case(words):
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        for chat, button in ((s.mette, "write_in_case"), (s.jonas, "show_plan")):
            before = len(chat.messages)
            await chat.say(words)
            assert len(chat.messages) == before + 2 and button in str(chat.last_card)


async def test_accept_alone_shows_the_question_or_the_step_about_it_and_answers_nothing():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        for words in ("færdig 14", "spørg 16", "accept"):
            await s.jonas.say(words)
        assert "police_consent" in str(s.jonas.last_card)
        await s.settled()
        before = len(s.mette.messages)
        await s.mette.say("Accept")

        assert len(s.mette.messages) == before + 2 and "answer_consent" in str(s.mette.last_card)
        assert [consent.answer for consent in (await s.case()).consents.values()] == [None]


@pytest.mark.parametrize("words", ["tak", "Tusind tak!", "thanks", "Thank you."])
async def test_thanks_are_answered_in_a_few_words_and_nothing_is_kept(words):
    async with story() as s:
        await s.mette.say(words)
        assert s.mette.messages[-1].text == "Selv tak. Skriv, hvis der er mere." and await s.cases("mette") == ()


async def test_a_word_for_being_sad_is_no_slip_in_a_word_for_the_deadline():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("trist")
        assert "Hvor hører det hjemme?" in said(s.mette)


@pytest.mark.parametrize(
    ("written", "same"), [("Nadia", True), (" nadia  krogh ", True), ("Nadja", True), ("Nda", False), ("Maria", False)]
)
def test_a_name_may_have_one_letter_wrong_and_no_more(written, same):
    assert is_name(written, "Nadia", "Nadia Krogh") is same


@pytest.mark.parametrize(
    ("words", "arrives"),
    [
        ("send besked til Lisa: Vi ses", True),  # a slip, and nobody's name
        ("send besked til Lisa Bech: Vi ses", True),
        ("send besked til Lime: Vi ses", False),  # as near, and somebody else's
        ("giv besked til lime: Vi ses", False),
        ("send message to Lime Bech: Vi ses", False),
        ("send besked til Lise: Vi ses", True),
    ],
)
async def test_what_looks_like_a_slip_in_a_name_and_is_another_persons_name_reaches_nobody(tmp_path, words, arrives):
    another = ('name = "Anne Berg"', 'name = "Lime Bech"')
    async with story(VAERN_ORGANISATION=str(organisation(tmp_path, another))) as s:
        await s.report(s.lise)
        await s.opened(s.jonas)
        await s.jonas.say(words)
        await s.settled()

        (case,) = await s.cases("lise")
        sent = [event for event in case.log if type(event).__name__ in ("MessageWritten", "UpdateGiven")]
        assert bool(sent) is arrives
        assert ("Intet er sendt. Herfra kan en besked kun gå til Lise" in said(s.jonas)) is not arrives


async def test_a_message_to_one_of_several_reaches_that_one_only():
    async with story() as s:
        await s.report(s.mette, whom="colleague", people="Mette Lund, Peter Vang")
        await s.opened(s.jonas)
        await s.step(s.jonas, "talk")
        await s.jonas.say("giv besked til Peter: Vi ringer til dig i morgen")
        await s.settled()

        assert "Vi ringer til dig" not in said(s.mette)
        assert await heard(s) == ["Vi ringer til dig i morgen"]


async def said_yes_to_the_police(s: Story) -> None:
    await asked_about_the_police(s)
    await s.mette.say("ja")
    await s.settled()
    assert await answers(s) == ["yes"]


async def test_a_bare_yes_gives_no_answer_back_that_was_taken_back_and_one_that_is_named_does():
    async with story() as s:
        await said_yes_to_the_police(s)
        await s.mette.say("tag mit svar tilbage")
        await s.mette.say("ja tak")
        await s.settled()
        assert await answers(s) == [None]

        await s.mette.say("ja, anmeld")
        await s.settled()
        assert await answers(s) == ["yes"]


@pytest.mark.parametrize("words", ["jeg har ombestemt mig", "tag det tilbage", "I changed my mind", "take it back"])
async def test_a_change_of_mind_that_may_be_about_anything_shows_the_answer_and_takes_nothing_back(words: str):
    async with story() as s:
        await said_yes_to_the_police(s)
        await s.mette.say(words)
        await s.settled()

        assert await answers(s) == ["yes"] and s.has(s.mette, "withdraw_consent")

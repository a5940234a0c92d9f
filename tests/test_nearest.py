"""A wrong or missing letter is forgiven, what cannot be taken back is asked, and an account is never taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.texts import read_known
from dialogs.known import Meaning, understood
from dialogs.nearest import FORGIVEN, LONGEST, guesses, the_one

WORDS = (read_known("da"), read_known("en"))


def sure(text: str) -> Meaning | None:
    found = the_one(guesses(text, *WORDS))
    return found.meaning if found else None


@pytest.mark.parametrize(
    ("text", "name", "args"),
    [
        ("mine sagr", "my_cases", {}),
        ("minesager", "my_cases", {}),
        ("Mien sager!", "my_cases", {}),
        ("my csaes", "my_cases", {}),
        ("færdi 3", "complete_step", {"step": "3"}),
        ("faerdig 3", "complete_step", {"step": "3"}),
        ("fortrid", "undo_step", {}),
        ("fortyd 3", "undo_step", {"step": "3"}),
        ("pamind mig fredag", "postpone_step", {"day": "fredag"}),
        ("paamind 3 fredag", "postpone_step", {"step": "3", "until": "fredag"}),
        ("hele planne", "show_plan", {}),
        ("hjaelp", "help", {}),
        ("noget er skjet", "start_report", {}),
        ("rign til mig", "call_me", {}),
        ("contineu", "continue_draft", {}),
    ],
)
def test_a_slip_is_forgiven_in_either_language(text, name, args):
    assert understood(text, *WORDS) is None and sure(text) == Meaning(name, args)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("sent det", "send"),
        ("sned", "send"),
        ("har ste det", "mark_seen"),
        ("givv 4 til Sara", "offer_step"),
        ("ikke krænkt", "deny_offence"),
        ("spøgr 16", "ask_consent"),
    ],
)
def test_what_cannot_be_taken_back_is_asked_and_not_done(text, first):
    assert sure(text) is None and first in [guess.meaning.name for guess in guesses(text, *WORDS)]


@pytest.mark.parametrize(
    "text",
    [
        "jeg kan ikke mere", "jeg vil ikke leve mere", "hvad hvis han finder mig", "Hvis han kommer",
        "I want no mor", "I can’t go on", "what if he finds me", "If he comes", "nu kan jeg ikke mere",
        "Hej", "tak", "nej da", "Han truer mig", "Der er lagt et opslag op om mig", "De skriver grimme ting",
        "Jeg er bange", "Stop dem", "Hun filmede mig", "Hvad skal jeg gøre nu", "They threaten me", "I am scared",
        "Facebook", "Det sker hver dag", "hjælp mig med det her nu tak", "mine sager\nog så mere", "100 opslag",
        "Sara Nygaard", "Jonas Friis", "lørdag 14.10", "i går aftes",
    ],
)  # fmt: skip
def test_an_account_a_name_or_a_day_is_nothing_like_a_command(text):
    assert guesses(text, *WORDS) == ()


def test_with_two_that_are_as_near_it_is_asked():
    words = {"show_plan": ("planen",), "show_case": ("planer",)}
    assert the_one(guesses("planeq", words, {})) is None and len(guesses("planeq", words, {})) == 2


def test_what_is_near_several_words_has_the_nearest_first_and_each_meaning_once():
    found = guesses("sent", *WORDS)

    assert [guess.words for guess in found[:3]] == ["send", "set", "vent"]
    assert [guess.slips for guess in found] == sorted(guess.slips for guess in found)
    assert len({guess.meaning.name for guess in found}) == len(found)


@given(st.text(min_size=LONGEST + 1, max_size=400))
def test_nothing_long_is_ever_taken_for_a_slip(text):
    assert (
        len(text.strip(" .,;:!?").split()) == 0
        or len(" ".join(text.split()).strip(" .,;:!?")) <= LONGEST
        or (guesses(text, *WORDS) == ())
    )


@given(st.sampled_from(sorted({phrase for words in WORDS for rows in words.values() for phrase in rows})), st.data())
def test_one_slip_never_does_what_cannot_be_taken_back(phrase, data):
    if "{" in phrase or len(phrase) < 5:
        return
    at = data.draw(st.integers(0, len(phrase) - 1))
    meant = sure(phrase[:at] + data.draw(st.sampled_from(["", "x", phrase[at] * 2])) + phrase[at + 1 :])
    assert meant is None or meant.name in FORGIVEN

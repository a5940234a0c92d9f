"""Typed words mean the same in both languages, and an account is never taken for one."""

import pytest

from casework.texts import read_known
from dialogs.known import Meaning, understood

DANISH = {
    "help": ("hjælp",),
    "stop": ("stop", "gem og stop"),
    "call_me": ("ring til mig",),
    "mark_seen": ("set det", "har set det"),
    "yes": ("ja", "ja, anmeld"),
    "complete_step": ("færdig", "klaret"),
    "open_step": ("åbn {step}", "åbn trin {step}"),
    "undo_step": ("fortryd",),
    "set_step_aside": ("ikke relevant",),
    "note_step": ("notat",),
    "postpone_step": ("påmind",),
    "offer_step": ("giv {step} til {to}",),
}
ENGLISH = {
    "help": ("help",),
    "stop": ("stop",),
    "no": ("no", "no thanks"),
    "complete_step": ("done",),
    "set_step_aside": ("not relevant",),
    "offer_step": ("give {step} to {to}",),
}


def meaning(text: str) -> Meaning | None:
    return understood(text, DANISH, ENGLISH)


@pytest.mark.parametrize("text", ["hjælp", "Hjælp!", " HJÆLP. ", "»hjælp«", "help", "Help?"])
def test_a_bare_word_is_known_in_either_language_however_it_is_written(text):
    assert meaning(text) == Meaning("help")


@pytest.mark.parametrize(
    "text",
    ["hjælp mig, der er nogen der skriver om mig", "stop det nu", "ja det skete i går", "", "...", "No one listens",
     "færdig med det hele 3", "Jeg er færdig 3", "åbn 3 af dem"],
)  # fmt: skip
def test_an_account_that_begins_with_a_known_word_is_an_account(text):
    assert meaning(text) is None


@pytest.mark.parametrize(
    ("text", "name", "args"),
    [
        ("færdig 3", "complete_step", {"step": "3"}),
        ("Done 17.", "complete_step", {"step": "17"}),
        ("åbn 4", "open_step", {"step": "4"}),
        ("Åbn trin 4", "open_step", {"step": "4"}),
        ("fortryd 3!", "undo_step", {"step": "3"}),
        ("ikke relevant 7 Der er ingen fejl.", "set_step_aside", {"step": "7", "reason": "Der er ingen fejl."}),
        ("ikke relevant 7: ingen fejl", "set_step_aside", {"step": "7", "reason": "ingen fejl"}),
        ("notat 3 Talt med Mette.\nDet gik.", "note_step", {"step": "3", "note": "Talt med Mette.\nDet gik."}),
        ("påmind 3 fredag", "postpone_step", {"step": "3", "until": "fredag"}),
        ("påmind 3 i morgen", "postpone_step", {"step": "3", "until": "i morgen"}),
        ("giv 4 til Sara", "offer_step", {"step": "4", "to": "Sara"}),
        ("give 4 to Sara Nygaard", "offer_step", {"step": "4", "to": "Sara Nygaard"}),
    ],
)
def test_a_step_is_named_by_its_number_and_the_rest_is_kept_as_written(text, name, args):
    assert meaning(text) == Meaning(name, args)


def test_what_was_left_out_after_the_number_is_left_open():
    assert meaning("ikke relevant 7") == Meaning("set_step_aside", {"step": "7"})


def test_an_answer_that_is_more_than_one_word_is_known_whole():
    assert meaning("Ja, anmeld") == Meaning("yes")
    assert meaning("no thanks") == Meaning("no")


@pytest.mark.parametrize(
    ("text", "name", "args"),
    [
        ("hjælp", "help", {}),
        ("gem og stop", "stop", {}),
        ("Fortsæt.", "continue_draft", {}),
        ("next", "next", {}),
        ("send", "send", {}),
        ("tilbage", "back", {}),
        ("go back", "back", {}),
        ("har set det", "mark_seen", {}),
        ("ja, anmeld", "yes_report", {}),
        ("nej tak", "no", {}),
        ("færdig 3", "complete_step", {"step": "3"}),
        ("færdig trin 3", "complete_step", {"step": "3"}),
        ("klaret trin 3", "complete_step", {"step": "3"}),
        ("tag skemaet", "take_analysis", {}),
        ("notat trin 3 talt med Mette", "note_step", {"step": "3", "note": "talt med Mette"}),
        ("tag det 4", "accept_step", {"step": "4"}),
        ("spørg trin 16", "ask_consent", {"step": "16"}),
        ("done 3", "complete_step", {"step": "3"}),
        ("åbn 4", "open_step", {"step": "4"}),
        ("fortryd 3", "undo_step", {"step": "3"}),
        ("ikke relevant 7 ingen fejl", "set_step_aside", {"step": "7", "reason": "ingen fejl"}),
        ("ikke relevant trin 7: ingen fejl", "set_step_aside", {"step": "7", "reason": "ingen fejl"}),
        ("notat 3 talt med Mette", "note_step", {"step": "3", "note": "talt med Mette"}),
        ("påmind 3 fredag", "postpone_step", {"step": "3", "until": "fredag"}),
        ("giv 4 til Sara", "offer_step", {"step": "4", "to": "Sara"}),
        ("spørg 16", "ask_consent", {"step": "16"}),
        ("tag 4", "accept_step", {"step": "4"}),
        ("nej tak til 4", "decline_step", {"step": "4"}),
        ("vis bevis 2", "open_item", {"number": "2"}),
        ("tilslut", "connect", {}),
    ],
)
def test_the_words_we_print_are_known(text, name, args):
    assert understood(text, read_known("da"), read_known("en")) == Meaning(name, args)


def test_no_word_means_two_things():
    meanings = {}
    for name, words in (*read_known("da").items(), *read_known("en").items()):
        for word in words:
            meanings.setdefault(word, set()).add(name)

    assert {word: names for word, names in meanings.items() if len(names) > 1} == {}

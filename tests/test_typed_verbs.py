"""Everything a button does can be typed, in both languages; or it stands here why it cannot."""

from bot.spoken import WORDS
from bot.typed import ANSWERS as YES_AND_NO
from bot.typed import BY_THEMSELVES, HANDLED, HELD, OF_A_CASE, STEP_OF_FORM, WITH_A_STEP
from cards.verbs import VERBS
from casework.texts import LANGUAGES, read_known
from dialogs.known import FOLLOWED_BY

SAID_AS = {
    "language": "english",
    "report_next": "next",
    "report_back": "back",
    "report_stop": "stop",
    "report_send": "send",
    "report_new_episode": "new_episode",
    "answer_consent": "yes",
    "record_outcome": "reported",
    "finish_analysis": "show_analysis",
    "agree_points": "show_points",
    "write_update": "give_update",
    "write_message": "send_message",
    "end_removal": "gone",
    "reopen_removal": "back_again",
    "answer_debriefing": "debriefing_held",
    "answer_closing": "nothing_missing",
    "show_missing": "something_missing",
    "note_review": "talked_of_risks",
    "make_package": "show_package",
    "answer_part": "part_have_not",
    "tell_capture": "taken_myself",
    "consult_case": "show_case_by_number",
    "show_asking": "ask_documenter",
    "answer_follow_up": "measure_done",
    "correct_episode": "what_shared",
    "report_edit": "back",
    "show_wording": "show_answers",
}
"""Verb → the known word that does the same, or leads to the card with its fields."""
NOT_TYPED = {
    "say_words": "is a suggestion: it stands for words that were typed",
    "say_in_case": "stands under words that were typed: »færdig 2 sag VK-…« says it at once",
    "keep_words": "is a suggestion: it stands for words that were typed",
    "send_words": "stands under words that were typed: there are others with the same name for each case",
    "begin_words": "stands under words that were typed: »noget er sket« begins without them",
    "keep_message": "answers a window of Teams, which takes no words",
    "leave_message": "answers a window of Teams, which takes no words",
    "report_drop_episode": "takes away what was told: which one must be seen on the card",
    "report_drop_piece": "takes away what was told: which one must be seen on the card",
    "describe_evidence": "ticks on the card of a piece that was just sent",
    "place_evidence": "which of several times: each stands on its button",
}
"""Verb → why it has no word."""
IN_A_DIALOG = {"send", "next", "back", "stop", "for_me", "for_workplace", "my_leader"}
ANSWERED_AT_ONCE = {"thanks"}
IN_A_CHANNEL = {"connect", "disconnect"}


def test_every_button_can_be_typed_in_both_languages_or_it_stands_here_why_not():
    for language in LANGUAGES:
        known = read_known(language)
        missing = [verb for verb in VERBS if SAID_AS.get(verb, verb) not in known and verb not in NOT_TYPED]
        assert missing == [], f"Give them a word in casework/guide/{language}/known.toml, or say here why not."


def test_no_button_is_excused_that_has_a_word_or_is_gone():
    assert {verb for verb in NOT_TYPED if verb not in VERBS or verb in read_known("da")} == set()
    assert {verb for verb in SAID_AS if verb not in VERBS or verb in read_known("da")} == set()


def test_every_word_leads_somewhere():
    by_table = {*STEP_OF_FORM, *HELD, *YES_AND_NO, *ANSWERED_AT_ONCE}
    leads = {
        *by_table,
        *WORDS,
        *WITH_A_STEP,
        *OF_A_CASE,
        *HANDLED,
        *BY_THEMSELVES,
        *IN_A_DIALOG,
        *IN_A_CHANNEL,
        *ANSWERED_AT_ONCE,
    }
    for language in LANGUAGES:
        assert set(read_known(language)) - leads == set(), "Say in bot/typed.py which press it is."


def test_both_languages_have_the_same_words():
    assert set(read_known("da")) == set(read_known("en")) and set(FOLLOWED_BY) <= set(read_known("da"))

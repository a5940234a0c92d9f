"""Typed words for the yearly talk's buttons. The year is the newest."""

from collections.abc import Mapping

from cards.verbs import Press
from casework.yearly import Topic


def _note(topic: Topic, talked: str) -> Press:
    return Press("note_review", args={"topic": topic, "talked": talked})


OF_THE_YEAR: Mapping[str, Press] = {
    "show_review": Press("show_review"),
    "talked_of_risks": _note(Topic.RISKS, "yes"),
    "talked_of_guidelines": _note(Topic.GUIDELINES, "yes"),
    "talked_of_plan": _note(Topic.PLAN, "yes"),
    "undo_risks": _note(Topic.RISKS, "no"),
    "undo_guidelines": _note(Topic.GUIDELINES, "no"),
    "undo_plan": _note(Topic.PLAN, "no"),
}

"""What a button says, built and read here only. Card data says what was pressed, never by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

PRESS = "press"
"""Where in an action's data the press lies, so that no field can overwrite it."""
LONGEST_ARGUMENT = 300
LONGEST_INPUT = 100_000  # characters; a message from the channel is never larger


@dataclass(frozen=True)
class Verb:
    """Which arguments a button carries, and which fields of its card it reads."""

    args: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    may_lack: tuple[str, ...] = ()
    """Arguments that need not be there."""

    @cached_property
    def may(self) -> frozenset[str]:
        return frozenset(self.args)

    @cached_property
    def must(self) -> frozenset[str]:
        return self.may - frozenset(self.may_lack)


@dataclass(frozen=True)
class Press:
    """A button that was pressed. `case` and `version` are what its card was drawn from; None: no case."""

    verb: str
    case: str | None = None
    version: int | None = None
    args: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)


WHOM = ("whom", "people", "danger")
WHAT = ("account", "media", "forms", "going_on", "shared", "recorded", "working_hours")
WHEN = ("certainty", "date", "time")
WHO = ("originator", "identifier", "links", "colleague")
KNOWER = ("recipient", "other", "stay_out")
FORM_INPUTS: Mapping[str, tuple[str, ...]] = {
    "for_whom": WHOM, "what": WHAT, "when": WHEN, "who_where": WHO, "who_is_to_know": KNOWER
}  # fmt: skip
"""The fields of each of the report's five forms."""
SENT = ("as_it_stands", "date", "journal", "share")
"""How a letter was sent: written in fields, and carried along by the answer to what was asked about it."""
ANY_FORM = WHOM + WHAT + WHEN + WHO + KNOWER

VERBS: Mapping[str, Verb] = {
    # the way in
    "start_report": Verb(),
    "call_me": Verb(),
    "choose_call": Verb(("person",)),
    "my_cases": Verb(),
    "guide": Verb(),
    "guide_topic": Verb(("topic",)),
    "language": Verb(("language",)),
    "continue_draft": Verb(),
    "start_over": Verb(),
    "status": Verb(),
    "delete_draft": Verb(),
    # what somebody wrote and a suggestion stands for
    "say_words": Verb(("words",)),
    "say_in_case": Verb(("words",)),
    "keep_words": Verb(("words",)),
    "send_words": Verb(("words", "to", "reader"), may_lack=("to", "reader")),
    "begin_words": Verb(("words",)),
    # a message somebody found in Teams
    "keep_message": Verb(("offer",)),
    "leave_message": Verb(("offer",)),
    # the report
    "report_next": Verb(("form", "episode"), ANY_FORM, may_lack=("episode",)),
    "report_back": Verb(("form",), ANY_FORM),
    "report_stop": Verb(("form",), ANY_FORM, may_lack=("form",)),
    "report_edit": Verb(("form", "episode"), may_lack=("episode",)),
    "report_send": Verb(),
    "report_new_episode": Verb(("form", "episode"), WHEN, may_lack=("form", "episode")),
    "report_drop_episode": Verb(("episode",)),
    "report_drop_piece": Verb(("item",)),
    "report_how": Verb(("device",)),
    "describe_evidence": Verb(("item",), ("shows",)),
    # the evidence coach
    "show_coach": Verb(),
    "show_asking": Verb((), ("documenter",)),
    "ask_documenter": Verb((), ("documenter", "words")),
    "decline_documenting": Verb(),
    "end_documenting": Verb(("person",)),
    "place_evidence": Verb(("item", "episode")),
    "answer_part": Verb(("part", "answer", "episode", "item"), may_lack=("episode", "item")),
    "tell_capture": Verb(
        ("item", "captured_by"), ("captured_on", "captured_clock", "captured_with"), may_lack=("captured_by",)
    ),
    # the case
    "open_case": Verb(),
    "mark_seen": Verb(),
    "show_case": Verb(),
    "show_plan": Verb(),
    "show_evidence": Verb(),
    "open_item": Verb(("item",)),
    "name_affected": Verb((), ("people",)),
    "nobody_affected": Verb(),
    "make_call": Verb(),
    "what_shared": Verb(),
    "make_documentation": Verb(),
    "show_packages": Verb(),
    "show_package": Verb(("package",)),
    "make_package": Verb(("package",), ("leave_out", "sender", "with_words")),
    "show_custody": Verb(("page",), may_lack=("page",)),
    "withdraw_item": Verb((), ("item",)),
    "destroy_item": Verb((), ("item",)),
    "consult_case": Verb(),
    "set_hold": Verb((), ("reason",)),
    "lift_hold": Verb((), ("reason",)),
    "add_evidence": Verb(),
    "new_episode": Verb(),
    "write_in_case": Verb(),
    "correct_episode": Verb(("episode",), WHEN),
    "deny_offence": Verb(),
    "want_no_more": Verb(),
    # steps
    "open_step": Verb(("step",)),
    "complete_step": Verb(("step",)),
    "set_step_aside": Verb(("step",), ("reason",)),
    "offer_step": Verb(("step",), ("to",)),
    "accept_step": Verb(("step",)),
    "decline_step": Verb(("step",)),
    "note_step": Verb(("step",), ("note",)),
    "postpone_step": Verb(("step",), ("until",)),
    "undo_step": Verb(("step",)),
    "take_step": Verb(("step",)),
    # letters
    "write_letter": Verb(("step",)),
    "fill_letter": Verb(("step",), ("variant", "post", "ending")),
    "save_letter": Verb(("step",), ("text",)),
    "fetch_letter": Verb(("step",), ("text",)),
    "send_letter": Verb(("step", *SENT), ("text", *SENT[1:]), may_lack=SENT),
    "journalise_letter": Verb(("step", "letter"), ("journal",), may_lack=("letter",)),
    "fetch_journal": Verb(("step", "letter"), may_lack=("letter",)),
    # having it removed
    "try_rung": Verb(("step",), ("sent_on", "where", "way")),
    "answer_rung": Verb(("step", "attempt"), ("attempt", "replied_on", "reply"), may_lack=("attempt",)),
    "end_removal": Verb(("step", "why")),
    "reopen_removal": Verb(("step",)),
    # accepts and police
    "ask_consent": Verb(("kind",)),
    "show_question": Verb(("kind", "episode"), may_lack=("episode",)),
    "answer_consent": Verb(("kind", "episode", "answer", "wording"), may_lack=("episode",)),
    "record_oral_consent": Verb(("kind",), ("person_episode", "answer", "date", "time", "how")),
    "contradict_consent": Verb(("kind", "episode"), may_lack=("episode",)),
    "withdraw_consent": Verb(("kind", "episode"), may_lack=("episode",)),
    "show_answers": Verb(("page",), may_lack=("page",)),
    "show_wording": Verb(("kind", "episode", "wording"), may_lack=("episode",)),
    "note_unreachable": Verb(("step",), ("unreached", "tried", "legal_staff")),
    "assess_police": Verb((), ("assessment", "reason")),
    "record_outcome": Verb((), ("question", "outcome", "date", "time", "where", "receipt", "reason")),
    "report_myself": Verb(("episode",), ("date", "time", "where")),
    # its end, and when it begins again
    "show_closing": Verb(),
    "ask_if_missing": Verb(),
    "show_missing": Verb(),
    "answer_closing": Verb(("answer",), ("words",)),
    "ask_for_analysis": Verb(),
    "close_case": Verb((), ("journal",)),
    "reopen_case": Verb((), ("why",)),
    # what is agreed at the workplace
    "assess_risk": Verb((), ("again", "meeting", "agreed", "follow_up_by", "follow_up_on")),
    "agree_protection": Verb((), ("person", "ways", "words", "last_day")),
    "note_told": Verb((), ("audience", "who", "told_on")),
    "plan_debriefing": Verb((), ("who", "date", "time")),
    "answer_debriefing": Verb(("held",)),
    # the talk, and words both ways
    "agree_points": Verb(("person",), ("help", "tells", "contact", "date", "time", "other")),
    "show_points": Verb(("person",), may_lack=("person",)),
    "points_fit": Verb(("number",)),
    "points_unfit": Verb(("number",), ("words",)),
    "write_update": Verb(),
    "write_message": Verb(("person",), may_lack=("person",)),
    "give_update": Verb(("place",), ("update", "reader")),
    "show_messages": Verb(("person",), may_lack=("person",)),
    "open_messages": Verb(("person",), may_lack=("person",)),
    "show_own_words": Verb(),
    "send_message": Verb(("person",), ("words",), may_lack=("person",)),
    "check_ins_off": Verb(),
    "check_ins_on": Verb(),
    # the health and safety group
    "numbers": Verb(),
    "numbers_file": Verb(),
    "show_review": Verb(),
    "note_review": Verb(("year", "topic", "talked"), may_lack=("year",)),
    "take_analysis": Verb(),
    "show_analysis": Verb(),
    "finish_analysis": Verb(
        (), ("possible", "helped", "measures", "prevention", "change_plan", "plan", "follow_up_by")
    ),
    "assign_measure": Verb(("measure",), ("measure", "owner", "due"), may_lack=("measure",)),
    "answer_follow_up": Verb(("measure", "answer"), ("reason",)),
}
"""Every button there is. An argument a press carries besides these, or lacks, makes it unreadable."""


def press(verb: str, case: str | None = None, version: int | None = None, **args: object) -> dict[str, Any]:
    """Data of a button. Arguments that are None are left out. ValueError when the verb does not carry them."""
    given = {name: str(value) for name, value in args.items() if value is not None}
    _check(verb, given)
    data: dict[str, Any] = {"verb": verb}
    if case is not None:
        data["case"] = str(case)
    if version is not None:
        data["version"] = version
    if given:
        data["args"] = given
    return {PRESS: data}


def read_press(data: object) -> Press:
    """The press in an action's data, with the fields its verb reads. ValueError when it is none of ours."""
    said = data.get(PRESS) if isinstance(data, Mapping) else None
    if not isinstance(said, Mapping):
        raise ValueError(f"Expected an object with {PRESS!r}, found {type(data).__name__}.")
    verb, case, version, args = said.get("verb"), said.get("case"), said.get("version"), said.get("args", {})
    if not isinstance(verb, str) or verb not in VERBS:
        raise ValueError(f"There is no verb {str(verb)[:60]!r}.")
    if not (case is None or (isinstance(case, str) and 0 < len(case) <= LONGEST_ARGUMENT)):
        raise ValueError(f"{verb}: the case is no id.")
    if not (version is None or (type(version) is int and version >= 0)):
        raise ValueError(f"{verb}: the version is no number.")
    _check(verb, args)
    return Press(verb, case, version, dict(args), _inputs(verb, data))


def _check(verb: str, args: object) -> None:
    known = VERBS.get(verb)
    if known is None:
        raise ValueError(f"There is no verb {verb!r}.")
    if not isinstance(args, Mapping) or not all(isinstance(part, str) for pair in args.items() for part in pair):
        raise ValueError(f"{verb}: arguments are texts by name.")
    if any(len(value) > LONGEST_ARGUMENT for value in args.values()):
        raise ValueError(f"{verb}: an argument is longer than {LONGEST_ARGUMENT} characters.")
    if not known.must <= args.keys() <= known.may:
        raise ValueError(f"{verb} carries {sorted(known.args)}, found {sorted(args)}.")


def _inputs(verb: str, data: Mapping[str, Any]) -> dict[str, str]:
    """Fields the verb reads. An empty one may be left out by the client; others on the card are left alone."""
    found = {name: data[name] for name in VERBS[verb].inputs if data.get(name) is not None}
    for name, value in found.items():
        if not isinstance(value, str) or len(value) > LONGEST_INPUT:
            raise ValueError(f"{verb}: the field {name} is no text of at most {LONGEST_INPUT} characters.")
    return found

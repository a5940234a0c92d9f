"""Typed words for what the buttons do: a meaning becomes the same press, on the case that is meant."""

from bot.desk import HANDLES, OWN, Desk
from bot.typed_custody import OF_THE_CUSTODY
from bot.typed_of_a_step import (
    ANSWERS_AN_OFFER,
    CONSENT_OF_STEP,
    nearest_steps,
    offered,
    reminded,
    step_meant,
    taken_here,
    undone,
)
from bot.typed_of_accepts import ANSWERS, accept, answered, changed_my_mind, own_answer, waiting_question
from bot.typed_of_calls import call_made, called_by
from bot.typed_of_documenting import OF_DOCUMENTING
from bot.typed_of_measures import ANSWERS as OF_MEASURES
from bot.typed_of_measures import assigned, followed_up
from bot.typed_of_packages import package
from bot.typed_of_the_coach import OF_THE_COACH
from bot.typed_of_the_guide import how, topic
from bot.typed_talk import OF_THE_TALK
from cards.verbs import Press
from casework.rungs import RUNGS
from casework.safetynet import SAFETYNET
from casework.vocabulary import ClosingAnswer, Held, Refused, RemovalEnd, Role
from dialogs.known import FOLLOWED_BY, Meaning

WITH_A_STEP = frozenset(word for word, after in FOLLOWED_BY.items() if "step" in after) - {"ask_consent"}
"""Words for a button of a step. What is asked in a step is no button of every one."""
SAID_OF_IT = {"send_letter_anyway": ("send_letter", {"as_it_stands": "yes"})}
"""Words for a button that says something with it: its verb, and what it says."""
OF_A_CASE = frozenset(
    {
        "show_case",
        "show_deadline",
        "deny_offence",
        "want_no_more",
        "add_evidence",
        "new_episode",
        "write_in_case",
        "what_shared",
        "report_myself",
        "make_documentation",
        "show_packages",
        "show_answers",
        "show_messages",
        "open_messages",
        "show_own_words",
        "show_points",
        "check_ins_off",
        "check_ins_on",
    }
)
HANDLED = frozenset(
    {
        "open_case",
        "mark_seen",
        "show_plan",
        "show_evidence",
        "nobody_affected",
        "take_analysis",
        "show_analysis",
        "show_closing",
        "close_case",
        "ask_if_missing",
        "ask_for_analysis",
    }
)
"""Words for what is done in a case, not by those it is about."""
OF_THEIR_OWN = {"open_case": "show_case", "show_plan": "show_case", "show_evidence": "what_shared"}
"""What those it is about mean by the same words."""
SHOWN_ON = {"report_myself": "show_case", "show_deadline": "show_case"}
"""What stands on a card of the person's own, or has fields there: the words show that card."""
STEP_WITH_FIELDS = {
    "reported": "police_outcome",
    "assess_police": "assess_police",
    "record_oral_consent": "police_consent",
}
"""Words for what has fields of its own: they lead to the step where these are."""
AFFECTED_VERBS = frozenset(
    {
        "show_answers",
        "show_own_words",
        "report_myself",
        "deny_offence",
        "want_no_more",
        "check_ins_off",
        "check_ins_on",
    }
)
STEP_OF_FORM = {
    "assess_risk": "risk_assessment",
    "agree_protection": "avoid_contact",
    "note_told": "inform_colleagues",
    "plan_debriefing": "debriefing",
    "note_unreachable": "police_consent",
}
"""Words for a form: they open the step it stands on."""
HELD = {"debriefing_held": Held.HELD, "debriefing_not_held": Held.NOT_HELD}
OWN_VERBS = frozenset(
    {
        "add_evidence",
        "new_episode",
        "write_in_case",
        "what_shared",
    }
)


__all__ = ["nearest_steps", "press_of"]


async def press_of(meaning: Meaning, desk: Desk) -> Press | None:
    """The press a typed word stands for; None when it stands for none. Refused when no case is meant by it."""
    if meaning.name in ANSWERS:
        return await answered(meaning, desk)
    if meaning.name in WITH_A_STEP:
        return await _on_a_step(meaning, desk)
    if meaning.name in HANDLED:
        return await _handled(meaning, desk)
    if meaning.name in OF_A_CASE:
        return await _in_a_case(meaning, desk)
    if meaning.name in STEP_OF_FORM:
        return Press("open_step", await desk.case_handled(Role.LEADER), args={"step": STEP_OF_FORM[meaning.name]})
    if meaning.name in HELD:
        return Press("answer_debriefing", await desk.case_handled(Role.LEADER), args={"held": HELD[meaning.name].value})
    own = BY_THEMSELVES.get(meaning.name)
    return await own(meaning, desk) if own else None


def _roles(name: str) -> tuple[Role, ...]:
    """In which parts a case must be somebody's, to be meant by that word."""
    if name in AFFECTED_VERBS:
        return (Role.AFFECTED_EMPLOYEE,)
    if name == "add_evidence":
        return (*OWN, Role.DOCUMENTER)
    return OWN if name in OWN_VERBS else ()


async def _in_a_case(meaning: Meaning, desk: Desk) -> Press:
    if meaning.name == "what_shared" and await desk.newest_case(*OWN, Role.DOCUMENTER) is None:
        return await _given_or_shown(desk)
    return Press(SHOWN_ON.get(meaning.name, meaning.name), await desk.case_meant(*_roles(meaning.name)))


async def _given_or_shown(desk: Desk) -> Press:
    """»hvad er delt« with no open case of their own: the evidence of one they handle, else what they gave to a closed
    one of theirs."""
    closed = [line.case for line in await desk.lines() if line.closed_at and line.role in OWN]
    if closed and await desk.newest_case(*HANDLES) is None:
        return Press("what_shared", closed[-1])
    return Press("show_evidence", await desk.case_handled())


async def _handled(meaning: Meaning, desk: Desk) -> Press:
    own = OF_THEIR_OWN.get(meaning.name)
    if own and await desk.newest_case(*HANDLES) is None:
        return Press(own, await desk.case_meant(*OWN))
    return Press(meaning.name, await desk.case_handled())


async def _on_a_step(meaning: Meaning, desk: Desk) -> Press:
    if meaning.name == "undo_step" and not meaning.args:
        return await undone(desk)
    if meaning.name in ANSWERS_AN_OFFER and not meaning.args:
        return await offered(meaning, desk)
    if "day" in meaning.args:
        return await reminded(meaning, desk, await desk.case_meant())
    said = {name: value for name, value in meaning.args.items() if name != "step"}
    verb, more = SAID_OF_IT.get(meaning.name, (meaning.name, {}))
    return Press(verb, await desk.case_handled(), args={"step": step_meant(meaning), **more}, inputs=said)


async def _asked(meaning: Meaning, desk: Desk) -> Press:
    """Where nothing is asked, it is said so, and how to see the step."""
    kind, case = CONSENT_OF_STEP.get(step_meant(meaning)), await desk.case_handled()
    if kind is None:
        raise Refused("nothing_to_ask", number=meaning.args["step"])
    return Press("ask_consent", case, args={"kind": kind.value})


async def _over(meaning: Meaning, desk: Desk) -> Press | None:
    """»det er væk«, »ikke på nettet«, »det er der igen«: said of the rung that is theirs, or of the first. From
    whoever works on no case they are words like any other."""
    case = await desk.newest_case(Role.LEADER, Role.COMPANION)
    if case is None:
        return None
    opened = (await desk.open(case)).case
    step = next((rung for rung in RUNGS if opened.step(rung).owner == desk.person), RUNGS[0])
    why = WHY.get(meaning.name)
    verb = "end_removal" if why else "reopen_removal"
    return Press(verb, case, args={"step": step, **({"why": why.value} if why else {})})


async def _to_its_step(meaning: Meaning, desk: Desk) -> Press:
    """»anmeldt«, »vurdering«, »mundtligt svar«: to the step where it is noted, with its fields. Whoever it happened to
    says »anmeldt« of what they did themselves, whoever took SafetyNet of that."""
    if meaning.name == "reported" and await desk.newest_case(Role.LEADER) is None:
        taken = await taken_here(desk, SAFETYNET)
        return taken or Press("show_case", await desk.case_meant(Role.AFFECTED_EMPLOYEE))
    return Press("open_step", await desk.case_handled(Role.LEADER), args={"step": STEP_WITH_FIELDS[meaning.name]})


async def _affected(meaning: Meaning, desk: Desk) -> Press:
    people = meaning.args["people"]
    return Press("name_affected", await desk.case_handled(Role.LEADER), inputs={"people": people})


async def _numbers(meaning: Meaning, desk: Desk) -> Press:
    return Press(meaning.name)


async def _stopped(meaning: Meaning, desk: Desk) -> Press:
    """»ja, stop sagen«, as it stands on the button under the question: that is the answer."""
    return Press("want_no_more", await desk.case_meant(Role.AFFECTED_EMPLOYEE))


async def _nothing_missing(meaning: Meaning, desk: Desk) -> Press:
    return Press(
        "answer_closing", await desk.case_meant(Role.AFFECTED_EMPLOYEE), args={"answer": ClosingAnswer.NOTHING}
    )


async def _something_missing(meaning: Meaning, desk: Desk) -> Press:
    """With what is missing after a colon, or without."""
    case, args = await desk.case_meant(Role.AFFECTED_EMPLOYEE), {"answer": ClosingAnswer.SOMETHING}
    return Press("answer_closing", case, args=args, inputs=dict(meaning.args))


async def _reopened(meaning: Meaning, desk: Desk) -> Press:
    """Of the closed ones the newest."""
    may = (Role.AFFECTED_EMPLOYEE, Role.LEADER)
    closed = [line.case for line in await desk.lines() if line.closed_at and line.role in may]
    if not closed:
        raise Refused("nothing_open")
    return Press("reopen_case", closed[-1], inputs=dict(meaning.args))


WHY = {"gone": RemovalEnd.GONE, "not_online": RemovalEnd.NOTHING_TO_REMOVE}
BY_THEMSELVES = {
    "numbers": _numbers,
    "numbers_file": _numbers,
    "make_call": call_made,
    "assign_measure": assigned,
    **dict.fromkeys(OF_MEASURES, followed_up),
    "ask_consent": _asked,
    **OF_THE_TALK,
    **OF_THE_CUSTODY,
    **OF_THE_COACH,
    "stop_the_case": _stopped,
    "nothing_missing": _nothing_missing,
    "something_missing": _something_missing,
    "reopen_case": _reopened,
    "gone": _over,
    "not_online": _over,
    "back_again": _over,
    "choose_call": called_by,
    **OF_DOCUMENTING,
    "name_affected": _affected,
    "show_question": waiting_question,
    "show_accept": accept,
    "withdraw_consent": own_answer,
    "changed_my_mind": changed_my_mind,
    "contradict_consent": own_answer,
    "guide_topic": topic,
    "show_package": package,
    "report_how": how,
    **dict.fromkeys(STEP_WITH_FIELDS, _to_its_step),
}

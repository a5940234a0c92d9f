"""Typed words for what the buttons do: a meaning becomes the same press, on the case that is meant."""

from bot.desk import Desk
from bot.typed_custody import OF_THE_CUSTODY
from bot.typed_of_a_step import nearest_steps, reminded, step_meant, undone
from bot.typed_of_accepts import answered, own_answer, waiting_question
from bot.typed_of_measures import assigned
from bot.typed_of_packages import package
from bot.typed_of_the_coach import OF_THE_COACH
from bot.typed_of_the_guide import how, topic
from bot.typed_talk import OF_THE_TALK
from cards.verbs import Press
from casework.events import EvidenceReceived
from casework.rungs import RUNGS
from casework.vocabulary import Answer, CaseId, ClosingAnswer, ConsentKind, Held, Refused, RemovalEnd, Role
from dialogs.known import Meaning

WITH_A_STEP = frozenset(
    {
        "complete_step",
        "undo_step",
        "open_step",
        "take_step",
        "accept_step",
        "decline_step",
        "set_step_aside",
        "note_step",
        "postpone_step",
        "offer_step",
        "write_letter",
        "fill_letter",
        "save_letter",
        "fetch_letter",
        "send_letter",
        "journalise_letter",
        "fetch_journal",
        "try_rung",
        "answer_rung",
    }
)
OF_A_CASE = frozenset(
    {
        "open_case",
        "mark_seen",
        "show_case",
        "show_plan",
        "show_evidence",
        "nobody_affected",
        "deny_offence",
        "want_no_more",
        "take_analysis",
        "show_analysis",
        "add_evidence",
        "new_episode",
        "write_in_case",
        "what_shared",
        "report_myself",
        "show_closing",
        "close_case",
        "ask_if_missing",
        "ask_for_analysis",
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
CONSENT_OF_STEP = {
    "ask_colleagues": ConsentKind.COLLEAGUES,
    "police_consent": ConsentKind.POLICE,
    "ask_author": ConsentKind.REMOVAL,
    "inform_colleagues": ConsentKind.PARTNERS,
}
SHOWN_ON = {"report_myself": "show_case"}
"""What has fields on a card of the person's own: the words show that card."""
STEP_WITH_FIELDS = {
    "reported": "police_outcome",
    "assess_police": "assess_police",
    "record_oral_consent": "police_consent",
}
"""Words for what has fields of its own: they lead to the step where these are."""
ANSWERS = {"yes": Answer.YES, "no": Answer.NO}
OWN = (Role.AFFECTED_EMPLOYEE, Role.REPORTER)
AFFECTED_VERBS = frozenset({"show_answers", "show_own_words"})
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
        "report_myself",
        "add_evidence",
        "new_episode",
        "write_in_case",
        "what_shared",
        "deny_offence",
        "want_no_more",
        "check_ins_off",
        "check_ins_on",
    }
)


__all__ = ["nearest_steps", "press_of"]


async def press_of(meaning: Meaning, desk: Desk) -> Press | None:
    """The press a typed word stands for; None when it stands for none. Refused when no case is meant by it."""
    if meaning.name in ANSWERS:
        return await answered(ANSWERS[meaning.name], desk)
    if meaning.name in WITH_A_STEP:
        return await _on_a_step(meaning, desk)
    if meaning.name in OF_A_CASE:
        return Press(SHOWN_ON.get(meaning.name, meaning.name), await _case(desk, *_roles(meaning.name)))
    if meaning.name in STEP_OF_FORM:
        return Press("open_step", await _case(desk, Role.LEADER), args={"step": STEP_OF_FORM[meaning.name]})
    if meaning.name in HELD:
        return Press("answer_debriefing", await _case(desk, Role.LEADER), args={"held": HELD[meaning.name].value})
    own = BY_THEMSELVES.get(meaning.name)
    return await own(meaning, desk) if own else None


async def _case(desk: Desk, *roles: Role) -> CaseId:
    """The case meant: the one last shown here, or the newest."""
    case = await desk.newest_case(*roles)
    if case is None:
        raise Refused("nothing_open")
    return case


def _roles(name: str) -> tuple[Role, ...]:
    """In which parts a case must be somebody's, to be meant by that word."""
    if name in AFFECTED_VERBS:
        return (Role.AFFECTED_EMPLOYEE,)
    if name == "add_evidence":
        return (*OWN, Role.DOCUMENTER)
    return OWN if name in OWN_VERBS else ()


async def _on_a_step(meaning: Meaning, desk: Desk) -> Press:
    if meaning.name == "undo_step" and not meaning.args:
        return await undone(desk)
    if "day" in meaning.args:
        return await reminded(meaning, desk, await _case(desk))
    said = {name: value for name, value in meaning.args.items() if name != "step"}
    step = step_meant(meaning)
    return Press(meaning.name, await _case(desk), args={"step": step}, inputs=said)


async def _asked(meaning: Meaning, desk: Desk) -> Press:
    kind = CONSENT_OF_STEP.get(step_meant(meaning))
    if kind is None:
        raise Refused("step_not_here")
    return Press("ask_consent", await _case(desk), args={"kind": kind.value})


async def _item(meaning: Meaning, desk: Desk) -> Press:
    case = await _case(desk)
    log = (await desk.open(case)).case.log  # what is gone had a number too
    came = (event for event in log if isinstance(event, EvidenceReceived))
    found = next((event.item for event in came if str(event.number) == meaning.args.get("number")), None)
    if found is None:
        raise Refused("not_yours")
    return Press("open_item", case, args={"item": found})


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
    """»anmeldt«, »vurdering«, »mundtligt svar«: to the step where it is noted, with its fields."""
    return Press("open_step", await _case(desk, Role.LEADER), args={"step": STEP_WITH_FIELDS[meaning.name]})


async def _affected(meaning: Meaning, desk: Desk) -> Press:
    people = meaning.args["people"]
    return Press("name_affected", await _case(desk, Role.LEADER), inputs={"people": people})


async def _called_by(meaning: Meaning, desk: Desk) -> Press:
    """»bed Sara ringe«: one of those who can be asked."""
    people, name = await desk.companions(), meaning.args["name"]
    hits = [person.id for person in await desk.search(name) if person.id in people]
    if len(hits) != 1:
        raise Refused("person_ambiguous" if hits else "person_unknown", name=name)
    return Press("choose_call", args={"person": hits[0]})


async def _call_made(meaning: Meaning, desk: Desk) -> Press | None:
    calls = [line.case for line in await desk.lines() if line.state == "call" and line.role is Role.LEADER]
    return Press("make_call", calls[-1]) if calls else None


async def _documenter(meaning: Meaning, desk: Desk) -> Press:
    """»bed Lise gemme beviser«: the card where what and where are written. Nobody is asked before Send."""
    if await desk.newest_case(Role.AFFECTED_EMPLOYEE) is None and await desk.draft():
        raise Refused("documenter_after_send")
    case = await _case(desk, Role.AFFECTED_EMPLOYEE)
    return Press("show_asking", case, inputs={"documenter": meaning.args["name"]})


async def _no_documenting(meaning: Meaning, desk: Desk) -> Press:
    return Press("decline_documenting", await _case(desk, Role.DOCUMENTER))


async def _numbers(meaning: Meaning, desk: Desk) -> Press:
    return Press(meaning.name)


async def _nothing_missing(meaning: Meaning, desk: Desk) -> Press:
    return Press("answer_closing", await _case(desk, Role.AFFECTED_EMPLOYEE), args={"answer": ClosingAnswer.NOTHING})


async def _something_missing(meaning: Meaning, desk: Desk) -> Press:
    """With what is missing after a colon, or without."""
    case, args = await _case(desk, Role.AFFECTED_EMPLOYEE), {"answer": ClosingAnswer.SOMETHING}
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
    "make_call": _call_made,
    "assign_measure": assigned,
    "ask_consent": _asked,
    "open_item": _item,
    **OF_THE_TALK,
    **OF_THE_CUSTODY,
    **OF_THE_COACH,
    "nothing_missing": _nothing_missing,
    "something_missing": _something_missing,
    "reopen_case": _reopened,
    "gone": _over,
    "not_online": _over,
    "back_again": _over,
    "choose_call": _called_by,
    "ask_documenter": _documenter,
    "decline_documenting": _no_documenting,
    "name_affected": _affected,
    "show_question": waiting_question,
    "withdraw_consent": own_answer,
    "contradict_consent": own_answer,
    "guide_topic": topic,
    "show_package": package,
    "report_how": how,
    **dict.fromkeys(STEP_WITH_FIELDS, _to_its_step),
}

"""Typed words for what the buttons do: a meaning becomes the same press, on the case that is meant."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from bot.desk import Desk
from bot.typed_of_a_step import nearest_steps, reminded, step_meant, undone
from cards.evidence import DEVICES
from cards.guide import TOPICS
from cards.verbs import Press
from casework.messages import hearers
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
        "show_answers",
        "show_messages",
        "open_messages",
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
LIKE = 70  # of 100: how much like a title words must be to mean it
ANSWERS = {"yes": Answer.YES, "no": Answer.NO}
OWN = (Role.AFFECTED_EMPLOYEE, Role.REPORTER)
AFFECTED_VERBS = frozenset({"show_answers"})
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
        return await _answered(ANSWERS[meaning.name], desk)
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
    items = (await desk.open(case)).case.evidence
    found = next((item.id for item in items if str(item.number) == meaning.args.get("number")), None)
    if found is None:
        raise Refused("not_yours")
    return Press("open_item", case, args={"item": found})


async def _answered(answer: Answer, desk: Desk) -> Press | None:
    """Yes or no to the one question that waits. With several, the card must be answered: a bare word is not enough."""
    waiting = [
        (one.case, key)
        for one in await desk.mine()
        for key, consent in one.case.consents.items()
        if key[1] == desk.person and desk.person in one.case.told and consent.answer is None
    ]
    if len(waiting) != 1:
        return None
    case, (kind, _, episode) = waiting[0]
    wording = (await desk.guide_of(case.id)).wordings[kind]
    args = {"kind": kind.value, "answer": answer.value, "wording": wording}
    return Press("answer_consent", case.id, args={**args, **({"episode": episode} if episode else {})})


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


async def _question(meaning: Meaning, desk: Desk) -> Press | None:
    """The oldest that waits for an answer."""
    waiting = [found for found in await _accepts(desk) if found[2].answer is None and not found[2].withdrawn_at]
    return _of_an_accept("show_question", waiting[:1])


async def _own_answer(meaning: Meaning, desk: Desk) -> Press | None:
    """The one answer there is. With several, the cards must be pressed."""
    given = [found for found in await _accepts(desk) if found[2].answer is not None]
    return _of_an_accept(meaning.name, given if len(given) == 1 else [])


def _of_an_accept(verb: str, found: list) -> Press | None:
    if not found:
        return None
    case, (kind, _, episode), _ = found[0]
    return Press(verb, case, args={"kind": kind.value, **({"episode": episode} if episode else {})})


async def _accepts(desk: Desk) -> list:
    """(case, key, accept) of everything the person was asked, in the cases they have heard of."""
    return [
        (one.case.id, key, consent)
        for one in await desk.mine()
        for key, consent in one.case.consents.items()
        if key[1] == desk.person and desk.person in one.case.told
    ]


async def _called_by(meaning: Meaning, desk: Desk) -> Press:
    """»bed Sara ringe«: one of those who can be asked."""
    people, name = await desk.companions(), meaning.args["name"]
    hits = [person.id for person in await desk.search(name) if person.id in people]
    if len(hits) != 1:
        raise Refused("person_ambiguous" if hits else "person_unknown", name=name)
    return Press("choose_call", args={"person": hits[0]})


async def _topic(meaning: Meaning, desk: Desk) -> Press:
    """A topic of the guide by what its card is called; else all of them."""
    say = (await desk.scene()).say
    called = {topic: say.plain(f"guide.topic.{topic}.title") for topic in TOPICS}
    return Press("guide_topic", args={"topic": _nearest(meaning.args["topic"], called) or "unknown"})


async def _how(meaning: Meaning, desk: Desk) -> Press | None:
    say = (await desk.scene()).say
    device = _nearest(meaning.args["device"], {device: say.plain(f"choices.device.{device}") for device in DEVICES})
    return Press("report_how", args={"device": device}) if device else None


def _nearest(said: str, called: Mapping[str, str]) -> str | None:
    found = process.extractOne(said, called, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=LIKE)
    return found[2] if found else None


async def _call_made(meaning: Meaning, desk: Desk) -> Press | None:
    calls = [line.case for line in await desk.lines() if line.state == "call" and line.role is Role.LEADER]
    return Press("make_call", calls[-1]) if calls else None


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


async def _updated(meaning: Meaning, desk: Desk) -> Press:
    return Press("give_update", await _case(desk, Role.LEADER), args={"place": "case"}, inputs=dict(meaning.args))


async def _written(meaning: Meaning, desk: Desk) -> Press:
    """To whoever has the case; from them to the one it happened to, or with several the card asks to whom."""
    case = await _case(desk)
    opened = (await desk.open(case)).case
    people = hearers(opened) if desk.person == opened.recipient else (desk.person,)
    if len(people) != 1:
        return Press("show_case", case)
    return Press("send_message", case, args={"person": people[0]}, inputs=dict(meaning.args))


async def _points_answered(meaning: Meaning, desk: Desk) -> Press:
    case = await _case(desk, Role.AFFECTED_EMPLOYEE)
    points = (await desk.open(case)).case.talk.agreed(desk.person)
    if points is None:
        raise Refused("nothing_open")
    return Press(meaning.name, case, args={"number": str(points.number)}, inputs=dict(meaning.args))


WHY = {"gone": RemovalEnd.GONE, "not_online": RemovalEnd.NOTHING_TO_REMOVE}
BY_THEMSELVES = {
    "make_call": _call_made,
    "ask_consent": _asked,
    "open_item": _item,
    "nothing_missing": _nothing_missing,
    "something_missing": _something_missing,
    "reopen_case": _reopened,
    "give_update": _updated,
    "send_message": _written,
    "points_fit": _points_answered,
    "points_unfit": _points_answered,
    "gone": _over,
    "not_online": _over,
    "back_again": _over,
    "choose_call": _called_by,
    "name_affected": _affected,
    "show_question": _question,
    "withdraw_consent": _own_answer,
    "contradict_consent": _own_answer,
    "guide_topic": _topic,
    "report_how": _how,
    **dict.fromkeys(STEP_WITH_FIELDS, _to_its_step),
}

"""Typed words for accepts: a yes, a no, the question itself, and an answer taken back."""

from collections.abc import Mapping

from bot.desk import Desk
from cards.verbs import Press
from casework import events as e
from casework.case import Case
from casework.state import Consent
from casework.vocabulary import Answer, ConsentKind, PersonId, Role, Stage
from dialogs.known import Meaning

ANSWERS: Mapping[str, tuple[Answer, ConsentKind | None]] = {
    "yes": (Answer.YES, None),
    "no": (Answer.NO, None),
    "yes_report": (Answer.YES, ConsentKind.POLICE),
    "no_report": (Answer.NO, ConsentKind.POLICE),
    "yes_team": (Answer.YES, ConsentKind.COLLEAGUES),
    "no_team": (Answer.NO, ConsentKind.COLLEAGUES),
    "yes_warn": (Answer.YES, ConsentKind.PARTNERS),
    "no_warn": (Answer.NO, ConsentKind.PARTNERS),
    "yes_part": (Answer.YES, ConsentKind.REMOVAL),
    "no_part": (Answer.NO, ConsentKind.REMOVAL),
}
"""Which answer a word is, and to which question. A bare yes or no: to whatever was asked."""


async def answered(meaning: Meaning, desk: Desk) -> Press | None:
    """Yes or no to the one question that waits. With several, the card must be answered: a bare word is not enough.
    Nor is it where they were written to since: it may answer that, so the question is shown instead.
    """
    answer, of = ANSWERS[meaning.name]
    waiting = [
        (one.case, key, consent)
        for one in await desk.mine()
        for key, consent in one.case.consents.items()
        if key[1] == desk.person and desk.person in one.case.told and _may_be_meant(key[0], consent, of)
    ]
    if not waiting and of is None:
        return await _something_else_waits(desk)
    if len(waiting) != 1:
        return None
    case, (kind, _, episode), consent = waiting[0]
    place = {"kind": kind.value, **({"episode": episode} if episode else {})}
    if of is None and _written_to_since(case, consent, desk.person):
        return Press("show_question", case.id, args=place)
    wording = (await desk.guide_of(case.id)).wordings[kind]
    return Press("answer_consent", case.id, args={**place, "answer": answer.value, "wording": wording})


def _may_be_meant(kind: ConsentKind, consent: Consent, of: ConsentKind | None) -> bool:
    """A bare yes or no answers what waits. What was taken back waits for nothing: it must be named."""
    asked = consent.withdrawn_at is None if of is None else of is kind
    return consent.answer is None and asked


async def _something_else_waits(desk: Desk) -> Press | None:
    """What a yes or no may have been about, when nothing is to be accepted: its card, which has the buttons."""
    for case in (one.case for one in reversed(await desk.mine())):
        closing, points = case.closing.question_to(desk.person), case.talk.agreed(desk.person)
        if closing is not None and closing.answer is None and case.stage is Stage.OPEN:
            return Press("show_missing", case.id)
        if points is not None and points.answer is None and desk.person in case.told:
            return Press("show_points", case.id, args={"person": desk.person})
    return None


def _written_to_since(case: Case, consent: Consent, person: PersonId) -> bool:
    """Whether something else was said to them, or asked, after the question."""
    later = (event for event in case.log if event.at >= consent.asked_at and event.by != person)
    return any(_is_to(event, person) for event in later)


def _is_to(event: e.Event, person: PersonId) -> bool:
    if isinstance(event, e.UpdateGiven):
        return person in event.people
    return isinstance(event, e.MessageWritten | e.PointsWritten | e.AskedIfMissing) and event.person == person


async def waiting_question(meaning: Meaning, desk: Desk) -> Press | None:
    """The oldest that waits for an answer."""
    waiting = [found for found in await _accepts(desk) if found[2].answer is None and not found[2].withdrawn_at]
    return _of_an_accept("show_question", waiting[:1])


async def accept(meaning: Meaning, desk: Desk) -> Press:
    """»accept« alone answers nothing: the question that waits is shown, or to the leader the step about it."""
    waiting = await waiting_question(meaning, desk)
    return waiting or Press("open_step", await desk.case_handled(Role.LEADER), args={"step": "police_consent"})


async def own_answer(meaning: Meaning, desk: Desk) -> Press | None:
    """The one answer there is. With several, the cards must be pressed."""
    return await _the_one_given(meaning.name, desk)


async def changed_my_mind(meaning: Meaning, desk: Desk) -> Press | None:
    """It may be about anything: the one answer there is is shown, and nothing is taken back."""
    return await _the_one_given("show_question", desk)


async def _the_one_given(verb: str, desk: Desk) -> Press | None:
    given = [found for found in await _accepts(desk) if found[2].answer is not None]
    return _of_an_accept(verb, given if len(given) == 1 else [])


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

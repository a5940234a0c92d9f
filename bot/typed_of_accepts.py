"""Typed words for accepts: a yes, a no, the question itself, and an answer taken back."""

from bot.desk import Desk
from cards.verbs import Press
from casework.vocabulary import Answer
from dialogs.known import Meaning


async def answered(answer: Answer, desk: Desk) -> Press | None:
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


async def waiting_question(meaning: Meaning, desk: Desk) -> Press | None:
    """The oldest that waits for an answer."""
    waiting = [found for found in await _accepts(desk) if found[2].answer is None and not found[2].withdrawn_at]
    return _of_an_accept("show_question", waiting[:1])


async def own_answer(meaning: Meaning, desk: Desk) -> Press | None:
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

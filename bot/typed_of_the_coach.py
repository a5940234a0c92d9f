"""Typed words for the evidence coach: an answer is to what it asks about the piece that was given last."""

from bot.caseworker import Opened
from bot.desk import Desk
from cards.verbs import Press
from casework.parts import CapturedBy, Part, PartAnswer
from casework.projections import coach_view
from casework.vocabulary import CaseId, ItemId, Role
from dialogs.known import Meaning

OWN = (Role.AFFECTED_EMPLOYEE, Role.REPORTER, Role.DOCUMENTER)
ANSWERS = {
    "part_have": PartAnswer.HAVE,
    "part_have_not": PartAnswer.HAVE_NOT,
    "part_not_now": PartAnswer.NOT_NOW,
}
TAKEN_BY = {"taken_myself": CapturedBy.MYSELF, "taken_by_another": CapturedBy.ANOTHER}


async def missing(meaning: Meaning, desk: Desk) -> Press | None:
    """»hvad mangler«: of the draft that is being written, else of the case last shown."""
    case = await _case(desk)
    return Press("show_coach", case) if case else None


async def answered(meaning: Meaning, desk: Desk) -> Press | None:
    """»har det ikke«, »ikke nu«, »jeg tog det selv«. With nothing asked, how far it is; without a case, only words."""
    case = await _case(desk)
    if case is None:
        return None
    opened = await desk.open(case)
    last = _last(opened, desk)
    question = coach_view(opened.case, desk.person, opened.texts, last).question
    if question is None:
        return Press("show_coach", case)
    item = question.items[0] if question.items else last
    if meaning.name in TAKEN_BY:
        if question.about is not Part.CAPTURED_BY:
            return Press("show_coach", case)
        return Press("tell_capture", case, args={"item": item, "captured_by": TAKEN_BY[meaning.name]})
    asked = {"part": question.about, "answer": ANSWERS[meaning.name], "episode": question.episode, "item": item}
    return Press("answer_part", case, args={name: str(value) for name, value in asked.items() if value})


def _last(opened: Opened, desk: Desk) -> ItemId | None:
    """The piece the person gave last."""
    mine = [item for item in opened.case.evidence if item.given_by == desk.person]
    return mine[-1].id if mine else None


async def _case(desk: Desk) -> CaseId | None:
    """A draft that is being written comes before a case that was sent."""
    draft = await desk.draft()
    writing = draft is not None and (desk.record.dialog or not await desk.newest_case(*OWN))
    return draft.id if draft and writing else await desk.newest_case(*OWN)


OF_THE_COACH = {"show_coach": missing, **dict.fromkeys((*ANSWERS, *TAKEN_BY), answered)}

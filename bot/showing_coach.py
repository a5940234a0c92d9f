"""»Hvad mangler«: the evidence coach by itself, for whoever gives evidence to this case or writes it as a draft.

And how a colleague is asked to secure it instead.
"""

from collections.abc import Mapping

from bot.answers import Answer, Answering, Showing
from cards.documenting import ask_card
from cards.show import show, shown
from cards.verbs import Press
from casework.access import A, D, R, roles_of
from casework.projections import coach_view
from casework.vocabulary import CaseId, Refused, Stage


async def show_coach(at: Answering, press: Press) -> Answer:
    """What is secured, and what was left for later is asked again: the person wants to know."""
    opened = await at.desk.open(CaseId(str(press.case or "")))
    case, person = opened.case, at.desk.person
    if not roles_of(case, person) & {A, R, D} or case.stage is Stage.CALL or case.call_made_at:
        raise Refused("not_yours")
    if case.stage is not Stage.DRAFT:
        at.desk.shows(case.id)
    view = coach_view(case, person, opened.texts, again=True)
    return Answer(messages=(show(view, await at.desk.scene_of(case)),))


async def show_asking(at: Answering, press: Press) -> Answer:
    """Whom to ask to document, as it was typed, with a field for what and where."""
    opened = await at.desk.open(CaseId(str(press.case or "")))
    if A not in roles_of(opened.case, at.desk.person):
        raise Refused("not_yours")
    at.desk.shows(opened.case.id)
    scene = await at.desk.scene_of(opened.case)
    return Answer(messages=(shown(ask_card(opened.case.id, press.inputs.get("documenter", ""), scene), scene),))


SHOWING: Mapping[str, Showing] = {"show_coach": show_coach, "show_asking": show_asking}

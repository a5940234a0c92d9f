"""Buttons about who has seen what, what is taken out, and the legal staff's look into a case."""

from collections.abc import Mapping
from dataclasses import replace

from bot.answers import Answer, Answering, Showing
from bot.caseworker import Opened
from bot.desk import Desk
from bot.readings.custody import destroying, holding, lifting, withdrawing
from bot.readings.pressed import Pressed
from cards import custody, given
from cards.show import Shown, show, shown
from cards.verbs import Press
from casework import events as e
from casework.commands import Command, ConsultCase
from casework.projections import case_line, custody_lines, custody_view, documenter_lines, legal_view, own_lines
from casework.projections.employee import own_deadlines, told_deadlines
from casework.vocabulary import CaseId, Refused


async def what_was_given(desk: Desk, case_id: CaseId) -> Shown:
    """The person's own things, each with [Vis]. Refused when the case is not theirs."""
    opened = await desk.open(case_id)
    case, person = opened.case, desk.person
    if case_line(case, person, desk.now()) is None:
        raise Refused("not_yours")
    lines, asked = own_lines(case, person, opened.texts), documenter_lines(case, person)
    moments = (own_deadlines if person in case.told else told_deadlines)(case, person, desk.now())
    scene = await desk.scene_of(case)
    gone = custody_lines(case, opened.texts, of=person) if case.sent_at else None
    if gone and person not in case.told:  # why it is held is none of the reporter's business
        gone = replace(gone, hold=None)
    how = {"paper": person in case.told, "custody": gone, "asked": asked}
    return shown(given.what_shared(case.id, lines, scene, moments, scene.name(case.recipient), **how), scene)


async def show_custody(at: Answering, press: Press) -> Answer:
    """Who has seen what: for whom it happened to, and nobody else."""
    opened, page = await at.desk.open(CaseId(press.case or "")), press.args.get("page", "")
    number = int(page) if page.isdecimal() and len(page) < 4 else 1
    view = custody_view(opened.case, at.desk.person, opened.texts, number)
    if view is None:
        raise Refused("not_yours")
    at.desk.shows(opened.case.id)
    return await at.shown(opened, view)


async def withdraw_item(at: Answering, press: Press) -> Answer:
    done = await at.desk.done(withdrawing(Pressed(press, at.desk)))
    return Answer(in_place=await what_was_given(at.desk, done.case.id))


async def destroy_item(at: Answering, press: Press) -> Answer:
    """The page it was asked on stays; that it is gone is said below: also of bytes that a failing disk kept before."""
    command = destroying(Pressed(press, at.desk))
    case = (await at.desk.done(command)).case
    await at.desk.office.receiving.store.take_back(case.id, command.item)
    received = (event for event in case.log if isinstance(event, e.EvidenceReceived) and event.item == command.item)
    scene = await at.desk.scene()
    return Answer(messages=(shown(custody.destroyed(next(event.number for event in received), scene), scene),))


async def consult_case(at: Answering, press: Press) -> Answer:
    shown_now = await _as_legal_staff(at, ConsultCase(case=CaseId(press.case or ""), by=at.desk.person))
    return Answer(messages=(shown_now,))


async def set_hold(at: Answering, press: Press) -> Answer:
    return Answer(in_place=await _as_legal_staff(at, holding(Pressed(press, at.desk))))


async def lift_hold(at: Answering, press: Press) -> Answer:
    return Answer(in_place=await _as_legal_staff(at, lifting(Pressed(press, at.desk))))


async def _as_legal_staff(at: Answering, command: Command) -> Shown:
    done = await at.desk.done(command)
    opened, legal = Opened(done.case, done.texts), at.desk.office.legal_staff()
    view = legal_view(opened.case, at.desk.person, opened.texts, legal)
    if view is None:
        raise Refused("not_yours")
    at.desk.shows(opened.case.id)
    return show(view, await at.desk.scene_of(opened.case))


SHOWING: Mapping[str, Showing] = {
    "show_custody": show_custody,
    "withdraw_item": withdraw_item,
    "destroy_item": destroy_item,
    "consult_case": consult_case,
    "set_hold": set_hold,
    "lift_hold": lift_hold,
}

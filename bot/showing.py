"""Buttons that only show something: each a card of its own at the bottom of the chat, if it is the reader's to see."""

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce

from bot import letters
from bot.answers import Answer, Answering, Showing
from bot.caseworker import Opened
from bot.delivering.about import About, Kind, of_evidence
from bot.delivering.offered import File
from bot.desk import Desk
from bot.documents.making import documented
from bot.drawing import contents, opened_card, question, view_of
from bot.ids import item_id_from
from bot.packages.showing import SHOWING as OF_PACKAGES
from bot.preview import preview
from bot.showing_coach import SHOWING as OF_THE_COACH
from bot.showing_custody import SHOWING as OF_THE_CUSTODY
from bot.showing_talk import SHOWING as OF_THE_TALK
from bot.showing_yearly import SHOWING as OF_THE_YEAR
from cards.content import Evidence
from cards.numbers_file import numbers_file
from cards.plan import WholePlan
from cards.show import Shown, show
from cards.verbs import Press
from casework.access import openable, roles_of
from casework.case import Case
from casework.commands import MakeDocumentation, OpenItem
from casework.custody import once_given
from casework.decide import decide
from casework.events import DocumentationMade
from casework.evolving import evolve
from casework.projections import answers_view, leader_view, questions_to, step_view, wording_view
from casework.views import Asked
from casework.vocabulary import CaseId, ItemId, PersonId, Refused, Role, StepId

CSV = "text/csv"


async def show_case(at: Answering, press: Press) -> Answer:
    opened = await at.mine(press)
    return await at.shown(opened, opened_card(opened, at.desk.person, at.desk.now()))


async def open_step(at: Answering, press: Press) -> Answer:
    opened = await at.mine(press)
    step = StepId(str(press.args.get("step") or ""))
    if not at.sees_steps(opened):
        raise Refused("not_yours")
    if at.desk.person != opened.case.recipient and not _holds(opened, step, at.desk.person):
        raise Refused("not_yours")
    return await at.shown(opened, step_view(opened.case, step, at.desk.person, opened.texts, at.desk.now()))


def _holds(opened: Opened, step: StepId, person: str) -> bool:
    state = opened.case.step(step)
    return person in (state.owner, state.offered_to)


async def show_question(at: Answering, press: Press) -> Answer:
    opened = await at.mine(press)
    about = f"{press.args.get('kind')}|{press.args.get('episode') or ''}"
    view = question(opened, about, at.desk.person)
    if view is None:
        raise Refused("not_asked")
    return await at.shown(opened, view)


async def show_closing(at: Answering, press: Press) -> Answer:
    """What is missing before the case can be closed; of a closed one its card."""
    opened = await at.mine(press)
    if at.desk.person != opened.case.recipient:
        raise Refused("not_yours")
    now = at.desk.now()
    view = view_of(opened, "closing", "", at.desk.person, now) or view_of(opened, "case", "", at.desk.person, now)
    return await at.shown(opened, view)


async def show_missing(at: Answering, press: Press) -> Answer:
    """The question whether anything is missing, to whom it was put."""
    opened = await at.mine(press)
    view = view_of(opened, "missing", "", at.desk.person, at.desk.now())
    if view is None:
        raise Refused("not_asked")
    return await at.shown(opened, view)


async def show_answers(at: Answering, press: Press) -> Answer:
    """What the reader has said yes and no to: theirs alone, and only of a case they are affected in."""
    opened = await at.mine(press)
    page = press.args.get("page", "")
    asked = _asked_of(at, opened)
    number = int(page) if page.isdecimal() and len(page) < 3 and int(page) else 1
    return await at.shown(opened, answers_view(opened.case, at.desk.person, asked, opened.texts, number))


async def show_wording(at: Answering, press: Press) -> Answer:
    """A wording the reader was asked or has answered, as it was."""
    opened = await at.mine(press)
    which = (press.args.get("kind"), press.args.get("episode"))
    asked = next((one for one in _asked_of(at, opened) if (one.kind, one.episode) == which), None)
    wording = str(press.args.get("wording"))
    view = wording_view(opened.case, at.desk.person, asked, wording) if asked else None
    if view is None:
        raise Refused("not_asked")
    return await at.shown(opened, view)


def _asked_of(at: Answering, opened: Opened) -> tuple[Asked, ...]:
    person = at.desk.person
    if Role.AFFECTED_EMPLOYEE not in roles_of(opened.case, person):
        raise Refused("not_asked")
    return questions_to(opened.case, person, opened.texts)


async def show_plan(at: Answering, press: Press) -> Answer:
    return await for_leader(at, press, WholePlan)


async def show_evidence(at: Answering, press: Press) -> Answer:
    return await for_leader(at, press, Evidence)


async def for_leader(at: Answering, press: Press, part: type) -> Answer:
    """A part of the leader's view on a card of its own."""
    opened = await at.mine(press)
    if at.desk.person != opened.case.recipient:
        raise Refused("not_yours")
    view = leader_view(opened.case, at.desk.person, opened.texts, at.desk.now())
    return await at.shown(opened, part(view))


async def open_items(at: Answering, press: Press) -> Answer:
    """[Vis]: a piece of evidence, or with `ACCOUNT` everything told in own words that the person may see."""
    wanted = ItemId(str(press.args.get("item") or ""))
    person = at.desk.person
    id, legal = CaseId(press.case or ""), at.desk.office.legal_staff()
    all_of_it = Role.LEGAL_STAFF in roles_of((await at.desk.open(id)).case, person, legal=legal)
    done = await at.desk.done(OpenItem(case=id, by=person, item=wanted, all_of_it=all_of_it))
    opened, shown = Opened(done.case, done.texts), []
    roles = roles_of(opened.case, person, legal=legal)
    for item in openable(opened.case, person, roles, wanted):
        shown += await _contents(at, opened, item)
    at.desk.shows(opened.case.id)
    return Answer(messages=tuple(shown))


async def _contents(at: Answering, opened: Opened, item: ItemId) -> list[Shown]:
    """The words in pages, or a small picture of the picture."""
    pages = list(contents(opened, item, at.desk.person, legal=at.desk.office.legal_staff()))
    known = once_given(opened.case, item)
    if known is not None and known.media_type.startswith("image/"):
        content = await at.desk.office.receiving.store.get_blob(opened.case.id, item)
        async with at.desk.office.packages.drawing:
            pages[0] = replace(pages[0], picture=await preview(content, known.media_type))
    scene = await at.desk.scene_of(opened.case)
    return [show(page, scene) for page in pages]


async def show_status(at: Answering, press: Press) -> Answer:
    """How the house runs. To everybody else there is no such button."""
    room, record = at.desk.office.status, at.desk.record
    if room.open_to(at.desk.person):
        return Answer(in_place=await room.shown(record.language))
    return Answer(word=(await at.desk.scene()).say.plain("refused.unreadable_card"))


async def show_numbers(at: Answering, press: Press) -> Answer:
    """The numbers the person may read: never by a case, and where others read along only that room's."""
    views = await at.desk.office.numbers.views(at.desk.person, at.desk.place)
    if not views:
        raise Refused("only_members")
    scene = await at.desk.scene()
    return Answer(messages=tuple(show(view, scene) for view in views))


async def give_numbers(at: Answering, press: Press) -> Answer:
    """The same as a file, one for each administration."""
    desk, numbers = at.desk, at.desk.office.numbers
    views, say = await numbers.views(desk.person, desk.place), (await desk.scene()).say
    if not views:
        raise Refused("only_members")
    for view in views:
        content = numbers_file(view.place, [one for one in (view.before, view.table) if one], say)
        file = File(say.plain("numbers.file.name", quarter=str(view.quarter)), CSV, content)
        await desk.office.delivery.offer(desk, file, About(Kind.NUMBERS, which=view.place))
    return Answer()


async def show_analysis(at: Answering, press: Press) -> Answer:
    opened = await at.desk.open(CaseId(press.case or ""))
    if at.desk.person not in (opened.case.analysis_by, opened.case.recipient):
        raise Refused("not_yours")
    return await at.shown(opened, view_of(opened, "analysis", "", at.desk.person, at.desk.now()))


def _making(case: Case, person: PersonId) -> str:
    """The id of the file that the newest making is: pressed twice, it is asked about once."""
    made = [event.at for event in case.log if isinstance(event, DocumentationMade) and event.by == person]
    return item_id_from(f"{case.id}|{person}|{made[-1].isoformat()}", "file", 1)


async def make_documentation(at: Answering, press: Press) -> Answer:
    """The documentation as a PDF, offered as a file in the same chat. That it was made stands in the case."""
    making = MakeDocumentation(case=CaseId(press.case or ""), by=at.desk.person)
    await at.desk.allowed(making)
    opened = await at.desk.open(making.case)
    as_made = reduce(evolve, decide(opened.case, making, at.desk.now()), opened.case)
    file = await documented(at.desk, Opened(as_made, opened.texts))  # first the file: what failed was not made
    id = _making((await at.desk.done(making)).case, at.desk.person)
    about = await of_evidence(at.desk, as_made, Kind.DOCUMENTATION)
    await at.desk.office.delivery.offer(at.desk, file, about, id)
    return Answer(word=(await at.desk.scene()).say.plain("documentation.offered"))


SHOWING: Mapping[str, Showing] = {
    "show_case": show_case,
    "open_step": open_step,
    "show_question": show_question,
    "show_closing": show_closing,
    "show_missing": show_missing,
    "show_answers": show_answers,
    "show_wording": show_wording,
    "show_plan": show_plan,
    "show_evidence": show_evidence,
    "show_analysis": show_analysis,
    "open_item": open_items,
    "make_documentation": make_documentation,
    "status": show_status,
    **letters.SHOWING,
    "numbers": show_numbers,
    "numbers_file": give_numbers,
    **OF_THE_TALK,
    **OF_THE_CUSTODY,
    **OF_THE_COACH,
    **OF_THE_YEAR,
    **OF_PACKAGES,
}
"""Verb → what it shows. `open_item` also leaves in the log that it was opened, and a letter's buttons keep it."""


def answering(desk: Desk, *, in_group: bool = False) -> Answering:
    """How presses are answered at this desk."""
    return Answering(desk, in_group, SHOWING)

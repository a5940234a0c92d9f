"""Buttons that show what was said between the leader and an affected person. Opening words leaves a receipt."""

from collections.abc import Mapping

from bot.answers import Answer, Answering, Showing
from bot.caseworker import Opened
from bot.drawing import PAGE
from cards.show import show
from cards.verbs import Press
from casework.commands import ReadMessages
from casework.messages import unopened, unread
from casework.projections import (
    case_view,
    messages_view,
    points_view,
    talk_people,
    update_view,
    words_of,
    writing_view,
)
from casework.vocabulary import CaseId, PersonId, Refused

MOST_OWN = 10
"""Messages of one's own that are shown again, the latest."""


async def show_messages(at: Answering, press: Press) -> Answer:
    opened = await at.mine(press)
    if unopened(opened.case, at.desk.person):
        return await _notice(at, opened)
    view = messages_view(opened.case, _meant(at, press, opened), at.desk.person, opened.texts)
    return await _or_refused(at, opened, view)


async def show_points(at: Answering, press: Press) -> Answer:
    opened = await at.mine(press)
    if unopened(opened.case, at.desk.person):
        return await _notice(at, opened)
    view = points_view(opened.case, _meant(at, press, opened), at.desk.person, opened.texts)
    return await _or_refused(at, opened, view)


async def _notice(at: Answering, opened: Opened) -> Answer:
    """The case is opened first: so it is known that it was, and nothing of it is read by chance."""
    return await at.shown(opened, case_view(opened.case, at.desk.person, opened.texts, at.desk.now()))


async def _or_refused(at: Answering, opened: Opened, view: object | None, why: str = "nothing_open") -> Answer:
    """Whoever has no part in what the two say is told as little as a stranger."""
    if view is None:
        theirs = at.desk.person in (opened.case.recipient, *talk_people(opened.case))
        raise Refused(why if theirs else "not_yours")
    return await at.shown(opened, view)


def _meant(at: Answering, press: Press, opened: Opened) -> PersonId:
    """Whose thread: as the button says; typed, the person's own, or the first that the leader can write to."""
    said = press.args.get("person")
    if said or at.desk.person != opened.case.recipient:
        return PersonId(str(said or at.desk.person))
    return next(iter((*talk_people(opened.case), *opened.case.affected)), at.desk.person)


async def write_update(at: Answering, press: Press) -> Answer:
    """A card for two lines, that nobody else's doing changes."""
    opened = await at.mine(press)
    if at.desk.person != opened.case.recipient:
        raise Refused("not_yours")
    return await _or_refused(at, opened, update_view(opened.case, at.desk.person), "nobody_to_tell")


async def write_message(at: Answering, press: Press) -> Answer:
    opened = await at.mine(press)
    view = writing_view(opened.case, _meant(at, press, opened), at.desk.person)
    return await _or_refused(at, opened, view, "nobody_to_tell")


async def open_messages(at: Answering, press: Press) -> Answer:
    """[Vis]: what the person wrote and nobody has opened, else the latest of it. [Set]: that it was seen."""
    before = await at.mine(press)
    if unopened(before.case, at.desk.person):
        return await _notice(at, before)
    person, reader = _meant(at, press, before), at.desk.person
    lying = unread(before.case, person, of_person=reader != person)
    done = await at.desk.done(ReadMessages(case=CaseId(press.case or ""), by=reader, person=person))
    opened = Opened(done.case, done.texts)
    view = messages_view(opened.case, person, reader, opened.texts)
    if view is None:
        raise Refused("nothing_open")
    theirs = tuple(said for said in opened.case.talk.thread(person) if said.by == person)
    wanted = () if view.mine else lying or theirs[-1:]
    scene = await at.desk.scene_of(opened.case)
    words = (show(page, scene) for page in words_of(opened.case, person, wanted, opened.texts, PAGE))
    return Answer(in_place=show(view, scene), messages=tuple(words))


async def show_own_words(at: Answering, press: Press) -> Answer:
    """The latest of what the person has written themselves, again, when they ask for it."""
    opened, person = await at.mine(press), at.desk.person
    view = messages_view(opened.case, person, person, opened.texts)
    own = tuple(said for said in opened.case.talk.thread(person) if said.by == person)
    if view is None or not view.mine or not own:
        return await _or_refused(at, opened, None)
    scene = await at.desk.scene_of(opened.case)
    pages = words_of(opened.case, person, own[-MOST_OWN:], opened.texts, PAGE, mine=True)
    return Answer(messages=tuple(show(page, scene) for page in pages))


SHOWING: Mapping[str, Showing] = {
    "show_messages": show_messages,
    "show_points": show_points,
    "open_messages": open_messages,
    "show_own_words": show_own_words,
    "write_update": write_update,
    "write_message": write_message,
}

"""The yearly talk's buttons: only in the room where the group is connected, and only for its members."""

import re
from collections.abc import Mapping

from bot.answers import Answer, Answering, Showing
from bot.group_room import GroupRoom
from cards.show import Shown, show
from cards.verbs import Press
from casework.views import ReviewView
from casework.vocabulary import Refused, WorkplaceId
from casework.yearly import Topic

YEAR = re.compile(r"\d{4}", re.ASCII)


async def show_review(at: Answering, press: Press) -> Answer:
    view = await at.desk.office.yearly.view(await _here(at))
    return Answer(messages=(await _drawn(at, view),))


async def note_review(at: Answering, press: Press) -> Answer:
    """Noted, or taken back; the pressed card shows how it stands."""
    place, topic = await _here(at), str(press.args.get("topic"))
    if topic not in set(Topic):
        raise Refused("unreadable_card")
    by = at.desk.person if press.args.get("talked") == "yes" else None
    view = await at.desk.office.yearly.note(place, _year(press), Topic(topic), by)
    return Answer(in_place=await _drawn(at, view))


async def _here(at: Answering) -> WorkplaceId:
    """The workplace whose group is connected here. Refused to whoever is not of it, and in anybody's own chat."""
    if at.desk.record.kind == "personal":
        raise Refused("only_in_channel")
    return (await GroupRoom(at.desk).connected()).id


def _year(press: Press) -> int | None:
    """The year of the card; a typed word names none."""
    said = str(press.args.get("year") or "")
    return int(said) if YEAR.fullmatch(said) else None


async def _drawn(at: Answering, view: ReviewView) -> Shown:
    return show(view, await at.desk.scene(*(who.by for who in view.talked.values())))


SHOWING: Mapping[str, Showing] = {"show_review": show_review, "note_review": note_review}

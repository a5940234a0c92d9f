"""The buttons of the talk, of words both ways, and of check-ins."""

from collections.abc import Mapping
from datetime import date, datetime

from bot.readings.pressed import Pressed, Reading
from casework import commands as c
from casework.commands import Written
from casework.vocabulary import Answer, PersonId, Refused
from dialogs import dates, days_ahead

ALL = "all"


async def _agree_points(pressed: Pressed) -> c.Command:
    points = {name: _point(pressed, name) for name in ("help", "tells", "contact", "other")}
    return c.AgreePoints(**pressed.head(), person=_person(pressed), **points, next_talk=_next_talk(pressed))


def _point(pressed: Pressed, name: str) -> Written | None:
    """Named by its field, so that the same words under two headings are two."""
    said = pressed.said(name)
    return pressed.written(name, said, of=name) if said else None


def _next_talk(pressed: Pressed) -> datetime | None:
    """Day and clock, or neither."""
    day, clock = pressed.said("date"), pressed.said("time")
    if not (day or clock):
        return None
    if not (day and clock):
        raise Refused("clock_missing_ahead" if day else "day_missing_ahead")
    return dates.moment(_day_ahead(day, pressed.desk.now()), dates.card_clock(clock))


def _day_ahead(day: str, now: datetime) -> date:
    """As a date field sends it; where a client sends what was typed, that."""
    try:
        return dates.near_enough(date.fromisoformat(day))
    except ValueError:
        return days_ahead.day_ahead(day, now)


def _person(pressed: Pressed) -> PersonId:
    return PersonId(pressed.said("person") or pressed.desk.person)


def _answered(answer: Answer) -> Reading:
    async def read(pressed: Pressed) -> c.Command:
        number = pressed.arg("number")
        if not number.isdecimal():
            raise Refused("unreadable_card")
        words = pressed.written("words") if pressed.said("words") else None
        return c.AnswerPoints(**pressed.head(), number=int(number), answer=answer, words=words)

    return read


async def _give_update(pressed: Pressed) -> c.Command:
    to = pressed.said("reader")
    people = () if to in ("", ALL) else (PersonId(to),)
    return c.GiveUpdate(**pressed.head(), words=pressed.written("update"), people=people)


async def _send_message(pressed: Pressed) -> c.Command:
    """From the person's own card: the other's words stand on it."""
    head, person = pressed.head(), _person(pressed)
    return c.WriteMessage(**head, person=person, words=pressed.written("words"), has_read=person == head["by"])


def _switch(on: bool) -> Reading:
    async def read(pressed: Pressed) -> c.Command:
        return c.SwitchCheckIns(**pressed.head(), on=on)

    return read


READINGS: Mapping[str, Reading] = {
    "agree_points": _agree_points,
    "points_fit": _answered(Answer.YES),
    "points_unfit": _answered(Answer.NO),
    "give_update": _give_update,
    "send_message": _send_message,
    "check_ins_off": _switch(False),
    "check_ins_on": _switch(True),
}

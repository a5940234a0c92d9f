"""The buttons of steps 12, 13, 18 and 19: risk, contact, who was told, debriefing."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.readings.pressed import Pressed, Reading
from casework import commands as c
from casework import vocabulary as v
from casework.calendar import MORNING, at_clock, local, start_of
from casework.vocabulary import PersonId, Refused
from dialogs import dates, days_ahead


async def _assess_risk(pressed: Pressed) -> c.Command:
    return c.AssessRisk(
        **pressed.head(),
        again=pressed.written("again"),
        meeting=pressed.written("meeting") if pressed.said("meeting") else None,
        agreed=pressed.written("agreed"),
        follow_up_by=pressed.written("follow_up_by"),
        follow_up_at=at_clock(_day(pressed, "follow_up_on"), MORNING),
    )


async def _agree_protection(pressed: Pressed) -> c.Command:
    codes = [code for code in pressed.said("ways").split(",") if code in set(v.ContactWay)]
    if not (person := pressed.said("person")):
        raise Refused("affected_unnamed")
    return c.AgreeProtection(
        **pressed.head(),
        person=PersonId(person),
        ways=tuple(v.ContactWay(code) for code in codes),
        words=pressed.written("words") if pressed.said("words") else None,
        until=_end_of(_day(pressed, "last_day")) if pressed.said("last_day") else None,
    )


def _end_of(day: date) -> datetime:
    """When that day is over in Copenhagen."""
    return start_of(day + timedelta(days=1))


async def _note_told(pressed: Pressed) -> c.Command:
    now = pressed.desk.now()
    day = dates.card_day(pressed.said("told_on"), now) if pressed.said("told_on") else None
    return c.NoteTold(
        **pressed.head(),
        audience=pressed.one_of(v.Audience, "audience", "audience_missing"),
        told_at=start_of(day) if day else _today(now),
        who=pressed.written("who"),
    )


def _today(now: datetime) -> datetime:
    return start_of(local(now).date())


async def _plan_debriefing(pressed: Pressed) -> c.Command:
    if not pressed.said("time"):
        raise Refused("clock_missing")
    begins_at = dates.moment(_day(pressed, "date"), dates.card_clock(pressed.said("time")))
    return c.PlanDebriefing(**pressed.head(), begins_at=begins_at, who=pressed.written("who"))


async def _answer_debriefing(pressed: Pressed) -> c.Command:
    return c.AnswerDebriefing(**pressed.head(), held=pressed.one_of(v.Held, "held"))


def _day(pressed: Pressed, name: str) -> date:
    """A day of a date field; where a client sends what was typed, one that is to come."""
    said = pressed.said(name)
    if not said:
        raise Refused("day_missing")
    try:
        return dates.near_enough(date.fromisoformat(said))
    except ValueError:
        return days_ahead.day_ahead(said, pressed.desk.now())


READINGS: Mapping[str, Reading] = {
    "assess_risk": _assess_risk,
    "agree_protection": _agree_protection,
    "note_told": _note_told,
    "plan_debriefing": _plan_debriefing,
    "answer_debriefing": _answer_debriefing,
}
"""Verb → command."""

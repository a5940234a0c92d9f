"""The buttons of the four rungs of removal."""

from collections.abc import Mapping
from datetime import date

from bot.readings.pressed import Pressed, Reading, of_step
from casework import commands as c
from casework import vocabulary as v
from casework.calendar import add_working_days, local
from casework.commands import Written
from casework.vocabulary import AttemptId
from dialogs import dates


async def _try_rung(pressed: Pressed) -> c.Command:
    """Of no day is said that it was today. How long an answer is waited for is by the settings."""
    day, where, step = _day(pressed, "sent_on"), pressed.said("where"), pressed.step
    return c.TryRung(
        **pressed.head(),
        step=step,
        attempt=AttemptId(pressed.written("attempt", f"{day}|{pressed.said('way')}|{where}").item),
        sent_on=day,
        answer_by=answer_by(pressed, day),
        details=pressed.written("where") if where else None,
        way=pressed.one_of(v.RungWay, "way", "way_missing") if pressed.said("way") else None,
    )


def answer_by(pressed: Pressed, sent_on: date) -> date | None:
    """The last day on which an answer is waited for, by the settings; None of a step that is no rung."""
    days = pressed.desk.answer_days().get(pressed.step)
    return add_working_days(sent_on, days, pressed.desk.working_days()) if days else None


def _day(pressed: Pressed, field: str) -> date:
    now, said = pressed.desk.now(), pressed.said(field)
    return dates.card_day(said, now) if said else local(now).date()


async def _answer_rung(pressed: Pressed) -> c.Command:
    attempt, reply = pressed.said("attempt"), _reply(pressed)
    return c.AnswerRung(
        **pressed.head(),
        step=pressed.step,
        attempt=AttemptId(attempt) if attempt else None,
        replied_on=_day(pressed, "replied_on"),
        reply=reply,
    )


def _reply(pressed: Pressed) -> Written | None:
    return pressed.written("reply") if pressed.said("reply") else None


async def _end_removal(pressed: Pressed) -> c.Command:
    return c.EndRemoval(**pressed.head(), step=pressed.step, why=pressed.one_of(v.RemovalEnd, "why"))


READINGS: Mapping[str, Reading] = {
    "try_rung": _try_rung,
    "answer_rung": _answer_rung,
    "end_removal": _end_removal,
    "reopen_removal": of_step(c.ReopenRemoval),
}

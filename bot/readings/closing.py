"""The buttons of the end of a case, and of its going on."""

from collections.abc import Mapping

from bot.readings.pressed import Pressed, Reading, plain
from casework import commands as c
from casework import vocabulary as v
from casework.calendar import MORNING, add_working_days, at_clock, local
from casework.closing import ANSWER_WITHIN


async def _ask_if_missing(pressed: Pressed) -> c.Command:
    day = add_working_days(local(pressed.desk.now()).date(), ANSWER_WITHIN, pressed.desk.working_days())
    return c.AskIfMissing(**pressed.head(), answer_by=at_clock(day, MORNING))


async def _answer_closing(pressed: Pressed) -> c.Command:
    answer = pressed.one_of(v.ClosingAnswer, "answer")
    words = pressed.written("words") if pressed.said("words") else None
    return c.AnswerClosing(**pressed.head(), answer=answer, words=words)


async def _close_case(pressed: Pressed) -> c.Command:
    journal = pressed.written("journal") if pressed.said("journal") else None
    return c.CloseCase(**pressed.head(), journal=journal)


async def _reopen_case(pressed: Pressed) -> c.Command:
    return c.ReopenCase(**pressed.head(), why=pressed.written("why") if pressed.said("why") else None)


READINGS: Mapping[str, Reading] = {
    "ask_if_missing": _ask_if_missing,
    "answer_closing": _answer_closing,
    "ask_for_analysis": plain(c.AskForAnalysis),
    "close_case": _close_case,
    "reopen_case": _reopen_case,
}

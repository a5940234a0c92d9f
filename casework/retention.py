"""When a closed case is erased: so many months after it was closed, by the settings, and never while a hold stands.

Nothing goes without a word: those it is about are told thirty days before. A shorter time set meanwhile, or an
installation that was down, takes none of those days away. A longer one is told at once, and its day thirty days before.
"""

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from casework import commands as c
from casework import events as e
from casework.calendar import local
from casework.case import Case
from casework.state.custody import Announced
from casework.vocabulary import Stage

NOTICE = timedelta(days=30)


def ended_on(case: Case) -> date | None:
    """The day it was closed, or the call was made. None: it is under way."""
    at = case.closing.closed_at or case.call_made_at
    return local(at).date() if at and case.stage is Stage.CLOSED else None


def over_on(case: Case, months: int) -> date | None:
    """The day its time is over. None: it has not begun to run, or legal staff hold the case."""
    ended = ended_on(case)
    if ended is None or case.custody.hold is not None:
        return None
    return ended + relativedelta(months=months)


def to_announce(case: Case, months: int, now: datetime) -> date | None:
    """On which day it will be erased, where that is to be said now. A call holds nothing, so nobody is told of it."""
    over, today = over_on(case, months), local(now).date()
    if over is None or not case.episodes:
        return None
    return max(over, today + NOTICE) if _to_be_said(case.custody.announced, over, today) else None


def _to_be_said(told: Announced | None, over: date, today: date) -> bool:
    """Thirty days before; and at once where another day stands in the case by now, since its time became longer."""
    if told is not None and told.erase_on < over:
        return True
    return today >= over - NOTICE and (told is None or local(told.at).date() < over - NOTICE)


def is_over(case: Case, months: int, now: datetime) -> bool:
    """Whether it is erased now."""
    over, today, told = over_on(case, months), local(now).date(), case.custody.announced
    if over is None or today < over:
        return False
    return not case.episodes or (told is not None and over <= told.erase_on <= today)


def announce_erasure(case: Case, command: c.AnnounceErasure, now: datetime) -> tuple[e.Event, ...]:
    """The same day once in thirty days. A hold that was set meanwhile, or a case that goes on, has no such day."""
    told = case.custody.announced
    said = told is not None and told.erase_on >= command.erase_on and now - told.at < NOTICE
    if said or case.custody.hold is not None or ended_on(case) is None:
        return ()
    return (e.ErasureAnnounced(by=command.by, at=now, erase_on=command.erase_on),)

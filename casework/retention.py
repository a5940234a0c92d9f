"""When a closed case is erased: so many months after it was closed, by the settings, and never while a hold stands.

Nothing goes without a word: those it is about are told thirty days before. A shorter time set meanwhile, or an
installation that was down, takes none of those days away.
"""

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from casework import commands as c
from casework import events as e
from casework.calendar import local
from casework.case import Case
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
    if over is None or today < over - NOTICE or not case.episodes or case.custody.announced:
        return None
    return max(over, today + NOTICE)


def is_over(case: Case, months: int, now: datetime) -> bool:
    """Whether it is erased now."""
    over, today, told = over_on(case, months), local(now).date(), case.custody.announced
    if over is None or today < over:
        return False
    return not case.episodes or (told is not None and today >= told.erase_on)


def announce_erasure(case: Case, command: c.AnnounceErasure, now: datetime) -> tuple[e.Event, ...]:
    """Said once. A hold that was set meanwhile, or a case that goes on, has no such day."""
    if case.custody.announced or case.custody.hold is not None or ended_on(case) is None:
        return ()
    return (e.ErasureAnnounced(by=command.by, at=now, erase_on=command.erase_on),)

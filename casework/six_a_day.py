"""How many messages about one case somebody gets in a day, and what is done with those that come after.

At most six. The 72 hours, a question of the police, that somebody's answer is waited for, and answers to what they did
themselves always go; all but the last count. What must be said that day and no other has its place among the six kept
for it. What is held back stands on the person's case card at once, and is said when people are up next morning, if it
is still true by then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework.calendar import local, next_waking, start_of, waking
from casework.notices import Notice
from casework.sorting_out import Subject, subject_named
from casework.vocabulary import ConsentKind

MOST = 6


@dataclass(frozen=True)
class Said:
    """How often something came anew to one person about one case, on the last day that anything did."""

    day: date
    times: int


def none_kept() -> int:
    """Nothing else must be said today."""
    return 0


def held_until(
    notice: Notice,
    queued_at: datetime,
    said: Said | None,
    now: datetime,
    kept: Callable[[], int] = none_kept,
    held: bool = False,
) -> datetime | None:
    """Until when this message waits, UTC. None: it goes now.

    `kept`: how many places of today's six are for what cannot wait until tomorrow, asked only where it matters: of most
    messages it does not. `held`: it has waited before.
    """
    if always_goes(notice) or said is None:
        return None
    today = local(now).date()
    if said.day == today:
        full = said.times >= MOST or said.times + kept() >= MOST
        return next_waking(start_of(today + timedelta(days=1))) if full else None
    # nobody is woken for what could wait until the day was over
    held_then = (held or said.times >= MOST) and said.day == local(queued_at).date()
    return next_waking(now) if held_then and not waking(now) else None


def always_goes(notice: Notice) -> bool:
    """What no count holds back."""
    asks_of_the_police = notice.kind == "question" and notice.about.startswith(f"{ConsentKind.POLICE.value}|")
    return notice.legal or notice.own or notice.awaited or asks_of_the_police


def said_after(said: Said | None, notice: Notice, now: datetime) -> Said | None:
    """With one more message that came anew. An answer to what somebody did themselves is no message."""
    if notice.own:
        return said
    today = local(now).date()
    return Said(today, (said.times if said and said.day == today else 0) + 1)


def left_from_before(notice: Notice, queued_at: datetime, now: datetime) -> Subject | None:
    """What a reminder of an earlier day is about: the newest of those stands for the others, and for no other matter's.

    None: it is of today, or no such reminder.
    """
    left = notice.kind == "reminder" and not notice.legal and local(queued_at).date() < local(now).date()
    return subject_named(notice.about) if left else None

"""Several rows of one person that say the same are one message."""

from datetime import datetime

from bot.stores import Pending
from casework.notices import Notice
from casework.six_a_day import left_from_before


def newest_of_each(rows: list[Pending], now: datetime) -> list[tuple[Pending, list[Pending]]]:
    """Several notices of the same card are one: the newest is drawn, as fresh as any of them was.

    So are the reminders of one matter that are left from an earlier day. Each with the rows it stands for.
    """
    kept: dict[tuple, tuple[Pending, list[Pending]]] = {}
    for row in rows:
        key = _card(row, now)
        if key in kept:
            first, covered = kept.pop(key)
            kept[key] = (_as_fresh_as(row, first), [*covered, first])
        else:
            kept[key] = (row, [])
    return list(kept.values())


def _card(row: Pending, now: datetime) -> tuple:
    notice = row.notice
    if left := left_from_before(Notice.read(notice), row.queued_at, now):
        return row.case, "reminder", left
    return row.case, notice["kind"], notice["about"]


def _as_fresh_as(row: Pending, other: Pending) -> Pending:
    """An answer to one's own doing only if both are; waited for if one is."""
    fresh = [one.notice for one in (row, other) if one.notice.get("fresh")]
    own = bool(fresh) and all(notice.get("own") for notice in fresh)
    since = row.queued_at if row.notice.get("fresh") else other.queued_at  # what only follows along is no news
    awaited = any(one.notice.get("awaited") for one in (row, other))
    only_known = all(one.notice.get("only_known") for one in (row, other))
    said = {**row.notice, "fresh": bool(fresh), "own": own, "awaited": awaited, "only_known": only_known}
    return Pending(row.case, said, since, row.attempts, row.not_before)

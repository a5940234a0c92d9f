"""Numbers of a quarter: shown, too few, not worked out yet, and as much as there can be."""

from casework.statistics import IN_TIME, REPORTED, SAFETYNET, SEEN, TALKED, TRAITS, Quarter, Table
from casework.views import NumbersView

SUMMER = Quarter(2026, 3)
SHOWN = Table(
    SUMMER,
    23,
    {
        "medium.facebook": 14,
        "medium.sms_or_call": 6,
        "form.degrading": 12,
        "form.threats": 7,
        SEEN: 23,
        TALKED: 18,
        SAFETYNET: 17,
        REPORTED: 11,
        IN_TIME: 6,
    },
    {SEEN: 90, TALKED: 1500},
)
ALL = Table(SUMMER, 2000, dict.fromkeys(TRAITS, 1000) | {IN_TIME: 500}, {SEEN: 30, TALKED: 20_000})
FEW, SPRING = Table(SUMMER, None, {}, {}), Table(Quarter(2026, 2), 9, {}, {})


def numbers(table: Table | None, before: Table | None = None, *, with_file: bool = False) -> NumbersView:
    return NumbersView("Københavns Kommune", SUMMER, table, before, SUMMER.next.published_at, with_file)


CARDS = {
    "numbers": numbers(SHOWN, SPRING, with_file=True),
    "numbers_in_the_room": numbers(SHOWN),
    "numbers_too_few": numbers(FEW, SPRING, with_file=True),
    "numbers_not_yet": numbers(None),
    "numbers_largest": numbers(ALL, ALL, with_file=True),
}

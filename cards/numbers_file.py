"""The same table as a file for a spreadsheet: semicolons and UTF-8 with its mark, as a Danish Excel opens it."""

import csv
import io
from collections.abc import Iterator

from cards.numbers import KINDS
from cards.words import Texts
from casework.statistics import IN_TIME, REPORTED, SAFETYNET, SEEN, TALKED, Table

MARK = "\ufeff"
ALIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""


def numbers_file(place: str, tables: list[Table], say: Texts) -> bytes:
    """A line for each number of each quarter; nothing where it is not shown."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\r\n")
    rows.writerow([say.plain(f"numbers.csv.{name}") for name in ("place", "quarter", "what", "number")])
    for table in tables:
        rows.writerows((_still(place), str(table.quarter), _still(what), number) for what, number in _lines(table, say))
    return (MARK + written.getvalue()).encode()


def _lines(table: Table, say: Texts) -> Iterator[tuple[str, int | str]]:
    yield say.plain("numbers.csv.cases"), "" if table.cases is None else table.cases
    for kind, choices in KINDS.items():
        for one in choices:
            name = f"{kind}.{one}"
            yield say.plain(f"choices.{name}"), table.traits.get(name, "")
    for name in (SEEN, TALKED, SAFETYNET, REPORTED, IN_TIME):
        yield say.plain(f"numbers.csv.{name}"), table.traits.get(name, "")
    for name in (SEEN, TALKED):
        yield say.plain(f"numbers.csv.{name}_minutes"), table.minutes.get(name, "")


def _still(text: str) -> str:
    return f"'{text}" if text.startswith(ALIVE) else text

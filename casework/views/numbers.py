"""Numbers of a quarter, for those who read an administration's."""

from dataclasses import dataclass
from datetime import datetime

from casework.statistics import Quarter, Table


@dataclass(frozen=True)
class NumbersView:
    """`table`: the newest; `before`: of the quarter before. None: not worked out. `next_at`: when more comes."""

    place: str
    quarter: Quarter
    table: Table | None
    before: Table | None
    next_at: datetime
    with_file: bool = False
    """A file can be had here: in a personal chat."""

"""When the last backup was made: noted in the data folder, where `check` and the administrator look for it."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

NOTE = "last_backup"


def last_backup(data: Path) -> datetime | None:
    """When the last whole backup of this data folder was made; None when none is known of."""
    with suppress(OSError, ValueError):
        made_at = datetime.fromisoformat((data / NOTE).read_text("ascii").strip())
        return made_at if made_at.utcoffset() is not None else None
    return None

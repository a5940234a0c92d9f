"""The administrator's list: what somebody must see to until it is put right. Ids and codes only, no case content."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.stores import Shelf


@dataclass(frozen=True)
class Row:
    """`kind` is a code with words of its own; `about` says whom or what: a person's id, a permission, a file's name."""

    kind: str
    about: str
    since: datetime
    details: dict[str, str] = field(default_factory=dict)


class Attention:
    """One row per kind and thing: noted again it keeps its first moment, cleared it is gone."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    async def note(self, kind: str, about: str, now: datetime, **details: str) -> None:
        """Durable on return."""
        known = await self._shelf.get(_key(kind, about))
        since = known["since"] if known else now.isoformat()
        await self._shelf.put(_key(kind, about), {"kind": kind, "about": about, "since": since, "details": details})

    async def clear(self, kind: str, about: str) -> None:
        """It is put right. What does not stand there: nothing."""
        if await self._shelf.get(_key(kind, about)) is not None:
            await self._shelf.drop(_key(kind, about))

    async def rows(self) -> tuple[Row, ...]:
        """Oldest first."""
        found = [await self._shelf.get(key) for key in await self._shelf.keys()]
        return tuple(sorted((_row(one) for one in found if one), key=lambda row: (row.since, row.kind, row.about)))


def _key(kind: str, about: str) -> str:
    return f"{kind}:{about}"


def _row(document: dict[str, Any]) -> Row:
    return Row(**document | {"since": datetime.fromisoformat(document["since"])})

"""The cases in PostgreSQL, looked at beside the process that serves: nothing is written, nothing set aside."""

from collections.abc import AsyncIterator
from typing import Any

from psycopg import AsyncConnection

from bot.stores import UnknownCase, own_keys
from bot.stores.beside import Beside
from bot.stores.database import queries
from bot.stores.postgres_blobs import read_rows
from bot.stores.postgres_case import Rows, key_of_upload


class DatabaseLookedAt:
    """As `bot.keeping.verifying.Looked`. Cases that were set aside are looked at too."""

    def __init__(self, found: Beside) -> None:
        self._beside = found

    async def cases(self) -> tuple[str, ...]:
        rows = await self._beside.run(lambda to: _all(queries().case_keys(to)))
        return tuple(case for case, _ in rows)

    async def erased(self) -> frozenset[str]:
        rows = await self._beside.run(lambda to: _all(queries().erased(to)))
        return frozenset(case for (case,) in rows)

    async def commits(self, case: str) -> list[dict[str, Any]]:
        rows = await self._beside.run(lambda to: _all(queries().commits_of(to, case=case)))
        if not rows or not rows[0][0]:
            raise UnknownCase(case)
        return Rows.of(case, rows).commits(self._beside.master)

    async def blob(self, case: str, item: str) -> AsyncIterator[bytes]:
        found = await self._beside.run(lambda to: _blob(to, case, item))
        if found is None:
            raise UnknownCase(f"{case} {item}")
        head, _, wrapped, own, *chunks = found
        cipher = key_of_upload(self._beside.master, case, item, wrapped, own)
        async for part in read_rows(self._beside, cipher, case, item, (head, *chunks)):
            yield part


async def _blob(to: AsyncConnection, case: str, item: str) -> Any:
    return await queries().blob(to, case=case, item=item, name=own_keys.of_upload(item))


async def _all(rows: Any) -> list[tuple]:
    return [row async for row in rows]

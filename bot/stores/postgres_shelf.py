"""Small documents that are no case, in PostgreSQL: one sealed row per key, named by a keyed hash."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from bot.stores import UnreadableFile, codec
from bot.stores.database import Database, queries
from bot.stores.turns import Turns
from bot.stores.vault import MasterKey, checked_name


class PostgresShelf:
    """Shelf over PostgreSQL; the same promises as FileShelf. Built after the case store is open, on its database."""

    def __init__(self, database: Database, master: MasterKey, name: str) -> None:
        self._database, self._master, self._name = database, master, checked_name(name)
        self._cipher, self._turns = master.of_shelf(name), Turns()

    async def get(self, key: str) -> dict[str, Any] | None:
        return await self._turns.take(key, lambda: self._get(self._hidden(key)))

    async def _get(self, hidden: str) -> dict[str, Any] | None:
        found = await self._database.run(lambda to: queries().document(to, shelf=self._name, key=hidden))
        if found is None:
            return None
        if found[1]:
            raise UnreadableFile(f"{hidden} of {self._name} could not be read, and is set aside.")
        return (await self._read(hidden, found[0]))["document"]

    async def put(self, key: str, document: dict[str, Any]) -> None:
        hidden, kept = self._hidden(key), codec.packed({"key": key, "document": document})
        row = {
            "shelf": self._name,
            "key": hidden,
            "content": self._master.hidden(f"content of {self._name}", kept.decode()),
            "sealed": self._cipher.seal(self._name, hidden, kept),
        }
        await self._turns.take(key, lambda: self._database.run(lambda to: queries().put_document(to, **row)))

    async def drop(self, key: str) -> None:
        row = {"shelf": self._name, "key": self._hidden(key)}
        await self._turns.take(key, lambda: self._database.run(lambda to: queries().drop_document(to, **row)))

    async def keys(self) -> tuple[str, ...]:
        """Every key that can be read, sorted; what cannot is set aside and told by `unreadable`."""
        found = []
        for hidden, sealed in await self._rows(lambda to: queries().documents(to, shelf=self._name)):
            try:
                found.append((await self._read(hidden, sealed))["key"])
            except UnreadableFile:
                continue  # set aside and told
        return tuple(sorted(found))

    async def unreadable(self) -> tuple[str, ...]:
        """Names of the rows set aside, for the administrator."""
        rows = await self._rows(lambda to: queries().documents_aside(to, shelf=self._name))
        return tuple(name for (name,) in rows)

    async def close(self) -> None:
        await self._turns.finish()

    def _hidden(self, key: str) -> str:
        return self._master.hidden(self._name, key)

    async def _read(self, hidden: str, sealed: bytes) -> dict[str, Any]:
        try:
            return json.loads(self._cipher.unseal(self._name, hidden, sealed))
        except (UnreadableFile, ValueError) as fault:
            row = {"shelf": self._name, "key": hidden}
            await self._database.run(lambda to: queries().set_document_aside(to, **row))
            raise UnreadableFile(f"{hidden} of {self._name} could not be read, and is set aside.") from fault

    async def _rows(self, question: Callable[[Any], Any]) -> list[tuple]:
        async def all_of_them(to: Any) -> list[tuple]:
            return [row async for row in question(to)]

        work: Callable[[Any], Awaitable[list[tuple]]] = all_of_them
        return await self._database.run(work)

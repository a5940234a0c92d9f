"""Uploads in PostgreSQL: chunks row by row, and one last row that makes them an item.

A chunk whose answer was lost is sent again with the same sealed bytes; chunks no row names are nothing, and go.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from bot.stores import StoreAway, UnknownCase, UnreadableFile, own_keys
from bot.stores.chunks import Opening, Sealing
from bot.stores.database import Database, queries
from bot.stores.sealing import Cipher

FOR_UPLOADS = 60.0
"""Seconds that a chunk may be on its way."""


def label(case: str, item: str) -> str:
    """What an upload's bytes are bound to: this item of this case."""
    return f"{case}/{item}"


class BlobRows:
    """One upload on its way."""

    def __init__(self, database: Database, cipher: Cipher, case: str, item: str) -> None:
        self._database, self._chunks = database, 0
        name = own_keys.of_upload(item)
        own = own_keys.drawn(cipher, case, name)  # a row of its own, with the row that makes it an item
        self._sealing = Sealing(own.cipher, "blob", label(case, item))
        self._row = {"case": case, "upload": self._sealing.head.hex()}  # no two are alike
        self._item = {"item": item, "head": self._sealing.head, "name": name, "own_key": own.sealed}

    async def put(self, chunk: bytes, *, last: bool) -> None:
        sealed = await asyncio.to_thread(self._sealing.seal, chunk, last=last)
        row, self._chunks = self._row | {"number": self._chunks, "sealed": sealed}, self._chunks + 1
        await self._database.run(lambda to: queries().put_chunk(to, **row), patience=FOR_UPLOADS)

    async def keep(self) -> bool:
        row = self._row | self._item | {"chunks": self._chunks}
        there, ours = await self._database.run(lambda to: queries().keep_upload(to, **row), patience=FOR_UPLOADS)
        if not there:
            raise UnknownCase(f"{row['case']} is erased.")
        return ours

    async def drop(self) -> None:
        with suppress(StoreAway):  # what is left then goes at the next start
            await self._database.run(lambda to: queries().drop_chunks(to, **self._row))


async def read_rows(
    database: Database, cipher: Cipher, case: str, item: str, found: tuple[bytes, str | None, int]
) -> AsyncIterator[bytes]:
    """The content of a row of blobs, part by part. UnreadableFile when any of it is missing or damaged."""
    head, upload, chunks = found
    if upload is None:  # of before there were chunks
        yield await asyncio.to_thread(cipher.unseal, "blob", label(case, item), head)
        return
    opening = Opening(cipher, "blob", label(case, item), head)
    for number in range(chunks):
        row = {"case": case, "upload": upload, "number": number}
        sealed = await database.run(lambda to, row=row: queries().chunk(to, **row), patience=FOR_UPLOADS)
        if sealed is None:
            raise UnreadableFile(f"blob {label(case, item)} should have {chunks} chunks, and one is missing")
        yield await asyncio.to_thread(opening.unseal, sealed, last=number == chunks - 1)

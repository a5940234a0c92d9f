"""Keyed hashes of what identifies people behind cases, apart from the cases and each under its administration's key.

    key|<administration>            the key, drawn when the first case of it is taken in
    hash|<administration>|<hash>    the cases that hold it: when each was sent, and hashes of those it happened to
    case|<case>                     which hashes are its own, so that they go when it goes
    begun|<case>                    it is just being sent, or was when the bot died: it is looked at again

Documents of a shelf: sealed, their names hidden, and with the cases in backups and moves. The key lies there too, so
that a move from one store to another, or another master key, leaves every hash what it was.
"""

import asyncio
import base64
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.stores import Shelf, UnreadableFile
from bot.stores.sealing import new_key

KEY, HASH, CASE, BEGUN = "key", "hash", "case", "begun"


@dataclass(frozen=True)
class Held:
    """A case that has a hash in common: when it was sent, and the hashes of the people it happened to."""

    sent_at: datetime
    people: frozenset[str]


class KnownConduct:
    """One change at a time; each is done again from the start if it was cut off, and ends the same."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf, self._one_change = shelf, asyncio.Lock()
        self.switched_on: set[str] = set()
        """Administrations that something is kept of, as far as it was asked."""

    async def key(self, administration: str) -> bytes:
        """Drawn once. UnreadableFile when it is damaged: another one would make strangers of all that are there."""
        async with self._one_change:
            kept = await self.shelf.get(f"{KEY}|{administration}")
            if kept is None:
                kept = {"key": base64.b64encode(new_key()).decode()}
                await self.shelf.put(f"{KEY}|{administration}", kept)
            self.switched_on.add(administration)
            return base64.b64decode(kept["key"])

    async def begin(self, case: str) -> None:
        """Durable on return: whatever happens from now on, this case is looked at."""
        await self.shelf.put(f"{BEGUN}|{case}", {})

    async def looked_at(self, case: str) -> None:
        await self.shelf.drop(f"{BEGUN}|{case}")

    async def sharing(self, administration: str, hashes: Collection[str]) -> Mapping[str, Held]:
        """Every case that has one of these, by its id."""
        found: dict[str, Held] = {}
        for one in sorted(hashes):
            for case, held in (await self._holders(f"{HASH}|{administration}|{one}")).items():
                found[case] = Held(datetime.fromisoformat(held["sent_at"]), frozenset(held["people"]))
        return found

    async def keep(self, administration: str, case: str, hashes: Collection[str], held: Held) -> None:
        """These are the case's own from now on, and no others. Whose they are is written before they are."""
        async with self._one_change:
            before = await self.shelf.get(f"{CASE}|{case}")
            if before and (before["administration"] != administration or set(before["hashes"]) - set(hashes)):
                await self._forget(case, before)
            if hashes:
                await self.shelf.put(f"{CASE}|{case}", {"administration": administration, "hashes": sorted(hashes)})
            row = {"sent_at": held.sent_at.isoformat(), "people": sorted(held.people)}
            for one in sorted(hashes):
                name = f"{HASH}|{administration}|{one}"
                await self.shelf.put(name, {"cases": {**await self._holders(name), case: row}})

    async def forget(self, case: str) -> None:
        """Nothing of the case is left. Unknown: nothing."""
        async with self._one_change:
            if kept := await self.shelf.get(f"{CASE}|{case}"):
                await self._forget(case, kept)
            await self.looked_at(case)

    async def _forget(self, case: str, kept: Mapping) -> None:
        for one in kept["hashes"]:
            name = f"{HASH}|{kept['administration']}|{one}"
            others = {other: row for other, row in (await self._holders(name)).items() if other != case}
            await (self.shelf.put(name, {"cases": others}) if others else self.shelf.drop(name))
        await self.shelf.drop(f"{CASE}|{case}")

    async def _holders(self, name: str) -> dict:
        """A damaged one is nobody's: it is set aside, and what comes from now on is kept anew."""
        try:
            return (await self.shelf.get(name) or {"cases": {}})["cases"]
        except UnreadableFile:
            return {}

    async def switch_off(self, administration: str) -> None:
        """Everything of it goes, the key last: without it the rest tells nothing, and with it the work is not done."""
        async with self._one_change:
            for name in await self.shelf.keys():
                kind, _, rest = name.partition("|")
                if kind == HASH and rest.startswith(f"{administration}|"):
                    await self.shelf.drop(name)
                elif kind == CASE and (await self.shelf.get(name) or {}).get("administration") == administration:
                    await self.shelf.drop(name)
            await self.shelf.drop(f"{KEY}|{administration}")
            self.switched_on.discard(administration)

    async def named(self, kind: str) -> tuple[str, ...]:
        """Administrations that have a KEY, the CASEs that are in, or those that were BEGUN."""
        names = (name.partition("|") for name in await self.shelf.keys())
        return tuple(rest for found, _, rest in names if found == kind)

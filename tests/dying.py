"""Dies at every system call of a write, one after the other, and says what the next start finds.

`python -m tests.dying <folder> <operation>` prints one JSON object: what was `before`, what is `after`, what each
`death` left, and the `calls` of the write that survived. Children are forked: a child is the process that dies.
"""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.stores import Commit, UnknownCase, UnreadableFile
from bot.stores.chunks import CHUNK
from bot.stores.shelf import FileShelf
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from tests.found_again import read_with

KEY = b"m" * 32
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CASES = ("VK-A", "VK-B", "VK-C", "VK-NEW")
CALLS = ("open", "write", "fsync", "close", "replace", "rename", "unlink", "remove", "rmdir", "mkdir", "truncate")
DIED = 9


class Place:
    """A store and a shelf in one folder, as the bot has them."""

    def __init__(self, folder: Path, store: TinyCaseStore, shelf: FileShelf) -> None:
        self.folder, self.store, self.shelf = folder, store, shelf


async def opened(folder: Path) -> Place:
    vault = Vault(folder / "vault", KEY)
    store = await TinyCaseStore.open(folder / "cases", vault)
    return Place(folder, store, FileShelf(folder / "shelves", vault, "dialogs"))


async def furnish(folder: Path) -> None:
    place = await opened(folder)
    for case in CASES[:3]:
        first = commit(events=({"type": "evidence_added", "item": "photo"},))
        await place.store.append(case, apart(first, secret=secret_of(case)), after=0)
    await place.store.append("VK-B", commit(1, closed=True), after=1)
    await place.store.put_blob("VK-C", "photo", b"seen by VK-C alone")
    await place.shelf.put("anna", {"step": 1})
    await place.store.close()


def commit(hours: int = 0, **parts: Any) -> Commit:
    notices = ({"id": f"n{hours}-1"}, {"id": f"n{hours}-2"})
    at, due = MONDAY + timedelta(hours=hours), MONDAY + timedelta(hours=hours + 5)
    return Commit(at=at, texts={f"t{hours}": "ord" * 500}, notices=notices, next_due=due, people={"anna"}, **parts)


def apart(plain: Commit, **texts: str) -> Commit:
    """The same, with texts that have keys of their own."""
    return replace(plain, texts={**plain.texts, **texts}, apart=frozenset(texts))


def secret_of(case: str) -> str:
    return f"Det ved kun {case}."


async def first_commit(place: Place) -> None:
    await place.store.append("VK-NEW", commit(), after=0)


async def next_commit(place: Place) -> None:
    await place.store.append("VK-A", commit(2, events=({"type": "sent"},), handled=("press",)), after=1)


async def writing(place: Place) -> None:
    """Words with keys of their own: two new ones, and one that is there."""
    again = secret_of("VK-A")
    await place.store.append("VK-A", apart(commit(2), secret=again, told="Først", more="Og så"), after=1)


async def destroying(place: Place) -> None:
    """Words and an upload of the same case."""
    gone = frozenset({"secret", "photo"})
    await place.store.append("VK-C", commit(2, events=({"type": "destroyed"},), destroyed=gone), after=1)


async def closing(place: Place) -> None:
    await place.store.append("VK-A", commit(2, closed=True), after=1)


async def reopening(place: Place) -> None:
    await place.store.append("VK-B", commit(2), after=2)


async def settling(place: Place) -> None:
    await place.store.settle("VK-A", "n0-1")


async def putting_off(place: Place) -> None:
    await place.store.put_off("VK-A", "n0-1", attempts=2, not_before=MONDAY)


async def uploading(place: Place) -> None:
    await place.store.put_blob("VK-A", "photo", b"p" * 10_000)


async def receiving(place: Place) -> None:
    """A file of several chunks, and then the event that makes it a piece of the case."""
    async with place.store.receiving("VK-A", "film") as arriving:
        for _ in range(5):
            await arriving.write(b"f" * (CHUNK // 2))
        await arriving.keep()
    await place.store.append("VK-A", commit(3, events=({"type": "evidence_added", "item": "film"},)), after=1)


async def broken_off(place: Place) -> None:
    """A file that never came to its end, and then something else."""
    with suppress(ConnectionError):
        async with place.store.receiving("VK-A", "film") as arriving:
            await arriving.write(b"f" * (CHUNK + 1))
            raise ConnectionError
    await place.store.append("VK-A", commit(3), after=1)


async def erasing(place: Place) -> None:
    await place.store.erase("VK-C")


async def shelving(place: Place) -> None:
    await place.shelf.put("anna", {"step": 2})


async def dropping(place: Place) -> None:
    await place.shelf.drop("anna")


async def starting(folder: Path) -> None:
    """A start with much to put in order: a damaged file, one of an erased case, one half-written, one misplaced."""
    await (await opened(folder)).store.close()


async def make_a_mess(folder: Path) -> None:
    place = await opened(folder)
    cases = folder / "cases"
    kept = (cases / "open" / "VK-C.case").read_bytes()
    await place.store.erase("VK-C")
    await place.store.put_blob("VK-B", "never-mentioned", b"x")
    await place.store.close()
    (cases / "open" / "VK-C.case").write_bytes(kept)
    own_keys = folder / "vault" / "items" / "VK-A"
    before = own_keys.read_bytes()
    place = await opened(folder)
    await place.store.append("VK-A", commit(2, destroyed=frozenset({"secret"})), after=1)
    await place.store.close()
    own_keys.write_bytes(before)
    (cases / "open" / ".VK-A.case.0.tmp").write_bytes(b"half")
    (cases / "open" / "VK-BAD.case").write_bytes(b"rubbish")
    os.rename(cases / "closed" / "VK-B.case", cases / "open" / "VK-B.case")


WRITES: dict[str, Callable[[Place], Awaitable[None]]] = {
    write.__name__: write
    for write in (
        first_commit,
        next_commit,
        writing,
        destroying,
        closing,
        reopening,
        settling,
        putting_off,
        uploading,
        receiving,
        broken_off,
        erasing,
        shelving,
    )
} | {"dropping": dropping}


async def portrait(folder: Path) -> dict[str, Any]:
    """Everything anybody could see after the next start."""
    place = await opened(folder)
    store = place.store
    seen: dict[str, Any] = {case: await _case(store, case) for case in CASES}
    seen |= {f"{case} photo": await _photo(store, case) for case in CASES}
    seen["film"] = await _photo(store, "VK-A", "film")
    seen["people"] = [*await store.cases_of("anna")]
    seen["due"] = [*await store.due(MONDAY + timedelta(days=9))]
    seen["pending"] = [[row.case, row.notice["id"], row.attempts, str(row.not_before)] for row in await store.pending()]
    seen["unreadable"] = [*await store.unreadable()]
    seen["shelf"] = await place.shelf.get("anna")
    await store.close()
    return seen | _on_disk(folder) | {"copy": _opens(folder)}


def _opens(folder: Path) -> list[str]:
    """What of the cases as they were at first opens with the keys there are now."""
    found = read_with(folder.parent / "before" / "cases", KEY, folder / "vault")
    return [what for what in (*map(secret_of, CASES), "seen by VK-C alone") if what in found]


def _on_disk(folder: Path) -> dict[str, list[str]]:
    under_way = {path.stem for path in (folder / "cases" / "open").iterdir()}
    uploads = sorted(path.name for path in (folder / "cases" / "blobs").rglob("*") if path.is_file())
    half = [path.name for path in folder.rglob("*.tmp")]
    return {"half-written": half, "open": sorted(under_way), "uploads": uploads}


async def _case(store: TinyCaseStore, case: str) -> Any:
    try:
        found = await store.load(case)
    except (UnknownCase, UnreadableFile) as fault:
        return type(fault).__name__
    return [found.version, [*found.events], dict(found.texts), sorted(found.handled)]


async def _photo(store: TinyCaseStore, case: str, item: str = "photo") -> str:
    try:
        return str(len(await store.get_blob(case, item)))
    except (UnknownCase, UnreadableFile) as fault:
        return type(fault).__name__


class Doom:
    """Counts the system calls of this process and ends it at one of them; a write at which it dies is half done."""

    def __init__(self, at: int) -> None:
        self.at, self.calls = at, []

    def __enter__(self) -> "Doom":
        self.real = {name: getattr(os, name) for name in CALLS}
        for name in CALLS:
            setattr(os, name, self._counted(name))
        return self

    def __exit__(self, *_: object) -> None:
        for name, real in self.real.items():
            setattr(os, name, real)

    def _counted(self, name: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) == self.at:
                if name == "write":
                    self.real["write"](given[0], given[1][: len(given[1]) // 2])
                os._exit(DIED)
            return self.real[name](*given, **named)

        return call


async def doomed(folder: Path, operation: str, at: int) -> None:
    if operation == "starting":
        with Doom(at) as doom:
            await starting(folder)
    else:
        place = await opened(folder)
        with Doom(at) as doom:
            await WRITES[operation](place)
    (folder / "calls.json").write_text(json.dumps(doom.calls))


def in_a_child(work: Callable[[], Any]) -> int:
    """Exit code of a forked process that does the work: 0 when it was done."""
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(work())
        except BaseException as fault:
            os.write(2, repr(fault).encode())
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def deaths(root: Path, operation: str) -> dict[str, Any]:
    template = root / "before"
    asyncio.run(furnish(template))
    if operation == "starting":
        asyncio.run(make_a_mess(template))
    found, at, code = [], 0, DIED
    while code == DIED:
        at += 1
        folder = root / str(at)
        shutil.copytree(template, folder)
        code = in_a_child(lambda: doomed(folder, operation, at))  # noqa: B023 - run at once
        found.append(asyncio.run(portrait(folder)))
    if code:
        raise SystemExit(f"{operation} failed by itself at call {at}")
    calls = json.loads((folder / "calls.json").read_text())
    return {"before": asyncio.run(portrait(template)), "after": found.pop(), "deaths": found, "calls": calls}


if __name__ == "__main__":
    print(json.dumps(deaths(Path(sys.argv[1]), sys.argv[2])))

"""A disk that fails where it hurts: after the new file stands in its place, and before that is said to be durable."""

import errno
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.delivering.about import About, Kind
from bot.delivering.offered import File, OfferedFiles
from bot.stores import Commit
from bot.stores.case_file import CaseFile
from bot.stores.case_folder import CaseFolder
from bot.stores.shelf import FileShelf
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from casework.vocabulary import CaseId, PersonId
from tests.crafted import Crafted, press
from tests.shelves import MemoryShelf
from tests.story import FORMS, ORDINARY, said, story
from tests.test_stories import PICTURE

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NO_ROOM = OSError(errno.ENOSPC, "No space left on device")


class Folder(CaseFolder):
    """What it writes stands there, and then, while it is `full`, the disk does not say so."""

    full = True

    @contextmanager
    def opened(self, case: str, *, new: bool) -> Iterator[CaseFile]:
        with super().opened(case, new=new) as file:
            yield file
        if self.full and file.changed:
            raise NO_ROOM


def stored_in(tmp_path: Path) -> TinyCaseStore:
    folder = Folder(tmp_path / "cases", Vault(tmp_path / "vault", b"m" * 32))
    return TinyCaseStore(folder, -1, folder.take_stock())


async def test_a_case_whose_file_was_kept_by_a_disk_that_then_failed_goes_on_from_there(tmp_path: Path):
    store = stored_in(tmp_path)
    for version in range(2):
        with pytest.raises(OSError, match="No space left"):
            await store.append("VK-A", Commit(MONDAY, ({"n": version},), handled=(f"press-{version}",)), after=version)

    store._folder.full = False
    assert await store.version("VK-A") == 2 and (await store.load("VK-A")).version == 2
    await store.append("VK-A", Commit(MONDAY, ({"n": 2},)), after=2)

    assert (await store.load("VK-A")).events == ({"n": 0}, {"n": 1}, {"n": 2})
    await store.close()


class Shelf(FileShelf):
    """The same of a shelf."""

    full = False

    def _write(self, key: str, content: bytes) -> None:
        super()._write(key, content)
        self._failing()

    def _remove(self, key: str) -> None:
        super()._remove(key)
        self._failing()

    def _failing(self) -> None:
        if self.full:
            raise NO_ROOM


async def test_what_a_failing_disk_kept_of_a_shelf_is_what_is_read_from_it(tmp_path: Path):
    shelf = Shelf(tmp_path, Vault(tmp_path / "vault", b"m" * 32), "records")
    await shelf.put("a", {"n": 1})
    shelf.full = True
    with pytest.raises(OSError, match="No space left"):
        await shelf.put("a", {"n": 2})
    assert await shelf.get("a") == {"n": 2}
    shelf.full = False
    await shelf.put("a", {"n": 1})
    shelf.full = True
    with pytest.raises(OSError, match="No space left"):
        await shelf.drop("a")

    assert await shelf.get("a") is None


class Small(MemoryShelf):
    """Takes the pieces of a file, and not what says that they are one."""

    async def put(self, key: str, document: dict[str, Any]) -> None:
        if "piece" not in document:
            raise NO_ROOM
        await super().put(key, document)


async def test_of_a_file_that_could_not_be_laid_ready_no_piece_is_left():
    shelf = Small()
    offered = OfferedFiles(shelf, lambda: MONDAY)
    file = File("a.zip", "application/zip", b64encode(bytes(5_000_000)))

    with pytest.raises(OSError, match="No space left"):
        await offered.make(PersonId("mette"), "file-1", file, About(Kind.PACKAGE, CaseId("VK-A")))
    assert await shelf.keys() == ()


class Stuck(CaseFolder):
    """Lets go of no upload."""

    def destroy_items(self, case: str, items: frozenset[str]) -> None:
        raise OSError(errno.EIO, "Input/output error")


async def test_what_is_said_to_be_destroyed_leaves_no_byte_also_when_the_disk_first_kept_it():
    async with story(breaks=True) as s:
        await s.mette.say("noget er sket")
        for form in FORMS[:2]:
            await s.mette.press("Næste", {name: ORDINARY[name] for name in form if name in ORDINARY})
        await s.mette.upload("billede.png", PICTURE, "image/png")
        (item,) = (await s.case()).evidence
        destroying, sound = Crafted("destroy_item", {}, {"item": item.id}), s.app.store._folder
        s.app.store._folder = Stuck(s.folder / "cases", sound.vault)
        await press(s.mette, destroying, (await s.case()).id)
        s.app.store._folder = sound
        assert list(s.folder.rglob("*.blob")), "The disk would not let go of it."
        await press(s.mette, destroying, (await s.case()).id)

        assert "er slettet" in said(s.mette) and not list(s.folder.rglob("*.blob"))

"""A damaged file on disk, met by people: it is set aside and told, and everything else goes on."""

from pathlib import Path

import pytest

from bot.stores.vault import WrongKey
from tests.story import said, story


def case_file(folder: Path, case: str) -> Path:
    return next(folder.rglob(f"{case}.case"))


async def test_a_damaged_case_is_set_aside_and_told_and_mette_can_still_begin_anew():
    async with story(breaks=True) as s:
        await s.report(s.mette)
        damaged = (await s.case()).id
        await s.stop()
        file = case_file(s.folder, damaged)
        file.write_bytes(file.read_bytes()[:-20] + bytes(20))
        await s.start()
        await s.mette.say("mine sager")
        await s.mette.say("noget er sket")

        assert [case.id for case in await s.cases("mette")] != [damaged]
        assert any(damaged in name for name in await s.app.store.unreadable())
        assert "Hvem er det sket for?" in said(s.mette)


async def test_a_wrong_master_key_stops_the_start_and_touches_nothing():
    async with story() as s:
        await s.report(s.mette)
        await s.stop()
        before = {path: path.read_bytes() for path in s.folder.rglob("*") if path.is_file()}
        with pytest.raises(WrongKey):
            await s.start(master_key=bytes(32))
        after = {path: path.read_bytes() for path in s.folder.rglob("*") if path.is_file()}

        assert after == before

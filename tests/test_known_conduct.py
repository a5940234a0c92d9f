"""What is kept of known conduct goes when its case goes, wherever the work was cut off, and no earlier."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.keeping.known_conduct import Held, KnownConduct
from bot.setup.organisation import read_organisation
from bot.stores.shelf import FileShelf
from bot.stores.vault import Vault
from tests.local_files import NORD, organisation

HELD = Held(datetime(2026, 11, 22, tzinfo=UTC), frozenset({"mette"}))
OLD, NEW = b"m" * 32, b"n" * 32


class Died(Exception):
    """The process is gone; what it had written is there."""


class Table:
    """A shelf by hand, that dies after so many changes. -1: never."""

    def __init__(self, kept: dict[str, dict[str, Any]], lives_for: int = -1) -> None:
        self.kept, self.lives_for = kept, lives_for

    async def get(self, key: str) -> dict[str, Any] | None:
        return self.kept.get(key)

    async def put(self, key: str, document: dict[str, Any]) -> None:
        self._live()
        self.kept[key] = document

    async def drop(self, key: str) -> None:
        self._live()
        self.kept.pop(key, None)

    async def keys(self) -> tuple[str, ...]:
        return tuple(sorted(self.kept))

    def _live(self) -> None:
        if self.lives_for == 0:
            raise Died
        self.lives_for -= 1


async def filled(table: Table) -> KnownConduct:
    known = KnownConduct(table)
    await known.key("nord")
    await known.keep("nord", "A", {"one", "two"}, HELD)
    await known.keep("nord", "B", {"one"}, HELD)
    await known.key("syd")
    await known.keep("syd", "C", {"one"}, HELD)
    return known


async def test_a_hash_is_shared_within_its_administration_and_with_no_other():
    known = await filled(Table({}))

    assert set(await known.sharing("nord", {"one"})) == {"A", "B"}
    assert await known.sharing("nord", {"two"}) == {"A": HELD}
    assert set(await known.sharing("syd", {"one", "two"})) == {"C"}
    assert await known.key("nord") != await known.key("syd")


async def test_a_case_that_is_taken_in_again_has_its_new_hashes_and_no_others():
    known = await filled(Table({}))

    await known.keep("nord", "A", {"three"}, HELD)

    assert set(await known.sharing("nord", {"one", "two"})) == {"B"}
    assert set(await known.sharing("nord", {"three"})) == {"A"}


@given(st.integers(0, 8), st.integers(0, 8))
async def test_whenever_the_work_dies_what_is_left_of_a_case_goes_with_it(kept_until: int, forgotten_until: int):
    table = Table({})
    await filled(table)
    for lives_for, work in ((kept_until, "keep"), (forgotten_until, "forget")):
        dying = KnownConduct(Table(table.kept, lives_for))
        try:
            await (dying.keep("nord", "VK-D", {"one", "four"}, HELD) if work == "keep" else dying.forget("VK-D"))
        except Died:
            continue
    await KnownConduct(table).forget("VK-D")

    assert "VK-D" not in str(table.kept)
    assert set(await KnownConduct(table).sharing("nord", {"one"})) == {"A", "B"}


@given(st.integers(0, 12))
async def test_whenever_switching_off_dies_the_next_start_knows_that_it_is_not_done(lives_for: int):
    table = Table({})
    await filled(table)
    try:
        await KnownConduct(Table(table.kept, lives_for)).switch_off("nord")
    except Died:
        assert "nord" in await KnownConduct(table).named("key")
        await KnownConduct(table).switch_off("nord")

    assert "nord" not in str(table.kept)
    assert set(await KnownConduct(table).sharing("syd", {"one"})) == {"C"}


async def test_under_another_master_key_every_hash_is_what_it_was(tmp_path: Path):
    before = await filled(FileShelf(tmp_path / "known", Vault(tmp_path / "keys", OLD), "known"))
    key = await before.key("nord")
    Vault(tmp_path / "keys", OLD).hand_over(NEW)

    after = KnownConduct(FileShelf(tmp_path / "known", Vault(tmp_path / "keys", NEW), "known"))

    assert await after.key("nord") == key
    assert set(await after.sharing("nord", {"one"})) == {"A", "B"}


BASIS = """
[[known_conduct]]
administration = "nord"
decided_by = "Direktionen"
decided_on = 2026-11-01
review_on = 2027-11-01
basis = "Drøftet med databeskyttelsesrådgiveren."
"""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (('administration = "nord"', 'administration = "syd"'), "No [[workplaces]] belongs"),
        (('decided_by = "Direktionen"\n', ""), "decided_by"),
        (('decided_by = "Direktionen"', 'decided_by = ""'), "It is who decided it"),
        (("Drøftet med databeskyttelsesrådgiveren.", "ja"), "at least 20 characters"),
        (("review_on = 2027-11-01\n", ""), "review_on"),
        (("2027-11-01", "2026-11-01"), "not after the decision"),
        (("2026-11-01", '"2026-11-31"'), "no such day"),
        (("\n[[", BASIS + "\n[["), "already"),
    ],
)
def test_without_its_basis_in_words_and_a_day_to_look_at_it_again_it_cannot_be_switched_on(tmp_path, changed, said):
    assert changed[0] in BASIS
    found, faults = read_organisation(organisation(tmp_path, NORD, more=BASIS.replace(*changed, 1)))

    assert found is None
    assert any(said in " ".join(map(str, vars(fault).values())) for fault in faults), faults

"""The administrator's list."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.administrator.attention import Attention
from bot.stores.shelf import FileShelf
from bot.stores.vault import Vault

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def attention(tmp_path: Path) -> Attention:
    return Attention(FileShelf(tmp_path, Vault(tmp_path / "keys", b"m" * 32), "attention"))


async def test_what_is_noted_again_keeps_its_first_moment_and_its_latest_details(attention: Attention):
    await attention.note("unreachable", "anna", NOON, why="not_installed")
    await attention.note("unreachable", "anna", NOON + timedelta(hours=1), why="blocked")

    (row,) = await attention.rows()
    assert (row.kind, row.about, row.since, row.details) == ("unreachable", "anna", NOON, {"why": "blocked"})


async def test_rows_stand_oldest_first_until_they_are_put_right(attention: Attention):
    await attention.note("permission", "Mail.Send", NOON + timedelta(hours=1))
    await attention.note("unreachable", "anna", NOON)
    await attention.note("unreachable", "bo", NOON + timedelta(hours=2))

    assert [row.about for row in await attention.rows()] == ["anna", "Mail.Send", "bo"]
    await attention.clear("unreachable", "anna")
    await attention.clear("unreachable", "nobody")
    assert [row.about for row in await attention.rows()] == ["Mail.Send", "bo"]

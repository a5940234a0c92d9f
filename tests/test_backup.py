"""A backup: consistent although the bot writes on, whole or not there, and put back without what was erased since."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.backup import NOTE, last_backup, note_backup

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def test_the_last_backup_is_the_one_that_was_noted(tmp_path: Path):
    note_backup(tmp_path, NOON)

    assert last_backup(tmp_path) == NOON


@pytest.mark.parametrize("found", [None, "", "yesterday", "2026-11-25T12:00:00", "æ"])
def test_a_note_that_says_no_moment_is_no_backup(tmp_path: Path, found: str | None):
    if found is not None:
        (tmp_path / NOTE).write_text(found)

    assert last_backup(tmp_path) is None

"""backup, restore and rotate-key as an administrator says them, beside a bot that really runs."""

import base64
import signal
from pathlib import Path

from tests.kept_store import contents
from tests.test_command_line import ended, in_development

OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (0, 1))


async def said(data: Path, *words: str, **environment: str) -> tuple[int, str, str]:
    return await ended(*words, VAERN_DATA=str(data), **{"VAERN_MASTER_KEY": OLD} | environment)


async def test_a_backup_needs_neither_the_lock_nor_the_master_key_and_opens_elsewhere(tmp_path: Path):
    data, new = tmp_path / "data", tmp_path / "new"
    async with in_development(data):
        code, place, complaint = await said(data, "backup", "--to", str(tmp_path / "backups"), VAERN_MASTER_KEY="")
    assert (code, complaint) == (0, "")

    code, told, complaint = await said(new, "restore", "--from", place.strip())

    assert (code, complaint) == (0, "") and "are back." in told
    async with in_development(new) as (run, _):
        run.send_signal(signal.SIGTERM)
        assert await run.wait() == 0


async def test_what_cannot_be_done_is_said_and_touches_nothing(tmp_path: Path):
    data = tmp_path / "data"
    async with in_development(data):
        before = contents(data)
        complaints = [
            await said(data, "rotate-key", VAERN_NEW_MASTER_KEY=NEW),
            await said(data, "rotate-key"),
            await said(data, "backup", "--to", str(data / "backups")),
            await said(data, "restore", "--from", str(tmp_path)),
            await said(data, "backup", "--to", str(tmp_path / "backups"), CASE_STORE="postgres"),
            await said(tmp_path / "nowhere", "rotate-key", VAERN_NEW_MASTER_KEY=NEW),
        ]

        after = contents(data)
        assert {path: after.get(path) for path in before} == before
        more = after.keys() - before.keys()  # the bot itself looks whether last quarter's numbers are there
        assert all(path.startswith("numbers/") for path in more)
    assert [(code, told) for code, told, _ in complaints] == [(1, "")] * 6
    assert all(len(complaint.splitlines()) <= 2 for _, _, complaint in complaints)
    assert "already open" in complaints[0][2] and "VAERN_NEW_MASTER_KEY is not set" in complaints[1][2]


async def test_with_the_bot_stopped_another_master_key_is_put_in_force(tmp_path: Path):
    data = tmp_path / "data"
    async with in_development(data) as (run, _):
        run.send_signal(signal.SIGTERM)
        await run.wait()
    (tmp_path / "new.key").write_text(NEW)

    code, told, complaint = await said(data, "rotate-key", "--new-key-file", str(tmp_path / "new.key"))

    assert (code, complaint) == (0, "") and NEW not in told and OLD not in told
    _, place, _ = await said(data, "backup", "--to", str(tmp_path / "backups"))
    assert (await said(tmp_path / "a", "restore", "--from", place.strip()))[0] == 1
    assert (await said(tmp_path / "b", "restore", "--from", place.strip(), VAERN_MASTER_KEY=NEW))[0] == 0

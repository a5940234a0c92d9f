"""Dies at every system call of rotate-key and of restore, and says what could be opened afterwards.

`python -m tests.dying_errands <folder> <errand>` prints one JSON object: what a `whole` store shows, how many `calls`
there were, and what each of the `deaths` left. Each is followed by the same errand once more, as one would say.
"""

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.keeping.backup import BackupFault, back_up
from bot.keeping.restore import restore
from bot.keeping.rotation import change_master_key
from bot.stores import WrongKey
from tests.dying import DIED, Doom, in_a_child
from tests.kept_store import KEY, MONDAY, NEW_KEY, found_now, furnish, names


def opens_with(data: Path, key: bytes, like: dict[str, Any]) -> str:
    """What a start with this key finds: the whole, "refused", or something else."""
    try:
        return "whole" if found_now(data, key) == like else "other"
    except (WrongKey, BackupFault):
        return "refused"


def died(data: Path, errand: Callable[[Path], Any], at: int) -> int:
    """How many system calls it took, when it came to its end; 0 when it died at call `at`."""

    async def doomed() -> None:
        with Doom(at) as doom:
            errand(data)
        (data.parent / "calls").write_text(str(len(doom.calls)))

    code = in_a_child(doomed)
    if code not in (0, DIED):
        raise SystemExit(f"It failed by itself at call {at}.")
    return 0 if code else int((data.parent / "calls").read_text())


def rotating(data: Path) -> None:
    change_master_key(data, KEY, NEW_KEY)


def restoring(data: Path) -> None:
    restore(data.parent.parent / "backup", data, KEY)


def after_death(data: Path, like: dict[str, Any], errand: Callable[[Path], Any]) -> dict[str, Any]:
    """Looked at in copies, for a look is a start and puts things in order."""
    left = {}
    for name, key in (("old", KEY), ("new", NEW_KEY)):
        shutil.copytree(data, data.with_name(name))
        left[name] = opens_with(data.with_name(name), key, like)
        left[f"{name}, on disk"] = sorted(names(data.with_name(name)))
    with suppress(BackupFault):  # it was done already: a store lies there now
        errand(data)
    right = NEW_KEY if errand is rotating else KEY
    return left | {"again": opens_with(data, right, like), "files": sorted(names(data))}


def deaths(root: Path, errand: Callable[[Path], Any]) -> dict[str, Any]:
    template = root / "template"
    asyncio.run(furnish(template))
    whole = found_now(template)
    if errand is restoring:
        back_up(template, root / "backups", MONDAY).rename(root / "backup")
        shutil.rmtree(template)
        template.mkdir()
    left, calls, at = [], 0, 0
    while not calls:
        at += 1
        shutil.copytree(template, root / str(at) / "data")
        calls = died(root / str(at) / "data", errand, at)
        left.append(after_death(root / str(at) / "data", whole, errand) if not calls else {})
    data = root / str(at) / "data"
    return {"whole": whole, "calls": calls, "deaths": left[:-1], "files": sorted(names(data))}


def died_at_every_call(folder: Path, errand: str) -> dict[str, Any]:
    """The same from a test, in a process that may fork."""
    command = [sys.executable, "-m", "tests.dying_errands", str(folder), errand]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent.parent, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def in_order(states: list) -> list:
    """Each state once for as long as it lasts."""
    return [state for state, _ in groupby(states)]


if __name__ == "__main__":
    print(json.dumps(deaths(Path(sys.argv[1]), {"rotating": rotating, "restoring": restoring}[sys.argv[2]])))

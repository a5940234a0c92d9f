"""Death at every system call of a write, played by `dying.py`: the next start finds the old state or the new."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.stores.chunks import CHUNK
from tests.dying import WRITES


def deaths(folder: Path, operation: str) -> dict[str, list]:
    command = [sys.executable, "-m", "tests.dying", str(folder), operation]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent.parent, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("operation", WRITES)
def test_death_at_every_system_call_of_a_write_leaves_the_old_or_the_new_state(tmp_path: Path, operation: str):
    found = deaths(tmp_path, operation)

    names = {"old": found["before"], "new": found["after"]}
    which = [next((name for name in names if names[name] == state), state) for state in found["deaths"]]
    assert found["before"] != found["after"]
    assert len(which) == len(found["calls"]), "one death at each call"
    assert which == ["old"] * which.count("old") + ["new"] * which.count("new")


def test_a_file_that_was_being_received_is_there_whole_with_its_event_or_there_is_not_a_byte_of_it(tmp_path: Path):
    found = deaths(tmp_path, "receiving")

    for state in found["deaths"]:
        there = "film" in str(state["VK-A"])
        assert state["film"] == (str(5 * CHUNK // 2) if there else "UnknownCase")
        assert ("film.blob" in state["uploads"]) == there
        assert state["half-written"] == [] and state["unreadable"] == []
    assert found["calls"].count("write") > 3 and found["after"]["film"] == str(5 * CHUNK // 2)


def test_what_was_destroyed_is_destroyed_key_and_bytes_with_the_fact_that_says_so_or_all_of_it_is_there(tmp_path: Path):
    found = deaths(tmp_path, "destroying")

    for state in (*found["deaths"], found["after"]):
        said = "destroyed" in str(state["VK-C"])
        assert ("secret" in str(state["VK-C"])) != said and (state["VK-C photo"] == "UnknownCase") == said
        kept = [] if said else ["Det ved kun VK-C.", "seen by VK-C alone"]
        assert state["copy"] == ["Det ved kun VK-A.", "Det ved kun VK-B.", *kept], "an older copy, with the keys of now"
    assert found["calls"].count("fsync") > 3


def test_death_at_every_system_call_of_a_start_leaves_the_next_start_the_same_work(tmp_path: Path):
    found = deaths(tmp_path, "starting")

    assert found["deaths"] == [found["after"]] * len(found["calls"])
    assert found["after"]["unreadable"] == ["VK-BAD.case"]
    assert found["after"]["VK-C"] == "UnknownCase"
    assert found["after"]["half-written"] == []
    assert found["before"]["copy"] and "Det ved kun VK-A." not in found["after"]["copy"], "destroyed, and its key left"


def test_content_is_on_disk_before_it_takes_the_old_ones_place_and_the_folder_after(tmp_path: Path):
    calls = deaths(tmp_path, "next_commit")["calls"]

    read = ["open", "close"]
    assert calls == [*read, "open", "write", "fsync", "close", "replace", "open", "fsync", "close"]

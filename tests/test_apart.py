"""Work done in a process of its own: it is ended whatever it does, and what it leaves is a whole answer or none."""

import resource
from asyncio import timeout
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.apart import Program, asked


def program(folder: Path, lines: str, waits: float = 20.0) -> Program:
    path = folder / "program.py"
    path.write_text(f"import os, sys, time\n{lines}\n")
    return Program(path, memory=256 << 20, work=1, waits=waits, longest_answer=1000)


async def test_it_is_given_the_words_and_the_bytes_and_its_answer_comes_back(tmp_path: Path):
    sound = program(tmp_path, "print(sys.argv[1:], len(sys.stdin.buffer.read()), end='')")

    assert await asked(sound, b"x" * 1_000_000, "a", "b c") == b"['a', 'b c'] 1000000"


async def test_its_work_is_limited_before_it_begins(tmp_path: Path):
    limits = "import resource\nprint(*(resource.getrlimit(one) for one in (resource.RLIMIT_CPU, resource.RLIMIT_AS)))"

    assert (await asked(program(tmp_path, limits), b"")).split(b") (") == [b"(1, 1", b"%d, %d)\n" % ((256 << 20,) * 2)]


async def test_of_an_answer_without_end_no_more_is_read_than_an_answer_may_have(tmp_path: Path):
    """It would be waited for an hour."""
    talking = program(tmp_path, "print('x' * 5000, flush=True); time.sleep(3600)", waits=3600.0)

    assert await asked(talking, b"") == b""


@pytest.mark.parametrize(
    "lines",
    [
        "while True: pass",
        "print(len(bytearray(1 << 30)))",
        "while True: print('x' * 1000)",
        "print('half'); sys.exit(1)",
        "print('half', flush=True); os.abort()",
        "sys.stdin.close(); raise ValueError",
    ],
    ids=[
        "it never ends",
        "it takes all the memory",
        "its answer never ends",
        "it fails",
        "it crashes",
        "it reads nothing",
    ],
)
async def test_what_goes_wrong_there_is_no_answer_here(tmp_path: Path, lines: str):
    assert await asked(program(tmp_path, lines), b"x" * 1_000_000) == b""


async def test_one_that_is_ended_while_it_writes_is_over_at_once(tmp_path: Path):
    """What it wrote last still lies between the two: twenty times, for it is only now and then that it does."""
    writing = replace(program(tmp_path, "while True: os.write(1, b'x' * (1 << 16))"), longest_answer=3_000_000)

    for _ in range(20):
        async with timeout(60):  # for ever, unless what lies there is read
            assert await asked(writing, b"") == b""


def gone(number: Path) -> bool:
    """Whether there is no process of the number that stands in the file."""
    return not number.exists() or not Path("/proc", number.read_text() or "none").exists()


async def test_one_that_only_waits_is_ended(tmp_path: Path):
    waiting = program(tmp_path, f"open({str(tmp_path / 'it')!r}, 'w').write(str(os.getpid())); time.sleep(600)", 2.0)

    assert await asked(waiting, b"") == b""

    assert gone(tmp_path / "it")


@contextmanager
def no_handle_left() -> Iterator[None]:
    """This process may open nothing more: pipes to another least of all."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def test_where_no_process_can_be_begun_there_is_no_answer_and_the_next_is_asked_as_before(tmp_path: Path):
    sound = program(tmp_path, "print('here', end='')")

    with no_handle_left():
        assert await asked(sound, b"") == b""

    assert await asked(sound, b"") == b"here"

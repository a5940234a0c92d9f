"""Work on what came from outside, done in a process of its own: a file made to harm harms that, and is over soon."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

LIMITED = Path(__file__).with_name("limited.py")


@dataclass(frozen=True)
class Program:
    """Reads standard input, answers on standard output, and imports nothing of ours."""

    path: Path
    memory: int
    """Bytes of address space."""
    work: int
    """Seconds of the processor."""
    waits: float
    """Seconds until it is ended whatever it does: many may be at work at once."""
    longest_answer: int
    """Bytes; more is no answer."""


async def asked(program: Program, given: bytes, *words: str) -> bytes:
    """What it answers; b"" when it came to no end, or to a bad one, or could not be begun."""
    limits = (str(program.memory), str(program.work), str(program.path))
    line = (sys.executable, "-I", str(LIMITED), *limits, *words)
    try:
        process = await asyncio.create_subprocess_exec(*line, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
    except OSError as fault:  # no room for one more process, or for its handles
        log.error("no_process_of_its_own", program=program.path.stem, reason=type(fault).__name__)
        return b""
    try:
        return await asyncio.wait_for(_answer(process, given, program.longest_answer), program.waits)
    except (TimeoutError, OSError):
        return b""
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await _over(process)


async def _over(process: Process) -> None:
    """Its end is told only when its pipes have come to theirs; what it wrote last may still fill one."""
    while await process.stdout.read(1 << 16):
        pass
    await process.wait()


async def _answer(process: Process, given: bytes, longest: int) -> bytes:
    feeding = asyncio.ensure_future(_fed(process, given))
    answer = bytearray()
    try:
        while len(answer) <= longest and (part := await process.stdout.read(1 << 16)):
            answer += part
    finally:
        feeding.cancel()
    sound = len(answer) <= longest and await process.wait() == 0
    return bytes(answer) if sound else b""


async def _fed(process: Process, given: bytes) -> None:
    with suppress(OSError):  # it has seen enough
        process.stdin.write(given)
        await process.stdin.drain()
        process.stdin.close()

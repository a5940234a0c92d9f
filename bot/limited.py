"""Runs another program of ours within limits: `limited.py <bytes of memory> <seconds of work> <program> <words>…`.

What came from outside is taken apart there: it can crash, hang or grow without the bot. It imports nothing of ours, so
that it starts at once.
"""

import runpy
import sys


def main() -> None:
    memory, seconds, *sys.argv = sys.argv[1:]
    _limit(int(memory), int(seconds))
    runpy.run_path(sys.argv[0], run_name="__main__")


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows: there the one who waits is the only limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


if __name__ == "__main__":
    main()

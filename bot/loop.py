"""The event loop everything runs on: uvloop, which does the same work in less processor time, where there is one."""

import asyncio
import sys
from collections.abc import Coroutine
from typing import TypeVar

Result = TypeVar("Result")


def run(main: Coroutine[object, object, Result]) -> Result:
    """`asyncio.run`, on uvloop; on Windows, which has no uvloop, on the standard loop."""
    if sys.platform == "win32":
        return asyncio.run(main)
    import uvloop  # only where it exists

    return uvloop.run(main)

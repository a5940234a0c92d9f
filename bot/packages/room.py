"""What all who make papers share."""

import asyncio


class PackageRoom:
    """One paper is made at a time: each takes memory and a processor for itself."""

    def __init__(self) -> None:
        self.one_at_a_time = asyncio.Lock()

"""A mail as Outlook saves it (MS-CFB, version 3), with no more in it than a test needs."""

import struct
from datetime import UTC, datetime

SECTOR, FREE, END, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NUMBERS = {"headers": "007D", "subject": "0037", "sender": "0C1F"}


def outlook_mail(sent: datetime | None = None, **words: str) -> bytes:
    """`headers`, `subject`, `sender`: each a stream of its own. Streams lie in whole sectors, one after the other."""
    streams = {f"__substg1.0_{NUMBERS[name]}001F": text.ljust(2048).encode("utf-16-le") for name, text in words.items()}
    streams["__properties_version1.0"] = _properties(sent)
    chains, content = {}, b""
    directory_sectors = -(-(len(streams) + 1) * 128 // SECTOR)
    fat = [FAT, *range(2, directory_sectors + 1), END]
    for name, stream in streams.items():
        stream = stream.ljust(4096, b"\0")  # shorter ones would have to lie elsewhere
        sectors = -(-len(stream) // SECTOR)
        chains[name] = (len(fat), len(stream))
        fat += [*range(len(fat) + 1, len(fat) + sectors), END]
        content += stream.ljust(sectors * SECTOR, b"\0")
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(SECTOR, b"\xff")
    return _head() + table + _directory(chains, directory_sectors) + content


def _head() -> bytes:
    fixed = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    return fixed + counts + struct.pack("<108I", *[FREE] * 108)


def _directory(chains: dict[str, tuple[int, int]], sectors: int) -> bytes:
    entries = _entry("Root Entry", 5, child=1, start=END, size=0)
    for number, (name, (start, size)) in enumerate(chains.items(), 1):
        following = number + 1 if number < len(chains) else FREE
        entries += _entry(name, 2, right=following, start=start, size=size)
    return entries.ljust(sectors * SECTOR, b"\0")


def _entry(name: str, kind: int, *, start: int, size: int, right: int = FREE, child: int = FREE) -> bytes:
    words = name.encode("utf-16-le") + b"\0\0"
    return words.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI8x8xIQ", len(words), kind, 1, FREE, right, child, 0, start, size
    )


def _properties(sent: datetime | None) -> bytes:
    if sent is None:
        return b"\0" * 32
    ticks = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    return b"\0" * 32 + struct.pack("<IIQ", 0x00390040, 6, ticks)

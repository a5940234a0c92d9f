"""The documentation of a case with twenty pieces: how long making it takes, and how large it is."""

import asyncio
import io
from dataclasses import replace
from time import perf_counter
from types import SimpleNamespace

from PIL import Image

from bot.documents.making import ROOM, on_paper
from tests.bench.report import spread
from tests.scenes import scene
from tests.test_documentation import piece, sent, view

PIECES, RUNS = 20, 5


async def measure(pieces: int = PIECES, runs: int = RUNS) -> dict:
    """Seconds of each of several runs, and bytes. Photographs as a phone takes them, half a megabyte each."""
    photographs = {f"piece-{number}": _photograph(number) for number in range(1, pieces + 1)}
    made = [
        replace(
            piece(number, item=f"piece-{number}"), media_type="image/jpeg", size=len(photographs[f"piece-{number}"])
        )
        for number in range(1, pieces + 1)
    ]
    paper, desk = _with(tuple(made)), _desk(photographs)
    seconds, size = [], 0
    for _ in range(runs):
        began = perf_counter()
        size = len((await on_paper(desk, paper, scene("da"), ROOM)).content)
        seconds.append(perf_counter() - began)
    return {"seconds": spread(seconds), "bytes": size, "originals": sum(map(len, photographs.values()))}


def _with(pieces):
    return replace(view(sent()), evidence=pieces)


def _photograph(number: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 30 + number).convert("RGB").save(out, "JPEG", quality=55)
    return out.getvalue()


def _desk(photographs: dict[str, bytes]):
    """A desk as far as papers need one: the store and the turn-taking."""

    async def get_blob(case: str, item: str) -> bytes:
        return photographs[item]

    store = SimpleNamespace(get_blob=get_blob)
    packages = SimpleNamespace(one_at_a_time=asyncio.Lock(), drawing=asyncio.Lock())
    return SimpleNamespace(office=SimpleNamespace(receiving=SimpleNamespace(store=store), packages=packages))

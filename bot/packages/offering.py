"""The parts of a package as files that are offered: all of them, or none; and whether they lie ready now."""

from collections.abc import AsyncIterator

from bot.delivering.about import About
from bot.delivering.offered import File
from bot.desk import Desk
from bot.ids import item_id_from
from casework.vocabulary import Refused

LAST = "last"


def _id(desk: Desk, fingerprint: str, part: int | str) -> str:
    return item_id_from(f"{desk.person}|{fingerprint}|{part}", "file", 1)


async def offer_parts(desk: Desk, fingerprint: str, parts: int, about: About, files: AsyncIterator[File]) -> None:
    """One after the other. When one cannot be offered, none is, and Refused says so."""
    number = 1
    try:
        async for file in files:
            id = _id(desk, fingerprint, LAST if number == parts else number)
            await desk.office.delivery.offer(desk, file, about, id)
            number += 1
    except Refused:
        await take_back(desk, fingerprint)
        raise


async def lies_ready(desk: Desk, fingerprint: str) -> bool:
    """Whether its last part, and with it every other, is asked about in the chat and not answered yet."""
    offer = await desk.office.delivery.offered.find(desk.person, _id(desk, fingerprint, LAST))
    return offer is not None and offer.file is not None and not offer.unasked


async def take_back(desk: Desk, fingerprint: str) -> None:
    """What is left of a package whose parts did not all get there: half of one is of no use to anybody."""
    number, offered = 1, desk.office.delivery.offered
    while await offered.find(desk.person, id := _id(desk, fingerprint, number)) is not None:
        await offered.drop(id)
        number += 1
    await offered.drop(_id(desk, fingerprint, LAST))

"""Move the open cases of one leader to another, or one of them, while the bot runs."""

import asyncio
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any

from bot.administrator.orders import ANSWERS, MOVED, ORDERS, REFUSED, UNKNOWN, answer_to, give_order, open_shelves
from bot.setup.environment import GUID
from bot.setup.faults import Fault
from bot.setup.organisation import Organisation
from bot.setup.settings import Settings, SettingsFault, read_settings
from bot.stores import Shelf
from bot.stores.vault import Vault, master_key_from
from casework.vocabulary import PersonId

NAME = "move"

WAITS, LOOKS_EVERY = 20.0, 0.2  # seconds
WHY = {
    "cannot_be_moved_there": "that person may not have it. Choose somebody else.",
    "not_with_that_person": "it is not with the person named in --from, or it is closed.",
    "no_such_case": "there is no such case.",
}


def options(parser: ArgumentParser) -> None:
    person = "object id, mail address or full name"
    parser.add_argument("--from", dest="former", required=True, metavar="PERSON", help=f"who has them: {person}")
    parser.add_argument("--to", required=True, metavar="PERSON", help=f"who gets them: {person}")
    parser.add_argument("--case", metavar="VK-…", help="only this one")


def run(chosen: Namespace) -> int:
    settings = read_settings(os.environ)
    people = {name: person_named(settings.organisation, name, getattr(chosen, name)) for name in ("former", "to")}
    order = {**people, "case": (chosen.case or "").strip().upper()}
    told = asyncio.run(asked(settings, order))
    lines, done = told_of(told, order)
    print("\n".join(lines))
    return 0 if done else 1


def person_named(organisation: Organisation, option: str, name: str) -> PersonId:
    """The one person who is meant. With Entra as the directory an object id need not stand in organisation.toml."""
    wanted = name.strip().casefold()
    rows = organisation.people
    found = [row.id for row in rows if wanted in (row.id, row.mail.casefold(), row.name.casefold())]
    if len(found) == 1:
        return found[0]
    if not found and GUID.fullmatch(wanted):
        return PersonId(wanted)
    option = "--from" if option == "former" else "--to"
    fits = "fits several people" if found else "is nobody in organisation.toml"
    raise SettingsFault((Fault(option, f'"{name}" {fits}', "Expected one person: object id, mail or full name."),))


async def asked(settings: Settings, order: Mapping[str, str]) -> dict[str, Any] | None:
    """The bot's answer; None when none came in time."""
    async with AsyncExitStack() as stack:
        shelves = await _shelves(stack, settings)
        name = await give_order(shelves, order)
        for _ in range(int(WAITS / LOOKS_EVERY)):
            if answer := await answer_to(shelves, name):
                return answer
            await asyncio.sleep(LOOKS_EVERY)
    return None


async def _shelves(stack: AsyncExitStack, settings: Settings) -> tuple[Shelf, Shelf]:
    """Where the running bot finds orders, and leaves its answers."""
    key = settings.master_key or master_key_from({}, settings.key_file)
    if settings.case_store == "postgres":
        from bot.stores.beside import beside  # the driver is loaded only where it is used

        found = await stack.enter_async_context(beside(settings.database, key, looking=False))
        if found.master is None:
            expected = "No bot has run with it. Expected the database that the running bot has."
            raise SettingsFault((Fault("VAERN_DATABASE", "holds no store", expected),))
        return found.shelf(ORDERS), found.shelf(ANSWERS)
    keys = settings.data / "keys"
    if not keys.exists():
        expected = f"No bot has run with {settings.data}. Expected the folder that the running bot has."
        raise SettingsFault((Fault("VAERN_DATA", "holds no keys", expected),))
    return open_shelves(settings.data, Vault(keys, key))


def told_of(answer: Mapping[str, Any] | None, order: Mapping[str, str]) -> tuple[list[str], bool]:
    """What to print, and whether everything that was asked has been done."""
    if answer is None:
        return ["The bot has not answered. It moves them as soon as it runs; asking again does no harm."], False
    if UNKNOWN in answer:
        return [f"Nothing was moved: the directory knows nobody with the id {order['to']}, or is silent now."], False
    moved, refused = answer[MOVED], answer[REFUSED]
    lines = [f"Moved to {order['to']}: {', '.join(moved)}"] if moved else ["Nothing was moved."]
    lines += [f"{case}: {WHY.get(why, why)}" for case, why in refused.items()]
    return lines, bool(moved) and not refused

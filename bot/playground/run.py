"""`python -m bot playground`: the same bot, a porter that signs, and a Playground for each person that is asked for."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_urlsafe

from bot.app import App
from bot.clock import Clock
from bot.playground.client import Client, open_client
from bot.playground.porter import HOST, Porter
from bot.rehearse import local_settings
from bot.setup.faults import Fault, either, shown
from bot.setup.settings import Settings, SettingsFault, read_settings
from casework.people import Person

DATA = Path("var/playground")
HEEDED = ("VAERN_HOST", "VAERN_PORT")
"""All that is taken from the environment: people, keys and folder are the Playground's own."""
REAL = ("MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD")


@dataclass
class Playground:
    """Everything a Playground opens; `await stop()` leaves nothing behind but its folder."""

    app: App
    porter: Porter
    clients: list[Client]
    closing: AsyncExitStack

    async def join(self, person: Person, port: int = 0) -> Client:
        """One more person, at a Playground of their own. Port 0: any free one."""
        client = await open_client(person, self.app.settings, self.porter, port)
        self.closing.push_async_callback(client.stop)
        self.porter.rooms[person.id] = client.connector
        self.clients.append(client)
        return client

    async def stop(self) -> None:
        await self.closing.aclose()


def playground_settings(environment: Mapping[str, str]) -> Settings:
    """SettingsFault where a real bot is set up: here anyone may be anyone."""
    real = [name for name in REAL if environment.get(name, "").strip()]
    why = "Anyone may be anyone in the Playground, so it does not run where a real bot is set up. Expected it not set."
    faults = tuple(Fault(name, "is set", why) for name in real)
    heeded = {name: environment[name] for name in HEEDED if name in environment}
    try:
        settings = read_settings(heeded, rehearsal=True)
    except SettingsFault as found:
        raise SettingsFault((*faults, *found.faults)) from None
    if faults:
        raise SettingsFault(faults)
    return replace(settings, host=HOST, data=DATA)


def people_called(names: tuple[str, ...], settings: Settings) -> tuple[Person, ...]:
    """The people by first name, in small letters or not; SettingsFault names whom one may be."""
    known = {person.name.split()[0].casefold(): person for person in settings.organisation.people}
    wrong = [name for name in names if name.casefold() not in known]
    if wrong:
        expected = f"Expected {either(known)}."
        raise SettingsFault(tuple(Fault("--person", shown(name), expected) for name in wrong))
    return tuple(dict.fromkeys(known[name.casefold()] for name in names))


def ports_from(first: int, count: int) -> tuple[int, ...]:
    """A port for each Playground; 0, any that is free, for all. SettingsFault when there are none such."""
    if not 0 <= first <= 2**16 - count:
        raise SettingsFault((Fault("--port", shown(first), f"Expected a port number, 0 to {2**16 - count}."),))
    return tuple(first and first + place for place in range(count))


async def open_playground(
    settings: Settings, master_key: bytes, clock: Clock, people: tuple[Person, ...], port: int
) -> Playground:
    """Bot, porter and one Playground each, on `port` and the ones above it. Port 0: any that are free.

    The porter is found again where it was, on the bot's usual port: conversations remember it.
    """
    ports = ports_from(port, len(people))
    async with AsyncExitStack() as stack:
        running = await _bot_and_porter(stack, settings, master_key, clock)
        for person, own in zip(people, ports, strict=True):
            await running.join(person, own)
        running.closing = stack.pop_all()
    return running


async def _bot_and_porter(stack: AsyncExitStack, settings: Settings, master_key: bytes, clock: Clock) -> Playground:
    secret = token_urlsafe(32)
    porter = Porter(settings.app_id, secret, settings.tenant_id)
    stack.push_async_callback(porter.stop)
    await porter.start(settings.port)
    behind = replace(settings, host=HOST, port=0)
    app = await App.open(behind, local_settings(porter, settings, secret), clock, master_key)
    stack.push_async_callback(app.stop)
    await app.start()
    porter.bot_url = f"{app.url}/api/messages"
    return Playground(app, porter, [], stack)

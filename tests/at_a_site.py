"""A Værn in which everything is as it should be: real settings and files, and real servers on this machine."""

import base64
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.administrator.attention import Attention
from bot.checks import Finding, Findings
from bot.checks.site import AskGraph, Ground, Site
from bot.errands.check import look
from bot.keeping.backup import NOTE
from bot.keeping.records import Record, Records
from bot.setup.settings import REHEARSAL_ORGANISATION, read_settings
from bot.stores import Commit
from bot.stores.shelf import FileShelf
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from cards.words import Texts
from casework.facts import read_facts
from casework.platforms import read_platforms, read_rights
from casework.texts import read_catalogue
from tests.local_files import overlay
from tests.teams_world import LocalTeams

KEY = bytes(range(32))
CASE = "VK-7Q4M-X2D"
GUID = "11111111-2222-3333-4444-555555555555"
NOW = datetime.now(UTC)
FACT = "claim"
"""One of the facts, for a test to put wrong."""
LINK = "tiktok"
"""One of the places to report, for a test to put wrong: an address that was seen."""
EN = Texts("en", read_catalogue("en"))


FILLED_IN = {"00 00 00 00": "33 11 22 33", "00 00 00 01": "33 11 22 34", "00 00 00 02": "33 11 22 35"}
"""The example's numbers for people to ring, and those this place has."""


@dataclass(frozen=True)
class Health:
    """As the directory's own."""

    fault: str = ""
    permissions: Mapping[str, bool | None] = field(default_factory=dict)


async def all_given() -> Health:
    return Health("", {"User.Read.All": True, "Mail.Send": None})


@dataclass
class Place:
    """What a test may put wrong before it looks."""

    folder: Path
    environment: dict[str, str]
    teams: LocalTeams
    health: Callable[[web.Request], Any]
    health_url: str = ""
    graph: AskGraph | None = all_given
    ground: Ground = field(default_factory=Ground)
    elsewhere: dict[str, str] = field(default_factory=dict)
    """Addresses of the channel that are others than the local one's."""
    ahead: float = 0.0
    """Seconds our clock is ahead of the channel's."""

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def case_file(self) -> Path:
        return self.data / "cases" / "open" / f"{CASE}.case"

    def conversation_file(self, key: str) -> Path:
        name = Vault(self.data / "keys", KEY).hidden("conversations", key)
        return self.data / "conversations" / "conversations" / f"{name}.doc"

    def organisation(self, before: str, after: str) -> None:
        file = Path(self.environment["VAERN_ORGANISATION"])
        text = file.read_text("utf-8")
        assert before in text, before
        file.write_text(text.replace(before, after), "utf-8")

    def facts(self, checked_on: date | None, place: str = "all") -> None:
        """What the local changes of a place say was confirmed: everything today, but FACT on that day, or never."""
        days = {fact.id: NOW.date() for fact in read_facts()} | {FACT: checked_on}
        overlay(self.folder / "overlay", {f"{place}/facts.toml": _confirmed(days)})

    def links(self, checked_on: date | None, place: str = "all") -> None:
        """The same of where a notice is given: everything today, but LINK on that day, or never."""
        rows = (*read_platforms(), *read_rights())
        days = {row.id: NOW.date() for row in rows} | {LINK: checked_on}
        told = ({"id": row.id, "link": row.link, "source": row.source} for row in rows)
        overlay(self.folder / "overlay", {f"{place}/links.toml": _dated("link", told, days)})

    async def attention(self) -> Attention:
        return Attention(FileShelf(self.data / "attention", Vault(self.data / "keys", KEY), "attention"))

    def records(self) -> Records:
        return Records(FileShelf(self.data / "conversations", Vault(self.data / "keys", KEY), "conversations"))

    def placed(self, site: Site) -> Site:
        now = lambda: datetime.fromtimestamp(datetime.now(UTC).timestamp() + self.ahead, UTC)  # noqa: E731
        channel = self.teams.settings(app_id=site.settings.app_id, app_type=site.settings.app_type, **self.elsewhere)
        return replace(site, channel=channel, now=now, health_url=self.health_url, graph=self.graph, ground=self.ground)

    async def look(self) -> Findings:
        return await look(self.environment, self.placed)


@asynccontextmanager
async def in_order(folder: Path) -> AsyncIterator[Place]:
    """Everybody met, every group connected, a backup of today, all facts confirmed."""
    teams, here = LocalTeams(), {}
    app = web.Application()

    async def health(request: web.Request) -> web.Response:
        return await here["place"].health(request)

    app.router.add_get("/healthz", health)
    async with teams.server, TestServer(app, host="127.0.0.1") as server:
        ground = Ground(little_space=1, no_space=1, mounts=folder / "mounts")
        place = here["place"] = Place(folder, _environment(folder), teams, alive, ground=ground)
        place.health_url = str(server.make_url("/healthz"))
        (folder / "mounts").write_text("disk / ext4 rw 0 0\n")
        place.facts(NOW.date())
        place.links(NOW.date())
        await _lived_in(place)
        yield place


async def alive(_: web.Request) -> web.Response:
    return web.json_response({"alive": True})


def _environment(folder: Path) -> dict[str, str]:
    written = REHEARSAL_ORGANISATION.read_text("utf-8")
    for left_open, filled_in in FILLED_IN.items():
        written = written.replace(f'"{left_open}"', f'"{filled_in}"')
    (folder / "organisation.toml").write_text(written, "utf-8")
    return {
        "MICROSOFT_APP_ID": GUID,
        "MICROSOFT_APP_PASSWORD": "app-secret",
        "MICROSOFT_APP_TENANT_ID": GUID,
        "VAERN_MASTER_KEY": base64.b64encode(KEY).decode(),
        "VAERN_ORGANISATION": str(folder / "organisation.toml"),
        "VAERN_OVERLAY": str(folder / "overlay"),
        "VAERN_DATA": str(folder / "data"),
        "VAERN_PORT": "9",  # nobody listens there
    }


def _confirmed(days: Mapping[str, date | None]) -> str:
    """A `facts.toml` that says of each fact what the original says, and when that was confirmed."""
    rows = ({"id": fact.id, "value": fact.value, "source": fact.source} for fact in read_facts())
    return _dated("fact", rows, days)


def _dated(table: str, rows: Iterable[Mapping[str, str]], days: Mapping[str, date | None]) -> str:
    told = ({**row, "checked_on": str(days[row["id"]] or "")} for row in rows)
    return "\n".join("\n".join([f"[[{table}]]", *(f"{k} = {json.dumps(v)}" for k, v in row.items())]) for row in told)


async def _lived_in(place: Place) -> None:
    store = await TinyCaseStore.open(place.data / "cases", Vault(place.data / "keys", KEY))
    await store.append(CASE, Commit(at=NOW), after=0)
    records = place.records()
    for workplace in read_settings(place.environment).organisation.workplaces:
        for person in (workplace.leader, workplace.stand_in, workplace.leaders_leader):
            await records.save(Record(f"chat-{person}", person=person))
        await records.connect(workplace.id, Record(f"channel-{workplace.id}", kind="channel"))
    await store.close()
    (place.data / NOTE).write_text(f"{NOW.isoformat()}\n", "ascii")


def of(findings: Findings, code: str) -> list[Finding]:
    return [finding for finding in findings if finding.code == code]


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

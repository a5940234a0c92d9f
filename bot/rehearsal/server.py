"""The practice room itself: one page with three people side by side, served to this machine and nobody else."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bot.clock import MovableClock
from bot.rehearsal.channel import LocalChannel
from bot.rehearsal.loopback import is_loopback, origin, require_loopback
from bot.rehearsal.page_api import Cast, Deadlines, NextReminder, PageApi, Settled

PAGE = Path(__file__).parent / "page"
MODULES = {
    "adaptivecards.js": PAGE / "node_modules/adaptivecards/dist/adaptivecards.min.js",
    "markdown-it.js": PAGE / "node_modules/markdown-it/dist/markdown-it.min.js",
}
SERVED = (".html", ".css", ".js", ".svg")
LARGEST_UPLOAD = 64 * 1024 * 1024
"""Bytes of one request; what the bot itself accepts is less, and that refusal is for it to word."""
LONGEST_NAME = 100
"""Characters; no file of the page has a longer one, and a disk does not look for any length."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True)
class Room:
    """What the page needs of the rest. Moments are case time, aware.

    `next_reminder`: when something is sent next, None when nothing waits. `deadlines`: the 72 hours the thread shows,
    `{"began_at": moment, "deadline": moment, "reminders": [{"at": moment, "hours": hours before the deadline}]}`, or
    empty. `settled`: returns when what the clock set going has been sent.
    """

    cast: Cast
    next_reminder: NextReminder
    deadlines: Deadlines
    settled: Settled


class PracticeRoom:
    """Serves the page. Loopback only: whoever reaches it may speak as everybody in it."""

    def __init__(self, channel: LocalChannel, clock: MovableClock, room: Room) -> None:
        self._api = PageApi(channel, clock, room.cast, room.next_reminder, room.deadlines, room.settled)
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self, host: str = "127.0.0.1", port: int = 3977) -> None:
        """ValueError unless `host` is loopback; FileNotFoundError, with the cure, when its libraries are missing."""
        require_loopback(host)
        _require_modules()
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.url = f"{origin(host, self._runner.addresses[0][1])}/"

    async def stop(self) -> None:
        """Safe to call twice."""
        self._api.stop()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[only_this_machine], client_max_size=LARGEST_UPLOAD)
        app.add_routes(self._api.routes())
        app.add_routes([web.get("/modules/{name}", _module), web.get("/words/{name}", _words)])
        app.add_routes([web.get("/", _page), web.get("/{name}", _page)])
        return app


@web.middleware
async def only_this_machine(request: web.Request, handler) -> web.StreamResponse:
    """Refuse other names for this address (DNS rebinding) and other pages' requests (forgery)."""
    asked_from = request.headers.get("Origin")
    foreign_page = asked_from is not None and asked_from != f"http://{request.host}"
    if not is_loopback(_host_of(request.host)) or foreign_page:
        return web.json_response({"fault": "foreign"}, status=403, headers=HEADERS)
    response = await handler(request)
    if not response.prepared:
        response.headers.update({name: value for name, value in HEADERS.items() if name not in response.headers})
    return response


def _host_of(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


async def _page(request: web.Request) -> web.StreamResponse:
    name = request.match_info.get("name", "index.html")
    if Path(name).suffix not in SERVED:
        raise web.HTTPNotFound
    return _file(PAGE, name)


async def _words(request: web.Request) -> web.StreamResponse:
    return _file(PAGE, f"words.{request.match_info['name']}")


async def _module(request: web.Request) -> web.StreamResponse:
    if (path := MODULES.get(request.match_info["name"])) is None:
        raise web.HTTPNotFound
    return web.FileResponse(path, headers=HEADERS)


def _file(folder: Path, name: str) -> web.FileResponse:
    path = folder / name
    if len(name) > LONGEST_NAME or path.parent != folder or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers=HEADERS)


def _require_modules() -> None:
    missing = [str(path.relative_to(PAGE)) for path in MODULES.values() if not path.exists()]
    if missing:
        raise FileNotFoundError(f"The page lacks {', '.join(missing)}. Run `make demo`, or `npm ci` in {PAGE}.")


__all__ = ["Cast", "PracticeRoom", "Room"]

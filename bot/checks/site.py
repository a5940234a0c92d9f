"""What a check may look at: the settings, the channel's addresses, what is kept, and the ground it stands on."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from aiohttp import ClientSession

from bot.checks.kept import IN_FILES, Kept
from bot.setup.settings import Settings
from bot.teams.settings import ChannelSettings
from casework.vocabulary import PersonId

MEGABYTE = 1024 * 1024


class GraphHealth(Protocol):
    """What Graph says of us. `fault`: "" when it answered, "token" when Entra gives us none, else "silent" or a status.

    `permissions`: True given, False missing, None not to be seen from here: it may be given for one mailbox.
    """

    @property
    def fault(self) -> str: ...

    @property
    def permissions(self) -> Mapping[str, bool | None]: ...


AskGraph = Callable[[], Awaitable[GraphHealth]]


@dataclass(frozen=True)
class Ground:
    """What belongs to the machine and the release, and is the same for everybody who runs it."""

    little_space: int = 1024 * MEGABYTE
    no_space: int = 200 * MEGABYTE
    """Bytes free on the disk: below the first a warning, below the second a fault."""
    mounts: Path = Path("/proc/self/mounts")
    constraints: Path = Path(__file__).parents[2] / "constraints.txt"


@dataclass(frozen=True)
class Site:
    """One Værn as it is set up. `now` is real time."""

    settings: Settings
    channel: ChannelSettings
    session: ClientSession
    now: Callable[[], datetime]
    kept: Kept
    health_url: str
    """The bot's own public address; empty: not told."""
    unreadable: Callable[[], Awaitable[tuple[str, ...]]] | None = None
    """What the running bot's own store has set aside. None: it is asked from outside, and the files are looked at."""
    graph: AskGraph | None = None
    """None: Graph is not used, or not asked here."""
    ground: Ground = field(default_factory=Ground)

    @property
    def within(self) -> bool:
        """The running bot itself asks: the store is open, and ours."""
        return self.unreadable is not None

    @property
    def in_files(self) -> bool:
        """Cases are kept in the data folder, and in no database."""
        return self.settings.case_store == IN_FILES

    def name(self, person: PersonId) -> str:
        """As organisation.toml has it, else the id."""
        return next((one.name for one in self.settings.organisation.people if one.id == person), person)

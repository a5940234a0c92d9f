"""Papers made of a case."""

from dataclasses import dataclass

from casework.commands.command import Command
from casework.vocabulary import ItemId, Package


@dataclass(frozen=True, kw_only=True)
class MakeDocumentation(Command):
    """Give me the documentation as a file."""


@dataclass(frozen=True, kw_only=True)
class MakePackage(Command):
    """I have put together what goes to them: with these pieces, and without those, as I wanted.

    `manifest`: SHA-256 of its list of contents; None: it has none. `anew`: the one before never reached me.
    """

    package: Package
    items: tuple[ItemId, ...] = ()
    left_out: tuple[ItemId, ...] = ()
    manifest: str | None = None
    anew: bool = False

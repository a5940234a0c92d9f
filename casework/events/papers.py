"""Papers made of a case."""

from dataclasses import dataclass

from casework.events.event import Event
from casework.vocabulary import ItemId, Package


@dataclass(frozen=True, kw_only=True)
class DocumentationMade(Event):
    """Somebody was given the documentation as a file: whoever has the case all of it, the affected their own copy."""


@dataclass(frozen=True, kw_only=True)
class PackageMade(Event):
    """Somebody has put together what goes to an authority, a platform or themselves.

    `items` went along as files or words, `left_out` were taken out by hand. `manifest`: SHA-256 of its list of
    contents, so that a package found later can be known again; None: words to paste, with no such list.
    """

    package: Package
    items: tuple[ItemId, ...]
    left_out: tuple[ItemId, ...]
    manifest: str | None = None

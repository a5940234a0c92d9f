"""Papers made of a case."""

from dataclasses import dataclass

from casework.events.event import Event


@dataclass(frozen=True, kw_only=True)
class DocumentationMade(Event):
    """Somebody was given the documentation as a file: whoever has the case all of it, the affected their own copy."""

"""What a file says of itself, read once when it is received, and never believed: a clock can be wrong, a header forged.

Moments and codes stand in the event. Words that stood in the file (a device's name, who wrote to whom and about what)
are items of their own, as everything people wrote is.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.vocabulary import ItemId


class Clock(StrEnum):
    """How far the moment can be placed."""

    ZONE = "zone"  # the file says which time zone its clock was in
    LOCAL = "local"  # it does not: read as Danish time


class MailPart(StrEnum):
    """Headers that a mail has."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    SUBJECT = "subject"
    DATE = "date"
    MESSAGE_ID = "message_id"
    PATH = "path"  # the mail servers it came through


@dataclass(frozen=True)
class Original:
    """A capture time and a device from a picture (EXIF), or a mail's headers. What the file does not say is None."""

    taken_at: datetime | None = None
    """When the picture was taken, or the mail was sent. Aware, UTC."""
    clock: Clock | None = None
    device: ItemId | None = None
    """In words: maker and model, `Apple iPhone 15`."""
    mail: tuple[MailPart, ...] | None = None
    """Which headers there are; None: it is no mail."""
    heading: ItemId | None = None
    """In words: those headers as lines, as they stood."""
    forwarded: bool | None = None
    """A mail whose subject says that it was sent on: then the headers are not the first sender's."""

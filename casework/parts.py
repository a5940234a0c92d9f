"""What makes evidence whole, part by part, and what somebody answers about one. The order is that of what vanishes
first: a post is taken down within minutes, a mail lies in the inbox, and who took a picture is remembered longest.
"""

from collections.abc import Mapping
from enum import StrEnum

from casework.vocabulary import Medium, Shows


class Part(StrEnum):
    WHOLE_POST = "whole_post"
    SCROLLED_PART = "scrolled_part"
    LINK = "link"
    SENDER = "sender"
    TIME = "time"
    ORIGINAL = "original"  # the mail as a file, the text message still on the phone
    CAPTURED = "captured"  # when, and on what
    CAPTURED_BY = "captured_by"
    # asked of a single piece before anything else, and no parts themselves
    SHOWS = "shows"
    EPISODE = "episode"


class PartAnswer(StrEnum):
    HAVE = "have"
    HAVE_NOT = "have_not"  # not asked again
    NOT_NOW = "not_now"  # asked again when the person asks what is missing


class PartState(StrEnum):
    SAVED = "saved"
    VISIBLE = "visible"  # on a piece, as its giver has said
    TOLD = "told"  # they have it, they say
    MISSING = "missing"
    HAS_NOT = "has_not"
    LATER = "later"


class CapturedBy(StrEnum):
    MYSELF = "myself"
    ANOTHER = "another"


class CaptureDevice(StrEnum):
    COMPUTER = "computer"
    IPHONE = "iphone"
    ANDROID = "android"
    OTHER = "other"


class Doubt(StrEnum):
    """One thing that does not fit. `casework/guide/*/coach.toml` has the words."""

    TAKEN_BEFORE = "taken_before"  # by the file's clock, before it can have happened
    TAKEN_LATER = "taken_later"  # by the file's clock, after it was received
    TAKEN_OTHERWISE = "taken_otherwise"  # at another time than was said
    DEVICE_OTHERWISE = "device_otherwise"
    MAILED_BEFORE = "mailed_before"
    FORWARDED = "forwarded"


SECURED = frozenset({PartState.SAVED, PartState.VISIBLE, PartState.TOLD})
ANSWERED: Mapping[PartAnswer, PartState] = {
    PartAnswer.HAVE: PartState.TOLD,
    PartAnswer.HAVE_NOT: PartState.HAS_NOT,
    PartAnswer.NOT_NOW: PartState.LATER,
}
SHOWN_BY: Mapping[Part, Shows] = {
    Part.WHOLE_POST: Shows.WHOLE_POST,
    Part.SCROLLED_PART: Shows.SCROLLED_PART,
    Part.LINK: Shows.LINK,
    Part.SENDER: Shows.SENDER,
    Part.TIME: Shows.TIME,
}
"""What a piece may show, as its giver says."""
IN_A_MAIL_FILE = frozenset({Part.WHOLE_POST, Part.SENDER, Part.TIME, Part.ORIGINAL})
"""What comes along when a mail is kept as a file."""
OF_A_PIECE = frozenset({Part.SHOWS, Part.EPISODE, Part.CAPTURED, Part.CAPTURED_BY})
"""Asked about one piece; the others about all that is kept of an episode."""
MAIL_FILES = frozenset({"message/rfc822", "application/vnd.ms-outlook"})
MESSAGES = frozenset({Medium.MAIL, Medium.SMS_OR_CALL})
"""Media that nothing is posted on."""


def wanted(media: frozenset[Medium], *, mail_file: bool, captured: bool) -> tuple[Part, ...]:
    """The parts that evidence of something on these media is made of. `captured`: a picture or the like is there."""
    posted = not media or bool(media - MESSAGES)
    needed = {
        Part.WHOLE_POST: True,
        Part.SCROLLED_PART: posted,
        Part.LINK: posted,
        Part.SENDER: True,
        Part.TIME: True,
        Part.ORIGINAL: mail_file or bool(media & MESSAGES),
        Part.CAPTURED: captured or posted or Medium.SMS_OR_CALL in media,
        Part.CAPTURED_BY: captured or posted or Medium.SMS_OR_CALL in media,
    }
    return tuple(part for part, so in needed.items() if so)

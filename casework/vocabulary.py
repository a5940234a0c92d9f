"""One meaning per word. Everything that is kept has an explicit string."""

from enum import StrEnum
from typing import NewType

CaseId = NewType("CaseId", str)
"""Random and speakable, `VK-7Q4M-X2D`. Never a secret, never a counter."""
PersonId = NewType("PersonId", str)
"""The directory's object id of a person."""
EpisodeId = NewType("EpisodeId", str)
ItemId = NewType("ItemId", str)
"""What a person wrote or uploaded; facts refer to it by this id and never hold it."""
StepId = NewType("StepId", str)
WorkplaceId = NewType("WorkplaceId", str)
AttemptId = NewType("AttemptId", str)
"""One time somebody was asked to remove it."""

VAERN = PersonId("vaern")
"""Who has acted when time alone has: a reminder, an accept asked at the latest hour."""
WHOEVER_COMES = PersonId("whoever-comes")
"""Who reads what is written in a case that nobody has yet."""


class Refused(Exception):
    """A command was understood and not carried out. `key` has words under `refused.*` in both languages."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key)
        self.key, self.details = key, details


class Role(StrEnum):
    AFFECTED_EMPLOYEE = "affected_employee"
    REPORTER = "reporter"
    LEADER = "leader"  # whoever has the case now: the chosen recipient
    FORMER_LEADER = "former_leader"  # had the case before it was handed on, and may still read its card
    COMPANION = "companion"  # took over a single step
    DOCUMENTER = "documenter"  # secures evidence for somebody it happened to, and sees only that
    HEALTH_SAFETY_GROUP = "health_safety_group"
    LEGAL_STAFF = "legal_staff"  # looks into a case by its number, and holds it
    ADMINISTRATOR = "administrator"  # moves cases, and sees nothing of them
    STRANGER = "stranger"


class Stage(StrEnum):
    DRAFT = "draft"  # private to its author
    CALL = "call"  # "call me": nothing written, somebody is asked to ring
    OPEN = "open"
    CLOSED = "closed"


class Whom(StrEnum):
    ME = "me"
    COLLEAGUE = "colleague"
    SEVERAL = "several"
    WORKPLACE = "workplace"


class Danger(StrEnum):
    NO = "no"
    IN_DOUBT = "in_doubt"
    YES = "yes"


class Medium(StrEnum):
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    OTHER_SOCIAL = "other_social"
    MAIL = "mail"
    SMS_OR_CALL = "sms_or_call"
    WEBSITE = "website"
    OTHER = "other"


class Form(StrEnum):
    """The forms of digital harassment the guide names (D1)."""

    PRIVATE_INFORMATION = "private_information"
    RECORDING_SHARED = "recording_shared"
    DEGRADING = "degrading"
    ABOUT_PERSON = "about_person"
    ABUSIVE_MESSAGES = "abusive_messages"
    FAKE_PROFILE = "fake_profile"
    STALKING = "stalking"
    THREATS = "threats"
    OTHER = "other"


class GoingOn(StrEnum):
    ONCE = "once"
    SEVERAL_TIMES = "several_times"
    MORE_THAN_FIVE_DAYS = "more_than_five_days"
    STILL = "still"
    UNKNOWN = "unknown"


class Shared(StrEnum):
    NO = "no"
    OPENLY = "openly"
    SMALLER_CIRCLE = "smaller_circle"
    UNKNOWN = "unknown"


class Recorded(StrEnum):
    NO = "no"
    SOUND = "sound"
    PICTURE = "picture"
    UNKNOWN = "unknown"


class WorkingHours(StrEnum):
    INSIDE = "inside"
    OUTSIDE = "outside"
    BOTH = "both"
    UNKNOWN = "unknown"


class Certainty(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    DATE_ONLY = "date_only"
    UNKNOWN = "unknown"  # then `began_at` is the start of the day it was first seen


class OriginatorKind(StrEnum):
    CITIZEN = "citizen"
    OTHER = "other"
    IDENTIFIER_ONLY = "identifier_only"
    WORKPLACE = "workplace"
    UNKNOWN = "unknown"


class Shows(StrEnum):
    """What a person says that a piece of evidence shows. Værn never looks at the pictures itself."""

    WHOLE_POST = "whole_post"
    SCROLLED_PART = "scrolled_part"
    SENDER = "sender"
    TIME = "time"
    LINK = "link"
    UNKNOWN = "unknown"


class ItemKind(StrEnum):
    TEXT = "text"
    FILE = "file"


class Source(StrEnum):
    """Where a piece of evidence was taken from, when it was not sent to Værn as it is."""

    TEAMS_MESSAGE = "teams_message"


class Package(StrEnum):
    """Whom something is put together for, each in its own terms."""

    POLICE = "police"  # B15
    SAFETYNET = "safetynet"  # B8, B20: words to paste, no evidence
    DATATILSYNET = "datatilsynet"  # B11, L7
    PLATFORM = "platform"  # B11: words to paste
    LEGAL_STAFF = "legal_staff"  # B14
    DOCUMENT_SYSTEM = "document_system"
    OWN_COPY = "own_copy"  # C8: the affected employee's, without what others have noted


class ConsentKind(StrEnum):
    POLICE = "police"  # B16, H6
    COLLEAGUES = "colleagues"  # B9
    REMOVAL = "removal"  # H13: taking part
    PARTNERS = "partners"  # B9, B17: other centres and partners


class RungWay(StrEnum):
    """The two ways of the last rung (H13, H14)."""

    MEDIATION = "mediation"
    COURT = "court"


class RemovalEnd(StrEnum):
    """Why nobody has to be asked any more."""

    GONE = "gone"
    NOTHING_TO_REMOVE = "nothing_to_remove"  # a text message, a mail, a call: it lies nowhere


class Answer(StrEnum):
    YES = "yes"
    NO = "no"


class Assessment(StrEnum):
    TO_BE_REPORTED = "to_be_reported"
    NOT_TO_BE_REPORTED = "not_to_be_reported"
    NOT_SURE = "not_sure"


class OutcomeKind(StrEnum):
    REPORTED = "reported"
    NOT_REPORTED = "not_reported"  # assessed
    NOT_ACCEPTED = "not_accepted"
    EXEMPTION_ASKED = "exemption_asked"  # L5
    PASSED = "passed"


class Variant(StrEnum):
    """What a letter to the one behind it is about. The guide's own words are about a post; the others follow them."""

    POST = "post"
    SMS = "sms"
    MAIL = "mail"
    VIDEO = "video"
    FAKE_PROFILE = "fake_profile"


class Ending(StrEnum):
    """The guide's three endings of that letter."""

    COARSE = "coarse"  # grove sprogbrug
    DEGRADING = "degrading"  # nedsættende kommentarer
    HARASSING = "harassing"  # chikanerende tone


class ClosingAnswer(StrEnum):
    """What an affected person says to "Is anything missing?"."""

    NOTHING = "nothing"
    SOMETHING = "something"


class Reopened(StrEnum):
    """Why a closed case is open again."""

    ASKED = "asked"  # by an affected person or the leader
    EVIDENCE = "evidence"  # something was added
    EPISODE = "episode"  # it has happened again, or at another time than was thought
    POLICE = "police"  # a question of the police is open again


class Audience(StrEnum):
    """Who may be told of a case, each for itself (B17)."""

    TEAM = "team"
    CENTRES = "centres"
    PARTNERS = "partners"  # outside


class ContactWay(StrEnum):
    """How an employee is kept out of contact with whoever is behind it (C15)."""

    OTHER_CASEWORKER = "other_caseworker"
    IN_WRITING = "in_writing"
    TWO_AT_MEETINGS = "two_at_meetings"
    TELEPHONE = "telephone"
    DOOR = "door"
    OTHER = "other"


class Held(StrEnum):
    """What came of something that was planned."""

    HELD = "held"
    NOT_HELD = "not_held"


class FollowUpAnswer(StrEnum):
    DONE = "done"
    UNDER_WAY = "under_way"
    DROPPED = "dropped"


class HandedOn(StrEnum):
    """Why a case has another recipient now."""

    UNREACHABLE = "unreachable"  # no message came through
    ABSENT = "absent"  # known beforehand
    MOVED = "moved"  # by an administrator
    LEFT = "left"  # the directory does not have them any more
    SILENT = "silent"  # nothing came from them in time


class Way(StrEnum):
    """A way to a person besides the chat."""

    INSTALL = "install"
    MAIL = "mail"


class Tried(StrEnum):
    """What came of a way."""

    BEGUN = "begun"  # and, if it is the last that is known, cut off: it may have worked
    DONE = "done"
    CLOSED = "closed"
    FAILED = "failed"  # it may work in a while

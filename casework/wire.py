"""Events as JSON: an explicit name and version each, never a class name. What was once written stays readable.

Changing an event: give it a new version here and an upgrade in `UPGRADES`; the old name and fields live on in files.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from casework import events as e

NAMES: Mapping[str, type[e.Event]] = {
    "draft_started": e.DraftStarted,
    "whom_told": e.WhomTold,
    "account_given": e.AccountGiven,
    "account_withdrawn": e.AccountWithdrawn,
    "circumstances_told": e.CircumstancesTold,
    "episode_told": e.EpisodeTold,
    "episode_corrected": e.EpisodeCorrected,
    "episode_withdrawn": e.EpisodeWithdrawn,
    "originator_told": e.OriginatorTold,
    "evidence_received": e.EvidenceReceived,
    "evidence_described": e.EvidenceDescribed,
    "recipient_chosen": e.RecipientChosen,
    "draft_reminded": e.DraftReminded,
    "report_sent": e.ReportSent,
    "call_asked": e.CallAsked,
    "call_made": e.CallMade,
    "case_opened": e.CaseOpened,
    "case_seen": e.CaseSeen,
    "item_opened": e.ItemOpened,
    "affected_told": e.AffectedTold,
    "affected_named": e.AffectedNamed,
    "offence_denied": e.OffenceDenied,
    "case_handed_on": e.CaseHandedOn,
    "way_tried": e.WayTried,
    "nobody_next": e.NobodyNext,
    "nobody_reached": e.NobodyReached,
    "nobody_stands_in": e.NobodyStandsIn,
    "person_left": e.PersonLeft,
    "recipient_reached": e.RecipientReached,
    "no_more_wanted": e.NoMoreWanted,
    "step_completed": e.StepCompleted,
    "step_set_aside": e.StepSetAside,
    "step_offered": e.StepOffered,
    "step_accepted": e.StepAccepted,
    "step_declined": e.StepDeclined,
    "step_taken": e.StepTaken,
    "step_noted": e.StepNoted,
    "step_postponed": e.StepPostponed,
    "step_undone": e.StepUndone,
    "consent_asked": e.ConsentAsked,
    "consent_answered": e.ConsentAnswered,
    "consent_answered_orally": e.ConsentAnsweredOrally,
    "consent_contradicted": e.ConsentContradicted,
    "consent_withdrawn": e.ConsentWithdrawn,
    "police_assessed": e.PoliceAssessed,
    "outcome_recorded": e.OutcomeRecorded,
    "outcome_reopened": e.OutcomeReopened,
    "affected_unreachable": e.AffectedUnreachable,
    "risk_assessed": e.RiskAssessed,
    "protection_agreed": e.ProtectionAgreed,
    "audience_told": e.AudienceTold,
    "debriefing_planned": e.DebriefingPlanned,
    "debriefing_answered": e.DebriefingAnswered,
    "reminded": e.Reminded,
    "reminder_unsaid": e.ReminderUnsaid,
    "analysis_taken": e.AnalysisTaken,
    "analysis_finished": e.AnalysisFinished,
    "followed_up": e.FollowedUp,
    "measure_assigned": e.MeasureAssigned,
    "letter_drafted": e.LetterDrafted,
    "letter_sent": e.LetterSent,
    "letter_journalised": e.LetterJournalised,
    "asked_if_missing": e.AskedIfMissing,
    "closing_answered": e.ClosingAnswered,
    "analysis_asked": e.AnalysisAsked,
    "case_closed": e.CaseClosed,
    "case_reopened": e.CaseReopened,
    "rung_tried": e.RungTried,
    "rung_answered": e.RungAnswered,
    "removal_ended": e.RemovalEnded,
    "removal_reopened": e.RemovalReopened,
    "conduct_recognised": e.ConductRecognised,
    "documentation_made": e.DocumentationMade,
    "package_made": e.PackageMade,
    "points_written": e.PointsWritten,
    "points_answered": e.PointsAnswered,
    "talk_invited": e.TalkInvited,
    "update_given": e.UpdateGiven,
    "message_written": e.MessageWritten,
    "messages_read": e.MessagesRead,
    "check_ins_switched": e.CheckInsSwitched,
    "pace_set": e.PaceSet,
    "evidence_placed": e.EvidencePlaced,
    "part_answered": e.PartAnswered,
    "capture_told": e.CaptureTold,
    "documenter_asked": e.DocumenterAsked,
    "documenting_declined": e.DocumentingDeclined,
    "documenting_ended": e.DocumentingEnded,
    "case_consulted": e.CaseConsulted,
    "hold_set": e.HoldSet,
    "hold_lifted": e.HoldLifted,
    "item_destroyed": e.ItemDestroyed,
    "item_withdrawn": e.ItemWithdrawn,
    "erasure_announced": e.ErasureAnnounced,
}

VERSIONS: Mapping[str, int] = dict.fromkeys(NAMES, 1)
Reader = Callable[[Any], Any]
Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
UPGRADES: Mapping[tuple[str, int], Upgrade] = {}
"""(name, version) → the same fact as the next version's document."""


class UnknownEvent(Exception):
    """A document whose name or version this code does not know; it must not be skipped."""


@cache
def _names_by_class() -> Mapping[type[e.Event], str]:
    return {kind: name for name, kind in NAMES.items()}


def encode(event: e.Event) -> dict[str, Any]:
    """A JSON-ready document: `event`, `v`, and the fields under their own names; absent when None."""
    name = _names_by_class()[type(event)]
    return {"event": name, "v": VERSIONS[name], **_fields(event)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone. Events carry aware moments.")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return _fields(value) if is_dataclass(value) else value


def _fields(record: Any) -> dict[str, Any]:
    values = {spec.name: _plain(getattr(record, spec.name)) for spec in fields(record)}
    return {key: value for key, value in values.items() if value is not None}


def decode(document: Mapping[str, Any]) -> e.Event:
    """The event of a document; UnknownEvent when its name, version or fields are not known here."""
    name, version = document.get("event"), document.get("v")
    fields_ = upgraded(document)
    kind = NAMES.get(str(name))
    if kind is None or fields_.pop("v", None) != VERSIONS[str(name)]:
        raise UnknownEvent(f"{name!r} version {version!r} is not known to this version of Værn.")
    fields_.pop("event")
    try:
        return _record(kind, fields_)
    except (KeyError, TypeError, ValueError) as fault:
        raise UnknownEvent(f"{name!r} version {version!r} cannot be read: {type(fault).__name__} {fault}.") from None


def _record(kind: type[Any], values: Mapping[str, Any]) -> Any:
    readers, left_out = _readers(kind), _left_out(kind)
    if empty := [key for key, value in values.items() if value is None and key not in left_out]:
        raise ValueError(f"nothing in {', '.join(empty)}")
    return kind(**{**left_out, **{key: readers[key](value) for key, value in values.items()}})


def upgraded(document: Mapping[str, Any], upgrades: Mapping[tuple[str, int], Upgrade] = UPGRADES) -> dict[str, Any]:
    """The same fact as the newest version's document, one version at a time."""
    current = dict(document)
    while upgrade := upgrades.get((str(current.get("event")), current.get("v", 0))):
        current = upgrade(current)
    return current


@cache
def _left_out(kind: type[Any]) -> Mapping[str, None]:
    """Fields that may be None, and are left out of the document when they are. Any other must be there."""
    return {name: None for name, hint in _hints(kind).items() if type(None) in get_args(hint)}


@cache
def _hints(kind: type[Any]) -> Mapping[str, Any]:
    return get_type_hints(kind)


@cache
def _readers(kind: type[Any]) -> Mapping[str, Reader]:
    """How each field is read back: what its type says of it, worked out once."""
    return {name: _reader(hint) for name, hint in _hints(kind).items()}


def _reader(hint: Any) -> Reader:
    if get_origin(hint) in (Union, types.UnionType):
        read = _reader(next(part for part in get_args(hint) if part is not type(None)))
        return lambda value: None if value is None else read(value)
    if get_origin(hint) is tuple:
        one = _reader(get_args(hint)[0])
        return lambda value: tuple(one(part) for part in value)
    if hint in (date, datetime):
        return hint.fromisoformat
    if is_dataclass(hint):
        return lambda value: _record(hint, value)
    return hint if isinstance(hint, type) and issubclass(hint, StrEnum) else lambda value: value

"""What was answered on a form, as commands: saved at once, as far as it can be read.

Each function takes a `Sheet`, carries out what follows from it and gives back what could not be read.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from casework import commands as c
from casework import vocabulary as v
from casework.choosing import chosen_away, stands_in
from casework.deadline import began_at
from casework.views import DraftView
from casework.vocabulary import CaseId, EpisodeId, ItemId, PersonId, Refused
from dialogs.asking import Desk, Fault
from dialogs.dates import told_when
from dialogs.people import find

Faults = tuple[Fault, ...]
T = TypeVar("T", bound=StrEnum)

FIELD = {
    "whom_missing": "whom",
    "affected_missing": "people",
    "account_missing": "account",
    "account_too_long": "account",
    "time_missing": "time",
    "time_unreadable": "time",
    "too_many_episodes": "date",
    "date_unreadable": "date",
    "moment_in_future": "date",
    "moment_too_old": "date",
    "episode_missing": "date",
    "recipient_missing": "recipient",
    "recipient_is_originator": "recipient",
    "recipient_is_affected": "recipient",
}
"""Under which field a refusal is said; any other stands at the top of the form, under no field."""

CHOSEN = ("media", "forms", "going_on", "shared", "recorded", "working_hours")
YES = "true"  # of a tick
OTHER = "other"
"""The choice of a recipient who is not proposed: then it is a name."""


@dataclass(frozen=True)
class Sheet:
    """One sent form. `episode`: the one form 3 is about. `held`: the piece of account the field was filled with.

    `waiting`: it is the form that was asked last, not an older copy. `beside`: people understood already, when the
    field asked only which of several was meant.
    """

    desk: Desk
    view: DraftView
    inputs: Mapping[str, str]
    episode: EpisodeId
    held: ItemId | None = None
    waiting: bool = True
    beside: tuple[PersonId, ...] = ()

    def said(self, name: str) -> str:
        return self.inputs.get(name, "").strip()

    def one_of(self, kind: type[T], name: str) -> T | None:
        return kind(self.said(name)) if self.said(name) in set(kind) else None

    def some_of(self, kind: type[T], name: str) -> tuple[T, ...]:
        chosen = {part.strip() for part in self.said(name).split(",")}
        return tuple(one for one in kind if one in chosen)

    def head(self) -> dict[str, CaseId | PersonId]:
        return {"case": self.view.case, "by": self.desk.person}

    def written(self, text: str) -> c.Written | None:
        return c.Written(ItemId(self.desk.new_id("item")), text) if text else None


async def save(form: str, sheet: Sheet) -> Faults:
    """Carry out what was answered on this form. Refused only when the draft itself is no longer there to be written."""
    try:
        return await FORMS[form](sheet)
    except Refused as refused:
        if refused.key in ("not_yours", "already_sent"):
            raise
        return (Fault(FIELD.get(refused.key, ""), refused.key, refused.details),)


async def for_whom(sheet: Sheet) -> Faults:
    view, whom = sheet.view, sheet.one_of(v.Whom, "whom")
    if whom is None:
        raise Refused("whom_missing")
    people, faults = (), ()
    if whom in (v.Whom.COLLEAGUE, v.Whom.SEVERAL):
        people, faults = await find(sheet.desk, sheet.said("people"), "people", among=view.affected)
        people = (*sheet.beside, *people)
    if not (faults and not people and whom is v.Whom.COLLEAGUE):
        danger = sheet.one_of(v.Danger, "danger") or view.danger
        await sheet.desk.carry_out(c.TellForWhom(**sheet.head(), whom=whom, affected=people, danger=danger))
    return faults


async def what(sheet: Sheet) -> Faults:
    try:
        await _account(sheet)
    finally:  # whatever is wrong with the words, what was chosen is saved
        await _circumstances(sheet)
    return ()


async def _account(sheet: Sheet) -> None:
    """The field's text. It takes the place of what the field held, and of nothing else."""
    view, text = sheet.view, sheet.said("account")
    if not text:
        if not view.account_item and not view.pieces or sheet.held and not view.pieces:
            raise Refused("account_missing")
        return
    if text.split() == view.account.split():
        return
    account = c.Written(ItemId(sheet.desk.new_id("item")), text)
    await sheet.desk.carry_out(c.GiveAccount(**sheet.head(), account=account, replaces=sheet.held))


async def _circumstances(sheet: Sheet) -> None:
    """What was chosen besides the account. An old form on which nothing was chosen takes nothing back."""
    view = sheet.view
    told = c.TellCircumstances(
        **sheet.head(),
        media=sheet.some_of(v.Medium, "media"),
        forms=sheet.some_of(v.Form, "forms"),
        going_on=sheet.one_of(v.GoingOn, "going_on") or v.GoingOn.UNKNOWN,
        shared=sheet.one_of(v.Shared, "shared") or v.Shared.UNKNOWN,
        recorded=sheet.one_of(v.Recorded, "recorded") or v.Recorded.UNKNOWN,
        working_hours=sheet.one_of(v.WorkingHours, "working_hours") or v.WorkingHours.UNKNOWN,
    )
    before = (view.media, view.forms, view.going_on, view.shared, view.recorded, view.working_hours)
    after = (told.media, told.forms, told.going_on, told.shared, told.recorded, told.working_hours)
    if before != after and (sheet.waiting or any(sheet.said(name) for name in CHOSEN)):
        await sheet.desk.carry_out(told)


async def when(sheet: Sheet) -> Faults:
    """One episode. An empty form is no answer: right when an episode is told already, else a fault."""
    if not (sheet.said("date") or sheet.said("time")) and sheet.view.episodes:
        return ()
    told = told_when(**sheet.head(), episode=sheet.episode, answers=sheet.inputs, now=sheet.desk.now())
    if not _known(sheet.view, told):
        await sheet.desk.carry_out(told)
    return ()


def _known(view: DraftView, told: c.TellWhen) -> bool:
    """The same moment told again, from an older copy of the form, is not one episode more."""
    began = began_at(told.certainty, told.moment, told.day)
    others = [line for line in view.episodes if line.episode != told.episode]
    return any((line.began_at, line.certainty) == (began, told.certainty) for line in others)


async def who_where(sheet: Sheet) -> Faults:
    """Who is behind it, as far as the person knows. All of it may be left out."""
    view, kind = sheet.view, _kind(sheet)
    if kind is None:
        return ()
    person, faults = None, ()
    if kind is v.OriginatorKind.WORKPLACE:
        before = [view.originator_person] if view.originator_person else []
        found, faults = await find(sheet.desk, sheet.said("colleague"), "colleague", among=before)
        person = found[0] if found else None
    after = (kind, sheet.said("identifier"), sheet.said("links"), person)
    if after == (view.originator, view.identifier.strip(), view.links.strip(), view.originator_person):
        return faults
    return (*faults, *await _tell_originator(sheet, kind, person))


async def _tell_originator(sheet: Sheet, kind: v.OriginatorKind, person: PersonId | None) -> Faults:
    identifier, links = sheet.written(sheet.said("identifier")), sheet.written(sheet.said("links"))
    told = c.TellOriginator(**sheet.head(), kind=kind, identifier=identifier, links=links, person=person)
    try:
        await sheet.desk.carry_out(told)
    except Refused as refused:
        if refused.key != "person_unknown":
            raise
        return (Fault("colleague", refused.key, {"name": sheet.said("colleague")}),)
    return ()


def _kind(sheet: Sheet) -> v.OriginatorKind | None:
    """What was chosen, else what the other fields say; None when the form was left empty."""
    chosen = sheet.one_of(v.OriginatorKind, "originator")
    if chosen:
        return chosen
    if sheet.said("colleague"):
        return v.OriginatorKind.WORKPLACE
    if sheet.said("identifier"):
        return v.OriginatorKind.IDENTIFIER_ONLY
    return v.OriginatorKind.UNKNOWN if sheet.said("links") else None


async def who_is_to_know(sheet: Sheet) -> Faults:
    chosen, name = sheet.said("recipient"), sheet.said("other")
    if not chosen and not name:
        raise Refused("recipient_missing")
    if chosen and chosen != OTHER:
        return await _choose(sheet, PersonId(chosen))
    if not name:
        return (Fault("other", "recipient_missing"),)
    before = [sheet.view.recipient] if sheet.view.recipient else []
    found, faults = await find(sheet.desk, name, "other", among=before)
    return faults or await _choose(sheet, found[0])


async def _choose(sheet: Sheet, recipient: PersonId) -> Faults:
    """Choose by id: a card's choice is believed only when it is somebody in the directory."""
    hits = await sheet.desk.search(recipient)
    case = await sheet.desk.draft()
    if case is None or recipient not in [hit.id for hit in hits]:
        return (Fault("recipient", "person_unknown", {"name": recipient}),)
    choices, leaders = await sheet.desk.recipients(case)
    away = chosen_away(choices, leaders, recipient, stay_out=sheet.said("stay_out") == YES)
    how = {"others": away, "stands_in": stands_in(choices, recipient)}
    await sheet.desk.carry_out(c.ChooseRecipient(**sheet.head(), recipient=recipient, **how))
    return ()


FORMS: Mapping[str, Callable[[Sheet], Awaitable[Faults]]] = {
    "for_whom": for_whom,
    "what": what,
    "when": when,
    "who_where": who_where,
    "who_is_to_know": who_is_to_know,
}
"""Form → how its answers are saved, in the order they are asked."""

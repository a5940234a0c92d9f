"""Who has seen, taken out, passed on or held what, as each may see it; and a case as the legal staff look into it."""

from collections.abc import Iterator, Mapping

from casework import events as e
from casework import views as w
from casework.access import LEGAL, A, R, roles_of
from casework.case import Case, Item
from casework.custody import once_given
from casework.evidence import ACCOUNT, giver_of, meant_by
from casework.numbering import number_for
from casework.projections.common import Texts, evidence_line, text_of
from casework.vocabulary import ItemId, PersonId

ON_A_PAGE = 12
ALONE: Mapping[type[e.Event], str] = {
    e.CaseOpened: "opened_case",
    e.CaseConsulted: "consulted",
    e.DocumentationMade: "made",
}
"""What says all by itself."""


def custody_lines(case: Case, texts: Texts, of: PersonId | None = None) -> w.CustodyLines:
    """What a case card says of it. `of`: only what that person has withdrawn."""
    hold = case.custody.hold
    gone = (one for one in case.custody.withdrawn.values() if of is None or one.by == of)
    return w.CustodyLines(
        hold=w.HoldLine(hold.by, hold.at, text_of(texts, hold.reason)) if hold else None,
        withdrawn=tuple(w.WithdrawnLine(_number_to(case, one.item, of), one.by, one.at) for one in gone),
        erase_on=case.custody.announced.erase_on if case.custody.announced else None,
    )


def custody_view(case: Case, reader: PersonId, texts: Texts, page: int) -> w.CustodyView | None:
    """A page of it, from 1; the nearest there is. None: the reader is not the one it happened to."""
    if A not in roles_of(case, reader):
        return None
    lines = [line for event in case.log if (line := _line(case, event, reader, texts))]
    lines.reverse()
    pages = max(1, -(-len(lines) // ON_A_PAGE))
    page = min(max(page, 1), pages)
    shown = tuple(lines[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    return w.CustodyView(case.id, case.version, reader, shown, page, pages)


def _line(case: Case, event: e.Event, reader: PersonId, texts: Texts) -> w.Happened | None:
    """What the reader may know of it. Of another of several affected nothing: it would tell who that is."""
    if event.by in case.affected and event.by != reader:
        return None
    return next(_happened(case, event, reader, texts), None)


def _happened(case: Case, event: e.Event, reader: PersonId, texts: Texts) -> Iterator[w.Happened]:
    who = {"by": event.by, "at": event.at}
    match event:
        case e.CaseOpened() | e.CaseConsulted() | e.DocumentationMade():
            yield w.Happened(ALONE[type(event)], **who)
        case e.PackageMade():
            yield w.Happened(f"package_{event.package}", **who)
        case e.ItemOpened() if _concerns(case, event.item, reader):
            number = number_for(case, event.item, reader)
            yield w.Happened("opened" if number else "opened_account", **who, number=number)
        case e.MessagesRead() if event.person == reader and event.by != reader:
            yield w.Happened("read", **who)
        case e.LetterSent():
            yield w.Happened("letter", **who, step=event.step)
        case e.CaseHandedOn():
            yield w.Happened(f"handed_{event.reason.value}", event.to, event.at, other=event.former)
        case e.StepAccepted():
            yield w.Happened("step", **who, step=event.step)
        case e.ItemDestroyed() if event.by == reader:
            yield w.Happened("destroyed", **who, number=number_for(case, event.item, reader))
        case e.ItemWithdrawn() if _concerns(case, event.item, reader):
            yield w.Happened("withdrawn", **who, number=number_for(case, event.item, reader))
        case e.HoldSet() | e.HoldLifted():
            kind = "held" if isinstance(event, e.HoldSet) else "lifted"
            yield w.Happened(kind, **who, words=text_of(texts, event.reason))
        case e.ErasureAnnounced():
            yield w.Happened("announced", **who, day=event.erase_on)


def _concerns(case: Case, item: ItemId, reader: PersonId) -> bool:
    """The reader's own, what a colleague gave for them, or what was given about them alone."""
    given = once_given(case, item)
    givers = {given.given_by, given.given_for} if given else {giver_of(case, one) for one in meant_by(case, item)}
    return reader in givers or case.affected == (reader,)


def _number_to(case: Case, piece: Item, reader: PersonId | None) -> int:
    return number_for(case, piece.id, reader) if reader else piece.number


def legal_view(case: Case, reader: PersonId, texts: Texts, legal: frozenset[PersonId]) -> w.LegalView | None:
    """None: the reader is not of the legal staff, or is shut out of the case."""
    if LEGAL not in roles_of(case, reader, legal=legal) or case.sent_at is None:
        return None
    pieces = (*case.items.values(), *(one.item for one in case.custody.withdrawn.values()))
    return w.LegalView(
        case=case.id,
        version=case.version,
        leader=case.recipient or PersonId(""),
        affected=case.affected,
        sent_at=case.sent_at,
        closed_at=case.closing.closed_at,
        has_account=bool(meant_by(case, ACCOUNT)),
        evidence=tuple(evidence_line(case, one, reader, texts) for one in sorted(pieces, key=lambda one: one.number)),
        custody=custody_lines(case, texts),
    )


def erasure_view(case: Case, reader: PersonId) -> w.ErasureView | None:
    """None: it is not to be erased, or the reader is no part of it."""
    roles, told = roles_of(case, reader), case.custody.announced
    if told is None or not roles & {A, R}:
        return None
    return w.ErasureView(case.id, case.version, told.erase_on, A in roles)

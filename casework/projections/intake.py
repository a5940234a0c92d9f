"""A report for its author."""

from datetime import datetime

from casework import views as w
from casework.case import Case
from casework.numbering import number_for
from casework.projections.coach import coach_view
from casework.projections.common import Texts, deadlines, evidence_lines, text_of
from casework.reporting import missing_in, shut_out
from casework.vocabulary import GoingOn, ItemId, PersonId, Recorded, Shared, WorkingHours

LONGEST_IN_FORM = 4_000  # characters a form's field holds; longer accounts are kept as pieces


def kept_message(case: Case, item: ItemId, reader: PersonId) -> w.KeptMessage | None:
    """What tells its keeper that a message lies in the draft; None for anybody else."""
    kept = case.items.get(item)
    if kept is None or kept.given_by != reader:
        return None
    return w.KeptMessage(case.id, number_for(case, item, reader), kept.received_at)


def draft_view(case: Case, texts: Texts, now: datetime) -> w.DraftView:
    """A report for its author. Only the author's own projection may carry every word."""
    told = case.circumstances
    field = case.account[0] if case.account and len(texts.get(case.account[0], "")) <= LONGEST_IN_FORM else None
    originator = case.originator
    return w.DraftView(
        case=case.id,
        version=case.version,
        started_at=case.started_at or now,
        by=case.reporter or PersonId(""),
        whom=case.whom,
        affected=case.affected,
        danger=case.danger,
        account=texts.get(field, "") if field else "",
        account_item=field,
        pieces=len(case.account) - (1 if field else 0),
        media=told.media if told else (),
        forms=told.forms if told else (),
        going_on=told.going_on if told else GoingOn.UNKNOWN,
        shared=told.shared if told else Shared.UNKNOWN,
        recorded=told.recorded if told else Recorded.UNKNOWN,
        working_hours=told.working_hours if told else WorkingHours.UNKNOWN,
        circumstances_told=told is not None,
        episodes=deadlines(case, now),
        originator=originator.kind if originator else None,
        identifier=text_of(texts, originator.identifier if originator else None),
        links=text_of(texts, originator.links if originator else None),
        originator_person=originator.person if originator else None,
        evidence=evidence_lines(case, case.reporter or PersonId(""), texts, all_of_it=True),
        recipient=case.recipient,
        excluded=shut_out(case),
        missing=missing_in(case),
        coach=coach_view(case, case.reporter or PersonId(""), texts),
        chat=tuple((item, texts.get(item, "")) for item in case.account if item != field),
    )

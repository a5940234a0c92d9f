"""What several projections share: deadlines, evidence by number, a written text if there is one."""

from collections.abc import Mapping
from datetime import datetime

from casework import views as w
from casework.access import openable, roles_of
from casework.case import Case, Item
from casework.deadline import deadline, has_passed, open_questions
from casework.numbering import number_for, only_documents
from casework.original import Original
from casework.safetynet import SAFETYNET, over
from casework.vocabulary import ItemId, PersonId, Stage, StepId

Texts = Mapping[str, str]


def deadlines(case: Case, now: datetime) -> tuple[w.Deadline, ...]:
    """Every episode with its 72 hours, earliest first."""
    still_open = {episode for episode, _ in open_questions(case)} if case.stage is Stage.OPEN else set(case.episodes)
    return tuple(
        w.Deadline(
            episode.id,
            episode.began_at,
            episode.certainty,
            deadline(episode),
            has_passed(episode, now),
            episode.id in still_open,
        )
        for episode in case.in_time_order
    )


def safetynet_over(case: Case, step: StepId, now: datetime, *, known: bool) -> w.Over | None:
    """What is over of the 14 days, while that step is open. Which episode it was only where the reader may know."""
    late = {episode.id for episode in over(case, now)} if step == SAFETYNET else set()
    lines = [line for line in deadlines(case, now) if line.episode in late]
    return w.Over(len(lines), lines[-1] if known else None) if lines else None


def evidence_line(case: Case, item: Item, reader: PersonId, texts: Texts) -> w.EvidenceLine:
    """A piece by number and time; its file name, and words that stood in it, only for whoever gave it."""
    mine, original = item.given_by == reader, item.original or Original()
    name, device, heading = (
        text_of(texts, one if mine else None) for one in (item.name, original.device, original.heading)
    )
    return w.EvidenceLine(
        item.id,
        number_for(case, item.id, reader) if only_documents(case, reader) else item.number,
        item.kind,
        item.media_type,
        item.size,
        item.received_at,
        item.shows,
        mine,
        name,
        item.original,
        device,
        heading,
    )


def evidence_lines(case: Case, reader: PersonId, texts: Texts, *, all_of_it: bool) -> tuple[w.EvidenceLine, ...]:
    """All pieces in their order, or those the reader gave."""
    return tuple(
        evidence_line(case, item, reader, texts) for item in case.evidence if all_of_it or item.given_by == reader
    )


def seen_lines(case: Case, reader: PersonId, texts: Texts) -> tuple[w.EvidenceLine, ...]:
    """All pieces that the reader may open."""
    roles = roles_of(case, reader)
    return tuple(
        evidence_line(case, item, reader, texts) for item in case.evidence if openable(case, reader, roles, item.id)
    )


def not_told(case: Case) -> tuple[PersonId, ...]:
    """Affected people who have not heard of the case from a human yet."""
    return tuple(person for person in case.affected if person not in case.told)


def reason_read(case: Case) -> str:
    """Whether the one it happened to reads why a step is not relevant: now, later; with several it is kept from all."""
    if len(case.affected) != 1:
        return "kept"
    return "later" if not_told(case) else "now"


def text_of(texts: Texts, item: ItemId | None) -> str:
    """What was written, or nothing."""
    return texts.get(item, "") if item else ""

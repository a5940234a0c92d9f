"""The end of a case as its people may see it. Nobody affected learns of another from it."""

from collections.abc import Iterator
from datetime import datetime

from casework import views as w
from casework.case import ANALYSIS, Case
from casework.closing import SAFETYNET, TO_BE_ASKED, analysis_day, gaps, stands_of
from casework.messages import hearers
from casework.plan import is_closed, owner_of, step_of
from casework.projections.common import Texts, text_of
from casework.vocabulary import Answer, PersonId, Stage


def closing_view(case: Case, reader: PersonId, texts: Texts, now: datetime) -> w.ClosingView | None:
    """For whoever has the case, as long as it is open."""
    if reader != case.recipient or case.stage is not Stage.OPEN:
        return None
    people = tuple(_person(case, person, texts, now) for person in case.affected)
    return w.ClosingView(
        case=case.id,
        version=case.version,
        lines=tuple(_lines(case, now)),
        people=people,
        ready=not gaps(case, now),
        can_ask=any(one.stands in TO_BE_ASKED for one in people),
        journal=text_of(texts, case.closing.journal),
        unfit=tuple(person for person in hearers(case) if _unfit(case, person)),
    )


def _unfit(case: Case, person: PersonId) -> bool:
    agreed = case.talk.agreed(person)
    return agreed is not None and agreed.answer is Answer.NO


def _lines(case: Case, now: datetime) -> Iterator[w.ClosingLine]:
    lacking = {gap.what for gap in gaps(case, now)}
    safetynet, theirs = case.step(SAFETYNET), case.step(SAFETYNET).owner not in (None, case.recipient)
    yield w.ClosingLine(
        "safetynet", "safetynet" not in lacking, safetynet.reason is not None, safetynet.owner if theirs else None
    )
    if "unnamed" in lacking:
        yield w.ClosingLine("unnamed", done=False)
    else:
        yield w.ClosingLine("police", "police" not in lacking)
    yield _analysis(case, now, stands="analysis" not in lacking)


def _analysis(case: Case, now: datetime, *, stands: bool) -> w.ClosingLine:
    planned = step_of(case, ANALYSIS)
    if planned is None or is_closed(case, planned):
        return w.ClosingLine("analysis", done=True)
    return w.ClosingLine("analysis", stands, owner=owner_of(case, planned), until=analysis_day(case, now))


def _person(case: Case, person: PersonId, texts: Texts, now: datetime) -> w.ClosingPerson:
    stands, asked = stands_of(case, person, now), case.closing.question_to(person)
    if asked is None:
        return w.ClosingPerson(person, stands, case.no_more.get(person) or case.denied.get(person))
    return w.ClosingPerson(person, stands, asked.answered_at, asked.answer_by, text_of(texts, asked.words))


def missing_view(case: Case, reader: PersonId, texts: Texts) -> w.MissingView | None:
    """The question to this person. None: never asked."""
    asked = case.closing.asked.get(reader)
    if asked is None or reader not in case.told:
        return None
    return w.MissingView(
        case=case.id,
        version=case.version,
        leader=case.recipient or PersonId(""),
        asked_at=asked.at,
        until=asked.answer_by,
        answer=asked.answer,
        answered_at=asked.answered_at,
        words=text_of(texts, asked.words),
        state=_state(case, reader),
    )


def _state(case: Case, reader: PersonId) -> str:
    if case.stage is Stage.CLOSED:
        return "closed"
    return "over" if case.closing.question_to(reader) is None else "open"


def ended(case: Case, reader: PersonId, texts: Texts) -> w.Ended | None:
    """What anybody may know who has a card of it: of several affected, none reads which of the others opened it."""
    closing = case.closing
    if closing.closed_at is None and closing.reopened_at is None:
        return None
    known = closing.reopened_by if closing.reopened_by in (reader, case.recipient) or _leads(case, reader) else None
    return w.Ended(
        closed_at=closing.closed_at,
        closed_by=closing.closed_by,
        reopened_at=closing.reopened_at,
        reopened_by=known,
        because=closing.because,
        why=text_of(texts, closing.why) if _leads(case, reader) else "",
        journal=text_of(texts, closing.journal) if _leads(case, reader) else "",
    )


def _leads(case: Case, reader: PersonId) -> bool:
    return reader == case.recipient

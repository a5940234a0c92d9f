"""The ledger of accepts, read from the log: not only how an answer stands, but every time it was asked and given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework import events as e
from casework import views as w
from casework import vocabulary as v
from casework.case import Case
from casework.consent import author_asked_at, team_told_at
from casework.projections.common import Texts, text_of
from casework.vocabulary import ConsentKind, EpisodeId, PersonId

AN_ACCEPT = (e.ConsentAsked, e.ConsentAnswered, e.ConsentAnsweredOrally, e.ConsentContradicted, e.ConsentWithdrawn)
PAGE = 6
"""Accepts on one card, so that it stays small."""


def ledger_lines(case: Case, kinds: Sequence[ConsentKind], person: PersonId | None = None) -> tuple[w.LedgerLine, ...]:
    """All that has happened with accepts of these kinds, oldest first; of one person, or of everybody."""
    found: list[w.LedgerLine] = []
    for event in case.log:
        if isinstance(event, AN_ACCEPT) and event.kind in kinds and person in (None, event.person):
            found.append(_line(event, found))
    return tuple(found)


def taken_back(case: Case) -> tuple[w.LedgerLine, ...]:
    """The answers that were taken back, with nothing given since."""
    lines = {(line.kind, line.person, line.episode): line for line in ledger_lines(case, tuple(ConsentKind))}
    return tuple(line for line in lines.values() if line.what == "taken_back")


def _line(event: e.Event, before: Sequence[w.LedgerLine]) -> w.LedgerLine:
    key = (event.kind, event.person, event.episode)
    known = [line for line in before if (line.kind, line.person, line.episode) == key]
    wording = getattr(event, "wording", None) or (known[-1].wording if _of_an_answer(event) and known else "")
    return w.LedgerLine(_what(event, bool(known)), event.at, event.by, *key[:2], key[2], wording)


def _of_an_answer(event: e.Event) -> bool:
    """What is taken back, or does not fit, is the answer before it: it has that one's wording."""
    return isinstance(event, e.ConsentWithdrawn | e.ConsentContradicted)


def _what(event: e.Event, known: bool) -> str:
    match event:
        case e.ConsentAsked():
            return "asked_again" if known else "asked"
        case e.ConsentAnswered():
            return event.answer.value
        case e.ConsentAnsweredOrally():
            return f"oral_{event.answer.value}"
        case e.ConsentContradicted():
            return "contradicted"
    return "taken_back"


def answers_view(case: Case, reader: PersonId, asked: Sequence[w.Asked], texts: Texts, page: int = 1) -> w.AnswersView:
    """The reader's own accepts, a page of them: what waits for an answer first."""
    lines = ledger_lines(case, tuple(ConsentKind), reader)
    waiting_first = sorted(asked, key=lambda one: one.answer is not None)
    shown = waiting_first[(page - 1) * PAGE : page * PAGE]
    ledgers = tuple(w.Ledger(one, tuple(line for line in lines if _same(line, one))) for one in shown)
    alone = case.affected == (reader,)
    return w.AnswersView(
        case=case.id,
        version=case.version,
        leader=case.recipient or PersonId(""),
        ledgers=ledgers,
        unreachable=unreachable_line(case, reader, texts if alone else {}),
        page=page,
        more=len(waiting_first) > page * PAGE,
    )


def _same(line: w.LedgerLine, asked: w.Asked) -> bool:
    return (line.kind, line.episode) == (asked.kind, asked.episode)


def unreachable_line(case: Case, person: PersonId, texts: Texts) -> w.UnreachableLine | None:
    """The leader's note, as long as the person has not been heard since. `texts` empty: without the words."""
    note = case.accepts.unreachable.get(person)
    if note is None:
        return None
    return w.UnreachableLine(person, note.by, note.at, text_of(texts, note.tried), text_of(texts, note.legal_staff))


def unreachable_lines(case: Case, texts: Texts) -> tuple[w.UnreachableLine, ...]:
    """Every such note, for the leader."""
    found = (unreachable_line(case, person, texts) for person in case.affected)
    return tuple(line for line in found if line is not None)


def acted_on(case: Case, kind: ConsentKind, person: PersonId, episode: EpisodeId | None) -> tuple[w.Acted, ...]:
    """What has been done on the person's yes, and stays done whatever they say now."""
    return tuple(w.Acted(what, at) for what, at in _done_on(case, kind, person, episode) if at is not None)


def _done_on(
    case: Case, kind: ConsentKind, person: PersonId, episode: EpisodeId | None
) -> Iterator[tuple[str, datetime | None]]:
    match kind:
        case ConsentKind.POLICE:
            outcome = case.outcomes.get((episode, person)) if episode else None
            if outcome is not None and outcome.kind is v.OutcomeKind.REPORTED:
                yield "reported", outcome.reported_at or outcome.at
        case ConsentKind.COLLEAGUES:
            yield "team", team_told_at(case)
        case ConsentKind.REMOVAL:
            yield "removal", author_asked_at(case)
        case ConsentKind.PARTNERS:
            for audience in (v.Audience.CENTRES, v.Audience.PARTNERS):
                told = (one.told_at for one in case.arranged.told if one.audience is audience)
                yield audience.value, min(told, default=None)


@dataclass(frozen=True)
class Filled:
    """With what a wording was filled in when it was asked or answered."""

    wording: str
    leader: PersonId
    began_at: datetime | None
    certainty: v.Certainty


def filled_wordings(
    case: Case, kind: ConsentKind, person: PersonId, episode: EpisodeId | None = None
) -> Iterator[Filled]:
    """Each wording the person has met, oldest first: to whom and about which moment it spoke then."""
    leader, began_at, certainty = PersonId(""), None, v.Certainty.EXACT
    for event in case.log:
        match event:
            case e.ReportSent():
                leader = event.recipient
            case e.CaseHandedOn():
                leader = event.to
            case e.EpisodeTold(episode=which) | e.EpisodeCorrected(episode=which) if which == episode:
                began_at, certainty = event.began_at, event.certainty
            case e.ConsentAsked() | e.ConsentAnswered() | e.ConsentAnsweredOrally():
                if (event.kind, event.person, event.episode) == (kind, person, episode) and event.wording:
                    yield Filled(event.wording, leader, began_at, certainty)


def wording_view(case: Case, reader: PersonId, asked: w.Asked, wording: str) -> w.WordingView | None:
    """A wording the reader has met, as it was the last time. None: they never did."""
    met = [one for one in filled_wordings(case, asked.kind, reader, asked.episode) if one.wording == wording]
    if not met:
        return None
    last = met[-1]
    return w.WordingView(case.id, case.version, asked, wording, last.leader, last.began_at, last.certainty)

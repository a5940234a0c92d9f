"""What a colleague who documents may see, and what whoever asked sees of them."""

from dataclasses import replace

from casework import views as w
from casework.case import Case, Item
from casework.projections.common import Texts, evidence_line, evidence_lines, text_of
from casework.state.documenting import Documents
from casework.vocabulary import PersonId, Stage


def documenter_view(case: Case, reader: PersonId, texts: Texts) -> w.DocumenterView | None:
    """None for anybody who was not asked, and for those the case is none of their business by now."""
    known = case.documenting.people.get(reader)
    if known is None or reader in case.excluded or reader in case.affected:
        return None
    state = known.state if case.stage is Stage.OPEN else Documents.ENDED
    given = evidence_lines(case, reader, texts, all_of_it=False) if state is Documents.ASKED else ()
    words = text_of(texts, known.words) if state is Documents.ASKED else ""
    return w.DocumenterView(case.id, case.version, known.asked_by, state, words, given)


def documenter_lines(case: Case, reader: PersonId) -> tuple[w.DocumenterLine, ...]:
    """Those the reader has asked."""
    asked = ((colleague, one) for (colleague, by), one in case.documenting.asked.items() if by == reader)
    return tuple(w.DocumenterLine(person, one.state, one.since, _pieces(case, person, reader)) for person, one in asked)


def own_lines(case: Case, reader: PersonId, texts: Texts) -> tuple[w.EvidenceLine, ...]:
    """What somebody gave themselves, or asked a colleague for."""
    mine = (item for item in case.evidence if reader in (item.given_by, item.given_for))
    return tuple(_own_line(case, item, reader, texts) for item in mine)


def _own_line(case: Case, item: Item, reader: PersonId, texts: Texts) -> w.EvidenceLine:
    line = evidence_line(case, item, reader, texts)
    return line if line.mine else replace(line, given_by=item.given_by)


def _pieces(case: Case, colleague: PersonId, asked_by: PersonId) -> int:
    return sum((item.given_by, item.given_for) == (colleague, asked_by) for item in case.evidence)

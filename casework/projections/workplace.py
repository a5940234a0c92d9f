"""What is agreed at the workplace, as the leader may see it, and what of it is an affected employee's own."""

from datetime import datetime

from casework import views as w
from casework.calendar import start_of, utc
from casework.case import Case
from casework.letters import TEAM
from casework.projections.common import Texts, text_of
from casework.state.workplace import Told
from casework.vocabulary import Audience, PersonId
from casework.workplace import audience_missing


def workplace_view(case: Case, texts: Texts, now: datetime) -> w.WorkplaceView:
    """All of it, for whoever has the case."""
    return w.WorkplaceView(
        risk=_risk(case, texts),
        protected=tuple(_protection(case, person, texts, now) for person in case.arranged.protected),
        audiences=tuple(_audience(case, audience, texts) for audience in Audience),
        debriefing=_debriefing(case, texts, now),
    )


def _risk(case: Case, texts: Texts) -> w.RiskLine | None:
    risk = case.arranged.risk
    if risk is None:
        return None
    words = (text_of(texts, item) for item in (risk.again, risk.meeting, risk.agreed, risk.follow_up_by))
    return w.RiskLine(risk.by, risk.at, *words, risk.follow_up_at)


def protection_of(case: Case, person: PersonId, texts: Texts, now: datetime) -> w.ProtectionLine | None:
    """What is agreed with one affected employee, for themselves to read."""
    return _protection(case, person, texts, now) if person in case.arranged.protected else None


def _protection(case: Case, person: PersonId, texts: Texts, now: datetime) -> w.ProtectionLine:
    agreed = case.arranged.protected[person]
    ended = agreed.until is not None and utc(agreed.until) <= utc(now)
    words = text_of(texts, agreed.words)
    return w.ProtectionLine(person, agreed.by, agreed.at, agreed.ways, words, agreed.until, ended)


def _audience(case: Case, audience: Audience, texts: Texts) -> w.AudienceLine:
    told = tuple(line for line in _tellings(case, texts) if line.audience is audience)
    return w.AudienceLine(audience, audience_missing(case, audience), told)


def _tellings(case: Case, texts: Texts) -> tuple[w.TellingLine, ...]:
    """Who was told, by a note or by the talking points that were said, in the order of their days."""
    noted = (_telling(one, texts) for one in case.arranged.told)
    spoken = (w.TellingLine(Audience.TEAM, one.by, start_of(one.sent_on)) for one in case.letters.of(TEAM))
    return tuple(sorted((*noted, *spoken), key=lambda line: line.at))


def _telling(told: Told, texts: Texts) -> w.TellingLine:
    return w.TellingLine(told.audience, told.by, told.told_at, text_of(texts, told.who))


def tellings_on(case: Case, reader: PersonId, texts: Texts) -> tuple[w.TellingLine, ...]:
    """Who was told with the reader's accept. With several affected the words may be about another: then none."""
    readable = texts if case.affected == (reader,) else {}
    return _tellings(case, readable)


def _debriefing(case: Case, texts: Texts, now: datetime) -> w.DebriefingLine | None:
    planned = case.arranged.debriefing
    if planned is None:
        return None
    begun = utc(planned.begins_at) <= utc(now)
    return w.DebriefingLine(planned.begins_at, text_of(texts, planned.who), planned.held, begun)

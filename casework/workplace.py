"""What is agreed at the workplace: the citizen's risk, contact, who is told, a debriefing. B13, B17, B18, C15, H8.

A step is closed by what is written down for it. Nothing here names the citizen to anyone but the leader.
"""

from collections.abc import Mapping
from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import Case
from casework.commands import Written
from casework.plan import is_closed, missing, owner_of, step_of, yes_missing
from casework.views import Missing
from casework.vocabulary import Audience, ConsentKind, ContactWay, Held, ItemId, PersonId, Refused, StepId
from casework.writing import a_few_words, not_too_long

RISK, CONTACT, INFORM, DEBRIEFING = (
    StepId(step) for step in ("risk_assessment", "avoid_contact", "inform_colleagues", "debriefing")
)
ACCEPT_OF: Mapping[Audience, ConsentKind] = {
    Audience.TEAM: ConsentKind.COLLEAGUES,
    Audience.CENTRES: ConsentKind.PARTNERS,
    Audience.PARTNERS: ConsentKind.PARTNERS,
}
"""Whom may be told on which accept."""
FOR_A_DAY = frozenset({c.AssessRisk, c.AgreeProtection, c.PlanDebriefing, c.AnswerDebriefing})
"""What is agreed for a day: that day may come when the case is closed, and the next one is agreed then."""


def assess_risk(case: Case, command: c.AssessRisk, now: datetime) -> tuple[e.Event, ...]:
    """The assessment, and the day somebody looks at it again. It closes its step."""
    known = case.arranged.risk
    if known is not None and (known.again, known.follow_up_at) == (command.again.item, command.follow_up_at):
        return ()
    _here(case, RISK)
    for said in (command.again, command.agreed, command.follow_up_by):
        a_few_words(said, "details_missing")
    not_too_long(command.meeting)
    _ahead(command.follow_up_at, now)
    return (_risk(command, now), *_closed(case, RISK, command.by, now))


def _risk(command: c.AssessRisk, now: datetime) -> e.RiskAssessed:
    return e.RiskAssessed(
        by=command.by,
        at=now,
        again=command.again.item,
        agreed=command.agreed.item,
        follow_up_by=command.follow_up_by.item,
        follow_up_at=command.follow_up_at,
        meeting=_item(command.meeting),
    )


def agree_protection(case: Case, command: c.AgreeProtection, now: datetime) -> tuple[e.Event, ...]:
    """What is agreed with one affected employee; the step is done when all of them have something agreed."""
    known = case.arranged.protected.get(command.person)
    words, ways = _item(command.words), tuple(dict.fromkeys(command.ways))
    if known is not None and (known.ways, known.words, known.until) == (ways, words, command.until):
        return ()
    _may_be_agreed(case, command, now)
    agreed = e.ProtectionAgreed(
        by=command.by, at=now, person=command.person, ways=ways, words=words, until=command.until
    )
    all_of_them = set(case.affected) <= {command.person, *case.arranged.protected}
    return (agreed, *(_closed(case, CONTACT, command.by, now) if all_of_them else ()))


def _may_be_agreed(case: Case, command: c.AgreeProtection, now: datetime) -> None:
    _here(case, CONTACT)
    if command.person not in case.affected:
        raise Refused("person_unknown" if case.affected else "affected_unnamed")
    if not command.ways or (ContactWay.OTHER in command.ways and _item(command.words) is None):
        raise Refused("ways_missing")
    not_too_long(command.words)
    if command.until is not None:
        _ahead(command.until, now)


def note_told(case: Case, command: c.NoteTold, now: datetime) -> tuple[e.Event, ...]:
    """Some of an audience were told. Only with everybody's accept of that audience: a yes to another opens nothing."""
    if any((one.audience, one.who) == (command.audience, command.who.item) for one in case.arranged.told):
        return ()
    _here(case, INFORM)
    if audience_missing(case, command.audience):
        raise Refused("audience_locked")
    a_few_words(command.who, "who_missing")
    if command.told_at > now:
        raise Refused("said_in_future")
    told_at, who = command.told_at, command.who.item
    return (e.AudienceTold(by=command.by, at=now, audience=command.audience, told_at=told_at, who=who),)


def audience_missing(case: Case, audience: Audience) -> tuple[Missing, ...]:
    """What an audience waits for before it may be told. With nobody affected, nothing; with nobody named, the names."""
    if case.nobody_affected:
        return ()
    return yes_missing(case, ACCEPT_OF[audience]) if case.affected else (Missing("affected_unnamed"),)


def plan_debriefing(case: Case, command: c.PlanDebriefing, now: datetime) -> tuple[e.Event, ...]:
    """A day, a clock, and with whom; a new one takes the place of the one before."""
    known = case.arranged.debriefing
    same = known is not None and (known.begins_at, known.who) == (command.begins_at, command.who.item)
    if known is not None and same and known.held is None:
        return ()
    _here(case, DEBRIEFING)
    if _gaps(case, DEBRIEFING):
        raise Refused("step_locked", step=DEBRIEFING)
    a_few_words(command.who, "who_missing")
    _ahead(command.begins_at, now)
    return (e.DebriefingPlanned(by=command.by, at=now, begins_at=command.begins_at, who=command.who.item),)


def answer_debriefing(case: Case, command: c.AnswerDebriefing, now: datetime) -> tuple[e.Event, ...]:
    """Held: the step is done. Not held: it stays open, and another can be planned."""
    planned = case.arranged.debriefing
    if planned is None:
        raise Refused("nothing_open")
    if planned.held is command.held:
        return ()
    if planned.held is not None:
        raise Refused("already_recorded")
    if planned.begins_at > now and command.held is Held.HELD:
        raise Refused("not_held_yet")
    answered = e.DebriefingAnswered(by=command.by, at=now, held=command.held)
    return (answered, *(_closed(case, DEBRIEFING, command.by, now) if command.held is Held.HELD else ()))


def _here(case: Case, step: StepId) -> None:
    if step_of(case, step) is None:
        raise Refused("step_not_here")


def _gaps(case: Case, step: StepId) -> tuple[Missing, ...]:
    planned = step_of(case, step)
    return missing(case, planned) if planned else ()


def _ahead(moment: datetime, now: datetime) -> None:
    if moment <= now:
        raise Refused("until_in_past")


def _item(said: Written | None) -> ItemId | None:
    return said.item if said is not None and said.text.strip() else None


def _closed(case: Case, step: StepId, by: PersonId, now: datetime) -> tuple[e.Event, ...]:
    """The step is done by this, if it was open and nobody else has it."""
    planned = step_of(case, step)
    if planned is None or is_closed(case, planned) or missing(case, planned) or owner_of(case, planned) != by:
        return ()
    return (e.StepCompleted(by=by, at=now, step=step),)

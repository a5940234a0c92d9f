"""Which steps a case has, whose they are, and what they wait for. The skeleton is `guide/plan.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from casework.case import ANALYSIS, Case
from casework.consent import (
    all_said_yes,
    colleague_answers_in,
    everyone_asked,
    police_answers_in,
    refusing,
    waiting_for,
)
from casework.deadline import open_questions
from casework.rungs import passed_on, settled
from casework.views import Missing
from casework.vocabulary import Answer, Assessment, ConsentKind, EpisodeId, OriginatorKind, PersonId, StepId

ACCEPTS_CLOSE: Mapping[str, ConsentKind] = {
    "colleagues_answered": ConsentKind.COLLEAGUES,
    "police_answers": ConsentKind.POLICE,
    "police_outcomes": ConsentKind.POLICE,
}
"""What closes a step, and the accept that it is about."""
SECTIONS = ("employee", "citizen", "police", "staff", "group")


@dataclass(frozen=True)
class Step:
    """One row of the emergency plan. `closed_by` is "press" or the fact that closes it."""

    id: StepId
    number: int
    section: str
    owner: str
    shared: bool
    citizen: bool
    closed_by: str
    waits_for: tuple[str, ...]
    duties: tuple[str, ...]
    may_be_left_out: bool = False


@cache
def read_plan() -> tuple[Step, ...]:
    """The 21 steps in their order."""
    text = files("casework").joinpath("guide/plan.toml").read_text(encoding="utf-8")
    return tuple(_step(row) for row in tomllib.loads(text)["step"])


def _step(row: dict[str, Any]) -> Step:
    return Step(
        StepId(row["id"]),
        row["number"],
        row["section"],
        row.get("owner", "leader"),
        row.get("shared", False),
        row.get("citizen", False),
        row.get("closed_by", "press"),
        tuple(row.get("waits_for", ())),
        tuple(row["duties"]),
        row.get("may_be_left_out", False),
    )


def steps_of(case: Case) -> tuple[Step, ...]:
    """The steps this case has. Citizen steps fall away when the one behind it is from the workplace, and those that
    the administration left out when it was sent."""
    return _steps(_from_the_workplace(case), case.left_out)


def step_of(case: Case, step: StepId) -> Step | None:
    """The step, or None when this case does not have it."""
    return _by_id(_from_the_workplace(case), case.left_out).get(step)


def _from_the_workplace(case: Case) -> bool:
    return case.originator is not None and case.originator.kind is OriginatorKind.WORKPLACE


@cache
def _steps(from_the_workplace: bool, left_out: tuple[StepId, ...]) -> tuple[Step, ...]:
    kept = (step for step in read_plan() if step.id not in left_out)
    return tuple(step for step in kept if not (step.citizen and from_the_workplace))


@cache
def _by_id(from_the_workplace: bool, left_out: tuple[StepId, ...]) -> Mapping[StepId, Step]:
    return {step.id: step for step in _steps(from_the_workplace, left_out)}


@cache
def steps_about(kind: ConsentKind) -> tuple[StepId, ...]:
    """The step an accept is asked on, and all that waits for what is answered."""
    found = {step.id for step in read_plan() if ACCEPTS_CLOSE.get(step.closed_by) is kind or _waits_for(step, kind)}
    while more := {step.id for step in read_plan() if found & _awaited(step)} - found:
        found |= more
    return tuple(step.id for step in read_plan() if step.id in found)


def _waits_for(step: Step, kind: ConsentKind) -> bool:
    return any(kind in about.split("|") for rule, about in map(_parts, step.waits_for) if rule in ("asked", "yes"))


def _awaited(step: Step) -> set[str]:
    return {about for rule, about in map(_parts, step.waits_for) if rule in ("closed", "past")}


def _parts(rule: str) -> tuple[str, str]:
    name, _, about = rule.partition(":")
    return name, about


def is_closed(case: Case, step: Step) -> bool:
    """Done, or set aside with a reason, or settled by the facts themselves."""
    return case.step(step.id).closed or _settled(case, step.closed_by) or settled(case, step.id)


def _settled(case: Case, closed_by: str) -> bool:
    match closed_by:
        case "colleagues_answered":
            return case.nobody_affected or colleague_answers_in(case)
        case "assessment":
            return case.assessed is not None and case.assessed.assessment is not Assessment.NOT_SURE
        case "police_answers":
            return case.nobody_affected or police_answers_in(case)
        case "police_outcomes":
            return not open_questions(case)
        case "analysis":
            return case.analysis is not None
        case _:
            return False


def missing(case: Case, step: Step) -> tuple[Missing, ...]:
    """What the step waits for; empty when it is open."""
    return tuple(gap for rule, about in _rules(step.waits_for) for gap in _gap(case, rule, about))


def is_open(case: Case, step: StepId) -> bool:
    """In the plan, not closed, and waiting for nothing."""
    planned = step_of(case, step)
    return planned is not None and not is_closed(case, planned) and not missing(case, planned)


@cache
def _rules(waits_for: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each rule apart from what it is about."""
    return tuple((rule, about) for rule, _, about in (each.partition(":") for each in waits_for))


def _gap(case: Case, rule: str, about: str) -> tuple[Missing, ...]:
    if rule in ("closed", "past"):
        awaited = step_of(case, StepId(about))
        past = awaited is None or is_closed(case, awaited) or (rule == "past" and passed_on(case, awaited.id))
        return () if past else (Missing("step", step=awaited.id),)
    if case.nobody_affected:
        return ()
    if not case.affected:
        return (Missing("affected_unnamed"),)
    first, *others = (ConsentKind(each) for each in about.split("|"))
    if rule == "asked":
        return () if everyone_asked(case, first) else (Missing(f"asked_{first}", people=case.affected),)
    if any(all_said_yes(case, kind) for kind in others):
        return ()
    return yes_missing(case, first)


def yes_missing(case: Case, kind: ConsentKind) -> tuple[Missing, ...]:
    """Who has said no, and whose answer is not in; empty when every affected person has said yes."""
    refused = refusing(case, kind)
    waiting = waiting_for(case, kind)
    return (
        *((Missing(f"refused_{kind}", people=refused),) if refused else ()),
        *((Missing(f"answer_{kind}", people=waiting),) if waiting else ()),
    )


def owner_of(case: Case, step: Step) -> PersonId | None:
    """Whose the step is now; None: the health and safety group's."""
    taken = case.step(step.id).owner or (case.analysis_by if step.id == ANALYSIS else None)
    if taken is not None:
        return taken
    return None if step.owner == "group" and case.group is not None else case.recipient


def accepted(case: Case, person: PersonId, episode: EpisodeId) -> bool:
    """The person's own yes to reporting this episode stands (B16, H6)."""
    consent = case.consent(ConsentKind.POLICE, person, episode)
    return consent is not None and consent.answer is Answer.YES


def said_yes(case: Case, which: EpisodeId | None) -> tuple[PersonId, ...]:
    """Who has said yes to a report of this episode that nobody has made yet."""
    left = (person for episode, person in open_questions(case) if episode == which and person is not None)
    return tuple(person for person in left if which is not None and accepted(case, person, which))

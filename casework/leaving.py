"""Somebody the case waits for is no longer in the directory: what they had is the leader's again, and the leader knows.

Whoever has the case itself is handed on from (`casework.handing_on`). Who told it is not looked up: whoever writes to
us is there, and may never have stood in the directory.
"""

from collections.abc import Iterator
from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import ANALYSIS, Case
from casework.plan import is_closed, step_of
from casework.vocabulary import VAERN, PersonId, Stage, StepId


def waited_for(case: Case) -> tuple[PersonId, ...]:
    """Everybody without whom the case does not go on: who has it or an open step of it, and whose answer is awaited."""
    if case.stage is not Stage.OPEN:
        return ()
    people = (case.recipient, case.analysis_by, *_with_a_step(case), *_with_a_question(case))
    return tuple(person for person in dict.fromkeys(people) if person and person not in (case.reporter, VAERN))


def _with_a_step(case: Case) -> Iterator[PersonId | None]:
    for step, state in case.steps.items():
        if _is_open(case, step):
            yield from (state.owner, state.offered_to)


def _with_a_question(case: Case) -> Iterator[PersonId]:
    for (_, person, _), consent in case.consents.items():
        if consent.answer is None and consent.withdrawn_at is None and person in case.affected:
            yield person


def _is_open(case: Case, step: StepId) -> bool:
    planned = step_of(case, step)
    return planned is not None and not is_closed(case, planned)


def note_left(case: Case, command: c.NoteLeft, now: datetime) -> tuple[e.Event, ...]:
    """Once, for as long as nothing is heard of them. Whoever has the case is not noted: it is handed on."""
    person = command.person
    if person not in waited_for(case) or person == case.recipient or person in _gone(case):
        return ()
    return (e.PersonLeft(by=VAERN, at=now, person=person, steps=_steps_of(case, person)),)


def _steps_of(case: Case, person: PersonId) -> tuple[StepId, ...]:
    held = [step for step, state in case.steps.items() if person in (state.owner, state.offered_to)]
    taken = [ANALYSIS] if case.analysis_by == person else []
    return tuple(step for step in dict.fromkeys((*held, *taken)) if _is_open(case, step))


def _gone(case: Case) -> dict[PersonId, e.PersonLeft]:
    """Who has left, and has not been heard of since."""
    found: dict[PersonId, e.PersonLeft] = {}
    for event in case.log:
        found.pop(event.by, None)
        if isinstance(event, e.PersonLeft):
            found[event.person] = event
    return found


def given_back(case: Case) -> tuple[StepId, ...]:
    """Steps that are the leader's again because their owner has left, until anything happens to them."""
    steps = [(step, gone) for gone in _gone(case).values() for step in gone.steps]
    return tuple(step for step, gone in steps if _is_open(case, step) and case.step(step).touched_by == gone.person)


def unanswerable(case: Case) -> int:
    """How many affected people have left with a question unanswered."""
    return len(_gone(case).keys() & set(_with_a_question(case)))

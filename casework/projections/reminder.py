"""What a reminder says when it is sent: what is missing, from whom, and the step that mends it."""

from collections.abc import Iterator
from datetime import datetime

from casework import views as w
from casework.case import Case
from casework.consent import answered
from casework.deadline import open_questions
from casework.plan import is_closed, missing, said_yes, step_of
from casework.projections.common import Texts, deadlines
from casework.projections.leader import step_line
from casework.projections.removal import unanswered_view
from casework.reminder import Reminder
from casework.vocabulary import ConsentKind, EpisodeId, PersonId, StepId
from casework.workplace_agenda import moment_of

POLICE_STEPS = ("legal_staff", "assess_police", "police_consent", "police_outcome")


def reminder_view(case: Case, reminder: Reminder, texts: Texts, now: datetime) -> w.ReminderView:
    """For whoever it is sent to. The group is reminded by its own card, and gets none of this."""
    kind = reminder.kind.removeprefix("police_")
    to = _role(case, reminder.to)
    deadline = next((d for d in deadlines(case, now) if d.episode == reminder.episode), None)
    return w.ReminderView(
        case=case.id,
        version=case.version,
        kind=kind,
        to=to,
        deadline=deadline if reminder.legal else None,
        missing=_missing(case, reminder) if to == "leader" and reminder.legal else (),
        step=_step(case, reminder, texts, now) if to in ("leader", "companion") else None,
        leader=case.recipient if to == "affected_employee" else None,
        moment=moment_of(case, reminder),
        unanswered=unanswered_view(case, reminder, texts),
    )


def _role(case: Case, to: PersonId | None) -> str:
    if to == case.recipient:
        return "leader"
    return "affected_employee" if to in case.told else "companion"


def _missing(case: Case, reminder: Reminder) -> tuple[w.Missing, ...]:
    """What stands between now and an outcome for this episode: the next step, and answers that are not in."""
    next_one = next((gap for step in POLICE_STEPS if (gap := _open(case, StepId(step)))), None)
    unnamed = (w.Missing("affected_unnamed"),) if not case.affected and not case.nobody_affected else ()
    agreed = said_yes(case, reminder.episode)
    if agreed and next_one and next_one.step == "police_outcome":
        next_one = None  # said in words: who has said yes
    report = (w.Missing("report_police", people=agreed),) if agreed else ()
    return (*unnamed, *((next_one,) if next_one else ()), *_answers(case, reminder.episode), *report)


def _answers(case: Case, which: EpisodeId | None) -> Iterator[w.Missing]:
    """Whom nobody has asked yet, and who was asked and has not answered."""
    waiting = [
        (person, case.consent(ConsentKind.POLICE, person, episode) is not None)
        for episode, person in open_questions(case)
        if episode == which and person is not None and not answered(case, person, episode)
    ]
    for what, asked in (("asked_police", False), ("answer_police", True)):
        if people := tuple(person for person, was_asked in waiting if was_asked is asked):
            yield w.Missing(what, people=people)


def _open(case: Case, step_id: StepId) -> w.Missing | None:
    step = step_of(case, step_id)
    if step is None or is_closed(case, step) or missing(case, step):
        return None
    return w.Missing("step", step=step.id)


def _step(case: Case, reminder: Reminder, texts: Texts, now: datetime) -> w.StepLine | None:
    """The step the reminder is about; for the 72 hours the next open one of the police branch."""
    wanted = reminder.step or _next_police_step(case)
    step = step_of(case, wanted) if wanted else None
    return step_line(case, step, reminder.to or PersonId(""), texts, now) if step else None


def _next_police_step(case: Case) -> StepId | None:
    found = (gap.step for step in POLICE_STEPS if (gap := _open(case, StepId(step))))
    return next(found, None)

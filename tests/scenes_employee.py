"""Every card of the employee's: the report, the case as it goes on, the accepts; its name and what it is drawn from."""

from dataclasses import replace

from casework import views as w
from casework.views import Asked, EmployeeView, Helper, Opening, OutcomeLine, QuestionView, ReporterView, SetAsideLine
from casework.vocabulary import Answer, Certainty, ConsentKind, EpisodeId, OutcomeKind, PersonId, StepId
from tests.scenes import CASE, EPISODE, GONE, JONAS, KARIN, LONG_WORDS, METTE, NOW, PETER, SARA, SENT, UNTIL
from tests.scenes_coach import DOCUMENTERS
from tests.scenes_front import FRONT_CARDS
from tests.scenes_pieces import DAY, EVIDENCE, FIRST, HOUR, deadline
from tests.scenes_removal import ALL_FOUR, DONE_SO_FAR, IS_AGAIN, IS_GONE, IS_NOTHING
from tests.scenes_report import PASSED, REPORT_CARDS, TEN, THIRTY

SEEN = SENT + HOUR / 5

MIDNIGHT = EPISODE - 14 * HOUR - HOUR / 6
"""The start of the day it happened on."""


def mine(headline: str = "sent", **changed: object) -> EmployeeView:
    """Mette's own card, right after Send."""
    found = EmployeeView(
        case=CASE,
        version=12,
        headline=headline,
        headline_at=SENT,
        leader=JONAS,
        leader_role="leader",
        sent_at=SENT,
        opened_at=None,
        seen_at=None,
        openings=(),
        group_told=True,
        deadlines=(deadline(),),
        questions=(),
        outcomes=(),
        set_aside=(),
        evidence=EVIDENCE[:1],
        talked_at=None,
        next_step=StepId("talk"),
        reported_by=None,
        denied=False,
        no_more=False,
        safetynet_done_at=None,
        closed=False,
        secured=(3, 7),
    )
    return replace(found, **changed)


def opened_by(person: PersonId) -> dict[str, object]:
    return {
        "opened_at": SEEN,
        "seen_at": SEEN,
        "headline_at": SEEN,
        "openings": (Opening(person, SEEN, None), Opening(person, SEEN + HOUR / 30, 1)),
    }


OPENED = opened_by(JONAS)


def asked(kind: ConsentKind = ConsentKind.POLICE, answer: Answer | None = None, **changed: object) -> Asked:
    police = kind is ConsentKind.POLICE
    at = SEEN + HOUR if answer else None
    found = Asked(
        kind, FIRST if police else None, EPISODE if police else None, UNTIL if police else None, answer, at,
        oral=False, said_at=None, recorded_by=None, how="", can_change=True,
    )  # fmt: skip
    return replace(found, **changed)


def outcome(kind: OutcomeKind, **changed: object) -> OutcomeLine:
    found = OutcomeLine(FIRST, EPISODE, kind, JONAS, SEEN + HOUR, None, "Juridisk vurderer, at det ikke er nok.")
    return replace(found, **changed)


ORAL = {
    "oral": True, "said_at": SEEN, "recorded_by": JONAS, "how": "Sagt i telefonen, mens vi talte om anmeldelsen.",
}  # fmt: skip
REPORTED = outcome(OutcomeKind.REPORTED, reported_at=SEEN + HOUR / 2, details="Station Amager, kvittering 1234-5678")
SETTLED = deadline(open=False, reported=True)
MINE = {
    "employee_sent": mine(),
    "employee_seen": mine("seen", **OPENED),
    "employee_seen_about": mine("seen", **OPENED, deadlines=(deadline(began=MIDNIGHT, certainty=Certainty.ABOUT),)),
    "employee_asked": mine("asked", **OPENED, questions=(asked(), asked(ConsentKind.COLLEAGUES, Answer.NO))),
    "employee_reported": mine(
        "reported", **OPENED, outcomes=(REPORTED,), deadlines=(SETTLED,), questions=(asked(answer="yes"),)
    ),
    "employee_reported_myself": mine(
        "reported", **OPENED, outcomes=(replace(REPORTED, by=METTE),), deadlines=(SETTLED,)
    ),
    "employee_not_reported": mine(
        "not_reported", **OPENED, outcomes=(outcome(OutcomeKind.NOT_REPORTED),), deadlines=(deadline(open=False),)
    ),
    "employee_not_accepted": mine(
        "not_reported", **OPENED, outcomes=(outcome(OutcomeKind.NOT_ACCEPTED, details=""),),
        deadlines=(deadline(open=False),),
    ),
    "employee_exemption": mine("not_reported", **OPENED, outcomes=(outcome(OutcomeKind.EXEMPTION_ASKED),)),
    "employee_talked": mine(
        "talked", **OPENED, talked_at=SEEN + HOUR, next_step=StepId("legal_staff"), safetynet_done_at=SEEN + HOUR
    ),
    "employee_helped": mine("seen", **OPENED, helpers=(Helper(SARA, StepId("safetynet")),)),
    "employee_not_the_only_one": mine("seen", **OPENED, not_the_only_one=True),
    "employee_passed": mine("passed", **OPENED, deadlines=(PASSED,)),
    "employee_still_running": mine(
        "still_running", **OPENED, deadlines=(replace(PASSED, open=False), deadline(2)), questions=(asked(),),
        outcomes=(outcome(OutcomeKind.PASSED, began_at=PASSED.began_at, details=""),),
    ),
    "employee_all_over": mine(
        "passed", **OPENED, deadlines=(replace(PASSED, open=False),),
        outcomes=(outcome(OutcomeKind.PASSED, began_at=PASSED.began_at, details=""),),
    ),
    "employee_passed_outcome": mine("not_reported", **OPENED, outcomes=(outcome(OutcomeKind.PASSED, details=""),)),
    "employee_documented": mine(documenters=DOCUMENTERS),
    "employee_told_by_other": mine(reported_by=PETER, evidence=()),
    "employee_denied": mine("seen", **OPENED, reported_by=PETER, denied=True, no_more=True),
    "employee_other_leader": mine("seen", **opened_by(KARIN), leader=KARIN, leader_role="stand_in", group_told=False),
    "employee_leader_gone": mine("seen", **opened_by(GONE), leader=GONE, leader_role="other"),
    "employee_set_aside": mine(
        "seen", **OPENED,
        set_aside=(SetAsideLine(StepId("datatilsynet"), "Der er ikke delt private oplysninger.", JONAS, SEEN + HOUR),),
    ),
    "employee_tried": mine("tried", **OPENED, removal=DONE_SO_FAR, next_step=StepId("ask_site")),
    "employee_gone": mine("gone", **OPENED, removal=IS_GONE),
    "employee_removal_again": mine("again", **OPENED, removal=IS_AGAIN),
    "employee_nothing_online": mine("seen", **OPENED, removal=IS_NOTHING),
    "employee_largest": mine(
        "asked", **(OPENED | {"openings": tuple(Opening(JONAS, SEEN + n * HOUR / 60, n + 1) for n in range(30))}),
        deadlines=TEN, evidence=THIRTY, not_the_only_one=True,
        questions=tuple(asked(episode=EpisodeId(f"episode-{n}"), began_at=d.began_at) for n, d in enumerate(TEN)),
        outcomes=tuple(
            outcome(OutcomeKind.NOT_REPORTED, began_at=d.began_at, details=LONG_WORDS, at=SEEN + n * HOUR)
            for n, d in enumerate(TEN)
        ),
        set_aside=tuple(
            SetAsideLine(StepId(step), LONG_WORDS, JONAS, SEEN)
            for step in ("ask_site", "datatilsynet", "injunction", "debriefing", "avoid_contact", "case_handling")
        ),
        removal=ALL_FOUR,
    ),
}  # fmt: skip


def told_for(**changed: object) -> ReporterView:
    found = ReporterView(CASE, 3, SENT, JONAS, None, (PETER,), EVIDENCE[:2], (deadline(),), False)
    return replace(found, **changed)


REPORTER = {
    "reporter_sent": told_for(),
    "reporter_seen": told_for(seen_at=SEEN, affected=(), evidence=()),
}


def question(one: Asked) -> QuestionView:
    return QuestionView(CASE, 12, JONAS, one)


QUESTIONS = {
    f"question_{kind}{state}": question(asked(kind, **changed))
    for kind in ConsentKind
    for state, changed in {
        "": {},
        "_yes": {"answer": Answer.YES},
        "_no": {"answer": Answer.NO},
        "_oral": ORAL | {"answer": Answer.YES},
        "_acted_on": {"answer": Answer.YES, "can_change": False},
        "_taken_back": {"withdrawn_at": NOW},
    }.items()
} | {
    "question_police_about": question(asked(began_at=MIDNIGHT, until=MIDNIGHT + 3 * DAY, certainty=Certainty.ABOUT)),
    "question_police_seen_that_day": question(
        asked(began_at=MIDNIGHT, until=MIDNIGHT + 3 * DAY, certainty=Certainty.UNKNOWN)
    ),
    "question_police_passed": question(asked(until=NOW - DAY)),
    "question_police_oral_largest": question(asked(answer=Answer.NO, **(ORAL | {"how": LONG_WORDS}))),
}
CARDS: dict[str, w.EmployeeView | object] = FRONT_CARDS | REPORT_CARDS | MINE | REPORTER | QUESTIONS

"""The health and safety group, calls, what "Vis" shows, and every reminder: a view per state and the largest."""

from dataclasses import replace
from datetime import timedelta

from casework import views as w
from casework import vocabulary as v
from casework.views import Missing
from casework.vocabulary import ItemId, PersonId, StepId
from tests.scenes import CASE, EPISODE, HOSTILE, JONAS, LONG_WORDS, METTE, NORD, NOW, PETER, SARA, SENT
from tests.scenes_case import TEN
from tests.scenes_pieces import DAY, FIVE, HOUR, VERSION, deadline, done, opened


def group(**changed: object) -> w.GroupView:
    found = w.GroupView(CASE, VERSION, NORD, SENT, EPISODE + 14 * DAY, False, None, None, SENT + 14 * DAY, None, None)
    return replace(found, **changed)


def analysis(**changed: object) -> w.AnalysisView:
    found = w.AnalysisView(
        CASE, VERSION, (v.Medium.FACEBOOK,), (v.Form.THREATS,), (deadline(),), done=False, measures=()
    )
    return replace(found, **changed)


def measure(number: int, words: str, answer: v.FollowUpAnswer | None = None):
    return ItemId(f"measure-{number}"), words, answer, NOW if answer else None


FOLLOW_UP = w.FollowUpView(CASE, VERSION, ItemId("measure-1"), "Klarere information til borgerne", NOW - 30 * DAY, None)
DUE = (NOW + 14 * DAY).date()
MINE = replace(FOLLOW_UP, owner=SARA, due=DUE, mine=True)
CALL = w.CallView(CASE, VERSION, METTE, JONAS, SENT, None)
GROUP = {
    "group": group(),
    "group_older_episode": group(safetynet_over=1),
    "group_all_over": group(safetynet_until=None, safetynet_over=2),
    "group_closed": group(safetynet_done=True, safetynet_done_at=NOW, closed=True),
    "group_safetynet_set_aside": group(safetynet_done=True, safetynet_set_aside=True),
    "group_taken": group(safetynet_owner=SARA),
    "group_reported": group(safetynet_done=True, safetynet_done_at=NOW),
    "group_analysis": group(safetynet_done=True, safetynet_done_at=NOW, analysis_at=NOW - HOUR),
    "group_analysis_before_safetynet": group(analysis_at=NOW - HOUR),
    "group_analysis_taken": group(safetynet_done=True, analysis_at=NOW - HOUR, analysis_by=SARA),
    "group_analysis_done": group(
        safetynet_done=True, safetynet_done_at=NOW, analysis_at=NOW - DAY, analysis_by=SARA, analysis_done_at=NOW
    ),
    "group_measures": group(
        safetynet_done=True,
        safetynet_done_at=NOW,
        analysis_at=NOW - DAY,
        analysis_by=SARA,
        analysis_done_at=NOW,
        measures=3,
        measures_done=1,
        measures_dropped=1,
    ),
    "group_plan_proposed": group(
        safetynet_done=True,
        safetynet_done_at=NOW,
        analysis_at=NOW - DAY,
        analysis_by=SARA,
        analysis_done_at=NOW,
        measures=2,
        plan_proposed=True,
    ),
    "group_of_a_workplace_no_longer_known": group(workplace=v.WorkplaceId("closed")),
    "analysis_form": analysis(),
    "analysis_form_largest": analysis(media=tuple(v.Medium), forms=tuple(v.Form), deadlines=TEN),
    "analysis_done": analysis(
        done=True,
        measures=(measure(1, "Klarere breve"), measure(2, "Tale åbent om hård tone", v.FollowUpAnswer.DONE)),
    ),
    "analysis_done_without_measures": analysis(done=True),
    "analysis_done_largest": analysis(done=True, measures=tuple(measure(n, LONG_WORDS) for n in range(10))),
    "analysis_done_assigned": analysis(
        done=True,
        measures=(
            measure(1, "Klarere breve"),
            measure(2, "Tale åbent om hård tone", v.FollowUpAnswer.UNDER_WAY),
            measure(3, "Ny telefonliste", v.FollowUpAnswer.DONE),
        ),
        assigned={ItemId(f"measure-{n}"): (SARA, DUE) for n in (1, 2, 3)},
    ),
    "analysis_done_one_left": analysis(done=True, measures=(measure(1, "Klarere breve"),)),
    "measure_mine": MINE,
    "measure_mine_asked": replace(MINE, due=NOW.date(), answer=v.FollowUpAnswer.UNDER_WAY),
    "measure_mine_done": replace(MINE, answer=v.FollowUpAnswer.DONE),
    "measure_mine_largest": replace(MINE, text=LONG_WORDS),
    "measure_mine_hostile": replace(MINE, text=HOSTILE),
    "measure_with_another": replace(MINE, mine=False, answer=v.FollowUpAnswer.UNDER_WAY),
    "measure_passed_on": replace(MINE, text="", owner=None, due=None, mine=False, passed_on=True),
    "follow_up": FOLLOW_UP,
    "follow_up_answered": replace(FOLLOW_UP, answer=v.FollowUpAnswer.UNDER_WAY),
    "follow_up_late": replace(FOLLOW_UP, late=True, answer=v.FollowUpAnswer.UNDER_WAY),
    "follow_up_dropped": replace(FOLLOW_UP, answer=v.FollowUpAnswer.DROPPED, reason="Der er ikke råd i år."),
    "follow_up_largest": replace(FOLLOW_UP, text=LONG_WORDS),
    "follow_up_hostile": replace(FOLLOW_UP, text=HOSTILE),
    "call_wanted": replace(CALL, goes_on_at=SENT + 4 * HOUR),
    "call_made": w.CallView(CASE, VERSION, METTE, JONAS, SENT, NOW),
    "call_wanted_nudged": replace(CALL, nudged=True, goes_on_at=SENT + 4 * HOUR),
    "call_wanted_last": replace(CALL, nudged=True),
    "call_of_one_no_longer_here": w.CallView(CASE, VERSION, PersonId("gone"), JONAS, SENT, None),
}

PICTURE = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
CONTENTS = {
    "content_account": w.ContentView(CASE, None, "Der ligger et opslag.\n\nFolk skriver videre.", "", SENT, "", METTE),
    "content_picture": w.ContentView(CASE, 1, "", "image/png", SENT, SHA256, METTE, PICTURE),
    "content_text": w.ContentView(CASE, 3, HOSTILE, "text/plain", SENT, SHA256, METTE),
    "content_file": w.ContentView(CASE, 2, "", "application/pdf", SENT, SHA256, METTE),
    "content_file_to_get": w.ContentView(CASE, 2, "", "application/pdf", SENT, SHA256, METTE, had="paper"),
    "content_file_for_legal": w.ContentView(CASE, 2, "", "application/pdf", SENT, SHA256, METTE, had="packages"),
    "content_largest": w.ContentView(CASE, None, LONG_WORDS, "text/plain", SENT, "", METTE),
}

LEGAL, CONSENT = Missing("step", StepId("legal_staff")), Missing("step", StepId("police_consent"))
OUTCOME = Missing("step", StepId("police_outcome"))
UNANSWERED = Missing("answer_police", people=(METTE,))
TO_REPORT = Missing("report_police", people=(METTE,))


def hours_left(hours: int) -> w.Deadline:
    return deadline(began=NOW + timedelta(hours=hours, minutes=20) - timedelta(hours=72))


def reminder(kind: str, *missing: Missing, to: str = "leader", **changed: object) -> w.ReminderView:
    hours = {"48": 48, "24": 24, "12": 17, "6": 6, "2": 2, "passed": -3}.get(kind)
    found = w.ReminderView(
        CASE,
        VERSION,
        kind,
        to,
        hours_left(hours) if hours else None,
        missing,
        None,
        JONAS if to == "affected_employee" else None,
    )
    return replace(found, **changed)


REMINDERS = {
    "reminder_48": reminder("48", LEGAL, UNANSWERED),
    "reminder_24_to_report": reminder("24", Missing("step", StepId("assess_police")), TO_REPORT),
    "reminder_24": reminder("24", CONSENT, UNANSWERED),
    "reminder_12": reminder("12", CONSENT, UNANSWERED),
    "reminder_6": reminder("6", CONSENT, UNANSWERED),
    "reminder_24_unasked": reminder("24", LEGAL, Missing("asked_police", people=(METTE,))),
    "reminder_12_some_unasked": reminder("12", CONSENT, Missing("asked_police", people=(PETER,)), UNANSWERED),
    "reminder_2": reminder("2", OUTCOME),
    "reminder_24_assessment": reminder("24", Missing("step", StepId("assess_police"))),
    "reminder_2_nothing_named": reminder("2"),
    "reminder_6_unnamed": reminder("6", Missing("affected_unnamed"), LEGAL),
    "reminder_6_refused": reminder("6", OUTCOME, Missing("refused_police", people=(METTE,))),
    "reminder_6_several": reminder("6", CONSENT, Missing("answer_police", people=FIVE)),
    "reminder_passed": reminder("passed", OUTCOME, UNANSWERED),
    "reminder_24_employee": reminder("24", to="affected_employee"),
    "reminder_6_employee": reminder("6", to="affected_employee"),
    "reminder_minutes_employee": reminder(
        "6", to="affected_employee", deadline=deadline(began=NOW + HOUR / 2 - 72 * HOUR), leader=None
    ),
    "reminder_passed_employee": reminder("passed", to="affected_employee"),
    **{f"reminder_safetynet_{day}": reminder(f"safetynet_{day}", step=opened("safetynet")) for day in (3, 7, 12)},
    "reminder_safetynet_companion": reminder("safetynet_7", to="companion", step=opened("safetynet", owner=SARA)),
    "reminder_safetynet_14": reminder("safetynet_14", step=opened("safetynet")),
    "reminder_safetynet_new": reminder("safetynet_new", step=done("safetynet")),
    "reminder_postponed": reminder("postponed", step=opened("help", state="postponed", until=NOW)),
    "reminder_postponed_companion": reminder("postponed", to="companion", step=opened("help", owner=SARA)),
    "reminder_offered": reminder("offered", step=opened("help", state="offered", offered_to=SARA)),
    "reminder_may_close": reminder("may_close"),
}

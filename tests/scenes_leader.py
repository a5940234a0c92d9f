"""What the leader, a companion and the health and safety group may see: one view per state, and the largest.

Jonas Friis has Mette Lund's case. The views are built by hand, so that a card can be drawn that no story has reached.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from cards.content import Evidence
from cards.plan import WholePlan
from casework import views as w
from casework import vocabulary as v
from casework.plan import read_plan
from casework.views import Missing
from casework.vocabulary import ConsentKind, EpisodeId, ItemId, OutcomeKind, PersonId, StepId
from tests.scenes import (
    ALI,
    CASE,
    EPISODE,
    HOSTILE,
    JONAS,
    KARIN,
    LISE,
    LONG_WORDS,
    METTE,
    NADIA,
    NORD,
    NOW,
    PETER,
    SARA,
    SENT,
)

VERSION = 12
FIRST = EpisodeId("episode-1")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEEN = SENT + HOUR
FIVE = (METTE, PETER, LISE, NADIA, ALI)
CITIZEN = ("case_handling", "ask_author", "ask_site", "datatilsynet", "injunction", "risk_assessment", "avoid_contact")


# -- pieces ----------------------------------------------------------------------------------------------------------


def deadline(number: int = 1, began: datetime = EPISODE, **changed: object) -> w.Deadline:
    until = began + timedelta(hours=72)
    found = w.Deadline(EpisodeId(f"episode-{number}"), began, v.Certainty.EXACT, until, passed=until <= NOW)
    return replace(found, **changed)


def evidence(number: int, media_type: str = "image/png", *shows: v.Shows) -> w.EvidenceLine:
    kind = v.ItemKind.TEXT if media_type == "text/plain" else v.ItemKind.FILE
    item = ItemId(f"9d3c1a2b7e5f4c60a1b2c3d4e5f6{number:04d}")
    return w.EvidenceLine(item, number, kind, media_type, 820_000, SENT - HOUR, shows)


EVIDENCE = (
    evidence(1, "image/png", v.Shows.WHOLE_POST, v.Shows.TIME),
    evidence(2, "application/pdf"),
    evidence(3, "text/plain", v.Shows.SENDER),
)


def police(person: PersonId | None = METTE, episode: w.Deadline | None = None, **changed: object) -> w.PoliceLine:
    at = episode or deadline()
    found = w.PoliceLine(
        at.episode, at.began_at, at.until, at.passed, person, None, None, None, False, None, None, None
    )
    return replace(found, **changed)


ASKED = {"asked_at": SEEN}
SAID_YES = ASKED | {"answer": v.Answer.YES, "answered_at": SEEN + HOUR / 2}
SAID_NO = ASKED | {"answer": v.Answer.NO, "answered_at": SEEN + HOUR / 2}


def consent(kind: ConsentKind, person: PersonId = METTE, **changed: object) -> w.ConsentLine:
    return replace(w.ConsentLine(kind, person, None, None, None, False, False, False), **changed)


LOCKED = {
    "ask_author": (
        Missing("step", StepId("documentation")),
        Missing("step", StepId("case_handling")),
        Missing("asked_removal", people=(METTE,)),
    ),
    "ask_site": (Missing("step", StepId("ask_author")),),
    "datatilsynet": (Missing("step", StepId("ask_site")),),
    "injunction": (Missing("step", StepId("datatilsynet")),),
    "assess_police": (Missing("step", StepId("legal_staff")),),
    "police_consent": (Missing("step", StepId("legal_staff")),),
    "police_outcome": (Missing("step", StepId("legal_staff")),),
    "inform_colleagues": (Missing("answer_colleagues", people=(METTE,)),),
    "debriefing": (Missing("answer_colleagues", people=(METTE,)),),
}


def line(step: str, **changed: object) -> w.StepLine:
    """A step as it is when nothing has been done: open, or locked by what it waits for in the plan."""
    row = next(row for row in read_plan() if row.id == step)
    gaps = LOCKED.get(step, ())
    owner = None if row.owner == "group" else JONAS
    found = w.StepLine(
        row.id, row.number, row.section, "locked" if gaps else "open", owner, missing=gaps, mine=owner == JONAS
    )
    return replace(found, **changed)


def opened(step: str, **changed: object) -> w.StepLine:
    return line(step, **({"state": "open", "missing": ()} | changed))


def done(step: str, by: PersonId | None = JONAS, **changed: object) -> w.StepLine:
    at = SEEN + HOUR / 4 if by else None
    return line(step, **({"state": "done", "missing": (), "by": by, "at": at, "can_undo": by == JONAS} | changed))


def set_aside(step: str, reason: str = "Borgeren er flyttet, og vi har ikke længere kontakt.") -> w.StepLine:
    return done(step, state="set_aside", reason=reason)


def plan(*changed: w.StepLine, without: tuple[str, ...] = ()) -> tuple[w.StepLine, ...]:
    """All 21 steps, some of them as given."""
    given = {each.step: each for each in changed}
    return tuple(given.get(row.id) or line(row.id) for row in read_plan() if row.id not in without)


# -- the case card ---------------------------------------------------------------------------------------------------


def leader(steps: tuple[w.StepLine, ...] | None = None, **changed: object) -> w.LeaderView:
    lines = steps or plan()
    found = w.LeaderView(
        case=CASE,
        version=VERSION,
        opened=True,
        seen_at=SEEN,
        reporter=METTE,
        affected=(METTE,),
        affected_unnamed=False,
        nobody_affected=False,
        untold=(),
        denied=(),
        no_more=(),
        danger=v.Danger.NO,
        media=(v.Medium.FACEBOOK,),
        forms=(v.Form.DEGRADING, v.Form.THREATS),
        going_on=v.GoingOn.STILL,
        recorded=v.Recorded.NO,
        shared=v.Shared.NO,
        outside_working_hours=False,
        from_the_workplace=False,
        deadlines=(deadline(),),
        police=(police(),),
        consents=(consent(ConsentKind.COLLEAGUES), consent(ConsentKind.REMOVAL)),
        evidence=EVIDENCE,
        has_account=True,
        steps=lines,
        next_steps=_next(lines),
        done=sum(each.state in ("done", "set_aside") for each in lines),
        sent_at=SENT,
        last_word_at=SEEN,
        closed=False,
    )
    return replace(found, **changed)


def _next(lines: tuple[w.StepLine, ...]) -> tuple[w.StepLine, ...]:
    """Three open ones, one of them of the police: the 72 hours run whatever else is open."""
    mine = [each for each in lines if each.state in ("open", "postponed", "offered") and each.mine]
    police_steps = [each for each in mine if each.section == "police"][:1]
    others = [each for each in mine if each not in police_steps]
    return tuple(sorted((*others[: 3 - len(police_steps)], *police_steps), key=lambda each: each.number))


SOME_DONE = plan(
    done("talk"),
    done("documentation"),
    opened("safetynet", owner=SARA),
    done("ask_colleagues", by=None),
    done("case_handling"),
    set_aside("avoid_contact"),
    opened("help", state="postponed", until=NOW + 3 * DAY),
    opened("ask_author", state="offered", offered_to=KARIN, can_undo=True),
    done("legal_staff"),
    opened("assess_police"),
    opened("police_consent"),
    line("police_outcome", state="open", missing=()),
    line("inform_colleagues", missing=(Missing("refused_colleagues", people=(METTE,)),)),
    opened("debriefing"),
    opened("upper_management", state="done", by=KARIN, at=SEEN),
)
TEN = tuple(
    deadline(number, EPISODE + number * HOUR * 5 - 40 * HOUR, certainty=list(v.Certainty)[number % 4])
    for number in range(10)
)
FIFTY = tuple(
    police(person, episode, **({}, ASKED, SAID_YES, SAID_NO)[(place + number) % 4])
    for number, episode in enumerate(TEN)
    for place, person in enumerate(FIVE)
)
LARGEST = leader(
    tuple(replace(each, missing=tuple(replace(gap, people=FIVE) if gap.people else gap for gap in each.missing))
          for each in SOME_DONE),
    affected=FIVE,
    untold=FIVE[1:],
    denied=(ALI,),
    no_more=(NADIA,),
    reporter=KARIN,
    seen_at=None,
    danger=v.Danger.IN_DOUBT,
    media=tuple(v.Medium),
    forms=tuple(v.Form),
    recorded=v.Recorded.PICTURE,
    shared=v.Shared.OPENLY,
    outside_working_hours=True,
    deadlines=TEN,
    police=FIFTY,
    consents=tuple(consent(kind, person) for kind in (ConsentKind.COLLEAGUES, ConsentKind.REMOVAL) for person in FIVE),
    evidence=tuple(evidence(number, "image/jpeg", *v.Shows) for number in range(1, 31)),
)

CASES = {
    "leader_notice": leader(opened=False, seen_at=None),
    "leader_opened": leader(seen_at=None, last_word_at=None),
    "leader_under_way": leader(SOME_DONE, police=(police(**ASKED),)),
    "leader_answered_yes": leader(SOME_DONE, police=(police(**SAID_YES),)),
    "leader_answered_no": leader(SOME_DONE, police=(police(**SAID_NO),)),
    "leader_reported_by_other": leader(reporter=KARIN, untold=(METTE,), seen_at=None),
    "leader_unnamed": leader(
        affected=(), affected_unnamed=True, reporter=KARIN, police=(police(None),), consents=(), last_word_at=None
    ),
    "leader_nobody": leader(affected=(), nobody_affected=True, reporter=KARIN, police=(police(None),), consents=()),
    "leader_denied": leader(denied=(METTE,)),
    "leader_no_more": leader(no_more=(METTE,)),
    "leader_danger": leader(danger=v.Danger.YES, seen_at=None),
    "leader_passed": leader(
        deadlines=(deadline(began=EPISODE - 4 * DAY),), police=(police(episode=deadline(began=EPISODE - 4 * DAY)),)
    ),
    "leader_recorded": leader(
        SOME_DONE,
        deadlines=(deadline(open=False),),
        police=(police(**SAID_YES, outcome=OutcomeKind.REPORTED, outcome_at=NOW, reported_at=NOW),),
    ),
    "leader_from_the_workplace": leader(plan(without=CITIZEN), from_the_workplace=True),
    "leader_closed": leader(tuple(done(row.id) for row in read_plan()), closed=True),
    "leader_largest": LARGEST,
    "plan": WholePlan(leader()),
    "plan_under_way": WholePlan(leader(SOME_DONE)),
    "plan_from_the_workplace": WholePlan(leader(plan(without=CITIZEN), from_the_workplace=True)),
    "plan_largest": WholePlan(LARGEST),
    "evidence": Evidence(leader()),
    "evidence_none": Evidence(leader(evidence=(), has_account=False)),
    "evidence_largest": Evidence(LARGEST),
}


# -- steps -----------------------------------------------------------------------------------------------------------


def step(of: w.StepLine, **changed: object) -> w.StepView:
    found = w.StepView(
        case=CASE,
        version=VERSION,
        line=of,
        notes=(),
        deadlines=(deadline(),),
        police=(police(),) if of.section == "police" else (),
        consents=(consent(ConsentKind.COLLEAGUES), consent(ConsentKind.REMOVAL)),
        assessment=None,
        assessment_reason="",
        outside_working_hours=False,
        affected=(METTE,),
        affected_unnamed=False,
        evidence=EVIDENCE if of.step == "documentation" else (),
        safetynet_until=EPISODE + 14 * DAY if of.step == "safetynet" else None,
    )
    return replace(found, **changed)


NOTE = (JONAS, SEEN, "Mette vil gerne tale igen på torsdag.")
MANY_NOTES = tuple((JONAS, SEEN + number * HOUR, LONG_WORDS[:1_000]) for number in range(12))
COLLEAGUES, REMOVAL = ConsentKind.COLLEAGUES, ConsentKind.REMOVAL
RECORDED = (
    police(**SAID_YES, outcome=OutcomeKind.REPORTED, outcome_at=NOW, reported_at=NOW - HOUR, details="Bellahøj, 4711"),
    police(PETER, **SAID_NO, outcome=OutcomeKind.NOT_ACCEPTED, outcome_at=NOW),
    police(LISE, outcome=OutcomeKind.NOT_REPORTED, outcome_at=NOW, details="Juridisk finder ikke grundlag her."),
    police(NADIA, outcome=OutcomeKind.EXEMPTION_ASKED, outcome_at=NOW, details="Drøftet med Juridisk vagt."),
    police(ALI, outcome=OutcomeKind.PASSED, outcome_at=NOW),
)
FOUND_NOT = v.Assessment.NOT_TO_BE_REPORTED

STEPS = {
    **{f"step_{row.id}": step(opened(row.id)) for row in read_plan()},
    **{f"step_{row.id}_locked": step(line(row.id)) for row in read_plan() if row.id in LOCKED},
    "step_done": step(done("help"), notes=(NOTE,)),
    "step_set_aside": step(set_aside("risk_assessment")),
    "step_done_by_another": step(done("safetynet", by=SARA)),
    "step_offered": step(opened("help", state="offered", offered_to=SARA, can_undo=True)),
    "step_postponed": step(opened("help", state="postponed", until=NOW + 3 * DAY)),
    "step_owned_by_another": step(opened("help", owner=SARA, mine=False)),
    "step_of_the_group": step(line("analysis")),
    "step_of_the_leader_when_no_group": step(opened("analysis", owner=JONAS, mine=True)),
    "step_with_notes": step(opened("talk"), notes=MANY_NOTES),
    "step_without_evidence": step(opened("documentation"), evidence=()),
    "step_hostile": step(set_aside("risk_assessment", reason=HOSTILE), notes=((JONAS, SEEN, HOSTILE),)),
    "step_ask_colleagues_asked": step(
        opened("ask_colleagues"), consents=(consent(COLLEAGUES, **ASKED), consent(REMOVAL))
    ),
    "step_ask_colleagues_several": step(
        opened("ask_colleagues"),
        affected=FIVE,
        consents=(
            consent(COLLEAGUES, METTE, **SAID_YES),
            consent(COLLEAGUES, PETER, **SAID_NO, oral=True),
            consent(COLLEAGUES, LISE, **ASKED, contradicted=True),
            consent(COLLEAGUES, NADIA, **ASKED, withdrawn=True),
            consent(COLLEAGUES, ALI),
        ),
    ),
    "step_ask_colleagues_unnamed": step(opened("ask_colleagues"), affected=(), affected_unnamed=True, consents=()),
    "step_ask_author_refused": step(opened("ask_author"), consents=(consent(REMOVAL, **SAID_NO),)),
    "step_inform_colleagues_refused": step(
        line("inform_colleagues", missing=(Missing("refused_colleagues", people=(METTE,)),))
    ),
    "step_assess_police_done": step(
        done("assess_police", by=None), assessment=FOUND_NOT, assessment_reason="Hårdt, men inden for ytringsfriheden."
    ),
    "step_police_consent_answered": step(opened("police_consent"), police=(police(**SAID_YES, oral=True),)),
    "step_police_outcome_outside": step(opened("police_outcome"), outside_working_hours=True),
    "step_police_outcome_passed": step(
        opened("police_outcome"), police=(police(episode=deadline(began=EPISODE - 4 * DAY), **ASKED),)
    ),
    "step_police_outcome_nobody": step(opened("police_outcome"), affected=(), police=(police(None),)),
    "step_police_outcome_unnamed": step(
        line("police_outcome", missing=(Missing("affected_unnamed"),)),
        affected=(),
        affected_unnamed=True,
        police=(police(None),),
    ),
    "step_police_outcome_done": step(done("police_outcome", by=None), affected=FIVE, police=RECORDED),
    "step_police_outcome_largest": step(
        opened("police_outcome"),
        affected=FIVE,
        deadlines=TEN,
        police=tuple(replace(each, details=LONG_WORDS) for each in FIFTY),
        outside_working_hours=True,
        notes=MANY_NOTES,
    ),
    "step_police_consent_largest": step(
        opened("police_consent"), affected=FIVE, deadlines=TEN, police=FIFTY, notes=MANY_NOTES
    ),
    "step_police_outcome_long_details": step(
        opened("police_outcome"), police=tuple(replace(each, details=LONG_WORDS) for each in RECORDED)
    ),
}


# -- a companion -----------------------------------------------------------------------------------------------------

OWN_WORDS = "Der ligger et opslag om mig.\nSe selv."
NEED = w.Need((METTE,), (deadline(),), (v.Medium.FACEBOOK,), (v.Form.THREATS,), OWN_WORDS)
WITHOUT_NAMES = replace(NEED, affected=(), account="")


def companion(of: w.StepLine, need: w.Need | None = None, **changed: object) -> w.StepView:
    """What somebody else than the leader sees: nothing of the case but the step."""
    bare = step(of, deadlines=(), police=(), consents=(), affected=(), evidence=(), need=need)
    return replace(bare, **changed)


COMPANIONS = {
    "companion_asked": companion(opened("safetynet", state="offered", offered_to=SARA)),
    "companion_safetynet": companion(opened("safetynet", owner=SARA), NEED),
    "companion_help": companion(opened("help", owner=SARA), WITHOUT_NAMES, notes=((SARA, NOW, "Har talt med Falck."),)),
    "companion_analysis": companion(opened("analysis", owner=SARA, mine=True), WITHOUT_NAMES),
    "companion_done": companion(done("safetynet", by=SARA, owner=SARA, can_undo=True), NEED),
    "companion_declined": companion(opened("safetynet")),
    "companion_largest": companion(
        opened("safetynet", owner=SARA),
        w.Need(FIVE, TEN, tuple(v.Medium), tuple(v.Form), LONG_WORDS * 5),
        notes=MANY_NOTES,
    ),
}


# -- the group, calls and reminders ----------------------------------------------------------------------------------


def group(**changed: object) -> w.GroupView:
    found = w.GroupView(
        CASE, VERSION, NORD, SENT, EPISODE + 14 * DAY, False, None, None, SENT + 14 * DAY, None, None
    )
    return replace(found, **changed)


def analysis(**changed: object) -> w.AnalysisView:
    found = w.AnalysisView(
        CASE, VERSION, (v.Medium.FACEBOOK,), (v.Form.THREATS,), (deadline(),), SARA, done=False, measures=()
    )
    return replace(found, **changed)


def measure(number: int, words: str, answer: v.FollowUpAnswer | None = None):
    return ItemId(f"measure-{number}"), words, answer, NOW if answer else None


FOLLOW_UP = w.FollowUpView(CASE, VERSION, ItemId("measure-1"), "Klarere information til borgerne", NOW - 30 * DAY, None)
GROUP = {
    "group": group(),
    "group_taken": group(safetynet_owner=SARA),
    "group_reported": group(safetynet_done=True, safetynet_done_at=NOW),
    "group_analysis": group(safetynet_done=True, safetynet_done_at=NOW, analysis_at=NOW - HOUR),
    "group_analysis_before_safetynet": group(analysis_at=NOW - HOUR),
    "group_analysis_taken": group(safetynet_done=True, analysis_at=NOW - HOUR, analysis_by=SARA),
    "group_analysis_done": group(
        safetynet_done=True, safetynet_done_at=NOW, analysis_at=NOW - DAY, analysis_by=SARA, analysis_done_at=NOW
    ),
    "group_of_a_workplace_no_longer_known": group(workplace=v.WorkplaceId("closed")),
    "analysis_invitation": analysis(taken_by=None),
    "analysis_form": analysis(),
    "analysis_form_largest": analysis(media=tuple(v.Medium), forms=tuple(v.Form), deadlines=TEN),
    "analysis_done": analysis(
        done=True,
        measures=(measure(1, "Klarere breve"), measure(2, "Tale åbent om hård tone", v.FollowUpAnswer.DONE)),
    ),
    "analysis_done_without_measures": analysis(done=True),
    "analysis_done_largest": analysis(done=True, measures=tuple(measure(n, LONG_WORDS) for n in range(10))),
    "follow_up": FOLLOW_UP,
    "follow_up_answered": replace(FOLLOW_UP, answer=v.FollowUpAnswer.UNDER_WAY),
    "follow_up_largest": replace(FOLLOW_UP, text=LONG_WORDS),
    "follow_up_hostile": replace(FOLLOW_UP, text=HOSTILE),
    "call_wanted": w.CallView(CASE, VERSION, METTE, JONAS, SENT, None),
    "call_made": w.CallView(CASE, VERSION, METTE, JONAS, SENT, NOW),
    "call_of_one_no_longer_here": w.CallView(CASE, VERSION, PersonId("gone"), JONAS, SENT, None),
}

PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
CONTENTS = {
    "content_account": w.ContentView(CASE, None, "Der ligger et opslag.\n\nFolk skriver videre.", "", SENT, "", METTE),
    "content_picture": w.ContentView(CASE, 1, "", "image/png", SENT, SHA256, METTE, PICTURE),
    "content_text": w.ContentView(CASE, 3, HOSTILE, "text/plain", SENT, SHA256, METTE),
    "content_file": w.ContentView(CASE, 2, "", "application/pdf", SENT, SHA256, METTE),
    "content_largest": w.ContentView(CASE, None, LONG_WORDS, "text/plain", SENT, "", METTE),
}

LEGAL, CONSENT = Missing("step", StepId("legal_staff")), Missing("step", StepId("police_consent"))
OUTCOME = Missing("step", StepId("police_outcome"))
UNANSWERED = Missing("answer_police", people=(METTE,))


def hours_left(hours: int) -> w.Deadline:
    return deadline(began=NOW + timedelta(hours=hours, minutes=20) - timedelta(hours=72))


def reminder(kind: str, *missing: Missing, to: str = "leader", **changed: object) -> w.ReminderView:
    hours = {"48": 48, "24": 24, "12": 17, "6": 6, "2": 2, "passed": -3}.get(kind)
    found = w.ReminderView(
        CASE, VERSION, kind, to, hours_left(hours) if hours else None, missing, None,
        JONAS if to == "affected_employee" else None,
    )
    return replace(found, **changed)


REMINDERS = {
    "reminder_48": reminder("48", LEGAL, UNANSWERED),
    "reminder_24": reminder("24", CONSENT, UNANSWERED),
    "reminder_12": reminder("12", CONSENT, UNANSWERED),
    "reminder_6": reminder("6", CONSENT, UNANSWERED),
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
    "reminder_safetynet_group": reminder("safetynet_7", to="health_safety_group"),
    "reminder_safetynet_companion": reminder(
        "safetynet_7", to="companion", step=opened("safetynet", owner=SARA)
    ),
    "reminder_postponed": reminder("postponed", step=opened("help", state="postponed", until=NOW)),
    "reminder_postponed_companion": reminder("postponed", to="companion", step=opened("help", owner=SARA)),
    "reminder_offered": reminder("offered", step=opened("help", state="offered", offered_to=SARA)),
    "reminder_call": reminder("call"),
}

CARDS = CASES | STEPS | COMPANIONS | GROUP | CONTENTS | REMINDERS

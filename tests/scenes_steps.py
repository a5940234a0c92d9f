"""A step's own card for the leader and for whoever took it over: a view per state and the largest."""

from dataclasses import replace

from casework import views as w
from casework import vocabulary as v
from casework.plan import read_plan
from casework.views import Missing
from casework.vocabulary import ConsentKind, OutcomeKind
from tests import scenes_coach as coached
from tests.scenes import ALI, CASE, EPISODE, HOSTILE, JONAS, LISE, LONG_WORDS, METTE, NADIA, NOW, PETER, SARA
from tests.scenes_case import FIFTY, TEN
from tests.scenes_pieces import (
    ASKED,
    DAY,
    EVIDENCE,
    FIVE,
    HOUR,
    LOCKED,
    SAID_NO,
    SAID_YES,
    SEEN,
    VERSION,
    consent,
    deadline,
    done,
    line,
    opened,
    police,
    set_aside,
)
from tests.scenes_removal import BY_ALI, RUNGS, empty_rung


def step(of: w.StepLine, **changed: object) -> w.StepView:
    found = w.StepView(
        rung=empty_rung(of.step),
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


LATE = w.Over(1, deadline(2, EPISODE - 21 * DAY))
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
    **{name: step(line_, rung=rung) for name, (line_, rung) in RUNGS.items()},
    "step_done": step(done("help"), notes=(NOTE,)),
    "step_set_aside": step(set_aside("risk_assessment")),
    "step_safetynet_older_episode": step(opened("safetynet"), safetynet_over=LATE),
    "step_safetynet_all_over": step(opened("safetynet"), safetynet_until=None, safetynet_over=replace(LATE, count=2)),
    "step_done_by_another": step(done("safetynet", by=SARA)),
    "step_offered": step(opened("help", state="offered", offered_to=SARA, can_undo=True)),
    "step_postponed": step(opened("help", state="postponed", until=NOW + 3 * DAY)),
    "step_owned_by_another": step(opened("help", owner=SARA, mine=False)),
    "step_of_the_group": step(line("analysis")),
    "step_of_the_leader_when_no_group": step(opened("analysis", owner=JONAS, mine=True)),
    "step_with_notes": step(opened("talk"), notes=MANY_NOTES),
    "step_without_evidence": step(opened("documentation"), evidence=(), secured=(coached.NONE,)),
    "step_documentation_begun": step(opened("documentation"), secured=(coached.ENDED,)),
    "step_documentation_of_several": step(opened("documentation"), secured=coached.SIX),
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
    "step_legal_staff_of_what_was_told": step(
        opened("legal_staff"),
        forms=(v.Form.PRIVATE_INFORMATION, v.Form.DEGRADING, v.Form.THREATS),
        recorded=v.Recorded.SOUND,
    ),
    "step_legal_staff_largest": step(
        opened("legal_staff"), forms=tuple(v.Form), recorded=v.Recorded.SOUND, affected=FIVE, notes=MANY_NOTES
    ),
    "step_police_consent_answered": step(opened("police_consent"), police=(police(**SAID_YES, oral=True),)),
    "step_police_outcome_outside": step(opened("police_outcome"), outside_working_hours=True),
    "step_police_outcome_passed": step(
        opened("police_outcome"), police=(police(episode=deadline(began=EPISODE - 4 * DAY), **ASKED),)
    ),
    "step_police_consent_untold": step(
        opened("police_consent"), affected=(METTE, LISE), police=(police(), police(LISE)), untold=(LISE,)
    ),
    "step_police_outcome_untold": step(opened("police_outcome"), untold=(METTE,)),
    "step_help_untold": step(opened("help"), untold=(METTE,), reason_read="later"),
    "step_help_by_another": step(opened("help"), reason_read="helper"),
    "step_help_of_several": step(opened("help"), affected=(METTE, LISE), reason_read="kept"),
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
    bare = step(of, deadlines=(), police=(), consents=(), affected=(), evidence=(), need=need, rung=None)
    return replace(bare, **changed)


COMPANIONS = {
    "companion_asked_older_episode": companion(
        opened("safetynet", state="offered", offered_to=SARA), safetynet_over=replace(LATE, latest=None)
    ),
    "companion_asked": companion(opened("safetynet", state="offered", offered_to=SARA)),
    "companion_safetynet": companion(opened("safetynet", owner=SARA), NEED),
    "companion_help": companion(opened("help", owner=SARA), WITHOUT_NAMES, notes=((SARA, NOW, "Har talt med Falck."),)),
    "companion_author": companion(opened("ask_author", owner=ALI, state="tried"), WITHOUT_NAMES, rung=BY_ALI),
    "companion_analysis": companion(opened("analysis", owner=SARA, mine=True), WITHOUT_NAMES),
    "companion_done": companion(done("safetynet", by=SARA, owner=SARA, can_undo=True), NEED),
    "companion_declined": companion(opened("safetynet")),
    "companion_largest": companion(
        opened("safetynet", owner=SARA),
        w.Need(FIVE, TEN, tuple(v.Medium), tuple(v.Form), LONG_WORDS * 5),
        notes=MANY_NOTES,
    ),
}

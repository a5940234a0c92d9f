"""Jonas Friis has Mette Lund's case: his case card, the plan and the evidence, a view per state and the largest."""

from dataclasses import replace

from cards.content import Evidence
from cards.plan import WholePlan
from casework import views as w
from casework import vocabulary as v
from casework.views import Missing
from casework.vocabulary import ConsentKind, OutcomeKind
from tests.scenes import ALI, CASE, EPISODE, JONAS, KARIN, METTE, NADIA, NOW, SARA, SENT
from tests.scenes_pieces import (
    ASKED,
    CITIZEN,
    DAY,
    EVIDENCE,
    FIVE,
    HOUR,
    SAID_NO,
    SAID_YES,
    SEEN,
    VERSION,
    consent,
    deadline,
    done,
    evidence,
    line,
    opened,
    plan,
    police,
    set_aside,
)
from tests.scenes_removal import ALL_FOUR, DONE_SO_FAR, IS_AGAIN, IS_GONE


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
        secured=(3, 7),
        has_account=True,
        steps=lines,
        next_steps=_next(lines),
        done=sum(each.state in ("done", "set_aside") for each in lines),
        sent_at=SENT,
        talks=(w.TalkLine(METTE, SEEN, JONAS),),
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
SOME_TRIED = (done("documentation"), done("case_handling"), opened("ask_author", state="tried"), opened("ask_site"))
ALL_GONE = (
    *(done(step) for step in ("documentation", "case_handling", "ask_author", "ask_site")),
    *(opened(step, state="gone") for step in ("datatilsynet", "injunction")),
)
NOTHING_THERE = tuple(
    opened(step, state="nothing_to_remove") for step in ("ask_author", "ask_site", "datatilsynet", "injunction")
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
    tuple(
        replace(each, missing=tuple(replace(gap, people=FIVE) if gap.people else gap for gap in each.missing))
        for each in SOME_DONE
    ),
    affected=FIVE,
    untold=FIVE[1:],
    denied=(ALI,),
    no_more=(NADIA,),
    reporter=KARIN,
    seen_at=None,
    known_conduct=True,
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
    removal=ALL_FOUR,
)

CASES = {
    "leader_notice": leader(opened=False, seen_at=None),
    "leader_opened": leader(seen_at=None, talks=(w.TalkLine(METTE),)),
    "leader_under_way": leader(SOME_DONE, police=(police(**ASKED),)),
    "leader_answered_yes": leader(SOME_DONE, police=(police(**SAID_YES),)),
    "leader_answered_no": leader(SOME_DONE, police=(police(**SAID_NO),)),
    "leader_reported_by_other": leader(reporter=KARIN, untold=(METTE,), seen_at=None, talks=()),
    "leader_unnamed": leader(
        affected=(), affected_unnamed=True, reporter=KARIN, police=(police(None),), consents=(), talks=()
    ),
    "leader_nobody": leader(
        affected=(), nobody_affected=True, reporter=KARIN, police=(police(None),), consents=(), talks=()
    ),
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
    "leader_removal": leader(plan(*SOME_TRIED), removal=DONE_SO_FAR),
    "leader_removal_again": leader(plan(*SOME_TRIED), removal=IS_AGAIN),
    "leader_removal_gone": leader(plan(*ALL_GONE), removal=IS_GONE),
    "leader_from_the_workplace": leader(plan(without=CITIZEN), from_the_workplace=True),
    "leader_known_conduct": leader(SOME_DONE, known_conduct=True),
    "leader_largest": LARGEST,
    "plan": WholePlan(leader()),
    "plan_under_way": WholePlan(leader(SOME_DONE)),
    "plan_gone": WholePlan(leader(plan(*ALL_GONE))),
    "plan_nothing_to_remove": WholePlan(leader(plan(*NOTHING_THERE))),
    "plan_from_the_workplace": WholePlan(leader(plan(without=CITIZEN), from_the_workplace=True)),
    "plan_largest": WholePlan(LARGEST),
    "evidence": Evidence(leader()),
    "evidence_none": Evidence(leader(evidence=(), has_account=False)),
    "evidence_largest": Evidence(LARGEST),
}

"""The ledger of accepts, and what is agreed at the workplace: a view per state and the largest of each card."""

from dataclasses import replace

from casework import views as w
from casework import vocabulary as v
from casework.views import Acted, LedgerLine, Missing
from casework.vocabulary import VAERN, Answer, ConsentKind, EpisodeId
from tests.scenes import CASE, EPISODE, HOSTILE, JONAS, KARIN, LISE, LONG_WORDS, METTE, NOW, PETER
from tests.scenes_case import SOME_DONE, leader
from tests.scenes_employee import OPENED, ORAL, SEEN, asked, mine, question
from tests.scenes_group import reminder
from tests.scenes_pieces import (
    ASKED,
    DAY,
    FIVE,
    HOUR,
    SAID_NO,
    SAID_YES,
    consent,
    done,
    line,
    opened,
    police,
)
from tests.scenes_steps import step

COLLEAGUES, PARTNERS, POLICE, REMOVAL = (
    ConsentKind.COLLEAGUES,
    ConsentKind.PARTNERS,
    ConsentKind.POLICE,
    ConsentKind.REMOVAL,
)


def happened(what: str, hours: float = 0, by: v.PersonId = METTE, kind: ConsentKind = COLLEAGUES, **more: object):
    return replace(LedgerLine(what, SEEN + hours * HOUR, by, kind, METTE, None, f"{kind}.1"), **more)


ASKED_LINE = happened("asked", by=JONAS)
UNREACHED = w.UnreachableLine(
    METTE, JONAS, NOW - HOUR, "Ringet i går kl. 9 og 15, skrevet en mail i dag.", "Anne Berg, Juridisk vagt"
)
LIFE = (
    ASKED_LINE,
    happened("oral_yes", 0.5, JONAS),
    happened("contradicted", 0.8),
    happened("asked_again", 1, JONAS),
    happened("yes", 1.2),
    happened("taken_back", 1.5),
    happened("no", 1.6),
)


def answered(*ledgers: w.Ledger, **changed: object) -> w.AnswersView:
    return replace(w.AnswersView(CASE, 12, JONAS, ledgers), **changed)


YES_TOLD = asked(COLLEAGUES, Answer.YES, can_change=False, acted=(Acted("team", SEEN),))
REPORTED = asked(POLICE, Answer.YES, can_change=False, acted=(Acted("reported", SEEN + HOUR),))
LARGE = tuple(
    w.Ledger(
        asked(POLICE, Answer.YES, episode=EpisodeId(f"episode-{number}"), acted=REPORTED.acted, can_change=False),
        tuple(replace(one, kind=POLICE, wording="police.1+borgerservice.12") for one in LIFE * 2),
    )
    for number in range(6)
)
ANSWERS = {
    "answers_none": answered(),
    "answers_waiting": answered(w.Ledger(asked(COLLEAGUES), (ASKED_LINE,))),
    "answers_given": answered(
        w.Ledger(asked(), (happened("asked", by=VAERN, kind=POLICE, wording=""),)),
        w.Ledger(YES_TOLD, (ASKED_LINE, happened("yes", 1))),
        w.Ledger(
            asked(REMOVAL, Answer.NO), (happened("asked", 1, JONAS, REMOVAL), happened("oral_no", 1, JONAS, REMOVAL))
        ),
    ),
    "answers_whole_life": answered(w.Ledger(asked(COLLEAGUES, Answer.NO), LIFE)),
    "answers_taken_back": answered(w.Ledger(asked(COLLEAGUES, withdrawn_at=NOW), LIFE[:6])),
    "answers_not_reached": answered(w.Ledger(asked(COLLEAGUES), (ASKED_LINE,)), unreachable=UNREACHED),
    "answers_largest": answered(*LARGE, page=2, more=True, unreachable=replace(UNREACHED, tried=LONG_WORDS)),
    "wording": w.WordingView(CASE, 12, asked(answer=Answer.YES), "police.1", KARIN, EPISODE, v.Certainty.EXACT),
    "wording_gone": w.WordingView(CASE, 12, asked(COLLEAGUES), "colleagues.1+nord.9", JONAS, None, v.Certainty.EXACT),
}
QUESTIONS = {
    "question_police_reported": question(REPORTED),
    "question_colleagues_told": question(YES_TOLD),
    "question_partners_told": question(
        asked(PARTNERS, Answer.YES, acted=(Acted("centres", SEEN), Acted("partners", SEEN + DAY)))
    ),
    "question_partners_taken_back_after": question(asked(PARTNERS, withdrawn_at=NOW, acted=(Acted("centres", SEEN),))),
    "question_removal_acted_on": question(
        asked(REMOVAL, Answer.YES, can_change=False, acted=(Acted("removal", SEEN),))
    ),
    "question_police_of_a_former_leader": question(
        asked(answer=Answer.YES, wording="police.1", worded_leader=KARIN, worded_began_at=EPISODE - DAY)
    ),
    "question_partners_oral": question(asked(PARTNERS, Answer.YES, **ORAL, wording="partners.1")),
}
LEADERS = {
    "leader_taken_back": leader(
        SOME_DONE, taken_back=(happened("taken_back"), happened("taken_back", kind=PARTNERS, person=PETER))
    ),
    "leader_taken_back_removal": leader(SOME_DONE, taken_back=(happened("taken_back", kind=REMOVAL),)),
    "step_ask_colleagues_history": step(
        opened("ask_colleagues"), consents=(consent(COLLEAGUES, **SAID_NO),), ledger=LIFE, unreachable=(UNREACHED,)
    ),
    "step_police_consent_unreached": step(
        opened("police_consent"),
        police=(police(**ASKED), police(LISE, **ASKED)),
        affected=(METTE, LISE),
        ledger=tuple(
            replace(one, kind=POLICE, wording="police.1") for one in (ASKED_LINE, replace(ASKED_LINE, by=VAERN))
        ),
        unreachable=(UNREACHED,),
    ),
}

# -- what is agreed at the workplace ---------------------------------------------------------------------------------

RISK = w.RiskLine(
    JONAS,
    SEEN,
    "Nye opslag, når der kommer en afgørelse.",
    "Mødet om boligen i næste uge.",
    "To til mødet, og vagten ved det.",
    "Karin Holm",
    NOW + 20 * DAY,
)
AGREED = w.ProtectionLine(
    METTE,
    JONAS,
    SEEN,
    (v.ContactWay.OTHER_CASEWORKER, v.ContactWay.TELEPHONE, v.ContactWay.OTHER),
    "Karin tager møderne. Du møder ind ad bagdøren.",
    NOW + 14 * DAY,
)
TOLD = w.TellingLine(v.Audience.TEAM, JONAS, SEEN, "Teamet på mandagsmødet")
LOCKED_TEAM = Missing("answer_colleagues", people=(METTE,))
AUDIENCES = (
    w.AudienceLine(v.Audience.TEAM, (), (TOLD,)),
    w.AudienceLine(v.Audience.CENTRES),
    w.AudienceLine(v.Audience.PARTNERS),
)
LOCKED_ALL = (
    w.AudienceLine(v.Audience.TEAM, (LOCKED_TEAM,)),
    w.AudienceLine(v.Audience.CENTRES, (Missing("refused_partners", people=(METTE,)),)),
    w.AudienceLine(v.Audience.PARTNERS, (Missing("refused_partners", people=(METTE,)),)),
)
PLANNED = w.DebriefingLine(NOW + 2 * DAY, "Hele teamet. Falck leder den.", None, begun=False)
MUCH = w.WorkplaceView(
    risk=replace(RISK, again=LONG_WORDS, meeting=LONG_WORDS, agreed=LONG_WORDS, follow_up_by=LONG_WORDS),
    protected=tuple(replace(AGREED, person=person, words=LONG_WORDS, ways=tuple(v.ContactWay)) for person in FIVE),
    audiences=tuple(
        w.AudienceLine(one, (), tuple(replace(TOLD, audience=one, who=LONG_WORDS) for _ in range(9)))
        for one in v.Audience
    ),
    debriefing=replace(PLANNED, who=LONG_WORDS, begun=True),
)


def at(of: w.StepLine, **agreed: object) -> w.StepView:
    return step(of, workplace=replace(w.WorkplaceView(), **agreed), consents=(consent(COLLEAGUES), consent(PARTNERS)))


def much(of: str) -> w.StepView:
    notes = tuple((JONAS, SEEN, LONG_WORDS[:1_000]) for _ in range(5))
    return step(opened(of), workplace=MUCH, affected=FIVE, notes=notes, consents=(), ledger=LIFE * 3)


STEPS = {
    "step_risk_assessed": at(done("risk_assessment"), risk=RISK),
    "step_risk_hostile": at(done("risk_assessment"), risk=replace(RISK, again=HOSTILE, follow_up_by=HOSTILE)),
    "step_contact_agreed": at(done("avoid_contact"), protected=(AGREED,)),
    "step_contact_ended": at(opened("avoid_contact"), protected=(replace(AGREED, until=NOW - DAY, ended=True),)),
    "step_audiences_open": replace(
        at(opened("inform_colleagues"), audiences=AUDIENCES),
        consents=(consent(COLLEAGUES, **SAID_YES), consent(PARTNERS, **SAID_YES)),
        ledger=LIFE[:1],
    ),
    "step_audiences_locked": at(line("inform_colleagues"), audiences=LOCKED_ALL),
    "step_audiences_told_and_locked": at(
        line("inform_colleagues"),
        audiences=(
            replace(AUDIENCES[0], told=(TOLD, replace(TOLD, who=""))),
            replace(LOCKED_ALL[1], told=(replace(TOLD, audience=v.Audience.CENTRES, who="Center Syd"),)),
            LOCKED_ALL[2],
        ),
    ),
    "step_audiences_unnamed": at(
        line("inform_colleagues", missing=(Missing("affected_unnamed"),)),
        audiences=tuple(w.AudienceLine(one, (Missing("affected_unnamed"),)) for one in v.Audience),
    ),
    "step_debriefing_planned": at(opened("debriefing"), debriefing=PLANNED),
    "step_debriefing_begun": at(opened("debriefing"), debriefing=replace(PLANNED, begins_at=NOW - DAY, begun=True)),
    "step_debriefing_held": at(done("debriefing"), debriefing=replace(PLANNED, begun=True, held=v.Held.HELD)),
    "step_debriefing_not_held": at(opened("debriefing"), debriefing=replace(PLANNED, begun=True, held=v.Held.NOT_HELD)),
    **{
        f"step_{of}_largest": much(of) for of in ("risk_assessment", "avoid_contact", "inform_colleagues", "debriefing")
    },
}
EMPLOYEES = {
    "employee_protected": mine("protected", **OPENED, protected=AGREED, told=(TOLD,)),
    "employee_protected_for_now": mine("seen", **OPENED, protected=replace(AGREED, until=None, words="")),
}
REMINDERS = {
    "reminder_risk_follow_up": reminder("risk_follow_up", step=done("risk_assessment")),
    "reminder_contact_ends": reminder("contact_ends", step=done("avoid_contact")),
    "reminder_contact_ends_mine": reminder("contact_ends", to="affected_employee"),
    "reminder_risk_follow_up_late": reminder("risk_follow_up", step=done("risk_assessment"), moment=NOW - 3 * DAY),
    "reminder_contact_ends_late": reminder("contact_ends", step=done("avoid_contact"), moment=NOW - DAY),
    "reminder_contact_ends_late_mine": reminder("contact_ends", to="affected_employee", moment=NOW - DAY),
    "reminder_debriefing_ahead": reminder("debriefing_ahead", step=opened("debriefing"), moment=NOW + DAY),
    "reminder_debriefing_held": reminder("debriefing_held", step=opened("debriefing"), moment=NOW - DAY),
}
ACCEPTS: dict[str, object] = ANSWERS | QUESTIONS | LEADERS | STEPS | EMPLOYEES | REMINDERS

"""Events → the case: one line per kind of event. What a single step, accept or area becomes stands in its own fold."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import assert_never

from casework import events as e
from casework.after import consent_after, in_new_hands, received, reminded_after, step_after
from casework.case import ANALYSIS, TALK, Case
from casework.pace import pace_of
from casework.state import Analysis, Assessed, Episode, Originator, Outcome, StepState, changed
from casework.state.accepts import accepts_after
from casework.state.closing import closing_after
from casework.state.coaching import coaching_after
from casework.state.custody import custody_after
from casework.state.documenting import documenting_after
from casework.state.letters import letters_after
from casework.state.measures import measures_after
from casework.state.recognition import recognition_after
from casework.state.removal import removal_after
from casework.state.talk import talk_after
from casework.state.waiting import waiting_after, waiting_from
from casework.state.wellbeing import wellbeing_after
from casework.state.workplace import arranged_after
from casework.vocabulary import CaseId, PersonId, Stage


def replay(case: CaseId, events: Iterable[e.Event], version: int = 0) -> Case:
    """The case its events add up to. `version` is the store's number of commits."""
    now = Case(case)
    for event in events:
        now = evolve(now, event)
    return changed(now, version=version)


def evolve(case: Case, event: e.Event) -> Case:
    """The case after one more event."""
    return changed(_evolved(case, event), log=(*case.log, event))


def _evolved(case: Case, event: e.Event) -> Case:  # one line per kind of event: a table, however long
    match event:
        case e.DraftStarted():
            return changed(case, reporter=event.by, started_at=event.at)
        case e.WhomTold():
            return changed(case, whom=event.whom, affected=event.affected, danger=event.danger)
        case e.AccountGiven():
            kept = tuple(item for item in case.account if item != event.replaces)
            first = (event.item, *kept) if event.replaces else (*kept, event.item)
            return changed(case, account=first)
        case e.CircumstancesTold():
            return changed(case, circumstances=event)
        case e.EpisodeTold() | e.EpisodeCorrected():
            return changed(case, episodes={**case.episodes, event.episode: _episode(case, event)})
        case e.AccountWithdrawn():
            return changed(case, account=tuple(item for item in case.account if item != event.item))
        case e.EpisodeWithdrawn():
            return changed(case, episodes={key: one for key, one in case.episodes.items() if key != event.episode})
        case e.OriginatorTold():
            return changed(case, originator=Originator(event.kind, event.identifier, event.links, event.person))
        case e.EvidenceReceived():
            return changed(case, items={**case.items, event.item: received(event, _given_for(case, event.by))})
        case e.EvidenceDescribed():
            described = changed(case.items[event.item], shows=event.shows)
            return changed(case, items={**case.items, event.item: described})
        case e.RecipientChosen():
            chosen = changed(case, recipient=event.recipient, excluded=frozenset(event.excluded))
            return changed(chosen, stands_in=bool(event.stands_in))
        case e.DraftReminded():
            return changed(case, reminded=case.reminded | {"draft"})
        case e.ReportSent():
            return _sent(case, event)
        case e.CallAsked():
            asked = changed(case, stage=Stage.CALL, reporter=event.by, recipient=event.recipient)
            shut_out = frozenset(event.excluded)
            return changed(asked, sent_at=event.at, given_at=event.at, excluded=shut_out, waiting=waiting_from(event))
        case e.CallMade():
            return changed(case, call_made_at=event.at, stage=Stage.CLOSED)
        case e.CaseOpened():
            return changed(case, opened_at=case.opened_at or event.at)
        case e.CaseSeen():
            return changed(case, seen_at=case.seen_at or event.at, waiting=waiting_after(case.waiting, event))
        case e.CaseConsulted() | e.HoldSet() | e.HoldLifted() | e.ErasureAnnounced():
            return changed(case, custody=custody_after(case.custody, event))
        case e.ItemDestroyed() | e.ItemWithdrawn():
            return _taken_out(case, event)
        case e.ItemOpened() | e.WayTried() | e.DocumentationMade() | e.PackageMade():
            return case
        case e.CaseHandedOn():
            return _handed_on(case, event)
        case e.PersonLeft():
            return _left(case, event)
        case e.NobodyNext() | e.NobodyStandsIn():
            return changed(case, waiting=waiting_after(case.waiting, event))
        case e.NobodyReached():
            return changed(case, unreached=event)
        case e.RecipientReached():
            return changed(case, unreached=None)
        case e.AffectedTold():
            return changed(case, told={**case.told, event.person: event.at})
        case e.AffectedNamed():
            return _named(case, event)
        case e.OffenceDenied():
            return changed(case, denied={**case.denied, event.by: event.at})
        case e.NoMoreWanted():
            return changed(case, no_more={**case.no_more, event.by: event.at})
        case (
            e.StepCompleted()
            | e.StepSetAside()
            | e.StepOffered()
            | e.StepAccepted()
            | e.StepDeclined()
            | e.StepTaken()
            | e.StepNoted()
            | e.StepPostponed()
            | e.StepUndone()
        ):
            steps = {**case.steps, event.step: step_after(case.step(event.step), event)}
            return changed(case, steps=steps, analysis_by=_analyst_after(case, event))
        case (
            e.ConsentAsked()
            | e.ConsentAnswered()
            | e.ConsentAnsweredOrally()
            | e.ConsentContradicted()
            | e.ConsentWithdrawn()
        ):
            key = (event.kind, event.person, event.episode)
            consents = {**case.consents, key: consent_after(case.consents.get(key), event)}
            return changed(case, consents=consents, accepts=accepts_after(case.accepts, event))
        case e.AffectedUnreachable():
            return changed(case, accepts=accepts_after(case.accepts, event))
        case (
            e.RiskAssessed() | e.ProtectionAgreed() | e.AudienceTold() | e.DebriefingPlanned() | e.DebriefingAnswered()
        ):
            return changed(case, arranged=arranged_after(case.arranged, event))
        case e.PoliceAssessed():
            return changed(case, assessed=Assessed(event.assessment, event.reason, event.by, event.at))
        case e.OutcomeRecorded():
            outcome = Outcome(event.outcome, event.by, event.at, event.details, event.reported_at)
            return changed(case, outcomes={**case.outcomes, (event.episode, event.person): outcome})
        case e.OutcomeReopened():
            left = {key: outcome for key, outcome in case.outcomes.items() if key != (event.episode, event.person)}
            return changed(case, outcomes=left)
        case e.Reminded() | e.ReminderUnsaid():
            return reminded_after(case, event)
        case e.TalkEvent():
            return changed(case, talk=talk_after(case.talk, event))
        case e.DocumenterEvent():
            return changed(case, documenting=documenting_after(case.documenting, event))
        case e.CoachEvent():
            return changed(case, coaching=coaching_after(case.coaching, event))
        case e.PaceSet():
            return changed(case, pace=pace_of(event))
        case e.CheckInsSwitched():
            return changed(case, wellbeing=wellbeing_after(case.wellbeing, event))
        case e.AnalysisTaken():
            return changed(case, analysis_by=event.by)
        case e.AnalysisFinished():
            return changed(case, analysis=_analysis(event))
        case e.FollowedUp():
            return changed(case, followed_up={**case.followed_up, event.measure: (event.answer, event.at)})
        case e.MeasureAssigned():
            return changed(case, measures=measures_after(case.measures, event))
        case e.LetterDrafted() | e.LetterSent() | e.LetterJournalised():
            return changed(case, letters=letters_after(case.letters, event))
        case e.AskedIfMissing() | e.ClosingAnswered() | e.AnalysisAsked():
            return changed(case, closing=closing_after(case.closing, event))
        case e.CaseClosed():
            return changed(case, stage=Stage.CLOSED, closing=closing_after(case.closing, event))
        case e.CaseReopened():
            return _reopened(case, event)
        case e.RungTried() | e.RungAnswered() | e.RemovalEnded() | e.RemovalReopened():
            return changed(case, removal=removal_after(case.removal, event))
        case e.ConductRecognised():
            return changed(case, recognition=recognition_after(case.recognition, event))
        case _:
            assert_never(event)  # type: ignore[arg-type]


def _episode(case: Case, event: e.EpisodeTold | e.EpisodeCorrected) -> Episode:
    """A corrected episode is still whose it was."""
    before = case.episodes.get(event.episode)
    told_by = before.told_by if before else event.by
    return Episode(event.episode, event.began_at, event.certainty, told_by, event.at)


def _named(case: Case, event: e.AffectedNamed) -> Case:
    """Whoever is affected handles no step: what they had is the leader's again. A talk that was had was with others."""
    steps = {step: _without(state, event.people) for step, state in case.steps.items()}
    talk = steps.get(TALK)
    if event.people and talk is not None and talk.reason is None:
        steps[TALK] = changed(talk, done_by=None, done_at=None)
    analyst = None if case.analysis_by in event.people else case.analysis_by
    affected = (*case.affected, *event.people)
    named = changed(case, affected=affected, nobody_affected=not event.people, steps=steps, analysis_by=analyst)
    return changed(named, measures=case.measures.without(event.people))


def _left(case: Case, event: e.PersonLeft) -> Case:
    """What they had of it is the leader's again, and shows whose it was until somebody acts on it."""
    given = {step: changed(_without(case.step(step), (event.person,)), touched_by=event.person) for step in event.steps}
    analyst = None if case.analysis_by == event.person else case.analysis_by
    left = case.measures.without((event.person,))
    return changed(case, steps={**case.steps, **given}, analysis_by=analyst, measures=left)


def _without(step: StepState, people: tuple[PersonId, ...]) -> StepState:
    owner = None if step.owner in people else step.owner
    return changed(step, owner=owner, offered_to=None if step.offered_to in people else step.offered_to)


def _analyst_after(case: Case, event: e.Event) -> PersonId | None:
    """The analysis can be taken, handed over, and given back."""
    if getattr(event, "step", None) == ANALYSIS:
        if isinstance(event, e.StepAccepted):
            return event.by
        if isinstance(event, e.StepDeclined) and event.by == case.analysis_by:
            return None
    return case.analysis_by


def _sent(case: Case, event: e.ReportSent) -> Case:
    told = {event.by: event.at} if event.by in case.affected else {}
    return changed(
        case,
        stage=Stage.OPEN,
        recipient=event.recipient,
        excluded=frozenset(event.excluded),
        workplace=event.workplace,
        group=event.group,
        left_out=event.left_out or (),
        sent_at=event.at,
        given_at=event.at,
        waiting=waiting_from(event),
        told=told,
    )


def _handed_on(case: Case, event: e.CaseHandedOn) -> Case:
    """Everything of the former recipient's goes on with the new one, who gets it as it was first given: unopened."""
    learned = case.analysis
    if learned is not None and learned.follow_up_by == event.former:
        learned = changed(learned, follow_up_by=event.to)
    formers = {person: why for person, why in case.formers.items() if person != event.to} | {event.former: event.reason}
    return changed(
        case,
        recipient=event.to,
        given_at=event.at,
        opened_at=None,
        seen_at=None,
        unreached=None,
        waiting=waiting_after(case.waiting, event),
        formers=formers,
        steps={step: in_new_hands(state, event) for step, state in case.steps.items()},
        analysis_by=event.to if case.analysis_by == event.former else case.analysis_by,
        analysis=learned,
        measures=case.measures.passed(event.former, event.to),
    )


def _reopened(case: Case, event: e.CaseReopened) -> Case:
    """Whoever asks for it wants more done. Not by whoever has it: then it is given to them anew, unopened."""
    wants_more = {"denied": _but(case.denied, event.by), "no_more": _but(case.no_more, event.by)}
    ended = {"closing": closing_after(case.closing, event), "custody": custody_after(case.custody, event)}
    again = changed(case, stage=Stage.OPEN, **ended, **wants_more)
    if event.by == case.recipient:
        return again
    waiting = waiting_after(case.waiting, event)
    return changed(again, given_at=event.at, opened_at=None, seen_at=None, waiting=waiting)


def _given_for(case: Case, giver: PersonId) -> PersonId | None:
    """Whose it is besides, when a colleague documents. What happened to them too is their own."""
    return None if giver in case.affected else case.documenting.given_for(giver)


def _taken_out(case: Case, event: e.ItemDestroyed | e.ItemWithdrawn) -> Case:
    """It is no piece of the case's evidence any more: whatever is drawn or made of the case lacks it."""
    custody = custody_after(case.custody, event, case.items.get(event.item))
    return changed(case, custody=custody, items={key: one for key, one in case.items.items() if key != event.item})


def _but(said: Mapping[PersonId, datetime], person: PersonId) -> Mapping[PersonId, datetime]:
    return {one: at for one, at in said.items() if one != person}


def _analysis(event: e.AnalysisFinished) -> Analysis:
    learned = event.by, event.at, event.answers, event.measures, event.change_plan
    return Analysis(*learned, event.follow_up_by, event.plan)

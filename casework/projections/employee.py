"""The case as the affected employee and the reporter may see it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from casework import events as e
from casework import views as w
from casework.case import Case, Episode
from casework.consent import has_effect, keys
from casework.countdown import PASSED
from casework.custody import once_given
from casework.deadline import deadline, has_passed, open_questions, questions
from casework.evidence import giver_of, meant_by
from casework.plan import is_closed, missing, steps_of
from casework.projections import removal
from casework.projections.accepts import acted_on, filled_wordings
from casework.projections.closing import ended
from casework.projections.coach import how_far
from casework.projections.common import Texts, deadlines, evidence_lines, seen_lines, text_of
from casework.projections.documenting import documenter_lines
from casework.projections.handed import formers, goes_on_at, handed, headlines
from casework.projections.letters import told_letters
from casework.projections.talk import talk_line
from casework.projections.workplace import protection_of, tellings_on
from casework.recognition import is_not_the_only_one
from casework.state import Consent, Outcome
from casework.vocabulary import Certainty, ConsentKind, EpisodeId, ItemId, OutcomeKind, PersonId, Stage, StepId


def employee_view(case: Case, reader: PersonId, texts: Texts, now: datetime) -> w.EmployeeView:
    """The affected employee's own card. Other affected people are not in it."""
    headline, at = _headline(case, reader, now)
    safetynet = case.step(StepId("safetynet"))
    return w.EmployeeView(
        case=case.id,
        version=case.version,
        headline=headline,
        headline_at=at,
        leader=case.recipient or PersonId(""),
        leader_role=_leader_role(case),
        sent_at=case.sent_at or now,
        opened_at=case.opened_at,
        seen_at=case.seen_at,
        openings=_openings(case, reader),
        group_told=case.group is not None,
        deadlines=own_deadlines(case, reader, now),
        questions=questions_to(case, reader, texts),
        outcomes=_outcomes(case, reader, texts),
        set_aside=_set_aside(case, texts),
        evidence=seen_lines(case, reader, texts),
        documenters=documenter_lines(case, reader),
        secured=how_far(case, reader),
        talked_at=_talked(case, reader),
        next_step=_next_step(case),
        reported_by=case.reporter if case.reporter != reader else None,
        denied=reader in case.denied,
        no_more=reader in case.no_more,
        safetynet_done_at=safetynet.done_at if safetynet.reason is None else None,
        closed=case.stage is Stage.CLOSED,
        helpers=_helpers(case, reader),
        given_at=case.given_at,
        handed=handed(case, now),
        formers=formers(case),
        letters=told_letters(case, reader, texts),
        ended=ended(case, reader, texts),
        asked_to_close=_asked_to_close(case, reader),
        protected=protection_of(case, reader, texts, now),
        told=tellings_on(case, reader, texts),
        unreachable_at=note.at if (note := case.accepts.unreachable.get(reader)) else None,
        removal=removal.removal_view(case),
        goes_on_at=goes_on_at(case),
        not_the_only_one=is_not_the_only_one(case, reader),
        talk=talk_line(case, reader, texts, mine=True),
    )


def _helpers(case: Case, reader: PersonId) -> tuple[w.Helper, ...]:
    """Who besides the leader has a step of the case."""
    owners = ((case.step(step.id).owner, step.id) for step in steps_of(case))
    return tuple(w.Helper(owner, step) for owner, step in owners if owner and owner not in (case.recipient, reader))


def own_deadlines(case: Case, reader: PersonId, now: datetime) -> tuple[w.Deadline, ...]:
    """The episodes that concern the reader, each open as long as it is for them: not for anyone else."""
    own = {episode for episode, person in questions(case) if person == reader}
    still_open = {episode for episode, person in open_questions(case) if person == reader}
    mine = (line for line in deadlines(case, now) if line.episode in own)
    return tuple(replace(d, open=d.episode in still_open, reported=_reported(case, d.episode, reader)) for d in mine)


def _reported(case: Case, episode: EpisodeId, reader: PersonId) -> bool:
    outcome = case.outcomes.get((episode, reader))
    return outcome is not None and outcome.kind is OutcomeKind.REPORTED


def _next_step(case: Case) -> StepId | None:
    """What the leader can do next."""
    steps = (step for step in steps_of(case) if not is_closed(case, step) and not missing(case, step))
    return next((step.id for step in steps), None)


def _asked_to_close(case: Case, reader: PersonId) -> bool:
    asked = case.closing.question_to(reader)
    return asked is not None and asked.answer is None and case.stage is Stage.OPEN


def _headline(case: Case, reader: PersonId, now: datetime) -> tuple[str, datetime]:
    """The newest that has happened to the reader and still holds, in words of theirs."""
    if case.closing.closed_at:
        return "closed", case.closing.closed_at
    sent = ("sent", case.sent_at or now)
    again = (("reopened", case.closing.reopened_at),) if case.closing.reopened_at else ()
    of_others = (*_of_the_police(case, reader, now), *removal.headlines(case))
    happened = (*headlines(case, now), sent, *again, *_from_the_leader(case, reader), *of_others)
    return max(happened, key=lambda one: one[1])


def _from_the_leader(case: Case, reader: PersonId) -> Iterator[tuple[str, datetime]]:
    if case.seen_at:
        yield "seen", case.seen_at
    if talked := _talked(case, reader):
        yield "talked", talked
    if agreed := case.arranged.protected.get(reader):
        yield "protected", agreed.at
    written = [said.at for said in case.talk.thread(reader) if said.by != reader]
    if written:
        yield "written", written[-1]
    for (kind, person, episode), consent in case.consents.items():
        open_ = consent.answer is None and consent.withdrawn_at is None and has_effect(case, kind, person, episode)
        if person == reader and open_ and (episode, person) not in case.outcomes:
            yield "asked", consent.contradicted_at or consent.asked_at


def _of_the_police(case: Case, reader: PersonId, now: datetime) -> Iterator[tuple[str, datetime]]:
    passed = _over(case, reader, now)
    for (_, person), outcome in case.outcomes.items():
        known = {OutcomeKind.REPORTED: "reported", OutcomeKind.PASSED: passed}
        if person == reader and (headline := known.get(outcome.kind, "not_reported")):
            yield headline, outcome.at
    if passed and any(person == reader for _, person in open_questions(case)):
        reminded = (event for event in case.log if isinstance(event, e.Reminded) and event.to == reader)
        yield from ((passed, event.at) for event in reminded if event.reminder.startswith(PASSED))


def _over(case: Case, reader: PersonId, now: datetime) -> str:
    """How it is said that an episode's time is over: not as if all were, while one still runs. Empty: none is."""
    mine = own_deadlines(case, reader, now)
    if not any(line.passed and not line.reported for line in mine):
        return ""
    return "still_running" if any(line.running for line in mine) else "passed"


def _talked(case: Case, reader: PersonId) -> datetime | None:
    """When the leader had the talk with this person. One that was had before they were named was with others."""
    talked = None
    for event in case.log:
        match event:
            case e.StepCompleted(step="talk"):
                talked = event.at
            case e.StepUndone(step="talk"):
                talked = None
            case e.AffectedNamed(people=people) if reader in people:
                talked = None
            case e.PointsWritten(person=person) if person == reader:
                talked = event.at
    return talked


def _leader_role(case: Case) -> str:
    """Which words: "leader", or "stand_in" for one who is away; "other" when the ordinary one was chosen away."""
    behind = {case.originator.person} if case.originator else set()
    if case.excluded - behind or case.formers:
        return "other"
    return "stand_in" if case.stands_in else "leader"


def _openings(case: Case, reader: PersonId) -> tuple[w.Opening, ...]:
    """Who opened what of the reader's own, or of what was given about them alone: the newest time of each."""
    seen: dict[tuple[PersonId, ItemId], w.Opening] = {}
    for event in case.log:
        if isinstance(event, e.ItemOpened) and _of_the_reader(case, event.item, reader):
            item = once_given(case, event.item)
            seen[event.by, event.item] = w.Opening(event.by, event.at, item.number if item else None)
    return tuple(seen.values())


def _of_the_reader(case: Case, item: ItemId, reader: PersonId) -> bool:
    withdrawn = case.custody.withdrawn.get(item)
    givers = {giver_of(case, one) for one in meant_by(case, item)} | ({withdrawn.by} if withdrawn else set())
    return reader in givers or case.affected == (reader,)


def questions_to(case: Case, reader: PersonId, texts: Texts) -> tuple[w.Asked, ...]:
    """Every accept this person has been asked for, and how it stands."""
    return tuple(
        asked(case, kind, episode, reader, texts)
        for kind, person, episode in (key for kind in ConsentKind for key in keys(case, kind))
        if person == reader and (kind, person, episode) in case.consents
    )


def asked(case: Case, kind: ConsentKind, episode: EpisodeId | None, reader: PersonId, texts: Texts) -> w.Asked:
    """One accept as it stands. KeyError when the reader was never asked."""
    consent = case.consents[kind, reader, episode]
    told = case.episodes.get(episode) if episode else None
    return w.Asked(
        kind,
        episode,
        told.began_at if told else None,
        deadline(told) if told else None,
        consent.answer,
        consent.answered_at,
        consent.how is not None and consent.answer is not None,
        consent.said_at,
        consent.recorded_by,
        text_of(texts, consent.how),
        has_effect(case, kind, reader, episode),
        consent.withdrawn_at,
        told.certainty if told else Certainty.EXACT,
        consent.wording if consent.answer is not None else "",
        acted_on(case, kind, reader, episode),
        *_spoken_to(case, kind, reader, episode, consent),
    )


def _spoken_to(case: Case, kind: ConsentKind, reader: PersonId, episode: EpisodeId | None, consent: Consent):
    """To whom and about which moment the answered wording spoke then; nothing while there is no answer."""
    met = filled_wordings(case, kind, reader, episode) if consent.answer is not None else ()
    answered = [one for one in met if one.wording == consent.wording]
    return (answered[-1].leader, answered[-1].began_at, answered[-1].certainty) if answered else ()


def _outcomes(case: Case, reader: PersonId, texts: Texts) -> tuple[w.OutcomeLine, ...]:
    return tuple(
        _outcome(case.episodes[episode], o, texts)
        for (episode, person), o in case.outcomes.items()
        if person == reader and episode in case.episodes
    )


def _outcome(told: Episode, o: Outcome, texts: Texts) -> w.OutcomeLine:
    written = text_of(texts, o.details)
    return w.OutcomeLine(told.id, told.began_at, o.kind, o.by, o.at, o.reported_at, written, told.certainty)


def _set_aside(case: Case, texts: Texts) -> tuple[w.SetAsideLine, ...]:
    """What was found not relevant, and why. With several affected a reason may be about another: then none is shown."""
    if len(case.affected) > 1:
        return ()
    return tuple(
        w.SetAsideLine(step, text_of(texts, state.reason), state.done_by, state.done_at)
        for step, state in case.steps.items()
        if state.reason and state.done_by and state.done_at
    )


def reporter_view(case: Case, reader: PersonId, texts: Texts, now: datetime) -> w.ReporterView:
    """Received, seen, what they gave. What came of it, and what others told, is none of the reporter's business."""
    return w.ReporterView(
        case=case.id,
        version=case.version,
        sent_at=case.sent_at or now,
        leader=case.recipient or PersonId(""),
        seen_at=case.seen_at,
        affected=_named_by(case, reader),
        evidence=evidence_lines(case, reader, texts, all_of_it=False),
        secured=how_far(case, reader),
        deadlines=told_deadlines(case, reader, now),
        closed=case.stage is Stage.CLOSED,
        handed=handed(case, now),
        ended=ended(case, reader, texts),
    )


def told_deadlines(case: Case, reader: PersonId, now: datetime) -> tuple[w.Deadline, ...]:
    """Episodes as the reader last told them: not as somebody else has corrected them, nor what came of them."""
    told = {
        event.episode: Episode(event.episode, event.began_at, event.certainty, reader, event.at)
        for event in case.log
        if isinstance(event, e.EpisodeTold | e.EpisodeCorrected) and event.by == reader
    }
    kept = sorted((one for one in told.values() if one.id in case.episodes), key=lambda one: (one.began_at, one.id))
    return tuple(w.Deadline(x.id, x.began_at, x.certainty, deadline(x), has_passed(x, now)) for x in kept)


def _named_by(case: Case, reader: PersonId) -> tuple[PersonId, ...]:
    """Those the reporter named. Whoever the leader added later is none of the reporter's business."""
    named = [event.affected for event in case.log if isinstance(event, e.WhomTold) and event.by == reader]
    return named[-1] if named else ()

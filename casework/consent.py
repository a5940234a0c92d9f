"""Accepts: asked of each affected person for themselves, answered by them, taken back where that has an effect.

B9, B16, H6, H7. Nobody answers for another; what is given orally is written down by the leader and can be contradicted.
"""

from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import Case, Consent, ConsentKey
from casework.deadline import questions
from casework.vocabulary import Answer, ConsentKind, EpisodeId, PersonId, Refused, StepId

WORDING = {ConsentKind.POLICE: "police.1", ConsentKind.COLLEAGUES: "colleagues.1", ConsentKind.REMOVAL: "removal.1"}
"""The wording version now in use. A new wording in the words files is a new version here."""


def keys(case: Case, kind: ConsentKind) -> tuple[ConsentKey, ...]:
    """Every accept of this kind that the case needs: police per (episode, person), else per person."""
    if kind is ConsentKind.POLICE:
        return tuple((kind, person, episode) for episode, person in questions(case) if person is not None)
    return tuple((kind, person, None) for person in case.affected)


def everyone_asked(case: Case, kind: ConsentKind) -> bool:
    """Every affected person was asked; never true of nobody."""
    return bool(case.affected) and all(key in case.consents for key in keys(case, kind))


def waiting_for(case: Case, kind: ConsentKind) -> tuple[PersonId, ...]:
    """Affected people with an answer of this kind still missing, each once."""
    waiting = (person for _, person, episode in keys(case, kind) if _answer(case, kind, person, episode) is None)
    return tuple(dict.fromkeys(waiting))


def refusing(case: Case, kind: ConsentKind) -> tuple[PersonId, ...]:
    """Affected people who have said no."""
    said_no = (person for _, person, episode in keys(case, kind) if _answer(case, kind, person, episode) is Answer.NO)
    return tuple(dict.fromkeys(said_no))


def colleague_answers_in(case: Case) -> bool:
    return bool(case.affected) and not waiting_for(case, ConsentKind.COLLEAGUES)


def police_answers_in(case: Case) -> bool:
    """Each (episode, affected) is answered, or its outcome is recorded. Never true of an empty list."""
    asked = keys(case, ConsentKind.POLICE)
    return bool(asked) and all(
        _answer(case, kind, person, episode) is not None or (episode, person) in case.outcomes
        for kind, person, episode in asked
    )


def _answer(case: Case, kind: ConsentKind, person: PersonId, episode: EpisodeId | None) -> Answer | None:
    consent = case.consent(kind, person, episode)
    return consent.answer if consent else None


def ask_consent(case: Case, command: c.AskConsent, now: datetime) -> tuple[e.Event, ...]:
    """Ask everyone who has not answered. Who said no is not asked again."""
    if not case.affected:
        raise Refused("affected_unnamed")
    if command.kind is ConsentKind.POLICE and not case.step(StepId("legal_staff")).closed:
        raise Refused("legal_staff_first")
    return tuple(
        e.ConsentAsked(by=command.by, at=now, kind=kind, person=person, episode=episode)
        for kind, person, episode in keys(case, command.kind)
        if _askable(case.consent(kind, person, episode)) and (episode, person) not in case.outcomes
    )


def _askable(consent: Consent | None) -> bool:
    return consent is None or consent.contradicted_at is not None


def answer_consent(case: Case, command: c.AnswerConsent, now: datetime) -> tuple[e.Event, ...]:
    """The affected person's own answer to exactly the wording they saw. It can be changed while it has an effect."""
    consent = _asked(case, command.kind, command.by, command.episode)
    if command.wording != WORDING[command.kind]:
        raise Refused("wording_changed")
    if consent.answer is command.answer and consent.how is None:
        return ()
    _still_has_effect(case, command.kind, command.by, command.episode)
    return (
        e.ConsentAnswered(
            by=command.by,
            at=now,
            kind=command.kind,
            person=command.by,
            answer=command.answer,
            wording=command.wording,
            episode=command.episode,
        ),
    )


def record_oral_consent(case: Case, command: c.RecordOralConsent, now: datetime) -> tuple[e.Event, ...]:
    """What was said, written down by the leader. It never overrules what the person answered themselves."""
    if (command.kind, command.person, command.episode) not in keys(case, command.kind):
        raise Refused("not_asked")
    if command.said_at > now:
        raise Refused("said_in_future")
    if not command.how.text.strip():
        raise Refused("details_missing")
    own = case.consent(command.kind, command.person, command.episode)
    if own is not None and own.answer is not None and own.how is None:
        raise Refused("already_recorded")
    _still_has_effect(case, command.kind, command.person, command.episode)
    return (
        e.ConsentAnsweredOrally(
            by=command.by,
            at=now,
            kind=command.kind,
            person=command.person,
            answer=command.answer,
            said_at=command.said_at,
            how=command.how.item,
            episode=command.episode,
        ),
    )


def contradict_consent(case: Case, command: c.ContradictConsent, now: datetime) -> tuple[e.Event, ...]:
    consent = _asked(case, command.kind, command.by, command.episode)
    if consent.contradicted_at is not None and consent.answer is None:
        return ()
    if consent.how is None:
        raise Refused("cannot_change_answer")
    return (
        e.ConsentContradicted(
            by=command.by, at=now, kind=command.kind, person=command.by, episode=command.episode
        ),
    )


def withdraw_consent(case: Case, command: c.WithdrawConsent, now: datetime) -> tuple[e.Event, ...]:
    """Taken back where that still has an effect: not when the report is handed in or the team has been told."""
    consent = _asked(case, command.kind, command.by, command.episode)
    if consent.answer is None:
        return ()
    _still_has_effect(case, command.kind, command.by, command.episode)
    return (
        e.ConsentWithdrawn(by=command.by, at=now, kind=command.kind, person=command.by, episode=command.episode),
    )


def _asked(case: Case, kind: ConsentKind, person: PersonId, episode: EpisodeId | None) -> Consent:
    consent = case.consent(kind, person, episode)
    if consent is None:
        raise Refused("not_asked")
    return consent


def has_effect(case: Case, kind: ConsentKind, person: PersonId, episode: EpisodeId | None) -> bool:
    """An answer can still be given or changed: nothing has been done on it yet."""
    if kind is ConsentKind.POLICE:
        return (episode, person) not in case.outcomes
    done_on_it = "inform_colleagues" if kind is ConsentKind.COLLEAGUES else "ask_author"
    step = case.step(StepId(done_on_it))
    return not step.closed or step.reason is not None


def _still_has_effect(case: Case, kind: ConsentKind, person: PersonId, episode: EpisodeId | None) -> None:
    if not has_effect(case, kind, person, episode):
        raise Refused("cannot_change_answer")

"""Accepts: asked of each affected person for themselves, answered by them, taken back where that has an effect.

B9, B16, H6, H7. Nobody answers for another; what is given orally is written down by the leader and can be contradicted.
"""

from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.calendar import start_of
from casework.case import Case, Consent, ConsentKey
from casework.deadline import questions
from casework.vocabulary import (
    Answer,
    Audience,
    ConsentKind,
    EpisodeId,
    OutcomeKind,
    PersonId,
    Refused,
    StepId,
)
from casework.writing import a_few_words

WORDING = {
    ConsentKind.POLICE: "police.1",
    ConsentKind.COLLEAGUES: "colleagues.1",
    ConsentKind.REMOVAL: "removal.1",
    ConsentKind.PARTNERS: "partners.1",
}
"""The original wordings' versions. A new wording in the words files is a new version here; a local one has its own,
as `police.1+nord.2` (`casework/local.py`)."""


ASK_AUTHOR, INFORM_COLLEAGUES = StepId("ask_author"), StepId("inform_colleagues")


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
    """Affected people who have said no, or have taken their yes back."""
    said_no = (person for _, person, episode in keys(case, kind) if _answer(case, kind, person, episode) is Answer.NO)
    return tuple(dict.fromkeys(said_no))


def colleague_answers_in(case: Case) -> bool:
    """Every affected person has answered whether colleagues may be told; never true of nobody."""
    return bool(case.affected) and not waiting_for(case, ConsentKind.COLLEAGUES)


def police_answers_in(case: Case) -> bool:
    """Each (episode, affected) is answered, or its outcome is recorded. Never true of an empty list."""
    asked = keys(case, ConsentKind.POLICE)
    return bool(asked) and all(
        _answer(case, kind, person, episode) is not None or (episode, person) in case.outcomes
        for kind, person, episode in asked
    )


def says_no(case: Case, person: PersonId, episode: EpisodeId) -> bool:
    """The person does not accept that this episode is reported to the police: said so, or has taken a yes back."""
    return _answer(case, ConsentKind.POLICE, person, episode) is Answer.NO


def answered(case: Case, person: PersonId, episode: EpisodeId) -> bool:
    """Whether nobody waits for the person's word on reporting this episode any more."""
    return _answer(case, ConsentKind.POLICE, person, episode) is not None


def _answer(case: Case, kind: ConsentKind, person: PersonId, episode: EpisodeId | None) -> Answer | None:
    """How it stands: an answer that was taken back is a no, and nobody waits for another."""
    consent = case.consent(kind, person, episode)
    if consent is None:
        return None
    return Answer.NO if consent.answer is None and consent.withdrawn_at is not None else consent.answer


def ask_consent(case: Case, command: c.AskConsent, now: datetime) -> tuple[e.Event, ...]:
    """Ask everyone who has not answered. Who said no is not asked again, nor where the outcome has settled it."""
    if not case.affected:
        raise Refused("affected_unnamed")
    if command.kind is ConsentKind.POLICE and not case.step(StepId("legal_staff")).closed:
        raise Refused("legal_staff_first")
    wording = command.wording or WORDING[command.kind]
    return tuple(
        e.ConsentAsked(by=command.by, at=now, kind=kind, person=person, episode=episode, wording=wording)
        for kind, person, episode in keys(case, command.kind)
        if _askable(case.consent(kind, person, episode)) and not _settled(case, person, episode)
    )


def _askable(consent: Consent | None) -> bool:
    return consent is None or consent.contradicted_at is not None


def _settled(case: Case, person: PersonId, episode: EpisodeId | None) -> bool:
    """After the 72 hours, or with an exemption, it can still be reported, and so it can still be asked."""
    outcome = case.outcomes.get((episode, person)) if episode else None
    return outcome is not None and outcome.kind not in (OutcomeKind.PASSED, OutcomeKind.EXEMPTION_ASKED)


def answer_consent(case: Case, command: c.AnswerConsent, now: datetime) -> tuple[e.Event, ...]:
    """The affected person's own answer to exactly the wording they saw. It can be changed while it has an effect."""
    consent = _asked(case, command.kind, command.by, command.episode)
    if command.wording != (command.in_force or WORDING[command.kind]):
        raise Refused("wording_changed")
    if consent.answer is command.answer and consent.how is None:
        return ()
    _still_has_effect(case, command.kind, command.by, command.episode)
    answered = e.ConsentAnswered(
        by=command.by,
        at=now,
        kind=command.kind,
        person=command.by,
        answer=command.answer,
        wording=command.wording,
        episode=command.episode,
    )
    return (answered, *_reopened(case, answered))


def _reopened(
    case: Case, said: e.ConsentAnswered | e.ConsentAnsweredOrally | e.ConsentContradicted
) -> tuple[e.Event, ...]:
    """An outcome that rests on a no falls when the no does: the question is open again, and so are its reminders."""
    outcome = case.outcomes.get((said.episode, said.person)) if said.episode else None
    stands = getattr(said, "answer", None) is Answer.NO
    if said.kind is not ConsentKind.POLICE or stands or outcome is None or said.episode is None:
        return ()
    if outcome.kind is not OutcomeKind.NOT_ACCEPTED:
        return ()
    return (e.OutcomeReopened(by=said.by, at=said.at, episode=said.episode, person=said.person),)


def record_oral_consent(case: Case, command: c.RecordOralConsent, now: datetime) -> tuple[e.Event, ...]:
    """What was said, written down by the leader. It never overrules what the person answered themselves.

    Whoever has answered has heard of the case from a human: they get their card, and can contradict.
    """
    if (command.kind, command.person, command.episode) not in keys(case, command.kind):
        raise Refused("not_asked")
    if command.said_at > now:
        raise Refused("said_in_future")
    a_few_words(command.how, "details_missing")
    known = case.consent(command.kind, command.person, command.episode)
    if known is not None and _own_word(known):
        own = known.withdrawn_at or known.answered_at
        raise Refused("own_answer_stands", people=(command.person,), at=own)
    if known is not None and (known.answer, known.said_at) == (command.answer, command.said_at):
        return ()
    _still_has_effect(case, command.kind, command.person, command.episode)
    return _orally(case, command, now)


def _own_word(consent: Consent) -> bool:
    """The person has answered themselves, or has taken an answer back."""
    return consent.withdrawn_at is not None or consent.answer is not None and consent.how is None


def _orally(case: Case, command: c.RecordOralConsent, now: datetime) -> tuple[e.Event, ...]:
    said = e.ConsentAnsweredOrally(
        by=command.by,
        at=now,
        kind=command.kind,
        person=command.person,
        answer=command.answer,
        said_at=command.said_at,
        how=command.how.item,
        episode=command.episode,
        wording=command.wording or WORDING[command.kind],
    )
    heard = () if command.person in case.told else (e.AffectedTold(by=command.by, at=now, person=command.person),)
    return (*heard, said, *_reopened(case, said))


def note_unreachable(case: Case, command: c.NoteUnreachable, now: datetime) -> tuple[e.Event, ...]:
    """Nobody's yes: the leader has tried, and has talked with the legal staff. What waits for the yes stays closed."""
    if command.person not in case.affected:
        raise Refused("person_unknown")
    known = case.accepts.unreachable.get(command.person)
    if known is not None and (known.tried, known.legal_staff) == (command.tried.item, command.legal_staff.item):
        return ()
    a_few_words(command.tried, "tried_missing")
    a_few_words(command.legal_staff, "legal_staff_missing")
    if not _awaited(case, command.person):
        raise Refused("nobody_waits")
    tried, legal_staff = command.tried.item, command.legal_staff.item
    return (e.AffectedUnreachable(by=command.by, at=now, person=command.person, tried=tried, legal_staff=legal_staff),)


def _awaited(case: Case, person: PersonId) -> bool:
    """The person has not heard of the case, or has been asked for something and has not answered."""
    return person not in case.told or any(
        key[1] == person and _answer(case, *key) is None and not _settled(case, person, key[2]) for key in case.consents
    )


def contradict_consent(case: Case, command: c.ContradictConsent, now: datetime) -> tuple[e.Event, ...]:
    """An answer written down by the leader is not what was said. At any time, even after it was acted on."""
    consent = _asked(case, command.kind, command.by, command.episode)
    if consent.contradicted_at is not None and consent.answer is None:
        return ()
    if consent.how is None or consent.answer is None:
        raise Refused("cannot_change_answer")
    said = e.ConsentContradicted(by=command.by, at=now, kind=command.kind, person=command.by, episode=command.episode)
    return (said, *_reopened(case, said))


def withdraw_consent(case: Case, command: c.WithdrawConsent, now: datetime) -> tuple[e.Event, ...]:
    """Taken back where that still has an effect: not when the report is handed in or the team has been told."""
    consent = _asked(case, command.kind, command.by, command.episode)
    if consent.answer is None:
        return ()
    _still_has_effect(case, command.kind, command.by, command.episode)
    return (e.ConsentWithdrawn(by=command.by, at=now, kind=command.kind, person=command.by, episode=command.episode),)


def _asked(case: Case, kind: ConsentKind, person: PersonId, episode: EpisodeId | None) -> Consent:
    consent = case.consent(kind, person, episode)
    if consent is None:
        raise Refused("not_asked")
    return consent


def has_effect(case: Case, kind: ConsentKind, person: PersonId, episode: EpisodeId | None) -> bool:
    """An answer can still be given or changed: nothing has been done on it yet."""
    if kind is ConsentKind.POLICE:
        outcome = case.outcomes.get((episode, person)) if episode else None
        return outcome is None or outcome.kind is not OutcomeKind.REPORTED
    if kind is ConsentKind.COLLEAGUES:
        return team_told_at(case) is None
    return kind is ConsentKind.PARTNERS or author_asked_at(case) is None  # there is always a partner left to tell


def done_at(case: Case, step: StepId) -> datetime | None:
    """When the step was done, and not just set aside."""
    state = case.step(step)
    return state.done_at if state.reason is None else None


def author_asked_at(case: Case) -> datetime | None:
    """When whoever is behind it was first asked to remove it: as it was noted, or by the step that says so."""
    noted = [start_of(attempt.sent_on) for attempt in case.removal.attempts if attempt.step == ASK_AUTHOR]
    return min(noted, default=done_at(case, ASK_AUTHOR))


def team_told_at(case: Case) -> datetime | None:
    """When the team was told: as it was noted, by the talking points that were said, or by the step alone."""
    noted = [one.told_at for one in case.arranged.told if one.audience is Audience.TEAM]
    spoken = [start_of(letter.sent_on) for letter in case.letters.of(INFORM_COLLEAGUES)]
    by_the_step = done_at(case, INFORM_COLLEAGUES) if not case.arranged.told and all_said_yes(case) else None
    return min((*noted, *spoken), default=by_the_step)


def all_said_yes(case: Case, kind: ConsentKind = ConsentKind.COLLEAGUES) -> bool:
    """Every affected person's own yes stands; never true of nobody."""
    answers = [_answer(case, *key) for key in keys(case, kind)]
    return bool(answers) and all(answer is Answer.YES for answer in answers)


def _still_has_effect(case: Case, kind: ConsentKind, person: PersonId, episode: EpisodeId | None) -> None:
    if not has_effect(case, kind, person, episode):
        raise Refused("cannot_change_answer")

"""A case and what people do with it, without Teams and without a store: what is asked is let through or refused.

    case = opened()
    case.does(JONAS, c.MarkSeen)
    assert case.refuses(TOM, c.MarkSeen) == "not_yours"

Mette is affected and tells it; Jonas is the ordinary leader; Karin stands in for him; Sara and Jonas are the group.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from casework import commands as c
from casework import events as e
from casework import vocabulary as v
from casework.access import permit
from casework.case import Case
from casework.commands import Written, written_in
from casework.consent import WORDING
from casework.decide import decide
from casework.evolving import evolve
from casework.notices import Notice, notices
from casework.vocabulary import EpisodeId, ItemId, PersonId, Refused, StepId
from tests.scenes import ALI, CASE, EPISODE, JONAS, KARIN, METTE, NORD, SARA, SENT

GROUP = (SARA, JONAS)
HAPPENED = EpisodeId("first")
POLICE, COLLEAGUES, REMOVAL, PARTNERS = v.ConsentKind
TALK, SAFETYNET, ANALYSIS, LEGAL = (StepId(name) for name in ("talk", "safetynet", "analysis", "legal_staff"))
_numbers = count(1)


def said(text: str = "et par ord") -> Written:
    """Words with an id of their own."""
    return Written(ItemId(f"item-{next(_numbers)}"), text)


def picture(size: int = 1_000, kind: str = "image/png") -> dict[str, object]:
    item = ItemId(f"item-{next(_numbers)}")
    return {"item": item, "kind": v.ItemKind.FILE, "media_type": kind, "size": size, "sha256": "ab" * 32}


def pasted(text: Written) -> dict[str, object]:
    """A text given as evidence."""
    kind = {"kind": v.ItemKind.TEXT, "media_type": "text/plain", "size": len(text.text), "sha256": "ab" * 32}
    return {"item": text.item, "text": text, **kind}


@dataclass
class Working:
    """The case, the words in it, the time, and what the last thing done led to."""

    now: datetime
    case: Case = field(default_factory=lambda: Case(CASE))
    texts: dict[str, str] = field(default_factory=dict)
    events: tuple[e.Event, ...] = ()
    told: tuple[Notice, ...] = ()
    administrators: frozenset[PersonId] = frozenset()
    legal: frozenset[PersonId] = frozenset()

    def does(self, by: PersonId, what: type[c.Command], **how: object) -> tuple[e.Event, ...]:
        """Carry it out as that person; Refused when it cannot be. A member of the group acts as one."""
        return self.carry_out(what(case=CASE, by=by, **how))

    def carry_out(self, command: c.Command) -> tuple[e.Event, ...]:
        groups = frozenset({NORD}) if command.by in GROUP else frozenset()
        permit(self.case, command, groups, self.administrators, self.legal)
        self.events = decide(self.case, command, self.now)
        before = self.case
        for event in self.events:
            self.case = evolve(self.case, event)
        self.case = replace(self.case, version=before.version + bool(self.events))
        self.texts |= {one.item: one.text for one in written_in(command)}
        self.told = notices(before, self.case, self.events)
        return self.events

    def refuses(self, by: PersonId, what: type[c.Command], **how: object) -> str:
        """The key of the refusal; AssertionError when it is carried out."""
        before = self.case
        try:
            self.does(by, what, **how)
        except Refused as refused:
            assert self.case is before
            return refused.key
        raise AssertionError(f"{what.__name__} by {by} was carried out: {self.events}")

    def passes(self, **time: float) -> "Working":
        self.now += timedelta(**time)
        return self

    def reached(self) -> set[PersonId | None]:
        """Whom the last thing done has a notice for."""
        return {notice.to for notice in self.told}

    # -- what stories often need -------------------------------------------------------------------------------

    def done(self, *steps: str, by: PersonId = JONAS) -> "Working":
        for step in steps:
            self.does(by, c.CompleteStep, step=StepId(step))
        return self

    def asked(self, kind: v.ConsentKind = POLICE) -> "Working":
        """Asked by the leader, of everyone; for the police the legal staff comes first."""
        if kind is POLICE and not self.case.step(LEGAL).closed:
            self.done(LEGAL)
        self.does(JONAS, c.AskConsent, kind=kind)
        return self

    def answers(self, by: PersonId, answer: v.Answer, kind: v.ConsentKind = POLICE) -> tuple[e.Event, ...]:
        episode = HAPPENED if kind is POLICE else None
        return self.does(by, c.AnswerConsent, kind=kind, answer=answer, wording=WORDING[kind], episode=episode)

    def outcome(self, kind: v.OutcomeKind, person: PersonId | None = METTE) -> tuple[e.Event, ...]:
        return self.does(JONAS, c.RecordOutcome, **outcome_of(kind, self.now, person))

    def handed_over(self, step: StepId = SAFETYNET, to: PersonId = ALI) -> "Working":
        self.does(JONAS, c.OfferStep, step=step, to=to)
        self.does(to, c.AcceptStep, step=step)
        return self

    def assessed(self, assessment: v.Assessment = v.Assessment.NOT_TO_BE_REPORTED) -> "Working":
        self.does(JONAS, c.AssessPolice, assessment=assessment, reason=said())
        return self


def outcome_of(kind: v.OutcomeKind, now: datetime, person: PersonId | None = METTE) -> dict[str, object]:
    reported = now if kind is v.OutcomeKind.REPORTED else None
    how = {"episode": HAPPENED, "person": person, "outcome": kind, "details": said(), "reported_at": reported}
    return how


def draft(
    *,
    by: PersonId = METTE,
    whom: v.Whom = v.Whom.ME,
    affected: tuple[PersonId, ...] = (),
    began: datetime = EPISODE,
    now: datetime = SENT,
) -> Working:
    """A report with an account and one episode, without anybody who is to know."""
    case = Working(now)
    case.does(by, c.StartDraft)
    case.does(by, c.TellForWhom, whom=whom, affected=affected)
    case.does(by, c.GiveAccount, account=said("Der står grimme ting om mig."))
    case.does(by, c.TellWhen, episode=HAPPENED, certainty=v.Certainty.EXACT, moment=began)
    return case


def opened(
    *,
    by: PersonId = METTE,
    whom: v.Whom = v.Whom.ME,
    affected: tuple[PersonId, ...] = (),
    recipient: PersonId = JONAS,
    originator: PersonId | None = None,
    group: tuple[PersonId, ...] = GROUP,
    began: datetime = EPISODE,
    now: datetime = SENT,
) -> Working:
    """A case that was sent to the ordinary leader, or away from him. `group`: empty when none is connected."""
    case = draft(by=by, whom=whom, affected=affected, began=began, now=now)
    if originator:
        case.does(by, c.TellOriginator, kind=v.OriginatorKind.WORKPLACE, person=originator)
    case.does(by, c.ChooseRecipient, recipient=recipient, ordinary=JONAS)
    case.does(by, c.SendReport, workplace=NORD, group_members=group)
    return case


def from_a_colleague(*affected: PersonId, by: PersonId) -> Working:
    """Told by a colleague of those it happened to: they have not heard of it."""
    return opened(by=by, whom=v.Whom.COLLEAGUE, affected=affected)


def of_several(*others: PersonId) -> Working:
    """Mette tells it for herself and others, and Jonas has talked with all of them."""
    return opened(whom=v.Whom.SEVERAL, affected=others).done(TALK)


__all__ = [
    "ALI",
    "ANALYSIS",
    "CASE",
    "COLLEAGUES",
    "GROUP",
    "HAPPENED",
    "JONAS",
    "KARIN",
    "LEGAL",
    "METTE",
    "PARTNERS",
    "POLICE",
    "REMOVAL",
    "SAFETYNET",
    "SARA",
    "TALK",
    "Working",
    "draft",
    "from_a_colleague",
    "of_several",
    "opened",
    "outcome_of",
    "picture",
    "said",
]

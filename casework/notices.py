"""Events → who must see which card. No words here: a notice is drawn when it is sent, from the case as it is then.

A notice names its card by `kind` and `about`; the same card of the same person is updated in place, unless it is
`fresh`: then somebody must act, and it comes anew at the bottom of the chat.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from casework import events as e
from casework.access import people_of, untold
from casework.call_notices import of_a_call
from casework.case import TALK, Case
from casework.consent import has_effect, keys
from casework.custody_notices import of_the_custody
from casework.documenting_notices import of_the_documenter, of_what_was_given
from casework.plan import is_open, steps_about
from casework.removal_notices import of_the_removal
from casework.silence import SILENT, is_awaited
from casework.talk_notices import CARDS_OF_THEIR_OWN, card_of, of_the_talk
from casework.vocabulary import ConsentKind, PersonId, Source, Stage, StepId, Tried, Way
from casework.workplace import ACCEPT_OF

WITH_A_FORM = frozenset({StepId("police_outcome"), StepId("assess_police")})
"""Steps whose cards have fields to fill in while they are open."""


@dataclass(frozen=True)
class Notice:
    """`to` None: the health and safety group. `legal`: a reminder of the 72 hours, sent once more when in doubt.

    `own`: it answers what the reader did themselves, and so is not one of the day's messages (`casework.six_a_day`).
    `awaited`: it says that their answer is waited for. Time runs against them, so no count holds it back.
    `only_known`: it changes a card that stands in the chat; where there is none, nothing is sent.
    """

    to: PersonId | None
    kind: str  # case, question, reminder, step, group, analysis, follow_up, call, draft, kept,
    # messages, points, silent, next_talk, check_in, invitation (which is no card: the next talk goes into calendars)
    about: str = ""  # which one: "police|<episode>", a reminder id, a step id, a measure
    fresh: bool = False
    legal: bool = False
    own: bool = field(default=False, compare=False)
    awaited: bool = field(default=False, compare=False)
    only_known: bool = False

    def document(self, number: str) -> dict[str, Any]:
        return {"id": number, **vars(self)}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Notice":
        """From an outbox row, also one of an older version."""
        return cls(**{name: document[name] for name in cls.__match_args__ if name in document})


def notices(before: Case, after: Case, events: Iterable[e.Event]) -> tuple[Notice, ...]:
    """Whom these facts must reach. Each card once; never anyone excluded, nor affected and not told."""
    all_of = ((notice, event) for event in events for notice in _of(before, after, event))
    asked = [replace(one, own=one.to == of.by, awaited=is_awaited(after, of, one.to)) for one, of in all_of]
    best: dict[tuple, Notice] = {}
    along = (*_cards_that_follow_along(after, bool(asked)), *_questions_that_follow_along(before, after))
    for notice in (*asked, *along):
        key = (notice.to, notice.kind, notice.about)
        best[key] = _the_louder(best.get(key), notice)
    nobody = after.excluded | untold(after) | ({None} if after.group is None else frozenset())
    return tuple(notice for notice in best.values() if notice.to not in nobody)


def _the_louder(one: Notice | None, other: Notice) -> Notice:
    """Of two for the same card. It answers the reader's own doing only if both do."""
    if one is None or one.only_known:
        return other
    if not other.fresh:
        return one
    return replace(other, own=other.own and (one.own or not one.fresh), awaited=other.awaited or one.awaited)


def _cards_that_follow_along(case: Case, changed: bool) -> Iterator[Notice]:
    """Everybody's one case card stays current, silently."""
    if not changed or case.stage not in (Stage.OPEN, Stage.CLOSED) or case.sent_at is None or not case.episodes:
        return
    for person in sorted(people_of(case) & {case.reporter, case.recipient, *case.told}):
        yield Notice(person, "case")
    if case.group is not None:
        yield Notice(None, "group")


def _questions_that_follow_along(before: Case, case: Case) -> Iterator[Notice]:
    """An answer card that can be changed no more must not say that it can, whatever it was that was done."""
    for kind, person, episode in (key for key in case.consents if key in before.consents):
        if has_effect(before, kind, person, episode) is not has_effect(case, kind, person, episode):
            yield Notice(person, "question", _question(kind, episode))


def _of(before: Case, case: Case, event: e.Event) -> Iterator[Notice]:
    """What one event asks for besides the case cards. A table, however long."""
    match event:
        case e.ReportSent():
            yield Notice(case.recipient, "case", fresh=True)
            yield from (Notice(person, "case", fresh=True) for person in dict.fromkeys((event.by, *case.told)))
            if case.group is not None:
                yield Notice(None, "group", fresh=True)
        case e.CallAsked() | e.CallMade():
            yield from (Notice(person, "call", fresh=fresh) for person, fresh in of_a_call(case, event))
        case e.CaseHandedOn():
            yield from _in_other_hands(case, event)
        case e.PersonLeft():
            yield Notice(case.recipient, "case", fresh=True)
        case e.NobodyNext():
            if before.waiting.nobody is None:  # the same again the next day is no news
                yield from _whose_matter_it_is(case)
        case e.NobodyReached() | e.NobodyStandsIn() | e.RecipientReached():
            yield from _whose_matter_it_is(case)
        case e.WayTried():
            if event.person in case.affected and event.way is Way.MAIL and event.tried is not Tried.BEGUN:
                yield Notice(case.recipient, "case", fresh=True)  # somebody must ring them instead
        case e.AffectedTold():
            yield Notice(event.person, "case", fresh=True)
            yield from _questions_of(case, event.person)
        case e.EvidenceReceived() if case.stage is Stage.DRAFT and event.source is Source.TEAMS_MESSAGE:
            yield Notice(event.by, "kept", event.item, fresh=True)
        case e.EvidenceReceived() | e.EpisodeTold() | e.EpisodeCorrected() | e.AccountGiven():
            if before.stage in (Stage.OPEN, Stage.CLOSED):
                yield Notice(case.recipient, "case", fresh=True)
                yield from (Notice(to, kind, fresh=fresh) for to, kind, fresh in of_what_was_given(case, event))
        case e.DocumenterEvent():
            yield from (Notice(to, kind, fresh=fresh) for to, kind, fresh in of_the_documenter(case, event))
        case e.OffenceDenied() | e.NoMoreWanted() | e.ConsentContradicted():
            yield Notice(case.recipient, "case", fresh=True)
            if isinstance(event, e.ConsentContradicted):
                yield Notice(event.person, "question", _question(event.kind, event.episode))
                yield from _open_steps(before, case, steps_about(event.kind))
        case e.ConsentAsked():
            if event.person in case.told:
                yield Notice(event.person, "question", _question(event.kind, event.episode), fresh=True)
        case e.ConsentAnswered() | e.ConsentWithdrawn():
            yield Notice(event.person, "question", _question(event.kind, event.episode))
            yield Notice(case.recipient, "case", fresh=True)
            yield from _open_steps(before, case, steps_about(event.kind))
        case e.ConsentAnsweredOrally():
            if event.person in case.told:
                yield Notice(event.person, "question", _question(event.kind, event.episode), fresh=True)
        case e.AudienceTold():  # what has been done on an answer stands on its card
            kind = ACCEPT_OF[event.audience]
            yield from (Notice(key[1], "question", _question(kind, None)) for key in case.consents if key[0] is kind)
        case e.ProtectionAgreed():
            yield Notice(event.person, "case", fresh=True)
        case e.OutcomeRecorded():
            yield from _outcome(case, event)
        case e.StepOffered():
            yield Notice(event.to, "step", event.step, fresh=True)
        case e.StepAccepted() | e.StepDeclined():
            yield Notice(case.recipient, "case", fresh=True)
            yield Notice(event.by, "step", event.step)
            yield from _step_cards(before, event)
        case e.StepTaken():
            yield Notice(event.by, "step", event.step, fresh=True)
            yield from _step_cards(before, event)
        case e.StepCompleted() | e.StepSetAside() | e.StepUndone():
            yield Notice(case.recipient, "case")
            yield from _step_cards(before, event)
        case e.RungTried() | e.RungAnswered() | e.RemovalEnded() | e.RemovalReopened():
            yield from _removal(before, case, event)
        case e.AnalysisTaken():
            yield Notice(event.by, "analysis", fresh=True)
        case e.MeasureAssigned() | e.FollowedUp():
            yield from _measure(before, case, event)
        case e.TalkEvent():
            yield from (Notice(*asked) for asked in of_the_talk(before, case, event))
            if isinstance(event, e.TalkInvited):
                yield Notice(case.recipient, "points", event.person, only_known=True)
            if event.by != case.recipient:
                yield from _open_steps(before, case, (TALK,))
        case e.Reminded():
            yield from _reminder(case, event)
        case e.HoldSet() | e.HoldLifted() | e.ErasureAnnounced() | e.ItemWithdrawn():
            yield from (Notice(person, kind, fresh=fresh) for person, kind, fresh in of_the_custody(case, event))
        case e.CheckInsSwitched() | e.LetterDrafted() | e.CaseConsulted() | e.ReminderUnsaid():
            return  # nobody else's; and who has looked stands where one asks who has seen what
        case e.DraftReminded():
            yield Notice(case.reporter, "draft", fresh=True, legal=True)
        case e.AskedIfMissing() | e.ClosingAnswered() | e.AnalysisAsked() | e.CaseClosed() | e.CaseReopened():
            yield from _of_its_end(before, case, event)
        case _ if before.stage is Stage.OPEN:
            yield Notice(case.recipient, "case")


def _of_its_end(before: Case, case: Case, event: e.Event) -> Iterator[Notice]:
    """The question whether anything is missing, and that the case is closed, or open again."""
    match event:
        case e.AskedIfMissing():
            yield Notice(event.person, "missing", fresh=True)
        case e.ClosingAnswered():
            yield Notice(event.by, "missing")
            yield Notice(case.recipient, "case", fresh=True)
        case e.AnalysisAsked():
            yield Notice(None, "group", fresh=True)
        case _:  # closed, or open again: everybody it is about hears of it, but for whoever did it
            people = dict.fromkeys((case.recipient, *case.told))
            yield from (Notice(person, "case", fresh=True) for person in people if person != event.by)
            yield from (Notice(person, "missing") for person in before.closing.asked)


def _in_other_hands(case: Case, event: e.CaseHandedOn) -> Iterator[Notice]:
    """The new recipient gets the neutral notice, the former one's card is closed down, and the employee is told."""
    kind = "call" if case.stage is Stage.CALL else "case"
    yield Notice(event.to, kind, fresh=True)
    yield from (Notice(one, kind) for one in case.formers if one == event.former or one in people_of(case))
    yield from _whose_matter_it_is(case)


def _whose_matter_it_is(case: Case) -> Iterator[Notice]:
    kind = "call" if case.stage is Stage.CALL else "case"
    people = dict.fromkeys((*([] if case.reporter is None else [case.reporter]), *case.told))
    yield from (Notice(person, kind, fresh=True) for person in people if person != case.recipient)


def _removal(before: Case, case: Case, event: e.Event) -> Iterator[Notice]:
    yield from (Notice(person, "case", fresh=fresh) for person, fresh in of_the_removal(before, case, event))
    yield from _step_cards(before, event)


def _step_cards(before: Case, event: e.Event) -> Iterator[Notice]:
    """Whoever holds the step, or was asked to, sees what somebody else has done with it."""
    state = before.step(event.step)
    for person in dict.fromkeys((state.owner, state.offered_to, state.offered_by if state.offered_to else None)):
        if person not in (None, event.by, before.recipient):
            yield Notice(person, "step", event.step)
    if event.by != before.recipient:
        yield from _open_steps(before, before, (event.step,))


def _open_steps(before: Case, case: Case, steps: Iterable[StepId]) -> Iterator[Notice]:
    """Cards of steps that whoever has the case has opened say how things stand now.

    One with a form on it is left alone: whoever is writing there would lose it, and the case card says the news.
    """
    changed = (step for step in steps if step not in WITH_A_FORM or not is_open(before, step))
    yield from (Notice(case.recipient, "step", step, only_known=True) for step in changed)


def _measure(before: Case, case: Case, event: e.MeasureAssigned | e.FollowedUp) -> Iterator[Notice]:
    """Whoever is given it gets its card; whoever has it, or had it, sees there what has become of it."""
    had, has = before.measures.of(event.measure), case.measures.of(event.measure)
    for given in (had, has):
        if given is not None and given.owner != event.by:
            fresh = isinstance(event, e.MeasureAssigned) and given is has
            yield Notice(given.owner, "follow_up", event.measure, fresh=fresh)
    for person in dict.fromkeys((case.analysis_by, case.recipient)):
        if person != event.by:
            yield Notice(person, "analysis", only_known=True)
    if before.stage is Stage.OPEN:
        yield Notice(case.recipient, "case")


def _question(kind: ConsentKind, episode: str | None) -> str:
    return f"{kind.value}|{episode or ''}"


def _questions_of(case: Case, person: PersonId) -> Iterator[Notice]:
    """Questions asked before the person had heard of the case."""
    for kind in ConsentKind:
        for key in keys(case, kind):
            if key[1] == person and key in case.consents:
                yield Notice(person, "question", _question(kind, key[2]), fresh=True)


def _outcome(case: Case, event: e.OutcomeRecorded) -> Iterator[Notice]:
    """The affected person is told every outcome at once; the leader when it is not their own doing."""
    if event.person in case.told:
        yield Notice(event.person, "case", fresh=True)
        if (ConsentKind.POLICE, event.person, event.episode) in case.consents:
            yield Notice(event.person, "question", _question(ConsentKind.POLICE, event.episode))
    if event.by != case.recipient:
        yield Notice(case.recipient, "case", fresh=True)


def _reminder(case: Case, event: e.Reminded) -> Iterator[Notice]:
    kind = event.reminder.split(":", 1)[0]
    yield _reminding(case, event, kind)
    if kind == "police_passed":  # a question that still stands must not speak of time that is gone
        episode = event.reminder.split(":")[1]
        if any(key[1:] == (event.to, episode) for key in case.consents):
            yield Notice(event.to, "question", f"{ConsentKind.POLICE.value}|{episode}")


def _reminding(case: Case, event: e.Reminded, kind: str) -> Notice:
    """The card that says it."""
    if kind == "analysis" and (event.to or case.analysis_by):  # once taken it is one person's form
        return Notice(event.to or case.analysis_by, "analysis", fresh=True)
    if event.to is None:  # the group has one card, which says what waits: it comes anew
        return Notice(None, "group", fresh=True)
    if kind in CARDS_OF_THEIR_OWN:
        return Notice(event.to, *card_of(kind, event.reminder), fresh=True)
    if kind == SILENT:  # what must be opened and answered is the case's own card: it comes anew
        return Notice(event.to, "call" if case.stage is Stage.CALL else "case", fresh=True)
    return Notice(event.to, "reminder", event.reminder, fresh=True, legal=kind.startswith("police"))

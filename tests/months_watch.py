"""What must be true at every moment of those months. Each is a check of its own, and says in words what it found."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.keeping.records import card_key
from bot.stores import Commit, Pending
from cards.verbs import PRESS
from casework import events as e
from casework import vocabulary as v
from casework.access import untold
from casework.calendar import after_waking, days_after, local
from casework.case import Case
from casework.evolving import evolve
from casework.plan import is_closed, missing, owner_of, read_plan, step_of, steps_of
from casework.reminders import next_due
from casework.vocabulary import VAERN, CaseId, ConsentKind, OutcomeKind, PersonId, Stage
from casework.wire import decode
from tests.cards_valid import wrong_in
from tests.months import Months
from tests.months_street import Came, card_in, chat_of

MOST_A_DAY = 6
LARGEST = 28_000  # bytes
LATE = timedelta(minutes=2)
UNSEEN = timedelta(hours=4)
Faults = Iterator[str]


@dataclass
class Look:
    """The town as it is now, each case replayed once."""

    town: Months
    cases: dict[str, Case] = field(default_factory=dict)
    waiting: tuple[Pending, ...] = ()
    looked_at: dict[str, int] = field(default_factory=dict)
    """Commits of a case that were held against the gates already."""

    async def again(self) -> None:
        self.cases = {case: await self.town.case(case) for case in self.town.store.cases}
        self.waiting = await self.town.store.pending()

    def name(self, person: str | None) -> str:
        known = self.town.organisation.people_by_id.get(PersonId(person or ""))
        return known.name if known else str(person)

    def still_to_come(self, case: str, person: str | None) -> bool:
        """Something waits for them: they cannot be reached, or it is held until the morning."""
        return any(row.case == case and row.notice["to"] == person for row in self.waiting)

    async def card_of(self, case: str, person: str, kind: str = "case", about: str = "") -> str | None:
        """That card as it stands in their chat, as text."""
        record = await self.town.house.kept.records.of_person(PersonId(person))
        message = record.cards.get(card_key(case, kind, about)) if record else None
        document = self.town.street.chats.get(chat_of(PersonId(person)), {}).get(message or "")
        return json.dumps(card_in(document), ensure_ascii=False) if document else None


# -- somebody has something to do ------------------------------------------------------------------------------------


async def an_open_case_has_an_owner_and_a_next_step(look: Look) -> list[str]:
    """Somebody real has it, who is not shut out, and something is left to be done or lies ahead."""
    found = []
    for case in look.cases.values():
        if case.stage not in (Stage.OPEN, Stage.CALL) or case.call_made_at:
            continue
        if case.recipient not in look.town.organisation.people_by_id or case.recipient in case.excluded:
            found.append(f"{case.id} is open and nobody's: {look.name(case.recipient)}")
        owners = {owner_of(case, step) or case.group for step in steps_of(case) if not is_closed(case, step)}
        if not (owners - {None} - case.excluded) and next_due(case) is None:
            found.append(f"{case.id} is open, and nothing is left to be done")
    return found


async def whoever_has_a_case_has_its_card_with_a_button(look: Look) -> list[str]:
    """What nobody can press is nobody's."""
    found = []
    for case in look.cases.values():
        if case.stage is Stage.DRAFT or case.recipient is None or look.still_to_come(case.id, case.recipient):
            continue
        kind = "call" if case.episodes == {} else "case"
        card = await look.card_of(case.id, case.recipient, kind)
        if case.stage in (Stage.OPEN, Stage.CALL) and (card is None or f'"case": "{case.id}"' not in card):
            found.append(f"{look.name(case.recipient)} has {case.id} and no card to press")
    return found


async def what_is_due_is_said(look: Look) -> list[str]:
    """A case that was asked wants to be asked later than now."""
    now = look.town.clock.now()
    late = [(case, next_due(case)) for case in look.cases.values()]
    return [f"{case.id} was due {at:%d.%m. %H.%M} and said nothing" for case, at in late if at and at < now - LATE]


async def an_unseen_case_escalates(look: Look) -> list[str]:
    """Unseen for more than four waking hours somebody else has it, or the employee was told whom to ring; also when it
    was opened again."""
    return [
        f"{case.id} is unseen and went no further"
        for case in look.cases.values()
        if case.stage is Stage.OPEN and not case.unreached
        if (since := _silent_since(case)) and after_waking(since, UNSEEN) < look.town.clock.now() - LATE
    ]


def _silent_since(case: Case) -> datetime | None:
    """Sent, opened again, or opened last; None: whoever has it has done something since, or sent it to themselves, or
    it went on."""
    begun = max(place for place, event in enumerate(case.log) if isinstance(event, e.ReportSent | e.CaseReopened))
    since = case.log[begun:]
    theirs = [event for event in since if event.by == case.recipient]
    if any(not isinstance(event, e.CaseOpened | e.ItemOpened) for event in theirs):
        return None
    if any(isinstance(event, e.CaseHandedOn | e.NobodyNext) for event in since):
        return None
    return max([since[0].at, *(event.at for event in theirs), *reached(case)])


def reached(case: Case) -> Iterator[datetime]:
    """When a recipient that nothing had reached could be written to. Until then the employee is told whom to ring."""
    return (event.at for event in case.log if isinstance(event, e.RecipientReached))


# -- gates -----------------------------------------------------------------------------------------------------------


@dataclass
class Accepts:
    """Who has said what, kept by hand from the facts alone."""

    affected: list[str] = field(default_factory=list)
    nobody: bool = False
    said: dict[tuple, bool | None] = field(default_factory=dict)

    def takes_in(self, event: e.Event) -> None:
        match event:
            case e.WhomTold():
                self.affected = list(event.affected)
            case e.AffectedNamed():
                self.affected, self.nobody = [*self.affected, *event.people], not event.people
            case e.ConsentAsked():
                self.said.setdefault(_of(event), None)
            case e.ConsentAnswered() | e.ConsentAnsweredOrally():
                self.said[_of(event)] = event.answer is v.Answer.YES
            case e.ConsentContradicted():
                self.said[_of(event)] = None
            case e.ConsentWithdrawn():
                self.said[_of(event)] = False

    def lacks(self, rule: str, kinds: str) -> list[str]:
        """Whose yes (or, for "asked", whose question) is not there. Of several kinds, one that nobody lacks will do."""
        return min((self._lacks(rule, kind) for kind in kinds.split("|")), key=len)

    def _lacks(self, rule: str, kind: str) -> list[str]:
        rows = {who: self.said.get((kind, who, None), "unasked") for who in self.affected}
        if self.nobody:
            return []
        if not rows:
            return ["nobody has said who is affected"]
        return [who for who, said in rows.items() if said == "unasked" or (rule == "yes" and said is not True)]


def _of(event: Any) -> tuple:
    return event.kind.value, event.person, event.episode


async def no_gate_is_passed_without_its_accepts(look: Look) -> list[str]:
    """The police, colleagues, partners and removal: at that time, with the accepts that the plan demands."""
    found = []
    for case in look.cases.values():
        accepts = Accepts()
        for event in case.log:
            accepts.takes_in(event)
            found += [f"{case.id}: {wrong}" for wrong in _passed(accepts, event)]
    return found


def _passed(accepts: Accepts, event: e.Event) -> Faults:
    if isinstance(event, e.OutcomeRecorded) and event.outcome is OutcomeKind.REPORTED and event.by != event.person:
        said = accepts.said.get((ConsentKind.POLICE.value, event.person, event.episode))
        if not (said or (event.person is None and accepts.nobody)):
            yield f"reported to the police for {event.person}, who has said {said}"
    if isinstance(event, e.StepCompleted):
        rules = next((step.waits_for for step in read_plan() if step.id == event.step), ())
        for rule, about in (rule.split(":") for rule in rules):
            if rule in ("yes", "asked") and (lacking := accepts.lacks(rule, about)):
                yield f"{event.step} done without {rule}:{about} of {lacking}"


async def a_locked_step_is_never_done(look: Look) -> list[str]:
    """At the time it was done, nothing it waits for was missing."""
    found = []
    for name, case in look.cases.items():
        before = Case(CaseId(name))
        since = look.looked_at.get(name, 0)
        for number, event in enumerate(case.log):
            if number >= since and isinstance(event, e.StepCompleted):
                step = step_of(before, event.step)
                if step is None or missing(before, step):
                    found.append(f"{name}: {event.step} was locked when it was done")
            before = evolve(before, event)
        look.looked_at[name] = len(case.log)
    return found


# -- promised, and heard ---------------------------------------------------------------------------------------------


async def whoever_is_asked_has_the_question(look: Look) -> list[str]:
    """An accept that was asked stands in the person's chat, with its buttons while it is open."""
    found = []
    for case in look.cases.values():
        for (kind, person, episode), consent in case.consents.items():
            if person not in case.told or person in case.excluded or look.still_to_come(case.id, person):
                continue
            card = await look.card_of(case.id, person, "question", f"{kind.value}|{episode or ''}")
            open_question = consent.answer is None and consent.withdrawn_at is None and case.stage is Stage.OPEN
            if card is None or (open_question and (episode, person) not in case.outcomes and PRESS not in card):
                found.append(f"{look.name(person)} was asked of {kind} in {case.id} and has no card of it")
    return found


async def whoever_is_asked_to_take_a_step_has_its_card(look: Look) -> list[str]:
    found = []
    for case in look.cases.values():
        for step, state in case.steps.items():
            to = state.offered_to
            if to is None or case.stage is not Stage.OPEN or look.still_to_come(case.id, to):
                continue
            if to not in case.excluded | untold(case) and await look.card_of(case.id, to, "step", step) is None:
                found.append(f"{look.name(to)} was asked to take {step} of {case.id} and has no card of it")
    return found


async def everybody_reads_who_has_the_case_now(look: Look) -> list[str]:
    """The employee, and whoever told it, read the name of whoever has it."""
    found = []
    for case in look.cases.values():
        if case.stage is not Stage.OPEN or not case.episodes:
            continue
        for person in {case.reporter, *case.told} - {case.recipient, None} - case.excluded - untold(case):
            if look.still_to_come(case.id, person):
                continue
            card = await look.card_of(case.id, person)
            if card is None or look.name(case.recipient).split()[0] not in card:
                found.append(f"{look.name(person)} cannot read that {look.name(case.recipient)} has {case.id}")
    return found


async def whoever_asked_to_be_reminded_is(look: Look) -> list[str]:
    found, now = [], look.town.clock.now()
    for case in look.cases.values():
        for step, state in case.steps.items() if case.stage is Stage.OPEN else ():
            planned = step_of(case, step)
            if planned is None or is_closed(case, planned) or state.until is None:
                continue
            if state.until > now - LATE or _just_opened_again(case, now):
                continue
            if state.postponed_by in case.excluded | untold(case):
                continue
            if not any(name.startswith(f"postponed:{step}:{state.until.isoformat()}") for name in case.reminded):
                found.append(f"{look.name(state.postponed_by)} asked to be reminded of {step} in {case.id}")
    return found


def _just_opened_again(case: Case, now: datetime) -> bool:
    """What fell due meanwhile is said on the morning after."""
    again = (event.at for event in case.log if isinstance(event, e.CaseReopened))
    return any(days_after(at, 1) > now - LATE for at in again)


async def no_message_is_dropped(look: Look) -> list[str]:
    tally = look.town.house.outbox.tally
    return [f"{tally[why]} messages {why}" for why in ("let_go", "dropped", "failed") if tally[why]]


# -- not too much, and to nobody else --------------------------------------------------------------------------------


async def at_most_six_a_day(look: Look) -> list[str]:
    """Per person, case and day. What people did themselves is answered besides; what must be said goes at any count."""
    days: dict[tuple, list[Came]] = defaultdict(list)
    for came in look.town.street.came:
        if came.row is not None and not _answers(look, came.row):
            days[came.conversation, came.row.case, local(came.at).date()].append(came)
    found = []
    for (where, case, day), messages in days.items():
        too_many = [one for one in messages[MOST_A_DAY:] if not _must_be_said(look, one.row)]
        found += [f"{where} got {len(messages)} messages on {day} about {case}"] if too_many else []
    return found


def _must_be_said(look: Look, row: Pending) -> bool:
    notice = row.notice
    if notice["kind"] in ("case", "call") and notice["awaited"]:
        return any(_given(event, notice["to"]) for event in look.cases[row.case].log)
    return notice["legal"] or (notice["kind"] == "question" and notice["about"].startswith("police"))


def _given(event: e.Event, person: str) -> bool:
    """By others, so that it goes to somebody else if they are silent: nobody may lose a case they never heard of."""
    if isinstance(event, e.CaseReopened):
        return event.by != person
    handed_to_them = isinstance(event, e.CaseHandedOn) and event.to == person
    return handed_to_them or (isinstance(event, e.Reminded) and event.reminder.startswith("unseen:"))


def _answers(look: Look, row: Pending) -> bool:
    """Whether the commit that asked for it holds something that the reader did."""
    if row.case not in look.town.store.cases:
        return True
    version = int(row.notice["id"].split("-")[0])
    commit: Commit = look.town.store.commits(row.case)[version - 1]
    return any(decode(document).by == row.notice["to"] for document in commit.events)


async def nothing_reaches_whoever_must_not_know(look: Look) -> list[str]:
    """Nobody shut out, nobody affected who was not told, and nobody who has no part in it."""
    found = []
    for where, document in look.town.street.changed:
        sent = json.dumps(document, ensure_ascii=False)
        for case in look.cases.values():
            if case.id in sent and not (where == look.town.channel.id or _has_a_part(case, where)):
                found.append(f"{where} was sent something of {case.id}")
    return found


def _has_a_part(case: Case, where: str) -> bool:
    person = PersonId(where.removeprefix("a:"))
    if person in case.excluded | untold(case):
        return False
    handling = (e.StepOffered, e.StepTaken, e.AnalysisTaken, e.AnalysisFinished, e.CaseHandedOn)
    ever = {getattr(event, "to", None) or event.by for event in case.log if isinstance(event, handling)}
    given = {event.owner for event in case.log if isinstance(event, e.MeasureAssigned)}
    follows = {getattr(case.analysis, "follow_up_by", None), *given, *case.documenting.people}
    return person in {case.reporter, case.recipient, *case.told, *case.formers, *ever, *follows} - {VAERN}


async def every_card_can_be_sent_and_pressed(look: Look) -> list[str]:
    found = []
    for where, document in look.town.street.changed:
        card = card_in(document)
        if card is None:
            continue
        size = len(json.dumps(card, ensure_ascii=False).encode())
        found += [f"a card of {size} bytes to {where}"] if size > LARGEST else []
        found += [f"a card to {where}: {wrong}" for wrong in wrong_in(card)]
    return found


WATCHED: tuple[Callable[[Look], Any], ...] = (
    an_open_case_has_an_owner_and_a_next_step,
    whoever_has_a_case_has_its_card_with_a_button,
    what_is_due_is_said,
    an_unseen_case_escalates,
    no_gate_is_passed_without_its_accepts,
    a_locked_step_is_never_done,
    whoever_is_asked_has_the_question,
    whoever_is_asked_to_take_a_step_has_its_card,
    everybody_reads_who_has_the_case_now,
    whoever_asked_to_be_reminded_is,
    no_message_is_dropped,
    at_most_six_a_day,
    nothing_reaches_whoever_must_not_know,
    every_card_can_be_sent_and_pressed,
)

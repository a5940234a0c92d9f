"""A case in which anybody asks for anything, for the property that nobody is ever shown what is not theirs.

Every text is a mark of its own, kept with the command that brought it, so that it can be looked for in every view.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import count
from random import Random
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from casework import commands as c
from casework import projections as p
from casework import vocabulary as v
from casework.access import IN_A_CASE, ONLY_VAERN, A, F, permit, roles_of
from casework.case import Case
from casework.commands import Written, written_in
from casework.consent import WORDING, keys
from casework.deadline import questions
from casework.decide import decide
from casework.events import Event
from casework.evidence import ACCOUNT
from casework.evolving import evolve
from casework.letters import WITH_A_LETTER
from casework.measures import follows
from casework.original import Clock, MailPart, Original
from casework.pace import PACE, Pace
from casework.plan import missing, read_plan
from casework.reminders import agenda
from casework.rungs import RUNGS
from casework.state.waiting import Patience
from casework.vocabulary import VAERN, AttemptId, EpisodeId, ItemId, PersonId, StepId, WorkplaceId
from tests.scenes import ALI, CASE, EPISODE, JONAS, KARIN, LISE, METTE, NADIA, NORD, PETER, SARA, SENT, TOM

PEOPLE = (METTE, JONAS, KARIN, SARA, ALI, PETER, LISE, NADIA, TOM)
MEMBERS = (SARA, METTE, PETER)  # two of the group may turn out to be affected
STEPS = tuple(step.id for step in read_plan())
MOMENTS = (EPISODE, EPISODE - timedelta(days=4), SENT - timedelta(hours=1), SENT, SENT + timedelta(days=9))

DRAWN: Mapping[Any, Sequence[Any]] = {
    PersonId: PEOPLE,
    EpisodeId: (EpisodeId("first"), EpisodeId("first"), EpisodeId("second")),
    StepId: (*STEPS, *("talk", "safetynet", "legal_staff", "analysis") * 4),
    WorkplaceId: (NORD,),
    datetime: MOMENTS,
    date: (EPISODE.date(),),
    AttemptId: tuple(AttemptId(f"attempt-{number}") for number in range(6)),
    int: (10,),
    bool: (True, False),
    str: ("image/png",),
    Patience: (Patience(),),
    Pace: (PACE, Pace(silent_days=2, check_ins=(2, 9))),
}


AHEAD = {c.AssessRisk: "follow_up_at", c.PlanDebriefing: "begins_at"}
"""Commands about something to come, and their field that says when."""


@cache
def hints(kind: type[c.Command]) -> Mapping[str, Any]:
    return {name: hint for name, hint in get_type_hints(kind).items() if name not in ("case", "by")}


@dataclass
class Anything:
    """The case and all that was written in it. `chance` decides what is asked for."""

    chance: Random
    case: Case = field(default_factory=lambda: Case(CASE))
    now: datetime = SENT
    texts: dict[str, str] = field(default_factory=dict)
    marks: dict[str, c.Command] = field(default_factory=dict)
    """The text → the command that brought it."""

    def __post_init__(self) -> None:
        self._numbers = count()

    def asked_by_somebody(self, kinds: Sequence[type[c.Command]]) -> c.Command:
        """Mostly something that whoever asks for it may ask for."""
        kind, chance = self.chance.choice(kinds), self.chance.random()
        able = [person for person in (*PEOPLE, VAERN) if self._may(person, kind)]
        by = self.chance.choice(able if able and chance < 0.8 else PEOPLE)
        return self.command(kind, by)

    def _may(self, person: PersonId, kind: type[c.Command]) -> bool:
        groups = frozenset({NORD}) if person in MEMBERS else frozenset()
        by_the_house = person == VAERN and kind in (*get_args(ONLY_VAERN), c.MoveCase)
        return by_the_house or bool(roles_of(self.case, person, groups) & IN_A_CASE.get(kind, frozenset()))

    def command(self, kind: type[c.Command], by: PersonId, /, **given: object) -> c.Command:
        """That command with something drawn for every field that is not given."""
        drawn = {name: self._value(hint) for name, hint in hints(kind).items() if name not in given}
        sensible = self._sensible(kind, by)
        if sensible and self.chance.random() < 0.8:
            drawn |= self.chance.choice(sensible)
        if kind is c.AnswerConsent:
            drawn |= {"wording": WORDING[drawn["kind"]], "in_force": ""}
        return kind(case=CASE, by=by, **{**drawn, **given})

    def _about_a_piece(self, kind: type[c.Command], by: PersonId) -> list[dict[str, object]]:
        """Answers to the evidence coach: of one's own pieces, and of episodes there are."""
        own, episodes = [item.id for item in self.case.evidence if item.given_by == by], list(self.case.episodes)
        if kind is c.PlaceEvidence:
            return [{"item": item, "episode": episode} for item in own for episode in episodes]
        when = (
            {"captured_at": self.now} if kind is c.TellCapture else {"episode": self.chance.choice(episodes or [None])}
        )
        return [{"item": item, **when} for item in own]

    def _sensible(self, kind: type[c.Command], by: PersonId) -> list[dict[str, object]]:
        """Values that go together, as the cards offer them."""
        case, states = self.case, self.case.steps.items()
        if kind is c.ReceiveEvidence:
            return [{"item": self._written().item, "text": None}]
        if kind in (c.AnswerConsent, c.ContradictConsent, c.WithdrawConsent):
            return [{"kind": key[0], "episode": key[2]} for key in case.consents if key[1] == by]
        if kind is c.RecordOralConsent:
            asked = [key for which in v.ConsentKind for key in keys(case, which)]
            return [{"kind": a, "person": b, "episode": d, "said_at": self.now} for a, b, d in asked]
        if kind is c.RecordOutcome:
            return [{"episode": episode, "person": person} for episode, person in questions(case)]
        if kind in (c.AcceptStep, c.DeclineStep):
            return [{"step": step} for step, state in states if by in (state.offered_to, state.owner)]
        if kind is c.DescribeEvidence:
            return [{"item": item.id} for item in case.evidence if item.given_by == by]
        if kind in (c.PlaceEvidence, c.TellCapture, c.AnswerPart):
            return self._about_a_piece(kind, by)
        if kind in (c.HandOn, c.MoveCase):
            return [{"former": case.recipient, **({"since": None} if kind is c.HandOn else {})}]
        if kind in (c.NoteWay, c.NoteReached):
            return [{"person": person} for person in (case.recipient, *case.formers) if person]
        if kind in (c.OpenLetter, c.JournaliseLetter):
            return [{"step": letter.step, "letter": letter.id} for letter in case.letters.sent]
        if kind in (c.DraftLetter, c.SendLetter):
            return [{"step": step, **self._shared(kind)} for step in WITH_A_LETTER]
        if kind in (c.AgreeProtection, c.NoteUnreachable):
            return [
                {"person": person, **({"until": None} if "until" in hints(kind) else {})} for person in case.affected
            ]
        if kind in AHEAD:
            return [{AHEAD[kind]: self.now + timedelta(days=2)}]
        if kind is c.AnswerDebriefing:
            return [{"held": v.Held.NOT_HELD}]
        if kind in (c.AgreePoints, c.WriteMessage, c.ReadMessages):
            ahead = {"next_talk": self.now + timedelta(days=2)} if kind is c.AgreePoints else {}
            return [{"person": person, **ahead} for person in ((by,) if by in case.affected else case.affected)]
        if kind is c.NoteUnsaid:
            return [{"to": PersonId(name.split(":")[-1]), "reminder": name} for name in sorted(case.reminded)]
        if kind is c.NoteInvited:
            return [
                {"person": person, "next_talk": said[-1].next_talk}
                for person, said in case.talk.points.items()
                if said[-1].next_talk
            ]
        if kind is c.AnswerPoints:
            return [{"number": points.number} for points in case.talk.points.get(by, ())[-1:]]
        if kind is c.GiveUpdate:
            return [{"people": ()}]
        if kind is c.TryRung:
            free = [rung for rung in RUNGS if not missing(case, next(step for step in read_plan() if step.id == rung))]
            return [{"step": rung, "sent_on": EPISODE.date()} for rung in free]
        if kind is c.AnswerRung:
            return [{"step": one.step, "attempt": one.id} for one in case.removal.attempts]
        if kind in (c.EndRemoval, c.ReopenRemoval):
            return [{"step": rung} for rung in RUNGS]
        if kind is c.AssignMeasure and case.analysis:
            days = [self.now.date() + timedelta(days=2)]
            return [{"measure": measure, "due": day} for measure in case.analysis.measures for day in days]
        if kind is c.UndoStep:
            return [{"step": step} for step, state in states if by == state.touched_by]
        if kind is c.EndDocumenting:
            return [{"person": colleague} for colleague, asker in case.documenting.asked if asker == by]
        return []

    def _shared(self, kind: type[c.Command]) -> dict[str, object]:
        return {"shared": self.chance.random() < 0.5} if kind is c.SendLetter else {}

    def _value(self, hint: Any) -> Any:
        if get_origin(hint) in (Union, UnionType):
            inner = next(part for part in get_args(hint) if part is not type(None))
            return self._value(inner) if self.chance.random() < 0.8 else None
        if get_origin(hint) is tuple:
            return tuple(self._value(get_args(hint)[0]) for _ in range(self.chance.randint(0, 2)))
        if get_origin(hint) is frozenset:
            return frozenset(self._value(get_args(hint)[0]) for _ in range(self.chance.randint(0, 2)))
        if hint is Written:
            return self._written()
        if hint is ItemId:
            return self.chance.choice(self._items())
        if hint is Original:
            return Original(self.now, Clock.LOCAL, mail=self._value(tuple[MailPart, ...]))
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return self.chance.choice(list(hint))
        return self.chance.choice(DRAWN[hint])

    def _written(self) -> Written:
        number = next(self._numbers)
        return Written(ItemId(f"item-{number}"), f"<{number:04}>")

    def _items(self) -> tuple[ItemId, ...]:
        measures = self.case.analysis.measures if self.case.analysis else ()
        return (*self.case.items, *self.case.account, *measures, ACCOUNT, ItemId("none"))

    def decided(self, command: c.Command) -> tuple[Event, ...]:
        """What would follow; Refused when nothing would."""
        permit(self.case, command, frozenset({NORD}) if command.by in MEMBERS else frozenset())
        return decide(self.case, command, self.now)

    def takes_in(self, command: c.Command, events: tuple[Event, ...]) -> None:
        for event in events:
            self.case = evolve(self.case, event)
        if events:
            self.texts |= {one.item: one.text for one in written_in(command)}
            self.marks |= {one.text: command for one in written_in(command)}

    # -- what somebody sees ------------------------------------------------------------------------------------

    def views(self, reader: PersonId) -> Iterator[object]:
        """Every card the reader could be drawn."""
        case, texts, now = self.case, self.texts, self.now
        yield p.case_view(case, reader, texts, now)
        yield p.case_line(case, reader, now)
        yield from (p.step_view(case, step, reader, texts, now) for step in STEPS)
        if F in roles_of(case, reader):
            yield p.former_reading(case, reader, now)
        yield p.closing_view(case, reader, texts, now)
        yield p.missing_view(case, reader, texts) if reader in case.told else None
        measures = case.analysis.measures if case.analysis else ()
        if roles_of(case, reader):
            yield from (p.follow_up_view(case, measure, reader, texts, now) for measure in measures)
        yield from (p.messages_view(case, person, reader, texts) for person in PEOPLE)
        yield from (p.points_view(case, person, reader, texts) for person in PEOPLE)
        if roles_of(case, reader):
            yield p.check_in_view(case, reader)
        own = [key for key in case.consents if key[1] == reader and roles_of(case, reader)]
        asked = [p.asked(case, kind, episode, reader, texts) for kind, _, episode in own]
        yield from asked
        yield p.answers_view(case, reader, asked, texts) if A in roles_of(case, reader) else None
        yield from (p.reminder_view(case, one, texts, now) for one in agenda(case) if one.to == reader)

    def to_the_group(self) -> Iterator[object]:
        yield p.group_view(self.case, self.now)


def strings_in(view: object) -> Iterator[str]:
    """Every text and id in a view."""
    if isinstance(view, str):
        yield str(view)
    elif is_dataclass(view):
        for spec in fields(view):
            yield from strings_in(getattr(view, spec.name))
    elif isinstance(view, tuple):
        for part in view:
            yield from strings_in(part)


def may_meet(case: Case, reader: PersonId, brought: c.Command) -> bool:
    """Who may meet the words of a command on a card. "Vis" is another matter."""
    if reader in (brought.by, case.recipient):
        return True
    match brought:
        case c.GiveAccount() | c.WriteInCase():
            return case.step(StepId("safetynet")).owner == reader
        case c.SendLetter() | c.JournaliseLetter() if case.step(brought.step).owner == reader:
            return True
        case c.SendLetter():
            return brought.shared and case.affected == (reader,) and reader in case.told
        case c.SetStepAside() | c.NoteTold() | c.NoteUnreachable():
            return case.affected == (reader,) and reader in case.told
        case c.RecordOralConsent() | c.RecordOutcome() | c.AgreeProtection():
            return brought.person == reader and reader in case.told
        case c.AgreePoints() | c.WriteMessage():
            return brought.person == reader and reader in case.told
        case c.AskDocumenter():
            return brought.person == reader and case.documenting.documents(reader)
        case c.GiveUpdate():
            return reader in case.told and reader in (brought.people or case.affected)
        case c.FinishAnalysis():
            follows_up = case.analysis is not None and reader == case.analysis.follow_up_by
            return follows_up or reader in case.measures.owners
        case c.AnswerFollowUp():
            return follows(case, reader, brought.measure)
    return False


def at_the_desk(world: Anything) -> tuple[c.Command, ...]:
    """The way a report usually goes, so that what follows meets a case that was sent."""
    by = world.chance.choice([METTE, LISE, JONAS])
    others = tuple(world.chance.sample([METTE, PETER, SARA, ALI, LISE], world.chance.randint(1, 3)))
    colleague = {"kind": v.OriginatorKind.WORKPLACE, "person": world.chance.choice([NADIA, TOM, None])}
    behind = world.chance.choice([colleague, colleague, {"kind": v.OriginatorKind.CITIZEN, "person": None}])
    recipient = world.chance.choice([JONAS, JONAS, KARIN])
    return (
        c.StartDraft(case=CASE, by=by),
        world.command(c.TellForWhom, by, affected=others),
        world.command(c.GiveAccount, by),
        world.command(c.TellWhen, by, moment=EPISODE, day=None),
        world.command(c.TellOriginator, by, **behind),
        world.command(c.ChooseRecipient, by, recipient=recipient, ordinary=JONAS),
        world.command(c.SendReport, by, group_members=world.chance.choice([(), MEMBERS])),
        *(() if world.chance.random() < 0.5 else _letters_are_open(world, recipient)),
    )


def _letters_are_open(world: Anything, leader: PersonId) -> Iterator[c.Command]:
    """What has to be done before somebody is asked to remove it."""
    yield from (world.command(c.CompleteStep, leader, step=step) for step in ("documentation", "case_handling"))
    yield world.command(c.AskConsent, leader, kind=v.ConsentKind.REMOVAL)

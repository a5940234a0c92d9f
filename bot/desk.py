"""The desk somebody sits at for one turn: who they are, their words, and all they may ask of the house."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

import structlog
from botbuilder.schema import Activity

from bot.caseworker import Done, Opened
from bot.directory import DirectoryUnreachable
from bot.ids import case_id_from, item_id_from
from bot.keeping.records import Record
from bot.kept_out import kept_out, kept_out_of, who_have
from bot.office import Office
from bot.scenes import people_in
from bot.stores import UnreadableFile
from cards.evidence import HELD
from cards.scene import Scene
from casework import projections
from casework.access import permit
from casework.calendar import WorkingDays, local
from casework.case import Case
from casework.commands import Command, MarkCallMade
from casework.local import Guide
from casework.pace import Pace
from casework.people import Person, Workplace
from casework.state.waiting import Patience
from casework.views import CaseLine, CoachView, DraftView, EvidenceLine, RecipientChoice
from casework.vocabulary import CaseId, ItemId, PersonId, Refused, Role, Stage, StepId, WorkplaceId

log = structlog.get_logger()

OWN = (Role.AFFECTED_EMPLOYEE, Role.REPORTER)
HANDLES = (Role.LEADER, Role.FORMER_LEADER, Role.COMPANION, Role.HEALTH_SAFETY_GROUP, Role.LEGAL_STAFF)


class Desk:
    """One person, one activity. `handled` is the activity's key: the same one again changes nothing."""

    def __init__(self, office: Office, record: Record, person: PersonId, handled: str) -> None:
        self.office, self.record, self.person, self.handled = office, record, person, handled
        self.conversation, self.language = record.id, record.language
        self._made = 0

    def now(self) -> datetime:
        return self.office.caseworker.clock.now()

    def new_id(self, kind: str) -> str:
        self._made += 1
        return item_id_from(self.handled, kind, self._made)

    def new_case(self) -> CaseId:
        return CaseId(case_id_from(f"{self.handled}|{self.person}"))

    # -- cases -------------------------------------------------------------------------------------------------

    async def carry_out(self, command: Command) -> Case:
        return (await self.done(command)).case

    async def done(self, command: Command) -> Done:
        """Decide and append as this person. Refused when it cannot be."""
        groups = await self.office.groups_of(self.person)
        who = {"groups": groups, "legal": self.office.legal_staff()}
        return await self.office.caseworker.carry_out(command, **who, handled=self._key(command))

    def _key(self, command: Command) -> str:
        """The activity and what is asked: one activity may ask for several things, and be cut off between them."""
        return f"{self.handled}:{hashlib.sha256(repr(command).encode()).hexdigest()[:16]}"

    async def allowed(self, command: Command) -> None:
        """Refused if the person may not do this; nothing is done yet."""
        groups, legal = await self.office.groups_of(self.person), self.office.legal_staff()
        permit((await self.open(command.case)).case, command, groups, legal=legal)

    async def open(self, case: CaseId) -> Opened:
        return await self.office.caseworker.open(case)

    async def mine(self) -> tuple[Opened, ...]:
        """The person's cases, oldest first; unreadable ones are left out and stand in the administrator's list."""
        ids = await self.office.caseworker.store.cases_of(self.person)
        found = [await self._readable(CaseId(case)) for case in ids]
        return tuple(one for one in found if one is not None)

    async def _readable(self, case: CaseId) -> Opened | None:
        """One damaged file must not stand between a person and the rest of their cases."""
        try:
            return await self.office.caseworker.open(case)
        except (UnreadableFile, Refused) as fault:
            log.error("case_not_read", case=case, reason=type(fault).__name__)
            return None

    async def lines(self) -> tuple[CaseLine, ...]:
        legal = self.office.legal_staff()
        opened = [projections.case_line(one.case, self.person, self.now(), legal) for one in await self.mine()]
        return tuple(line for line in opened if line is not None)

    async def draft(self) -> Case | None:
        """The person's unsent draft, the newest if there should be several."""
        drafts = [one.case for one in await self.mine() if one.case.stage is Stage.DRAFT]
        return drafts[-1] if drafts else None

    async def draft_view(self, case: CaseId) -> DraftView:
        opened = await self.open(case)
        if opened.case.reporter != self.person:
            raise Refused("not_yours")
        return projections.draft_view(opened.case, opened.texts, self.now())

    async def newest_case(self, *roles: Role) -> CaseId | None:
        """The case a typed word means: the one last acted on or shown here, else the newest with such a role in it."""
        lines = [line for line in await self.lines() if line.state == "open" and (not roles or line.role in roles)]
        cases = [(await self.open(line.case)).case for line in lines]
        touched = [(at, case.id) for case in cases if (at := self.touched_at(case)) is not None]
        return max(touched)[1] if touched else (lines[-1].case if lines else None)

    async def case_meant(self, *roles: Role) -> CaseId:
        """The same. Refused when there is none."""
        case = await self.newest_case(*roles)
        if case is None:
            raise Refused("nothing_open")
        return case

    async def case_handled(self, *roles: Role) -> CaseId:
        """The same, of those they have something to do in. Refused when they have cases of their own only, or none."""
        case = await self.newest_case(*(roles or HANDLES))
        if case is None:
            raise Refused("leaders_to_do" if await self.newest_case(*OWN) else "nothing_open")
        return case

    def touched_at(self, case: Case) -> datetime | None:
        """What the person did stands in the case itself; what was only shown, in the record of the chat."""
        moments = [event.at for event in case.log if event.by == self.person]
        if self.record.case == case.id and self.record.case_at:
            moments.append(datetime.fromisoformat(self.record.case_at))
        return max(moments, default=None)

    async def leads(self) -> bool:
        """Whether an open case is theirs to act in. Cases are read only for whoever may have one."""
        if not (self.record.case or await self._may_lead()):
            return False
        return any(one.case.recipient == self.person and one.case.stage is Stage.OPEN for one in await self.mine())

    async def _may_lead(self) -> bool:
        try:
            places = await self.office.directory.workplaces()
        except DirectoryUnreachable:
            return True
        return any(self.person in _leading(place) for place in places)

    async def has_a_part(self) -> bool:
        """Whether they lead, help or are of a group somewhere: they come for the cases of others."""
        try:
            places = await self.office.directory.workplaces()
        except DirectoryUnreachable:
            return False
        of = ((*_leading(one), *one.health_safety_reps, *one.union_reps, *one.group) for one in places)
        return self.person in self.office.legal_staff() or any(self.person in people for people in of)

    def shows(self, case: CaseId) -> None:
        """This case is before the person now."""
        self.record.case, self.record.case_at = case, self.now().isoformat()

    # -- evidence ----------------------------------------------------------------------------------------------

    async def receive(self, activity: Activity, case: CaseId) -> tuple[EvidenceLine | Refused, ...]:
        """The attachments of a message, each kept untouched or named with the reason why not."""
        return await self.office.receiving.receive(self, activity, case)

    async def coach(self, case: CaseId, item: ItemId) -> CoachView:
        """How far the evidence is, and what is asked next: about that piece first."""
        opened = await self.open(case)
        return projections.coach_view(opened.case, self.person, opened.texts, item)

    def holds(self, device: str) -> None:
        """Remembered in the person's own conversation; it stands in no case."""
        self.record.device = device if device in HELD else self.record.device

    # -- words and people --------------------------------------------------------------------------------------

    async def scene(self, *people: PersonId) -> Scene:
        draft = await self.draft()
        known = people_in(draft) if draft else ()
        return await self._scene((self.person, *people, *known), None)

    async def scene_of(self, case: Case, *people: PersonId) -> Scene:
        return await self._scene((self.person, *people, *people_in(case)), case.workplace)

    async def _scene(self, people: Iterable[PersonId], workplace: WorkplaceId | None) -> Scene:
        language, place = self.record.language, workplace or self.place
        scene = await self.office.scenes.scene(language, people, workplace=place, reader=self.person)
        return replace(scene, device=self.record.device)

    @property
    def place(self) -> WorkplaceId | None:
        """In a channel, the connected group's workplace."""
        return WorkplaceId(self.record.workplace) if self.record.workplace else None

    async def guide_of(self, case: CaseId) -> Guide:
        """What the case's workplace goes by. Refused("not_yours") when there is no such case."""
        return await self.office.scenes.guide((await self.open(case)).case.workplace, self.person)

    async def search(self, text: str) -> tuple[Person, ...]:
        """People by name; an id that a card's own choice carries is found as it is."""
        if exact := await self.office.scenes.person(PersonId(text)):
            return (exact,)
        try:
            return await self.office.directory.search(text)
        except DirectoryUnreachable:
            return ()

    async def recipients(self, case: Case) -> tuple[tuple[RecipientChoice, ...], tuple[PersonId, ...]]:
        """Who is proposed on form 5, whoever is there first, and the ordinary leaders. Nobody affected or behind it."""
        place = await self._workplace_of(case)
        if place is None:
            return (), ()
        leaders = [("leader", leader) for leader in place.leaders]
        rows = (*leaders, ("stand_in", place.stand_in), ("leaders_leader", place.leaders_leader))
        behind = case.originator.person if case.originator else None
        away = {behind, *case.affected, self.person if self.person in case.affected else None}
        found = [self._choice(person, role) for role, person in self._with_stand_ins(rows) if person not in away]
        by_person = {choice.person: choice for choice in reversed(found)}
        in_order = [choice for choice in found if by_person[choice.person] is choice]
        return tuple(sorted(in_order, key=lambda choice: choice.away_until is not None)), place.leaders

    def _with_stand_ins(self, rows: Iterable[tuple[str, PersonId | None]]) -> Iterator[tuple[str, PersonId]]:
        """Whoever is named as standing in during an absence, before the ordinary ones."""
        today = local(self.now()).date()
        people = [(role, person) for role, person in rows if person]
        absences = [self.office.chain.absence_of(person, today) for _, person in people]
        yield from (("stand_in", one.stand_in) for one in absences[:1] if one and one.stand_in)
        yield from people

    def _choice(self, person: PersonId, role: str) -> RecipientChoice:
        away = self.office.chain.absence_of(person, local(self.now()).date())
        return RecipientChoice(person, role, away.last_day if away else None)

    async def workplace(self) -> tuple[WorkplaceId | None, tuple[PersonId, ...]]:
        """The workplace of the draft's matter, and the members of its group if one is connected."""
        draft = await self.draft()
        place = await self._workplace_of(draft) if draft else None
        if place is None:
            return None, ()
        connected = await self.office.records.of_group(place.id)
        return place.id, place.group if connected else ()

    async def _workplace_of(self, case: Case | None) -> Workplace | None:
        """Where it happened: the first affected person's workplace, else the reporter's."""
        for person in (*(case.affected if case else ()), self.person):
            try:
                place = await self.office.directory.workplace_of(person)
            except DirectoryUnreachable:
                place = None
            if place is not None:
                return place
        return None

    async def left_out(self, workplace: WorkplaceId | None) -> tuple[StepId, ...]:
        """Steps that the workplace's administration does without."""
        return (await self.office.scenes.guide(workplace, self.person)).left_out

    async def companions(self) -> tuple[PersonId, ...]:
        """Whom one can ask to ring: whoever has a case of theirs; leader, stand-in, AMR and TR of their workplace."""
        place = await self._workplace_of(None)
        having = who_have([one.case for one in await self.mine()], self.person)
        near = (*place.leaders, place.stand_in, *place.health_safety_reps, *place.union_reps) if place else ()
        people = (*having, *near)
        return tuple(dict.fromkeys(person for person in people if person and person != self.person))

    async def kept_out(self) -> frozenset[PersonId]:
        """Whoever is shut out of what the person told, or was told of: never asked by Værn to ring them."""
        return kept_out_of((one.case for one in await self.mine()), self.person)

    async def call_made(self, case: CaseId) -> MarkCallMade:
        """What notes it. As things stand now: they may have been shut out since they were asked to ring."""
        wish = (await self.open(case)).case
        out = await kept_out(self.office.caseworker, wish.reporter) if wish.stage is Stage.CALL else frozenset()
        return MarkCallMade(case=case, by=self.person, shut_out=out)

    def pace(self) -> Pace:
        """At which days and hours a case reminds of what can wait, by the settings."""
        return self.office.scenes.standing.organisation.pace

    def working_days(self) -> WorkingDays:
        """When people are at work, by the settings."""
        return self.office.scenes.standing.organisation.working_days

    def answer_days(self) -> Mapping[StepId, int]:
        """How many working days an answer is waited for on each rung of removal, by the settings."""
        return self.office.scenes.standing.organisation.answer_days

    def patience(self) -> Patience:
        """How long whoever has a case may leave it unanswered, by the settings."""
        return self.office.scenes.standing.organisation.patience


def _leading(place: Workplace) -> tuple[PersonId | None, ...]:
    return (*place.leaders, place.stand_in, place.leaders_leader)

"""Draws a notice and puts it into its conversation: the same card in place, or anew when somebody must act."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from bot.caseworker import Caseworker, Opened
from bot.clock import Clock
from bot.directory import Directory
from bot.drawing import closed_down, view_of
from bot.keeping.records import ONE_CURRENT, Record, Records, card_key
from bot.kept_out import as_they_may
from bot.messages import activity_of
from bot.reaching.outbox import HeldBack
from bot.scenes import Scenes, people_in
from bot.stores import Pending
from bot.stores.turns import Turns
from bot.teams.connector import Connector
from bot.teams.faults import Ambiguous, ChannelFault, DefiniteNo, Unreachable
from cards.show import Shown, show
from casework.case import Case
from casework.commands import NoteUnsaid
from casework.notices import Notice
from casework.reminders import for_today, too_late
from casework.six_a_day import held_until, said_after
from casework.talk_notices import card_saying
from casework.vocabulary import VAERN, CaseId, PersonId, WorkplaceId

log = structlog.get_logger()

MEMBERS_UNKNOWN_WAIT = 300.0  # seconds


class BotAddress:
    """Who we are to the channel, for a first contact."""

    def __init__(self, app_id: str, tenant_id: str, service_url: str) -> None:
        self.id, self.tenant_id, self.service_url = f"28:{app_id}", tenant_id, service_url


class TeamsPostman:
    """`turns` are the conversations' own: no card is changed in the middle of somebody's turn."""

    def __init__(
        self,
        caseworker: Caseworker,
        records: Records,
        scenes: Scenes,
        directory: Directory,
        connector: Connector,
        clock: Clock,
        turns: Turns,
        bot: BotAddress,
    ) -> None:
        self.caseworker, self.records, self.scenes, self.directory = caseworker, records, scenes, directory
        self.connector, self.clock, self.turns, self.bot = connector, clock, turns, bot

    async def deliver(self, row: Pending) -> bool:
        """Whether the card is there now; False when the notice no longer holds."""
        with self.scenes.standing.held():
            return await self._delivered(row)

    async def _delivered(self, row: Pending) -> bool:
        opened, notice = await self.caseworker.open(CaseId(row.case)), row.notice
        if await self._not_for_the_group(opened, notice):
            return False
        if notice.get("only_known") and not await self._stands(notice, opened):
            return False
        record = await self._where(notice["to"], opened)
        return await self.turns.take(record.id, lambda: self._put(row, record.id))

    async def _not_for_the_group(self, opened: Opened, notice: Mapping[str, Any]) -> bool:
        """Somebody excluded is in it. Members change: looked up again right before anything is posted to a group."""
        if notice["to"] is not None:
            return False
        group = opened.case.group
        place = await self.directory.workplace(group) if group else None
        if place and opened.case.excluded and not place.group_known:
            raise DefiniteNo(None, retry_after=MEMBERS_UNKNOWN_WAIT)  # any of them may be who must not know
        return place is None or bool(set(place.group) & opened.case.excluded)

    async def _stands(self, notice: Mapping[str, Any], opened: Opened) -> bool:
        """Whether the reader has that card: looked up without writing to anybody for the first time."""
        record = await self.records.of_person(PersonId(str(notice["to"])))
        return record is not None and _key(opened, notice) in record.cards

    async def _where(self, to: str | None, opened: Opened) -> Record:
        """The conversation of the person or group. A person never met is written to as the bot is installed."""
        if to is None:
            record = await self.records.of_group(WorkplaceId(str(opened.case.group)))
        else:
            record = await self.records.of_person(PersonId(to)) or await self._first_contact(PersonId(to))
        if record is None:
            raise Unreachable(404, "nobody_connected")
        return record

    async def _first_contact(self, person: PersonId) -> Record:
        url = await self.records.service_url() or self.bot.service_url
        try:
            conversation = await self.connector.create_conversation(url, self.bot.tenant_id, self.bot.id, person)
        except Ambiguous as fault:  # nothing was said yet: this is no try of the notice itself
            raise DefiniteNo(fault.status, code=fault.code) from fault
        return await self.turns.take(conversation, lambda: self._met(conversation, person, url))

    async def _met(self, conversation: str, person: PersonId, url: str) -> Record:
        """The chat may be known already, with a report under way in it: the person wrote meanwhile, say."""
        language = await self.records.language_of(person)
        new = Record(conversation, language=language, reference={"serviceUrl": url})
        record = await self.records.get(conversation) or new
        record.person = person
        await self.records.save(record)
        return record

    async def _put(self, row: Pending, conversation: str) -> bool:
        """As the case is now: it may have been moved, or have gone, while this turn was waited for."""
        opened, notice = await self.caseworker.open(CaseId(row.case)), row.notice
        if await self._not_for_the_group(opened, notice):
            return False
        record = await self.records.get(conversation)
        known = record.cards.get(_key(opened, notice)) if record else None
        if notice.get("only_known"):
            return bool(record and known) and await self._changed(opened, notice, record, known)
        return record is not None and await self._put_into(opened, row, record, known)

    async def _put_into(self, opened: Opened, row: Pending, record: Record, known: str | None) -> bool:
        notice, anew = row.notice, bool(row.notice.get("fresh")) or known is None
        if anew and not await self._may_be_said(opened, row, record):
            return False
        shown = await self._drawn(opened, notice, record, known is not None)
        if shown is None:
            return False
        if known and not anew and await self._updated(record, known, shown):
            return True
        await self._sent(opened, notice, record, shown)
        if known and notice["kind"] in ONE_CURRENT:
            await self._taken_away(record, known)
        return True

    async def _changed(self, opened: Opened, notice: Mapping[str, Any], record: Record, known: str) -> bool:
        """The card that stands there, as it is now. What was taken away meanwhile stays away."""
        shown = await self._drawn(opened, notice, record, True)
        return shown is not None and await self._updated(record, known, shown)

    async def _sent(self, opened: Opened, notice: Mapping[str, Any], record: Record, shown: Shown) -> None:
        case = opened.case.id
        sent = await self.connector.send(record.service_url, record.id, activity_of(shown))
        record.cards[_key(opened, notice)] = sent
        record.say(case, said_after(record.said_of(case), Notice.read(notice), self.clock.now()))
        await self.records.save(record)

    async def _may_be_said(self, opened: Opened, row: Pending, record: Record) -> bool:
        """HeldBack when it is one message too many today: then it stands on the case card at once, and that is all.
        False where it would be too late then; that it was not said is noted.
        """
        case, now, said = opened.case, self.clock.now(), record.said_of(opened.case.id)
        held = row.not_before is not None
        kept = partial(_kept, case, row, record, now)
        until = held_until(Notice.read(row.notice), row.queued_at, said, now, kept, held)
        if until is None:
            return True
        if too_late(case, row.notice["about"], until, now):
            how = {"to": row.notice["to"], "reminder": row.notice["about"]}
            await self.caseworker.carry_out(NoteUnsaid(case=case.id, by=VAERN, **how))
            return False
        if row.not_before is None:  # for the first time
            await self._in_place(opened, row.notice["to"], record)
        raise HeldBack(until)

    async def _in_place(self, opened: Opened, to: str | None, record: Record) -> None:
        kind = "group" if to is None else "case"
        known = record.cards.get(card_key(opened.case.id, kind))
        shown = await self._drawn(opened, {"kind": kind, "about": "", "to": to}, record, True) if known else None
        if known and shown:
            await self._updated(record, known, shown)

    async def _drawn(self, opened: Opened, notice: Mapping[str, Any], record: Record, known: bool) -> Shown | None:
        view = view_of(opened, notice["kind"], notice["about"], notice["to"], self.clock.now())
        if view is None and known:  # whoever never had the card is not told that there was one
            view = closed_down(opened.case, notice["kind"], notice["to"])
        view = await as_they_may(self.caseworker, view, opened.case, notice["to"])
        if view is None:
            return None
        people, place, reader = people_in(opened.case), opened.case.workplace, notice["to"]
        return show(view, await self.scenes.scene(record.language, people, workplace=place, reader=reader))

    async def _updated(self, record: Record, activity: str, shown: Shown) -> bool:
        """Whether the card could be changed where it is; if it is gone there, it comes anew."""
        try:
            await self.connector.update(record.service_url, record.id, activity, activity_of(shown, activity))
        except Unreachable:
            return False
        return True

    # -- a group that has moved --------------------------------------------------------------------------------

    def group_moved(self, conversation: str, workplace: WorkplaceId) -> None:
        """Its old channel is told, as soon as nothing else goes on there."""
        self.turns.later(conversation, lambda: self._no_longer_here(conversation, workplace))

    async def _no_longer_here(self, conversation: str, workplace: WorkplaceId) -> None:
        record = await self.records.get(conversation)
        if record is None or record.workplace != workplace:
            return
        await self.records.disconnect(workplace, record)
        scene = await self.scenes.scene(record.language, workplace=workplace)
        text = scene.say.plain("group.connected.moved_away", workplace=scene.place.workplaces.get(workplace, workplace))
        try:
            await self.connector.send(record.service_url, record.id, activity_of(Shown({}, "", text)))
        except ChannelFault as fault:  # it is connected elsewhere all the same; the channel may be gone
            log.warning("old_channel_not_told", conversation=conversation, fault=type(fault).__name__)

    # -- a card that stands further down ---------------------------------------------------------------------------

    def came_anew(self, record: Record, older: Iterable[str]) -> None:
        """Somebody asked for a card that stood there already: as soon as their turn is over only the new one does."""
        for activity in older:
            self.turns.later(record.id, lambda activity=activity: self._taken_away(record, activity))

    async def _taken_away(self, record: Record, activity: str) -> None:
        """One current card: the old one goes. If it stays, it is only an old card."""
        try:
            await self.connector.delete(record.service_url, record.id, activity)
        except ChannelFault:  # the new one is there: nothing to send again
            return


def _kept(case: Case, row: Pending, record: Record, now: datetime) -> int:
    """How many places of today are for others that must be said today, and are not there yet."""
    bound = {one.id: card_saying(one.kind, one.id) for one in for_today(case, row.notice["to"], now)}
    if row.notice["about"] in bound:
        return 0
    return sum(card_key(case.id, *card) not in record.cards for card in bound.values())


def _key(opened: Opened, notice: Mapping[str, Any]) -> str:
    return card_key(opened.case.id, notice["kind"], notice["about"])

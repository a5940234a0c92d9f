"""Which part of the house needs which: each is made once, when it is first asked for. Nothing here decides or runs."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from bot.administrator.heads_up import HeadsUp
from bot.administrator.orders import Orders
from bot.administrator.status import StatusRoom
from bot.caseworker import Caseworker
from bot.clock import Clock
from bot.conversation import Conversation
from bot.delivering.delivery import Delivery
from bot.delivering.ending import WaitingFilesEnd
from bot.delivering.offered import OfferedFiles
from bot.directory import Directory
from bot.edge import Edge
from bot.keeping.kept import Kept
from bot.keeping.loose_words import LooseWords
from bot.keeping.offers import Offers
from bot.keeping.retention import RetentionRound
from bot.kept_out import kept_out
from bot.numbers import Numbers
from bot.office import Office
from bot.packages.room import PackageRoom
from bot.packages.timestamping import TimestampAuthority, read_certificates
from bot.reaching.absence import AbsenceRound
from bot.reaching.chain import Chain
from bot.reaching.inviting import Inviting
from bot.reaching.leaving import LeavingRound
from bot.reaching.outbox import Outbox
from bot.reaching.postman import BotAddress, TeamsPostman
from bot.reaching.reminder_round import ReminderRound
from bot.reaching.silence import SilenceRound
from bot.reaching.undelivered import Undelivered, WayRound
from bot.reaching.ways import Ways
from bot.receiving import Receiving
from bot.recognising import Admission, Recognising
from bot.room_post import RoomPost
from bot.scenes import Scenes
from bot.setup.renewal import Renewal
from bot.setup.settings import Settings
from bot.setup.standing import Standing
from bot.stores.turns import Turns
from bot.yearly import Yearly
from casework.vocabulary import PersonId

CHAT_WITH_US = "https://teams.microsoft.com/l/chat/0/0?users=28:{app_id}"
FIRST_ADDRESS = "https://smba.trafficmanager.net/emea/"  # until the channel has told its own


class Wiring:
    """`real_now` is the machine's time, for back-off and ages; cases go by `clock`."""

    def __init__(
        self,
        settings: Settings,
        standing: Standing,
        clock: Clock,
        edge: Edge,
        kept: Kept,
        directory: Directory,
        ways: Ways,
        real_now: Callable[[], datetime],
    ) -> None:
        self.settings, self.standing, self.clock, self.edge = settings, standing, clock, edge
        self.kept, self.directory, self.ways, self.real_now = kept, directory, ways, real_now
        self.turns = Turns()

    @cached_property
    def scenes(self) -> Scenes:
        return Scenes(self.directory, self.standing, self.clock)

    @cached_property
    def chain(self) -> Chain:
        out = lambda person: kept_out(self.caseworker, person)  # noqa: E731 - made later than this
        return Chain(self.directory, lambda: self.standing.organisation.absences, out)

    # -- cases -------------------------------------------------------------------------------------------------

    @cached_property
    def caseworker(self) -> Caseworker:
        wake = lambda: (self.outbox.wake(), self.clock.wake())  # noqa: E731 - both are made later than this
        return Caseworker(self.kept.store, self.clock, wake, (self._admission, WaitingFilesEnd(self._offered_files)))

    @cached_property
    def _admission(self) -> Admission:
        return Admission(self.kept.known_conduct, self.standing, self.clock)

    @cached_property
    def recognising(self) -> Recognising:
        return Recognising(self._admission, self.kept.store, self.caseworker, self.scenes.person)

    @cached_property
    def office(self) -> Office:
        return Office(
            self.caseworker,
            self.directory,
            self.scenes,
            self.kept.records,
            self._receiving,
            self._offers,
            self._delivery,
            self._status,
            self.postman.group_moved,
            self.postman.came_anew,
            self.chain,
            self.numbers,
            self.yearly,
            self.packages,
            LooseWords(self.kept.records, self.turns, self.real_now),
        )

    @cached_property
    def numbers(self) -> Numbers:
        known = self.kept.numbers, self.kept.store, self.kept.records, self.directory
        return Numbers(*known, self.standing, self.scenes, RoomPost(self.edge.connector), self.clock)

    @cached_property
    def yearly(self) -> Yearly:
        known = self.kept.yearly, self.kept.records, self.directory
        return Yearly(*known, self.standing, self.scenes, RoomPost(self.edge.connector), self.clock)

    @cached_property
    def packages(self) -> PackageRoom:
        return PackageRoom(self.kept.signing, self._timestamps)

    async def _timestamps(self) -> TimestampAuthority:
        file = self.settings.timestamp_ca
        trusted = await asyncio.to_thread(read_certificates, file) if file else ()
        return TimestampAuthority(self.settings.timestamp_url, trusted, self.edge.session)

    @cached_property
    def conversation(self) -> Conversation:
        return Conversation(self.office, self.turns, self._heard)

    async def _heard(self, person: PersonId) -> None:
        """Somebody has written, so they can be reached."""
        await self.undelivered.heard(person)
        await self.outbox.retry(person)

    @cached_property
    def _receiving(self) -> Receiving:
        return Receiving(self.kept.store, self.edge.files, lambda: self.standing.organisation.uploads)

    @cached_property
    def _offers(self) -> Offers:
        return Offers(self.kept.offers, self.real_now)

    @cached_property
    def _offered_files(self) -> OfferedFiles:
        return OfferedFiles(self.kept.deliveries, self.real_now)

    @cached_property
    def _delivery(self) -> Delivery:
        return Delivery(self._offered_files, self.edge.connector, self.edge.uploads)

    @cached_property
    def _status(self) -> StatusRoom:
        edge, kept = self.edge, self.kept
        shelves = kept.store, kept.records, kept.attention
        return StatusRoom(self.settings, edge.channel, edge.session, *shelves, self.scenes, self.real_now)

    # -- what goes out -----------------------------------------------------------------------------------------

    @cached_property
    def postman(self) -> TeamsPostman:
        us = BotAddress(self.settings.app_id, self.settings.tenant_id, FIRST_ADDRESS)
        known = self.caseworker, self.kept.records, self.scenes, self.directory
        return TeamsPostman(*known, self.edge.connector, self.clock, self.turns, us)

    @cached_property
    def undelivered(self) -> Undelivered:
        around = WayRound(self.ways, self.chain, CHAT_WITH_US.format(app_id=self.settings.app_id))
        kept = self.kept
        postman = Inviting(self.postman, self.ways, self.caseworker, kept.records, kept.attention, self.clock)
        return Undelivered(postman, self.caseworker, around, kept.attention, kept.records, self.clock)

    @cached_property
    def outbox(self) -> Outbox:
        store, postman = self.kept.store, self.undelivered
        heard = lambda: self.conversation.busy(), lambda: self.conversation.quiet()  # noqa: E731 - made later than this
        return Outbox(store, postman, self.real_now, heard[0], self.clock.now, heard[1])

    # -- what goes round ---------------------------------------------------------------------------------------

    @cached_property
    def round(self) -> ReminderRound:
        known = self.kept.store, self.caseworker
        absence = AbsenceRound(*known, self.chain, self.kept.attention, self.clock)
        working = lambda: self.standing.organisation.working_days  # noqa: E731
        silence = SilenceRound(*known, self.chain, self.kept.attention, self.clock, working)
        leaving = LeavingRound(self.directory, self.caseworker, self.chain, self.clock)
        return ReminderRound(*known, self.clock, absence, silence, leaving)

    @cached_property
    def retention(self) -> RetentionRound:
        known = self.kept.store, self.caseworker, self.kept.records
        return RetentionRound(*known, self.standing, self.clock, self.turns)

    @cached_property
    def heads_up(self) -> HeadsUp:
        return HeadsUp(self.kept.attention, self.kept.records, self.scenes, self.edge.connector, self.clock)

    @cached_property
    def renewal(self) -> Renewal:
        kept = self.kept
        return Renewal(self.settings.sources, self.standing, kept.attention, kept.wordings, self.clock)

    @cached_property
    def orders(self) -> Orders:
        kept = self.kept
        return Orders(kept.orders, self.caseworker, kept.store, self.directory)

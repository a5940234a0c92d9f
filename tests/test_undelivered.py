"""Ways that fail, and a bot that is killed in between: nobody is written to twice, and the case goes on."""

from contextlib import asynccontextmanager
from datetime import timedelta

from bot.administrator.attention import Attention
from bot.caseworker import Caseworker
from bot.clock import VirtualClock
from bot.directory.file import FileDirectory
from bot.keeping.records import Records
from bot.reaching.chain import Chain
from bot.reaching.outbox import Outbox
from bot.reaching.undelivered import Undelivered, WayRound
from bot.reaching.ways import WayClosed
from bot.setup.settings import read_settings
from bot.stores import Pending
from bot.stores.shelf import FileShelf
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from bot.teams.faults import Unreachable
from casework import commands as c
from casework import vocabulary as v
from casework.vocabulary import CaseId, EpisodeId, ItemId
from tests.story import PEOPLE, SUNDAY
from tests.ways import WaysByHand

CASE = CaseId("VK-7Q4M-X2D")
ORGANISATION = read_settings({}, rehearsal=True).organisation


def id_of(name: str) -> str:
    return next(person.id for person in ORGANISATION.people if person.name == PEOPLE[name])


class Killed(BaseException):
    """The process ends here."""


class Doors:
    """A postman who meets closed doors. `came`: whoever got something."""

    def __init__(self, *shut: str) -> None:
        self.shut, self.came = {id_of(name) for name in shut}, []

    async def deliver(self, row: Pending) -> bool:
        if row.notice["to"] in self.shut:
            raise Unreachable(403, "closed")
        self.came.append(row.notice["to"])
        return True


class House:
    """The outbox with all that stands behind it, on files. `hours` have really gone by."""

    def __init__(self, store, shelf, doors: Doors, ways: WaysByHand) -> None:
        self.clock, self.hours, self.store = VirtualClock(SUNDAY), 0.0, store
        self.caseworker = Caseworker(store, self.clock, wake=lambda: None)
        self.attention = Attention(shelf)
        around = WayRound(ways, Chain(FileDirectory(ORGANISATION)), "https://example.org/chat")
        undelivered = Undelivered(doors, self.caseworker, around, self.attention, Records(shelf), self.clock)
        self.outbox = Outbox(store, undelivered, lambda: SUNDAY + timedelta(hours=self.hours))

    async def settled(self) -> None:
        for _ in range(6):
            await self.outbox.once()

    async def passes(self, hours: float) -> None:
        self.hours += hours
        self.clock.move_by(timedelta(hours=hours))
        await self.settled()

    async def recipient(self) -> str:
        return (await self.caseworker.open(CASE)).case.recipient


@asynccontextmanager
async def house(folder, doors: Doors, ways: WaysByHand):
    """Opened on what lies in the folder; leaving it writes nothing more, as if it had been killed."""
    vault = Vault(folder / "keys", bytes(32))
    store = await TinyCaseStore.open(folder / "cases", vault)
    try:
        yield House(store, FileShelf(folder, vault, "attention"), doors, ways)
    finally:
        await store.close()


async def reported(house: House) -> None:
    head = {"case": CASE, "by": id_of("mette")}
    for command in (
        c.StartDraft(**head),
        c.TellForWhom(**head, whom=v.Whom.ME),
        c.GiveAccount(**head, account=c.Written(ItemId("item-1"), "Et opslag om mig.")),
        c.TellWhen(**head, episode=EpisodeId("e"), certainty=v.Certainty.EXACT, moment=SUNDAY - timedelta(hours=20)),
        c.ChooseRecipient(**head, recipient=id_of("jonas"), ordinary=id_of("jonas")),
        c.SendReport(**head),
    ):
        await house.caseworker.carry_out(command)


async def test_killed_while_a_mail_is_on_its_way_it_is_not_sent_again_and_the_case_goes_on(tmp_path):
    doors, ways = Doors("jonas"), WaysByHand()
    ways.install_fails, ways.mail_fails = WayClosed("not_allowed"), Killed()
    async with house(tmp_path, doors, ways) as before:
        await reported(before)
        try:
            await before.settled()
        except Killed:
            pass
        assert await before.recipient() == id_of("jonas")
    ways.mail_fails = None
    async with house(tmp_path, doors, ways) as after:
        await after.settled()
        assert ways.installed == [id_of("jonas")] and ways.mailed_to == [id_of("jonas")]
        assert await after.recipient() == id_of("karin") and id_of("karin") in doors.came
        handed = (await after.caseworker.open(CASE)).case.log[-1]
        assert handed.mailed is False, "nobody knows whether it went"


async def test_killed_while_the_app_is_being_installed_the_mail_goes_and_the_case_too(tmp_path):
    doors, ways = Doors("jonas"), WaysByHand()
    ways.install_fails = Killed()
    async with house(tmp_path, doors, ways) as before:
        await reported(before)
        try:
            await before.settled()
        except Killed:
            pass
    async with house(tmp_path, doors, ways) as after:
        await after.settled()
        assert ways.installed == [id_of("jonas")] and ways.mailed_to == [id_of("jonas")]
        assert await after.recipient() == id_of("karin")


async def test_a_way_that_fails_is_tried_again_in_a_minute_and_the_others_get_theirs_meanwhile(tmp_path):
    doors, ways = Doors("jonas"), WaysByHand()
    ways.install_fails = TimeoutError()
    async with house(tmp_path, doors, ways) as running:
        await reported(running)
        await running.settled()
        assert len(ways.installed) == 1 and doors.came == [id_of("mette")]
        ways.install_fails = None
        doors.shut.clear()
        await running.passes(hours=1 / 30)
        assert id_of("jonas") in doors.came and ways.mailed == []
        assert await running.recipient() == id_of("jonas")


async def test_a_way_that_goes_on_failing_does_not_keep_the_case_waiting(tmp_path):
    doors, ways = Doors("jonas"), WaysByHand()
    ways.install_fails = ways.mail_fails = TimeoutError()
    async with house(tmp_path, doors, ways) as running:
        await reported(running)
        await running.settled()
        for _ in range(6):
            await running.passes(hours=1 / 30)
        assert len(ways.installed) == len(ways.mailed) == 3
        assert await running.recipient() == id_of("karin")


async def test_the_next_day_whoever_has_it_and_was_not_reached_is_tried_anew_until_they_are(tmp_path):
    doors, ways = Doors("jonas", "karin", "birgit"), WaysByHand()
    ways.install_fails = WayClosed("not_allowed")
    async with house(tmp_path, doors, ways) as running:
        await reported(running)
        await running.settled()
        await running.passes(hours=1)
        assert len(ways.installed) == len(ways.mailed) == 3 and await running.recipient() == id_of("birgit")
        await running.passes(hours=24)
        assert len(ways.installed) == len(ways.mailed) == 6
        doors.shut.discard(id_of("birgit"))
        await running.passes(hours=1)
        case = (await running.caseworker.open(CASE)).case
        assert case.unreached is None and case.recipient == id_of("birgit")
        assert {row.about for row in await running.attention.rows()} == {id_of("jonas"), id_of("karin")}

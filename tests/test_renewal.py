"""Settings that change while Værn runs."""

import asyncio
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.administrator.attention import Attention
from bot.clock import VirtualClock
from bot.setup.renewal import Renewal
from bot.setup.settings import SettingsFault
from bot.setup.standing import InForce, Sources, Standing, read_in_force
from bot.stores import StoreAway
from bot.stores.shelf import FileShelf
from bot.stores.vault import Vault
from casework.people import Person
from casework.vocabulary import PersonId
from tests.local_files import NORD, organisation, overlay
from tests.story import said, story
from tests.test_command_line import in_development, logged

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
EVA, OLE = "5f000000-0000-4000-8000-000000000401", "5f000000-0000-4000-8000-000000000402"
NEW_PLACE = f"""
[[workplaces]]
id = "jobcenter-vest"
name = "Jobcenter Vest"
leader = "{OLE}"

[[people]]
id = "{EVA}"
name = "Eva Toft"
workplace = "jobcenter-vest"

[[people]]
id = "{OLE}"
name = "Ole Kragh"
workplace = "jobcenter-vest"
"""
WORDING = """
[[wording]]
kind = "removal"
number = 1
instead_of = "removal.1"
da = "»Jeg vil gerne være med sammen med {leader}.«"
en = "“I would like to take part together with {leader}.”"
"""


async def test_a_new_workplace_is_there_without_a_restart_and_its_leader_gets_the_notice(tmp_path):
    folder = tmp_path / "settings"
    folder.mkdir()
    async with story(folder=tmp_path, VAERN_ORGANISATION=str(organisation(folder))) as s:
        await s.mette.say("hej")
        organisation(folder, more=NEW_PLACE)
        await s.settings_changed()
        for person, name in ((EVA, "Eva Toft"), (OLE, "Ole Kragh")):
            s.channel.people[PersonId(person)] = Person(PersonId(person), name)
        eva, ole = s.channel.chat(EVA), s.channel.chat(OLE)
        await s.report(eva, recipient=OLE)

        assert "Ole" in said(eva)
        assert s.has(ole, "open_case")
        await s.does(ole, "open_case")
        assert "Eva Toft" in said(ole)


# -- one holder ------------------------------------------------------------------------------------------------


async def test_a_turn_goes_on_with_what_was_in_force_when_it_began(tmp_path):
    before, after = (
        read_in_force(Sources(organisation(tmp_path, ("retention_months = 24", f"retention_months = {months}"))))[0]
        for months in (12, 36)
    )
    standing = Standing(before.organisation, before.overlays)

    with standing.held():
        standing.put(after)
        assert standing.organisation.retention_months == 12
    assert standing.organisation.retention_months == 36


class House:
    """A renewal over real files, with what it keeps."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.shelves = folder, folder / "shelves"
        self.vault = Vault(folder / "keys", b"m" * 32)
        self.attention = Attention(FileShelf(self.shelves, self.vault, "attention"))
        self.sources = Sources(organisation(folder, NORD), overlay(folder / "overlay", {}))
        self.standing, self.renewal = self.begun()

    def begun(self) -> tuple[Standing, Renewal]:
        in_force = read_in_force(self.sources)[0]
        assert in_force is not None
        standing = Standing(in_force.organisation, in_force.overlays)
        wordings = FileShelf(self.shelves, self.vault, "wordings")
        return standing, Renewal(self.sources, standing, self.attention, wordings, VirtualClock(NOON))

    @property
    def now(self) -> InForce:
        return self.standing.now


@pytest.fixture
async def house(tmp_path: Path) -> House:
    found = House(tmp_path)
    await found.renewal.begin()
    return found


async def test_a_file_is_read_when_it_has_stood_still_for_one_look(house):
    before = house.now
    organisation(house.folder, NORD, ("retention_months = 24", "retention_months = 36"))
    await house.renewal.look()
    assert house.now is before

    await house.renewal.look()
    assert house.now.organisation.retention_months == 36


async def test_nothing_is_read_when_nothing_has_changed(house):
    before = house.now
    for _ in range(3):
        await house.renewal.look()

    assert house.now is before


async def test_what_is_refused_is_read_once_and_not_at_every_look(house):
    overlay(house.folder / "overlay", {"nord/plan.toml": "["})
    for _ in range(2):
        await house.renewal.look()
    (row,) = await house.attention.rows()
    await house.attention.clear(row.kind, row.about)
    for _ in range(3):
        await house.renewal.look()

    assert (row.kind, row.about, row.since) == ("settings", "nord/plan.toml", NOON)
    assert await house.attention.rows() == ()


async def test_an_administration_that_is_renamed_while_its_folder_is_not_is_refused(house):
    overlay(house.folder / "overlay", {"nord/plan.toml": "[debriefing]\nleft_out = true"})
    await house.renewal.renew()
    before = house.now
    organisation(house.folder, (NORD[0], NORD[1].replace('"nord"', '"north"')))
    await house.renewal.renew()

    assert house.now is before
    assert [row.about for row in await house.attention.rows()] == ["VAERN_OVERLAY"]


async def test_a_start_is_refused_when_a_wording_that_was_in_force_has_other_words(house):
    file = {"nord/wordings.toml": WORDING}
    overlay(house.folder / "overlay", file)
    await house.renewal.renew()
    overlay(house.folder / "overlay", {"nord/wordings.toml": WORDING.replace("sammen med", "hos")})
    _, again = house.begun()

    with pytest.raises(SettingsFault, match="nord/wordings.toml: removal 1 has other words") as told:
        await again.begin()
    assert "write number 2" in str(told.value)


async def test_a_damaged_note_of_a_wording_keeps_nobody_from_starting(house):
    overlay(house.folder / "overlay", {"nord/wordings.toml": WORDING})
    await house.renewal.renew()
    for file in (house.shelves / "wordings").glob("*.doc"):
        file.write_bytes(b"damaged")
    standing, again = house.begun()
    await again.begin()

    kept = await again.wordings.get("removal.1+nord.1")
    assert kept["texts"] == dict(standing.now.overlays.wordings[0].texts)


# -- a process -------------------------------------------------------------------------------------------------


async def test_a_hangup_signal_has_the_settings_read_at_once_and_the_log_says_what_came_of_it(tmp_path):
    async with in_development(tmp_path / "data", organisation(tmp_path)) as (run, _):
        organisation(tmp_path, ('phone = "00 00 01 02"', 'phone = "12 34"'))
        run.send_signal(signal.SIGHUP)
        refused = await asyncio.wait_for(logged(run, "settings_refused"), 30)
        organisation(tmp_path, ("retention_months = 24", "retention_months = 36"))
        run.send_signal(signal.SIGHUP)
        taken = await asyncio.wait_for(logged(run, "settings_in_force"), 30)

    assert len(refused["faults"]) == 1 and refused["faults"][0].startswith("organisation.toml: people[1].phone.")
    assert "12 34" not in str(refused)  # what was found may be somebody's number
    assert taken["restart_for"] == []


# -- nonsense, and a disk or database that is away --------------------------------------------------------------


@pytest.mark.parametrize(
    "nonsense",
    ["x = " + "[" * 3000 + "]" * 3000, "x = " + "{a=" * 3000 + "1" + "}" * 3000, "a." * 5000 + "a = 1"],
    ids=["lists", "tables", "dots"],
)
async def test_a_file_that_is_nested_too_deep_is_a_fault_like_any_other(house, nonsense):
    before, file = house.now, house.folder / "organisation.toml"
    file.write_text(f"{nonsense}\n{file.read_text('utf-8')}", encoding="utf-8")
    await house.renewal.renew()
    overlay(house.folder / "overlay", {"nord/plan.toml": nonsense})
    await house.renewal.renew()

    assert house.now is before
    assert {row.about for row in await house.attention.rows()} == {"organisation.toml", "nord/plan.toml"}


async def test_a_number_that_is_too_large_to_be_written_is_a_fault_like_any_other(house):
    organisation(house.folder, NORD, ("retention_months = 24", f"retention_months = 0x{'f' * 6000}"))
    await house.renewal.renew()

    assert [row.about for row in await house.attention.rows()] == ["organisation.toml"]


class Away:
    """The administrator's list in a store that does not answer, until it is back. `asked`: somebody has tried."""

    def __init__(self, attention: Attention) -> None:
        self.attention, self.is_away, self.asked = attention, True, asyncio.Event()

    async def rows(self) -> tuple:
        self.asked.set()
        if self.is_away:
            raise StoreAway("The database does not answer.")
        return await self.attention.rows()


async def test_the_loop_outlives_a_store_that_is_away_and_reads_again_when_it_is_back(house):
    house.renewal.attention = away = Away(house.attention)
    running = asyncio.create_task(house.renewal.run())
    for months, there in ((36, False), (48, True)):
        away.is_away = not there
        away.asked.clear()
        organisation(house.folder, NORD, ("retention_months = 24", f"retention_months = {months}"))
        house.renewal.ask()
        async with asyncio.timeout(5):
            await away.asked.wait()

    assert not running.done() and house.now.organisation.retention_months == 48
    running.cancel()

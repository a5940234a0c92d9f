"""A closed case is kept as long as the settings say, announced thirty days before, and then it is gone: unless held."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from structlog.testing import capture_logs

from bot.caseworker import Caseworker, Opened
from bot.clock import VirtualClock
from bot.keeping.retention import RetentionRound
from bot.stores import CaseStore
from bot.stores.erasure_log import read_erasure_log
from casework.calendar import local
from casework.case import Case
from casework.commands import AnnounceErasure, Command
from casework.people import Absence
from casework.retention import is_over, to_announce
from casework.vocabulary import VAERN, CaseId, Refused
from tests.crafted import Crafted, press
from tests.story import Story, said, story
from tests.test_stories_absence import away
from tests.test_stories_closing import closed


async def closed_case(s: Story) -> str:
    await closed(s)
    return (await s.case()).id


async def goes_by(s: Story, *, months: int = 0, days: int = 0) -> None:
    """Mornings at half past nine."""
    day = local(s.clock.now()) + relativedelta(months=months, days=days)
    await s.until(day.replace(hour=9, minute=30))


async def test_thirty_days_before_the_employee_and_the_leader_are_told_and_then_it_is_gone():
    async with story() as s:
        case = await closed_case(s)
        closed_on = local((await s.case()).closing.closed_at).date()
        await goes_by(s, months=23, days=3)
        assert "erasure_announced" in await s.facts()
        told = (await s.case()).custody.announced
        assert told.erase_on == max(
            closed_on + relativedelta(months=24), local(s.clock.now()).date() + timedelta(days=30)
        )
        assert "Sagen bliver slettet" in said(s.mette) and "Sagen bliver slettet" in said(s.jonas)

        await goes_by(s, days=40)

        assert await s.cases("mette") == () and await s.cases("jonas") == ()
        assert case in read_erasure_log(s.folder / "cases" / "erased")
        left = [path.name for path in s.folder.rglob("*") if case in path.name]
        assert left == []
        record = await s.app.office.records.of_person(s.id("mette"))
        assert not any(case in key for key in record.cards) and record.case != case


async def test_when_the_time_becomes_longer_the_new_day_is_said_at_once_and_thirty_days_before_it():
    async with story() as s:
        id = await closed_case(s)
        await goes_by(s, months=23, days=3)
        case, worker = await s.case(), s.app.office.caseworker
        old, later = case.custody.announced.erase_on, local(case.closing.closed_at).date() + relativedelta(months=36)
        at = local(s.clock.now()).replace(year=later.year, month=later.month, day=later.day)

        assert to_announce(case, 24, s.clock.now()) is None and is_over(case, 24, s.clock.now() + timedelta(days=30))
        assert to_announce(case, 36, s.clock.now()) == later > old
        assert not is_over(case, 36, at)
        told = await worker.carry_out(AnnounceErasure(case=id, by=VAERN, erase_on=later))
        again = await worker.carry_out(AnnounceErasure(case=id, by=VAERN, erase_on=later))

        assert (told.case.custody.announced.erase_on, again.events) == (later, ())
        assert to_announce(told.case, 36, at - timedelta(days=31)) is None
        assert to_announce(told.case, 36, at - timedelta(days=30)) == later and is_over(told.case, 36, at)


async def test_no_conversation_knows_of_it_any_more_not_the_groups_and_not_a_former_helpers():
    async with story() as s:
        case = await closed_case(s)
        await press(s.mette, Crafted("write_in_case"), case)
        await s.connect_group()
        await s.tom.install()
        records = s.app.office.records
        group = next(one for one in [await records.get(id) for id in await records.conversations()] if one.workplace)
        tom = await records.of_person(s.id("tom"))  # who helped once, and is no part of it now
        for one in (group, tom):
            one.cards, one.said, one.case = {f"{case}|case|": "m1"}, {case: ("2026-11-23", 1)}, case
            await records.save(one)
        assert case in await all_that_is_kept_of_conversations(s)

        await goes_by(s, months=23, days=3)
        await goes_by(s, days=40)

        assert await s.cases("mette") == ()
        assert case not in await all_that_is_kept_of_conversations(s)


async def all_that_is_kept_of_conversations(s: Story) -> str:
    """But the handled keys, which are no ids of cases."""
    found = [await s.app.office.records.get(id) for id in await s.app.office.records.conversations()]
    return str([(one.cards, one.said, one.case, one.dialog) for one in found])


async def test_words_for_a_case_that_was_erased_are_answered_and_not_broken():
    async with story(breaks=True) as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        case = await s.case()
        await press(s.mette, Crafted("write_in_case"), case.id)
        await s.app.office.caseworker.erase(await s.case())

        with capture_logs() as logs:
            assert (await s.mette.say("mine sagerr")).ok

        assert [one["event"] for one in logs if one["log_level"] == "error"] == []


async def test_a_case_under_a_hold_is_kept_and_after_it_is_lifted_there_are_thirty_days_again():
    async with story() as s:
        case = await closed_case(s)
        await s.anne.say(f"sag {case}")
        await s.does(s.anne, "set_hold", {"reason": "Retten skal bruge den."})
        await goes_by(s, months=30)
        assert "erasure_announced" not in await s.facts()

        await s.anne.say("ophæv hold: Sagen er afgjort.")
        await goes_by(s, days=1)
        announced = (await s.case()).custody.announced
        assert announced.erase_on == local(s.clock.now()).date() + timedelta(days=30)
        await goes_by(s, days=29)
        assert await s.cases("mette") != ()

        await goes_by(s, days=2)

        assert await s.cases("mette") == ()


async def test_a_hold_set_after_it_was_announced_keeps_the_case():
    async with story() as s:
        case = await closed_case(s)
        await goes_by(s, months=23, days=3)
        await s.anne.say(f"sag {case}")
        await s.does(s.anne, "set_hold", {"reason": "Retten skal bruge den."})

        await goes_by(s, months=3)

        assert len(await s.cases("mette")) == 1


class LooksBefore(Caseworker):
    """Sees each case as it was a moment ago: before what somebody did in it just now."""

    def __init__(self, house: Caseworker, meanwhile: Callable[[], Awaitable[object]]) -> None:
        super().__init__(house.store, house.clock, house.wake, house.alongside)
        self.house, self.meanwhile = house, meanwhile

    async def open(self, case: CaseId) -> Opened:
        found = await self.house.open(case)
        await self.meanwhile()
        return found


async def test_a_hold_set_while_it_is_being_erased_keeps_the_case():
    async with story() as s:
        case = await closed_case(s)
        await goes_by(s, months=23, days=3)
        await s.anne.say(f"sag {case}")
        late = LooksBefore(s.app.office.caseworker, lambda: s.anne.say("intet slettes: Retten skal bruge den."))
        house, clock = s.app.retention, VirtualClock(s.clock.now() + timedelta(days=40, hours=3))
        await RetentionRound(house.store, late, house.records, house.standing, clock, house.turns).once()

        assert (await s.case()).custody.hold is not None


class ErasedMeanwhile:
    """Alongside the caseworker: the case goes after it was opened, and before anything is written to it."""

    def __init__(self, store: CaseStore) -> None:
        self.store = store

    async def before(self, case: Case, command: Command) -> None:
        await self.store.erase(case.id)

    def after(self, case: Case, command: Command) -> None: ...

    async def erased(self, case: CaseId) -> None: ...

    async def stays(self, case: CaseId) -> None: ...


async def test_whoever_writes_to_a_case_that_was_erased_after_it_was_opened_is_told_what_a_stranger_is():
    async with story() as s:
        case = await closed_case(s)
        house, day = s.app.office.caseworker, local(s.clock.now()).date() + timedelta(days=900)
        worker = Caseworker(house.store, house.clock, house.wake, (ErasedMeanwhile(house.store),))

        with pytest.raises(Refused, match="not_yours"):
            await worker.carry_out(AnnounceErasure(case=case, by=VAERN, erase_on=day))


async def test_a_case_that_goes_while_it_is_being_handed_on_is_no_fault():
    async with story() as s:
        await away(s, Absence(s.id("jonas"), date(2026, 11, 23), date(2026, 11, 27)))
        await s.report(s.mette)
        await s.opened(s.jonas)
        worker = s.app.office.caseworker
        worker.alongside = (*worker.alongside, ErasedMeanwhile(worker.store))
        await goes_by(s, days=1)

        assert await s.cases("mette") == ()


async def test_a_case_that_is_opened_again_is_not_erased():
    async with story() as s:
        await closed_case(s)
        await goes_by(s, months=23, days=3)
        await s.mette.say("åbn sagen igen")

        await goes_by(s, months=3)

        assert (await s.case()).custody.announced is None


async def test_what_is_open_is_never_erased_however_old():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)

        await goes_by(s, months=60)

        assert len(await s.cases("mette")) == 1

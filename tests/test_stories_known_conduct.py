"""Known conduct in both stores: off until decided, from two earlier cases on, and never another case's content."""

from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from bot.keeping.known_conduct import Held, KnownConduct
from bot.stores import Shelf, StaleCase
from casework.case import Case
from casework.commands import Command
from casework.vocabulary import CaseId
from tests.documenting import PAYLOAD, keeps
from tests.local_files import NORD, organisation
from tests.postgres_server import server
from tests.story import Story, kept_in, said, story
from tests.test_stories_closing import closed
from tests.test_stories_of_retention import goes_by

BASIS = """
[[known_conduct]]
administration = "nord"
decided_by = "Direktionen"
decided_on = 2026-11-01
review_on = 2027-11-01
basis = "Drøftet med databeskyttelsesrådgiveren, sag 1."
"""
PROFILE = {"identifier": "Per, se profilen", "links": "https://www.facebook.com/Per.Vred?fref=ts"}
SAME = {"identifier": "m.facebook.com/pervred/about", "links": ""}
OTHER = {"identifier": "Per", "links": "https://www.facebook.com/en.anden"}
TO_THE_LEADER, TO_METTE = "Kendt adfærd", "Du er ikke den eneste"


@pytest.fixture(params=["files", "postgres"])
def place(request: pytest.FixtureRequest) -> Iterator[None]:
    with kept_in(server().fresh()) if request.param == "postgres" else nullcontext():
        yield


def on(folder: Path, *changed: tuple[str, str], basis: str = BASIS) -> dict[str, str]:
    (folder / "settings").mkdir()
    return {"VAERN_ORGANISATION": str(organisation(folder / "settings", NORD, *changed, more=basis))}


async def hashes(s: Story) -> int:
    """How many documents lie apart from the cases."""
    return len(await s.app.recognising.known.shelf.keys())


async def two_earlier(s: Story) -> None:
    await s.report(s.peter, **PROFILE)
    await s.report(s.lise, **SAME)


@pytest.mark.duty("I3")
async def test_whoever_was_hit_by_the_same_profile_as_two_others_hears_that_they_are_not_the_only_one(place, tmp_path):
    async with story(**on(tmp_path)) as s:
        await two_earlier(s)
        assert TO_METTE not in said(s.lise), "one earlier case is not enough"
        await s.report(s.mette, **SAME)
        await s.opened(s.jonas)

        assert TO_METTE in said(s.mette) and TO_THE_LEADER in said(s.jonas)
        assert "2-3 uger" in said(s.jonas) and "2-3 uger" in said(s.mette)
        assert not any(name in said(s.mette) for name in ("Peter", "Lise"))
        earlier = {case.id for name in ("peter", "lise") for case in await s.cases(name)}
        assert not any(case in said(s.mette) for case in earlier)
        assert TO_METTE not in said(s.peter), "what comes later changes nothing of what was told"


async def test_it_is_off_until_an_administration_has_decided_it(place, tmp_path):
    async with story() as s:
        await two_earlier(s)
        await s.report(s.mette, **SAME)
        await s.opened(s.jonas)

        assert TO_METTE not in said(s.mette) and TO_THE_LEADER not in said(s.jonas)
        assert await hashes(s) == 0


async def test_another_profile_and_the_same_name_are_nobody_who_is_known(place, tmp_path):
    async with story(**on(tmp_path)) as s:
        await two_earlier(s)
        await s.report(s.mette, **OTHER)
        await s.opened(s.jonas)

        assert TO_METTE not in said(s.mette) and TO_THE_LEADER not in said(s.jonas)


async def test_nobody_is_told_of_others_because_of_their_own_earlier_cases(place, tmp_path):
    async with story(**on(tmp_path)) as s:
        for _ in range(3):
            await s.report(s.mette, **PROFILE)
        await s.opened(s.jonas)

        assert TO_METTE not in said(s.mette) and TO_THE_LEADER in said(s.jonas)


async def test_what_stands_in_a_draft_alone_is_known_to_nobody(place, tmp_path):
    async with story(**on(tmp_path)) as s:
        await s.report(s.peter, **PROFILE)
        await s.lise.say("noget er sket")
        await s.lise.press("Næste", {"whom": "me"})
        await s.lise.say(f"her er profilen {PROFILE['links']}")
        await s.report(s.mette, **SAME)
        await s.opened(s.jonas)

        assert TO_METTE not in said(s.mette) and TO_THE_LEADER not in said(s.jonas)


async def test_a_case_that_is_erased_takes_its_hashes_along(place, tmp_path):
    async with story(**on(tmp_path)) as s:
        await two_earlier(s)
        before = await hashes(s)
        await s.app.office.caseworker.erase(await s.case("peter"))
        assert await hashes(s) < before
        await s.report(s.mette, **SAME)

        assert TO_METTE not in said(s.mette)


async def test_hashes_of_a_case_that_was_erased_behind_their_back_are_gone_after_a_start(place, tmp_path):
    async with story(**on(tmp_path)) as s:
        await two_earlier(s)
        for name in ("peter", "lise"):
            await s.app.store.erase((await s.case(name)).id)
        await s.restart()
        await s.settled()

        assert await s.app.recognising.known.named("case") == ()
        assert await s.app.recognising.known.named("hash") == ()


async def test_a_case_sent_in_the_moment_the_bot_died_is_taken_in_at_the_next_start(place, tmp_path):
    async with story(**on(tmp_path)) as s:
        await two_earlier(s)
        case = (await s.case("peter")).id
        await s.app.recognising.known.forget(case)
        await s.app.recognising.known.begin(case)  # as it lies there between Send and what follows it
        await s.restart()
        await s.settled()

        assert case in await s.app.recognising.known.named("case")
        assert await s.app.recognising.known.named("begun") == ()


async def test_switched_off_everything_of_the_administration_is_erased(place, tmp_path):
    async with story(**on(tmp_path)) as s:
        await two_earlier(s)
        assert await hashes(s) > 0
        organisation(tmp_path / "settings", NORD)
        await s.settings_changed()
        await s.settled()

        assert await hashes(s) == 0


async def test_from_the_day_of_its_review_on_nothing_is_recognised_and_nothing_lost(place, tmp_path):
    async with story(**on(tmp_path, basis=BASIS.replace("2027-11-01", "2026-11-25"))) as s:
        await two_earlier(s)
        before = await hashes(s)
        s.clock.move_by(timedelta(days=4))
        await s.report(s.mette, **SAME)

        assert TO_METTE not in said(s.mette) and await hashes(s) == before


async def test_our_own_number_in_the_account_of_it_says_nothing_of_whoever_is_behind(place, tmp_path):
    ours = ('phone = "00 00 01 01"', 'phone = "32 12 34 56"')
    async with story(**on(tmp_path, ours)) as s:
        for name in ("peter", "lise", "mette"):
            await s.report(getattr(s, name), identifier="Skrev til +45 32123456, mette.lund@example.dk")

        assert await hashes(s) == 1  # the administration's key alone
        assert TO_METTE not in said(s.mette)


async def test_whoever_is_named_by_the_leader_later_hears_it_too(place, tmp_path):
    async with story(**on(tmp_path)) as s:
        await two_earlier(s)
        await s.report(s.mette, whom="workplace", **SAME)
        await s.opened(s.jonas)
        await s.does(s.jonas, "name_affected", {"people": "Nadia Krogh"})
        await s.step(s.jonas, "talk")

        assert TO_METTE in said(s.nadia)


async def test_neither_the_shelf_nor_the_log_names_what_was_found(tmp_path):
    async with story(**on(tmp_path)) as s:
        await two_earlier(s)
        names = await s.app.recognising.known.shelf.keys()
        kept = [str(await s.app.recognising.known.shelf.get(name)) for name in names]

        assert "pervred" not in " ".join((*names, *kept)).lower()
        assert s.id("peter") not in " ".join(kept)


async def test_a_damaged_case_keeps_its_hashes_until_somebody_has_looked(tmp_path):
    async with story(breaks=True, **on(tmp_path)) as s:
        await two_earlier(s)
        case = CaseId((await s.case("peter")).id)
        await s.stop()
        (s.folder / "cases" / "open" / f"{case}.case").write_bytes(b"damaged")
        await s.start()
        await s.settled()

        assert case in await s.app.recognising.known.named("case")


async def test_a_case_that_has_been_kept_as_long_as_it_should_takes_its_hashes_along(place, tmp_path):
    async with story(**on(tmp_path)) as s:
        await closed(s, **PROFILE)
        mine = (await s.case()).id
        await s.report(s.peter, **SAME)
        known = s.app.recognising.known
        assert mine in await known.named("case")
        await goes_by(s, months=23, days=3)
        await goes_by(s, days=40)

        assert await s.cases("mette") == () and await known.named("case") == ((await s.case("peter")).id,)
        assert not any([mine in str(await known.shelf.get(name)) for name in await known.shelf.keys()])


class KeptLate(KnownConduct):
    """The case goes in the moment before its hashes are kept."""

    def __init__(self, shelf: Shelf, erase: Callable[[], Awaitable[None]]) -> None:
        super().__init__(shelf)
        self.erase = erase

    async def keep(self, administration: str, case: str, hashes: Collection[str], held: Held) -> None:
        await self.erase()
        await super().keep(administration, case, hashes, held)


async def test_a_case_that_is_erased_while_it_is_being_recognised_leaves_no_hash(place, tmp_path):
    async with story(**on(tmp_path)) as s:
        await s.report(s.peter, **PROFILE)
        case, worker, recognising = await s.case("peter"), s.app.office.caseworker, s.app.recognising
        recognising.known = late = KeptLate(recognising.known.shelf, lambda: worker.erase(case))
        recognising.admission.ready.add(case.id)
        await recognising.once()

        assert (await late.named("case"), await late.named("hash")) == ((), ())


class HeldMeanwhile:
    """Alongside the caseworker: a hold is set while what lies apart from the case goes."""

    def __init__(self, s: Story) -> None:
        self.s = s

    async def before(self, case: Case, command: Command) -> None: ...

    def after(self, case: Case, command: Command) -> None: ...

    async def erased(self, case: CaseId) -> None:
        await self.s.anne.say(f"sag {case}")
        await self.s.does(self.s.anne, "set_hold", {"reason": "Retten skal bruge den."})

    async def stays(self, case: CaseId) -> None: ...


async def test_a_case_that_stays_because_it_was_held_meanwhile_keeps_its_hashes(place, tmp_path):
    async with story(**on(tmp_path)) as s:
        await closed(s, **PROFILE)
        worker, before = s.app.office.caseworker, await hashes(s)
        worker.alongside = (*worker.alongside, HeldMeanwhile(s))
        with pytest.raises(StaleCase):
            await worker.erase(await s.case())
        await s.app.recognising.once()

        assert (await s.case()).custody.hold and await hashes(s) == before > 0


async def test_what_only_a_withdrawn_piece_told_is_kept_no_more(place, tmp_path):
    words = {"contentType": "text", "content": "Se https://www.facebook.com/en.tredje"}
    async with story(**on(tmp_path)) as s:
        await s.peter.say("noget er sket")
        await keeps(s, s.peter, PAYLOAD | {"body": words})
        await s.report(s.peter, **OTHER)
        (item,), before = (await s.case("peter")).items, await hashes(s)
        await s.peter.say("hvad er delt")
        await s.does(s.peter, "withdraw_item", {"item": item})
        await s.settled()

        assert await hashes(s) == before - 1 > 0

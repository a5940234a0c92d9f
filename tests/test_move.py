"""An administrator moves cases on the bot's own machine, while it runs; nobody gets one who may not have it."""

import base64
from dataclasses import replace

import pytest

from bot.administrator.orders import Orders, answer_to, give_order, open_shelves
from bot.errands.move import asked, person_named, told_of
from bot.setup.settings import REHEARSAL_ORGANISATION, SettingsFault, read_settings
from bot.stores import WrongKey
from bot.stores.vault import Vault
from casework.vocabulary import HandedOn
from tests.postgres_server import server
from tests.story import KEPT_IN, MASTER_KEY, Story, kept_in, said, story
from tests.test_command_line import ended, in_development


async def moves(s: Story, former: str, to: str, case: str = "") -> dict:
    """As the errand asks and the running bot answers."""
    shelves = open_shelves(s.folder, Vault(s.folder / "keys", MASTER_KEY))
    name = await give_order(shelves, {"former": s.id(former), "to": s.id(to), "case": case})
    await s.app.orders.once()
    answer = await answer_to(shelves, name)
    await s.settled()
    assert await s.app.orders.orders.keys() == () and await answer_to(shelves, name) is None
    return answer


async def test_every_open_case_goes_over_the_new_one_has_it_fresh_and_the_employee_is_told():
    async with story() as s:
        await s.report(s.mette)
        await s.report(s.peter)
        await s.opened(s.jonas)
        answer = await moves(s, "jonas", "karin")

        cases = [(await s.case(name)).id for name in ("mette", "peter")]
        assert sorted(answer["moved"]) == sorted(cases) and answer["refused"] == {}
        assert s.has(s.karin, "open_case")
        assert "Den er flyttet fra Jonas Friis til Karin Holm" in said(s.mette)
        assert "Værn viser den ikke længere til Jonas Friis" in said(s.mette)


async def test_whoever_had_it_keeps_a_closed_down_card_and_gets_what_a_stranger_gets():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        card, plan = s.button(s.jonas, "show_plan")
        await moves(s, "jonas", "karin")

        shown = next(one for one in s.jonas.messages if one.id == card.id)
        assert "En administrator har givet den til Karin Holm" in said(s.jonas)
        assert "Mette" not in str(shown.card) and not s.has(s.jonas, "show_plan")
        answer = await s.jonas.press(plan, {}, card=card)
        assert "Den sag findes ikke blandt dine" in answer.words
        await s.jonas.say("mine sager")
        assert (await s.case()).id not in s.jonas.messages[-1].text and await s.cases("jonas") == ()


async def test_whoever_never_had_the_card_is_not_told_that_there_was_a_case():
    async with story() as s:
        s.shut("jonas")
        s.ways.install_fails = TimeoutError()
        await s.report(s.mette)
        await moves(s, "jonas", "karin")
        s.channel.unreachable.clear()
        await s.jonas.say("hej")
        await s.settled()

        assert "Karin" not in said(s.jonas) and (await s.case()).recipient == s.id("karin")


async def test_one_case_can_be_moved_alone_and_the_others_stay():
    async with story() as s:
        await s.report(s.mette)
        await s.report(s.peter)
        case = (await s.case("peter")).id
        assert (await moves(s, "jonas", "karin", case))["moved"] == [case]

        assert (await s.case("mette")).recipient == s.id("jonas")
        assert (await s.case("peter")).formers == {s.id("jonas"): HandedOn.MOVED}


async def test_it_is_never_moved_to_whoever_was_chosen_away_is_behind_it_or_affected():
    async with story() as s:
        await s.report(s.mette, recipient=s.id("karin"))
        await s.report(s.peter, originator="workplace", colleague="Birgit Dam", identifier="")
        away, behind = (await s.case("mette")).id, (await s.case("peter")).id

        assert (await moves(s, "karin", "jonas"))["refused"] == {away: "cannot_be_moved_there"}
        assert (await moves(s, "jonas", "birgit"))["refused"] == {behind: "cannot_be_moved_there"}
        assert (await moves(s, "jonas", "peter"))["refused"] == {behind: "cannot_be_moved_there"}
        assert s.birgit.messages == () and await s.cases("birgit") == ()


async def test_what_is_not_there_or_with_somebody_else_is_said():
    async with story() as s:
        await s.report(s.mette)
        case = (await s.case()).id
        assert (await moves(s, "karin", "birgit", case))["refused"] == {case: "not_with_that_person"}
        assert (await moves(s, "jonas", "karin", "VK-0000-000"))["refused"] == {"VK-0000-000": "no_such_case"}
        assert await moves(s, "karin", "birgit") == {"moved": [], "refused": {}}


async def test_drafts_and_the_persons_own_cases_are_not_theirs_to_be_moved():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("noget er sket")
        assert await moves(s, "mette", "karin") == {"moved": [], "refused": {}}


async def test_the_same_order_again_after_a_crash_moves_nothing_twice():
    async with story() as s:
        await s.report(s.mette)
        case, order = (await s.case()).id, {"former": s.id("jonas"), "to": s.id("karin")}
        order["case"] = case
        await s.app.orders.carried_out(order)
        assert await s.app.orders.carried_out(order) == {"moved": [case], "refused": {}}

        assert (await s.facts()).count("case_handed_on") == 1


async def test_an_order_given_while_the_bot_is_down_is_carried_out_when_it_runs():
    async with story() as s:
        await s.report(s.mette)
        await s.stop()
        shelves = open_shelves(s.folder, Vault(s.folder / "keys", MASTER_KEY))
        await give_order(shelves, {"former": s.id("jonas"), "to": s.id("karin"), "case": ""})
        await s.start()
        await s.app.orders.once()
        await s.settled()

        assert (await s.case()).recipient == s.id("karin")


async def test_an_order_that_was_not_sealed_with_the_master_key_is_set_aside_and_moves_nothing(tmp_path):
    async with story() as s:
        await s.report(s.mette)
        shelves = open_shelves(s.folder, Vault(tmp_path / "keys", bytes(32)))
        await give_order(shelves, {"former": s.id("jonas"), "to": s.id("karin"), "case": ""})
        await s.app.orders.once()

        assert (await s.case()).recipient == s.id("jonas")
        assert await s.app.orders.orders.keys() == ()


class Forgetful:
    """A shelf whose first answer gets lost on the way to the disk."""

    def __init__(self, behind) -> None:
        self.behind, self.full = behind, True

    async def put(self, key: str, document: dict) -> None:
        if self.full:
            self.full = False
            raise OSError("No space left on device")
        await self.behind.put(key, document)


async def test_an_order_whose_answer_could_not_be_written_stays_and_is_answered_later(tmp_path):
    async with story(breaks=True) as s:
        await s.report(s.mette)
        orders, answers = open_shelves(tmp_path, Vault(tmp_path / "keys", MASTER_KEY))
        running = s.app.orders
        forgetful = Orders((orders, Forgetful(answers)), running.caseworker, running.store, running.directory)
        await give_order((orders, answers), {"former": s.id("jonas"), "to": s.id("karin"), "case": ""})
        await forgetful.once()
        assert len(await orders.keys()) == 1
        await forgetful.once()

        assert await orders.keys() == () and (await s.facts()).count("case_handed_on") == 1


ORGANISATION = read_settings({}, rehearsal=True).organisation


@pytest.mark.parametrize("name", ["Jonas Friis", "jonas friis", "5f000000-0000-4000-8000-000000000102"])
def test_a_person_may_be_named_in_full_or_by_id(name):
    assert person_named(ORGANISATION, "former", name) == "5f000000-0000-4000-8000-000000000102"


def test_a_person_who_is_not_known_is_told_by_the_option():
    with pytest.raises(SettingsFault, match='--to "Nobody" is nobody in organisation.toml'):
        person_named(ORGANISATION, "to", "Nobody")


def test_with_entra_an_object_id_need_not_stand_in_the_settings():
    anybody = "11111111-2222-3333-4444-555555555555"
    assert person_named(ORGANISATION, "to", anybody) == anybody


def test_what_was_moved_and_what_not_is_said_with_the_reason():
    lines, done = told_of({"moved": ["VK-1"], "refused": {"VK-2": "cannot_be_moved_there"}}, {"to": "karin"})
    assert lines == ["Moved to karin: VK-1", "VK-2: that person may not have it. Choose somebody else."] and not done
    assert told_of(None, {"to": "karin"})[1] is False and told_of({"unknown": "karin"}, {"to": "karin"})[1] is False


async def test_the_errand_is_answered_by_the_bot_that_runs(tmp_path):
    environment = {
        "VAERN_DEVELOPMENT": "1",
        "VAERN_DATA": str(tmp_path),
        "VAERN_MASTER_KEY": base64.b64encode(bytes(32)).decode(),
        "VAERN_ORGANISATION": str(REHEARSAL_ORGANISATION),
    }
    words = ("move", "--from", "Jonas Friis", "--to", "Karin Holm")
    async with in_development(tmp_path):
        code, out, complaint = await ended(*words, **environment)
    assert (code, out.strip(), complaint) == (1, "Nothing was moved.", "")


async def test_with_the_cases_in_a_database_the_errand_is_answered_by_the_bot_that_runs():
    with kept_in(server().fresh()):
        async with story() as s:
            await s.report(s.mette)
            case, settings = (await s.case()).id, replace(s.settings, master_key=MASTER_KEY)
            answer = await asked(settings, {"former": s.id("jonas"), "to": s.id("karin"), "case": ""})

            assert answer == {"moved": [case], "refused": {}}
            assert (await s.case()).recipient == s.id("karin")
            with pytest.raises(WrongKey):
                await asked(replace(settings, master_key=bytes(32)), {"former": s.id("karin"), "to": s.id("jonas")})


async def test_a_database_that_no_bot_has_run_with_gets_no_order():
    with kept_in(server().fresh()):
        settings = replace(read_settings(dict(KEPT_IN.get()), rehearsal=True), master_key=MASTER_KEY)
        with pytest.raises(SettingsFault, match="VAERN_DATABASE holds no store"):
            await asked(settings, {"former": "a", "to": "b", "case": ""})


async def test_where_no_bot_has_run_the_errand_says_so_and_makes_no_keys(tmp_path):
    environment = {
        "VAERN_DEVELOPMENT": "1",
        "VAERN_DATA": str(tmp_path / "elsewhere"),
        "VAERN_MASTER_KEY": base64.b64encode(bytes(32)).decode(),
        "VAERN_ORGANISATION": str(REHEARSAL_ORGANISATION),
    }
    code, _, complaint = await ended("move", "--from", "Jonas Friis", "--to", "Karin Holm", **environment)
    assert code == 1 and "VAERN_DATA holds no keys" in complaint and not (tmp_path / "elsewhere").exists()


def test_whoever_gives_an_order_leaves_alone_what_the_running_bot_is_just_writing(tmp_path):
    vault = Vault(tmp_path / "keys", MASTER_KEY)
    open_shelves(tmp_path, vault)
    folders = (tmp_path / "orders" / "orders", tmp_path / "answers" / "answers")
    drafts = [folder / ".answer.doc.1234.tmp" for folder in folders]
    for draft in drafts:
        draft.write_bytes(b"half an answer")
    open_shelves(tmp_path, vault)

    assert all(draft.exists() for draft in drafts)

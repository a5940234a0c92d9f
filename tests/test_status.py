"""»status«: an administrator sees how Værn runs, nobody else learns that there is such a word, and no case is in it."""

import base64
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errands.check import look
from bot.reaching.ways import WayClosed
from bot.rehearsal.chat import Chat
from bot.setup.settings import REHEARSAL_ORGANISATION
from cards.show import as_text
from casework.readers import may_see_status
from tests.at_a_site import GUID, everything_in, of
from tests.crafted import EXECUTE, SUBMIT, Crafted, press, without_ids
from tests.local_files import organisation
from tests.story import MASTER_KEY, SUNDAY, Story, said, story

STATUS = Crafted("status")
EVERYBODY_ELSE = ("mette", "jonas", "karin", "sara", "ali", "peter", "tom")


async def sent_in_answer(s: Story, chat: Chat, words: str) -> str:
    """All that the person is sent for a message, without the message itself."""
    before = len(s.channel.bytes_sent_to(chat))
    await chat.say(words)
    return without_ids(s.channel.bytes_sent_to(chat)[before:]).replace(words, "#").replace(s.channel.origin, "")


def newest(chat: Chat) -> str:
    return as_text(chat.messages[-1].card).replace("\xa0", " ")


def test_only_whom_the_settings_name_may_see_it():
    assert may_see_status("eva", ("eva", "bo")) and not may_see_status("eva", ()) and not may_see_status("", ("eva",))


async def test_an_administrator_who_writes_status_is_shown_how_it_runs():
    async with story() as s:
        await s.eva.install()
        await s.eva.say("status")

        told = newest(s.eva)
        assert told.startswith("Værn\nSådan kører Værn\n0 åbne sager.")
        assert "Ingen beskeder venter på at blive sendt." in told
        assert "Sidste backup: ingen kendt." in told
        assert "Endnu ikke mødt: Jonas Friis (Borgerservice Nord), Karin Holm (Borgerservice Nord)" in told
        assert await s.cases("eva") == ()


async def test_it_speaks_english_to_whoever_does():
    async with story() as s:
        await s.eva.say("english")
        await s.eva.say("Status")

        assert "How Værn is running" in newest(s.eva)


async def test_pressed_again_the_card_is_changed_where_it_stands():
    async with story() as s:
        await s.eva.say("status")
        before = len(s.eva.messages)
        await s.report(s.mette)
        await s.app.attention.note("unreachable", s.id("karin"), SUNDAY)
        message, action = s.button(s.eva, "status")
        await s.eva.press(action, {}, card=message)

        assert len(s.eva.messages) == before
        told = newest(s.eva)
        assert "1 åben sag." in told and "Karin Holm kunne ikke nås\nSiden i dag kl. 11.00" in told


async def test_a_change_to_the_settings_that_does_not_apply_is_told_with_where_it_is_and_what_to_do(tmp_path):
    file = organisation(tmp_path)
    async with story(folder=tmp_path / "data", VAERN_ORGANISATION=str(file)) as s:
        organisation(tmp_path, ("retention_months = 24", 'retention_months = "two"'))
        await s.settings_changed()
        await s.eva.say("status")
        assert "Ændringen i organisation.toml gælder ikke, fordi der er fejl." in newest(s.eva)
        assert "Kør »python -m bot overlay check« på maskinen." in newest(s.eva)

        organisation(tmp_path, ("download_hosts = [", 'download_hosts = ["files.example.dk", '))
        await s.settings_changed()
        await s.eva.say("status")
        assert "download_hosts i organisation.toml er ændret." in newest(s.eva)


async def test_a_draft_is_its_authors_alone_and_is_not_counted():
    async with story() as s:
        await s.mette.say("noget er sket")
        await s.eva.say("status")

        assert len(await s.cases("mette")) == 1
        assert "0 åbne sager." in newest(s.eva)


async def test_what_cannot_be_delivered_is_counted_as_waiting_and_put_off():
    async with story() as s:
        await s.jonas.install()
        s.channel.unreachable.add(s.id("jonas"))
        s.ways.install_fails = WayClosed("not_set_up")
        await s.report(s.mette)
        await s.eva.say("status")

        assert "Udskudt, fordi de ikke kunne leveres: 2." in newest(s.eva)


async def test_in_the_middle_of_a_report_of_their_own_an_administrator_may_look_and_go_on():
    async with story() as s:
        await s.eva.say("noget er sket")
        dialog = (await s.app.office.records.of_person(s.id("eva"))).dialog
        await s.eva.say("status")

        assert "Sådan kører Værn" in newest(s.eva)
        assert (await s.app.office.records.of_person(s.id("eva"))).dialog == dialog


@pytest.mark.parametrize("name", EVERYBODY_ELSE)
async def test_to_everybody_else_it_is_another_word_for_their_cases(name):
    async with story() as s, story() as other:
        for told in (s, other):
            await told.connect_group()
            await told.report(told.mette)
        here, there = getattr(s, name), getattr(other, name)

        assert await sent_in_answer(s, here, "status") == await sent_in_answer(other, there, "min sag")
        for chat in (here, there):
            await chat.say("noget er sket")
            await chat.press("Næste", {"whom": "me"})
        assert await sent_in_answer(s, here, "status") == await sent_in_answer(other, there, "min sag")


@pytest.mark.parametrize("kind", [EXECUTE, SUBMIT])
@pytest.mark.parametrize("name", EVERYBODY_ELSE)
async def test_to_everybody_else_there_is_no_such_button(name, kind):
    async with story() as s:
        await s.report(s.mette)
        chat, case = getattr(s, name), (await s.case()).id
        await chat.install()
        answers = []
        for crafted in (STATUS, Crafted("no_such_button")):
            for about in (None, case):
                before = len(s.channel.bytes_sent_to(chat))
                answer = await press(chat, crafted, about, kind=kind)
                answers.append(without_ids((answer.status, s.channel.bytes_sent_to(chat)[before:])))

        assert len(set(answers)) == 1


async def test_where_others_read_along_nothing_of_it_is_shown():
    async with story() as s:
        await s.connect_group()
        before = len(s.channel.bytes_sent_to(s.group))
        await s.group.say("status", by=s.id("eva"))
        await press(s.group, STATUS, None, by=s.id("eva"))
        told = json.dumps(s.channel.bytes_sent_to(s.group)[before:], ensure_ascii=False)

        assert "Skriv til Værn alene" in told and "Sådan kører" not in told


HEADS_UP = "Der er noget nyt at se efter i Værn. Skriv »status«."


def heads_up(chat: Chat) -> int:
    return said(chat).count(HEADS_UP)


async def test_something_new_on_the_list_is_told_once_a_day_at_most_and_not_what_it_is():
    async with story() as s:
        await s.eva.install()
        await s.app.heads_up.once()
        assert heads_up(s.eva) == 0

        await s.app.attention.note("unreachable", s.id("karin"), s.clock.now())
        await s.app.heads_up.once()
        await s.app.attention.note("permission", "Mail.Send", s.clock.now())
        await s.app.heads_up.once()
        assert heads_up(s.eva) == 1 and s.eva.messages[-1].text == HEADS_UP

        s.clock.move_by(timedelta(hours=25))
        await s.app.heads_up.once()
        assert heads_up(s.eva) == 1, "nothing new since"
        await s.app.attention.note("directory", "graph", s.clock.now())
        await s.restart()
        s.clock.move_by(timedelta(minutes=1))
        await s.app.heads_up.once()
        assert heads_up(s.eva) == 2


async def test_a_heads_up_that_does_not_arrive_is_tried_again_and_tells_nobody_else():
    async with story() as s:
        for chat in (s.eva, s.jonas):
            await chat.install()
        await s.app.attention.note("unreachable", s.id("karin"), s.clock.now())
        s.channel.unreachable.add(s.id("eva"))
        await s.app.heads_up.once()
        s.channel.unreachable.clear()
        await s.app.heads_up.once()

        assert heads_up(s.eva) == 1 and heads_up(s.jonas) == 0


NAMES = ("Mette", "Lund", "Peter", "Vang", "Lise", "Bech", "Nadia", "Krogh")
"""Employees without a function."""


async def test_nothing_of_a_case_and_no_employees_name_reaches_an_administrator():
    async with story(breaks=True) as s:  # a file that is set aside is logged as a fault
        await s.connect_group()
        await s.report(s.mette, whom="several", people="Lise Bech\nNadia Krogh", account="zzaccountzz")
        case = (await s.case()).id
        await s.opened(s.jonas)
        for name in ("mette", "lise", "peter", "jonas"):
            await s.app.attention.note("unreachable", s.id(name), SUNDAY, case=case, why="blocked")
        aside = s.folder / "cases" / "set_aside" / f"{case}.case"
        aside.parent.mkdir(exist_ok=True)
        aside.write_bytes(b"x")
        await s.restart()
        for words in ("status", "english", "status"):
            await s.eva.say(words)
        told = json.dumps(s.channel.bytes_sent_to(s.eva), ensure_ascii=False)

        assert "Jonas Friis kunne ikke nås" in said(s.eva) and "lagt til side: 1" in said(s.eva)
        assert said(s.eva).count("En, der ikke har en rolle i organisation.toml") == 3
        assert [word for word in (*NAMES, case, "zzaccountzz", "VK-") if word in told] == []
        assert not [name for name in ("mette", "lise", "peter") if s.id(name) in told]


async def test_a_check_from_outside_touches_nothing_that_the_running_bot_has():
    async with story() as s:
        await s.connect_group()
        await s.report(s.mette)
        await s.app.attention.note("unreachable", s.id("karin"), SUNDAY)
        before = everything_in(s.folder)
        environment = {
            "MICROSOFT_APP_ID": GUID,
            "MICROSOFT_APP_TENANT_ID": GUID,
            "MICROSOFT_APP_PASSWORD": "x",
            "VAERN_MASTER_KEY": base64.b64encode(MASTER_KEY).decode(),
            "VAERN_ORGANISATION": str(REHEARSAL_ORGANISATION),
            "VAERN_DATA": str(s.folder),
            "VAERN_PORT": s.app.url.rpartition(":")[2],
        }
        findings = await look(environment, lambda site: replace(site, channel=s.app.edge.channel))

        assert everything_in(s.folder) == before
        assert of(findings, "store_in_use") and of(findings, "running_ready")
        assert [one.subject for one in of(findings, "person_reached")] == ["Jonas Friis"]
        assert [one.subject for one in of(findings, "group_connected")] == ["Borgerservice Nord"]
        assert [one.subject for one in of(findings, "person_unreachable")] == ["Karin Holm"]

"""An administration changes words and steps for itself: who meets it, and who does not."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from casework import wire
from tests.local_files import NORD, organisation, overlay
from tests.story import Story, said, story

HENRIK = "5f000000-0000-4000-8000-000000000201"
"""The leader at Biblioteket Havnen, which belongs to no administration."""
IDA = "5f000000-0000-4000-8000-000000000202"
TITLE = {
    "nord/words/da/leader.toml": '[step.talk]\ntitle = "Mødes i dag"\n',
    "nord/words/en/leader.toml": '[step.talk]\ntitle = "Meet today"\n',
}
NOTE = {"nord/plan.toml": '[talk]\nnote = { da = "Brug lokale 2.", en = "Use room 2." }\n'}
WITHOUT_DEBRIEFING = {"nord/plan.toml": "[debriefing]\nleft_out = true\n"}
LINK = {
    "nord/links.toml": """
[[link]]
id = "facebook"
link = "https://facebook.example/anmeld"
source = "facebook.example"
checked_on = "2026-11-20"
"""
}
WORDING = {
    "nord/wordings.toml": """
[[wording]]
kind = "colleagues"
number = 1
instead_of = "colleagues.1"
da = "»Det er i orden, at {leader} fortæller det på mandagsmødet.«"
en = "“It is all right that {leader} tells it at the Monday meeting.”"
"""
}


def at_nord(folder: Path, files: Mapping[str, str]) -> dict[str, str]:
    """The environment in which Borgerservice Nord has changed something."""
    (folder / "settings").mkdir(exist_ok=True)
    local = overlay(folder / "overlay", files)
    return {"VAERN_ORGANISATION": str(organisation(folder / "settings", NORD)), "VAERN_OVERLAY": str(local)}


async def test_a_case_is_told_in_the_words_of_the_place_it_is_handled_at(tmp_path):
    async with story(folder=tmp_path, **at_nord(tmp_path, TITLE | NOTE)) as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.jonas.say("åbn 1")

        assert "Mødes i dag" in said(s.jonas) and "Tag samtalen" not in said(s.jonas)
        assert "Sådan gør I her\nBrug lokale 2." in said(s.jonas)


async def test_another_place_has_the_original(tmp_path):
    async with story(folder=tmp_path, **at_nord(tmp_path, TITLE | NOTE)) as s:
        ida, henrik = s.channel.chat(IDA), s.channel.chat(HENRIK)
        await s.report(ida, recipient=HENRIK)
        await s.does(henrik, "open_case")
        await henrik.say("åbn 1")

        assert "Tag samtalen" in said(henrik)
        assert "Mødes i dag" not in said(henrik) and "lokale 2" not in said(henrik)


async def test_without_a_case_somebody_is_told_in_the_words_of_their_own_workplace(tmp_path):
    words = {
        "nord/words/da/guide.toml": 'intro = "Nords egne råd står på intranettet. Vælg et emne."',
        "nord/words/en/guide.toml": 'intro = "Advice by Nord is on the intranet. Choose a topic."',
    }
    async with story(folder=tmp_path, **at_nord(tmp_path, words)) as s:
        ida = s.channel.chat(IDA)
        for chat in (s.mette, ida, s.mette):
            await chat.say("guide")

        assert said(s.mette).count("Nords egne råd") == 2
        assert "Nords egne råd" not in said(ida)


async def test_where_a_platform_takes_a_notice_is_as_the_place_has_confirmed_it(tmp_path):
    async with story(folder=tmp_path, **at_nord(tmp_path, LINK)) as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.jonas.say("åbn 9")
        card = str(s.jonas.messages[-1].card)

        assert "https://facebook.example/anmeld" in card and "319149701968527" not in card
        assert "Kilde: facebook.example. Senest kontrolleret" in said(s.jonas)
        assert card.count("Endnu ikke kontrolleret") > 5, "The other places are as they were."


async def test_an_accept_is_kept_under_the_local_wordings_own_version(tmp_path):
    async with story(folder=tmp_path, **at_nord(tmp_path, WORDING)) as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.step(s.jonas, "ask_colleagues", "ask_consent", kind="colleagues")
        assert "på mandagsmødet" in said(s.mette)
        await s.does(s.mette, "answer_consent", kind="colleagues", answer="yes")

        answered = [wire.encode(event) for event in (await s.case()).log][-1]
        assert (answered["event"], answered["wording"]) == ("consent_answered", "colleagues.1+nord.1")


async def test_an_accept_is_not_taken_on_a_card_with_other_words_than_those_in_force(tmp_path):
    async with story(folder=tmp_path, **at_nord(tmp_path, {})) as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.step(s.jonas, "ask_colleagues", "ask_consent", kind="colleagues")
        overlay(tmp_path / "overlay", WORDING)
        await s.settings_changed()
        await s.does(s.mette, "answer_consent", kind="colleagues", answer="yes", wording="colleagues.1")
        assert "consent_answered" not in await s.facts()

        await s.does(s.mette, "answer_consent", kind="colleagues", answer="yes", wording="colleagues.1+nord.1")
        assert (await s.facts())[-1] == "consent_answered"


async def test_a_typed_yes_is_to_the_wording_in_force(tmp_path):
    async with story(folder=tmp_path, **at_nord(tmp_path, WORDING)) as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.step(s.jonas, "ask_colleagues", "ask_consent", kind="colleagues")
        await s.mette.say("ja")

        assert wire.encode((await s.case()).log[-1])["wording"] == "colleagues.1+nord.1"


async def test_a_step_the_administration_does_without_is_in_no_new_plan(tmp_path):
    async with story(folder=tmp_path, **at_nord(tmp_path, WITHOUT_DEBRIEFING)) as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.jonas.say("åbn 19")
        await s.jonas.say("åbn 20")

        assert "Debriefing" not in said(s.jonas) and "Trin 19" not in said(s.jonas)
        assert "Trin 20" in said(s.jonas)  # the numbers stay
        assert (await s.case()).left_out == ("debriefing",)


async def test_a_case_keeps_the_plan_it_was_sent_with(tmp_path):
    async with story(folder=tmp_path, **at_nord(tmp_path, {})) as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        overlay(tmp_path / "overlay", WITHOUT_DEBRIEFING)
        await s.settings_changed()
        await s.jonas.say("åbn 19")

        assert "Trin 19" in said(s.jonas)


@pytest.mark.parametrize("language", ["da", "en"])
async def test_words_that_are_changed_while_it_runs_stand_on_the_next_card(tmp_path, language):
    async with story(folder=tmp_path, **at_nord(tmp_path, {})) as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.jonas.say({"da": "dansk", "en": "english"}[language])
        overlay(tmp_path / "overlay", TITLE)
        await s.settings_changed()
        await s.jonas.say("åbn 1")

        assert {"da": "Mødes i dag", "en": "Meet today"}[language] in said(s.jonas)
        assert await _rows(s) == {}


async def _rows(s: Story) -> dict[str, str]:
    return {row.about: row.details["keys"] for row in await s.app.attention.rows() if row.kind == "settings"}


async def test_a_change_that_is_not_sound_changes_nothing_and_is_listed_until_it_is_put_right(tmp_path):
    async with story(folder=tmp_path, **at_nord(tmp_path, TITLE)) as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        overlay(tmp_path / "overlay", {"nord/plan.toml": "[talk]\nnumber = 2"})
        (tmp_path / "settings" / "organisation.toml").write_text("authority = 1", encoding="utf-8")
        await s.settings_changed()
        await s.jonas.say("åbn 1")

        assert "Mødes i dag" in said(s.jonas)
        rows = await _rows(s)
        assert set(rows) == {"nord/plan.toml", "organisation.toml"}
        assert rows["nord/plan.toml"] == "talk.number" and "people" in rows["organisation.toml"]

        at_nord(tmp_path, NOTE)
        await s.settings_changed()
        await s.jonas.say("åbn 1")
        assert await _rows(s) == {} and "Brug lokale 2." in said(s.jonas)


async def test_the_words_of_a_wording_that_was_in_force_cannot_be_changed_under_its_number(tmp_path):
    async with story(folder=tmp_path, **at_nord(tmp_path, WORDING)) as s:
        other = {"nord/wordings.toml": WORDING["nord/wordings.toml"].replace("mandagsmødet", "tirsdagsmødet")}
        overlay(tmp_path / "overlay", other)
        await s.settings_changed()

        assert await _rows(s) == {"nord/wordings.toml": "colleagues 1"}
        second = WORDING["nord/wordings.toml"] + other["nord/wordings.toml"].replace("number = 1", "number = 2")
        overlay(tmp_path / "overlay", {"nord/wordings.toml": second})
        await s.settings_changed()
        assert await _rows(s) == {}


async def test_what_is_read_only_at_the_start_is_said_to_need_a_restart(tmp_path):
    async with story(folder=tmp_path, **at_nord(tmp_path, {})) as s:
        organisation(tmp_path / "settings", NORD, ('["*.sharepoint.com"]', '["files.example.dk"]'))
        await s.settings_changed()
        assert await _rows(s) == {"restart": "download_hosts"}

    environment = {"VAERN_ORGANISATION": str(tmp_path / "settings" / "organisation.toml")}
    async with story(folder=tmp_path, **environment) as s:
        assert await _rows(s) == {}

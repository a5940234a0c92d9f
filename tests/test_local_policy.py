"""The workplace's own guidelines when whoever is behind it is from there: in the settings, and on the leader's card."""

from pathlib import Path

import pytest

from bot.setup.organisation import read_organisation
from tests.local_files import NORD, organisation
from tests.story import said, story

POLICY = """
[[local_policy]]
administration = "nord"
da = "Hos os taler en anden leder med hver af dem."
en = "With us another leader talks with each of them."
link = "https://intranet.example.dk/retningslinjer"
"""
GENERAL = "Øvelsens eksempel: Tal med hver af dem for sig."
COLLEAGUE = {"originator": "workplace", "colleague": "Birgit Dam", "identifier": ""}


def without_the_general_one(folder: Path) -> Path:
    file = organisation(folder)
    text = file.read_text("utf-8")
    begin, end = text.index("\n[[local_policy]]"), text.index("\n[uploads]")
    file.write_text(text[:begin] + text[end:], "utf-8")
    return file


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (('administration = "nord"', 'administration = "syd"'), "No [[workplaces]] belongs"),
        (('administration = "nord"\n', ""), "Expected each administration only once."),
        (('en = "With us another leader talks with each of them."\n', ""), "in both languages, da and en"),
        (("Hos os taler en anden leder med hver af dem.", "ja"), "10 to 900 characters"),
        (("https://intranet.example.dk", "http://intranet.example.dk"), "begins with https://"),
        (("https://intranet.example.dk/retningslinjer", "javascript:alert(1)"), "begins with https://"),
        (('link = "https', 'url = "https'), "url"),
        (("\n[[", POLICY + "\n[["), "Expected each administration only once."),
        (("\n[[", '\n[[local_policy]]\nadministration = "nord"\n[['), "says nothing"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_what_to_put_right(tmp_path, changed, said):
    assert changed[0] in POLICY
    found, faults = read_organisation(organisation(tmp_path, NORD, more=POLICY.replace(*changed, 1)))

    assert found is None
    assert any(said in " ".join(map(str, vars(fault).values())) for fault in faults), faults


@pytest.mark.parametrize("language", ["da", "en"])
async def test_the_leader_reads_the_guidelines_of_the_administration_and_can_open_them(tmp_path, language):
    file = organisation(tmp_path, NORD, more=POLICY)
    async with story(VAERN_ORGANISATION=str(file)) as s:
        await s.jonas.say({"da": "dansk", "en": "english"}[language])
        await s.report(s.mette, **COLLEAGUE)
        await s.opened(s.jonas)
        told = {"da": "Hos os taler en anden leder", "en": "With us another leader talks"}[language]
        assert told in said(s.jonas) and GENERAL not in said(s.jonas)
        assert "https://intranet.example.dk/retningslinjer" in str(s.jonas.messages)
        assert told not in said(s.mette) + said(s.lise)


async def test_an_administration_without_its_own_has_the_organisations_and_of_a_citizen_nothing_is_said(tmp_path):
    async with story() as s:
        await s.report(s.mette, **COLLEAGUE)
        await s.opened(s.jonas)
        assert GENERAL in said(s.jonas)
        await s.report(s.lise)
        await s.passes(hours=1)
        await s.opened(s.jonas)
        assert GENERAL not in str(s.jonas.last_card) and "Det gælder hos jer" not in str(s.jonas.last_card)


async def test_where_nothing_is_set_the_card_says_so_and_whom_to_ask(tmp_path):
    async with story(VAERN_ORGANISATION=str(without_the_general_one(tmp_path))) as s:
        await s.report(s.mette, **COLLEAGUE)
        await s.opened(s.jonas)

        assert "Jeres retningslinjer er ikke lagt ind i Værn. Spørg din egen leder eller HR" in said(s.jonas)

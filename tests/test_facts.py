"""Law, contacts and links are data, and every card that uses them says where they are from and how old they are."""

import json
from dataclasses import replace
from datetime import date

import pytest

from cards.front import TOPICS
from cards.guide import fact_line, guide_topic
from casework.facts import Fact, facts_in, read_facts
from casework.local import Layer, with_layers
from tests.scenes import scene


def row(**given: object) -> dict:
    ordinary = {"id": "claim", "value": "2", "topics": ["deadline"], "source": "civilstyrelsen.dk", "checked_on": ""}
    return {**ordinary, **given}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("fact", read_facts(), ids=lambda fact: fact.id)
def test_a_fact_stands_on_its_cards_with_source_and_value(fact, language):
    assert fact.topics and set(fact.topics) <= set(TOPICS)
    for topic in fact.topics:
        drawn = json.dumps(guide_topic(topic, scene(language)), ensure_ascii=False).replace("\xa0", " ")
        assert fact.source in drawn and fact.value in drawn


def test_a_fact_nobody_has_confirmed_says_so_and_a_confirmed_one_says_when():
    unchecked, checked = facts_in([row(), row(checked_on="2026-11-20")])

    assert "Endnu ikke kontrolleret" in fact_line(unchecked, scene("da"))["text"]
    assert "20. november" in fact_line(checked, scene("da"))["text"].replace("\xa0", " ")
    assert checked == Fact("claim", "2", ("deadline",), "civilstyrelsen.dk", date(2026, 11, 20))


def test_a_local_fact_takes_the_originals_place_on_its_card():
    guide = with_layers([Layer(facts=facts_in([row(value="3", source="example.dk", checked_on="2026-11-20")]))])
    card = guide_topic("deadline", replace(scene("en"), guide=guide))
    drawn = json.dumps(card, ensure_ascii=False).replace("\xa0", " ")

    assert "example.dk" in drawn and "20 November" in drawn
    assert "civilstyrelsen.dk" not in drawn


@pytest.mark.parametrize("wrong", [{"source": ""}, {"checked_on": "last week"}])
def test_a_fact_without_a_source_or_with_a_day_that_is_none_is_refused(wrong):
    with pytest.raises(ValueError):
        facts_in([row(**wrong)])

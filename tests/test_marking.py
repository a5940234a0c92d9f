"""A form on a step's card that was refused: what was typed is not lost, and the field says what to put right."""

import pytest

from bot.rehearsal.chat import Chat
from tests.story import story

FORMS = [
    ("talk", "set_step_aside", {"reason": ""}, "reason", "Grunden mangler."),
    ("talk", "offer_step", {"to": "Zxqvw"}, "to", "Personen blev ikke fundet"),
    (
        "risk_assessment",
        "assess_risk",
        {"agreed": "Vi mødes", "follow_up_on": "2026-12-24"},
        "again",
        "Skriv det med",
    ),
    ("avoid_contact", "agree_protection", {"last_day": "2026-12-24"}, "ways", "Vælg, hvad der er aftalt."),
    (
        "ask_colleagues",
        "record_oral_consent",
        {"how": "I telefonen", "time": "10:30", "answer": "yes"},
        "date",
        "Skriv, hvilken dag",
    ),
]


def body_of(chat: Chat, field: str) -> list[dict]:
    """Where that field stands on the card that was pressed last."""
    cards = [message.card for message in chat.messages if message.card]
    bodies = [body for card in cards for body in _bodies(card) if any(one.get("id") == field for one in body)]
    return next(body for body in reversed(bodies) if any("weight" in one and "size" not in one for one in body))


def _bodies(card: dict) -> list[list[dict]]:
    inner = [body for action in card.get("actions", ()) if "card" in action for body in _bodies(action["card"])]
    rows = [action for part in card["body"] for action in part.get("actions", ()) if "card" in action]
    return [card["body"], *inner, *(body for action in rows for body in _bodies(action["card"]))]


@pytest.mark.parametrize(("step", "verb", "typed", "field", "why"), FORMS)
async def test_a_refused_form_marks_the_field_it_is_about_and_keeps_what_was_typed(step, verb, typed, field, why):
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        whom = {"person_episode": f"|{s.id('mette')}"} if verb == "record_oral_consent" else {}
        await s.step(s.jonas, step, verb, typed | whom)
        body = body_of(s.jonas, field)
        place = next(number for number, one in enumerate(body) if one.get("id") == field)

        assert body[place + 1]["text"].replace("\xa0", " ").startswith(why)
        kept = {one["id"]: one.get("value", "") for one in body if "id" in one}
        assert {name: kept[name] for name in typed} == typed

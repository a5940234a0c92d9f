"""Typed words for what is asked by name: who is to ring, a topic of the guide, a device, an accept of one's own."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from bot.desk import Desk
from bot.typed_of_a_step import case_meant
from cards.evidence import DEVICES
from cards.guide import TOPICS
from cards.verbs import Press
from casework.vocabulary import Refused, Role
from dialogs.known import Meaning

LIKE = 70  # of 100: how much like a title words must be to mean it


async def _affected(meaning: Meaning, desk: Desk) -> Press:
    people = meaning.args["people"]
    return Press("name_affected", await case_meant(desk, Role.LEADER), inputs={"people": people})


async def _question(meaning: Meaning, desk: Desk) -> Press | None:
    """The oldest that waits for an answer."""
    waiting = [found for found in await _accepts(desk) if found[2].answer is None and not found[2].withdrawn_at]
    return _of_an_accept("show_question", waiting[:1])


async def _own_answer(meaning: Meaning, desk: Desk) -> Press | None:
    """The one answer there is. With several, the cards must be pressed."""
    given = [found for found in await _accepts(desk) if found[2].answer is not None]
    return _of_an_accept(meaning.name, given if len(given) == 1 else [])


def _of_an_accept(verb: str, found: list) -> Press | None:
    if not found:
        return None
    case, (kind, _, episode), _ = found[0]
    return Press(verb, case, args={"kind": kind.value, **({"episode": episode} if episode else {})})


async def _accepts(desk: Desk) -> list:
    """(case, key, accept) of everything the person was asked, in the cases they have heard of."""
    return [
        (one.case.id, key, consent)
        for one in await desk.mine()
        for key, consent in one.case.consents.items()
        if key[1] == desk.person and desk.person in one.case.told
    ]


async def _called_by(meaning: Meaning, desk: Desk) -> Press:
    """»bed Sara ringe«: one of those who can be asked."""
    people, name = await desk.companions(), meaning.args["name"]
    hits = [person.id for person in await desk.search(name) if person.id in people]
    if len(hits) != 1:
        raise Refused("person_ambiguous" if hits else "person_unknown", name=name)
    return Press("choose_call", args={"person": hits[0]})


async def _topic(meaning: Meaning, desk: Desk) -> Press:
    """A topic of the guide by what its card is called; else all of them."""
    say = (await desk.scene()).say
    called = {topic: say.plain(f"guide.topic.{topic}.title") for topic in TOPICS}
    return Press("guide_topic", args={"topic": _nearest(meaning.args["topic"], called) or "unknown"})


async def _how(meaning: Meaning, desk: Desk) -> Press | None:
    say = (await desk.scene()).say
    device = _nearest(meaning.args["device"], {device: say.plain(f"choices.device.{device}") for device in DEVICES})
    return Press("report_how", args={"device": device}) if device else None


def _nearest(said: str, called: Mapping[str, str]) -> str | None:
    found = process.extractOne(said, called, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=LIKE)
    return found[2] if found else None


BY_NAME = {
    "choose_call": _called_by,
    "name_affected": _affected,
    "show_question": _question,
    "withdraw_consent": _own_answer,
    "contradict_consent": _own_answer,
    "guide_topic": _topic,
    "report_how": _how,
}

"""Typed words for the guide: a topic, or how to secure evidence on a device, by what it is called or nearly so."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from bot.desk import Desk
from cards.evidence import DEVICES
from cards.guide import TOPICS
from cards.verbs import Press
from dialogs.known import Meaning

LIKE = 70  # of 100: how much like a title words must be to mean it


async def topic(meaning: Meaning, desk: Desk) -> Press:
    """A topic of the guide by what its card is called; else all of them."""
    say = (await desk.scene()).say
    called = {topic: say.plain(f"guide.topic.{topic}.title") for topic in TOPICS}
    return Press("guide_topic", args={"topic": _nearest(meaning.args["topic"], called) or "unknown"})


async def how(meaning: Meaning, desk: Desk) -> Press | None:
    """Without a device it is the one in their hand; the card has the others."""
    scene = await desk.scene()
    say = scene.say
    if "device" not in meaning.args:
        return Press("report_how", args={"device": scene.device or DEVICES[0]})
    device = _nearest(meaning.args["device"], {device: say.plain(f"choices.device.{device}") for device in DEVICES})
    return Press("report_how", args={"device": device}) if device else None


def _nearest(said: str, called: Mapping[str, str]) -> str | None:
    found = process.extractOne(said, called, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=LIKE)
    return found[2] if found else None

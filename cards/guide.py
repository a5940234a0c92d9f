"""The guide in the chat: a topic a card, in our own words, with the chapter it rests on."""

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.form_when import bars
from cards.report import contacts
from cards.scene import Scene
from cards.verbs import press
from casework.facts import Fact

TOPICS = ("what_is", "tell", "document", "deadline", "punishable", "tolerate", "help", "doctor", "profiles")


def guide(scene: Scene, *, unknown: bool = False) -> Card:
    """All topics, a button each. `unknown`: what was asked for is not among them."""
    say = scene.say
    return el.card(
        say,
        say("common.line"),
        el.heading(say("guide.title")),
        el.text(say("guide.unknown" if unknown else "guide.intro")),
        *bars([_topic_button(topic, scene) for topic in TOPICS]),
        el.small(say("welcome.danger"), spacing="Medium"),
        actions=[
            el.submit(say, "welcome.start", press("start_report")),
            el.submit(say, "welcome.call", press("call_me")),
        ],
    )


def _topic_button(topic: str, scene: Scene) -> Action:
    return el.submit(scene.say, f"guide.topic.{topic}", press("guide_topic", topic=topic))


def guide_topic(topic: str, scene: Scene) -> Card:
    """One topic; an unknown one gives the list."""
    if topic not in TOPICS:
        return guide(scene, unknown=True)
    say, key = scene.say, f"guide.topic.{topic}"
    return el.card(
        say,
        say("common.line"),
        el.heading(say(f"{key}.title")),
        *_told(key, scene),
        *_people_to_ring(topic, scene),
        el.text(say(f"{key}.body3")),
        *_facts(topic, scene),
        el.small(say("guide.source", chapter=say(f"{key}.chapter")), spacing="Medium"),
        actions=[
            el.submit(say, "guide.all", press("guide")),
            _how(scene) if topic == "document" else None,
            el.submit(say, "welcome.start", press("start_report")),
        ],
    )


def _told(key: str, scene: Scene) -> list[Element]:
    """Two paragraphs, or steps."""
    if scene.say.has(f"{key}.steps"):
        return el.numbered(scene.say(f"{key}.steps"))
    return [el.text(scene.say(f"{key}.body")), el.text(scene.say(f"{key}.body2"))]


def _facts(topic: str, scene: Scene) -> list[Element]:
    """Law, contacts and links of this topic, each with its source and the day it was confirmed."""
    found = [fact for fact in scene.guide.facts if topic in fact.topics]
    if not found:
        return []
    return [el.section(scene.say("guide.fact.title")), *(fact_line(fact, scene) for fact in found)]


def fact_line(fact: Fact, scene: Scene) -> Element:
    say = scene.say
    day = fact.checked_on
    checked = say("guide.fact.checked", day=say.day(day)) if day else say("guide.fact.unchecked")
    said = say(f"guide.fact.{fact.id}", value=fact.value)
    return el.small(say("guide.fact.line", said=said, source=fact.source, checked=checked), spacing="Small")


def _people_to_ring(topic: str, scene: Scene) -> list[Element]:
    return contacts(scene) if topic == "help" else []


def _how(scene: Scene) -> Action:
    return el.submit(scene.say, "evidence.show_how", press("report_how", device="computer"))

"""The yearly talk of a health and safety group: what to talk of, and which of it is noted by whom."""

from collections.abc import Iterator

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.guide import fact_line
from cards.scene import Scene
from cards.verbs import press
from casework.views import ReviewView
from casework.yearly import Topic

OWN_GUIDELINES = "own_guidelines"
"""The fact that says where guidelines of one's own are helped on their way."""


def review_card(view: ReviewView, scene: Scene) -> Card:
    """Three topics, each with what to ask oneself, and a button to note it with or to take that back."""
    say = scene.say
    complete = set(Topic) <= set(view.talked)
    return el.card(
        say,
        say("common.line"),
        el.heading(say("yearly.title", year=str(view.year))),
        el.small(scene.place.workplaces.get(view.workplace, ""), spacing="None"),
        el.text(say("yearly.complete" if complete else "yearly.body")),
        el.text(say("yearly.open"), bold=True) if view.reminded and not complete else None,
        *(part for topic in Topic for part in _topic(topic, view, scene)),
        actions=[*(_note(topic, view, scene) for topic in Topic), el.execute(say, "yearly.guide", press("guide"))],
    )


def _topic(topic: Topic, view: ReviewView, scene: Scene) -> Iterator[Element]:
    say, who = scene.say, view.talked.get(topic)
    ask = say(f"yearly.{topic}.ask")
    word = say("yearly.noted", name=scene.full_name(who.by), time=scene.when(who.at)) if who else ask
    yield el.row(who is not None, say(f"yearly.{topic}.title"), word) | {"spacing": "Medium"}
    if topic is Topic.GUIDELINES:
        yield from (fact_line(fact, scene) for fact in scene.guide.facts if fact.id == OWN_GUIDELINES)


def _note(topic: Topic, view: ReviewView, scene: Scene) -> Action:
    done = topic in view.talked
    data = press("note_review", year=view.year, topic=topic, talked="no" if done else "yes")
    return el.execute(scene.say, f"yearly.{topic}.undo" if done else f"yearly.{topic}", data)

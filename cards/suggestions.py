"""What short words may have been meant to be, as buttons; and that they may have been an account after all."""

from collections.abc import Sequence

from cards import elements as el
from cards.elements import Action, Card
from cards.mine import way
from cards.report import urgent
from cards.scene import Scene
from cards.verbs import press


def suggestions(text: str, words: Sequence[str], scene: Scene) -> Card:
    """ "Mente du …?" Nothing is done, and nothing that was written is lost."""
    say = scene.say
    keep = el.submit(say, "suggestion.keep", press("keep_words", words=text))
    return el.card(
        say,
        say("common.line"),
        el.heading(say("suggestion.title")),
        el.text(say("suggestion.body", words=text)),
        *urgent(scene),
        actions=[*(_button(one, scene) for one in words), keep, way("call", "call_me", scene)],
    )


def which_step(words: Sequence[str], scene: Scene) -> Card:
    """A word that needs a step's number, and came without."""
    say = scene.say
    return el.card(
        say,
        say("common.line"),
        el.heading(say("suggestion.step.title")),
        el.text(say("suggestion.step.body")),
        actions=[_button(one, scene) for one in words],
    )


def _button(words: str, scene: Scene) -> Action:
    return el.submit(scene.say, "suggestion.said", press("say_words", words=words), words=words)

"""What holds at the workplace when whoever is behind it is a colleague, on the leader's card."""

from collections.abc import Iterator

from cards import elements as el
from cards.elements import Element
from cards.scene import Scene


def local_policy(scene: Scene) -> Iterator[Element]:
    """That the steps about a citizen fall away, and the workplace's own guidelines; or where to ask for them."""
    say, policy = scene.say, scene.policy
    yield el.text(say("leader.told.workplace"))
    if policy is None:
        yield el.text(say("leader.policy.unknown"), spacing="None")
        return
    yield el.text(say("leader.policy.title"), bold=True)
    if words := policy.texts.get(say.language, ""):
        yield el.quote(words)
    if policy.link:
        yield el.action_row(el.open_url(say, "leader.policy.link", policy.link))

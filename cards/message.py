"""A message found in Teams: what would be kept of it, and that it was kept. Never its words (product: nobody meets
the insult again by scrolling)."""

from collections.abc import Iterator

from cards import elements as el
from cards.elements import Card, Element
from cards.scene import Scene
from cards.verbs import press
from casework.views import KeptMessage, TeamsMessage

MOST_NAMES = 10
"""Names of attachments on the card; all of them are kept."""


def offered(message: TeamsMessage, offer: str, scene: Scene) -> Card:
    """In a window of its own: what will be kept, and the choice."""
    say = scene.say
    return el.card(
        say,
        say("common.line"),
        el.heading(say("message.offer.title")),
        el.text(say("message.offer.body")),
        el.section(say("message.offer.what"), spacing="Medium"),
        *_what(message, scene),
        actions=[
            el.submit(say, "message.keep", press("keep_message", offer=offer), positive=True),
            el.submit(say, "message.leave", press("leave_message", offer=offer)),
        ],
    )


def _what(message: TeamsMessage, scene: Scene) -> Iterator[Element]:
    say = scene.say
    if message.text:
        yield el.text(say("message.offer.text"))
    if message.sender:
        yield el.text(say("message.offer.sender", name=message.sender))
    if message.sent_at:
        yield el.text(say("message.offer.sent", at=say.full(message.sent_at, scene.now)))
    if message.link:
        yield el.text(say("message.offer.link"))
    if message.attachments:
        yield el.text(say("message.offer.files", names=say.names(message.attachments[:MOST_NAMES])))


def as_evidence(message: TeamsMessage, scene: Scene) -> str:
    """The message as it is read in the case: who and when, where it stands, and the words themselves."""
    say = scene.say.plain
    lines = [
        say("message.evidence.sender", name=message.sender) if message.sender else "",
        say("message.evidence.sent", at=scene.say.full(message.sent_at)) if message.sent_at else "",
        say("message.evidence.link", link=message.link) if message.link else "",
        say("message.evidence.files", names=", ".join(message.attachments)) if message.attachments else "",
    ]
    return "\n".join([*filter(None, lines), "", message.text]).strip()


def kept(view: KeptMessage, scene: Scene) -> Card:
    """In the keeper's own chat: it is there, and how to go on."""
    say = scene.say
    return el.card(
        say,
        say("common.line"),
        el.heading(say("message.kept.title")),
        el.text(say("message.kept.body", number=view.number, at=scene.when(view.received_at))),
        el.text(say("message.kept.next")),
        el.small(say("welcome.danger"), spacing="Medium"),
        actions=[
            el.execute(say, "welcome.continue", press("continue_draft", view.case), positive=True),
            el.execute(say, "welcome.call", press("call_me")),
            el.execute(say, "welcome.guide", press("guide")),
        ],
    )

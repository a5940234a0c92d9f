"""Cards to write on: two lines from the leader, or words to the other one. Nobody else's doing changes them.

What is half written on a card is lost when the card is drawn anew, as case cards and threads are whenever something
happens. So the writing has a card of its own, and that one says afterwards that it was sent.
"""

from collections.abc import Iterator, Sequence

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.plan import case_line, first_names
from cards.scene import Scene
from cards.verbs import press
from casework.messages import LONGEST_UPDATE
from casework.views import LeaderView, SentView, StepView, WritingView
from casework.vocabulary import PersonId
from casework.writing import LONGEST_REASON

LONGEST_ANSWER = 4_000  # characters, of the person's own answer on a card; more is written in the chat
ALL = "all"


def writing_card(view: WritingView, scene: Scene) -> Card:
    """A field, and its button."""
    say = scene.say
    key = "talk.writing.update" if view.update else "talk.writing.message"
    data = press("send_message", view.case, view.version, person=view.person)
    if view.update:
        data = press("give_update", view.case, view.version, place="card")
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say(key, names=first_names(scene, view.to))),
        *(update_fields(view.to, scene) if view.update else _message(view, scene)),
        actions=[
            el.execute(say, "talk.send", data, positive=True, inputs=True),
            el.execute(say, "leader.button.case", press("show_case", view.case, view.version)),
        ],
    )


def _message(view: WritingView, scene: Scene) -> Iterator[Element]:
    yield el.small(scene.say("talk.answer.mine" if view.mine else "talk.answer.theirs"), spacing="None")
    longest = LONGEST_ANSWER if view.mine else LONGEST_REASON
    yield el.input_text("words", scene.say.plain("talk.answer.field"), lines=True, longest=longest)


def update_fields(people: Sequence[PersonId], scene: Scene) -> Iterator[Element]:
    """Two lines, and of several people to whom."""
    say = scene.say
    yield el.input_text("update", say.plain("talk.update.field"), lines=True, longest=LONGEST_UPDATE)
    if len(people) > 1:
        each = [(scene.full_name(person), str(person)) for person in people]
        choices = [(say.plain("talk.update.all"), ALL), *each]
        yield el.choice("reader", say.plain("talk.update.to"), choices, value=ALL)
    yield el.small(say("talk.update.help"), spacing="None")


def update_button(view: LeaderView | StepView, scene: Scene) -> Action:
    """[Giv besked]: the card to write on comes at the bottom of the chat."""
    return el.execute(scene.say, "talk.update", press("write_update", view.case, view.version))


def sent_card(view: SentView, scene: Scene) -> Card:
    """It is sent, to whom and when. The person's own words come again only when they ask for them."""
    say, at = scene.say, (view.case, view.version)
    own = el.execute(say, "talk.own", press("show_own_words", *at)) if view.mine else None
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("talk.sent.title", names=first_names(scene, view.to))),
        el.small(say("talk.sent.at", at=scene.when(view.at)), spacing="None"),
        el.quote(view.words, spacing="Medium") if view.words else None,
        actions=[own, el.execute(say, "leader.button.case", press("show_case", *at))],
    )

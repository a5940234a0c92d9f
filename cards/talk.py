"""Words between the leader and one affected person, on a card of their own and on both case cards. B7, W3.

The leader's words stand as they are; what the person wrote comes only on "Vis", and each sees that the other has it.
"""

from collections.abc import Iterable, Iterator

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.plan import case_line, first_names
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from cards.writing import update_button, update_fields
from casework.views import (
    EmployeeView,
    LeaderView,
    MessageLine,
    MessagesView,
    SilentView,
    StepView,
    TalkLine,
    WordsView,
)
from casework.vocabulary import PersonId
from casework.writing import LONGEST_REASON

MOST_PEOPLE = 3
"""Affected people with a line of their own on the leader's card: unread words first, then who has waited longest."""


# -- one thread ------------------------------------------------------------------------------------------------------


def messages_card(view: MessagesView, scene: Scene) -> Card:
    """The latest words both ways, and a field for the answer."""
    say, other = scene.say, scene.name(_other(view))
    buttons = _of_the_person(view, scene) if view.mine else _of_the_leader(view, scene)
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("talk.messages.new" if view.unread else "talk.messages.title", name=other)),
        _waits(view, scene),
        el.small(say.count("talk.messages.earlier", view.earlier)) if view.earlier else None,
        *(part for line in view.lines for part in _message(line, view, scene)),
        el.text(say("talk.messages.none")) if not view.lines else None,
        actions=buttons,
    )


def _other(view: MessagesView) -> PersonId:
    """For the person whoever wrote to them last: words stay their author's when another has the case."""
    wrote = [line.by for line in view.lines if line.by != view.person]
    return (wrote or [view.leader])[-1] if view.mine else view.person


def _waits(view: MessagesView, scene: Scene) -> Element | None:
    if view.mine or not view.unread:
        return None
    words = scene.say.count("talk.messages.waits", view.unread, name=scene.name(view.person))
    return el.emphasis(el.text(words, spacing="None"))


def _message(line: MessageLine, view: MessagesView, scene: Scene) -> Iterator[Element]:
    of_person = line.by == view.person
    own = of_person if view.mine else line.by == view.leader
    yield el.small(_wrote(line, own, scene), spacing="Medium")
    if line.words:
        yield el.quote(line.words)
    if of_person is view.mine:
        yield el.small(receipt(line, scene, None if view.mine else view.person), spacing="None")


def _wrote(line: MessageLine, own: bool, scene: Scene) -> Ready:
    at, key = scene.when(line.at), "talk.messages.you" if own else "talk.messages.wrote"
    return scene.say(key, name=scene.name(line.by), at=at)


def receipt(line: MessageLine, scene: Scene, stands_with: PersonId | None = None) -> Ready:
    """Whether the other one has opened it, and when; of words that stand on a card of theirs, whether they said so."""
    if line.read_at is None and stands_with is not None:
        return scene.say("talk.receipt.unpressed", name=scene.name(stands_with))
    if line.read_at is None:
        return scene.say("talk.receipt.unread")
    return scene.say("talk.receipt.read", name=scene.name(line.read_by), at=scene.when(line.read_at))


def _of_the_leader(view: MessagesView, scene: Scene) -> list[Action | None]:
    show = press("open_messages", view.case, view.version, person=view.person)
    wrote = view.unread or any(line.by == view.person for line in view.lines)
    return [
        el.execute(scene.say, "talk.show", show, positive=True, name=scene.name(view.person)) if wrote else None,
        _to_write(view, scene),
        el.execute(scene.say, "leader.button.case", press("show_case", view.case, view.version)),
    ]


def _of_the_person(view: MessagesView, scene: Scene) -> list[Action | None]:
    seen = press("open_messages", view.case, view.version, person=view.person)
    name, wrote = scene.name(view.leader), any(line.by == view.person for line in view.lines)
    return [
        el.execute(scene.say, "talk.seen", seen, name=name) if view.unread else None,
        _to_write(view, scene),
        el.execute(scene.say, "talk.own", press("show_own_words", view.case, view.version)) if wrote else None,
        el.execute(scene.say, "leader.button.case", press("show_case", view.case, view.version)),
    ]


def _to_write(view: MessagesView, scene: Scene) -> Action:
    """This card changes whenever something is written or seen: the answer has a card of its own."""
    data = press("write_message", view.case, view.version, person=view.person)
    return el.execute(scene.say, "talk.answer" if view.lines else "talk.write", data)


def _answer(view: WordsView, scene: Scene) -> Action:
    """A field that folds out, and its button: nothing changes the card of words that were opened."""
    say, data = scene.say, press("send_message", view.case, view.version, person=view.person)
    field = el.input_text("words", say.plain("talk.answer.field"), lines=True, longest=LONGEST_REASON)
    send = el.execute(say, "talk.send", data, inputs=True)
    return el.show_card(say, "talk.answer", field, el.small(say("talk.answer.theirs"), spacing="None"), actions=[send])


def words_card(view: WordsView, scene: Scene) -> Card:
    """What the person wrote, opened by whoever has the case, or again by themselves."""
    return _own_words(view, view.mine, scene) if view.mine else _their_words(view, scene)


def _own_words(view: WordsView, line: MessageLine, scene: Scene) -> Card:
    say = scene.say
    to_case = el.execute(say, "leader.button.case", press("show_case", view.case, view.version))
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("talk.messages.you", at=scene.when(view.at))),
        el.small(receipt(line, scene), spacing="None"),
        el.quote(view.words, spacing="Medium"),
        actions=[to_case] if view.last else [],
    )


def _their_words(view: WordsView, scene: Scene) -> Card:
    say, name = scene.say, scene.name(view.person)
    to_case = el.execute(say, "leader.button.case", press("show_case", view.case, view.version))
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("talk.words.title", name=name)),
        el.small(say("talk.words.at", at=scene.when(view.at), name=name), spacing="None"),
        el.quote(view.words, spacing="Medium"),
        actions=[_answer(view, scene), to_case] if view.last else [],
    )


# -- two lines from the leader ---------------------------------------------------------------------------------------


def silent_card(view: SilentView, scene: Scene) -> Card:
    """Somebody has heard nothing for some days: the field is right here."""
    say, people = scene.say, [person for person, _ in view.people]
    data = press("give_update", view.case, view.version, place="silent")
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("talk.silent.title")),
        el.text(say("talk.silent.body", names=first_names(scene, people), days=view.days)),
        *update_fields(people, scene),
        actions=[
            el.execute(say, "talk.update", data, positive=True, inputs=True),
            el.execute(say, "leader.button.case", press("show_case", view.case, view.version)),
        ],
    )


def keep_updated(view: StepView, scene: Scene) -> Iterator[Element | None]:
    """Step 6: when each last heard something, and the way to write."""
    for talk in view.talks[:MOST_PEOPLE]:
        yield el.small(_last_word(talk, scene), spacing="Small")
    if view.talks:
        yield el.action_row(update_button(view, scene), spacing="Medium")


# -- on both case cards ----------------------------------------------------------------------------------------------


def on_the_leaders_card(view: LeaderView, scene: Scene) -> Iterator[Element]:
    """How it stands with each: what lies unread, when they last heard something, what was agreed."""
    if not view.talks:
        return
    in_order = sorted(view.talks, key=lambda talk: (not talk.unread, talk.heard_at or view.sent_at))
    for talk in in_order[:MOST_PEOPLE]:
        yield _with_one(talk, view, scene)
    if rest := len(in_order) - MOST_PEOPLE if len(in_order) > MOST_PEOPLE else 0:
        yield el.small(scene.say.count("common.more", rest))
    yield el.action_row(update_button(view, scene), spacing="Small")


def _with_one(talk: TalkLine, view: LeaderView, scene: Scene) -> Element:
    say, name = scene.say, scene.name(talk.person)
    lines = [el.small(_last_word(talk, scene), spacing="None")]
    if talk.said:
        seen = receipt(talk.said, scene, talk.person)
        wrote = say("talk.leader.wrote", at=scene.when(talk.said.at), seen=seen)
        lines.append(el.small(seen if talk.said.at == talk.heard_at else wrote, spacing="None"))
    if talk.unread:
        lines = [el.text(say.count("talk.leader.unread", talk.unread, name=name), spacing="None", bold=True), *lines]
    if talk.points in ("waits", "unfit"):
        lines.append(el.small(say(f"talk.leader.{talk.points}", name=name), spacing="None"))
    if talk.next_talk and talk.next_talk > scene.now:
        lines.append(el.small(say("talk.leader.next", name=name, at=scene.when(talk.next_talk)), spacing="None"))
    show = press("show_messages", view.case, view.version, person=talk.person)
    button = el.execute(say, "talk.open", show, name=name)
    return el.columns(("stretch", lines), ("auto", [el.action_row(button, spacing="None")]), spacing="Medium")


def _last_word(talk: TalkLine, scene: Scene) -> Ready:
    if talk.heard_at is None:
        return scene.say("talk.leader.not_heard", name=scene.name(talk.person))
    names = first_names(scene, (talk.person,))
    return scene.say("leader.case.last_word", names=names, time=scene.when(talk.heard_at))


def on_the_persons_card(view: EmployeeView, scene: Scene) -> Iterator[Element]:
    """When they last heard from the leader, what was written last each way, what is agreed, and the way to more."""
    talk = view.talk
    if talk is None or not (talk.heard_at or talk.said or talk.written or talk.asked_to_write_at):
        return
    yield el.section(scene.say("talk.person.title", leader=scene.name(view.leader)))
    yield from _last_heard(talk, view, scene)
    yield from _latest_words(talk, scene)
    yield from _agreed(talk, view, scene)
    if ways := [way for way in _to_more(view, talk, scene) if way]:
        yield el.action_row(*ways)


def _last_heard(talk: TalkLine, view: EmployeeView, scene: Scene) -> Iterator[Element]:
    say = scene.say
    if talk.heard_at:
        at = scene.when(talk.heard_at)
        yield el.text(say("talk.person.heard", leader=scene.name(talk.heard_from), at=at), spacing="None")
    if talk.asked_to_write_at:
        asked = scene.when(talk.asked_to_write_at)
        yield el.text(say("talk.person.quiet", leader=scene.name(view.leader), at=asked), spacing="None")


def _agreed(talk: TalkLine, view: EmployeeView, scene: Scene) -> Iterator[Element]:
    if talk.points != "none":
        yield el.text(scene.say(f"talk.person.{talk.points}", leader=scene.name(view.leader)))
    if talk.next_talk and talk.next_talk > scene.now:
        yield el.text(scene.say("talk.person.next", at=scene.when(talk.next_talk)), spacing="None", bold=True)


def _latest_words(talk: TalkLine, scene: Scene) -> Iterator[Element]:
    if talk.said:
        yield el.small(_wrote(talk.said, False, scene), spacing="Small")
        yield el.quote(talk.said.words)
    if talk.written:
        yield el.small(_wrote(talk.written, True, scene), spacing="Small")
        yield el.small(receipt(talk.written, scene), spacing="None")


def _to_more(view: EmployeeView, talk: TalkLine, scene: Scene) -> Iterable[Action | None]:
    say, at = scene.say, (view.case, view.version)
    name = scene.name(view.leader)
    yield el.execute(say, "talk.open", press("show_messages", *at), name=name) if talk.said or talk.written else None
    yield el.execute(say, "points.open", press("show_points", *at), name=name) if talk.points != "none" else None

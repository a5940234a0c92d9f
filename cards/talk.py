"""Words between the leader and one affected person, on a card of their own and on both case cards. B7, W3.

The leader's words stand as they are; what the person wrote comes only on "Vis", and each sees that the other has it.
"""

from collections.abc import Iterable, Iterator, Sequence

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.plan import case_line, first_names
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.messages import LONGEST_UPDATE
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
LONGEST_ANSWER = 4_000  # characters, of the person's own answer on a card; more is written in the chat
ALL = "all"


# -- one thread ------------------------------------------------------------------------------------------------------


def messages_card(view: MessagesView, scene: Scene) -> Card:
    """The latest words both ways, and a field for the answer."""
    say, other = scene.say, scene.name(view.leader if view.mine else view.person)
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


def _waits(view: MessagesView, scene: Scene) -> Element | None:
    if view.mine or not view.unread:
        return None
    words = scene.say.count("talk.messages.waits", view.unread, name=scene.name(view.person))
    return el.emphasis(el.text(words, spacing="None"))


def _message(line: MessageLine, view: MessagesView, scene: Scene) -> Iterator[Element]:
    own = line.by == view.person if view.mine else line.by != view.person
    yield el.small(_wrote(line, own, scene), spacing="Medium")
    if line.words:
        yield el.quote(line.words)
    if own:
        yield el.small(receipt(line, scene), spacing="None")


def _wrote(line: MessageLine, own: bool, scene: Scene) -> Ready:
    at, key = scene.when(line.at), "talk.messages.you" if own else "talk.messages.wrote"
    return scene.say(key, name=scene.name(line.by), at=at)


def receipt(line: MessageLine, scene: Scene) -> Ready:
    """Whether the other one has opened it, and when."""
    if line.read_at is None:
        return scene.say("talk.receipt.unread")
    return scene.say("talk.receipt.read", name=scene.name(line.read_by), at=scene.when(line.read_at))


def _of_the_leader(view: MessagesView, scene: Scene) -> list[Action | None]:
    show = press("open_messages", view.case, view.version, person=view.person)
    wrote = view.unread or any(line.by == view.person for line in view.lines)
    return [
        el.execute(scene.say, "talk.show", show, positive=True, name=scene.name(view.person)) if wrote else None,
        answer_button(view, scene),
        el.execute(scene.say, "leader.button.case", press("show_case", view.case, view.version)),
    ]


def _of_the_person(view: MessagesView, scene: Scene) -> list[Action | None]:
    seen = press("open_messages", view.case, view.version, person=view.person)
    name, wrote = scene.name(view.leader), any(line.by == view.person for line in view.lines)
    return [
        el.execute(scene.say, "talk.seen", seen, name=name) if view.unread else None,
        answer_button(view, scene, LONGEST_ANSWER),
        el.execute(scene.say, "talk.own", press("show_own_words", view.case, view.version)) if wrote else None,
        el.execute(scene.say, "leader.button.case", press("show_case", view.case, view.version)),
    ]


def answer_button(view: MessagesView | WordsView, scene: Scene, longest: int = LONGEST_REASON) -> Action:
    """A field that folds out, and its button."""
    say, data = scene.say, press("send_message", view.case, view.version, person=view.person)
    mine = isinstance(view, MessagesView) and view.mine
    help_ = say("talk.answer.mine" if mine else "talk.answer.theirs")
    field = el.input_text("words", say.plain("talk.answer.field"), lines=True, longest=longest)
    send = el.execute(say, "talk.send", data, inputs=True)
    return el.show_card(say, "talk.answer", field, el.small(help_, spacing="None"), actions=[send])


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
        actions=[answer_button(view, scene), to_case] if view.last else [],
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


def update_fields(people: Sequence[PersonId], scene: Scene) -> Iterator[Element]:
    say = scene.say
    yield el.input_text("update", say.plain("talk.update.field"), lines=True, longest=LONGEST_UPDATE)
    if len(people) > 1:
        each = [(scene.full_name(person), str(person)) for person in people]
        choices = [(say.plain("talk.update.all"), ALL), *each]
        yield el.choice("reader", say.plain("talk.update.to"), choices, value=ALL)
    yield el.small(say("talk.update.help"), spacing="None")


def update_button(view: LeaderView | StepView, people: Sequence[PersonId], place: str, scene: Scene) -> Action:
    """[Giv besked]: the field folds out where it is pressed."""
    data = press("give_update", view.case, view.version, place=place)
    send = el.execute(scene.say, "talk.send", data, inputs=True)
    return el.show_card(scene.say, "talk.update", *update_fields(people, scene), actions=[send])


def keep_updated(view: StepView, scene: Scene) -> Iterator[Element | None]:
    """Step 6: when each last heard something, and the way to write."""
    for talk in view.talks[:MOST_PEOPLE]:
        yield el.small(_last_word(talk, scene), spacing="Small")
    if view.talks:
        people = [talk.person for talk in view.talks]
        yield el.action_row(update_button(view, people, "step", scene), spacing="Medium")


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
    people = [talk.person for talk in view.talks]
    yield el.action_row(update_button(view, people, "case", scene), spacing="Small")


def _with_one(talk: TalkLine, view: LeaderView, scene: Scene) -> Element:
    say, name = scene.say, scene.name(talk.person)
    lines = [el.small(_last_word(talk, scene), spacing="None")]
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
    key = "leader.case.last_seen" if talk.only_seen else "leader.case.last_word"
    return scene.say(key, names=names, time=scene.when(talk.heard_at))


def on_the_persons_card(view: EmployeeView, scene: Scene) -> Iterator[Element]:
    """When they last heard from the leader, what was written last each way, what is agreed, and the way to more."""
    talk = view.talk
    if talk is None or not (talk.heard_at or talk.said or talk.written):
        return
    say, leader = scene.say, scene.name(view.leader)
    yield el.section(say("talk.person.title", leader=leader))
    if talk.heard_at:
        at = scene.when(talk.heard_at)
        yield el.text(say("talk.person.heard", leader=scene.name(talk.heard_from), at=at), spacing="None")
    yield from _latest_words(talk, scene)
    if talk.points != "none":
        yield el.text(say(f"talk.person.{talk.points}", leader=leader))
    if talk.next_talk and talk.next_talk > scene.now:
        yield el.text(say("talk.person.next", at=scene.when(talk.next_talk)), spacing="None", bold=True)
    yield el.action_row(*_to_more(view, talk, scene))


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

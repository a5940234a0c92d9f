"""What the talk came to: the leader writes it down, both see the same, and the person says whether it fits. B3, B6."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.plan import case_line, sentence
from cards.removal import shortened
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.calendar import local
from casework.talk import LASTS, LONGEST_POINT
from casework.views import NextTalkView, PointsView, StepView
from casework.vocabulary import Answer, Tried
from casework.writing import LONGEST_REASON

POINTS = ("help", "tells", "contact", "other")
MEETING = "https://teams.microsoft.com/l/meeting/new"
"""Opens a new invitation in Teams itself."""


def points_card(view: PointsView, scene: Scene) -> Card:
    """For the person what was agreed and two answers; for the leader the same as fields to write in."""
    return _for_the_person(view, scene) if view.mine else _for_the_leader(view, scene)


def _for_the_person(view: PointsView, scene: Scene) -> Card:
    say = scene.say
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("points.mine.title")),
        el.small(_version(view, scene), spacing="None"),
        *_points(view, scene),
        *_next_talk(view, scene),
        _answer(view, scene),
        actions=_answers(view, scene),
    )


def _version(view: PointsView, scene: Scene) -> Ready:
    key = "points.version.changed" if view.number > 1 else "points.version.first"
    return scene.say(key, name=scene.name(view.by), at=scene.say.full(view.at, scene.now) if view.at else "")


def _points(view: PointsView, scene: Scene) -> Iterator[Element]:
    for point in POINTS:
        if words := getattr(view, point):
            yield el.small(scene.say(f"points.{point}.title"), spacing="Medium")
            yield el.quote(words)


def _next_talk(view: PointsView, scene: Scene) -> Iterator[Element]:
    if view.next_talk is None:
        return
    yield el.small(scene.say("points.next.title"), spacing="Medium")
    yield el.text(sentence(scene.say.full(view.next_talk, scene.now)), spacing="None", bold=True)
    if view.invited is not None and view.next_talk > scene.now:
        done = view.invited is Tried.DONE
        yield el.small(scene.say("points.next.invited" if done else "points.next.not_invited"), spacing="None")


def _answer(view: PointsView, scene: Scene) -> Element:
    """How it stands, and what the person wrote that does not fit."""
    words = el.quote(shortened(view.words)) if view.words else None
    return el.emphasis(el.text(_answered(view, scene), spacing="None"), words)


def _answered(view: PointsView, scene: Scene) -> Ready:
    at = scene.say.full(view.answered_at, scene.now) if view.answered_at else ""
    who = "mine" if view.mine else "theirs"
    key = {None: "open", Answer.YES: "yes", Answer.NO: "no"}[view.answer]
    return scene.say(f"points.{who}.{key}", name=scene.name(view.person), at=at)


def _answers(view: PointsView, scene: Scene) -> list[Action | None]:
    """Both are all right: none is coloured."""
    say, at = scene.say, (view.case, view.version)
    fits = el.execute(say, "points.fits", press("points_fit", *at, number=view.number))
    send = el.execute(say, "points.send", press("points_unfit", *at, number=view.number), inputs=True)
    field = el.input_text("words", say.plain("points.unfit.field"), lines=True, longest=LONGEST_REASON)
    return [
        None if view.answer is Answer.YES else fits,
        el.show_card(say, "points.unfit", field, actions=[send]),
        el.execute(say, "leader.button.case", press("show_case", *at)),
    ]


# -- the leader writes it down ---------------------------------------------------------------------------------------


def _for_the_leader(view: PointsView, scene: Scene) -> Card:
    say, name = scene.say, scene.name(view.person)
    data = press("agree_points", view.case, view.version, person=view.person)
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("points.theirs.title", name=name)),
        _answer(view, scene) if view.number else None,
        *_unopened(view, scene),
        _calendar(view, scene),
        el.text(say("points.theirs.body", name=name)),
        *_fields(view, scene),
        actions=[
            el.execute(say, "points.save", data, positive=True, inputs=True, name=name),
            _invite_by_hand(view, scene),
            el.execute(say, "leader.button.case", press("show_case", view.case, view.version)),
        ],
    )


def _unopened(view: PointsView, scene: Scene) -> Iterator[Element]:
    """What does not fit comes on "Vis", like all that the person writes: they see whether it was opened."""
    if view.unopened:
        name, show = scene.name(view.person), press("open_messages", view.case, view.version, person=view.person)
        yield el.small(scene.say.count("talk.messages.waits", 1, name=name))
        yield el.action_row(el.execute(scene.say, "talk.show", show, name=name), spacing="Small")


def _calendar(view: PointsView, scene: Scene) -> Element | None:
    """Whether the next talk stands in both calendars, and what to do where it does not."""
    if view.next_talk is None or view.invited is None or view.next_talk <= scene.now:
        return None
    if view.invited is Tried.DONE:
        return el.small(scene.say("points.next.invited"), spacing="None")
    by_hand = _invite_by_hand(view, scene)
    key = "points.next.by_hand" if by_hand else "points.next.not_invited"
    return el.text(scene.say(key, name=scene.name(view.person)))


def _invite_by_hand(view: PointsView, scene: Scene) -> Action | None:
    """A filled-in invitation in Teams, where Værn has no way into the calendars. Neutral, as others may read it."""
    found = scene.people.get(view.person)
    if view.next_talk is None or view.invited in (None, Tried.DONE) or view.next_talk <= scene.now:
        return None
    if found is None or not found.mail:
        return None
    say, begins = scene.say, local(view.next_talk)
    filled = {
        "subject": say.plain("points.invitation.subject"),
        "content": say.plain("points.invitation.body"),
        "startTime": begins.isoformat(timespec="seconds"),
        "endTime": (begins + LASTS).isoformat(timespec="seconds"),
        "attendees": found.mail,
    }
    return el.open_url(say, "points.calendar", f"{MEETING}?{urlencode(filled, quote_via=quote)}", name=found.name)


def _fields(view: PointsView, scene: Scene) -> Iterator[Element]:
    say, at = scene.say, local(view.next_talk) if view.next_talk else None
    for point in ("help", "tells", "contact"):
        yield _field(point, view, scene)
        if point == "help":
            yield el.small(
                say("points.help.hint", names=say.names([c.name for c in scene.place.crisis])), spacing="None"
            )
    yield el.input_date("date", say.plain("points.next.date"), value=at.date() if at else None)
    yield el.input_time("time", say.plain("points.next.time"), value=at.time() if at else None)
    yield el.small(say("points.next.hint"), spacing="None")
    yield _field("other", view, scene)


def _field(point: str, view: PointsView, scene: Scene) -> Element:
    label = scene.say.plain(f"points.{point}.title")
    return el.input_text(point, label, value=getattr(view, point), lines=True, longest=LONGEST_POINT)


def on_the_step(view: StepView, scene: Scene) -> Iterator[Element]:
    """Step 1: how it stands with each, and the way to write it down."""
    for one in view.points:
        say, name = scene.say, scene.name(one.person)
        data = press("show_points", view.case, view.version, person=one.person)
        button = el.execute(say, "points.change" if one.number else "points.write", data, name=name)
        stands = _answered(one, scene) if one.number else say("points.theirs.none")
        yield el.columns(
            ("stretch", [el.text(scene.full_name(one.person), spacing="None"), el.small(stands, spacing="None")]),
            ("auto", [el.action_row(button, spacing="None")]),
            spacing="Medium",
        )


def next_talk_card(view: NextTalkView, scene: Scene) -> Card:
    """They talk today; nothing is to be prepared."""
    say, at = scene.say, scene.when(view.at)
    name = scene.name(view.leader if view.mine else view.person)
    person = {} if view.mine else {"person": view.person}
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("points.today.title")),
        el.text(sentence(say("points.today.mine" if view.mine else "points.today.theirs", at=at, name=name))),
        actions=[
            el.execute(say, "points.open", press("show_points", view.case, view.version, **person), name=name),
            el.execute(say, "leader.button.case", press("show_case", view.case, view.version)),
        ],
    )

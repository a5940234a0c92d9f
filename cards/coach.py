"""The evidence coach's card: how far it is, the one thing it asks, and how to do it on the device in the reader's hand.

H12, B1; never a demand (D3): every question has a "do not have it" and a "not now", and nothing waits for an answer.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.evidence import how_buttons, what_came, what_it_shows
from cards.form_when import bars
from cards.said_by_the_file import beside
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.calendar import local
from casework.parts import SECURED, CapturedBy, CaptureDevice, Part, PartAnswer, PartState
from casework.views import (
    CoachQuestion,
    CoachView,
    DraftView,
    EmployeeView,
    EpisodeParts,
    LeaderView,
    PartLine,
    ReporterView,
    StepView,
)
from casework.vocabulary import Medium

MOST_EPISODES = 6
"""Episodes with a line or a button of their own: the latest."""
MOST_NAMED = 4
"""Files that are called by their name in one sentence."""


def coach_card(view: CoachView, scene: Scene) -> Card:
    """The question by itself, or about the piece that was just given: never under another piece's name."""
    say = scene.say
    body, actions = asking(view, scene)
    asked = view.question.items if view.question else ()
    about_it = not asked or (view.line is not None and view.line.item in asked)
    piece = [*what_came(view.line, scene), *beside(view, scene)] if view.line else []
    return el.card(
        say,
        say("common.line") if view.draft else say("common.case_line", case=view.case),
        el.heading(_title(view, scene)),
        *(piece if about_it else ()),
        *body,
        *_of_the_last(piece, view, scene, told=not about_it),
        *([] if view.question else _every_part(view, scene)),
        actions=actions,
    )


def asking(view: CoachView, scene: Scene, *, headed: bool = False) -> tuple[list[Element | None], list[Action | None]]:
    """How far it is and the one question, with its answers. `headed`: the question's own heading stands over it."""
    say, question = scene.say, view.question
    asked, answers = _question(view, question, scene) if question else ([el.text(say(_rest(view)))], [])
    body = [
        el.section(_title(view, scene), spacing="Medium") if headed else None,
        *asked,
        *how_far(view, scene),
        el.emphasis(el.text(say("coach.enough"), spacing="None")) if view.many else None,
        el.small(say(_free(view)), spacing="Medium") if question else None,
    ]
    return body, answers


def _of_the_last(piece: Sequence[Element], view: CoachView, scene: Scene, *, told: bool) -> Iterator[Element]:
    """What does not fit about the piece that was spoken of last, when something else is asked already."""
    if told and view.doubts:
        yield el.section(scene.say("coach.last"), spacing="Large")
        yield from piece


def _title(view: CoachView, scene: Scene) -> Ready:
    """Of a question about pieces the heading names them."""
    say, question = scene.say, view.question
    if question:
        return say(f"coach.ask.{question.about}.title", pieces=_pieces(question, scene))
    return say("coach.all.title" if _all(view) else "coach.rest.title")


def _rest(view: CoachView) -> str:
    return "coach.all.body" if _all(view) else "coach.rest.body"


def _all(view: CoachView) -> bool:
    return view.have == view.of


def _free(view: CoachView) -> str:
    return "coach.free_draft" if view.draft else "coach.free"


# -- how far it is -----------------------------------------------------------------------------------------------------


def how_far(view: CoachView, scene: Scene) -> list[Element]:
    """ "3 af 5 dele er gemt eller nævnt"; of several episodes a line each. Nothing as long as there is nothing."""
    asks_which = view.question is not None and view.question.about is Part.EPISODE
    return [] if asks_which or not view.have else _lines(view.episodes, scene)


def _lines(episodes: Sequence[EpisodeParts], scene: Scene) -> list[Element]:
    if len(episodes) == 1:
        return [el.text(_have(episodes[0], "coach.have", scene), spacing="Medium", bold=True)]
    lines = [_have(one, "coach.have_of", scene) for one in episodes[-MOST_EPISODES:]]
    return [el.text(line, spacing="None" if number else "Medium") for number, line in enumerate(lines)]


def _have(one: EpisodeParts, key: str, scene: Scene) -> str:
    at = scene.began(one.began_at, one.certainty)
    return scene.say(key, have=one.have, of=one.of, at=at)


def saved(view: EmployeeView | ReporterView | LeaderView, scene: Scene) -> Ready:
    """ "2 beviser er gemt, 3 af 5 dele gemt eller nævnt": on the case card of whoever may see them."""
    say, (have, of) = scene.say, view.secured
    pieces = say.count("common.evidence.saved", len(view.evidence)) if view.evidence else say("common.evidence.none")
    return Ready(f"{pieces}, {say('coach.short', have=have, of=of)}") if have else pieces


def parts_list(one: EpisodeParts, scene: Scene) -> list[Element]:
    """Every part and how it stands, in words."""
    say = scene.say
    return [el.row(line.state in SECURED, say(f"evidence.item.{line.part}"), _word(line, scene)) for line in one.parts]


def _word(line: PartLine, scene: Scene) -> str:
    scrolled = line.part is Part.SCROLLED_PART and line.state is PartState.MISSING
    return scene.say("evidence.state.scrolled_missing" if scrolled else f"evidence.state.{line.state}")


def _every_part(view: CoachView, scene: Scene) -> list[Element]:
    """When nothing more is asked: the parts of the one episode, and the way to more."""
    parts = parts_list(view.episodes[0], scene) if len(view.episodes) == 1 else []
    more = [] if _all(view) else [el.small(scene.say("coach.more"), spacing="Medium")]
    return [*parts, *more]


def form_part(view: DraftView, scene: Scene) -> list[Element | None]:
    """The part of form 4 about evidence: what is secured and what is not, of one episode part by part."""
    say, coach = scene.say, view.coach
    saved = say.count("common.evidence.saved", len(view.evidence)) if view.evidence else None
    one = coach.episodes[0] if coach and len(coach.episodes) == 1 else None
    return [
        el.section(say("evidence.title")),
        el.small(say("evidence.intro"), spacing="None"),
        el.text(saved, bold=True) if saved else None,
        *(how_far(coach, scene) if coach else ()),
        *(parts_list(one, scene) if one else ()),
        el.emphasis(
            el.text(say("evidence.enough_title"), spacing="None", bold=True),
            el.text(say("evidence.enough"), spacing="None"),
        ),
    ]


def on_the_documentation_step(view: StepView, scene: Scene) -> Iterator[Element]:
    """For whoever has the case: how far the evidence is, and of one episode what is still missing. B5."""
    say, pieces = scene.say, len(view.evidence)
    yield el.section(say("step.saved.title"))
    yield el.text(say.count("common.evidence.saved", pieces) if pieces else say("leader.evidence.none"))
    if view.secured:
        yield from _lines(view.secured, scene)
    if len(view.secured) == 1:
        for line in view.secured[0].parts:
            yield el.row(line.state in SECURED, say(f"evidence.item.{line.part}"), say(f"step.saved.{line.state}"))
    yield el.action_row(el.execute(say, "leader.button.evidence", press("show_evidence", view.case, view.version)))


# -- the question ------------------------------------------------------------------------------------------------------

Asked = tuple[list[Element | None], list[Action | None]]


def _question(view: CoachView, question: CoachQuestion, scene: Scene) -> Asked:
    match question.about:
        case Part.SHOWS:
            return _shows(view, question, scene)
        case Part.EPISODE:
            return _episode(view, question, scene)
        case Part.CAPTURED:
            return _captured(view, question, scene)
        case Part.CAPTURED_BY:
            return _captured_by(view, question, scene)
        case _:
            return _part(view, question, scene)


def _shows(view: CoachView, question: CoachQuestion, scene: Scene) -> Asked:
    fields, saving = what_it_shows(view.case, question.items[0], (), scene)
    return fields, [saving, _answer(view, question, PartAnswer.NOT_NOW, "coach.not_now", scene)]


def _episode(view: CoachView, question: CoachQuestion, scene: Scene) -> Asked:
    say = scene.say
    buttons = [_place(view, question, one, scene) for one in view.episodes[-MOST_EPISODES:] if one.episode]
    said = el.text(say("coach.ask.episode.body", pieces=_pieces(question, scene)))
    return [said, *bars(buttons)], [_answer(view, question, PartAnswer.NOT_NOW, "coach.not_now", scene)]


def _place(view: CoachView, question: CoachQuestion, one: EpisodeParts, scene: Scene) -> Action:
    data = press("place_evidence", view.case, view.version, item=question.items[0], episode=one.episode)
    at = scene.began(one.began_at, one.certainty)
    return el.execute(scene.say, "coach.place", data, short=scene.began_short(one.began_at, one.certainty), at=at)


def _captured(view: CoachView, question: CoachQuestion, scene: Scene) -> Asked:
    """Today and the reader's own device stand there already."""
    say, today = scene.say, local(scene.now).date()
    devices = [(say.plain(f"choices.capture_device.{device}"), str(device)) for device in CaptureDevice]
    fields = [
        el.text(say("coach.ask.captured.body", pieces=_pieces(question, scene))),
        el.input_date("captured_on", say.plain("coach.field.day"), value=today),
        el.input_time("captured_clock", say.plain("coach.field.clock")),
        el.choice("captured_with", say.plain("coach.field.device"), devices, value=scene.device,
                  placeholder=say.plain("common.choose")),
    ]  # fmt: skip
    saving = el.execute(say, "coach.captured", _capture(view, question), inputs=True)
    return fields, [saving, *_no_and_later(view, question, scene, "coach.unknown")]


def _captured_by(view: CoachView, question: CoachQuestion, scene: Scene) -> Asked:
    say = scene.say
    said = el.text(say("coach.ask.captured_by.body", pieces=_pieces(question, scene)))
    who = [
        el.execute(say, f"coach.{by}", _capture(view, question, captured_by=by), positive=by is CapturedBy.MYSELF)
        for by in CapturedBy
    ]
    return [said], [*who, *_no_and_later(view, question, scene, "coach.unknown")]


def _capture(view: CoachView, question: CoachQuestion, **args: object) -> dict:
    return press("tell_capture", view.case, view.version, item=question.items[0], **args)


def _part(view: CoachView, question: CoachQuestion, scene: Scene) -> Asked:
    """A part of the episode's evidence: send it, or say how it stands."""
    body = el.text(scene.say(_body(view, question)))
    have = _answer(view, question, PartAnswer.HAVE, "coach.have_it", scene, positive=True)
    return [body], [have, *_no_and_later(view, question, scene), *_how(view, question, scene)]


def _body(view: CoachView, question: CoachQuestion) -> str:
    if question.about is not Part.ORIGINAL:
        return f"coach.ask.{question.about}.body"
    return "coach.ask.original.mail" if Medium.MAIL in view.media else "coach.ask.original.sms"


def _how(view: CoachView, question: CoachQuestion, scene: Scene) -> Sequence[Action]:
    """Of a mail or a text message there is one way; else the reader's device, or all of them to choose from."""
    if question.about is Part.ORIGINAL:
        return how_buttons(scene, about="mail" if Medium.MAIL in view.media else "sms")[:1]
    only = {Medium.SMS_OR_CALL} == set(view.media)
    return how_buttons(scene, about="sms" if only else "")


def _no_and_later(
    view: CoachView, question: CoachQuestion, scene: Scene, no: str = "coach.have_not"
) -> list[Action | None]:
    return [
        _answer(view, question, PartAnswer.HAVE_NOT, no, scene),
        _answer(view, question, PartAnswer.NOT_NOW, "coach.not_now", scene),
    ]


def _answer(
    view: CoachView, question: CoachQuestion, answer: PartAnswer, key: str, scene: Scene, *, positive: bool = False
) -> Action:
    piece = view.line.item if view.line else None
    item = question.items[0] if question.items else piece
    data = press(
        "answer_part",
        view.case,
        view.version,
        part=question.about,
        answer=answer,
        episode=question.episode,
        item=item,
    )
    return el.execute(scene.say, key, data, positive=positive)


def _pieces(question: CoachQuestion, scene: Scene) -> Ready:
    """ "bevis 2 (opslag.png) og bevis 3": the names as their giver knows them, of the first few."""
    say = scene.say
    named = zip_longest(question.numbers, question.names[:MOST_NAMED], fillvalue="")
    return say.listed(
        [say("coach.piece_named" if name else "coach.piece", number=number, name=name) for number, name in named]
    )

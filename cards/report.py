"""The report as one sees it: a form, the last page before Send, an answered form as one line, and the pauses."""

from collections.abc import Mapping, Sequence

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.form_when import understood, when
from cards.form_who_knows import who_is_to_know
from cards.form_who_where import who_where
from cards.forms import FORMS, Sheet, for_whom, what
from cards.review import answer_in_words
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.people import Person
from casework.views import DraftView, RecipientChoice
from casework.vocabulary import CaseId, Certainty, EpisodeId, PersonId

DRAWN = {
    "for_whom": for_whom,
    "what": what,
    "when": when,
    "who_where": who_where,
    "who_is_to_know": who_is_to_know,
}
REVIEW = "review"
SURE = {"delete": "welcome.sure", "over": "welcome.sure_over"}


def form(
    name: str,
    view: DraftView,
    scene: Scene,
    *,
    faults: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    hits: Mapping[str, Sequence[Person]] | None = None,
    episode: EpisodeId | None = None,
    choices: Sequence[RecipientChoice] = (),
) -> Card:
    """One of the five forms, by name (see `cards.forms`). `choices`: who is proposed on the last, names in `scene`."""
    return DRAWN[name](Sheet(view, scene, faults or {}, typed, hits or {}, episode, choices))


def answered(name: str, view: DraftView, scene: Scene) -> Card:
    """An answered form: what was answered, on one line, and [Ret]."""
    say = scene.say
    data = press("report_edit", view.case, view.version, form=name)
    edit = el.submit(say, "report.edit", data, what=say.plain(f"report.{name}.title"))
    words = _when(view, scene) if name == "when" and view.episodes else answer_in_words(name, view, scene)
    said = [el.text(f"✓ {words}", spacing="None"), *_until(name, view, scene)]
    return el.card(
        say,
        say("report.line", n=FORMS.index(name) + 1),
        el.columns(("stretch", said), ("auto", [el.action_row(edit, spacing="None")])),
    )


def _when(view: DraftView, scene: Scene) -> Ready:
    """With a clock only where one was told."""
    first = view.episodes[0]
    return scene.say.count("report.answered.when", len(view.episodes), at=scene.began(first.began_at, first.certainty))


def _until(name: str, view: DraftView, scene: Scene) -> list[Element]:
    """The earliest deadline that still runs, under the form that gave it; or that it has passed."""
    if name != "when" or not view.episodes:
        return []
    running = [line.until for line in view.episodes if not line.passed]
    guessed = [line for line in view.episodes[:1] if line.certainty is not Certainty.EXACT]
    if not running:
        gone = el.small(scene.say("report.when.old"), spacing="Small")
        return [*(el.small(understood(line, scene), spacing="None") for line in guessed), gone]
    until = scene.say("common.deadline", until=scene.say.until(min(running), scene.now))
    return [
        *(el.small(understood(line, scene), spacing="None") for line in guessed),
        el.small(scene.say("common.deadline_title"), spacing="Small"),
        el.text(until, spacing="None", bold=True),
    ]


def sent(case: CaseId, leader: PersonId, scene: Scene, *, others: Sequence[PersonId] = ()) -> Card:
    """The receipt of Send. `others`: those it happened to, when somebody else told it."""
    say = scene.say
    return el.card(
        say,
        say("common.case_line", case=case),
        el.heading(say("report.sent.title")),
        el.text(say("report.sent.body", case=case, name=scene.name(leader))),
        el.text(say("report.sent.other", names=scene.names(others))) if others else None,
        el.section(say("report.sent.talk")),
        *contacts(scene),
    )


def contacts(scene: Scene) -> list[Element]:
    """Whom to ring, a line each."""
    return [el.text(scene.contact(one), spacing="Small" if n else "None") for n, one in enumerate(scene.place.crisis)]


def urgent(scene: Scene) -> list[Element]:
    """Whom to ring when it cannot wait, and 112 when somebody is in danger: to be read, not small print."""
    say = scene.say
    return [el.section(say("welcome.help.urgent")), el.text(say("welcome.danger"), bold=True), *contacts(scene)]


def stopped(view: DraftView, scene: Scene) -> Card:
    """A pause: saved, not sent, and how to go on."""
    say = scene.say
    return el.card(
        say,
        say("report.line_draft"),
        el.heading(say("report.stopped.title")),
        el.text(say("report.stopped.body")),
        _runs(view, scene),
        actions=[_go_on(view, scene)],
    )


def _runs(view: DraftView, scene: Scene) -> Element | None:
    """The earliest deadline, if a moment was told."""
    if not view.episodes:
        return None
    running = [line.until for line in view.episodes if not line.passed]
    if not running:
        return el.text(scene.say("report.stopped.passed"))
    return el.text(scene.say("report.stopped.deadline", until=scene.say.until(min(running), scene.now)))


def _go_on(view: DraftView, scene: Scene) -> Action:
    return el.execute(scene.say, "welcome.continue", press("continue_draft", view.case, view.version), positive=True)


def resumed(view: DraftView, name: str, scene: Scene) -> Card:
    """Back again: what is there, and where they are. The form follows as a card of its own."""
    say, at = scene.say, scene.when(view.started_at)
    if name == REVIEW:
        body = say("report.resumed.review", at=at)
    else:
        body = say("report.resumed.body", at=at, n=FORMS.index(name) + 1)
    return el.card(say, say("report.line_draft"), el.heading(say("report.resumed.title")), el.text(body))


def draft_reminder(view: DraftView, scene: Scene) -> Card:
    """Once, to the author alone: the draft, its deadline, and that leaving it is all right too."""
    say = scene.say
    running = [line.until for line in view.episodes if not line.passed]
    left = say.hours_left(min(running), scene.now) if running else ""
    until = say("report.when.deadline", until=say.until(min(running), scene.now), left=left) if running else ""
    return el.card(
        say,
        say("report.line_draft"),
        el.heading(say("report.reminder.title")),
        el.emphasis(el.text(until, spacing="None", bold=True)) if until else None,
        el.text(say("report.reminder.body"), spacing="Medium"),
        actions=[_go_on(view, scene), delete(view.case, scene)],
    )


def delete(case: CaseId, scene: Scene, *, key: str = "delete") -> Action:
    """Deleting asks once more, inside the card."""
    say = scene.say
    title, body = el.text(say(f"{SURE[key]}.title"), bold=True), el.text(say(f"{SURE[key]}.body"))
    return el.show_card(say, f"welcome.{key}", title, body, actions=_surely(case, scene, key))


def sure(case: CaseId, key: str, scene: Scene) -> Card:
    """The same question to whoever typed it: "delete" or "over"."""
    say = scene.say
    title, body = el.heading(say(f"{SURE[key]}.title")), el.text(say(f"{SURE[key]}.body"))
    return el.card(say, say("report.line_draft"), title, body, actions=_surely(case, scene, key))


def _surely(case: CaseId, scene: Scene, key: str) -> list[Action]:
    say, verb = scene.say, {"delete": "delete_draft", "over": "start_over"}[key]
    return [
        el.execute(say, f"{SURE[key]}.yes", press(verb, case)),
        el.execute(say, "welcome.keep", press("continue_draft", case)),
    ]


def kept(scene: Scene, *, long: bool = False) -> Card:
    """A message in the middle of a form is one more piece of the account."""
    body = scene.say("report.kept.long" if long else "report.kept.body")
    return el.card(scene.say, scene.say("report.line_draft"), el.heading(scene.say("report.kept.title")), el.text(body))

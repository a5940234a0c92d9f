"""The letter's own card, its place on the step's card, and what the affected person is told of letters."""

from collections.abc import Iterator

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.letter_text import draft, frame, post
from cards.plan import case_line, first_names
from cards.removal import before_contact
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready, Texts
from casework.calendar import local
from casework.letters import AUTHOR, LONGEST, LONGEST_JOURNAL, LONGEST_POST, RUNGS, TEAM, unfilled
from casework.views import EmployeeView, LetterLine, LetterView, StepView
from casework.vocabulary import Ending, Variant

MOST_SENT = 2
"""Letters with a line on a card, the newest."""
UNFILLED = "letter_unfilled"
MOST_PLACES, LONGEST_PLACE = 6, 80  # named of what is left to fill in, and letters of each
ELLIPSIS = "…"
LONGEST_SHOWN = 1_500  # characters of a letter that was shared


def letter_card(view: LetterView, scene: Scene) -> Card:
    """The text to read, change, copy and take along; its fields; and that it was sent."""
    say, template = scene.say, draft(view, scene)
    text = view.text or template.text
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say(f"letters.{view.step}.title")),
        el.small(say(f"letters.card.{_origin(view) if text == template.text else 'changed'}"), spacing="None"),
        *_refused(view, text, scene),
        *_named(view, scene),
        *_before(view, scene),
        el.small(say("letters.card.word"), spacing="Medium"),
        _sheet(view, text, scene),
        el.fault(_places("letters.card.unfilled", text, scene)) if view.refused != UNFILLED else None,
        *_in_english(view, scene),
        el.input_text("text", say.plain("letters.card.text"), value=text, lines=True, longest=LONGEST),
        actions=[
            _button("preview", "save_letter", view, scene, inputs=True, positive=True),
            _button("word", "fetch_letter", view, scene, inputs=True),
            _fields(view, scene) if view.step != TEAM else None,
            _sent(view, scene),
            _to_step(view, scene),
        ],
    )


def _refused(view: LetterView, text: str, scene: Scene) -> Iterator[Element | None]:
    """Why it was not noted as sent. What is left to fill in may have been filled in elsewhere: that is one press."""
    if view.refused != UNFILLED:
        yield el.fault(scene.say(f"refused.{view.refused}") if view.refused else None)
        return
    yield el.fault(_places(f"refused.{UNFILLED}", text, scene))
    filled_in = {name: words for name, words in view.filled_in.items() if words}
    how = {"step": view.step, "as_it_stands": "yes", **filled_in}
    data = press("send_letter", view.case, view.version, **how)
    yield el.action_row(el.execute(scene.say, "letters.anyway", data, inputs=True))


def _places(key: str, text: str, scene: Scene) -> Ready | None:
    """What is left to fill in, by its own words."""
    places = [place if len(place) <= LONGEST_PLACE else f"{place[:LONGEST_PLACE]}…]" for place in unfilled(text)]
    more = [ELLIPSIS] if len(places) > MOST_PLACES else []
    return scene.say(key, places=scene.say.names([*places[:MOST_PLACES], *more])) if places else None


def _sheet(view: LetterView, text: str, scene: Scene) -> Element:
    """The whole letter, as the file has it."""
    danish = _danish(scene)
    around = frame(view.step, scene.place.authority, local(scene.now).date(), danish)
    above = [el.quote(line) for line in (around.sender, around.day) if line]
    below = [el.quote(line, spacing="Small" if place else "Medium") for place, line in enumerate(around.below)]
    title = el.text(danish(f"letters.{view.step}.subject"), spacing="Small" if above else "None", bold=True)
    return el.emphasis(*above, title, el.quote(text, spacing="Medium"), *below, spacing="Small")


def _danish(scene: Scene) -> Texts:
    return Texts("da", scene.guide.catalogues["da"])


def _before(view: LetterView, scene: Scene) -> Iterator[Element]:
    """What to think of before the first contact, also when the step's own card was never opened."""
    if view.first and view.step in RUNGS:
        yield before_contact(view.affected, scene)


def _origin(view: LetterView) -> str:
    if view.step != AUTHOR:
        return "own"
    return "guide" if view.variant is Variant.POST else "adapted"


def _named(view: LetterView, scene: Scene) -> Iterator[Element]:
    """What stands in it that does not belong there by default. It blocks nothing."""
    if view.named:
        what = scene.say.names(list(view.named))
        yield el.emphasis(
            el.text(scene.say("letters.card.named", what=what), spacing="None", bold=True),
            el.text(scene.say("letters.card.named_help")),
        )


def _in_english(view: LetterView, scene: Scene) -> Iterator[Element]:
    if scene.say.language != "da":
        yield el.small(scene.say("letters.card.danish"))
        yield el.quote(draft(view, scene, scene.say.language).text)


def _button(key: str, verb: str, view: LetterView, scene: Scene, **how: bool) -> Action:
    return el.execute(scene.say, f"letters.{key}", press(verb, view.case, view.version, step=view.step), **how)


def _fields(view: LetterView, scene: Scene) -> Action:
    say = scene.say
    danish = _danish(scene)
    choices = [] if view.step != AUTHOR else [_variant(view, scene), _ending(view, scene)]
    return el.show_card(
        say,
        "letters.fields",
        *choices,
        el.input_text("post", say.plain("letters.card.where"), value=post(view, danish), longest=LONGEST_POST),
        el.small(say("letters.card.where_help"), spacing="None"),
        el.small(say("letters.card.fields_help")),
        actions=[_button("fill", "fill_letter", view, scene, inputs=True)],
    )


def _variant(view: LetterView, scene: Scene) -> Element:
    say = scene.say
    choices = [(say.plain(f"letters.card.variants.{one}"), one.value) for one in Variant]
    return el.choice("variant", say.plain("letters.card.variant"), choices, value=view.variant)


def _ending(view: LetterView, scene: Scene) -> Element:
    say = scene.say
    choices = [(say.plain(f"letters.card.endings.{one}"), one.value) for one in Ending]
    return el.choice("ending", say.plain("letters.card.ending"), choices, value=view.ending)


def _sent(view: LetterView, scene: Scene) -> Action:
    say = scene.say
    share = [(say.plain("letters.card.share", names=first_names(scene, view.affected)), "yes")]
    day = el.day_in(view.filled_in.get("date", "")) or local(scene.now).date()
    journal, shared = view.filled_in.get("journal", ""), filter(None, (view.filled_in.get("share"),))
    return el.show_card(
        say,
        _how_done(view.step),
        el.input_date("date", say.plain("letters.card.date"), value=day),
        el.input_text("journal", say.plain("letters.card.journal"), value=journal, longest=LONGEST_JOURNAL),
        el.small(say("letters.card.journal_help"), spacing="None"),
        el.multi_choice("share", say.plain("letters.card.share_help"), share, value=shared) if view.affected else None,
        actions=[_button("save", "send_letter", view, scene, inputs=True)],
    )


def _how_done(step: str) -> str:
    return "letters.said" if step == TEAM else "letters.done"


def _to_step(view: LetterView, scene: Scene) -> Action:
    data = press("open_step", view.case, view.version, step=view.step)
    return el.execute(scene.say, "letters.step", data, number=view.number)


# -- on the step's card ----------------------------------------------------------------------------------------------


def section(view: StepView, scene: Scene) -> Iterator[Element]:
    """What was sent, and the way to the letter."""
    if not view.letters and not view.letter:
        return
    yield el.section(scene.say(f"letters.{view.line.step}.title"), spacing="Medium")
    newest = view.letters[-MOST_SENT:]
    asked = next((line for line in reversed(newest) if not line.journal), newest[-1] if newest else None)
    for line in newest:
        yield from _line(line, view, scene, asked=line is asked)
    if view.letter == "draft":
        yield el.text(scene.say("letters.sent.draft"), spacing="None")
    if view.letter:
        yield el.action_row(_write(view, scene))


def _line(line: LetterLine, view: StepView, scene: Scene, *, asked: bool) -> Iterator[Element]:
    """`asked`: its number can be written here. One field on a card, since two of the same name are no card."""
    say = scene.say
    key = "letters.sent.said" if line.step == TEAM else "letters.sent.line"
    yield el.text(say(key, day=say.day(line.sent_on, scene.now), name=scene.full_name(line.by)), spacing="Small")
    number = say("letters.sent.journalised", journal=line.journal) if line.journal else None
    yield el.small(number or say("letters.sent.not_journalised"), spacing="None")
    yield el.action_row(_file(line, view, scene), _journal(line, view, scene) if asked else None)


def _file(line: LetterLine, view: StepView, scene: Scene) -> Action:
    data = press("fetch_journal", view.case, view.version, step=line.step, letter=line.id)
    return el.execute(scene.say, "letters.file", data)


def _journal(line: LetterLine, view: StepView, scene: Scene) -> Action:
    say = scene.say
    data = press("journalise_letter", view.case, view.version, step=line.step, letter=line.id)
    field = el.input_text("journal", say.plain("letters.card.journal"), value=line.journal, longest=LONGEST_JOURNAL)
    return el.show_card(say, "letters.journal", field, actions=[el.execute(say, "letters.save", data, inputs=True)])


def _write(view: StepView, scene: Scene) -> Action:
    say = scene.say
    key = "letters.go_on" if view.letter == "draft" else "letters.write"
    data = press("write_letter", view.case, view.version, step=view.line.step)
    return el.execute(say, key, data, title=say(f"letters.{view.line.step}.title"))


# -- on the card of the person it happened to ------------------------------------------------------------------------


def own_letters(view: EmployeeView, scene: Scene) -> Iterator[Element]:
    """That something was sent, to whom and when. The words only where they were shared."""
    say, newest = scene.say, view.letters[-MOST_SENT:]
    if not newest:
        return
    yield el.section(say("letters.told.title"))
    for line in newest:
        yield from _told(line, scene)
    if rest := len(view.letters) - len(newest):
        yield el.small(say.count("common.more", rest))
    if not all(line.text for line in newest):
        yield el.small(say("letters.told.hidden", leader=scene.name(view.leader)))


def _told(line: LetterLine, scene: Scene) -> Iterator[Element]:
    say = scene.say
    key = "letters.told.said" if line.step == TEAM else "letters.told.sent"
    yield el.row(True, say(f"letters.{line.step}.title"), say(key, day=say.day(line.sent_on, scene.now)))
    if line.text:
        shown = line.text if len(line.text) <= LONGEST_SHOWN else line.text[:LONGEST_SHOWN].rstrip() + "…"
        yield el.quote(shown, spacing="Small")

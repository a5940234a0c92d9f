"""The dozen elements our cards are made of, as plain Adaptive Card dicts (declared 1.5, laid out with 1.2).

`Card`, `Element` and `Action` are JSON-ready. Elements that are None are left out, so that a card can say "if".
Texts are ready for a TextBlock (`say(key)`); what a person wrote goes through `quote` and nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from cards.picture import bar
from cards.verbs import PRESS
from cards.words import Texts, clean, still, unescape

Card = dict[str, Any]
Element = dict[str, Any]
Action = dict[str, Any]
Choice = tuple[str, str]
"""What the person reads, and what is sent."""

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
MOST_ACTIONS = 6
LONGEST_TITLE = 14
LONGEST_QUOTE = 40
"""Paragraphs of a quote; what follows goes on in the last one, so that a card never grows out of its size."""
DONE, OPEN, AWAY = "✓", "○", "–"


def card(say: Texts, line: str, *body: Element | None, actions: Sequence[Action | None] = ()) -> Card:
    """A whole card. `line` is the small first line; a lock screen may show it, so it is always neutral."""
    return {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": say.language,
        "fallbackText": say.plain("common.fallback"),
        "body": present((small(line), *body)),
    } | _actions(actions)


def _actions(actions: Sequence[Action | None]) -> Element:
    there = present(actions)
    return {"actions": there} if there else {}


def present(elements: Iterable[Element | None]) -> list[Element]:
    return [element for element in elements if element is not None]


# -- what is read ----------------------------------------------------------------------------------------------------


def text(words: str, *, spacing: str = "Small", bold: bool = False) -> Element:
    block = {"type": "TextBlock", "text": words, "wrap": True, "spacing": spacing}
    return block | ({"weight": "Bolder"} if bold else {})


def small(words: str, *, spacing: str | None = None) -> Element:
    block = {"type": "TextBlock", "text": words, "wrap": True, "isSubtle": True, "size": "Small"}
    return block | ({"spacing": spacing} if spacing else {})


def heading(words: str) -> Element:
    """What the card is about, right under its first line."""
    return text(words, spacing="None", bold=True) | {"style": "heading", "size": "Large"}


def section(words: str, *, spacing: str = "Large") -> Element:
    """The heading of a part of the card."""
    return text(words, spacing=spacing, bold=True) | {"style": "heading", "size": "Default"}


def fault(words: str | None) -> Element | None:
    """What to put right, under the field it is about."""
    return text(words, bold=True) if words else None


def quote(words: str, *, spacing: str = "None") -> Element:
    """What a person wrote: shown as it is, a paragraph a line, and nothing in it alive."""
    lines = [line for line in (part.strip() for part in still(words).splitlines()) if line] or [""]
    shown = lines[: LONGEST_QUOTE - 1] + [" ".join(lines[LONGEST_QUOTE - 1 :])] if len(lines) > LONGEST_QUOTE else lines
    if len(shown) == 1:
        return _written(shown[0], spacing)
    items = [_written(line, "Small" if number else "None") for number, line in enumerate(shown)]
    return {"type": "Container", "spacing": spacing, "items": items}


def _written(line: str, spacing: str) -> Element:
    return {"type": "RichTextBlock", "spacing": spacing, "inlines": [{"type": "TextRun", "text": line}]}


def emphasis(*items: Element | None, spacing: str = "Medium") -> Element:
    """The one box: a deadline, a wording, something to stop at."""
    return {"type": "Container", "style": "emphasis", "spacing": spacing, "items": present(items)}


def group(*items: Element | None, spacing: str = "Default", id: str = "", visible: bool = True) -> Element:
    """Elements that belong together; hidden until a button shows it, if it is not visible."""
    container = {"type": "Container", "spacing": spacing, "items": present(items)}
    return container | ({"id": id} if id else {}) | ({} if visible else {"isVisible": False})


def row(done: bool, title: str, word: str, *, written: str = "") -> Element:
    """A line with ✓ or ○, and under it the same in words. `written` stands in for `title` when a person wrote it."""
    said = quote(written) if written else text(title, spacing="None")
    return columns(
        ("20px", [text(DONE if done else OPEN, spacing="None", bold=done)]),
        ("stretch", [said, small(word, spacing="None")]),
    )


def numbered(lines: str) -> list[Element]:
    """Steps, a line each, with their numbers. No Markdown list: some clients let it run out of the card."""
    steps = [line.strip() for line in lines.strip().splitlines()]
    return [
        columns(("20px", [text(str(number), spacing="None", bold=True)]), ("stretch", [text(step, spacing="None")]))
        for number, step in enumerate(steps, 1)
    ]


def columns(*parts: tuple[str, Sequence[Element]], spacing: str = "Small") -> Element:
    """At most three: width ("20px", "auto", "stretch") and what stands there."""
    return {
        "type": "ColumnSet",
        "spacing": spacing,
        "columns": [
            {"type": "Column", "width": width, "spacing": "Small", "items": list(items)} for width, items in parts
        ],
    }


def progress(value: int, maximum: int, spoken: str) -> Element:
    """How far it is. `spoken` says the numbers; where Teams' own bar is unknown a picture of the same is shown."""
    picture = {"type": "Image", "url": bar(value, maximum), "altText": unescape(spoken), "size": "Stretch"}
    shown = {"type": "ProgressBar", "value": value, "max": maximum, "color": "Accent", "spacing": "Small"}
    return shown | {"fallback": picture | {"spacing": "Small"}}


# -- what is filled in -----------------------------------------------------------------------------------------------


def input_text(
    id: str, label: str, *, value: str = "", placeholder: str = "", lines: bool = False, longest: int = 0
) -> Element:
    """A field to write in; `lines`: several. `longest` characters, 0: no limit of ours."""
    field: Element = {"type": "Input.Text", "id": id, "label": label}
    return field | _given(
        value=clean(value), placeholder=placeholder, isMultiline=lines or None, maxLength=longest or None
    )


def choice(id: str, label: str, choices: Sequence[Choice], *, value: str = "", placeholder: str = "") -> Element:
    """One of a few, as a list that opens when there is a placeholder, else as visible buttons."""
    field = _choices(id, label, choices) | {"style": "compact" if placeholder else "expanded"}
    return field | _given(value=value, placeholder=placeholder)


def multi_choice(id: str, label: str, choices: Sequence[Choice], *, value: Iterable[str] = ()) -> Element:
    """Several of a few; what is sent is joined with commas."""
    return _choices(id, label, choices) | {"isMultiSelect": True} | _given(value=",".join(value))


def _choices(id: str, label: str, choices: Sequence[Choice]) -> Element:
    listed = [{"title": title, "value": value} for title, value in choices]
    return {"type": "Input.ChoiceSet", "id": id, "label": label, "wrap": True, "choices": listed}


def input_date(id: str, label: str, *, value: date | None = None) -> Element:
    return {"type": "Input.Date", "id": id, "label": label} | _given(value=value.isoformat() if value else "")


def input_time(id: str, label: str, *, value: time | None = None) -> Element:
    return {"type": "Input.Time", "id": id, "label": label} | _given(value=value.strftime("%H:%M") if value else "")


def day_in(typed: str) -> date | None:
    """What a date field sent back, to stand in it again. It holds nothing but dates: a fault tells of the rest."""
    try:
        return date.fromisoformat(typed) if len(typed) == 10 else None
    except ValueError:
        return None


def clock_in(typed: str) -> time | None:
    """What a time field sent back, to stand in it again."""
    try:
        return time.fromisoformat(typed) if len(typed) in (5, 8) else None
    except ValueError:
        return None


def _given(**values: Any) -> Element:
    return {name: value for name, value in values.items() if value not in ("", None)}


# -- what is pressed -------------------------------------------------------------------------------------------------


def execute(say: Texts, key: str, data: Mapping[str, Any], **how: Any) -> Action:
    """A button of a case or step: the answer replaces the card. Words: `<key>.button` and `<key>.tooltip`.

    `positive`: the one coloured button. `inputs`: it takes the card's fields along. Other values fill the tooltip.
    """
    action, verb = _pressed(say, key, data, **how), data[PRESS]["verb"]
    return {"type": "Action.Execute", "verb": verb, **action, "fallback": {"type": "Action.Submit", **action}}


def submit(say: Texts, key: str, data: Mapping[str, Any], **how: Any) -> Action:
    """A button of a form or of anything a dialog owns. As `execute`."""
    return {"type": "Action.Submit"} | _pressed(say, key, data, **how)


def _pressed(
    say: Texts, key: str, data: Mapping[str, Any], *, positive: bool = False, inputs: bool = False, **values: object
) -> Action:
    action = {**titled(say, key, **values), "data": dict(data)}
    if positive:
        action["style"] = "positive"
    if not inputs:
        action["associatedInputs"] = "none"
    return action


def open_url(say: Texts, key: str, url: str, **values: object) -> Action:
    """A link as a button: https, tel or a Teams chat of our own settings."""
    return {"type": "Action.OpenUrl", "url": url} | titled(say, key, **values)


def toggle(say: Texts, key: str, *targets: str, **values: object) -> Action:
    """Shows what is hidden on the card, and hides it again."""
    return {"type": "Action.ToggleVisibility", "targetElements": list(targets)} | titled(say, key, **values)


def show_card(
    say: Texts, key: str, *body: Element | None, actions: Sequence[Action | None] = (), **values: object
) -> Action:
    """Opens a small card inside the card."""
    inner = {"type": "AdaptiveCard", "body": present(body)} | _actions(actions)
    return {"type": "Action.ShowCard"} | titled(say, key, **values) | {"card": inner}


def titled(say: Texts, key: str, **values: object) -> Action:
    """The short title, and the whole sentence it stands for."""
    return {"title": say.plain(f"{key}.button", **values), "tooltip": say.plain(f"{key}.tooltip", **values)}


def action_row(*actions: Action | None, spacing: str = "Small") -> Element:
    """Buttons inside the card, beside what they are about."""
    return {"type": "ActionSet", "spacing": spacing, "actions": present(actions)}

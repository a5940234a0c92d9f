"""Whether a card can be drawn by a client and its buttons read by us."""

from collections.abc import Iterator, Mapping
from typing import Any

from cards.verbs import PRESS, read_press


def wrong_in(card: Mapping[str, Any]) -> Iterator[str]:
    """Everything about it that a client or we would stumble over."""
    if card.get("type") != "AdaptiveCard" or not card.get("body"):
        yield "it is no card, or an empty one"
    ids = [part["id"] for part in _parts(card) if str(part.get("type", "")).startswith("Input.")]
    if len(ids) != len(set(ids)):
        yield f"two fields have the same id: {ids}"
    for part in _parts(card):
        yield from _wrong_part(part)


def _wrong_part(part: Mapping[str, Any]) -> Iterator[str]:
    kind = str(part.get("type", ""))
    if kind == "TextBlock" and not str(part.get("text", "")).strip():
        yield "a line without words"
    if kind.startswith("Action.") and not part.get("title") and "selectAction" not in part:
        yield "a button without a title"
    data = part.get("data") if kind in ("Action.Execute", "Action.Submit") else None
    if isinstance(data, Mapping) and PRESS in data:
        yield from _unreadable(data)


def _unreadable(data: Mapping[str, Any]) -> Iterator[str]:
    try:
        read_press(data)
    except ValueError as why:
        yield f"a button that cannot be read: {why}"


def _parts(element: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(element, Mapping):
        yield element
        for key, value in element.items():
            if key not in ("data", "fallback", "choices"):
                yield from _parts(value)
    elif isinstance(element, list):
        for child in element:
            yield from _parts(child)

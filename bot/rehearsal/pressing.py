"""Buttons and fields of a card, read as a client reads them before it sends a press."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]

_PARTS = ("body", "items", "columns", "rows", "cells")
"""Where elements lie inside elements."""
_ACTIONS = ("actions", "inlineAction", "selectAction")


@dataclass(frozen=True)
class Button:
    """An action, and the fields a press of it carries along."""

    action: Json
    fields: tuple[Json, ...]

    @property
    def title(self) -> str:
        return self.action.get("title", "")

    def values(self, typed: Json) -> dict[str, Any]:
        """The action's data merged with the fields: what the person typed, else what stands there already.

        Empty fields are left out, as Microsoft's renderer does. What is typed for an id without a field is sent as it
        is: a hostile client could do that too.
        """
        data = dict(self.action.get("data") or {})
        if self.action.get("associatedInputs") == "none":
            return data | dict(typed)
        standing = {field["id"]: value for field in self.fields if (value := _standing(field))}
        return data | standing | dict(typed)


def buttons(card: Json) -> Iterator[Button]:
    """Every button of the card, in reading order, inside show cards too."""
    yield from _buttons(card, ())


def titles(card: Json) -> tuple[str, ...]:
    return tuple(button.title for button in buttons(card))


def _buttons(card: Json, outer: tuple[Json, ...]) -> Iterator[Button]:
    elements = tuple(_elements(card))
    fields = outer + tuple(e for e in elements if str(e.get("type", "")).startswith("Input.") and "id" in e)
    for element in (*elements, card):
        for action in _actions(element):
            if action.get("type") == "Action.ShowCard":
                yield from _buttons(action.get("card") or {}, fields)
            else:
                yield Button(action, fields)


def _elements(element: Json) -> Iterator[Json]:
    for part in _PARTS:
        for child in element.get(part) or ():
            yield child
            yield from _elements(child)


def _actions(element: Json) -> Iterator[Json]:
    for name in _ACTIONS:
        found = element.get(name) or ()
        yield from (found,) if isinstance(found, Mapping) else found


def _standing(field: Json) -> Any:
    """What the field holds before anybody types."""
    if field["type"] == "Input.Toggle":
        return field.get("value", field.get("valueOff", "false"))
    return field.get("value")

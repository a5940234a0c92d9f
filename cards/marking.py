"""A form that was refused: what was typed stands in its fields again, and under the one it is about stands why."""

from collections.abc import Container, Iterator, Mapping
from copy import deepcopy
from typing import Any

from cards import elements as el
from cards.elements import Card
from cards.verbs import PRESS, Press
from cards.words import clean

DAYS = ("date", "sent_on", "replied_on", "told_on", "last_day", "follow_up_on", "until")
PEOPLE = ("to", "people", "follow_up_by", "person")
LONGEST = 1_000  # characters of a field without a limit of its own
ABOUT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("day_missing", "date_unreadable", "day_in_future", "day_before_it_happened"), DAYS),
    **dict.fromkeys(("moment_too_old", "moment_in_future", "said_in_future", "answered_before_asked"), DAYS),
    **dict.fromkeys(("until_in_past", "day_ahead_unreadable", "reported_before_yes"), DAYS),
    **dict.fromkeys(("clock_missing", "time_missing", "time_unreadable"), ("time",)),
    **dict.fromkeys(("person_unknown", "person_ambiguous", "cannot_be_chosen"), PEOPLE),
    **dict.fromkeys(("reason_missing", "aside_reason_missing"), ("reason",)),
    **dict.fromkeys(("outcome_missing", "not_passed", "not_refused"), ("outcome", "answer")),
    **dict.fromkeys(("consent_missing", "consent_refused"), ("outcome",)),
    "details_missing": ("again", "agreed", "follow_up_by", "how", "note"),
    "assessment_missing": ("assessment",),
    "affected_missing": ("people",),
    "tried_missing": ("tried",),
    "legal_staff_missing": ("legal_staff",),
    "ways_missing": ("ways",),
    "audience_missing": ("audience",),
    "audience_locked": ("audience",),
    "who_missing": ("who",),
    "way_missing": ("way",),
    "journal_missing": ("journal",),
}
"""Refusal → the fields it may be about; of these the first that the form has."""


def marked(card: Card, press: Press, key: str, words: str) -> Card:
    """The card as it is now, with the form of that press as it was filled in. Without such a form, as it is."""
    drawn = deepcopy(card)
    for form in [form for form in _forms(drawn) if _sends(form, press.verb)][-1:]:
        fields = {field["id"]: (place, field) for place in _places(form["body"]) for field in place if "id" in field}
        for name, typed in press.inputs.items():
            if name in fields:
                _stands_again(fields[name][1], str(typed))
        about = _about(key, fields, press)
        if about:
            place, field = fields[about]
            place.insert(place.index(field) + 1, el.fault(words))
    return drawn


def _about(key: str, fields: Container[str], press: Press) -> str | None:
    """What is missing is not there yet; whatever else is wrong was typed."""
    may = [name for name in ABOUT.get(key, ()) if name in fields]
    empty = [name for name in may if not str(press.inputs.get(name, "")).strip()]
    wanted = empty if key.endswith("_missing") else [name for name in may if name not in empty]
    return next(iter((*wanted, *may)), None)


def _forms(card: Any) -> Iterator[dict[str, Any]]:
    """The card, and the small cards in it; the innermost last."""
    yield card
    for action in _actions(card):
        if "card" in action:
            yield from _forms(action["card"])


def _actions(card: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    rows = (part for place in _places(card["body"]) for part in place if part.get("type") == "ActionSet")
    yield from card.get("actions", ())
    yield from (action for row in rows for action in row["actions"])


def _sends(card: Mapping[str, Any], verb: str) -> bool:
    """Whether a button of its own, that takes the fields along, is of that verb."""
    data = (action.get("data", {}) for action in _actions(card) if "associatedInputs" not in action)
    return any(isinstance(one, Mapping) and one.get(PRESS, {}).get("verb") == verb for one in data)


def _places(body: list[Any]) -> Iterator[list[Any]]:
    """Where elements stand: the body, and what is in it."""
    yield body
    for part in body:
        yield from _places(part.get("items", []) if part.get("type") == "Container" else [])


def _stands_again(field: dict[str, Any], typed: str) -> None:
    """A date field holds nothing but dates, a clock nothing but clocks: the fault tells of the rest. What is longer
    than the field would make the card too large: it stands in the chat, where it was typed."""
    kind = field.get("type", "")
    fits = {"Input.Date": el.day_in, "Input.Time": el.clock_in}.get(kind, lambda words: words)(typed)
    if kind.startswith("Input.") and fits and len(typed) <= field.get("maxLength", LONGEST):
        field["value"] = clean(typed)

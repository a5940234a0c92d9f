"""What is said between the leader and an affected person, check-ins, and what comes after their buttons: as views."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.caseworker import Opened
from cards.verbs import Press
from casework import projections as p
from casework.messages import unopened
from casework.reminders import holds
from casework.vocabulary import PersonId, StepId


def of_the_talk(opened: Opened, kind: str, about: str, reader: PersonId, now: datetime) -> object | None:
    """The view a notice asks for; None when it no longer holds. For a leader who has not opened the case its neutral
    notice."""
    case, texts = opened.case, opened.texts
    if unopened(case, reader):
        return p.case_view(case, reader, texts, now)
    if kind == "messages":
        return p.messages_view(case, PersonId(about), reader, texts)
    if kind == "points":
        return p.points_view(case, PersonId(about), reader, texts)
    if kind == "documenter":
        return p.documenter_view(case, reader, texts)
    reminder = holds(case, about, now)
    if reminder is None or reminder.to != reader:
        return None
    if kind == "silent":
        return p.silent_view(case, now)
    return p.next_talk_view(case, reminder, reader) if kind == "next_talk" else p.check_in_view(case, reader, about)


KINDS = frozenset({"documenter", "messages", "points", "silent", "next_talk", "check_in"})
"""Notices that are drawn here."""


def _person(press: Press, reader: PersonId) -> PersonId:
    """Whose thread it is: a leader's button says; the person's own need not."""
    return PersonId(str(press.args.get("person") or reader))


def _messages(opened: Opened, press: Press, reader: PersonId, now: datetime) -> object | None:
    return p.messages_view(opened.case, _person(press, reader), reader, opened.texts)


def _points(opened: Opened, press: Press, reader: PersonId, now: datetime) -> object | None:
    return p.points_view(opened.case, _person(press, reader), reader, opened.texts)


def _check_ins(opened: Opened, press: Press, reader: PersonId, now: datetime) -> object | None:
    return p.check_in_view(opened.case, reader)


def _updated(opened: Opened, press: Press, reader: PersonId, now: datetime) -> object | None:
    """That it is sent. On a card of an older version the field stood on the case's card, or the step's: then that."""
    if reader != opened.case.recipient:
        return None
    if press.args.get("place") == "step":
        return p.step_view(opened.case, StepId("keep_updated"), reader, opened.texts, now)
    if press.args.get("place") == "case":
        return p.case_view(opened.case, reader, opened.texts, now)
    return _sent(opened, press, "update", reader) or p.update_view(opened.case, reader)


def _written(opened: Opened, press: Press, reader: PersonId, now: datetime) -> object | None:
    person = _person(press, reader)
    return _sent(opened, press, "words", reader) or p.writing_view(opened.case, person, reader)


def _sent(opened: Opened, press: Press, field: str, reader: PersonId) -> object | None:
    """None when it was refused: then the card to write on is there again."""
    return p.sent_view(opened.case, reader, opened.texts, str(press.inputs.get(field) or "").strip())


AFTERWARDS: Mapping[str, Callable[[Opened, Press, PersonId, datetime], object | None]] = {
    "send_message": _written,
    "open_messages": _messages,
    "agree_points": _points,
    "points_fit": _points,
    "points_unfit": _points,
    "check_ins_off": _check_ins,
    "check_ins_on": _check_ins,
    "give_update": _updated,
}
"""Verb → the view that takes the pressed card's place."""

"""Answers to the evidence coach, and what comes after each: the same piece with the next question."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.caseworker import Opened
from bot.readings.pressed import Pressed, Reading, plain, someone
from cards.verbs import Press
from casework import commands as c
from casework import parts
from casework.projections import case_view, coach_view, documenter_view
from casework.vocabulary import Certainty, EpisodeId, ItemId, PersonId, Refused
from dialogs import dates


async def _place(pressed: Pressed) -> c.Command:
    return c.PlaceEvidence(
        **pressed.head(), item=ItemId(pressed.arg("item")), episode=EpisodeId(pressed.arg("episode"))
    )


async def _answer(pressed: Pressed) -> c.Command:
    return c.AnswerPart(
        **pressed.head(),
        part=pressed.one_of(parts.Part, "part"),
        answer=pressed.one_of(parts.PartAnswer, "answer"),
        episode=pressed.episode,
        item=ItemId(pressed.said("item")) if pressed.said("item") else None,
    )


async def _capture(pressed: Pressed) -> c.Command:
    """By whom; or when and on what. Without a clock only the day was said."""
    head, item = pressed.head(), ItemId(pressed.arg("item"))
    if pressed.said("captured_by"):
        return c.TellCapture(**head, item=item, captured_by=pressed.one_of(parts.CapturedBy, "captured_by"))
    device, clock = pressed.said("captured_with"), pressed.said("captured_clock")
    return c.TellCapture(
        **head,
        item=item,
        captured_at=_moment(pressed.said("captured_on"), clock, pressed.desk.now()),
        certainty=Certainty.EXACT if clock else Certainty.DATE_ONLY,
        device=parts.CaptureDevice(device) if device in set(parts.CaptureDevice) else None,
    )


def _moment(day: str, clock: str, now: datetime) -> datetime:
    if not day:
        raise Refused("day_missing")
    return dates.moment(dates.card_day(day, now), dates.card_clock(clock or "00:00"))


async def _ask_documenter(pressed: Pressed) -> c.Command:
    colleague = await someone(pressed.desk, pressed.said("documenter"))
    words = pressed.written("words") if pressed.said("words") else None
    return c.AskDocumenter(**pressed.head(), person=colleague.id, words=words)


async def _end_documenting(pressed: Pressed) -> c.Command:
    return c.EndDocumenting(**pressed.head(), person=PersonId(pressed.arg("person")))


READINGS: Mapping[str, Reading] = {
    "place_evidence": _place,
    "answer_part": _answer,
    "tell_capture": _capture,
    "ask_documenter": _ask_documenter,
    "decline_documenting": plain(c.DeclineDocumenting),
    "end_documenting": _end_documenting,
}


def _next(opened: Opened, press: Press, reader: PersonId, now: datetime) -> object:
    """The same piece, or the coach by itself, with what is asked next. After "not now" nothing is."""
    view = coach_view(opened.case, reader, opened.texts, ItemId(str(press.args.get("item") or "")))
    return replace(view, question=None) if press.args.get("answer") == parts.PartAnswer.NOT_NOW else view


def _own_card(opened: Opened, press: Press, reader: PersonId, now: datetime) -> object | None:
    """The case card of whoever asked; the colleague's own card, also when it is over."""
    mine = case_view(opened.case, reader, opened.texts, now)
    return mine or documenter_view(opened.case, reader, opened.texts)


AFTERWARDS: Mapping[str, Callable[[Opened, Press, PersonId, datetime], object | None]] = {
    **dict.fromkeys(("describe_evidence", "place_evidence", "answer_part", "tell_capture"), _next),
    **dict.fromkeys(("ask_documenter", "decline_documenting", "end_documenting"), _own_card),
}
"""Verb → the view that takes the pressed card's place."""

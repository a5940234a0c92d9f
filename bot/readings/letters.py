"""The buttons of a letter: what is kept of it, that it was sent, and its number."""

from collections.abc import Mapping
from datetime import date

from bot.readings.pressed import Pressed, Reading
from bot.readings.removal import answer_by
from casework import commands as c
from casework.calendar import local
from casework.case import Case
from casework.commands import Written
from casework.letters import fitting_variant
from casework.vocabulary import Ending, ItemId, Variant
from dialogs import dates

YES = "yes"


def looking(pressed: Pressed, *, sent: bool = False) -> c.OpenLetter:
    """At the letter that is written, or at one that was sent."""
    named = pressed.press.args.get("letter", "")
    return c.OpenLetter(**pressed.head(), step=pressed.step, letter=ItemId(named) if sent else None)


def drafted(pressed: Pressed, case: Case, text: str, known: str) -> c.DraftLetter:
    """The letter with these words; `known` are those it has: the same words are the same draft."""
    draft = case.letters.drafts.get(pressed.step)
    same = draft is not None and text == known
    return c.DraftLetter(
        **pressed.head(),
        step=pressed.step,
        text=Written(draft.text, text) if same else pressed.written("text", text),
        variant=draft.variant if draft else fitting_variant(case),
        ending=draft.ending if draft else Ending.COARSE,
        post=Written(draft.post, "") if draft and draft.post else None,
    )


def filled(pressed: Pressed, text: str, variant: Variant, ending: Ending, post: str) -> c.DraftLetter:
    """The template with its fields put in."""
    return c.DraftLetter(
        **pressed.head(),
        step=pressed.step,
        text=pressed.written("text", text),
        variant=variant,
        ending=ending,
        post=pressed.written("post", post) if post else None,
    )


def sent_on(pressed: Pressed) -> date:
    """The day that was given; without one, today. Refused when it cannot be read."""
    now, day = pressed.desk.now(), pressed.said("date")
    return dates.card_day(day, now) if day else local(now).date()


def sent(pressed: Pressed, text: str) -> c.SendLetter:
    day, journal = sent_on(pressed), pressed.said("journal")
    return c.SendLetter(
        **pressed.head(),
        step=pressed.step,
        text=pressed.written("text", text),
        sent_on=day,
        answer_by=answer_by(pressed, day),
        shared=pressed.said("share") == YES,
        as_it_stands=pressed.press.args.get("as_it_stands") == YES,
        journal=pressed.written("journal", journal) if journal else None,
    )


async def _journalise_letter(pressed: Pressed) -> c.Command:
    named = pressed.press.args.get("letter")
    journal = pressed.written("journal")
    return c.JournaliseLetter(
        **pressed.head(), step=pressed.step, journal=journal, letter=ItemId(named) if named else None
    )


READINGS: Mapping[str, Reading] = {"journalise_letter": _journalise_letter}
"""The other buttons of a letter show it again, and stand in `bot.letters`."""

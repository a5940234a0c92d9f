"""Letters of the plan: opened by the step's own lock, kept as sent, warned about when they name somebody. B10-B19."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from casework import commands as c
from casework import events as e
from casework.calendar import local
from casework.case import Case
from casework.removal import MOST_ATTEMPTS, day_is_possible
from casework.state.letters import Letter
from casework.steps import own, unlocked
from casework.vocabulary import AttemptId, Audience, Form, ItemId, Medium, Refused, Stage, StepId, Variant
from casework.workplace import audience_missing
from casework.writing import a_few_words, not_too_long

AUTHOR, SITE, DATATILSYNET, TEAM, MANAGEMENT = (
    StepId(step) for step in ("ask_author", "ask_site", "datatilsynet", "inform_colleagues", "upper_management")
)
WITH_A_LETTER = (AUTHOR, SITE, DATATILSYNET, TEAM, MANAGEMENT)
RUNGS = (AUTHOR, SITE, DATATILSYNET)
"""In the guide's order (H13): the next letter names what was tried before it."""
LONGEST = 4_000  # characters: a letter, and its card stays small
LONGEST_POST = 200
LONGEST_JOURNAL = 60
SHORTEST_NAME = 3  # letters; a shorter one is found in too many words
_PLACE = re.compile(r"\[[^\[\]]+\]|(?<![\w./@:-])[Xx]{2}(?:[./-][Xx]{2,4})*(?![\w/@-]|\.\w)")
"""In square brackets, or as the guide's own letter has it: XX, and a day as xx.xx."""
_PARTS = re.compile(r"[\n,;]+")


def open_letter(case: Case, command: c.OpenLetter, now: datetime) -> tuple[e.Event, ...]:
    """Looking leaves nothing behind. One that was sent is found also when the step has been locked again."""
    if command.letter is None:
        _may_write(case, command)
    else:
        _sent(case, command.step, command.letter or None)
    return ()


def draft_letter(case: Case, command: c.DraftLetter, now: datetime) -> tuple[e.Event, ...]:
    """Kept as it stands; the same once more is nothing new."""
    _may_write(case, command)
    _whole(command.text)
    not_too_long(command.post, LONGEST_POST)
    post = command.post.item if command.post else None
    known = case.letters.drafts.get(command.step)
    as_it_is = (command.text.item, command.variant, command.ending, post)
    if known is not None and (known.text, known.variant, known.ending, known.post) == as_it_is:
        return ()
    drafted = dict(zip(("text", "variant", "ending", "post"), as_it_is, strict=True))
    return (e.LetterDrafted(by=command.by, at=now, step=command.step, **drafted),)


def send_letter(case: Case, command: c.SendLetter, now: datetime) -> tuple[e.Event, ...]:
    """Said to be sent, on a day that has been. Only whom it is about alone may be given the words to read.

    With places left to fill in it is asked first whether it was sent like that.
    """
    if case.letters.find(command.text.item) is not None:
        return ()  # pressed twice
    _may_write(case, command)
    _whole(command.text)
    not_too_long(command.journal, LONGEST_JOURNAL)
    if command.sent_on > local(now).date():
        raise Refused("letter_in_future")
    day_is_possible(case, command.sent_on, now)
    if (places := unfilled(command.text.text)) and not command.as_it_stands:
        raise Refused("letter_unfilled", places=", ".join(places))
    sent = e.LetterSent(
        by=command.by,
        at=now,
        step=command.step,
        text=command.text.item,
        sent_on=command.sent_on,
        shared=command.shared and may_be_shared(case),
        journal=command.journal.item if command.journal else None,
    )
    return (sent, *_tried(case, sent, command.answer_by))


def _tried(case: Case, sent: e.LetterSent, answer_by: date | None) -> tuple[e.Event, ...]:
    """A letter on a rung is an attempt there, as long as there is something to remove."""
    if sent.step not in RUNGS or case.removal.ended is not None or len(case.removal.attempts) >= MOST_ATTEMPTS:
        return ()
    attempt = AttemptId(sent.text)
    head = {"by": sent.by, "at": sent.at, "step": sent.step, "sent_on": sent.sent_on}
    return (e.RungTried(**head, attempt=attempt, letter=sent.text, answer_by=answer_by),)


def journalise_letter(case: Case, command: c.JournaliseLetter, now: datetime) -> tuple[e.Event, ...]:
    """The latest number holds: one may have been mistyped."""
    letter = _sent(case, command.step, command.letter or None)
    a_few_words(command.journal, "journal_missing")
    not_too_long(command.journal, LONGEST_JOURNAL)
    if letter.journal == command.journal.item:
        return ()
    step, journal = command.step, command.journal.item
    return (e.LetterJournalised(by=command.by, at=now, step=step, letter=letter.id, journal=journal),)


def may_be_shared(case: Case) -> bool:
    """With several affected a letter may be about another: then nobody is given its words."""
    return len(case.affected) == 1


def fitting_variant(case: Case) -> Variant:
    """What the letter to the author is about, as far as what was told says so; else a post, as in the guide."""
    told = case.circumstances
    media, forms = (set(told.media), set(told.forms)) if told else (set(), set())
    if media in ({Medium.SMS_OR_CALL}, {Medium.MAIL}):
        return Variant.SMS if Medium.SMS_OR_CALL in media else Variant.MAIL
    return Variant.FAKE_PROFILE if forms == {Form.FAKE_PROFILE} else Variant.POST


def earlier(case: Case, step: StepId) -> tuple[tuple[StepId, date], ...]:
    """What was tried until now on this rung and below, by letter or otherwise, by its days: what the next letter tells
    of (H13). The guide's letter to the author tells of nothing."""
    told = RUNGS[: RUNGS.index(step) + 1] if step in RUNGS and step != AUTHOR else ()
    found = ((attempt.step, attempt.sent_on) for attempt in case.removal.attempts if attempt.step in told)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one[1]))


def named_in(text: str, names: Iterable[str], marks: Iterable[str]) -> tuple[str, ...]:
    """What a letter says that it should not: of people their whole name or a part of it, of other marks the whole."""
    said = _plain(text)
    parts = (part for name in names for part in (name, *name.split()) if len(part) >= SHORTEST_NAME)
    whole = (mark.strip() for given in marks for mark in _PARTS.split(given) if len(mark.strip()) >= SHORTEST_NAME)
    found = [part for part in dict.fromkeys((*parts, *whole)) if _stands_in(_plain(part), said)]
    return tuple(one for one in found if not any(one != other and one in other for other in found))


def unfilled(text: str) -> tuple[str, ...]:
    """What is left for the writer to fill in, as it stands there."""
    return tuple(dict.fromkeys(_PLACE.findall(text)))


def _stands_in(part: str, said: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(part)}(?:s|'s|’s)?(?!\w)", said) is not None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _may_write(case: Case, command: c.StepCommand) -> None:
    step, _ = own(case, command)
    if step.id not in WITH_A_LETTER:
        raise Refused("no_letter_here")
    if case.stage is not Stage.OPEN:
        raise Refused("case_closed")
    unlocked(case, step)
    if waits_for_the_team(case, step.id):
        raise Refused("talking_points_locked")


def waits_for_the_team(case: Case, step: StepId) -> bool:
    """The talking points are for the team: a yes to telling partners opens their step, and not them."""
    return step == TEAM and bool(audience_missing(case, Audience.TEAM))


def _whole(text: c.Written) -> None:
    if not text.text.strip():
        raise Refused("letter_empty")
    not_too_long(text, LONGEST)


def _sent(case: Case, step: StepId, letter: ItemId | None) -> Letter:
    """The letter meant; without one, the step's latest. Whoever has the case may take out what another has sent."""
    meant = [one for one in case.letters.of(step) if letter in (None, one.id)]
    if not meant:
        raise Refused("no_letter_sent")
    return meant[-1]

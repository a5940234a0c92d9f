"""The evidence coach: what is secured of each piece and each episode, what is still missing, and the one thing to ask
next, in the order of what vanishes first. H12, B1. It is never a demand: whatever is answered, nothing waits for it
(D3). Værn never looks at the pictures: what they show is what their giver says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from casework import events as e
from casework.access import A, L, R, openable, roles_of
from casework.case import Case, Item
from casework.deadline import questions
from casework.parts import (
    ANSWERED,
    IN_A_MAIL_FILE,
    MAIL_FILES,
    OF_A_PIECE,
    SECURED,
    SHOWN_BY,
    Part,
    PartAnswer,
    PartState,
    wanted,
)
from casework.state.coaching import NOTHING_TOLD
from casework.vocabulary import EpisodeId, ItemId, ItemKind, PersonId, Role, Stage

ENOUGH = 7
"""The first, the three latest and the three worst: more is kept, and need not be gone through."""
CAME_TOGETHER = timedelta(minutes=10)
WORST_FIRST = (PartState.MISSING, PartState.LATER, PartState.HAS_NOT, PartState.TOLD)
ASKED_OF_AN_EPISODE = tuple(part for part in Part if part not in OF_A_PIECE)


@dataclass(frozen=True)
class Desktop:
    """What lies before one person: these pieces, of these episodes. `everybody`: all people's answers count."""

    case: Case
    person: PersonId
    everybody: bool
    apart: bool  # a colleague who documents: nothing of what the case knows besides is told by what they lack
    items: tuple[Item, ...]
    episodes: tuple[EpisodeId | None, ...]

    def of(self, episode: EpisodeId | None) -> tuple[Item, ...]:
        """The pieces of an episode."""
        return tuple(item for item in self.items if episode_of(self.case, item.id, self.episodes) == episode)


@dataclass(frozen=True)
class Question:
    """The one thing that is asked next. `items`: the pieces it is about; empty: all that is kept of the episode."""

    about: Part
    items: tuple[Item, ...]
    episode: EpisodeId | None


def desktop(case: Case, person: PersonId) -> Desktop:
    """What this person may see of the evidence, as `casework.access` says; of nobody else's answers but the leader."""
    roles = roles_of(case, person)
    items = tuple(item for item in case.evidence if openable(case, person, roles, item.id))
    all_of_it = case.stage is Stage.DRAFT or L in roles
    told = tuple(one.id for one in case.in_time_order if all_of_it or one.id in _concerned(case, person, roles))
    return Desktop(case, person, all_of_it, not all_of_it and not roles & {A, R}, items, told or (None,))


def _concerned(case: Case, person: PersonId, roles: frozenset[Role]) -> set[EpisodeId]:
    """To the affected their own, to whoever told it what they told."""
    if A in roles:
        return {episode for episode, whose in questions(case) if whose == person}
    return {event.episode for event in case.log if isinstance(event, e.EpisodeTold) and event.by == person}


def episode_of(case: Case, item: ItemId, episodes: tuple[EpisodeId | None, ...]) -> EpisodeId | None:
    """Which of these the piece is of: as was said, by itself when there is one. None: nobody has said."""
    if len(episodes) == 1:
        return episodes[0]
    placed = case.coaching.placed.get(item)
    return placed if placed in episodes else None


# -- what is secured ---------------------------------------------------------------------------------------------------


def parts_of(lying: Desktop, episode: EpisodeId | None) -> Mapping[Part, PartState]:
    """Every part the evidence of an episode is made of, and how it stands, in the order of what vanishes first."""
    items, told = lying.of(episode), None if lying.apart else lying.case.circumstances
    mail = any(item.media_type in MAIL_FILES for item in items)
    media = frozenset(told.media if told else ())
    parts = wanted(media, mail_file=mail, captured=any(_answerable(lying, items)))
    return {part: _state(lying, episode, part, items) for part in parts}


def count(states: Mapping[Part, PartState]) -> tuple[int, int]:
    """How many parts are secured, of how many: an orientation, and never a demand."""
    return sum(state in SECURED for state in states.values()), len(states)


def _state(lying: Desktop, episode: EpisodeId | None, part: Part, items: tuple[Item, ...]) -> PartState:
    if part in OF_A_PIECE:
        return _of_each(lying, part, _answerable(lying, items))
    if _is_saved(lying, part, items):
        return PartState.SAVED
    if any(SHOWN_BY.get(part) in item.shows for item in items):
        return PartState.VISIBLE
    if part is Part.WHOLE_POST and any(is_captured(item) and not item.shows for item in items):
        return PartState.SAVED  # what it shows is asked of the piece itself
    return _answered(lying, part, episode, None)


def _answerable(lying: Desktop, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Only whoever gave a capture can say when and by whom: nobody's count falls by what another gave."""
    return tuple(item for item in items if is_captured(item) and (lying.everybody or item.given_by == lying.person))


def _is_saved(lying: Desktop, part: Part, items: tuple[Item, ...]) -> bool:
    """It is there whatever anybody says of a picture: in a mail that was kept, in a pasted link, on form 4."""
    behind = None if lying.apart else lying.case.originator
    mail = part in IN_A_MAIL_FILE and any(is_first_hand(item) for item in items)
    pasted = any(item.kind is ItemKind.TEXT and SHOWN_BY.get(part) in item.shows for item in items)
    form = {Part.LINK: behind and behind.links, Part.SENDER: behind and behind.identifier}
    return mail or pasted or bool(form.get(part))


def _of_each(lying: Desktop, part: Part, captured: tuple[Item, ...]) -> PartState:
    """Time and device of capture, and who took it, are had when they are of every piece."""
    lacking = [item for item in captured if not knows(lying.case, item, part)]
    if not lacking:
        return PartState.TOLD if captured else PartState.MISSING
    said = {_answered(lying, part, None, item.id) for item in lacking}
    return next(state for state in WORST_FIRST if state in said)


def _answered(lying: Desktop, part: Part, episode: EpisodeId | None, item: ItemId | None) -> PartState:
    """What was answered; of several people's answers the one that helps most."""
    answers = lying.case.coaching.answers
    said = {
        answer
        for (by, *key), answer in answers.items()
        if key == [part, episode, item] and (lying.everybody or by == lying.person)
    }
    return next((ANSWERED[answer] for answer in PartAnswer if answer in said), PartState.MISSING)


def is_captured(item: Item) -> bool:
    """A picture, a recording or a document that somebody made of it: not a pasted text, nor a mail that was kept."""
    return item.kind is ItemKind.FILE and item.media_type not in MAIL_FILES


def knows(case: Case, item: Item, part: Part) -> bool:
    """Whether it is known of this piece when it was captured, or who did."""
    told = case.coaching.captures.get(item.id, NOTHING_TOLD)
    if part is Part.CAPTURED_BY:
        return told.by is not None
    return told.at is not None or (item.original is not None and item.original.taken_at is not None)


def is_first_hand(item: Item) -> bool:
    """A mail that was kept as a file, and not sent on: that one's headers are not the first sender's."""
    return item.media_type in MAIL_FILES and not (item.original and item.original.forwarded)


# -- what is asked next ------------------------------------------------------------------------------------------------


def next_question(lying: Desktop, item: ItemId | None = None, *, again: bool = False) -> Question | None:
    """One thing: of that piece first. `again`: what was left for later too. None: there is nothing more to ask."""
    own = [piece for piece in lying.items if piece.id == item]
    asked = next((question for piece in own for question in _of_the_piece(lying, piece, again)), None)
    if asked is not None:
        return asked
    here = [episode_of(lying.case, piece.id, lying.episodes) for piece in own]
    others = [episode for episode in reversed(lying.episodes) if episode not in here]
    return next((question for episode in (*here, *others) for question in _of(lying, episode, again)), None)


def _of_the_piece(lying: Desktop, piece: Item, again: bool) -> Iterator[Question]:
    """What it shows, and of which episode it is: whoever gave it can say."""
    if piece.given_by != lying.person:
        return
    if not piece.shows and piece.media_type not in MAIL_FILES and _open(lying, Part.SHOWS, None, piece.id, again):
        yield Question(Part.SHOWS, (piece,), None)
    unplaced = episode_of(lying.case, piece.id, lying.episodes) is None and len(lying.episodes) > 1
    if unplaced and _open(lying, Part.EPISODE, None, piece.id, again):
        yield Question(Part.EPISODE, (piece,), None)


def _of(lying: Desktop, episode: EpisodeId | None, again: bool) -> Iterator[Question]:
    """What an episode lacks. Of many pieces it is not asked one by one."""
    items = lying.of(episode)
    if len(items) <= ENOUGH:
        yield from (question for piece in items for question in _of_the_piece(lying, piece, again))
    states = parts_of(lying, episode)
    for part in ASKED_OF_AN_EPISODE:
        if part in states and states[part] not in SECURED and _open(lying, part, episode, None, again):
            yield Question(part, (), episode)
    yield from (one for part in (Part.CAPTURED, Part.CAPTURED_BY) for one in _of_capture(lying, items, part, again))


def _of_capture(lying: Desktop, items: tuple[Item, ...], part: Part, again: bool) -> Iterator[Question]:
    """Only whoever gave a piece can say when it was taken, and by whom."""
    for piece in items:
        if piece.given_by == lying.person and is_captured(piece) and not knows(lying.case, piece, part):
            if _open(lying, part, None, piece.id, again):
                episode = episode_of(lying.case, piece.id, lying.episodes)
                yield Question(part, came_together(lying.case, piece, part), episode)


def _open(lying: Desktop, part: Part, episode: EpisodeId | None, item: ItemId | None, again: bool) -> bool:
    """It may be asked: nobody has answered, or only that it can wait and the person asks what is missing."""
    state = _answered(lying, part, episode, item)
    return state is PartState.MISSING or (again and state is PartState.LATER)


def came_together(case: Case, piece: Item, part: Part) -> tuple[Item, ...]:
    """The piece, and those that came with it and lack the same: what is said of one holds of them all."""
    others = (one for one in case.evidence if one.id != piece.id and _came_with(case, one, piece))
    return (piece, *(one for one in others if not knows(case, one, part)))


def _came_with(case: Case, one: Item, piece: Item) -> bool:
    placed = case.coaching.placed
    return (
        one.given_by == piece.given_by
        and is_captured(one)
        and abs(one.received_at - piece.received_at) <= CAME_TOGETHER
        and placed.get(one.id) == placed.get(piece.id)
    )

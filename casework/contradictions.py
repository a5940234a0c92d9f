"""Where a file says otherwise than the person. It is told gently, and changes nothing: clocks go wrong, pictures are
sent on, and nobody has to prove what they remember.
"""

from collections.abc import Iterator
from datetime import timedelta

from casework.calendar import local
from casework.case import Case, Episode, Item
from casework.coach import episode_of
from casework.parts import MAIL_FILES, CaptureDevice, Doubt
from casework.state.coaching import NOTHING_TOLD, Capture
from casework.vocabulary import Certainty, EpisodeId

CLOSE_ENOUGH = timedelta(hours=1)
"""Nobody remembers a moment more closely, and a clock may be an hour off when summer time changes."""
NAMED = {CaptureDevice.IPHONE: ("apple", "iphone", "ipad"), CaptureDevice.ANDROID: ("samsung", "google", "pixel")}
"""Makers as files name them, where they tell the two kinds of telephone apart."""


def doubts(case: Case, item: Item, episodes: tuple[EpisodeId | None, ...], device: str = "") -> tuple[Doubt, ...]:
    """Everything that does not fit of one piece. `device`: what the file calls it."""
    if item.original is None:
        return ()
    placed = episode_of(case, item.id, episodes)
    told = case.coaching.captures.get(item.id, NOTHING_TOLD)
    return (
        *_of_the_clock(item, case.episodes.get(placed) if placed else None, told),
        *_of_the_rest(item, told, device),
    )


def _of_the_clock(item: Item, episode: Episode | None, told: Capture) -> Iterator[Doubt]:
    """`began_at` is the earliest it can have been, so before it is before it whatever is known of the moment."""
    taken = item.original.taken_at if item.original else None
    if taken is None:
        return
    if episode is not None and taken < episode.began_at - CLOSE_ENOUGH:
        yield Doubt.MAILED_BEFORE if item.media_type in MAIL_FILES else Doubt.TAKEN_BEFORE
    if taken > item.received_at + CLOSE_ENOUGH:
        yield Doubt.TAKEN_LATER
    exact = told.certainty is Certainty.EXACT
    if told.at is not None and (
        abs(told.at - taken) > CLOSE_ENOUGH if exact else local(told.at).date() != local(taken).date()
    ):
        yield Doubt.TAKEN_OTHERWISE


def _of_the_rest(item: Item, told: Capture, device: str) -> Iterator[Doubt]:
    kinds = {kind for kind, names in NAMED.items() if any(name in device.lower() for name in names)}
    if told.device in NAMED and kinds and told.device not in kinds:
        yield Doubt.DEVICE_OTHERWISE
    if item.original and item.original.forwarded:
        yield Doubt.FORWARDED

"""Evidence: kept untouched, spoken of by number, described by the person who gave it. B1, B5, H12."""

import re
from dataclasses import replace
from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.again import newest, same_press
from casework.case import Case, Item
from casework.gone import their_own
from casework.original import Original
from casework.vocabulary import ItemId, PersonId, Refused, Shows

ACCOUNT = ItemId("account")
"""Stands for all that was told in own words, where somebody asks to see it."""
LARGEST_CASE = 250 * 1024 * 1024  # bytes
MOST_ITEMS = 500
LINK = re.compile(r"https?://\S|\bwww\.\w", re.IGNORECASE)


def receive_evidence(case: Case, command: c.ReceiveEvidence, now: datetime) -> tuple[e.Event, ...]:
    """What lies in the vault is now part of the case. The same item twice is once."""
    if came_before(case, command.item):
        return ()
    if command.size > room_in(case):
        raise Refused("case_too_large", max=LARGEST_CASE)
    return (_received(case, command, now), *_link_in(command, now))


def came_before(case: Case, item: ItemId) -> bool:
    """It was given once already. What was destroyed or withdrawn since does not come back by coming again."""
    return item in case.items or item in case.custody.destroyed or item in case.custody.withdrawn


def room_in(case: Case) -> int:
    """Bytes that one more piece may have, below zero when not even an empty one: what was withdrawn lies there too."""
    kept = kept_in(case)
    return LARGEST_CASE - sum(item.size for item in kept) if len(kept) < MOST_ITEMS else -1


def kept_in(case: Case) -> tuple[Item, ...]:
    """Every piece whose bytes lie in the vault."""
    return (*case.items.values(), *(one.item for one in case.custody.withdrawn.values()))


def _received(case: Case, command: c.ReceiveEvidence, now: datetime) -> e.EvidenceReceived:
    return e.EvidenceReceived(
        by=command.by,
        at=now,
        item=command.item,
        kind=command.kind,
        number=_next_number(case),
        media_type=command.media_type,
        size=command.size,
        sha256=command.sha256,
        name=command.name.item if command.name else None,
        source=command.source,
        original=_said_by_the_file(command),
    )


def _link_in(command: c.ReceiveEvidence, now: datetime) -> tuple[e.Event, ...]:
    """A pasted link is one, without anybody having to say so."""
    if command.text is None or not LINK.search(command.text.text):
        return ()
    return (e.EvidenceDescribed(by=command.by, at=now, item=command.item, shows=(Shows.LINK,)),)


def _said_by_the_file(command: c.ReceiveEvidence) -> Original | None:
    """It names the words that came with it, and nobody else's."""
    words = (written and written.item for written in (command.device, command.heading))
    said = replace(command.original or Original(), **dict(zip(("device", "heading"), words, strict=True)))
    return None if said == Original() else said


def _next_number(case: Case) -> int:
    """A number is given once: what was withdrawn or destroyed keeps its own."""
    return max((event.number for event in case.log if isinstance(event, e.EvidenceReceived)), default=0) + 1


def describe_evidence(case: Case, command: c.DescribeEvidence, now: datetime) -> tuple[e.Event, ...]:
    """What it shows, as the giver says. Værn itself does not look."""
    if their_own(case, command.item, command.by).shows == command.shows:
        return ()
    return (e.EvidenceDescribed(by=command.by, at=now, item=command.item, shows=command.shows),)


def open_item(case: Case, command: c.OpenItem, now: datetime) -> tuple[e.Event, ...]:
    """Words and pictures are shown on request only, and the affected employee sees who opened what, and when."""
    withdrawn = case.custody.withdrawn.get(command.item)
    givers = {giver_of(case, item) for item in meant_by(case, command.item)} | {withdrawn and withdrawn.by}
    givers -= {None}
    if not givers:
        raise Refused("not_yours")
    shown_all = command.all_of_it or command.by == case.recipient
    own = givers == {command.by} if shown_all else command.by in givers
    if own or command.by in case.affected or _looking(case, command, now):
        return ()
    return (e.ItemOpened(by=command.by, at=now, item=command.item),)


def _looking(case: Case, command: c.OpenItem, now: datetime) -> bool:
    """A second press within the minute is the same look, as the card tells it."""
    return same_press(newest(case, e.ItemOpened, by=command.by, item=command.item), now)


def meant_by(case: Case, item: ItemId) -> tuple[ItemId, ...]:
    """The item itself, or every piece of the account."""
    return case.account if item == ACCOUNT else (item,)


def giver_of(case: Case, item: ItemId) -> PersonId | None:
    """Who gave a piece of evidence or of the account, or told who is behind it; None when there is no such item."""
    if item in case.items:
        return case.items[item].given_by
    if item in case.account:
        return next(ev.by for ev in case.log if isinstance(ev, e.AccountGiven) and ev.item == item)
    return case.reporter if case.originator and item in (case.originator.identifier, case.originator.links) else None

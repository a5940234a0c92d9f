"""What may be done with what was given (B1, C8): destroyed before Send, withdrawn after it, held by legal staff.

Before Send it is its author's alone, and goes, bytes and all. After Send it belongs to an authority's case: withdrawn
it is closed to all but legal staff, and time alone destroys it (`casework.retention`), never while a hold stands.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.again import newest, same_press
from casework.case import Case, Item
from casework.gone import their_own, why_not_there
from casework.vocabulary import ItemId, PersonId, Stage
from casework.writing import a_few_words


def consult_case(case: Case, command: c.ConsultCase, now: datetime) -> tuple[e.Event, ...]:
    """Every look is a fact; a second press within the minute is the same look."""
    if same_press(newest(case, e.CaseConsulted, by=command.by), now):
        return ()
    return (e.CaseConsulted(by=command.by, at=now),)


def set_hold(case: Case, command: c.SetHold, now: datetime) -> tuple[e.Event, ...]:
    """One hold at a time: whoever of the legal staff it is set by, any of them lifts it."""
    if case.custody.hold is not None:
        return ()
    a_few_words(command.reason, "hold_reason_missing")
    return (e.HoldSet(by=command.by, at=now, reason=command.reason.item),)


def lift_hold(case: Case, command: c.LiftHold, now: datetime) -> tuple[e.Event, ...]:
    """From then on time goes on: it is announced anew before anything is erased."""
    if case.custody.hold is None:
        return ()
    a_few_words(command.reason, "hold_reason_missing")
    return (e.HoldLifted(by=command.by, at=now, reason=command.reason.item),)


def destroy_item(case: Case, command: c.DestroyItem, now: datetime) -> tuple[e.Event, ...]:
    """A piece of a draft, by whoever gave it. Pressed twice, it is gone once."""
    if command.item in case.custody.destroyed:
        return ()
    item = their_own(case, command.item, command.by)
    return (e.ItemDestroyed(by=command.by, at=now, item=item.id),)


def withdraw_item(case: Case, command: c.WithdrawItem, now: datetime) -> tuple[e.Event, ...]:
    """A piece of a case, by whoever gave it or asked a colleague for it. Pressed twice, it is withdrawn once."""
    given = once_given(case, command.item)
    if given is None or command.by not in (given.given_by, given.given_for):
        raise why_not_there(case, command.item, command.by)
    if command.item in case.custody.withdrawn:
        return ()
    return (e.ItemWithdrawn(by=command.by, at=now, item=command.item),)


def takes_back(case: Case, command: c.Command) -> bool:
    """Whether it is a colleague's who documented for somebody: what they gave is theirs when their help is over too."""
    if not isinstance(command, c.WithdrawItem) or command.by not in case.documenting.people:
        return False
    given = once_given(case, command.item)
    return given is not None and given.given_by == command.by and command.by not in {*case.excluded, *case.affected}


def once_given(case: Case, item: ItemId) -> Item | None:
    """The piece, also when it was withdrawn."""
    withdrawn = case.custody.withdrawn.get(item)
    return case.items.get(item) or (withdrawn.item if withdrawn else None)


def given_for(case: Case, item: ItemId) -> PersonId | None:
    """Who had asked the colleague that gave it, also when it was withdrawn."""
    given = once_given(case, item)
    return given.given_for if given else None


def destroyed_by(before: Case, events: Iterable[e.Event]) -> frozenset[ItemId]:
    """Whose bytes go with these facts: what was taken out of a draft, and words of it that others took the place of."""
    if before.stage is not Stage.DRAFT:
        return frozenset()
    return frozenset(item for event in events for item in _destroyed(before, event))


def may_go_alone(before: Case, written: Iterable[ItemId]) -> frozenset[ItemId]:
    """Which of these words can still be destroyed one by one: before Send all of them, after it none."""
    return frozenset(written) if before.stage is Stage.DRAFT else frozenset()


def _destroyed(before: Case, event: e.Event) -> Iterator[ItemId]:
    match event:
        case e.ItemDestroyed():
            yield event.item
            yield from before.items[event.item].words if event.item in before.items else ()
        case e.AccountWithdrawn():
            yield event.item
        case e.AccountGiven() if event.replaces and event.replaces != event.item:
            yield event.replaces
        case e.OriginatorTold() if before.originator is not None:
            kept = {event.identifier, event.links}
            old = (before.originator.identifier, before.originator.links)
            yield from (item for item in old if item and item not in kept)

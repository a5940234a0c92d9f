"""What is withdrawn, destroyed or held, as a button asks for it."""

from bot.readings.pressed import Pressed
from casework import commands as c
from casework.vocabulary import ItemId, Refused


def destroying(pressed: Pressed) -> c.DestroyItem:
    """Of a draft. Refused when none was chosen."""
    return c.DestroyItem(**pressed.head(), item=_chosen(pressed))


def withdrawing(pressed: Pressed) -> c.WithdrawItem:
    """Of a case that was sent. Refused when none was chosen."""
    return c.WithdrawItem(**pressed.head(), item=_chosen(pressed))


def holding(pressed: Pressed) -> c.SetHold:
    """With why."""
    return c.SetHold(**pressed.head(), reason=pressed.written("reason"))


def lifting(pressed: Pressed) -> c.LiftHold:
    """With why."""
    return c.LiftHold(**pressed.head(), reason=pressed.written("reason"))


def _chosen(pressed: Pressed) -> ItemId:
    if not (item := pressed.said("item")):
        raise Refused("item_missing")
    return ItemId(item)

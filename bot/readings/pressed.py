"""A pressed button with the desk of whoever pressed it, and the plainest ways to read a command from it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.ids import item_id_from
from cards.verbs import Press
from casework import commands as c
from casework import vocabulary as v
from casework.commands import Written
from casework.naming import NOT_THEM
from casework.people import Person
from casework.vocabulary import CaseId, EpisodeId, ItemId, Refused, StepId
from dialogs import dates
from dialogs.asking import Desk


@dataclass(frozen=True)
class Pressed:
    """A press with the desk of whoever pressed it. Reading it raises Refused, never a KeyError."""

    press: Press
    desk: Desk

    def head(self) -> dict:
        if not self.press.case:
            raise Refused("unreadable_card")
        return {"case": CaseId(self.press.case), "by": self.desk.person}

    def arg(self, name: str) -> str:
        value = self.press.args.get(name) or self.press.inputs.get(name)
        if not isinstance(value, str) or not value:
            raise Refused("unreadable_card")
        return value

    def said(self, name: str) -> str:
        """What was typed into a field; empty when nothing was."""
        return str(self.press.inputs.get(name) or self.press.args.get(name) or "").strip()

    def one_of(self, kind, name: str, missing: str = "unreadable_card"):
        """A code from a closed list; anything else is refused."""
        try:
            return kind(self.said(name))
        except ValueError:
            raise Refused(missing) from None

    def written(self, name: str, text: str | None = None, *, of: str = "") -> Written:
        """`of`: of several fields of one card, which."""
        text = self.said(name) if text is None else text
        return Written(ItemId(item_id_from(f"{self._which()}|{of}{text}", "item", 1)), text)

    def _which(self) -> str:
        """The same button pressed twice, or two clients pressing the same card, is the same thing said once."""
        drawn = self.desk.handled if self.press.version is None else self.press.version
        args = sorted(self.press.args.items())
        return f"{self.desk.person}|{self.press.case}|{drawn}|{self.press.verb}|{args}"

    @property
    def step(self) -> StepId:
        return StepId(self.arg("step"))

    @property
    def episode(self) -> EpisodeId | None:
        found = self.press.args.get("episode")
        return EpisodeId(str(found)) if found else None

    def moment(self) -> datetime:
        day, clock = self.said("date"), self.said("time")
        if not (day and clock):
            raise Refused("clock_missing" if day else "day_missing")
        return dates.moment(dates.card_day(day, self.desk.now()), dates.card_clock(clock))


Reading = Callable[[Pressed], Awaitable[c.Command]]


def plain(command: type[c.Command]) -> Reading:
    async def read(pressed: Pressed) -> c.Command:
        return command(**pressed.head())

    return read


def of_step(command: type[c.StepCommand]) -> Reading:
    async def read(pressed: Pressed) -> c.Command:
        return command(**pressed.head(), step=pressed.step)

    return read


def of_consent(command: type[c.Command]) -> Reading:
    async def read(pressed: Pressed) -> c.Command:
        kind = pressed.one_of(v.ConsentKind, "kind")
        return command(**pressed.head(), kind=kind, episode=pressed.episode)

    return read


async def someone(desk: Desk, name: str) -> Person:
    """The one person a typed name means; a directory id is taken as it is. Refused says what to do otherwise."""
    found = await desk.search(name) if name else ()
    exact = [person for person in found if name.lower() in (person.name.lower(), person.mail.lower(), person.id)]
    if len(exact or found) == 1:
        return (exact or list(found))[0]
    raise Refused("person_ambiguous" if found else NOT_THEM, name=name)

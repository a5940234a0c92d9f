"""A channel or group chat: connecting the health and safety group, and otherwise "write to Værn alone"."""

from typing import Any

from bot.desk import Desk
from bot.records import Record
from cards.verbs import Press
from casework.people import Workplace
from casework.vocabulary import Refused
from dialogs.known import Meaning

IN_A_CHANNEL = frozenset({"take_step", "complete_step", "undo_step", "take_analysis", "guide", "guide_topic"})
"""What may be pressed where others read along. Everything else would put somebody's own things before them."""


def out_of_place(record: Record, press: Press) -> bool:
    """Whether that may be answered in a personal chat only."""
    return record.kind != "personal" and press.verb not in IN_A_CHANNEL


def without_mention(activity: Any) -> str:
    """What is said besides "@Værn"."""
    text = activity.text or ""
    for entity in activity.entities or ():
        mention = (entity.additional_properties or {}).get("text")
        if mention:
            text = text.replace(mention, " ")
    return " ".join(text.split())


class GroupRoom:
    """Only members whom the directory lists for a workplace may connect its group; nothing of a case is said here."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def connect(self, meaning: Meaning) -> tuple[Workplace, bool]:
        """The workplace whose group is reached here from now on, and whether it was already. Refused otherwise."""
        if self.desk.record.kind == "personal":
            raise Refused("only_in_channel")
        place = await self._workplace(meaning.args.get("place", ""))
        already = self.desk.record.workplace == place.id
        if not already:
            await self.desk.office.records.connect(place.id, self.desk.record)
        return place, already

    async def speak(self, language: str) -> None:
        """The channel's language from now on. Refused to whoever is not of the group that is connected here."""
        connected = self.desk.record.workplace
        place = await self.desk.office.directory.workplace(connected) if connected else None
        if place is None or self.desk.person not in place.group:
            raise Refused("only_members")
        self.desk.record.language = self.desk.language = language

    async def _workplace(self, named: str) -> Workplace:
        places = [place for place in await self.desk.office.directory.workplaces() if self.desk.person in place.group]
        if not places:
            raise Refused("only_members")
        chosen = [place for place in places if not named or named.casefold() in place.name.casefold()]
        if len(chosen) != 1:
            raise Refused("person_ambiguous", name=named)
        return chosen[0]

"""A channel or group chat: connecting the health and safety group, and otherwise "write to Værn alone"."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.desk import Desk
from bot.keeping.records import Record
from bot.typed_yearly import OF_THE_YEAR
from cards.verbs import Press
from casework.people import Workplace
from casework.texts import LANGUAGES, read_known
from casework.vocabulary import Refused
from dialogs.known import Meaning, understood
from dialogs.nearest import MOST, guesses

IN_A_CHANNEL = frozenset(
    {"take_step", "complete_step", "undo_step", "take_analysis", "guide", "guide_topic", "numbers"}
    | {"show_review", "note_review"}
)
"""What may be pressed where others read along. Everything else would put somebody's own things before them."""


def pressed_in(text: str) -> Press | None:
    """The button that a word said here stands for, of those that have one."""
    meaning = _heard(text)
    return IN_THE_ROOM.get(meaning.name) if meaning else None


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

    async def answer(self, text: str) -> str:
        """What is said to a message here. Refused when it cannot be done."""
        meaning = _heard(text)
        saying = ANSWERED.get(meaning.name) if meaning else None
        if meaning is None and (likely := _nearly(text)):
            return (await self.desk.scene()).say.plain("welcome.channel.meant", words=", ".join(likely))
        if meaning is None or saying is None:
            return await self._say("welcome.channel.body")
        return await saying(self, meaning)

    async def connect(self, meaning: Meaning) -> str:
        """The group is reached here from now on. Where it was before is told so, and forgets it."""
        place = await self._workplace(meaning.args.get("place", ""))
        if self.desk.record.workplace == place.id:
            return await self._say("group.connected.already", place)
        await self._left_by_those_before(place)
        office = self.desk.office
        before = await office.records.of_group(place.id)
        await office.records.connect(place.id, self.desk.record)
        await office.yearly.connected(place.id)
        if before is not None:
            office.moved(before.id, place.id)
        return await self._say("group.connected.moved_here" if before else "group.connected.now", place)

    async def disconnect(self, meaning: Meaning) -> str:
        """The group is reached nowhere from now on. Only its own members may say so."""
        place = await self.connected()
        await self.desk.office.records.disconnect(place.id, self.desk.record)
        return await self._say("group.connected.no_longer", place)

    async def speak(self, meaning: Meaning) -> str:
        """The channel's language from now on. Refused to whoever is not of the group that is connected here."""
        await self.connected()
        self.desk.record.language = self.desk.language = LANGUAGE[meaning.name]
        return await self._say("group.connected.language")

    async def help(self, meaning: Meaning) -> str:
        return await self._say("welcome.channel.help")

    async def connected(self) -> Workplace:
        """The workplace whose group is connected here, if this is a member of it."""
        connected = self.desk.place
        if connected is None:
            raise Refused("not_connected_here")
        place = await self.desk.office.directory.workplace(connected)
        if place is None or self.desk.person not in place.group:
            raise Refused("only_members")
        return place

    async def _left_by_those_before(self, place: Workplace) -> None:
        """Nobody takes another group's channel from it: one of its own members lets go of it first."""
        taken = self.desk.place
        other = await self.desk.office.directory.workplace(taken) if taken else None
        if other is not None and self.desk.person not in other.group:
            raise Refused("channel_taken", workplace=other.name)
        if taken:
            await self.desk.office.records.disconnect(taken, self.desk.record)

    async def _workplace(self, named: str) -> Workplace:
        places = [place for place in await self.desk.office.directory.workplaces() if self.desk.person in place.group]
        if not places:
            raise Refused("only_members")
        chosen = [place for place in places if not named or named.casefold() in place.name.casefold()]
        if len(chosen) != 1:
            raise Refused("which_group", names=", ".join(place.name for place in places))
        return chosen[0]

    async def _say(self, key: str, place: Workplace | None = None) -> str:
        say = (await self.desk.scene()).say
        return say.plain(key, workplace=place.name) if place else say.plain(key)


IN_THE_ROOM: Mapping[str, Press] = {"numbers": Press("numbers"), **OF_THE_YEAR}
"""Words for buttons that stand here."""
LANGUAGE = {"danish": "da", "english": "en"}
ANSWERED: Mapping[str, Callable[[GroupRoom, Meaning], Awaitable[str]]] = {
    "connect": GroupRoom.connect,
    "disconnect": GroupRoom.disconnect,
    "danish": GroupRoom.speak,
    "english": GroupRoom.speak,
    "help": GroupRoom.help,
}
"""The words that are heard in a channel."""


def _nearly(text: str) -> tuple[str, ...]:
    """What it may have been meant to be, of what is heard here. Nothing is done by a slip where others read along."""
    found = guesses(text, *(read_known(language) for language in LANGUAGES))
    return tuple(guess.words for guess in found if guess.meaning.name in {*ANSWERED, *IN_THE_ROOM})[:MOST]


def _heard(text: str) -> Meaning | None:
    """A known word; and "connect" with the name of a workplace after it, which only whoever is in two groups needs."""
    known = [read_known(language) for language in LANGUAGES]
    if meaning := understood(text, *known):
        return meaning
    words = sorted((word for one in known for word in one["connect"]), key=len, reverse=True)
    named = next((text[len(word) :] for word in words if text.casefold().startswith(f"{word} ")), None)
    return Meaning("connect", {"place": named.strip()}) if named else None

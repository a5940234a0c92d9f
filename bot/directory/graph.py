"""The directory as Entra knows it, through Microsoft Graph: who leads whom, people by name, and who is in a group.

What Graph does not know (workplaces, reps, stand-ins) the settings tell. Answers are kept: fresh ones are not asked for
again, and the last known one stands in while Graph is down.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import filetype
import structlog

from bot.directory import Directory, DirectoryUnreachable, Photo
from bot.directory.file import best_first, folded
from bot.directory.graph_calls import GraphCalls
from bot.directory.graph_memory import GraphMemory
from bot.directory.graph_requests import MANAGER, MEMBERS, PHOTO, SEARCH, SEARCH_BASIC, USER, Call, GraphFault
from bot.setup.environment import GUID
from casework.people import Person, Workplace
from casework.vocabulary import PersonId, WorkplaceId

USER_TYPE = "#microsoft.graph.user"
SELECT = "id,displayName,jobTitle,mail,mobilePhone,businessPhones"
SELECT_BASIC = "id,displayName,mail"
SEARCHED = 25  # people fetched: Graph has no order of ours, so we choose the best of these
LONGEST_SEARCH = 64  # characters
MOST_MEMBERS = 999  # Graph's largest page; a health and safety group with more is another group
PHOTO_SIZE = "96x96"
LARGEST_PHOTO = 32 * 1024  # bytes; one of that size has three to eight thousand
AT_ONCE = 10  # groups asked for side by side


log = structlog.get_logger(__name__)


class GraphDirectory:
    """Entra first; what it cannot say, or not now, is as the directory behind it says."""

    def __init__(
        self,
        behind: Directory,
        calls: GraphCalls,
        now: Callable[[], datetime],
        groups: Callable[[], Mapping[WorkplaceId, str]] = dict,
    ) -> None:
        """`now` is real time. `groups`: workplace → the Entra group that is its health and safety group."""
        self._behind, self._groups = behind, groups
        self._memory, self._at_once = GraphMemory(calls, now), asyncio.Semaphore(AT_ONCE)

    async def person(self, person: PersonId) -> Person | None:
        """As the settings have them, for a phone number put there is meant to be rung; Entra fills what they leave."""
        known = await self._behind.person(person)
        if (known and known.phone and known.mail) or not GUID.fullmatch(person):
            return known  # a name that was typed where an id may stand is not asked for as one
        try:
            found = _person(await self._read(USER, {"id": person}, {"$select": SELECT}))
        except DirectoryUnreachable:
            if known:
                return known
            raise
        return _filled(known, found) if known and found else known or found

    async def photo(self, person: PersonId) -> Photo | None:
        """A small picture of the person, for a list. None when there is none, or none to be had now."""
        try:
            return await self._memory.answer(PHOTO, {"id": person, "size": PHOTO_SIZE}, {}, _photo)
        except DirectoryUnreachable:
            return None

    async def leader(self, person: PersonId) -> Person | None:
        """The person's manager in Entra. A manager who is only a contact, no user, cannot be told anything: None."""
        return _person(await self._read(MANAGER, {"id": person}, {"$select": SELECT}))

    async def search(self, text: str, limit: int = 5) -> tuple[Person, ...]:
        """By the beginning of any part of the name, or of the mail. When Entra is silent, from the settings."""
        if not (wanted := _searchable(text)):
            return ()
        try:
            answer = await self._searched(f'"displayName:{wanted}" OR "mail:{wanted}"')
        except DirectoryUnreachable:
            if known := await self._behind.search(text, limit):
                return known
            raise
        found = [person for row in (answer or {}).get("value", ()) if (person := _person(row))]
        return _ours_first(found, text)[:limit]

    async def workplace_of(self, person: PersonId) -> Workplace | None:
        """Where the settings place the person, or else the one place their manager leads; the manager leads it."""
        known = await self._behind.workplace_of(person)
        try:
            leader = await self.leader(person)
        except DirectoryUnreachable:
            if known:
                return await self._with_members(known)
            raise
        workplace = known or (await self._led_by(leader.id) if leader else None)
        if workplace is None:
            return None
        return await self._with_members(_with_leader(workplace, leader.id) if leader else workplace)

    async def workplace(self, workplace: WorkplaceId) -> Workplace | None:
        known = await self._behind.workplace(workplace)
        return known and await self._with_members(known)

    async def workplaces(self) -> tuple[Workplace, ...]:
        known = await self._behind.workplaces()
        return tuple(await asyncio.gather(*map(self._with_members, known)))

    async def members(self, group: str) -> tuple[PersonId, ...] | None:
        """The people in an Entra group, those of the groups within it too; None when there is no usable one."""
        asked = {"$select": "id", "$top": MOST_MEMBERS}
        async with self._at_once:
            return await self._memory.answer(MEMBERS, {"id": group}, asked, _members)

    async def _with_members(self, workplace: Workplace) -> Workplace:
        """Its group as Entra has it, where the settings name one there; else, and when Graph is down, as listed."""
        if workplace.id not in self._groups():
            return workplace
        try:
            members = await self.members(self._groups()[workplace.id])
        except DirectoryUnreachable:
            members = None
        return replace(workplace, group_known=False) if members is None else replace(workplace, group=members)

    async def _led_by(self, leader: PersonId) -> Workplace | None:
        """Whoever leads two places leaves open which one is meant: then people choose."""
        led = [workplace for workplace in await self._behind.workplaces() if workplace.leader == leader]
        return led[0] if len(led) == 1 else None

    async def _searched(self, wanted: str) -> Mapping[str, Any] | None:
        """With titles, which tell two of the same name apart; without, where the permission for them is missing."""
        asked = {"$search": wanted, "$top": SEARCHED}
        try:
            return await self._read(SEARCH, {}, {**asked, "$select": SELECT})
        except DirectoryUnreachable as fault:
            if not (isinstance(fault.__cause__, GraphFault) and fault.__cause__.permission):
                raise
        return await self._read(SEARCH_BASIC, {}, {**asked, "$select": SELECT_BASIC})

    async def _read(self, call: Call, path: Mapping[str, str], query: Mapping[str, Any]) -> Mapping[str, Any] | None:
        return await self._memory.answer(call, path, query, _rows)


def _rows(content: bytes) -> Mapping[str, Any]:
    """One person or a list of them; KeyError and the like for anything else."""
    answer = json.loads(content)
    for row in answer["value"] if "value" in answer else [answer]:
        row["id"]
    return answer


def _members(content: bytes) -> tuple[PersonId, ...] | None:
    answer = _rows(content)
    if "@odata.nextLink" in answer:
        return log.warning("group_too_large", members=MOST_MEMBERS)
    return tuple(PersonId(row["id"]) for row in answer["value"] if row["@odata.type"] == USER_TYPE)


def _photo(content: bytes) -> Photo | None:
    """Only what is a picture and small; Graph does not tell its kind reliably."""
    kind = filetype.guess_mime(content) or ""
    return Photo(content, kind) if kind.startswith("image/") and len(content) <= LARGEST_PHOTO else None


def _searchable(text: str) -> str:
    """What may stand inside Graph's quotes; empty when nobody is searched for."""
    wanted = " ".join(text.replace('"', " ").replace("\\", " ").split())[:LONGEST_SEARCH]
    return wanted if folded(wanted) else ""


def _ours_first(found: list[Person], text: str) -> tuple[Person, ...]:
    """Ordered as the file directory would; those whom only Graph sees a likeness in come last."""
    best = best_first(found, text)
    rest = sorted(set(found) - set(best), key=lambda person: (folded(person.name), person.id))
    return (*best, *rest)


def _person(row: Mapping[str, Any] | None) -> Person | None:
    if row is None or row.get("@odata.type", USER_TYPE) != USER_TYPE:
        return None
    phone = row.get("mobilePhone") or next(iter(row.get("businessPhones") or ()), "")
    name, title, mail = (row.get(key) or "" for key in ("displayName", "jobTitle", "mail"))
    return Person(PersonId(row["id"]), name, title, phone, mail)


def _filled(known: Person, found: Person) -> Person:
    """What the settings leave empty, as Entra has it."""
    return replace(
        known, title=known.title or found.title, phone=known.phone or found.phone, mail=known.mail or found.mail
    )


def _with_leader(workplace: Workplace, leader: PersonId) -> Workplace:
    """The same place under that leader, who is then nobody's stand-in or superior there."""
    others = {name: getattr(workplace, name) for name in ("second_leader", "stand_in", "leaders_leader")}
    return replace(workplace, leader=leader, **{name: None for name, person in others.items() if person == leader})

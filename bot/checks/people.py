"""For whom it works: whether each leader, stand-in and group can be written to."""

from collections.abc import Iterator

from bot.checks import Finding, Findings, ok, warning
from bot.checks.site import Site
from bot.keeping.records import Records
from bot.stores import UnreadableFile
from casework.people import Workplace
from casework.vocabulary import PersonId


async def people(site: Site) -> Findings:
    kept, places = site.kept, site.settings.organisation.workplaces
    if kept.records is None or kept.attention is None:
        return (warning("people_unknown"),)
    noted = (row for row in await kept.attention.rows() if row.kind == UNREACHABLE)
    refused = {row.about: row.since.date().isoformat() for row in noted}
    found = [await _person(site, kept.records, *who, refused) for who in _who_decides(places).items()]
    return *found, *[await _group(kept.records, place) for place in places if place.group]


UNREACHABLE = "unreachable"
"""The kind of the administrator's list that says somebody could not be written to."""


def _who_decides(places: tuple[Workplace, ...]) -> dict[PersonId, str]:
    """Leaders, stand-ins and leaders' leaders, each with the first workplace they are it for."""
    found: dict[PersonId, str] = {}
    for place in places:
        for person in filter(None, (*place.leaders, place.stand_in, place.leaders_leader)):
            found.setdefault(person, place.name)
    return found


async def _person(site: Site, records: Records, person: PersonId, place: str, refused: dict[str, str]) -> Finding:
    name = site.name(person)
    if person in refused:
        return warning("person_unreachable", name, refused[person])
    try:
        met = await records.of_person(person)
    except UnreadableFile:
        return warning("record_unreadable", name)
    return ok("person_reached", name, place) if met else warning("person_never_met", name, place)


async def _group(records: Records, place: Workplace) -> Finding:
    try:
        connected = await records.of_group(place.id)
    except UnreadableFile:
        return warning("record_unreadable", place.name)
    return ok("group_connected", place.name) if connected else warning("group_not_connected", place.name)


def functions(site: Site) -> Iterator[PersonId]:
    """Everybody who has a function in the organisation, and may therefore be named to an administrator."""
    organisation = site.settings.organisation
    yield from organisation.administrators
    yield from organisation.legal_people
    for place in organisation.workplaces:
        yield from filter(None, (*place.leaders, place.stand_in, place.leaders_leader))
        yield from (*place.health_safety_reps, *place.union_reps, *place.group)

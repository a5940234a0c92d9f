"""Whether organisation.toml says enough: what can be read may still leave somebody without help."""

from collections.abc import Iterator

from bot.checks import Finding, Findings, fault, ok, warning
from bot.checks.site import Site
from bot.setup.organisation import Organisation


async def organisation(site: Site) -> Findings:
    said = site.settings.organisation
    return tuple(finding for look in (_contacts, _workplaces, _leaders) for finding in look(said)) or (
        ok("organisation_complete"),
    )


def _contacts(said: Organisation) -> Iterator[Finding]:
    """A number left to be filled in would be rung on somebody's worst evening."""
    yield from (fault("contact_placeholder", name, phone) for name, phone in _listed(said) if _left_open(phone))
    if not said.crisis_contacts:
        yield warning("no_crisis_contact")
    if None not in said.local_policy:
        yield warning("no_local_policy")
    if not said.administrators:
        yield warning("no_administrators")
    if not said.legal_people:
        yield warning("no_legal_people")


def _listed(said: Organisation) -> Iterator[tuple[str, str]]:
    """Everybody who is named for others to ring, with the number."""
    yield from ((one.name, one.phone) for one in (said.legal_staff, *said.crisis_contacts))
    if data := said.data_protection_contact:
        yield data.name, data.phone


def _left_open(phone: str) -> bool:
    """As all numbers of the example are: no Danish number begins with 00 00."""
    return "".join(filter(str.isdigit, phone.removeprefix("+45"))).startswith("0000")


def _workplaces(said: Organisation) -> Iterator[Finding]:
    for place in said.workplaces:
        if place.stand_in is None:
            yield warning("workplace_without_stand_in", place.name)
        if not place.group:
            yield warning("workplace_without_group", place.name)


def _leaders(said: Organisation) -> Iterator[Finding]:
    leaders = {place.leader: place.name for place in said.workplaces}
    for person in said.people:
        if person.id in leaders and not person.phone:
            yield warning("leader_without_phone", person.name, leaders[person.id])

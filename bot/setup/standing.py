"""What is in force: people, places, limits and local changes, as they were last read and found sound.

One holder for all who need them. A turn holds on to what was in force when it began, so it sees the old or the new and
never a little of both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from bot.setup.faults import Fault
from bot.setup.organisation import Organisation, read_organisation
from bot.setup.overlay import Overlays, no_overlays, read_overlays, unknown_places
from casework.local import Guide, Policy
from casework.vocabulary import WorkplaceId

_HELD: ContextVar["InForce | None"] = ContextVar("in_force", default=None)


@dataclass(frozen=True)
class Sources:
    """Where it is read: `organisation.toml`, and the folder of local changes, if there is one."""

    organisation: Path
    overlay: Path | None = None


@dataclass(frozen=True, eq=False)
class InForce:
    """Settings that may change while Værn runs. Never changed: replaced as a whole."""

    organisation: Organisation
    overlays: Overlays

    def administration(self, workplace: WorkplaceId | None) -> str | None:
        """The workplace's administration, if it is known and has one."""
        found = self.organisation.workplaces_by_id.get(workplace) if workplace else None
        return found.administration if found else None

    def policy(self, workplace: WorkplaceId | None) -> Policy | None:
        """The guidelines for what colleagues do to each other: the administration's, or the organisation's."""
        policies = self.organisation.local_policy
        return policies.get(self.administration(workplace)) or policies.get(None)

    def guide(self, workplace: WorkplaceId | None) -> Guide:
        """What people of that workplace are told by, and cases that are handled there."""
        return self.overlays.guide(self.administration(workplace))


class Standing:
    """What is in force now, and from the next turn on."""

    def __init__(self, organisation: Organisation, overlays: Overlays | None = None) -> None:
        self._newest = InForce(organisation, overlays or no_overlays())

    @property
    def now(self) -> InForce:
        """What this turn goes by; outside a turn, the newest."""
        return _HELD.get() or self._newest

    @property
    def organisation(self) -> Organisation:
        return self.now.organisation

    def put(self, newest: InForce) -> None:
        """In force from the next turn on. What is under way goes on with what it began with."""
        self._newest = newest

    @contextmanager
    def held(self) -> Iterator[InForce]:
        """For the length of one turn, and of the tasks it starts."""
        token = _HELD.set(self._newest)
        try:
            yield self._newest
        finally:
            _HELD.reset(token)


def read_in_force(sources: Sources) -> tuple[InForce | None, tuple[Fault, ...]]:
    """Everything read and checked together, or None and all that has to be put right first."""
    organisation, faults = read_organisation(sources.organisation)
    overlays, overlay_faults = read_overlays(sources.overlay)
    if organisation is None or overlays is None:
        return None, (*faults, *overlay_faults)
    known = frozenset(place.administration for place in organisation.workplaces if place.administration)
    if unknown := unknown_places(overlays, known):
        return None, unknown
    return InForce(organisation, overlays), ()

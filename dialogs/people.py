"""Colleagues by name, as people write them: one hit is taken, of several we ask which, none is said."""

import re
from collections.abc import Iterable

from casework.people import Person
from casework.vocabulary import PersonId
from dialogs.asking import Desk, Fault

BETWEEN = re.compile(r"[,;&\n]|\b(?:og|and)\b", re.IGNORECASE)


def names_in(text: str) -> tuple[str, ...]:
    """The names, or ids from a card's own choice, that stand in a field."""
    return tuple(dict.fromkeys(" ".join(part.split()) for part in BETWEEN.split(text) if part.strip()))


async def find(
    desk: Desk, text: str, field: str, *, among: Iterable[PersonId] = ()
) -> tuple[tuple[PersonId, ...], tuple[Fault, ...]]:
    """Everybody named in a field, and a fault for each name that is nobody or several. `among`: chosen before."""
    chosen = set(among)
    meant = {name: _one(name, await desk.search(name), chosen) for name in names_in(text)}
    found = tuple(one.id for one in meant.values() if isinstance(one, Person))
    return found, tuple(
        Fault(field, "person_ambiguous" if hits else "person_unknown", {"name": name}, hits, found)
        for name, hits in meant.items()
        if not isinstance(hits, Person)
    )


def _one(name: str, hits: tuple[Person, ...], chosen: set[PersonId]) -> Person | tuple[Person, ...]:
    """The one that is meant, or all it may be. Who was chosen before, or is written in full, is meant."""
    exact = [hit for hit in hits if name.casefold() in (hit.name.casefold(), hit.mail.casefold(), hit.id)]
    before = [hit for hit in hits if hit.id in chosen]
    for fewer in (exact, before, [hit for hit in exact if hit.id in chosen], hits):
        if len(fewer) == 1:
            return fewer[0]
    return hits

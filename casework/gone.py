"""A piece that somebody gave; and what is said of one that is not there any more: the truth to whoever knew of it, to
others that there is none.
"""

from casework.case import Case, Item
from casework.vocabulary import ItemId, PersonId, Refused


def their_own(case: Case, item: ItemId | None, person: PersonId) -> Item:
    """The piece, if this person gave it: only they say what it is, or take it out of a draft."""
    found = case.items.get(item) if item else None
    if found is None or found.given_by != person:
        raise why_not_there(case, item, person)
    return found


def why_not_there(case: Case, item: ItemId | None, person: PersonId) -> Refused:
    """For whoever is let into the case already, and asks for a piece that is not theirs to have."""
    if item in case.custody.destroyed and person == case.reporter:
        return Refused("item_destroyed")
    withdrawn = case.custody.withdrawn.get(item) if item else None
    if withdrawn is not None and person in _knew_of_it(case, withdrawn.item):
        return Refused("item_withdrawn")
    return Refused("not_yours")


def _knew_of_it(case: Case, piece: Item) -> set[PersonId | None]:
    """Who gave it, who asked them to, who has the case, and the one it happened to when it is one and they are told."""
    alone = case.affected if len(case.affected) == 1 else ()
    told = [one for one in alone if one in case.told]
    return {piece.given_by, piece.given_for, case.recipient, *told}

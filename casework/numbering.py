"""What a piece of evidence is called: the case counts every piece once. A colleague who only documents is told by
their own count, or the number would tell how much there is besides.
"""

from casework import events as e
from casework.case import Case
from casework.vocabulary import ItemId, PersonId


def number_for(case: Case, item: ItemId, reader: PersonId) -> int:
    """Also of what is not there any more. 0: it is no piece of evidence, or not theirs to speak of."""
    received = [event for event in case.log if isinstance(event, e.EvidenceReceived)]
    if only_documents(case, reader):
        own = [event.item for event in received if event.by == reader]
        return own.index(item) + 1 if item in own else 0
    return next((event.number for event in received if event.item == item), 0)


def only_documents(case: Case, person: PersonId) -> bool:
    """Whoever was asked to, now or before, and has had no other part in it."""
    others = {case.reporter, case.recipient, *case.formers, *case.affected, *case.custody.consulted}
    return person in case.documenting.people and person not in others

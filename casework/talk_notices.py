"""Who must see what the leader and an affected person say to each other: (to, kind, about, fresh)."""

from collections.abc import Iterator

from casework import events as e
from casework.case import Case
from casework.messages import unopened, unread
from casework.vocabulary import Answer, PersonId

Asked = tuple[PersonId | None, str, str, bool]
CARDS_OF_THEIR_OWN = frozenset({"follow_up", "silent", "unread", "next_talk", "check_in"})
"""Reminders that are no reminder card."""


def card_of(kind: str, reminder: str) -> tuple[str, str]:
    """The card that says such a reminder, and what it is about: of words that lie unread, their thread."""
    return ("messages", reminder.split(":")[1]) if kind == "unread" else (kind, reminder)


def card_saying(kind: str, reminder: str) -> tuple[str, str]:
    """The card of any reminder to one person."""
    return card_of(kind, reminder) if kind in CARDS_OF_THEIR_OWN else ("reminder", reminder)


def of_the_talk(before: Case, case: Case, event: e.TalkEvent) -> Iterator[Asked]:
    """Words and points come anew at the bottom of the chat; receipts and answers change what is there.

    Whoever has not opened the case has only its neutral notice, which then comes anew.
    """
    for to, kind, about, fresh in _of_the_talk(before, case, event):
        hidden = unopened(case, to) and kind in ("messages", "points")
        yield (to, "case", "", fresh) if hidden else (to, kind, about, fresh)


def _of_the_talk(before: Case, case: Case, event: e.TalkEvent) -> Iterator[Asked]:
    match event:
        case e.UpdateGiven():
            yield from ((person, "messages", person, True) for person in event.people)
        case e.MessageWritten() if event.by == event.person:
            # of several at once the first is news: the card says how many wait
            yield case.recipient, "messages", event.person, not unread(before, event.person, of_person=True)
        case e.MessageWritten():
            yield event.person, "messages", event.person, True
            yield from _card_of_the_leader(case, event.person)
        case e.MessagesRead():
            yield from _receipt(case, event)
        case e.PointsWritten():
            yield event.person, "points", event.person, True
        case e.PointsAnswered():
            yield case.recipient, "points", event.by, event.answer is Answer.NO
        case e.TalkInvited():
            yield event.person, "points", event.person, False
    if isinstance(event, e.PointsWritten) and event.next_talk is not None:
        newest = case.talk.agreed(event.person)
        if newest is not None and newest.invited is None:
            yield case.recipient, "invitation", event.person, False


def _receipt(case: Case, event: e.MessagesRead) -> Iterator[Asked]:
    """On the card of whoever wrote it; the leader's stands on the case card too."""
    if event.by == event.person:
        yield from _card_of_the_leader(case, event.person)
        yield case.recipient, "case", "", False
    elif any(said.by != event.person for said in case.talk.thread(event.person)):
        yield event.person, "messages", event.person, False


def _card_of_the_leader(case: Case, person: PersonId) -> Iterator[Asked]:
    """Only where there is one: whoever was never written to has none."""
    if any(said.by == person for said in case.talk.thread(person)):
        yield case.recipient, "messages", person, False

"""What stands between the leader and one affected person, for the two of them and nobody else."""

from collections.abc import Iterator
from datetime import datetime

from casework import events as e
from casework import views as w
from casework.case import Case
from casework.messages import asked_to_write, heard, hearers, silent, unread
from casework.projections.common import Texts, text_of
from casework.reminder import Reminder
from casework.state.talk import Message, Points
from casework.state.wellbeing import day_of
from casework.talk import next_talks
from casework.vocabulary import Answer, GoingOn, PersonId, Stage
from casework.wellbeing import wants

MOST_MESSAGES = 4
"""On the card, the latest; each may be a long one."""
FIVE_DAYS = 5
WRITTEN = (e.UpdateGiven, e.MessageWritten)


def talk_line(case: Case, person: PersonId, texts: Texts, *, mine: bool) -> w.TalkLine:
    """For the person's own card, or for a line on the leader's: there without words."""
    last, thread, points = heard(case, person), case.talk.thread(person), case.talk.agreed(person)
    theirs, leaders = _latest(thread, person, of_person=True), _latest(thread, person, of_person=False)
    return w.TalkLine(
        person=person,
        heard_at=last[0] if last else None,
        heard_from=last[1] if last else None,
        unread=len(unread(case, person, of_person=not mine)),
        said=_line(leaders, texts if mine else None) if leaders else None,
        written=_line(theirs) if theirs else None,
        points=_points_state(points),
        next_talk=dict(next_talks(case)).get(person),
        asked_to_write_at=asked_to_write(case, person),
    )


def talk_lines(case: Case, texts: Texts) -> tuple[w.TalkLine, ...]:
    """A line for everybody the leader can write to."""
    return tuple(talk_line(case, person, texts, mine=False) for person in hearers(case))


def talk_people(case: Case) -> tuple[PersonId, ...]:
    """Whom the leader can write to."""
    return hearers(case)


def _latest(thread: tuple[Message, ...], person: PersonId, *, of_person: bool) -> Message | None:
    return next((said for said in reversed(thread) if (said.by == person) is of_person), None)


def _line(said: Message, texts: Texts | None = None) -> w.MessageLine:
    return w.MessageLine(said.by, said.at, text_of(texts or {}, said.item), said.read_by, said.read_at)


def _points_state(points: Points | None) -> str:
    if points is None:
        return "none"
    return {None: "waits", Answer.YES: "agreed", Answer.NO: "unfit"}[points.answer]


def _sides(case: Case, person: PersonId, reader: PersonId) -> bool | None:
    """Whether the reader is the person (True) or has the case (False); None: neither, or not told yet."""
    if person not in hearers(case):
        return None
    return True if reader == person else False if reader == case.recipient else None


def messages_view(case: Case, person: PersonId, reader: PersonId, texts: Texts) -> w.MessagesView | None:
    """The leader's words stand there as they are; the person's own only that they were written, and when."""
    mine = _sides(case, person, reader)
    if mine is None:
        return None
    thread, last = case.talk.thread(person), heard(case, person)
    shown = (_line(said, texts if said.by != person else None) for said in thread[-MOST_MESSAGES:])
    return w.MessagesView(
        case=case.id,
        version=case.version,
        person=person,
        leader=case.recipient or PersonId(""),
        mine=mine,
        lines=tuple(shown),
        earlier=max(len(thread) - MOST_MESSAGES, 0),
        unread=len(unread(case, person, of_person=not mine)),
        heard_at=last[0] if last else None,
    )


def words_of(
    case: Case, person: PersonId, messages: tuple[Message, ...], texts: Texts, page: int, *, mine: bool = False
) -> Iterator[w.WordsView]:
    """Whole, in pages. `mine`: for whoever wrote them."""
    pages = [
        (said, text[start : start + page])
        for said in messages
        for text in (texts.get(said.item, ""),)
        for start in range(0, max(len(text), 1), page)
    ]
    for number, (said, text) in enumerate(pages, 1):
        line = _line(said) if mine else None
        yield w.WordsView(case.id, case.version, person, said.at, text, last=number == len(pages), mine=line)


def update_view(case: Case, reader: PersonId) -> w.WritingView | None:
    """Two lines to those who have been told; None when there is nobody to write to, or the case is another's."""
    people = hearers(case)
    if reader != case.recipient or not people:
        return None
    return w.WritingView(case.id, case.version, people[0], people, update=True)


def writing_view(case: Case, person: PersonId, reader: PersonId) -> w.WritingView | None:
    """Words to the other one."""
    mine = _sides(case, person, reader)
    if mine is None:
        return None
    to = (case.recipient or PersonId(""),) if mine else (person,)
    return w.WritingView(case.id, case.version, person, to, mine=mine)


def sent_view(case: Case, reader: PersonId, texts: Texts, words: str) -> w.SentView | None:
    """That these words of the reader's, the last they wrote, are sent. None: the last they wrote was something else."""
    own = (event for event in reversed(case.log) if isinstance(event, WRITTEN) and event.by == reader)
    last = next(own, None)
    if last is None or texts.get(last.words) != words:
        return None
    if isinstance(last, e.UpdateGiven):
        return w.SentView(case.id, case.version, last.people, last.at, words)
    mine = last.person == reader
    to = (case.recipient or PersonId(""),) if mine else (last.person,)
    return w.SentView(case.id, case.version, to, last.at, "" if mine else words, mine)


def points_view(case: Case, person: PersonId, reader: PersonId, texts: Texts) -> w.PointsView | None:
    """For the person when there is something agreed; for the leader also before, to write it down."""
    leads, points = reader == case.recipient and person in case.affected, case.talk.agreed(person)
    mine = reader == person and person in case.told and not leads
    if not (leads or mine and points) or person in case.excluded:
        return None
    view = w.PointsView(case.id, case.version, person, case.recipient or PersonId(""), mine)
    if points is None:
        return view
    lying = {said.item for said in unread(case, person, of_person=True)}
    return _filled(view, points, texts, unopened=not mine and points.words in lying)


def _filled(view: w.PointsView, points: Points, texts: Texts, *, unopened: bool) -> w.PointsView:
    """What the person wrote to it is a message too, and on the leader's card as hidden as that until it is opened."""
    return w.PointsView(
        view.case,
        view.version,
        view.person,
        view.leader,
        view.mine,
        number=points.number,
        by=points.by,
        at=points.at,
        help=text_of(texts, points.help),
        tells=text_of(texts, points.tells),
        contact=text_of(texts, points.contact),
        other=text_of(texts, points.other),
        next_talk=points.next_talk,
        answer=points.answer,
        answered_at=points.answered_at,
        words="" if unopened else text_of(texts, points.words),
        invited=points.invited,
        unopened=unopened,
    )


def silent_view(case: Case, now: datetime) -> w.SilentView | None:
    """None when everybody has heard something meanwhile."""
    people = silent(case, now)
    return w.SilentView(case.id, case.version, people, case.pace.silent_days) if people else None


def next_talk_view(case: Case, reminder: Reminder, reader: PersonId) -> w.NextTalkView | None:
    """Whose talk it is stands in the reminder's time."""
    found = (p for p, at in next_talks(case) if f":{p}:" in reminder.id and at.isoformat() in reminder.id)
    person = next(found, None)
    if person is None or reminder.until is None:
        return None
    leader = case.recipient or PersonId("")
    return w.NextTalkView(case.id, case.version, person, leader, reader == person, reminder.until)


def check_in_view(case: Case, reader: PersonId, name: str = "") -> w.CheckInView | None:
    """The check-in of that name; without one, only whether more of them come."""
    if reader not in hearers(case) or case.stage not in (Stage.OPEN, Stage.CLOSED):
        return None
    day, told = day_of(name) if name else 0, case.circumstances
    lasts = day > FIVE_DAYS or told is not None and told.going_on is GoingOn.MORE_THAN_FIVE_DAYS
    leader = case.recipient or PersonId("")
    return w.CheckInView(case.id, case.version, leader, day, lasts, off=not wants(case, reader))

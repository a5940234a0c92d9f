"""Who must be told what, found the slow way: by looking at every minute in turn.

Written apart from the code it judges, whose modules about time it must not import. Moments are whole minutes since
1970, UTC. It learns the facts of a case one by one, and says what is owed at a minute.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework import events as e
from casework.vocabulary import FollowUpAnswer
from tests.minutes import (
    DAY_LONG,
    HOUR,
    Telling,
    at_nine,
    at_nine_of_a_working_day,
    at_nine_where_people_work,
    day_off,
    first_by_day,
    minute,
    moment,
    shown,
    working_days_later,
)

ORDER = ["police_2", "police_6", "police_12", "police_passed", "police_24", "police_48"]
GROUP = None
ENDS_WITH = "analysis:351:"
"""Of what comes again and again, the last; of a measure it is its 720th day."""
A_LITTLE_LATE = 10


@dataclass(frozen=True)
class Owed:
    """Something to be said. `ends`: the deadline before which it must be said; 0: any time."""

    name: str
    to: str | None
    minute: int
    legal: bool = False
    episode: str = ""
    ends: int = 0

    @property
    def kind(self) -> str:
        return self.name.split(":")[0]


@dataclass(frozen=True)
class Told:
    """One person's round: `names` are the messages, the most pressing first."""

    names: tuple[str, ...]
    covers: frozenset[str]
    later: dict[str, int]


class Oracle:
    def __init__(self) -> None:
        self.tellings: dict[str, Telling] = {}
        self.history: dict[str, list[tuple[int, int]]] = {}  # episode → (began, told) that stood in the open case
        self.affected: tuple[str, ...] = ()
        self.named: dict[str, int] = {}
        self.told: dict[str, int] = {}
        self.asked: dict[tuple[str, str], int] = {}  # (episode, person) → when the question was put
        self.contradicted: dict[tuple[str, str], int] = {}  # and when an answer given for them was taken down again
        self.unanswered: set[tuple[str, str]] = set()
        self.outcomes: set[tuple[str, str | None]] = set()
        self.said: set[str] = set()
        self.put_off: dict[str, int] = {}
        self.sent = 0
        self.leader: str | None = None
        self.group = False
        self.closed = False
        self.safetynet_open, self.safetynet_owner, self.safetynet_done = True, None, 0
        self.first_told: dict[str, int] = {}
        self.analysis: e.AnalysisFinished | None = None
        self.settled_measures: set[str] = set()
        self.given: dict[str, tuple[str, int, str, int]] = {}  # measure → whose, its day's first minute, it, since when

    # -- learning ----------------------------------------------------------------------------------------------

    def learn(self, event: e.Event) -> None:
        now = minute(event.at)
        match event:
            case e.WhomTold():
                self.affected = event.affected
            case e.EpisodeTold() | e.EpisodeCorrected():
                self._telling(event.episode, minute(event.began_at), now)
            case e.ReportSent():
                self._sent(event, now)
            case e.AffectedNamed():
                self.affected = (*self.affected, *event.people)
                self.named.update(dict.fromkeys(event.people, now))
            case e.AffectedTold():
                self.told[event.person] = now
            case e.OutcomeRecorded():
                self.outcomes.add((event.episode, event.person))
            case e.ConsentAsked() | e.ConsentAnswered() | e.ConsentAnsweredOrally():
                self._accept(event, (event.episode, event.person), now)
            case e.ConsentWithdrawn():
                self.unanswered.discard((event.episode, event.person))
            case e.ConsentContradicted():
                self.contradicted[event.episode, event.person] = now
                self.unanswered.add((event.episode, event.person))
            case e.StepTaken():
                self.safetynet_owner = event.by
            case e.StepCompleted():
                self.safetynet_open, self.safetynet_done = False, now
            case e.AnalysisFinished():
                self.analysis = event
            case e.MeasureAssigned():
                begins = datetime.combine(event.due, time(), ZoneInfo("Europe/Copenhagen"))
                self.given[event.measure] = event.owner, minute(begins), event.due.isoformat(), now
            case e.FollowedUp():
                under_way = {event.measure} if event.answer is FollowUpAnswer.UNDER_WAY else set()
                self.settled_measures = (self.settled_measures | {event.measure}) - under_way
            case e.Reminded():
                self.said |= {event.reminder, *event.covers}
                self.put_off |= dict(zip(event.later, map(minute, event.mornings), strict=True))

    def _accept(self, event: e.Event, question: tuple[str, str], now: int) -> None:
        self.contradicted.pop(question, None)
        if isinstance(event, e.ConsentAsked):
            self.asked[question] = now
            self.unanswered.add(question)
        else:
            self.asked.setdefault(question, now)
            self.unanswered.discard(question)

    def _telling(self, episode: str, began: int, now: int) -> None:
        self.first_told.setdefault(episode, now)
        self.tellings[episode] = Telling(episode, began, max(self.sent, now))
        # before the report is sent only the last word on it counts
        self.history[episode] = [*(self.history.get(episode, []) if self.sent else []), (began, now)]

    def _sent(self, event: e.ReportSent, now: int) -> None:
        self.sent, self.leader, self.group = now, event.recipient, event.group is not None
        self.told = {event.by: now} if event.by in self.affected else {}
        for telling in self.tellings.values():
            telling.since = max(telling.since, now)

    # -- saying ------------------------------------------------------------------------------------------------

    def owed(self, until: int) -> list[Owed]:
        """All that falls up to that minute as things stand, and was not said."""
        for telling in self.tellings.values():
            telling.look_until(until)
        return [row for row in self._rows(until) if row.minute <= until and row.name not in self.said]

    def still(self, name: str, now: int) -> bool:
        """Whether what was said by that name is still true, and so may reach somebody now."""
        rows = [row for row in self._rows(now + DAY_LONG) if row.name == name]
        return any(not row.ends or now < row.ends for row in rows)

    def _rows(self, until: int) -> list[Owed]:
        of_the_open = [] if self.closed else [*self._police(), *self._safetynet()]
        rows = [*of_the_open, *self._learning(until)]
        return [replace(row, minute=self.put_off.get(row.name, row.minute)) for row in rows]

    def tells(self, until: int) -> dict[str, int]:
        """Affected people who must hear of it by then → from which minute on."""
        found = {}
        for person in self.affected if not self.closed else ():
            hurried = [self._hurried(telling, person, until) for telling in self.tellings.values()]
            named = self.named.get(person, 0)
            known = min(max(telling.since, named) for telling in self.tellings.values())
            moment = min((at for at in hurried if at), default=0) or working_days_later(known, 3)
            if person not in self.told and moment <= until:
                found[person] = moment
        return found

    def _hurried(self, telling: Telling, person: str, until: int) -> int:
        """By when that deadline wants the person to have heard; 0 where it could not be reached any more."""
        telling.look_until(until)
        known = max(telling.since, self.named.get(person, 0))
        falls = telling.falls.get(24, until + 1)
        at = falls if falls >= known else first_by_day(known)
        return at if at < telling.ends else 0

    def asks(self, until: int) -> dict[tuple[str, str], int]:
        """Police accepts that must be asked by then → from which minute on."""
        found = {}
        for episode, person in self._open() if not self.closed else ():
            if person not in self.told or (episode, person) in self.asked:
                continue
            telling = self.tellings[episode]
            telling.look_until(until)
            known = max(telling.since, self.told[person])
            moment = max(known, telling.falls.get(24, until + 1))
            if known < telling.ends and moment <= until:
                found[episode, person] = moment
        return found

    def _open(self) -> Iterator[tuple[str, str | None]]:
        for episode in self.tellings:
            for person in self.affected or (None,):
                if (episode, person) not in self.outcomes:
                    yield episode, person

    def _police(self) -> Iterator[Owed]:
        waiting = list(self._open())
        for episode in dict.fromkeys(episode for episode, _ in waiting):
            yield from self._leaders(self.tellings[episode])
        for episode, person in waiting:
            if person in self.told:
                yield from self._affecteds(self.tellings[episode], person)

    def _leaders(self, telling: Telling) -> Iterator[Owed]:
        for hours, falls in telling.together.items() if telling.since < telling.ends else ():
            if falls >= telling.since:
                yield self._before(telling, hours, self.leader, falls)
            elif hours == 2:  # the last one always comes
                yield self._before(telling, hours, self.leader, telling.since)
        yield from self._passed(telling, self.leader, self.sent)

    def _affecteds(self, telling: Telling, person: str) -> Iterator[Owed]:
        question = (telling.episode, person)
        heard = max(self.told[person], self.asked.get(question, 0), self.contradicted.get(question, 0))
        if question in self.unanswered and telling.since < telling.ends:
            for hours in (24, 6):
                falls = max(telling.falls.get(hours, telling.ends), telling.since)
                if heard < falls < telling.ends:
                    yield self._before(telling, hours, person, falls)
        yield from self._passed(telling, person, heard)

    def _before(self, telling: Telling, hours: int, to: str | None, falls: int) -> Owed:
        name = _name(f"police_{hours}", telling, to)
        return Owed(name, to, falls, True, telling.episode, telling.ends)

    def _passed(self, telling: Telling, to: str | None, heard: int) -> Iterator[Owed]:
        turned = max(telling.ends, telling.since)
        ever_ahead = any(began + 72 * HOUR > max(told, self.sent) for began, told in self.history[telling.episode])
        name = _name("police_passed", telling, to)
        again = telling.since >= telling.ends and self._said_of_another(name)
        if heard < turned and ever_ahead and not again:
            yield Owed(name, to, first_by_day(turned), True, telling.episode)

    def _said_of_another(self, name: str) -> bool:
        kind, episode, *_, to = name.split(":")
        return any(
            said != name and said.startswith(f"{kind}:{episode}:") and said.endswith(f":{to}") for said in self.said
        )

    def _safetynet(self) -> Iterator[Owed]:
        seats = {"owner": self.safetynet_owner or self.leader}
        if self.group and self.safetynet_owner is None:
            seats["group"] = GROUP
        fallen = set()
        for telling in sorted(self.tellings.values(), key=lambda telling: (telling.began, telling.episode)):
            for kind, falls in self._days_of(telling) if self.safetynet_open else ():
                for seat, person in seats.items() if falls not in fallen else ():
                    yield Owed(_name(kind, telling, seat), person, falls)
                fallen.add(falls)
        if not self.safetynet_open:
            yield from self._told_since()

    def _days_of(self, telling: Telling) -> list[tuple[str, int]]:
        days = [day for day in (3, 7, 12) if at_nine(telling.began, day) >= telling.since]
        late = "safetynet_14", at_nine_of_a_working_day(telling.since)
        return [(f"safetynet_{day}", _worked(telling, day)) for day in days] or [late]

    def _told_since(self) -> Iterator[Owed]:
        """Of those of one morning the earliest episode."""
        fallen = set()
        for telling in sorted(self.tellings.values(), key=lambda telling: (telling.began, telling.episode)):
            falls = at_nine_of_a_working_day(telling.since)
            if self.first_told[telling.episode] > self.safetynet_done and falls not in fallen:
                fallen.add(falls)
                yield Owed(f"safetynet_new:{telling.episode}", self.safetynet_owner or self.leader, falls)

    def _learning(self, until: int) -> Iterator[Owed]:
        if self.analysis is None:
            months = (21 + 30 * month for month in range(1, 12))
            for days in (14, 21, *months) if until >= self.sent + 13 * DAY_LONG else ():
                name = f"analysis:{days}:{moment(self.sent).isoformat()}"
                yield Owed(name, GROUP if self.group else self.leader, at_nine_where_people_work(self.sent, days))
            return
        to, done = self.analysis.by, minute(self.analysis.at)
        for place, measure in enumerate(self.analysis.measures):
            if measure in self.settled_measures:
                continue
            if measure in self.given:
                owner, begins, day, given = self.given[measure]
                for days in range(0, 750, 30):
                    falls = at_nine_where_people_work(begins, days) if days else _by_its_day(begins, given)
                    yield Owed(f"follow_up:{measure}:{day}+{days}:{owner}", owner, falls)
                continue
            for days in (30, 90, *(90 + 30 * more for more in range(1, 22))):
                if until >= done + (days - 1) * DAY_LONG:
                    falls = at_nine_where_people_work(done, days, place)
                    yield Owed(f"follow_up:{measure}:{days}:{to}", to, falls)

    # -- one round -----------------------------------------------------------------------------------------------

    def messages(self, now: int) -> dict[str | None, Told]:
        """Person → what they must get now, what it stands for, and what they must get another morning."""
        waiting = self.owed(now)
        return {to: self._told([row for row in waiting if row.to == to], now) for to in {row.to for row in waiting}}

    def _told(self, waiting: list[Owed], now: int) -> Told:
        chosen = self._holds(waiting, now)
        names, late = [chosen.name], any(now - row.minute > A_LITTLE_LATE for row in waiting)
        unspoken = [row for row in waiting if row.name != chosen.name]
        for row in sorted(unspoken, key=_turn):
            newer = any(_same(row, other) and _turn(other) > _turn(row) for other in waiting)
            if not (late or row.legal or newer or _same(row, chosen)):
                names.append(row.name)
        spoken = [row for row in [*waiting, chosen] if row.name in names]
        rest = [row for row in unspoken if row.name not in names]
        lost = [
            row for row in sorted(rest, key=_turn) if self._ends(row) and not any(_same(row, one) for one in spoken)
        ]
        free = iter(self._free_mornings(chosen.to, {row.name for row in waiting}, now))
        later = {row.name: next(free) for row in lost}
        return Told(tuple(names), frozenset(row.name for row in rest) - later.keys(), later)

    def _ends(self, row: Owed) -> bool:
        """Whether nothing of it comes after, so that nobody would hear of it again."""
        if row.kind.startswith("safetynet"):
            coming = (one for one in self._rows(row.minute) if one.to == row.to and one.name not in self.said)
            return not any(_same(row, one) and _turn(one) > _turn(row) for one in coming)
        return not row.legal and (row.name.startswith(ENDS_WITH) or row.name.split(":")[2].split("+")[-1] == "720")

    def _free_mornings(self, to: str | None, waiting: set[str], now: int) -> Iterator[int]:
        rows = self._rows(now + 40 * DAY_LONG)
        taken = {row.minute for row in rows if row.to == to and row.name in self.put_off.keys() - waiting - self.said}
        yield from (at for at in (at_nine(now, days) for days in range(1, 40)) if at not in taken)

    def _holds(self, waiting: list[Owed], now: int) -> Owed:
        legal = [row for row in waiting if row.legal]
        if not legal:
            return max(waiting, key=lambda row: (row.minute, row.name))
        true = [row for row in legal if not row.ends or now < row.ends]
        return _first(true or self._passed_of(legal, now))

    def _passed_of(self, missed: Iterable[Owed], now: int) -> list[Owed]:
        """Their hours ran out while we were down, and the morning has not come."""
        places = {(row.to, row.episode) for row in missed}
        coming = [row for row in self._rows(now) if row.name not in self.said]
        return [row for row in coming if row.kind == "police_passed" and (row.to, row.episode) in places]


def _worked(first: Telling, days: int) -> int:
    """Nine on that day or the first after it, to the fourteenth, on which people work; else on the last before it."""
    began = moment(first.began).astimezone(ZoneInfo("Europe/Copenhagen")).date()
    then = [day for day in (*range(days, 15), *range(days - 1, 0, -1)) if not day_off(began + timedelta(days=day))]
    falls = at_nine(first.began, then[0] if then else days)
    return falls if falls >= first.since else at_nine(first.began, days)


def _by_its_day(begins: int, given: int) -> int:
    """Nine on that day; of a day off on the last before it on which people work, if it was given before that."""
    days = [at_nine(begins - back * DAY_LONG - 12 * HOUR, 1) for back in range(14)]
    falls = next(nine for nine in days if not day_off(shown(nine)[0]))
    return falls if falls > given else at_nine_where_people_work(begins, 0)


def _name(kind: str, telling: Telling, to: str | None) -> str:
    return f"{kind}:{telling.episode}:{moment(telling.began).isoformat()}:{to}"


def _first(rows: list[Owed]) -> Owed:
    return min(rows, key=lambda row: (ORDER.index(row.kind), row.ends or row.minute, row.name))


def _turn(row: Owed) -> tuple[int, str]:
    return row.minute, row.name


def _same(row: Owed, other: Owed) -> bool:
    """The same kind, of the same episode or measure; the numbered days of one are one kind."""
    return _about(row) == _about(other)


def _about(row: Owed) -> tuple[str, str]:
    kind, what, *_ = row.name.split(":")
    return kind.split("_1")[0].split("_3")[0].split("_7")[0], "" if kind == "analysis" or kind.startswith(
        "safetynet"
    ) else what

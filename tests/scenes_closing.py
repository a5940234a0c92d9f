"""The end of a case: what is missing, the question whether anything is, closed, and open again."""

from dataclasses import replace

from casework import views as w
from casework.plan import read_plan
from casework.vocabulary import ClosingAnswer, Reopened
from tests.scenes import ALI, CASE, HOSTILE, JONAS, LISE, LONG_WORDS, METTE, NADIA, NOW, PETER, SARA, SENT
from tests.scenes_case import leader
from tests.scenes_employee import OPENED, REPORTED, mine, told_for
from tests.scenes_group import reminder
from tests.scenes_pieces import DAY, FIVE, VERSION, done
from tests.scenes_removal import IS_GONE

DUE = SENT + 21 * DAY
UNTIL = NOW + 7 * DAY
NOTHING_DONE = tuple(w.ClosingLine(what, done=False) for what in ("safetynet", "police"))
DONE = tuple(w.ClosingLine(what, done=True) for what in ("safetynet", "police", "analysis"))


def closing(lines: tuple[w.ClosingLine, ...], *people: w.ClosingPerson, **changed: object) -> w.ClosingView:
    found = w.ClosingView(CASE, VERSION, lines, people, ready=False, can_ask=False)
    return replace(found, **changed)


def person(stands: str, who=METTE, **changed: object) -> w.ClosingPerson:
    return replace(w.ClosingPerson(who, stands, NOW - DAY, UNTIL), **changed)


EVERYBODY = (
    person("nothing"),
    person("enough", PETER),
    person("silent", LISE, until=NOW - DAY),
    person("not_told", NADIA),
    person("untold", ALI),
    person("unasked", SARA),
    person("unread", PETER),
    person("waiting", JONAS),
    person("something", METTE, words="Jeg har ikke hørt, om opslaget er væk."),
)
MISSING = w.MissingView(CASE, VERSION, JONAS, NOW, UNTIL, None, None, "", "open")
CLOSED = w.Ended(closed_at=NOW, closed_by=JONAS, journal="2026-118822")
NEW_EPISODE = w.Ended(reopened_at=NOW, reopened_by=METTE, because=Reopened.EPISODE)
AGAIN = w.Ended(reopened_at=NOW, reopened_by=METTE, because=Reopened.ASKED, why="Opslaget er kommet op igen.")
BY_ANOTHER = replace(AGAIN, reopened_by=None, why="")
ALL_DONE = tuple(done(row.id) for row in read_plan())
CLOSING = {
    "closing_nothing_done": closing(
        (*NOTHING_DONE, w.ClosingLine("analysis", done=False)), person("unasked"), can_ask=True
    ),
    "closing_taken": closing(
        (w.ClosingLine("safetynet", done=False, owner=SARA), *DONE[1:]), person("nothing"), can_ask=False
    ),
    "closing_unnamed": closing((NOTHING_DONE[0], w.ClosingLine("unnamed", done=False), DONE[2])),
    "closing_everybody": closing(
        (w.ClosingLine("safetynet", done=True, reasoned=True), DONE[1], w.ClosingLine("analysis", True, until=DUE)),
        *EVERYBODY,
        can_ask=True,
    ),
    "closing_ready": closing(
        (*DONE[:2], w.ClosingLine("analysis", True, owner=SARA, until=DUE)), person("nothing"), ready=True
    ),
    "closing_ready_unfit": closing(DONE, person("nothing"), ready=True, unfit=(METTE, LISE)),
    "closing_ready_with_nobody": closing(DONE, ready=True, journal="2026-118822"),
    "closing_largest": closing(
        NOTHING_DONE, *(person("something", who, words=LONG_WORDS) for who in FIVE * 3), can_ask=True
    ),
    "closing_hostile": closing(DONE, person("something", words=HOSTILE), can_ask=True),
    "missing": MISSING,
    "missing_nothing": replace(MISSING, answer=ClosingAnswer.NOTHING, answered_at=NOW),
    "missing_something": replace(MISSING, answer=ClosingAnswer.SOMETHING, answered_at=NOW, words=HOSTILE),
    "missing_closed": replace(MISSING, state="closed"),
    "missing_over": replace(MISSING, state="over"),
    "leader_closed": leader(ALL_DONE, closed=True, ended=CLOSED),
    "leader_closed_unfiled": leader(ALL_DONE, closed=True, ended=replace(CLOSED, journal="")),
    "leader_reopened": leader(ALL_DONE, ended=AGAIN),
    "leader_reopened_there_again": leader(ALL_DONE, ended=NEW_EPISODE, removal=IS_GONE),
    "leader_reopened_asked_there_again": leader(ALL_DONE, ended=AGAIN, removal=IS_GONE),
    "leader_reopened_hostile": leader(ALL_DONE, ended=replace(AGAIN, why=HOSTILE, journal=HOSTILE)),
    **{
        f"leader_reopened_for_{because}": leader(ALL_DONE, ended=replace(AGAIN, because=because, why=""))
        for because in (Reopened.EVIDENCE, Reopened.EPISODE, Reopened.POLICE)
    },
    "employee_closed": mine("closed", **OPENED, closed=True, next_step=None, outcomes=(REPORTED,), ended=CLOSED),
    "employee_reopened": mine("reopened", ended=AGAIN, headline_at=NOW),
    "employee_reopened_by_another": mine("reopened", ended=BY_ANOTHER, headline_at=NOW),
    "employee_asked_to_close": mine("seen", **OPENED, asked_to_close=True),
    "reporter_closed": told_for(seen_at=SENT, closed=True, ended=CLOSED),
    "reminder_closing": reminder("closing"),
}

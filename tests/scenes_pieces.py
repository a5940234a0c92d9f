"""What the views of the leader and the group are built of: lines of the plan, deadlines, accepts, evidence."""

from dataclasses import replace
from datetime import datetime, timedelta

from casework import views as w
from casework import vocabulary as v
from casework.plan import read_plan
from casework.views import Missing
from casework.vocabulary import ConsentKind, EpisodeId, ItemId, PersonId, StepId
from tests.scenes import ALI, EPISODE, JONAS, LISE, METTE, NADIA, NOW, PETER, SENT

VERSION = 12
FIRST = EpisodeId("episode-1")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEEN = SENT + HOUR
FIVE = (METTE, PETER, LISE, NADIA, ALI)
CITIZEN = ("case_handling", "ask_author", "ask_site", "datatilsynet", "injunction", "risk_assessment", "avoid_contact")


# -- pieces ----------------------------------------------------------------------------------------------------------


def deadline(number: int = 1, began: datetime = EPISODE, **changed: object) -> w.Deadline:
    until = began + timedelta(hours=72)
    found = w.Deadline(EpisodeId(f"episode-{number}"), began, v.Certainty.EXACT, until, passed=until <= NOW)
    return replace(found, **changed)


def evidence(number: int, media_type: str = "image/png", *shows: v.Shows) -> w.EvidenceLine:
    kind = v.ItemKind.TEXT if media_type == "text/plain" else v.ItemKind.FILE
    item = ItemId(f"9d3c1a2b7e5f4c60a1b2c3d4e5f6{number:04d}")
    return w.EvidenceLine(item, number, kind, media_type, 820_000, SENT - HOUR, shows)


EVIDENCE = (
    evidence(1, "image/png", v.Shows.WHOLE_POST, v.Shows.TIME),
    evidence(2, "application/pdf"),
    evidence(3, "text/plain", v.Shows.SENDER),
)


def police(person: PersonId | None = METTE, episode: w.Deadline | None = None, **changed: object) -> w.PoliceLine:
    at = episode or deadline()
    found = w.PoliceLine(
        at.episode, at.began_at, at.until, at.passed, person, None, None, None, False, None, None, None
    )
    return replace(found, **changed)


ASKED = {"asked_at": SEEN}
SAID_YES = ASKED | {"answer": v.Answer.YES, "answered_at": SEEN + HOUR / 2}
SAID_NO = ASKED | {"answer": v.Answer.NO, "answered_at": SEEN + HOUR / 2}


def consent(kind: ConsentKind, person: PersonId = METTE, **changed: object) -> w.ConsentLine:
    return replace(w.ConsentLine(kind, person, None, None, None, False, False, False), **changed)


LOCKED = {
    "ask_author": (
        Missing("step", StepId("documentation")),
        Missing("step", StepId("case_handling")),
        Missing("asked_removal", people=(METTE,)),
    ),
    "ask_site": (
        Missing("step", StepId("documentation")),
        Missing("asked_removal", people=(METTE,)),
        Missing("step", StepId("ask_author")),
    ),
    "datatilsynet": (Missing("step", StepId("ask_site")),),
    "injunction": (Missing("step", StepId("datatilsynet")),),
    "assess_police": (Missing("step", StepId("legal_staff")),),
    "police_consent": (Missing("step", StepId("legal_staff")),),
    "police_outcome": (Missing("step", StepId("legal_staff")),),
    "inform_colleagues": (Missing("answer_colleagues", people=(METTE,)),),
    "debriefing": (Missing("answer_colleagues", people=(METTE,)),),
}


def line(step: str, **changed: object) -> w.StepLine:
    """A step as it is when nothing has been done: open, or locked by what it waits for in the plan."""
    row = next(row for row in read_plan() if row.id == step)
    gaps = LOCKED.get(step, ())
    owner = None if row.owner == "group" else JONAS
    found = w.StepLine(
        row.id, row.number, row.section, "locked" if gaps else "open", owner, missing=gaps, mine=owner == JONAS
    )
    return replace(found, **changed)


def opened(step: str, **changed: object) -> w.StepLine:
    return line(step, **({"state": "open", "missing": ()} | changed))


def done(step: str, by: PersonId | None = JONAS, **changed: object) -> w.StepLine:
    at = SEEN + HOUR / 4 if by else None
    return line(step, **({"state": "done", "missing": (), "by": by, "at": at, "can_undo": by == JONAS} | changed))


def set_aside(step: str, reason: str = "Borgeren er flyttet, og vi har ikke længere kontakt.") -> w.StepLine:
    return done(step, state="set_aside", reason=reason)


def plan(*changed: w.StepLine, without: tuple[str, ...] = ()) -> tuple[w.StepLine, ...]:
    """All 21 steps, some of them as given."""
    given = {each.step: each for each in changed}
    return tuple(given.get(row.id) or line(row.id) for row in read_plan() if row.id not in without)

"""Having it removed: a rung's card in every state, what the case cards tell of it, and the reminder that follows."""

from dataclasses import replace
from datetime import date

from casework import views as w
from casework import vocabulary as v
from casework.platforms import read_platforms
from casework.vocabulary import AttemptId, RemovalEnd, RungWay, StepId
from tests.scenes import ALI, CASE, JONAS, LONG_WORDS, NOW
from tests.scenes_pieces import HOUR, VERSION, opened

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 20)
LATER = date(2026, 12, 1)
AUTHOR, SITE = StepId("ask_author"), StepId("ask_site")
EMPTY = w.RungView((), (), None, None, passed=False, nothing_online=False, may_reopen=True)
GONE = w.EndedLine(RemovalEnd.GONE, NOW - HOUR, JONAS)
NOTHING = w.EndedLine(RemovalEnd.NOTHING_TO_REMOVE, NOW - HOUR, JONAS)


def attempt(step: str = "ask_author", number: int = 1, **changed: object) -> w.AttemptLine:
    found = w.AttemptLine(AttemptId(f"attempt-{number}"), StepId(step), MONDAY, JONAS, LATER, "Besked på Messenger")
    return replace(found, **changed)


def empty_rung(step: str) -> w.RungView | None:
    """Nothing tried yet, as the leader sees it; None for any other step."""
    if step not in ("ask_author", "ask_site", "datatilsynet", "injunction"):
        return None
    told = {"shared": v.Shared.OPENLY, "forms": (v.Form.PRIVATE_INFORMATION, v.Form.DEGRADING)}
    return replace(EMPTY, platforms=("facebook",) if step == "ask_site" else (), **told)


def tried(*lines: w.AttemptLine, **changed: object) -> w.RungView:
    return replace(empty_rung(lines[0].step), attempts=lines, earlier=lines, **changed)


WAITING = tried(attempt(awaited=True))
ANSWERED = tried(attempt(replied_on=TUESDAY, reply="Nej, det bliver stående."), passed=True, next_step=SITE)
NO_ANSWER = tried(attempt(answer_by=FRIDAY), passed=True, next_step=SITE)
SEVERAL = tuple(
    attempt("ask_site", number, sent_on=day, details=f"{place} {LONG_WORDS}" if long else place)
    for number, (day, place, long) in enumerate(
        [(MONDAY, "Formularen på Facebook", False), (TUESDAY, "Avisen", False), (FRIDAY, "Gruppens ejer", False)]
        + [(FRIDAY, "Hjemmesiden", True)] * 6
    )
)
MEDIATION = attempt("injunction", way=RungWay.MEDIATION, by_letter=True, details="")
COURT = attempt("injunction", 2, way=RungWay.COURT, details="Gennem juridisk", sent_on=TUESDAY, awaited=True)
MANY = tuple(replace(line, reply=LONG_WORDS, replied_on=FRIDAY) for line in SEVERAL)
EVERYWHERE = tuple(platform.id for platform in read_platforms())

RUNGS = {
    "rung_author_waiting": (opened("ask_author", state="tried"), WAITING),
    "rung_author_answered": (opened("ask_author", state="tried"), ANSWERED),
    "rung_author_no_answer": (opened("ask_author", state="tried"), NO_ANSWER),
    "rung_author_gone": (opened("ask_author", state="done", owner=JONAS), tried(attempt(), ended=GONE)),
    "rung_author_nothing": (opened("ask_author", state="done"), replace(EMPTY, ended=NOTHING)),
    "rung_author_not_online": (opened("ask_author"), replace(EMPTY, nothing_online=True)),
    "rung_author_past": (opened("ask_author", state="done"), NO_ANSWER),
    "rung_site_several": (opened("ask_site", state="tried"), tried(SEVERAL[0], replace(SEVERAL[1], awaited=True))),
    "rung_site_unknown": (opened("ask_site"), replace(EMPTY, platforms=())),
    "rung_site_largest": (opened("ask_site", state="tried"), tried(*MANY, *SEVERAL, platforms=EVERYWHERE[:3])),
    "rung_datatilsynet_waiting": (opened("datatilsynet", state="tried"), tried(attempt("datatilsynet", awaited=True))),
    "rung_injunction_both": (opened("injunction", state="tried"), tried(MEDIATION, COURT)),
}
"""Name → the step's line and what its rung holds."""

LINE = w.RemovalLine(AUTHOR, MONDAY, 1, None, FRIDAY, TUESDAY)
DONE_SO_FAR = w.RemovalView((LINE, w.RemovalLine(SITE, FRIDAY, 2, None, LATER, None, ((MONDAY, TUESDAY),))))
BEFORE = tuple((day, TUESDAY if day is MONDAY else None) for day in (FRIDAY, TUESDAY, MONDAY, MONDAY, MONDAY))
ALL_FOUR = w.RemovalView(
    (
        *DONE_SO_FAR.lines,
        w.RemovalLine(StepId("datatilsynet"), FRIDAY, 1, None, FRIDAY, None),
        w.RemovalLine(StepId("injunction"), FRIDAY, 6, RungWay.MEDIATION, LATER, None, BEFORE),
    )
)
IS_GONE = replace(DONE_SO_FAR, ended=replace(GONE, by=None))
IS_AGAIN = replace(DONE_SO_FAR, again_at=NOW - HOUR)
IS_NOTHING = w.RemovalView((), replace(NOTHING, by=None))


def _unanswered(about: w.UnansweredView) -> w.ReminderView:
    step = opened(about.attempt.step, state="tried")
    return w.ReminderView(CASE, VERSION, "unanswered", "leader", None, (), step, None, unanswered=about)


UNANSWERED = {
    "reminder_unanswered": _unanswered(w.UnansweredView(attempt(answer_by=FRIDAY), SITE)),
    "reminder_unanswered_last": _unanswered(w.UnansweredView(replace(COURT, answer_by=FRIDAY), None)),
}
BY_ALI = replace(WAITING, attempts=(attempt(by=ALI),), earlier=(), may_reopen=False)

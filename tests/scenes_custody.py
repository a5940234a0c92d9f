"""Who has seen what, what was withdrawn or is held, and a case as the legal staff look into it: the largest of each."""

from dataclasses import replace
from functools import partial

from cards import custody, given
from casework import views as w
from casework.vocabulary import HandedOn, StepId
from tests.scenes import BIRGIT, CASE, HOSTILE, JONAS, KARIN, LISE, METTE, NOW, SENT
from tests.scenes_case import leader
from tests.scenes_pieces import DAY, EVIDENCE, HOUR, deadline
from tests.scenes_report import TEN, THIRTY

LATER = (NOW + 40 * DAY).date()
HELD = w.HoldLine(BIRGIT, NOW - 2 * HOUR, "Der er rejst en sag ved retten, og beviserne skal bruges i den.")
GONE = (w.WithdrawnLine(2, METTE, SENT + HOUR),)
MANY = tuple(w.WithdrawnLine(number, METTE, SENT + HOUR) for number in range(1, 31))


def happened(what: str, hours: float = 0, **more: object) -> w.Happened:
    return replace(w.Happened(what, JONAS, NOW + (hours - 22) * HOUR), **more)


EVERYTHING = (
    happened("announced", 20, day=LATER),
    happened("lifted", 19, by=BIRGIT, words="Sagen ved retten er afgjort."),
    happened("held", 18, by=BIRGIT, words=HELD.reason),
    happened("consulted", 17, by=BIRGIT),
    happened("withdrawn", 16, by=METTE, number=2),
    happened("made", 15),
    happened("letter", 14, step=StepId("ask_author")),
    happened("step", 13, by=LISE, step=StepId("safetynet")),
    happened("read", 12),
    happened("opened_account", 11),
    happened("opened", 10, number=1),
    happened("opened_case", 9),
)
HANDINGS = (*(happened(f"handed_{why.value}", by=KARIN, other=JONAS) for why in HandedOn),
            happened("destroyed", -1, by=METTE, number=1))  # fmt: skip
SEEN = w.CustodyView(CASE, 9, METTE, EVERYTHING, 1, 1)
LEGAL = w.LegalView(CASE, 9, JONAS, (METTE,), SENT, None, True, EVIDENCE, w.CustodyLines())


ONE = (deadline(),)


def of_theirs(lines, gone: w.CustodyLines, episodes=ONE):
    """What somebody has given, after Send."""
    own = [replace(line, mine=True) for line in lines]
    return lambda scene: given.what_shared(CASE, own, scene, episodes, scene.name(JONAS), paper=True, custody=gone)


CARDS = {
    "custody": SEEN,
    "custody_none": replace(SEEN, lines=()),
    "custody_handed_on": replace(SEEN, lines=HANDINGS, page=2, pages=3),
    "custody_largest": replace(
        SEEN, lines=tuple(happened("held", by=BIRGIT, words=HOSTILE * 9) for _ in range(12)), page=2, pages=90
    ),
    "what_shared_sent": of_theirs(EVIDENCE, w.CustodyLines()),
    "what_shared_withdrawn": of_theirs(EVIDENCE[:1], w.CustodyLines(HELD, GONE)),
    "what_shared_to_be_erased": of_theirs(EVIDENCE, w.CustodyLines(erase_on=LATER)),
    "what_shared_withdrawn_largest": of_theirs(
        THIRTY, w.CustodyLines(replace(HELD, reason=HOSTILE * 9), MANY, LATER), TEN
    ),
    "leader_withdrawn": leader(custody=w.CustodyLines(withdrawn=GONE)),
    "leader_held": leader(custody=w.CustodyLines(HELD, GONE)),
    "leader_to_be_erased": leader(custody=w.CustodyLines(erase_on=LATER)),
    "legal": LEGAL,
    "legal_held": replace(LEGAL, closed_at=NOW - DAY, custody=w.CustodyLines(HELD, GONE)),
    "legal_to_be_erased": replace(LEGAL, affected=(), closed_at=NOW - DAY, custody=w.CustodyLines(erase_on=LATER)),
    "legal_largest": replace(
        LEGAL, evidence=THIRTY, affected=(METTE, LISE), custody=w.CustodyLines(replace(HELD, reason=HOSTILE * 9), MANY)
    ),
    "erasure": w.ErasureView(CASE, 9, LATER, True),
    "erasure_reporter": w.ErasureView(CASE, 9, LATER, False),
    "destroyed": partial(custody.destroyed, 2),
}

"""Words both ways, the talk's points, a silent leader, and check-ins: each card, and the largest it can be."""

from dataclasses import replace

from casework import views as w
from casework.plan import read_plan
from casework.views import MessageLine, TalkLine
from casework.vocabulary import Answer, Tried
from tests.scenes import CASE, HOSTILE, JONAS, LISE, LONG_WORDS, METTE, NADIA, NOW, PETER
from tests.scenes_case import leader
from tests.scenes_employee import OPENED, mine
from tests.scenes_pieces import DAY, FIVE, HOUR, SEEN, VERSION, done, opened
from tests.scenes_steps import step

SAID = MessageLine(JONAS, NOW - HOUR, "Jeg har talt med juridisk i dag. Vi ses på torsdag, og du kan altid ringe.")
WRITTEN = MessageLine(METTE, NOW - HOUR / 2)
READ = replace(WRITTEN, read_by=JONAS, read_at=NOW - HOUR / 4)
TODAY, THURSDAY = NOW + HOUR, NOW + 4 * DAY


def messages(*lines: MessageLine, mine: bool = True, **changed: object) -> w.MessagesView:
    return replace(w.MessagesView(CASE, VERSION, METTE, JONAS, mine, lines), **changed)


LONG = tuple(replace(SAID, words=LONG_WORDS[:1_000]) for _ in range(4))
MESSAGES = {
    "messages_mine": messages(SAID, READ),
    "messages_mine_new": messages(READ, SAID, unread=1),
    "messages_mine_none": messages(),
    "messages_theirs_new": messages(replace(SAID, read_by=METTE, read_at=NOW), WRITTEN, mine=False, unread=2),
    "messages_theirs": messages(SAID, READ, mine=False),
    "messages_largest": messages(*LONG, unread=4, earlier=37),
    "messages_hostile": messages(replace(SAID, words=HOSTILE), unread=1),
    "words": w.WordsView(CASE, VERSION, METTE, NOW - HOUR, "Kan vi tale i morgen i stedet?\nJeg er ikke klar i dag."),
    "words_mine": w.WordsView(
        CASE,
        VERSION,
        METTE,
        NOW - HOUR,
        "Kan vi tale i morgen i stedet?",
        mine=w.MessageLine(METTE, NOW - HOUR, "", JONAS, NOW),
    ),
    "words_first_page": w.WordsView(CASE, VERSION, METTE, NOW - HOUR, LONG_WORDS, last=False),
}
WRITING = {
    "writing_update": w.WritingView(CASE, VERSION, METTE, (METTE,), update=True),
    "writing_update_several": w.WritingView(CASE, VERSION, METTE, FIVE, update=True),
    "writing_theirs": w.WritingView(CASE, VERSION, METTE, (METTE,)),
    "writing_mine": w.WritingView(CASE, VERSION, METTE, (JONAS,), mine=True),
    "sent_update": w.SentView(CASE, VERSION, (METTE, LISE), NOW, "Intet nyt endnu. Jeg ringer i morgen."),
    "sent_mine": w.SentView(CASE, VERSION, (JONAS,), NOW, mine=True),
    "sent_hostile": w.SentView(CASE, VERSION, (METTE,), NOW, HOSTILE),
}
POINTS = w.PointsView(
    CASE,
    VERSION,
    METTE,
    JONAS,
    mine=True,
    number=1,
    by=JONAS,
    at=NOW - HOUR,
    help="Jonas ringer til Tidlig Indsats i dag. Mette vil gerne have en tid hos en psykolog.",
    tells="Jonas fortæller det til Karin. Mette siger det selv til Peter.",
    contact="En sms hver eftermiddag, og en samtale om ugen.",
    other="Mette svarer ikke borgeren i denne uge.",
    next_talk=THURSDAY,
    invited=Tried.DONE,
)
FIT = {"answer": Answer.YES, "answered_at": NOW}
UNFIT = {"answer": Answer.NO, "answered_at": NOW, "words": "Hellere en opringning end en sms."}
FULL = {name: LONG_WORDS[:500] for name in ("help", "tells", "contact", "other")}
AGREED = {
    "points_mine": POINTS,
    "points_mine_agreed": replace(POINTS, **FIT, number=2),
    "points_mine_unfit": replace(POINTS, **UNFIT, invited=Tried.CLOSED),
    "points_mine_few": replace(POINTS, help="", tells="", other="", next_talk=None),
    "points_largest": replace(POINTS, **FULL),
    "points_theirs_none": w.PointsView(CASE, VERSION, METTE, JONAS, mine=False),
    "points_theirs": replace(POINTS, mine=False),
    "points_theirs_by_hand": replace(POINTS, mine=False, invited=Tried.CLOSED),
    "points_theirs_unfit": replace(POINTS, **UNFIT, mine=False),
    "points_theirs_unopened": replace(POINTS, **UNFIT | {"words": ""}, mine=False, unopened=True),
    "points_theirs_largest": replace(POINTS, **FULL, **UNFIT | {"words": LONG_WORDS}, mine=False),
    "next_talk_mine": w.NextTalkView(CASE, VERSION, METTE, JONAS, True, TODAY),
    "next_talk_theirs": w.NextTalkView(CASE, VERSION, METTE, JONAS, False, TODAY),
    "step_talk_points": step(
        opened("talk"),
        affected=(METTE, LISE),
        points=(replace(POINTS, mine=False), w.PointsView(CASE, VERSION, LISE, JONAS, mine=False)),
    ),
    "step_talk_done": step(done("talk"), points=(replace(POINTS, **FIT, mine=False),)),
}
SINCE = NOW - 4 * DAY
SILENT = {
    "silent": w.SilentView(CASE, VERSION, ((METTE, SINCE),), 3),
    "silent_several": w.SilentView(CASE, VERSION, tuple((person, SINCE) for person in FIVE), 3),
    "step_keep_updated_heard": step(
        opened("keep_updated"), talks=(TalkLine(METTE, SEEN, JONAS), TalkLine(LISE)), affected=(METTE, LISE)
    ),
}
CHECK_INS = {
    "check_in_first": w.CheckInView(CASE, VERSION, JONAS, 1, lasts=False),
    "check_in_later": w.CheckInView(CASE, VERSION, JONAS, 7, lasts=True),
    "check_in_off": w.CheckInView(CASE, VERSION, JONAS, 7, lasts=True, off=True),
    "check_in_on": w.CheckInView(CASE, VERSION, JONAS, 0, lasts=False),
}
MINE = TalkLine(METTE, NOW - HOUR, JONAS, 1, SAID, READ, "waits", THURSDAY)
PEOPLE = (METTE, PETER, LISE, NADIA)
CASES = {
    "employee_written": mine("written", **(OPENED | {"headline_at": NOW - HOUR}), talk=MINE),
    "employee_agreed": mine("talked", **OPENED, talk=TalkLine(METTE, SEEN, JONAS, points="agreed")),
    "employee_unfit": mine("seen", **OPENED, talk=TalkLine(METTE, SEEN, JONAS, written=WRITTEN, points="unfit")),
    "employee_quiet": mine("seen", **OPENED, talk=TalkLine(METTE, asked_to_write_at=NOW - HOUR)),
    "leader_receipt": leader(
        talks=(TalkLine(METTE, SEEN, JONAS, said=replace(SAID, words="", read_by=METTE, read_at=NOW)),)
    ),
    "leader_unread": leader(
        tuple(opened(row.id) if row.id == "keep_updated" else done(row.id) for row in read_plan()),
        talks=(TalkLine(METTE, SEEN, JONAS, 2, points="unfit", next_talk=THURSDAY),),
    ),
    "leader_several": leader(
        affected=PEOPLE,
        talks=tuple(TalkLine(person, SEEN, JONAS, number % 2, points="waits") for number, person in enumerate(PEOPLE)),
    ),
}

TALK = MESSAGES | WRITING | AGREED | SILENT | CHECK_INS | CASES

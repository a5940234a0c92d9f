"""Everything anybody wrote carries a marker of its own; then every byte sent to each person is searched for them.

The cases are lived through in `tests/leaking.py`, `tests/leaking_more.py` and `tests/leaking_on.py`; what is no card
is asked for in `tests/leaking_out.py`. Tom and Ida have nothing to do with any, and Birgit is who Lise named as being
behind the first.
"""

import asyncio
import io
import logging
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from structlog.testing import capture_logs

from bot.keeping.backup import back_up
from bot.stores import CaseStore, Commit
from tests.access_cases import MEMORY
from tests.crafted import Crafted, press
from tests.leaking import (
    Left,
    Told,
    bytes_in,
    everything,
    first_case,
    learned_from,
    left_by,
    looked_at_by_everybody,
    mark,
)
from tests.leaking_more import second_case
from tests.leaking_on import third_case
from tests.leaking_out import asked_by_machines, typed_by_everybody
from tests.story import story
from tests.test_stories_known_conduct import on

LEADER, METTE, NADIA = {"jonas"}, {"jonas", "mette"}, {"jonas", "nadia"}
FIRST = {
    "lise_account": {"lise", "jonas", "sara"},
    "lise_more": {"lise", "jonas", "sara"},
    "lise_file": {"lise", "jonas"},
    "lise_text": {"lise", "jonas"},
    "lise_identifier": {"lise", "jonas"},
    "lise_links": {"lise", "jonas"},
    "mette_more": METTE,
    "mette_file": METTE,
    "mette_text": METTE,
    "mette_asked": {"eva"},
    "eva_file": {"eva", "mette", "jonas"},
    "eva_text": {"eva", "mette", "jonas"},
    "nadia_more": NADIA,
    "nadia_file": NADIA,
    "nadia_text": NADIA,
    "jonas_note": LEADER,
    "jonas_reason": LEADER,
    "jonas_assessment": LEADER,
    "jonas_how": NADIA,
    "jonas_outcome": METTE,
    "nadia_police": NADIA,
    "ali_note": {"jonas", "ali"},
    "sara_answers": {"sara", "jonas"},
    "sara_measure": {"sara", "jonas", "eva"},
    "sara_dropped": {"sara", "jonas"},
    "sara_why": {"sara", "jonas"},
    "sara_plan": {"sara", "jonas"},
}
"""Sara has SafetyNet, which needs the account (product: section 2)."""
SECOND = {
    **{f"peter_{what}": {"peter", "jonas"} for what in ("account", "identifier", "links", "file", "text", "more")},
    **{f"jonas_{what}_mette": METTE for what in ("help", "tells", "contact", "other", "words", "because", "door")},
    **{f"jonas_{what}_nadia": NADIA for what in ("help", "tells", "contact", "other", "words", "because", "door")},
    "jonas_update_both": {"jonas", "mette", "nadia"},
    "jonas_update_mette": METTE,
    "jonas_update_nadia": NADIA,
    **{f"mette_{what}": METTE for what in ("unfit", "words", "missing", "first", "second", "why")},
    **{f"nadia_{what}": NADIA for what in ("words", "missing", "first", "second")},
    **{f"jonas_{what}": LEADER for what in ("tried", "legal", "weighed", "debriefing", "where", "reply", "why")},
    **{f"jonas_risk_{what}": LEADER for what in ("again", "meeting", "agreed", "follow_up_by")},
    **{f"jonas_told_{audience}": LEADER for audience in ("team", "centres")},
    **{f"jonas_{what}": LEADER for what in ("post", "draft", "fetched", "letter", "number", "renumbered")},
    **{f"jonas_case_{time}": LEADER for time in ("first", "second")},
    **{f"ali_{what}": {"jonas", "ali"} for what in ("where", "letter", "number")},
    "ali_reply": LEADER,
    "anne_reason": {"jonas", "mette", "nadia"},
    "anne_lifted": {"mette", "nadia"},
}
THIRD = {
    **{f"peter_{what}": {"peter", "karin"} for what in ("told", "handle", "unsure")},
    **{f"karin_{what}": {"peter", "karin"} for what in ("help", "update")},
    **{f"karin_{what}": {"karin"} for what in ("note", "letter", "number")},
}
"""Jonas, who had it before, meets none of it."""
MAY_SEE = FIRST | SECOND | THIRD
"""Marker → whoever may meet it, written by hand. What may be about another of several affected, none of them reads.
An answer to having it removed may say whom it is about: whoever has that step reads none."""
UNREAD = ("unread_point", "unread_day", "unread_clock", "unread_too_early")
"""Written into fields of a card that was refused."""
NOT_ON_THE_LEADERS_CARDS = {"jonas_how", "mette_asked", "sara_answers", "sara_why", "anne_lifted"}
"""These are kept, and shown on no card of the leader."""
MESSAGES = {"mette_asked", "mette_why"}
"""Why a case was opened again, and what a colleague was asked: the affected sees that they said it, and when."""
NAMES = {
    "Mette": {"mette", "lise", "peter", "jonas", "sara", "eva"},
    "Nadia": {"nadia", "lise", "peter", "jonas", "sara"},
    "Lise": {"lise", "mette", "nadia", "jonas"},
    "Birgit": {"birgit", "lise", "peter", "jonas"},
    "Peter": {"peter", "mette", "nadia", "jonas", "karin", "group"},
}
"""First name → whoever may read it: the affected do not read of each other, and see who reported it for them. Birgit
is offered to whoever reports as the leader's leader; in the channel Peter presses himself.
"""
FIRST_NAMES = ("Mette", "Nadia", "Lise", "Birgit")


@pytest.fixture(scope="module")
def left() -> Left:
    """Lived through once, searched many times."""
    heard, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(heard), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        return asyncio.run(_lived(heard))
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


async def _lived(heard: io.StringIO) -> Left:
    with TemporaryDirectory(prefix="vaern-", dir=MEMORY) as folder:
        async with story(folder=Path(folder) / "now", **on(Path(folder))) as s:
            s.settings = replace(s.settings, metrics_port=0)
            await s.restart()
            with capture_logs() as lines:
                made = Told(s)
                first, second = await first_case(made), await second_case(made)
                third = await third_case(made)
                made.case = first
                await learned_from(made)
                for case in (first, second, third):
                    await looked_at_by_everybody(made, case)
                await typed_by_everybody(made, first)
                to_machines = await asked_by_machines(made, mark("planted"))
            assert not [line for line in lines if line["log_level"] == "error"]
            left = await left_by(made, (first, second, third), heard, lines)
            place = back_up(s.folder, Path(folder) / "backups", s.clock.now())
            return replace(left, to_machines=to_machines, backed_up=b"\n".join(bytes_in(place)))


def test_nobody_meets_a_word_that_is_not_for_them(left):
    met = {name: left.readers_of(mark(name)) - may for name, may in MAY_SEE.items()}
    assert {name: readers for name, readers in met.items() if readers} == {}


def test_every_marker_was_planted(left):
    assert [name for name in MAY_SEE if mark(name) not in left.written] == []
    assert [name for name in UNREAD if mark(name) in left.written] == []


def test_whoever_handles_the_case_meets_what_was_written_in_it(left):
    has_it = {name: "karin" if name in THIRD else "jonas" for name in MAY_SEE}
    unmet = {name for name, leader in has_it.items() if leader not in left.readers_of(mark(name))}
    assert unmet == NOT_ON_THE_LEADERS_CARDS


def test_whoever_gave_something_meets_it_again_unless_it_was_a_message(left):
    given = [name for name in MAY_SEE if name.partition("_")[0] in ("lise", "peter", "mette", "nadia")]
    unmet = {name for name in given if name.partition("_")[0] not in left.readers_of(mark(name))}
    assert unmet == MESSAGES


def test_what_is_written_to_or_about_the_affected_reaches_them(left):
    theirs = {
        name: {"mette", "nadia", "peter"} & may
        for name, may in MAY_SEE.items()
        if name.startswith(("jonas_", "karin_"))
    }
    assert [name for name, readers in theirs.items() if not readers <= left.readers_of(mark(name))] == []


def test_whoever_has_a_step_meets_again_what_they_wrote_there(left):
    theirs = [name for name, may in MAY_SEE.items() if "ali" in may]
    assert [name for name in theirs if "ali" not in left.readers_of(mark(name))] == []


def test_nobody_reads_a_name_that_is_not_for_them(left):
    read = {name: left.readers_of(name) - may for name, may in NAMES.items()}
    assert {name: readers for name, readers in read.items() if readers} == {}


@pytest.mark.parametrize("outside", ["birgit", "tom", "ida"])
def test_whoever_is_outside_or_shut_out_never_meets_the_cases_at_all(left, outside):
    assert len(left.sent[outside]) > 100
    assert [case for case in left.cases if case in left.sent[outside]] == []


def test_who_told_one_case_never_meets_the_other(left):
    first, second, _ = left.cases
    assert first in left.sent["lise"] and second not in left.sent["lise"]
    assert second in left.sent["peter"] and first not in left.sent["peter"]


def test_whoever_had_the_case_before_is_told_who_has_it_and_whoever_has_one_never_meets_the_others(left):
    *others, handed = left.cases
    assert handed in left.sent["jonas"] and "Karin" in left.sent["jonas"]
    assert handed in left.sent["karin"] and [case for case in others if case in left.sent["karin"]] == []


def test_what_a_lock_screen_shows_names_nobody_and_tells_nothing(left):
    assert len(left.summaries) > 100
    assert [word for word in (*FIRST_NAMES, "zz", *left.cases) if word in left.summaries] == []


def test_the_first_notice_says_nothing_before_it_is_opened(left):
    assert len(left.before_opening) > 100
    assert [word for word in (*FIRST_NAMES, "zz") if word in left.before_opening] == []


def test_the_groups_room_reads_no_word_anybody_wrote(left):
    assert all(case in left.sent["group"] for case in left.cases)
    assert "zz" not in left.sent["group"]


def test_files_that_leave_the_house_were_opened_and_searched_too(left):
    assert mark("jonas_letter") in left.files["jonas"] and mark("jonas_account") not in left.files["jonas"]
    assert mark("mette_text") in left.files["mette"] and mark("peter_account") in left.files["jonas"]
    assert ".csv" in left.files["sara"] and "zz" not in left.files["sara"]


def test_no_log_line_holds_a_word_or_a_name(left):
    assert "turn" in left.logged
    assert [word for word in (*NAMES, *map(mark, MAY_SEE), *map(mark, UNREAD)) if word in left.logged] == []


def test_nothing_that_lies_on_the_disk_can_be_read(left):
    assert all(case.encode() in left.on_disk for case in left.cases), "what is searched is where the cases lie"
    said = [*NAMES, *map(mark, MAY_SEE), *map(mark, UNREAD)]
    assert [word for word in said if word.encode() in left.on_disk] == []


def test_what_is_kept_of_whoever_is_behind_it_names_nobody(left):
    assert "hash|" in left.shelf
    said = [*NAMES, *map(mark, MAY_SEE), "facebook"]  # a key is drawn: »zz« alone may stand in it
    assert [word for word in said if word in left.shelf] == []


def test_no_machine_that_asks_and_no_broken_question_is_answered_with_a_word_a_name_or_a_case(left):
    assert "vaern_turn_seconds" in left.to_machines and "400" in left.to_machines and "401" in left.to_machines
    known = (*NAMES, "zz", *left.cases)
    assert [word for word in known if word in left.to_machines] == []
    assert mark("planted") not in left.logged


def test_a_backup_can_be_read_no_more_than_the_disk(left):
    assert all(case.encode() in left.backed_up for case in left.cases)
    said = [*NAMES, *map(mark, MAY_SEE), *map(mark, UNREAD), mark("planted")]
    assert [word for word in said if word.encode() in left.backed_up] == []


class Fails:
    """A store by hand that says in its fault what it was to keep."""

    def __init__(self, store: CaseStore) -> None:
        self.store = store

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)

    async def append(self, case: str, commit: Commit, *, after: int) -> None:
        raise RuntimeError(f"{case}: {commit}")


async def test_a_fault_that_has_somebodys_words_in_it_tells_them_to_nobody_and_not_to_the_log():
    async with story(breaks=True) as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        case = (await s.case()).id
        s.app.office.caseworker.store = Fails(s.app.store)
        with capture_logs() as lines:
            await s.mette.say("skriv i sagen")
            await s.mette.say(mark("mette_words"))
            await press(s.jonas, Crafted("note_step", {"step": "help"}, {"note": mark("jonas_note")}), case)
        sent = everything([body for chat in (s.mette, s.jonas) for body in s.channel.bytes_sent_to(chat)])

    assert [line["fault"] for line in lines if line["event"] == "turn_broken"] == ["RuntimeError", "RuntimeError"]
    assert "Noget gik i stykker hos Værn." in sent
    assert [word for word in (mark("mette_words"), mark("jonas_note")) if word in sent + str(lines)] == []

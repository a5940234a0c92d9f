"""At most six messages about one case reach one person in a day; what comes after is said next morning."""

from datetime import datetime, time, timedelta

import pytest

from bot.reaching.merging import newest_of_each
from bot.stores import Pending
from casework import commands as c
from casework.calendar import days_after
from casework.notices import Notice
from casework.reminders import agenda, for_today
from casework.six_a_day import MOST, Said, held_until, left_from_before, said_after
from casework.vocabulary import Answer
from tests.cases import COLLEAGUES, METTE
from tests.cases import said as words
from tests.scenes import JONAS
from tests.story import Story, local, said, story
from tests.test_removal import letters_are_open, tries
from tests.test_workplace import protection, risk

NOON, NIGHT = local(2026, 11, 22, 12), local(2026, 11, 23, 0, 30)
SUNDAY, MORNING = NOON.date(), local(2026, 11, 23, 7)
NEWS = Notice(JONAS, "case", fresh=True)
LEGAL = Notice(JONAS, "reminder", "police_6:e", fresh=True, legal=True)
ASKED = Notice(JONAS, "question", "police|e", fresh=True)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)
OWN = Notice(JONAS, "case", fresh=True, own=True)
AWAITED = Notice(JONAS, "case", fresh=True, awaited=True)


def one_kept() -> int:
    return 1


def until(notice: Notice, times: int, now: datetime = NOON, queued_at: datetime = NOON) -> datetime | None:
    return held_until(notice, queued_at, Said(SUNDAY, times), now)


def test_the_sixth_goes_and_the_seventh_waits_for_the_morning():
    assert held_until(NEWS, NOON, None, NOON) is None
    assert until(NEWS, MOST - 1) is None
    assert until(NEWS, MOST) == MORNING


@pytest.mark.parametrize("notice", [LEGAL, ASKED, OWN, AWAITED])
def test_the_72_hours_what_is_waited_for_and_an_answer_to_ones_own_doing_always_go(notice):
    assert until(notice, MOST) is until(notice, MOST + 3) is None


def test_a_question_about_colleagues_can_wait_until_the_morning():
    assert until(Notice(JONAS, "question", "colleagues|", fresh=True), MOST) == MORNING


def test_what_was_held_back_wakes_nobody_when_the_day_is_over():
    assert until(NEWS, MOST, now=NIGHT) == MORNING
    assert until(NEWS, MOST, now=MORNING) is None


def test_what_is_new_in_the_night_goes_at_once():
    assert until(NEWS, MOST, now=NIGHT, queued_at=NIGHT) is None
    assert until(NEWS, MOST - 1, now=NIGHT) is None


def test_that_an_answer_is_waited_for_counts_and_goes_with_the_news_that_it_is_merged_with():
    rows = [Pending("VK-1", notice.document(name), NOON) for name, notice in (("1-0", AWAITED), ("2-0", NEWS))]
    ((row, _),) = newest_of_each(rows, NOON)

    assert until(Notice.read(row.notice), MOST) is None
    assert said_after(Said(SUNDAY, MOST - 1), AWAITED, NOON) == Said(SUNDAY, MOST)


def test_legal_reminders_count_and_answers_to_ones_own_doing_do_not():
    full = said_after(Said(SUNDAY, MOST - 1), LEGAL, NOON)

    assert full == Said(SUNDAY, MOST)
    assert said_after(full, OWN, NOON) == full and said_after(None, OWN, NOON) is None
    assert said_after(full, NEWS, MORNING) == Said(MORNING.date(), 1)


def test_what_must_be_said_today_has_its_place_kept_among_the_six():
    said_so_often = Said(SUNDAY, MOST - 1)

    assert held_until(NEWS, NOON, said_so_often, NOON, one_kept) == MORNING
    assert held_until(NEWS, NOON, said_so_often, NOON) is None
    assert held_until(LEGAL, NOON, said_so_often, NOON, one_kept) is None


def test_of_what_is_kept_nothing_is_asked_where_it_makes_no_difference():
    """It is a question to the whole case, and there are many messages."""
    asked: list[int] = []

    def kept() -> int:
        asked.append(1)
        return 1

    for notice, said_so_often in ((NEWS, None), (NEWS, Said(SUNDAY, MOST)), (LEGAL, Said(SUNDAY, 1))):
        held_until(notice, NOON, said_so_often, NOON, kept)
    held_until(NEWS, NOON, Said(SUNDAY, 1), MORNING, kept)
    assert asked == []
    held_until(NEWS, NOON, Said(SUNDAY, 1), NOON, kept)

    assert asked == [1]


def test_what_was_held_back_for_a_kept_place_wakes_nobody_either():
    said_so_often = Said(SUNDAY, MOST - 1)

    assert held_until(NEWS, NOON, said_so_often, NIGHT, held=True) == MORNING


def test_of_the_reminders_of_one_matter_left_from_an_earlier_day_the_newest_stands_for_all_but_for_the_72_hours():
    reminder = Notice(JONAS, "reminder", "safetynet_3:e", fresh=True)

    assert left_from_before(reminder, NOON, NIGHT) == ("safetynet",)
    assert left_from_before(reminder, NOON, NOON) is None
    assert left_from_before(LEGAL, NOON, NIGHT) is left_from_before(NEWS, NOON, NIGHT) is None


def test_reminders_of_two_steps_left_from_an_earlier_day_are_two_messages_and_two_of_one_step_are_one():
    names = ("offered:help:a:1", "offered:help:a:2", "postponed:help:b", "postponed:debriefing:b")
    rows = [Pending("VK-1", Notice(JONAS, "reminder", name, fresh=True).document(name), NOON) for name in names]

    assert [row.notice["about"] for row, _ in newest_of_each(rows, MORNING)] == list(names[1:])


def test_a_row_of_an_older_version_is_read_as_one_that_counts():
    old = {"id": "3-0", "to": JONAS, "kind": "case", "about": "", "fresh": True, "legal": False}

    assert Notice.read(old) == NEWS and not Notice.read(old).own


def test_what_only_follows_along_in_the_night_brings_nothing_held_back_with_it():
    held = Pending("VK-1", NEWS.document("1-0"), NOON)
    along = Pending("VK-1", Notice(JONAS, "case").document("2-0"), NIGHT)
    ((row, covered),) = newest_of_each([held, along], NIGHT)

    assert covered == [held] and row.notice["fresh"] and row.notice["id"] == "2-0"
    assert held_until(Notice.read(row.notice), row.queued_at, Said(SUNDAY, MOST), NIGHT) == MORNING


def test_a_card_that_is_sent_is_sent_also_where_one_that_is_only_changed_came_after_it():
    sent = Pending("VK-1", Notice(JONAS, "step", "help").document("1-0"), NOON)
    changed = Pending("VK-1", Notice(JONAS, "step", "help", only_known=True).document("2-0"), NOON)

    assert [row.notice["only_known"] for row, _ in newest_of_each([sent, changed], NOON)] == [False]
    assert [row.notice["only_known"] for row, _ in newest_of_each([changed, changed], NOON)] == [True]


def test_whatever_is_for_one_day_and_no_other_is_known_where_the_places_of_that_day_are_kept():
    case = letters_are_open().asked(COLLEAGUES)
    case.answers(METTE, Answer.YES, COLLEAGUES)
    tries(case)
    case.does(JONAS, c.AssessRisk, **risk(case))
    case.does(JONAS, c.AgreeProtection, **protection(case))
    case.does(JONAS, c.PlanDebriefing, begins_at=case.now + timedelta(days=4), who=words())
    case.does(JONAS, c.AgreePoints, person=METTE, help=words(), next_talk=case.now + timedelta(days=5))
    case.does(METTE, c.WriteInCase, words=words())
    bound = {one.id for one in agenda(case.case) if one.day_ends is not None and not one.legal}
    mornings = [days_after(case.now, days, time(1)) for days in range(40)]
    found = {one.id for day in mornings for to in (JONAS, METTE, None) for one in for_today(case.case, to, day)}

    assert found == bound and {name.split(":")[0] for name in found} == {
        "check_in", "contact_ends", "debriefing_ahead", "next_talk"}  # fmt: skip


# -- through the real channel --


def came(s: Story, name: str) -> int:
    """How many new messages have been posted to somebody. A card that is changed in place is none."""
    posted = f"/v3/conversations/{getattr(s, name).id}/activities"
    return sum(one.method == "POST" and one.path.startswith(posted) for one in s.channel.received)


async def adds(s: Story, times: int) -> None:
    """Mette gives one piece of evidence after another."""
    await s.does(s.mette, "add_evidence")
    for number in range(times):
        await s.mette.upload(f"opslag{number}.png", PICTURE + bytes([number]), "image/png")
        await s.settled()
    await s.mette.say("færdig")


async def test_of_nine_pieces_of_news_jonas_gets_six_messages_and_the_rest_in_one_next_morning():
    async with story(local(2026, 11, 22, 11)) as s:
        await s.report(s.mette, date="2026-11-22", time="10:00")
        await s.opened(s.jonas)
        await adds(s, 8)
        assert came(s, "jonas") == MOST
        await s.until(local(2026, 11, 23, 0, 30))
        assert came(s, "jonas") == MOST
        await s.restart()
        await s.until(MORNING)

        assert came(s, "jonas") == MOST + 1


async def test_what_is_held_back_stands_on_the_card_at_once():
    async with story(local(2026, 11, 22, 11)) as s:
        await s.report(s.mette, date="2026-11-22", time="10:00")
        await s.opened(s.jonas)
        await adds(s, 7)

        assert came(s, "jonas") == MOST and "7 beviser" in said(s.jonas)


async def test_the_72_hours_come_through_on_a_day_that_is_full():
    async with story(local(2026, 11, 22, 11)) as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await adds(s, 8)
        before = came(s, "jonas")
        await s.until(local(2026, 11, 22, 20, 59))  # 48 hours are left at 14.10

        assert before == MOST and came(s, "jonas") == MOST + 1
        assert any("police_48" in reminded for reminded in (await s.case()).reminded)


async def test_in_the_morning_a_day_begins_anew():
    async with story(local(2026, 11, 22, 11)) as s:
        await s.report(s.mette, date="2026-11-22", time="10:00")
        await s.opened(s.jonas)
        await adds(s, 8)
        await s.until(MORNING + timedelta(hours=1))
        await adds(s, 3)

        assert came(s, "jonas") == MOST + 1 + 3

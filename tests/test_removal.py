"""The four rungs of removal: in their order, as often as it takes, and silent as soon as there is nothing to ask."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import commands as c
from casework.calendar import local, utc
from casework.case import Case
from casework.events import CircumstancesTold, Reminded
from casework.plan import is_closed, missing, step_of
from casework.projections import employee_view, leader_view, step_view
from casework.projections.documentation import documentation
from casework.projections.removal import attempts_so_far
from casework.reminders import due, next_due
from casework.removal import AGAIN, MOST_ATTEMPTS, next_rung
from casework.rungs import ANSWER_DAYS, ASK_AUTHOR, ASK_SITE, DATATILSYNET, INJUNCTION, RUNGS
from casework.vocabulary import (
    VAERN,
    AttemptId,
    Certainty,
    EpisodeId,
    GoingOn,
    HandedOn,
    Medium,
    Recorded,
    RemovalEnd,
    RungWay,
    Shared,
    StepId,
    WorkingHours,
)
from tests.cases import ALI, JONAS, KARIN, METTE, REMOVAL, SARA, Working, opened, said
from tests.scenes import SENT, TOM

SUNDAY = local(SENT).date()


def letters_are_open() -> Working:
    return opened().done("documentation", "case_handling").asked(REMOVAL)


def tries(case: Working, step: StepId = ASK_AUTHOR, number: int = 1, **how: object) -> Working:
    told = {"sent_on": local(case.now).date(), **how}
    case.does(JONAS, c.TryRung, step=step, attempt=AttemptId(f"{step}-{number}"), **told)
    return case


def answered(case: Working, step: StepId = ASK_AUTHOR, **how: object) -> Working:
    case.does(JONAS, c.AnswerRung, step=step, replied_on=local(case.now).date(), **how)
    return case


def reminded(case: Working) -> list[str]:
    """What time brings now about answers that have not come."""
    case.does(VAERN, c.Remind)
    said_now = (event for event in case.events if isinstance(event, Reminded))
    names = (name for event in said_now for name in (event.reminder, *event.covers))
    return [name for name in names if name.startswith("unanswered")]


def runs_until(case: Working, day: date) -> list[str]:
    """Every reminder of that kind until the evening of that day, asked whenever the case wants to be."""
    found = []
    while (at := next_due(case.case)) is not None and local(at).date() <= day:
        case.now = max(case.now, utc(at))
        found += reminded(case)
    return found


def open_rungs(case: Working) -> list[str]:
    steps = (step_of(case.case, rung) for rung in RUNGS)
    return [step.id for step in steps if not is_closed(case.case, step) and not missing(case.case, step)]


# -- the order -------------------------------------------------------------------------------------------------------


def test_nothing_is_tried_before_the_post_is_saved_the_case_looked_at_and_the_affected_asked():
    case = opened()
    attempt = {"step": ASK_AUTHOR, "attempt": AttemptId("a"), "sent_on": SUNDAY}
    assert case.refuses(JONAS, c.TryRung, **attempt) == "step_locked"

    case.done("documentation", "case_handling").asked(REMOVAL).does(JONAS, c.TryRung, **attempt)
    assert [one.id for one in case.case.removal.attempts] == ["a"]


def test_the_site_too_waits_for_the_documentation_when_there_is_no_author_to_ask():
    case = opened()
    case.does(JONAS, c.SetStepAside, step=ASK_AUTHOR, reason=said())
    assert case.refuses(JONAS, c.TryRung, step=ASK_SITE, attempt=AttemptId("a"), sent_on=SUNDAY) == "step_locked"

    tries(case.done("documentation").asked(REMOVAL), ASK_SITE)


def test_the_next_rung_opens_with_an_answer_not_before():
    case = tries(letters_are_open())
    assert open_rungs(case) == [ASK_AUTHOR]

    assert open_rungs(answered(case)) == [ASK_AUTHOR, ASK_SITE]
    assert next_rung(case.case, ASK_AUTHOR) == ASK_SITE


def test_the_next_rung_opens_when_no_answer_has_come_in_time():
    case = tries(letters_are_open())
    last = date(2026, 11, 25)  # three working days after a Sunday
    assert runs_until(case, last) == [] and open_rungs(case) == [ASK_AUTHOR]

    assert runs_until(case, last + timedelta(days=1)) == ["unanswered:ask_author-1:0"]
    assert open_rungs(case) == [ASK_AUTHOR, ASK_SITE]


def test_a_rung_that_was_tried_is_closed_when_a_later_one_is():
    case = tries(answered(tries(letters_are_open())), ASK_SITE)

    assert is_closed(case.case, step_of(case.case, ASK_AUTHOR))
    assert not is_closed(case.case, step_of(case.case, ASK_SITE))


def test_a_rung_that_was_skipped_stays_as_it_was_set_aside():
    case = tries(letters_are_open())
    case.done("ask_author")
    case.does(JONAS, c.SetStepAside, step=ASK_SITE, reason=said())

    assert next_rung(case.case, ASK_AUTHOR) == DATATILSYNET
    assert case.refuses(JONAS, c.TryRung, step=ASK_SITE, attempt=AttemptId("b"), sent_on=SUNDAY) == "nothing_open"


def test_on_the_last_rung_it_is_mediation_or_the_court():
    case = letters_are_open().done("ask_author", "ask_site", "datatilsynet")
    attempt = {"step": INJUNCTION, "attempt": AttemptId("a"), "sent_on": SUNDAY}
    assert case.refuses(JONAS, c.TryRung, **attempt) == "way_missing"

    case.does(JONAS, c.TryRung, **attempt, way=RungWay.MEDIATION)
    assert case.case.removal.attempts[0].way is RungWay.MEDIATION
    assert next_rung(case.case, INJUNCTION) is None


def test_with_a_colleague_behind_it_there_is_no_rung():
    case = opened(originator=TOM)

    for what, how in (
        (c.TryRung, {"attempt": AttemptId("a"), "sent_on": SUNDAY}),
        (c.AnswerRung, {"replied_on": SUNDAY}),
        (c.EndRemoval, {"why": RemovalEnd.GONE}),
        (c.ReopenRemoval, {}),
    ):
        assert case.refuses(JONAS, what, step=ASK_AUTHOR, **how) == "step_not_here"


def test_no_other_step_is_a_rung():
    case = letters_are_open()

    refused = case.refuses(JONAS, c.TryRung, step=StepId("talk"), attempt=AttemptId("a"), sent_on=SUNDAY)
    assert refused == "step_not_here"


# -- what is noted ---------------------------------------------------------------------------------------------------


def test_several_attempts_are_kept_each_with_its_own_answer():
    case = tries(letters_are_open(), details=said("Mail"))
    tries(case, number=2, details=said("Brev"))
    case.does(JONAS, c.AnswerRung, step=ASK_AUTHOR, attempt=AttemptId("ask_author-1"), replied_on=SUNDAY, reply=said())

    assert [one.replied_on for one in case.case.removal.attempts] == [SUNDAY, None]
    lines = attempts_so_far(case.case, case.texts)
    assert [(line.details, bool(line.reply)) for line in lines] == [("Mail", True), ("Brev", False)]


def test_the_case_cards_tell_the_newest_attempt_of_every_way_and_the_days_of_those_before_it():
    case = answered(tries(letters_are_open()))
    tries(tries(case.passes(days=1), number=2), number=3)
    found = leader_view(case.case, JONAS, case.texts, case.now).removal

    assert [(one.step, one.sent_on, one.before) for one in found.lines] == [
        (ASK_AUTHOR, SUNDAY + timedelta(days=1), ((SUNDAY + timedelta(days=1), None), (SUNDAY, SUNDAY)))
    ]


def test_every_attempt_of_the_case_stands_in_the_view_of_the_next_rung_by_its_day():
    case = letters_are_open().passes(days=3)
    tries(case, sent_on=SUNDAY + timedelta(days=1))
    tries(answered(case), ASK_SITE, sent_on=SUNDAY)

    view = step_view(case.case, ASK_SITE, JONAS, case.texts, case.now)
    assert [line.step for line in view.rung.earlier] == [ASK_SITE, ASK_AUTHOR]
    assert [line.step for line in view.rung.attempts] == [ASK_SITE]


@pytest.mark.parametrize(
    ("day", "key"),
    [(SUNDAY + timedelta(days=1), "day_in_future"), (SUNDAY - timedelta(days=2), "day_before_it_happened")],
)
def test_a_day_that_cannot_be_right_is_asked_for_again(day, key):
    case = letters_are_open()

    assert case.refuses(JONAS, c.TryRung, step=ASK_AUTHOR, attempt=AttemptId("a"), sent_on=day) == key


def test_an_answer_needs_something_it_answers_and_comes_after_it():
    case = letters_are_open()
    assert case.refuses(JONAS, c.AnswerRung, step=ASK_AUTHOR, replied_on=SUNDAY) == "attempt_unknown"

    tries(case)
    before = {"step": ASK_AUTHOR, "replied_on": SUNDAY - timedelta(days=1)}
    assert case.refuses(JONAS, c.AnswerRung, **before) == "answered_before_asked"
    assert case.refuses(JONAS, c.AnswerRung, **{**before, "attempt": AttemptId("none")}) == "attempt_unknown"


def test_the_same_said_twice_is_said_once():
    case = tries(letters_are_open(), details=said("Mail"))
    answered(case, attempt=AttemptId("ask_author-1"))
    log = case.case.log

    answered(tries(case, details=said("Mail")), attempt=AttemptId("ask_author-1"))
    assert case.case.log == log


def test_there_is_room_for_many_attempts_and_not_for_any_number():
    case = letters_are_open()
    for number in range(MOST_ATTEMPTS):
        tries(case, number=number)

    one_more = {"step": ASK_AUTHOR, "attempt": AttemptId("one more"), "sent_on": SUNDAY}
    assert case.refuses(JONAS, c.TryRung, **one_more) == "too_many_attempts"


# -- it is gone ------------------------------------------------------------------------------------------------------


def test_gone_closes_every_rung_and_back_opens_them_as_they_were():
    case = tries(letters_are_open())
    before = open_rungs(case)
    case.does(JONAS, c.EndRemoval, step=ASK_AUTHOR, why=RemovalEnd.GONE)
    assert all(is_closed(case.case, step_of(case.case, rung)) for rung in RUNGS)
    again = {"step": ASK_AUTHOR, "attempt": AttemptId("b"), "sent_on": SUNDAY}
    assert case.refuses(JONAS, c.TryRung, **again) == "removal_ended"

    case.does(JONAS, c.ReopenRemoval, step=ASK_AUTHOR)
    assert open_rungs(case) == before


def new_episode(case: Working, began: datetime) -> None:
    case.does(METTE, c.TellWhen, episode=EpisodeId("again"), certainty=Certainty.EXACT, moment=began)


def test_something_new_after_it_was_gone_opens_the_ways_by_itself_and_is_shown():
    case = tries(letters_are_open())
    before = open_rungs(case)
    case.does(JONAS, c.EndRemoval, step=ASK_AUTHOR, why=RemovalEnd.GONE)
    case.passes(days=40)
    new_episode(case, case.now - timedelta(hours=1))

    assert case.case.removal.ended is None and open_rungs(case) == before
    assert leader_view(case.case, JONAS, case.texts, case.now).removal.again_at == case.now
    tries(case.passes(hours=1), number=2)
    assert leader_view(case.case, JONAS, case.texts, case.now).removal.again_at is None


@pytest.mark.parametrize("why", RemovalEnd)
def test_what_was_told_late_or_lay_nowhere_opens_no_way_by_itself(why):
    case = letters_are_open()
    case.does(JONAS, c.EndRemoval, step=ASK_AUTHOR, why=why)
    case.passes(days=40)
    new_episode(case, case.now - timedelta(days=0 if why is RemovalEnd.NOTHING_TO_REMOVE else 41))

    assert case.case.removal.ended is not None


def test_an_old_question_is_not_news_the_moment_it_has_begun_again():
    case = tries(letters_are_open())
    case.does(JONAS, c.EndRemoval, step=ASK_AUTHOR, why=RemovalEnd.GONE)
    case.passes(days=40)
    new_episode(case, case.now - timedelta(hours=1))

    assert reminded(case) == []
    assert runs_until(case, local(case.now).date() + timedelta(days=1)) == ["unanswered:ask_author-1:0:again1"]


def test_it_may_be_gone_before_anybody_was_asked():
    case = opened()
    case.does(JONAS, c.EndRemoval, step=ASK_AUTHOR, why=RemovalEnd.GONE)

    assert METTE in case.reached() and case.case.removal.ended.why is RemovalEnd.GONE


@pytest.mark.parametrize("why", RemovalEnd)
def test_a_rung_nobody_did_anything_on_is_shown_as_fallen_away_and_never_as_done(why):
    case = letters_are_open()
    if why is RemovalEnd.GONE:
        tries(case)
    case.does(JONAS, c.EndRemoval, step=ASK_AUTHOR, why=why)

    on_card = {line.step: line.state for line in leader_view(case.case, JONAS, {}, case.now).steps}
    on_paper = {line.step: line.state for line in documentation(case.case, JONAS, {}, case.now).steps}
    tried = "done" if why is RemovalEnd.GONE else why
    assert [on_card[rung] for rung in RUNGS] == [tried, why, why, why]
    assert [on_paper[rung] for rung in RUNGS] == [tried, why, why, why]


def test_nothing_to_remove_is_said_before_somebody_is_asked_not_after():
    case = tries(letters_are_open())
    nothing = {"step": ASK_AUTHOR, "why": RemovalEnd.NOTHING_TO_REMOVE}

    assert case.refuses(JONAS, c.EndRemoval, **nothing) == "already_tried"


@pytest.mark.parametrize(
    ("media", "offered"),
    [((Medium.MAIL, Medium.SMS_OR_CALL), True), ((Medium.MAIL, Medium.FACEBOOK), False), ((), False)],
)
def test_not_online_is_offered_when_only_mail_and_messages_were_told(media, offered):
    view = step_view(_told(opened(), media), ASK_AUTHOR, JONAS, {}, SENT)

    assert view.rung.nothing_online is offered


def _told(case: Working, media: tuple[Medium, ...]) -> Case:
    told = CircumstancesTold(
        by=METTE,
        at=SENT,
        media=media,
        forms=(),
        going_on=GoingOn.ONCE,
        shared=Shared.NO,
        recorded=Recorded.NO,
        working_hours=WorkingHours.INSIDE,
    )
    return replace(case.case, circumstances=told)


# -- when no answer comes --------------------------------------------------------------------------------------------


def test_the_leader_is_asked_again_as_long_as_nothing_happens():
    case = tries(letters_are_open())
    found = runs_until(case, date(2027, 3, 1))

    assert found == [f"unanswered:ask_author-1:{days}" for days in AGAIN]


@pytest.mark.parametrize(
    "settles",
    [
        lambda case: answered(case),
        lambda case: case.done("ask_author"),
        lambda case: case.does(JONAS, c.EndRemoval, step=ASK_AUTHOR, why=RemovalEnd.GONE),
        lambda case: case.does(JONAS, c.SetStepAside, step=ASK_AUTHOR, reason=said()),
    ],
    ids=["answered", "closed", "gone", "set aside"],
)
def test_nobody_is_asked_when_it_is_settled(settles):
    case = tries(letters_are_open())
    settles(case)

    assert runs_until(case, date(2027, 3, 1)) == []


def test_a_second_letter_to_the_same_person_begins_the_wait_anew():
    case = tries(letters_are_open()).passes(days=2)
    tries(case, number=2)

    assert runs_until(case, date(2026, 12, 1)) == ["unanswered:ask_author-2:0"]


def test_two_sites_answer_each_for_themselves():
    case = letters_are_open().done("ask_author")
    tries(tries(case, ASK_SITE), ASK_SITE, number=2)
    case.does(JONAS, c.AnswerRung, step=ASK_SITE, attempt=AttemptId("ask_site-2"), replied_on=SUNDAY)

    assert runs_until(case, date(2026, 12, 1)) == ["unanswered:ask_site-1:0"]


def test_what_is_noted_late_is_asked_about_the_next_morning_and_not_at_once():
    case = letters_are_open().passes(days=20)
    tries(case, sent_on=SUNDAY)

    assert [one for one in due(case.case, case.now) if one.kind == "unanswered"] == []
    assert runs_until(case, local(case.now).date() + timedelta(days=1)) == ["unanswered:ask_author-1:0"]


def test_how_long_an_answer_is_waited_for_is_the_settings_own():
    case = tries(letters_are_open(), answer_by=date(2026, 12, 10))

    assert runs_until(case, date(2026, 12, 10)) == []
    assert runs_until(case, date(2026, 12, 11)) == ["unanswered:ask_author-1:0"]


def test_whoever_has_the_case_now_is_asked():
    case = tries(letters_are_open())
    case.does(VAERN, c.HandOn, former=JONAS, chain=(KARIN,), reason=HandedOn.ABSENT)
    case.now += timedelta(days=5)

    assert {one.to for one in due(case.case, case.now) if one.kind == "unanswered"} == {KARIN}


@given(st.sampled_from(RUNGS), st.dates(date(2026, 11, 22), date(2027, 6, 1)))
def test_an_answer_is_never_missed_before_its_working_days_are_over(rung, sent_on):
    case = letters_are_open()
    way = RungWay.COURT if rung == INJUNCTION else None
    for earlier in RUNGS[: RUNGS.index(rung)]:
        case.done(earlier)
    case.now = utc(case.now) + timedelta(days=(sent_on - SUNDAY).days)
    tries(case, rung, sent_on=sent_on, way=way)
    first = min(one.at for one in due(case.case, case.now + timedelta(days=400)) if one.kind == "unanswered")

    assert (local(first).date() - sent_on).days > ANSWER_DAYS[rung]


# -- who sees what ---------------------------------------------------------------------------------------------------


def test_the_employee_reads_which_rung_and_which_day_and_no_word_and_nobody_reads_of_a_draft():
    case = tries(letters_are_open().passes(hours=1), details=said("zzwherezz"))
    answered(case, reply=said("zzreplyzz"))
    view = employee_view(case.case, METTE, case.texts, case.now)

    assert [(line.step, line.sent_on, line.replied_on) for line in view.removal.lines] == [(ASK_AUTHOR, SUNDAY, SUNDAY)]
    assert "zz" not in str(view) and view.headline == "tried"
    assert leader_view(case.case, JONAS, case.texts, case.now).removal == view.removal


def test_whoever_took_a_rung_over_reads_their_own_words_and_the_days_of_the_rest():
    case = letters_are_open()
    tries(case, details=said("zzjonaszz"))
    case.handed_over(ASK_AUTHOR, to=ALI)
    case.does(ALI, c.TryRung, step=ASK_AUTHOR, attempt=AttemptId("ali"), sent_on=SUNDAY, details=said("zzalizz"))
    view = step_view(case.case, ASK_AUTHOR, ALI, case.texts, case.now)

    assert [line.details for line in view.rung.attempts] == ["", "zzalizz"] and view.rung.earlier == ()
    assert step_view(case.case, ASK_AUTHOR, JONAS, case.texts, case.now).rung.attempts[1].details == "zzalizz"
    assert case.refuses(SARA, c.EndRemoval, step=ASK_AUTHOR, why=RemovalEnd.GONE) == "not_yours"


def test_a_rung_that_was_tried_is_not_among_what_comes_next_and_the_one_after_it_is():
    case = tries(letters_are_open())
    answered(case)
    view = leader_view(case.case, JONAS, case.texts, case.now)

    assert {line.step: line.state for line in view.steps}[ASK_AUTHOR] == "tried"
    assert ASK_AUTHOR not in [line.step for line in view.next_steps]

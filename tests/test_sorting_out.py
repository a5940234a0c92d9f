"""Of several reminders at once: none is lost to another, and after downtime there is no pile."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework import events as e
from casework.reminder import Reminder
from casework.reminders import due, holds, next_due
from casework.sorting_out import sorted_out, subject
from casework.vocabulary import ContactWay, PersonId, StepId
from casework.workplace_agenda import reminders as contact_ends
from tests.waiting import JONAS, METTE, SARA, Waiting, at, done, outcome, sent

NINE = at(1, 9, month=12)
LATER = timedelta(hours=3)  # we were down


def one(kind: str, when=NINE, **how) -> Reminder:
    how = {"about": PersonId(kind), **how}
    return Reminder(f"{kind}:{when.isoformat()}:{how['about']}", kind, JONAS, when, **how)


def sorted_at(now, *waiting: Reminder, ahead: tuple[Reminder, ...] = ()):
    first = max(waiting, key=lambda reminder: (reminder.legal, reminder.at, reminder.id))
    found = sorted_out(first, waiting, (*waiting, *ahead), now)
    return [reminder.kind for reminder in found.said], [name.split(":")[0] for name in found.covers], found.later


def test_what_comes_on_the_same_minute_is_said_each_by_itself():
    said, covered, later = sorted_at(NINE, one("offered"), one("risk_follow_up"), one("removal"))

    assert sorted(said) == ["offered", "removal", "risk_follow_up"] and covered == [] and later == ()


def test_beside_the_72_hours_what_is_on_time_is_said_too_but_no_second_one_of_the_police():
    legal = one("police_24", legal=True), one("police_48", legal=True)
    said, covered, _ = sorted_at(NINE, *legal, one("risk_follow_up"))

    assert sorted(said) == ["police_48", "risk_follow_up"] and covered == ["police_24"]


def test_of_one_subject_only_the_newest_is_said():
    days = [one(f"safetynet_{day}", NINE + timedelta(minutes=day), about=METTE) for day in (3, 7)]
    said, covered, later = sorted_at(NINE + timedelta(minutes=8), *days)

    assert (said, covered, later) == (["safetynet_7"], ["safetynet_3"], ())


def test_after_downtime_one_is_said_and_what_would_never_be_heard_of_again_comes_the_next_mornings_one_a_day():
    waiting = [one(kind, NINE + timedelta(minutes=place)) for place, kind in enumerate("abc")]
    said, covered, later = sorted_at(NINE + LATER, *waiting)

    assert said == ["c"] and covered == []
    assert [(name.split(":")[0], when) for name, when in later] == [
        ("a", at(2, 9, month=12)), ("b", at(3, 9, month=12))]  # fmt: skip


def test_a_morning_that_is_taken_already_is_not_taken_twice():
    before = one("z", at(2, 9, month=12))._replace(put_off=True)
    _, _, later = sorted_at(NINE + LATER, one("a"), one("b"), ahead=(before,))

    assert [when for _, when in later] == [at(3, 9, month=12)]


def test_after_downtime_what_comes_again_by_itself_is_not_made_up_for():
    tomorrow = one("offered", at(2, 9, month=12))
    said, covered, later = sorted_at(NINE + LATER, one("offered"), one("removal"), ahead=(tomorrow,))

    assert (said, covered, later) == (["removal"], ["offered"], ())


def test_what_its_own_room_finds_another_day_is_left_to_it():
    said, covered, later = sorted_at(NINE, one("removal"), one("check_in", comes_again=True))

    assert (said, covered, later) == (["removal"], ["check_in"], ())


def test_what_is_for_today_only_is_said_today_however_late_we_are():
    talk = one("next_talk", at(1, 8, month=12), until=at(1, 14, month=12))
    said, covered, later = sorted_at(NINE + LATER, talk, one("removal"))

    assert (said, covered, later) == (["removal", "next_talk"], [], ())


def test_two_people_are_two_subjects():
    said, _, _ = sorted_at(NINE, *agreements_that_end())

    assert said == ["contact_ends", "contact_ends"]


def agreements_that_end() -> list[Reminder]:
    """As the case has them: Mette's and Sara's have the same last day, 1 December."""
    case, agreed = quiet(), {"by": JONAS, "at": at(23, 9), "ways": (ContactWay.DOOR,), "until": at(2, 0, month=12)}
    case.then(*(e.ProtectionAgreed(person=person, **agreed) for person in (METTE, SARA)))
    return [reminder for reminder in contact_ends(case.case) if reminder.to == JONAS]


def test_after_downtime_on_their_last_day_each_agreement_that_ends_is_said_that_day():
    ends = agreements_that_end()
    said, covered, later = sorted_at(NINE + LATER, *ends, one("removal", NINE + timedelta(hours=2)))

    assert sorted(said) == ["contact_ends", "contact_ends", "removal"] and (covered, later) == ([], ())


def test_after_the_last_day_there_is_no_pile_of_agreements_that_have_ended():
    said, covered, later = sorted_at(NINE + timedelta(days=1), *agreements_that_end())

    assert said == ["contact_ends"] and covered == [] and [when for _, when in later] == [at(3, 9, month=12)]


# -- in a case --------------------------------------------------------------------------------------------------------


def offered(when, step: str = "talk") -> e.StepOffered:
    return e.StepOffered(by=JONAS, at=when, step=StepId(step), to=SARA)


def postponed(until, step: str, when) -> e.StepPostponed:
    return e.StepPostponed(by=JONAS, at=when, step=StepId(step), until=until)


def quiet() -> Waiting:
    return sent().then(outcome(at(22, 12)), done("safetynet", at(22, 13)))


def kinds_of(case: Waiting, now) -> list[str]:
    return sorted(event.reminder.split(":")[1] for event in case.asked(now))


def test_two_steps_asked_for_at_the_same_hour_are_both_reminded_of():
    case = quiet().then(*(postponed(at(25, 9), step, at(23, 9)) for step in ("talk", "help")))

    assert kinds_of(case, at(25, 9)) == ["help", "talk"]
    assert case.asked(at(25, 9)) == ()


def test_after_a_day_down_each_step_that_was_asked_for_is_still_reminded_of():
    case = quiet().then(*(postponed(at(25, 9), step, at(23, 9)) for step in ("talk", "help", "documentation")))

    assert kinds_of(case, at(26, 12)) == ["talk"]
    assert next_due(case.case) == at(27, 9)
    assert kinds_of(case, at(27, 9)) == ["documentation"] and due(case.case, at(27, 10)) == ()
    assert kinds_of(case, at(28, 9)) == ["help"]


def test_what_was_put_off_is_not_said_once_it_is_done():
    case = quiet().then(*(postponed(at(25, 9), step, at(23, 9)) for step in ("talk", "help")))
    (event,) = case.asked(at(26, 12))
    assert holds(case.case, event.later[0], at(26, 13)) is not None
    case.then(done("help", at(26, 14)))

    assert holds(case.case, event.later[0], at(27, 9)) is None and case.asked(at(27, 9)) == ()


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 5000), st.booleans()), min_size=1, max_size=12))
def test_whatever_waits_is_said_stood_for_or_has_its_morning_and_no_subject_is_forgotten(rows):
    now = NINE + timedelta(minutes=5000)
    waiting = [one(kind, NINE + timedelta(minutes=late), legal=legal) for kind, late, legal in dict.fromkeys(rows)]
    waiting = list({reminder.id: reminder for reminder in waiting}.values())
    first = max(waiting, key=lambda reminder: (reminder.legal, reminder.at, reminder.id))
    found = sorted_out(first, waiting, waiting, now)

    names = [*(reminder.id for reminder in found.said), *found.covers, *(name for name, _ in found.later)]
    assert sorted(names) == sorted(reminder.id for reminder in waiting)
    later = {subject(reminder) for reminder in waiting if reminder.id in dict(found.later)}
    heard = {subject(reminder) for reminder in found.said} | later
    newest = {subject(reminder): reminder for reminder in sorted(waiting, key=lambda r: (r.at, r.id))}
    assert all(newest[about].legal for about in newest.keys() - heard)
    assert all(when > now for _, when in found.later) and len({when for _, when in found.later}) == len(found.later)

"""The evidence coach: what is secured, what is missing, and one thing asked at a time. Nothing ever waits for it."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework import commands as c
from casework import vocabulary as v
from casework.coach import ENOUGH, Question, count, desktop, next_question, parts_of
from casework.parts import CapturedBy, CaptureDevice, Part, PartAnswer, PartState
from casework.vocabulary import EpisodeId, ItemId, Medium, PersonId, Shows
from tests.cases import HAPPENED, JONAS, METTE, Working, draft, of_several, opened, pasted, picture, said
from tests.scenes import EPISODE, PETER, TOM

AGAIN = EpisodeId("again")
MAIL = "message/rfc822"
POST = [*list(Part)[:5], Part.CAPTURED, Part.CAPTURED_BY]


def gives(case: Working, *shows: Shows, kind: str = "image/png", by: PersonId = METTE) -> ItemId:
    one = picture(kind=kind)
    case.does(by, c.ReceiveEvidence, **one)
    if shows:
        case.does(by, c.DescribeEvidence, item=one["item"], shows=shows)
    return one["item"]


def on(*media: Medium) -> Working:
    case = draft()
    case.does(METTE, c.TellCircumstances, media=media)
    return case


def twice(case: Working) -> Working:
    """It has happened again."""
    moment = EPISODE + timedelta(hours=5)
    case.does(METTE, c.TellWhen, episode=AGAIN, certainty=v.Certainty.EXACT, moment=moment)
    return case


def stands(case: Working, episode: EpisodeId = HAPPENED, by: PersonId = METTE) -> dict[Part, PartState]:
    return dict(parts_of(desktop(case.case, by), episode))


def asks(case: Working, item: ItemId | None = None, by: PersonId = METTE, *, again: bool = False) -> Question | None:
    return next_question(desktop(case.case, by), item, again=again)


def answers(case: Working, question: Question, answer: PartAnswer, by: PersonId = METTE) -> None:
    item = question.items[0].id if question.items else None
    case.does(by, c.AnswerPart, part=question.about, answer=answer, episode=question.episode, item=item)


# -- what is missing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("media", "parts"),
    [
        ((), POST),
        ((Medium.FACEBOOK,), POST),
        ((Medium.SMS_OR_CALL,), [Part.WHOLE_POST, Part.SENDER, Part.TIME, Part.ORIGINAL, *POST[-2:]]),
        ((Medium.MAIL,), [Part.WHOLE_POST, Part.SENDER, Part.TIME, Part.ORIGINAL]),
        ((Medium.MAIL, Medium.WEBSITE), list(Part)[:8]),
    ],
)
def test_evidence_is_made_of_other_parts_on_other_media_in_the_order_in_which_they_vanish(media, parts):
    assert list(stands(on(*media) if media else draft())) == parts


def test_what_a_piece_shows_is_secured_as_its_giver_says_and_the_rest_is_missing():
    case = draft()
    gives(case, Shows.WHOLE_POST, Shows.SENDER)
    found = stands(case)

    assert [part for part, state in found.items() if state is PartState.VISIBLE] == [Part.WHOLE_POST, Part.SENDER]
    assert count(found) == (2, 7)


def test_a_mail_that_was_kept_as_a_file_has_all_that_a_mail_is_made_of():
    case = on(Medium.MAIL)
    gives(case, kind=MAIL)

    assert count(stands(case)) == (4, 4)


def test_a_screenshot_of_a_mail_does_not_stand_for_the_mail():
    case = on(Medium.MAIL)
    gives(case, *list(Shows)[:4])

    assert stands(case)[Part.ORIGINAL] is PartState.MISSING


def test_a_link_is_secured_when_it_was_pasted_or_stands_on_the_form():
    one, other = draft(), draft()
    one.does(METTE, c.ReceiveEvidence, **pasted(said("https://example.org/1")))
    other.does(METTE, c.TellOriginator, kind=v.OriginatorKind.UNKNOWN, links=said("example.org/1"))

    assert stands(one)[Part.LINK] is stands(other)[Part.LINK] is PartState.SAVED


def test_each_episode_has_evidence_of_its_own_and_one_episode_has_it_all_by_itself():
    case, item = draft(), None
    item = gives(case, Shows.WHOLE_POST)
    assert stands(case)[Part.WHOLE_POST] is PartState.VISIBLE

    twice(case)
    assert stands(case)[Part.WHOLE_POST] is stands(case, AGAIN)[Part.WHOLE_POST] is PartState.MISSING

    case.does(METTE, c.PlaceEvidence, item=item, episode=AGAIN)
    assert stands(case)[Part.WHOLE_POST] is PartState.MISSING
    assert stands(case, AGAIN)[Part.WHOLE_POST] is PartState.VISIBLE


def test_who_took_it_and_when_is_had_when_it_is_of_every_piece():
    case = draft()
    first = gives(case, Shows.WHOLE_POST)
    case.passes(hours=1)
    gives(case, Shows.WHOLE_POST)
    case.does(METTE, c.TellCapture, item=first, captured_by=CapturedBy.MYSELF)

    assert stands(case)[Part.CAPTURED_BY] is PartState.MISSING


def test_what_came_together_was_taken_together():
    case = draft()
    one, other = gives(case), gives(case)
    case.does(METTE, c.TellCapture, item=one, captured_at=case.now, device=CaptureDevice.IPHONE)

    assert {case.case.coaching.captures[item].device for item in (one, other)} == {CaptureDevice.IPHONE}


# -- one thing at a time -----------------------------------------------------------------------------------------------


def test_a_new_piece_is_asked_what_it_shows_then_which_time_it_is_of_then_what_is_missing():
    case = twice(draft())
    item = gives(case)
    asked = [asks(case, item).about]
    case.does(METTE, c.DescribeEvidence, item=item, shows=(Shows.WHOLE_POST,))
    asked.append(asks(case, item).about)
    case.does(METTE, c.PlaceEvidence, item=item, episode=HAPPENED)
    asked.append(asks(case, item).about)

    assert asked == [Part.SHOWS, Part.EPISODE, Part.SCROLLED_PART]


def test_what_vanishes_first_is_asked_first_and_who_took_it_last():
    case = draft()
    item = gives(case, Shows.UNKNOWN)
    asked = []
    while question := asks(case, item):
        asked.append(question.about)
        answers(case, question, PartAnswer.HAVE_NOT)

    assert asked == POST


def test_what_somebody_does_not_have_is_never_asked_again_and_what_can_wait_only_when_they_ask():
    case = draft()
    answers(case, asks(case), PartAnswer.HAVE_NOT)
    answers(case, asks(case), PartAnswer.NOT_NOW)

    assert asks(case).about is Part.LINK
    assert asks(case, again=True).about is Part.SCROLLED_PART


def test_what_somebody_says_they_have_is_secured():
    case = on(Medium.SMS_OR_CALL)
    case.does(METTE, c.AnswerPart, part=Part.ORIGINAL, answer=PartAnswer.HAVE, episode=HAPPENED)

    assert stands(case)[Part.ORIGINAL] is PartState.TOLD


def test_of_many_pieces_nobody_is_asked_one_by_one():
    case = draft()
    pieces = [gives(case) for _ in range(ENOUGH + 1)]

    assert asks(case).about is Part.SCROLLED_PART
    assert asks(case, pieces[-1]).about is Part.SHOWS


def test_only_whoever_gave_a_piece_is_asked_about_it_and_may_answer():
    case = opened()
    item = gives(case)

    assert case.refuses(JONAS, c.TellCapture, item=item, captured_by=CapturedBy.MYSELF) == "not_yours"
    assert case.refuses(TOM, c.AnswerPart, part=Part.LINK, answer=PartAnswer.HAVE, episode=HAPPENED) == "not_yours"


def test_with_several_affected_nobody_answers_for_another_and_the_leader_sees_it_all():
    case = of_several(PETER)
    case.does(METTE, c.AnswerPart, part=Part.LINK, answer=PartAnswer.HAVE, episode=HAPPENED)
    gives(case, Shows.WHOLE_POST)
    case.does(JONAS, c.CompleteStep, step=v.StepId("talk"))

    peters, jonas = stands(case, by=PETER), stands(case, by=JONAS)
    assert (peters[Part.LINK], peters[Part.WHOLE_POST]) == (PartState.MISSING, PartState.MISSING)
    assert (jonas[Part.LINK], jonas[Part.WHOLE_POST]) == (PartState.TOLD, PartState.VISIBLE)


# -- answers -----------------------------------------------------------------------------------------------------------


def test_the_same_answer_twice_is_one():
    case = twice(draft())
    item = gives(case)
    for what, how in (
        (c.PlaceEvidence, {"episode": AGAIN}),
        (c.AnswerPart, {"part": Part.SHOWS, "answer": PartAnswer.NOT_NOW}),
        (c.TellCapture, {"captured_by": CapturedBy.ANOTHER}),
    ):
        assert case.does(METTE, what, item=item, **how)
        assert case.does(METTE, what, item=item, **how) == ()


def test_a_piece_cannot_be_of_an_episode_that_nobody_has_told():
    case = draft()

    assert case.refuses(METTE, c.PlaceEvidence, item=gives(case), episode=AGAIN) == "episode_missing"


def test_nothing_was_taken_in_the_future():
    case = draft()
    later = case.now + timedelta(minutes=1)

    assert case.refuses(METTE, c.TellCapture, item=gives(case), captured_at=later) == "moment_in_future"


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(PartAnswer), st.booleans()), max_size=25), st.integers(0, 3))
def test_whatever_is_answered_the_questions_end_the_count_never_falls_and_the_report_can_be_sent(said, pieces):
    case = draft()
    for _ in range(pieces):
        gives(case)
    before = 0
    for answer, again in said:
        have, of = count(stands(case))
        assert before <= have <= of
        before = have
        if question := asks(case, again=again):
            answers(case, question, answer)
    while question := asks(case):
        answers(case, question, PartAnswer.HAVE_NOT)

    case.does(METTE, c.ChooseRecipient, recipient=JONAS)
    assert case.does(METTE, c.SendReport)

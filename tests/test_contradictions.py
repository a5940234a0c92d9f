"""Where a file says otherwise than the person: pointed out gently, and nothing is changed by it."""

from datetime import datetime, timedelta

import pytest

from casework import commands as c
from casework import vocabulary as v
from casework.coach import knows
from casework.contradictions import doubts
from casework.original import Original
from casework.parts import CaptureDevice, Doubt, Part
from casework.vocabulary import EpisodeId
from tests.cases import HAPPENED, METTE, Working, draft, picture, said
from tests.scenes import EPISODE

MAIL = "message/rfc822"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def given(*, kind: str = "image/jpeg", device: str = "", began: datetime = EPISODE, **original: object) -> Working:
    case = draft(began=began)
    words = {"device": said(device)} if device else {}
    case.does(METTE, c.ReceiveEvidence, **picture(kind=kind), original=Original(**original), **words)
    return case


def found(case: Working, device: str = "", *episodes: EpisodeId) -> tuple[Doubt, ...]:
    return doubts(case.case, case.case.evidence[0], episodes or (HAPPENED,), device)


def tells(case: Working, **how: object) -> Working:
    case.does(METTE, c.TellCapture, item=case.case.evidence[0].id, **how)
    return case


@pytest.mark.parametrize(
    ("taken", "doubted"),
    [
        (EPISODE - 2 * HOUR, (Doubt.TAKEN_BEFORE,)),
        (EPISODE - HOUR, ()),
        (EPISODE + HOUR, ()),
        (EPISODE + 5 * DAY, (Doubt.TAKEN_LATER,)),
    ],
)
def test_a_picture_is_taken_after_it_happened_and_before_it_is_received(taken, doubted):
    assert found(given(taken_at=taken)) == doubted


def test_a_mail_is_sent_when_it_happened():
    assert found(given(kind=MAIL, taken_at=EPISODE - 2 * HOUR)) == (Doubt.MAILED_BEFORE,)


def test_a_mail_that_was_sent_on_is_named_and_the_first_one_still_asked_for():
    assert found(given(kind=MAIL, forwarded=True)) == (Doubt.FORWARDED,)


@pytest.mark.parametrize(
    ("at", "certainty", "doubted"),
    [
        (EPISODE + 2 * HOUR, v.Certainty.EXACT, ()),
        (EPISODE + 4 * HOUR, v.Certainty.EXACT, (Doubt.TAKEN_OTHERWISE,)),
        (EPISODE - 12 * HOUR, v.Certainty.DATE_ONLY, ()),
        (EPISODE - DAY, v.Certainty.DATE_ONLY, (Doubt.TAKEN_OTHERWISE,)),
    ],
)
def test_another_moment_than_was_said_is_pointed_out_and_a_day_is_no_clock(at, certainty, doubted):
    case = tells(given(taken_at=EPISODE + 2 * HOUR), captured_at=at, certainty=certainty)

    assert found(case) == doubted


@pytest.mark.parametrize(
    ("said_device", "named", "doubted"),
    [
        (CaptureDevice.IPHONE, "samsung SM-G991B", (Doubt.DEVICE_OTHERWISE,)),
        (CaptureDevice.ANDROID, "Apple iPhone 15", (Doubt.DEVICE_OTHERWISE,)),
        (CaptureDevice.IPHONE, "Apple iPhone 15", ()),
        (CaptureDevice.COMPUTER, "Apple iPhone 15", ()),
        (CaptureDevice.IPHONE, "Hasselblad", ()),
    ],
)
def test_another_telephone_than_was_said_is_pointed_out(said_device, named, doubted):
    assert found(tells(given(device=named), device=said_device), named) == doubted


def test_a_file_that_says_nothing_of_itself_contradicts_nobody():
    case = draft()
    case.does(METTE, c.ReceiveEvidence, **picture())

    assert found(tells(case, captured_at=case.now - DAY)) == ()


def test_a_piece_of_no_certain_episode_is_held_against_none():
    case = given(taken_at=EPISODE - 2 * HOUR)

    assert found(case, "", HAPPENED, EpisodeId("again")) == ()


def test_the_moment_a_file_gives_is_known_and_need_not_be_told():
    case = given(taken_at=EPISODE + HOUR)

    assert knows(case.case, case.case.evidence[0], Part.CAPTURED)
    assert not knows(case.case, case.case.evidence[0], Part.CAPTURED_BY)

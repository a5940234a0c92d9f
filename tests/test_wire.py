"""Events as they are kept: an explicit name and version each, readable for good, and nothing read that is not known."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework import commands, events, wire
from casework.decide import ANSWERS
from casework.original import Clock, MailPart, Original
from casework.wire import UnknownEvent, decode, encode

SEEN = {"event": "case_seen", "v": 1, "by": "jonas", "at": "2026-11-22T10:10:00+00:00"}
moments = st.datetimes(timezones=st.just(UTC))
st.register_type_strategy(datetime, moments)


def every(base: type) -> set[type]:
    """What there can be of it: not what only names a family of them."""
    return {kind for family in base.__subclasses__() for kind in (every(family) or {family})}


def test_every_event_has_a_name_and_no_two_the_same():
    assert set(wire.NAMES.values()) == every(events.Event)
    assert len(set(wire.NAMES.values())) == len(wire.NAMES)


def test_every_command_has_an_answer():
    assert set(ANSWERS) == every(commands.Command)


@pytest.mark.parametrize("kind", sorted(every(events.Event), key=lambda kind: kind.__name__))
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_whatever_happened_is_read_as_it_was_written(kind, data):
    event = data.draw(st.from_type(kind))

    assert decode(json.loads(json.dumps(encode(event)))) == event


def test_a_name_is_never_a_class_name():
    assert all(name == name.lower() for name in wire.NAMES)


def test_what_is_nothing_is_left_out_and_read_as_nothing():
    sent = {"event": "report_sent", "v": 1, "by": "mette", "at": SEEN["at"], "recipient": "jonas", "excluded": []}

    assert decode(sent).group is None
    assert encode(decode(sent)) == sent


def test_what_a_file_says_of_itself_is_read_as_it_was_written_and_an_older_piece_says_nothing():
    old = {"event": "evidence_received", "v": 1, "by": "mette", "at": SEEN["at"], "item": "a", "kind": "file"}
    old |= {"number": 1, "media_type": "message/rfc822", "size": 7, "sha256": "0" * 64}
    said = Original(datetime(2026, 11, 20, 8, tzinfo=UTC), Clock.ZONE, mail=(MailPart.DATE,), forwarded=False)

    assert decode(old).original is None
    assert decode(json.loads(json.dumps(encode(replace(decode(old), original=said))))).original == said


def test_moments_are_written_in_utc():
    moment = datetime(2026, 11, 22, 11, 10, tzinfo=timezone(timedelta(hours=1)))

    assert encode(events.CaseSeen(by="jonas", at=moment))["at"] == SEEN["at"]


def test_a_moment_without_a_time_zone_is_not_written():
    with pytest.raises(ValueError, match="no time zone"):
        encode(events.CaseSeen(by="jonas", at=datetime(2026, 11, 22, tzinfo=UTC).replace(tzinfo=None)))


@pytest.mark.parametrize(
    "change",
    [
        {"event": "case_sen"},
        {"event": None},
        {"v": 2},
        {"v": None},
        {"v": "1"},
        {"at": None},
        {"at": "yesterday"},
        {"mood": "fine"},
    ],
)
def test_what_is_not_known_is_refused_and_never_skipped(change):
    with pytest.raises(UnknownEvent):
        decode({**SEEN, **change})


@pytest.mark.parametrize("gone", SEEN)
def test_nothing_that_must_be_there_may_be_missing(gone):
    with pytest.raises(UnknownEvent):
        decode({name: value for name, value in SEEN.items() if name != gone})


def test_an_older_version_is_brought_up_one_version_at_a_time():
    upgrades = {
        ("case_seen", 1): lambda old: {**old, "v": 2, "by": old["by"].lower()},
        ("case_seen", 2): lambda old: {**old, "v": 3, "place": "nord"},
    }

    assert wire.upgraded({**SEEN, "by": "JONAS"}, upgrades) == {**SEEN, "v": 3, "place": "nord"}


def test_an_event_holds_ids_and_codes_and_no_room_for_words():
    kinds = (*every(events.Event), Original)
    texts = {spec.name for kind in kinds for spec in fields(kind) if spec.type in (str, str | None)}

    assert texts <= {"media_type", "sha256", "wording", "reminder", "manifest"}

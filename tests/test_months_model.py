"""Random people press random buttons over months, and at every moment what Værn promises holds.

Which buttons there are is not known here: whatever stands on a card is pressed. VAERN_SOAK=1 lives much longer. What
fails says the seed and the last things that people did; `lived(Months(Random(seed)), steps)` is that story again.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.keeping.records import Record, Records
from casework import events as e
from casework import wire
from casework.vocabulary import VAERN, CaseId, ConsentKind, ItemId, OutcomeKind, PersonId, Reopened, Stage, StepId
from tests.months import START, Months
from tests.months_checks import CHECKS, broken
from tests.months_street import chat_of
from tests.months_watch import MOST_A_DAY, Look

SOAK = bool(os.environ.get("VAERN_SOAK"))
EXAMPLES, STEPS = (1500, 220) if SOAK else (4, 110)
FORTNIGHTS = 8  # in which little happens, after the busy weeks: what time brings must come all the same
MONTHS = timedelta(days=110)


async def lived(town: Months, steps: int) -> Look:
    """So many things happen; after each everything is looked at."""
    look = Look(town)
    with capture_logs() as lines:
        await town.begins()
        for step in range(steps):
            await town.something()
            wrong = await broken(look)
            assert not wrong, f"after {step + 1} steps: {wrong}\n  " + "\n  ".join(town.told[-8:])
        for _ in range(FORTNIGHTS):
            await town.passes(town.clock.now() + timedelta(days=14))
            await town.something()
            wrong = await broken(look)
            assert not wrong, f"in the quiet months: {wrong}\n  " + "\n  ".join(town.told[-8:])
    assert town.clock.now() - START > MONTHS
    faults = [line for line in lines if line["log_level"] == "error"]
    assert not faults, f"Something broke inside Værn: {faults}"
    return look


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=not SOAK,
          phases=(Phase.explicit, Phase.generate, Phase.shrink))  # fmt: skip
@given(seed=st.integers(0, 2**32), steps=st.integers(STEPS // 2, STEPS))
@example(seed=4, steps=1)  # a leader's leader who told of the leader had chosen themselves away
def test_over_months_whatever_is_pressed_what_was_promised_is_kept(seed, steps):
    asyncio.run(lived(Months(Random(seed)), steps))


def test_the_same_seed_is_the_same_story():
    def story() -> tuple[list[str], list[str]]:
        town = Months(Random(7))
        asyncio.run(lived(town, 25))
        return town.told, [came.message for came in town.street.came]

    assert story() == story()


def test_what_is_pressed_by_chance_gets_far():
    """The property says little about what never happens."""
    happened: Counter[str] = Counter()
    for seed in range(300, 303):
        town = Months(Random(seed))
        asyncio.run(unwatched(town, 70))
        happened.update(event["event"] for case in town.store.cases for one in town.store.commits(case)
                        for event in one.events)  # fmt: skip

    assert len(happened) > 25, sorted(happened)


async def unwatched(town: Months, steps: int) -> None:
    await town.begins()
    for _ in range(steps):
        await town.something()


async def test_in_half_of_the_towns_whoever_is_behind_it_is_known_from_two_cases_before():
    towns = [Months(Random(seed)) for seed in range(20)]
    knows = next(town for town in towns if town.recognises)
    for name in ("Peter Vang", "Lise Bech", "Mette Lund"):
        await knows.reports(who(knows, name))
        await knows.settled()
    facts = [one["event"] for case in knows.store.cases for row in knows.store.commits(case) for one in row.events]

    assert 5 <= sum(town.recognises for town in towns) <= 15
    assert "conduct_recognised" in facts and await broken(Look(knows)) == {}


# -- each check can fail ---------------------------------------------------------------------------------------------


class Forgetful(Records):
    """A planted fault: how often somebody was written to is forgotten at once."""

    async def save(self, record: Record) -> None:
        record.said = {}
        await super().save(record)


async def a_case(town: Months) -> CaseId:
    """Mette's, sent to Jonas."""
    await town.reports(who(town, "Mette Lund"))
    await town.settled()
    return CaseId(next(iter(town.store.cases)))


def who(town: Months, name: str) -> PersonId:
    return next(one for one in town.people if town.people[one].name == name)


async def happens(town: Months, case: CaseId, *events: e.Event) -> None:
    """Facts that no decision would have led to."""
    now = await town.case(case)
    commit = town.store.commits(case)[-1]
    written = tuple(wire.encode(event) for event in events)
    await town.store.append(case, replace(commit, events=written, notices=(), handled=()), after=now.version)


def by_vaern(town: Months) -> dict:
    return {"by": VAERN, "at": town.clock.now()}


async def nobody_has_it(town: Months, case: CaseId) -> None:
    stranger = PersonId("somebody-who-left")
    leader = (await town.case(case)).recipient
    told = e.CaseHandedOn(**by_vaern(town), former=leader, to=stranger, reason="moved", mailed=False)
    await happens(town, case, told)


async def the_leaders_card_is_lost(town: Months, case: CaseId) -> None:
    town.street.chats[chat_of((await town.case(case)).recipient)].clear()


async def time_goes_by_and_nobody_asks(town: Months, case: CaseId) -> None:
    town.clock.move_by(timedelta(days=4))


async def reported_without_her_yes(town: Months, case: CaseId) -> None:
    now = await town.case(case)
    episode = next(iter(now.episodes))
    told = e.OutcomeRecorded(by=now.recipient, at=town.clock.now(), episode=episode, person=now.reporter,
                             outcome=OutcomeKind.REPORTED)  # fmt: skip
    await happens(town, case, told)


async def colleagues_are_told_unasked(town: Months, case: CaseId) -> None:
    leader = (await town.case(case)).recipient
    await happens(town, case, e.StepCompleted(by=leader, at=town.clock.now(), step=StepId("inform_colleagues")))


async def asked_and_never_told(town: Months, case: CaseId) -> None:
    now = await town.case(case)
    await happens(town, case, e.ConsentAsked(**by_vaern(town), kind=ConsentKind.COLLEAGUES, person=now.reporter))


async def offered_and_never_told(town: Months, case: CaseId) -> None:
    now, sara = await town.case(case), who(town, "Sara Nygaard")
    await happens(town, case, e.StepOffered(by=now.recipient, at=town.clock.now(), step=StepId("talk"), to=sara))


async def handed_on_and_never_told(town: Months, case: CaseId) -> None:
    leader, karin = (await town.case(case)).recipient, who(town, "Karin Holm")
    told = e.CaseHandedOn(**by_vaern(town), former=leader, to=karin, reason="moved", mailed=False)
    await happens(town, case, told)


async def postponed_and_forgotten(town: Months, case: CaseId) -> None:
    leader, now = (await town.case(case)).recipient, town.clock.now()
    await happens(town, case, e.StepPostponed(by=leader, at=now, step=StepId("help"), until=now + timedelta(hours=1)))
    town.clock.move_by(timedelta(hours=2))


async def a_message_is_let_go(town: Months, case: CaseId) -> None:
    town.house.outbox.tally["let_go"] += 1


async def nine_pieces_of_news(town: Months, case: CaseId) -> None:
    """In a house that forgets how often it has written."""
    town.records = Forgetful
    town.build()
    await news(town, MOST_A_DAY + 3)


async def news(town: Months, times: int) -> None:
    """Mette corrects so often on one day when it was."""
    town.clock.move_by(timedelta(hours=10))
    mette = who(town, "Mette Lund")
    for number in range(times):
        town.clock.move_by(timedelta(minutes=1))
        await town.says(mette, "hvad er delt")
        at = {"certainty": "exact", "date": "2026-11-20", "time": f"{number + 10}:00"}
        await town.presses(mette, *town.newest(mette, "correct_episode"), at)
        await town.settled()


async def somebody_shut_out_is_told(town: Months, case: CaseId) -> None:
    card = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": case}]}
    put(town, who(town, "Nadia Krogh"), card)


async def a_card_grows_too_large(town: Months, case: CaseId) -> None:
    put(town, who(town, "Mette Lund"), {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "a" * 28_001}]})


async def a_call_is_asked_for_and_nobody_asks(town: Months, case: CaseId) -> None:
    mette = who(town, "Mette Lund")
    await town.says(mette, "ring til mig")
    await town.presses(mette, *town.newest(mette, "choose_call"), {})
    await time_goes_by_and_nobody_asks(town, case)


async def months_go_by_and_nobody_asks(town: Months, case: CaseId) -> None:
    town.clock.move_by(timedelta(days=30))


async def written_and_never_told(town: Months, case: CaseId) -> None:
    mette = who(town, "Mette Lund")
    await happens(town, case, e.MessageWritten(by=mette, at=town.clock.now(), person=mette, words=ItemId("words")))
    await months_go_by_and_nobody_asks(town, case)


async def agreed_and_never_told(town: Months, case: CaseId) -> None:
    leader, now = (await town.case(case)).recipient, town.clock.now()
    await happens(town, case, e.PointsWritten(by=leader, at=now, person=who(town, "Mette Lund"), help=ItemId("help")))


async def a_talk_is_agreed_and_forgotten(town: Months, case: CaseId) -> None:
    leader, now = (await town.case(case)).recipient, town.clock.now()
    how = {"person": who(town, "Mette Lund"), "next_talk": now + timedelta(days=5)}
    await happens(town, case, e.PointsWritten(by=leader, at=now, **how))
    await months_go_by_and_nobody_asks(town, case)


async def asked_if_missing_and_never_told(town: Months, case: CaseId) -> None:
    leader, now = (await town.case(case)).recipient, town.clock.now()
    how = {"person": who(town, "Mette Lund"), "answer_by": now + timedelta(days=5)}
    await happens(town, case, e.AskedIfMissing(by=leader, at=now, **how))


async def opened_again_and_nobody_asks(town: Months, case: CaseId) -> None:
    """Months after its leader had it in hand, and closed it."""
    await in_hand_and_closed(town, case)
    await happens(town, case, e.CaseReopened(by=who(town, "Mette Lund"), at=town.clock.now(), because=Reopened.ASKED))
    await time_goes_by_and_nobody_asks(town, case)


async def in_hand_and_closed(town: Months, case: CaseId) -> None:
    leader, now = (await town.case(case)).recipient, town.clock.now()
    await happens(town, case, e.CaseSeen(by=leader, at=now), e.CaseClosed(by=leader, at=now))
    town.clock.move_by(timedelta(days=60))


def put(town: Months, person: PersonId, card: dict) -> None:
    document = {"attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}]}
    town.street.put(chat_of(person), "planted", document)


PLANTED: dict[str, Callable[[Months, CaseId], Awaitable[None]]] = {
    "an_open_case_has_an_owner_and_a_next_step": nobody_has_it,
    "whoever_has_a_case_has_its_card_with_a_button": the_leaders_card_is_lost,
    "what_is_due_is_said": time_goes_by_and_nobody_asks,
    "an_unseen_case_escalates": time_goes_by_and_nobody_asks,
    "no_gate_is_passed_without_its_accepts": reported_without_her_yes,
    "a_locked_step_is_never_done": colleagues_are_told_unasked,
    "whoever_is_asked_has_the_question": asked_and_never_told,
    "whoever_is_asked_to_take_a_step_has_its_card": offered_and_never_told,
    "everybody_reads_who_has_the_case_now": handed_on_and_never_told,
    "whoever_asked_to_be_reminded_is": postponed_and_forgotten,
    "no_message_is_dropped": a_message_is_let_go,
    "at_most_six_a_day": nine_pieces_of_news,
    "nothing_reaches_whoever_must_not_know": somebody_shut_out_is_told,
    "every_card_can_be_sent_and_pressed": a_card_grows_too_large,
    "a_wish_to_be_rung_goes_on": a_call_is_asked_for_and_nobody_asks,
    "nobody_is_left_in_silence": months_go_by_and_nobody_asks,
    "words_do_not_lie_unread": written_and_never_told,
    "what_was_agreed_stands_with_whom_it_was_agreed": agreed_and_never_told,
    "both_are_told_on_the_day_of_the_talk": a_talk_is_agreed_and_forgotten,
    "whoever_is_asked_if_anything_is_missing_has_the_question": asked_if_missing_and_never_told,
}
"""Check → a house in which something is broken, so that it must fail."""


def test_every_check_has_a_planted_fault():
    assert set(PLANTED) == {check.__name__ for check in CHECKS}


@pytest.mark.parametrize("check", PLANTED)
async def test_a_planted_fault_is_found_and_before_it_all_was_well(check):
    town = Months(Random(1))
    look, case = Look(town), await a_case(town)
    assert await broken(look) == {}
    await PLANTED[check](town, case)

    assert check in await broken(look)


async def test_a_case_that_nobody_looks_at_when_it_is_opened_again_is_found():
    town = Months(Random(1))
    look, case = Look(town), await a_case(town)
    await opened_again_and_nobody_asks(town, case)

    assert "an_unseen_case_escalates" in await broken(look)


@pytest.mark.parametrize("name", ["Mette Lund", "Jonas Friis"])
async def test_whoever_opens_a_case_again_all_holds_in_the_weeks_that_follow(name):
    town = Months(Random(1))
    look, case = Look(town), await a_case(town)
    await in_hand_and_closed(town, case)
    await town.says(who(town, name), "åbn sagen igen: Opslaget er tilbage")
    assert (await town.case(case)).stage is Stage.OPEN

    for _ in range(30):
        await town.passes(town.clock.now() + timedelta(days=1))
        assert await broken(look) == {}


async def test_colleagues_told_without_an_accept_is_found_by_the_gates_too():
    town = Months(Random(1))
    look, case = Look(town), await a_case(town)
    await colleagues_are_told_unasked(town, case)

    assert "yes:colleagues" in str((await broken(look))["no_gate_is_passed_without_its_accepts"])


@pytest.mark.parametrize(("data", "wrong"), [
    ({"press": {"verb": "open_the_pod_bay_doors"}}, "no verb"),
    ({"press": {"verb": "open_step", "args": {}}}, "carries"),
])  # fmt: skip
async def test_a_button_that_we_could_not_read_is_found(data, wrong):
    town = Months(Random(1))
    button = {"type": "Action.Execute", "title": "Åbn", "data": data}
    put(town, who(town, "Mette Lund"), {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "x"}],
                                        "actions": [button]})  # fmt: skip

    assert wrong in str((await broken(Look(town)))["every_card_can_be_sent_and_pressed"])


async def test_the_house_that_remembers_keeps_to_six_where_the_forgetful_one_does_not():
    town = Months(Random(1))
    look, _ = Look(town), await a_case(town)
    await news(town, MOST_A_DAY + 3)

    assert await broken(look) == {}

"""Who is proposed next, in which order."""

from dataclasses import replace
from datetime import date

import pytest

from bot.directory import DirectoryUnreachable
from bot.reaching.chain import Chain
from casework import vocabulary as v
from casework.events import CallAsked
from casework.people import Absence, Workplace
from casework.vocabulary import PersonId
from tests.cases import opened
from tests.scenes import ALI, BIRGIT, JONAS, KARIN, LISE, METTE, NORD, SARA, SENT, TOM

PLACE = Workplace(NORD, "Nord", JONAS, KARIN, BIRGIT, health_safety_reps=(SARA, TOM), union_reps=(ALI,))
DAY = date(2026, 11, 23)


class Places:
    """A directory of one place. `silent`: it cannot say where anybody works."""

    def __init__(self, silent: bool = False) -> None:
        self.silent = silent

    async def workplace_of(self, person: PersonId) -> Workplace | None:
        if self.silent:
            raise DirectoryUnreachable("not now")
        return PLACE if person in (METTE, LISE) else None

    async def workplace(self, workplace) -> Workplace | None:
        return PLACE if workplace == NORD else None


def away(person: PersonId, stand_in: PersonId | None = None) -> Absence:
    return Absence(person, DAY, DAY, stand_in)


async def proposed(case=None, *absences: Absence, silent: bool = False, out=None) -> tuple[PersonId, ...]:
    return await Chain(Places(silent), lambda: absences, out).of(case or opened().case, DAY)


async def test_leader_then_stand_in_then_the_leaders_leader():
    assert await proposed() == (JONAS, KARIN, BIRGIT)


async def test_whoever_is_there_comes_before_whoever_is_away():
    assert await proposed(None, away(KARIN)) == (JONAS, BIRGIT, KARIN)


async def test_a_stand_in_for_just_these_days_comes_first():
    assert await proposed(None, away(JONAS, TOM)) == (TOM, KARIN, BIRGIT, JONAS)


async def test_where_the_directory_is_silent_the_workplace_of_the_report_is_asked():
    assert await proposed(silent=True) == (JONAS, KARIN, BIRGIT)


async def test_where_no_workplace_is_known_nobody_is_proposed_but_whoever_has_it():
    assert await proposed(replace(opened().case, workplace=None), silent=True) == (JONAS,)


@pytest.mark.parametrize(("asked", "chain"), [(SARA, (SARA, TOM)), (ALI, (ALI,)), (KARIN, (KARIN, JONAS, BIRGIT))])
async def test_whoever_asked_a_representative_to_ring_is_not_handed_to_a_leader(asked, chain):
    wish = replace(opened().case, stage=v.Stage.CALL, recipient=asked)
    assert await proposed(wish) == chain


async def test_a_wish_to_be_rung_by_a_representative_stays_with_these_whoever_has_it_meanwhile():
    asked = CallAsked(by=METTE, at=SENT, recipient=SARA)
    wish = replace(opened().case, stage=v.Stage.CALL, recipient=LISE, log=(asked,))

    assert await proposed(wish) == (LISE, SARA, TOM)


async def test_whoever_is_kept_out_since_a_wish_to_be_rung_was_made_is_not_asked():
    async def out(person: PersonId) -> frozenset[PersonId]:
        return frozenset({TOM} if person == METTE else ())

    wish = replace(opened().case, stage=v.Stage.CALL, reporter=METTE, recipient=SARA)
    assert await proposed(wish, out=out) == (SARA,)
    assert await proposed(out=out) == (JONAS, KARIN, BIRGIT)

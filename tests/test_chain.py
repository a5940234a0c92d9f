"""Who is proposed next, in which order."""

from dataclasses import replace
from datetime import date

import pytest

from bot.directory import DirectoryUnreachable
from bot.reaching.chain import Chain
from casework import vocabulary as v
from casework.people import Absence, Workplace
from casework.vocabulary import PersonId
from tests.cases import opened
from tests.scenes import ALI, BIRGIT, JONAS, KARIN, LISE, METTE, NORD, SARA, TOM

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


async def proposed(case=None, *absences: Absence, silent: bool = False) -> tuple[PersonId, ...]:
    return await Chain(Places(silent), lambda: absences).of(case or opened().case, DAY)


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

"""Somebody is away: who is proposed instead, and where the cases go that they had."""

from dataclasses import replace
from datetime import date

from casework.people import Absence
from tests.story import FORMS, ORDINARY, Story, local, said, story

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
TODAY = date(2026, 11, 22)


async def away(s: Story, *absences: Absence) -> None:
    """As organisation.toml says it, from the next start on."""
    s.settings = replace(s.settings, organisation=replace(s.settings.organisation, absences=absences))
    await s.restart()


async def to_the_last_form(s: Story) -> None:
    await s.mette.say("noget er sket")
    for form in FORMS[:-1]:
        await s.mette.press("Næste", {name: ORDINARY[name] for name in form if name in ORDINARY})


async def test_while_the_leader_is_away_the_stand_in_stands_first_and_the_form_says_why():
    async with story() as s:
        await away(s, Absence(s.id("jonas"), TODAY, FRIDAY))
        await to_the_last_form(s)

        choices = next(element for element in s.mette.messages[-1].card["body"] if element.get("id") == "recipient")
        assert choices["choices"][0]["value"] == choices["value"] == s.id("karin")
        assert "Jonas Friis er fraværende til og med fredag d. 27. november, så Karin Holm står først." in said(s.mette)
        titles = [choice["title"].replace("\xa0", " ") for choice in choices["choices"]]
        assert "Jonas Friis, din leder (fraværende til og med fredag d. 27. november)" in titles


async def test_a_stand_in_named_for_just_these_days_stands_before_the_usual_one():
    async with story() as s:
        await away(s, Absence(s.id("jonas"), TODAY, FRIDAY, stand_in=s.id("ali")))
        await to_the_last_form(s)

        choices = next(element for element in s.mette.messages[-1].card["body"] if element.get("id") == "recipient")
        assert [choice["value"] for choice in choices["choices"][:2]] == [s.id("ali"), s.id("karin")]


async def test_with_nobody_away_nobody_is_chosen_beforehand():
    async with story() as s:
        await away(s, Absence(s.id("jonas"), MONDAY, FRIDAY))
        await to_the_last_form(s)

        choices = next(element for element in s.mette.messages[-1].card["body"] if element.get("id") == "recipient")
        assert "value" not in choices and "fraværende" not in said(s.mette)


async def test_an_open_case_goes_on_in_the_first_morning_and_the_employee_is_told_of_it_then():
    async with story() as s:
        await away(s, Absence(s.id("jonas"), MONDAY, FRIDAY))
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.until(local(2026, 11, 23, 6, 59))
        assert (await s.case()).recipient == s.id("jonas")
        await s.until(local(2026, 11, 23, 7))

        assert s.has(s.karin, "open_case") and (await s.case()).recipient == s.id("karin")
        assert "Jonas Friis er fraværende, og Karin Holm har den fra i dag kl. 7.00." in said(s.mette)
        assert "En anden har sagen nu" in said(s.jonas) and not s.has(s.jonas, "mark_seen")


async def test_the_round_wakes_by_itself_when_an_absence_begins():
    async with story() as s:
        await away(s, Absence(s.id("jonas"), MONDAY, FRIDAY))
        assert await s.app.round._next() == local(2026, 11, 23, 7)


async def test_whoever_is_chosen_in_spite_of_being_away_has_the_case_and_answers_in_time_or_it_goes_on():
    async with story() as s:
        await away(s, Absence(s.id("jonas"), TODAY, FRIDAY))
        for chat in (s.mette, s.peter):
            await s.report(chat)
        await s.passes(hours=2)
        assert (await s.case()).recipient == s.id("jonas")
        await s.opened(s.jonas)
        await s.passes(days=1)

        assert {(await s.case(name)).recipient for name in ("mette", "peter")} == {s.id("jonas"), s.id("karin")}


async def test_min_leder_means_the_leader_also_while_away():
    async with story() as s:
        await away(s, Absence(s.id("jonas"), TODAY, FRIDAY))
        await to_the_last_form(s)
        await s.mette.say("min leder")

        assert (await s.case()).recipient == s.id("jonas")


async def test_whoever_is_away_is_the_last_the_chain_asks_and_an_absence_hands_on_to_nobody_who_is():
    async with story() as s:
        away_now = [Absence(s.id(name), MONDAY, FRIDAY) for name in ("jonas", "karin")]
        await away(s, *away_now)
        await s.report(s.mette)
        await s.until(local(2026, 11, 23, 7))

        assert (await s.case()).recipient == s.id("birgit") and s.karin.messages == ()


async def test_an_absence_hands_nothing_to_whoever_was_chosen_away():
    async with story() as s:
        await away(s, Absence(s.id("karin"), MONDAY, FRIDAY), Absence(s.id("birgit"), MONDAY, FRIDAY))
        await s.report(s.mette, recipient=s.id("karin"))
        await s.until(local(2026, 11, 23, 7))

        assert (await s.case()).recipient == s.id("karin") and s.jonas.messages == ()


async def alone_on_list(s: Story) -> set[str]:
    return {row.about for row in await s.app.attention.rows() if row.kind == "absent_alone"}


async def only_karin_may_have_it(s: Story) -> None:
    """Jonas was chosen away, and from Monday Karin and Birgit are away."""
    await away(s, Absence(s.id("karin"), MONDAY, FRIDAY), Absence(s.id("birgit"), MONDAY, FRIDAY))
    await s.report(s.mette, recipient=s.id("karin"))
    await s.opened(s.karin)
    await s.until(local(2026, 11, 23, 7))


async def test_with_nobody_to_stand_in_the_employee_is_told_whom_to_ring_and_an_administrator_sees_it():
    async with story() as s:
        await only_karin_may_have_it(s)

        told = said(s.mette)
        assert "Karin er fraværende" in told and "Ring imens til:" in told and "»ring til mig«" in told
        assert "Karin Holm er fraværende til og med fredag d. 27. november, og der er ikke andre" in told
        assert await alone_on_list(s) == {s.id("karin")} and s.jonas.messages == ()

        cards = len(s.mette.messages)
        for _ in range(3):
            await s.passes(minutes=20)
        assert (await s.facts()).count("nobody_stands_in") == 1 and len(s.mette.messages) == cards


async def test_whoever_is_away_alone_and_does_something_all_the_same_is_there():
    async with story() as s:
        await only_karin_may_have_it(s)
        await s.step(s.karin, "documentation")
        await s.passes(hours=1)

        assert await alone_on_list(s) == set() and "der er ikke andre, Værn kan give den til" not in said(s.mette)


async def test_when_somebody_who_may_stand_in_is_back_first_the_case_is_theirs():
    async with story() as s:
        await only_karin_may_have_it(s)
        await away(s, Absence(s.id("karin"), MONDAY, FRIDAY), Absence(s.id("birgit"), MONDAY, MONDAY))
        await s.until(local(2026, 11, 24, 7))

        assert (await s.case()).recipient == s.id("birgit") and await alone_on_list(s) == set()
        assert "Karin Holm er fraværende, og Birgit Dam har den fra i dag kl. 7.00." in said(s.mette)


async def test_after_the_absence_nothing_says_that_whoever_has_it_is_away():
    async with story() as s:
        await only_karin_may_have_it(s)
        await s.until(local(2026, 11, 28, 8))

        assert await alone_on_list(s) == set()


async def test_two_absences_at_the_same_time_are_said_once_with_the_day_on_which_the_last_one_ends():
    async with story() as s:
        longer, shorter = (Absence(s.id("karin"), MONDAY, day) for day in (date(2026, 11, 30), FRIDAY))
        await away(s, shorter, longer, Absence(s.id("birgit"), MONDAY, FRIDAY))
        await s.report(s.mette, recipient=s.id("karin"))
        await s.until(local(2026, 11, 23, 7))
        for _ in range(3):
            await s.passes(minutes=20)

        assert (await s.facts()).count("nobody_stands_in") == 1
        assert "Karin Holm er fraværende til og med mandag d. 30. november" in said(s.mette)


async def test_whoever_says_in_an_absence_that_they_have_seen_it_is_not_said_to_be_away_again():
    async with story() as s:
        await away(s, Absence(s.id("karin"), MONDAY, FRIDAY), Absence(s.id("birgit"), MONDAY, FRIDAY))
        await s.report(s.mette, recipient=s.id("karin"))
        await s.until(local(2026, 11, 23, 7))
        assert await alone_on_list(s) == {s.id("karin")}
        await s.passes(minutes=20)
        await s.opened(s.karin)
        await s.passes(minutes=20)

        assert (await s.facts()).count("nobody_stands_in") == 1 and await alone_on_list(s) == set()
        assert "Karin har set det" in said(s.mette)


async def test_until_further_notice_may_be_the_last_day_there_is():
    async with story() as s:
        await away(s, *(Absence(s.id(name), MONDAY, date.max) for name in ("jonas", "birgit")))
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.until(local(2026, 11, 23, 7))
        assert (await s.case()).recipient == s.id("karin")

        await away(s, *(Absence(s.id(name), MONDAY, date.max) for name in ("jonas", "karin", "birgit")))
        await s.passes(minutes=20)
        assert (await s.facts()).count("nobody_stands_in") == 0, "It was given to Karin in spite of that."


async def report_while_away(s: Story, **said_on_the_form: str) -> None:
    await s.connect_group()
    await away(s, Absence(s.id("jonas"), TODAY, FRIDAY))
    await s.report(s.mette, recipient=s.id("karin"), **said_on_the_form)


async def test_choosing_who_steps_in_is_no_choosing_away_the_group_hears_and_the_leader_may_get_it_later():
    async with story() as s:
        await report_while_away(s)
        case = await s.case()
        assert case.excluded == frozenset() and "Der er åbnet en sag" in said(s.group)
        assert "Karin Holm, stedfortræder" in said(s.mette) and s.jonas.messages == ()

        await away(s)
        await s.passes(hours=4)
        assert (await s.case()).recipient == s.id("jonas") and s.has(s.jonas, "open_case")


async def test_with_the_tick_the_leader_who_is_away_is_shut_out_for_good_and_the_group_hears_nothing():
    async with story() as s:
        await s.connect_group()
        before = s.group.messages
        await away(s, Absence(s.id("jonas"), TODAY, FRIDAY))
        await s.report(s.mette, recipient=s.id("karin"), stay_out="true")
        await away(s)
        await s.passes(days=3)

        assert (await s.case()).excluded == {s.id("jonas")} and s.group.messages == before
        assert s.jonas.messages == () and await s.cases("jonas") == ()


async def test_a_draft_remembers_the_tick():
    async with story() as s:
        await away(s, Absence(s.id("jonas"), TODAY, FRIDAY))
        await to_the_last_form(s)
        await s.mette.press("Næste", {"recipient": s.id("karin"), "stay_out": "true"})
        await s.does(s.mette, "report_edit", form="who_is_to_know")

        ticks = [element for element in s.mette.last_card["body"] if element.get("id") == "stay_out"]
        assert [tick["value"] for tick in ticks] == ["true"]


async def two_leaders(s: Story) -> None:
    """Karin leads the place together with Jonas."""
    first, *others = s.settings.organisation.workplaces
    places = (replace(first, second_leader=s.id("karin"), stand_in=None), *others)
    s.settings = replace(s.settings, organisation=replace(s.settings.organisation, workplaces=places))
    await s.restart()


async def test_of_two_leaders_either_may_be_chosen_and_the_other_is_the_first_in_the_chain():
    async with story() as s:
        await two_leaders(s)
        await s.report(s.mette, recipient=s.id("karin"))
        assert (await s.case()).excluded == frozenset()
        await s.passes(hours=4)

        assert (await s.case()).recipient == s.id("jonas") and "Jonas Friis har den fra" in said(s.mette)


async def test_of_two_leaders_the_other_stays_out_of_it_with_a_tick():
    async with story() as s:
        await two_leaders(s)
        await s.report(s.mette, recipient=s.id("karin"), stay_out="true")
        await s.passes(hours=4)

        assert (await s.case()).recipient == s.id("birgit") and s.jonas.messages == ()

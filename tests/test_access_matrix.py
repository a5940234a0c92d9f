"""Every button × every role, over HTTP, with data made by hand: held against `tests/access_table.py`."""

import re
from collections.abc import Iterator
from dataclasses import replace

from cards.verbs import VERBS
from tests.access_cases import OUTSIDE, ROLES, SHUT_OUT, Prepared, prepared, roles_in
from tests.access_rows import ANYBODY, READS, Row
from tests.access_table import BROKEN
from tests.access_table import TABLE as BUTTONS
from tests.access_table_evidence import THE_EVIDENCE
from tests.crafted import EXECUTE, NOWHERE, SUBMIT, log_of, press, stored, without_ids

HAS_A_CARD = ("affected", "reporter", "leader", "companion")

TABLE = (*BUTTONS, *THE_EVIDENCE)


def cells(made: Prepared, case: str | None = None) -> Iterator[tuple[Row, str, dict[str, str]]]:
    """Rows with their roles and the ids they speak of, those of one prepared case together."""
    names = dict.fromkeys(row.case for row in TABLE)
    for name in names:
        for row in TABLE:
            if row.case == name and case in (None, name):
                yield from ((row, role, made.facts[name]) for role in roles_in(name))


def kind_of(row: Row) -> str:
    return SUBMIT if row.button.verb.startswith("report_") else EXECUTE


def named(row: Row, role: str) -> str:
    return f"{row.button.verb} {' '.join(row.button.args.values())} in {row.case} by {role}"


def words_in(sent: str) -> str:
    """The beginning of what people read in it, for the fault's own line."""
    return " | ".join(re.findall(r"'(?:text|value)': '([^']*)'", sent))[:200] or sent[:60]


async def happens(made: Prepared, row: Row, role: str, facts, *, version: int, times: int = 1) -> list[list[str]]:
    """What is added to the case by pressing, each time."""
    chat, by = made.chat(role)
    added, before = [], await log_of(made.story, facts["case"])
    for _ in range(times):
        await press(chat, row.button.filled(facts), facts["case"], version=version, by=by, kind=kind_of(row))
        after = await log_of(made.story, facts["case"])
        added.append(after[len(before) :])
        before = after
    return added


async def changes(made: Prepared, *, version_off: int = 0, times: int = 1) -> list[str]:
    """Every cell of somebody who may, pressed on the case as it was prepared: where it is not as the table says."""
    wrong = []
    for row, role, facts in cells(made):
        if role not in row.may:
            continue
        await made.at(row.case)
        version = (await stored(made.story, facts["case"])).version - version_off
        found = await happens(made, row, role, facts, version=version, times=times)
        if found != [list(row.may[role]), *([[]] * (times - 1))]:
            wrong.append(f"{named(row, role)}: {found}, not {row.may[role]}")
    return wrong


async def said(made: Prepared, row: Row, role: str, facts, case: str, kind: str, version: int = 1) -> str:
    """Everything anybody is sent when the button is pressed in that case."""
    channel, (chat, by) = made.story.channel, made.chat(role)
    before = {one.id: len(channel.bytes_sent_to(one)) for one in channel.chats}
    answer = await press(chat, row.button.filled(facts), case, version=version, by=by, kind=kind)
    sent = {one.id: channel.bytes_sent_to(one)[before.get(one.id, 0) :] for one in channel.chats}
    return without_ids((answer.status, {id: bodies for id, bodies in sorted(sent.items()) if bodies}))


async def differences(made: Prepared, row: Row, role: str, facts, cases: dict[str, tuple[str, int]]) -> list[str]:
    """Where an answer tells that the case is there, or the case is changed. Both ways of pressing."""
    wrong, before = [], await log_of(made.story, facts["case"])
    for kind in (EXECUTE, SUBMIT):
        if kind == EXECUTE and kind_of(row) == SUBMIT and role in HAS_A_CARD:
            continue  # a form's button pressed as what it is not: they are shown their own card
        nothing = await said(made, row, role, facts, NOWHERE, kind)
        for what, (case, version) in cases.items():
            there = await said(made, row, role, facts, case, kind, version)
            if there != nothing:
                wrong.append(f"{named(row, role)}, {what}, {kind}: {words_in(there)}, not {words_in(nothing)}")
    if await log_of(made.story, facts["case"]) != before:
        wrong.append(f"{named(row, role)} has changed the case")
    return wrong


def test_the_table_names_every_button_there_is():
    assert set(VERBS) - {row.button.verb for row in TABLE} == set()


async def test_whoever_may_changes_exactly_what_the_table_says_and_a_second_press_nothing():
    async with prepared() as made:
        wrong = await changes(made, times=2)
        assert wrong == [], "\n".join(wrong)


async def test_an_old_card_is_decided_on_the_case_as_it_is_now():
    async with prepared() as made:
        wrong = await changes(made, version_off=1)
        assert wrong == [], "\n".join(wrong)


async def told_apart(made: Prepared, which, cases) -> list[str]:
    """Over these cells, begun afresh for each prepared case: where a case is told from one that does not exist."""
    wrong, at = [], ""
    for row, role, facts in which:
        if row.case != at:
            await made.at(row.case)
            await made.story.settled()  # what was held back on the day it was made is said now
            at = row.case
        wrong += await differences(made, row, role, facts, await cases(facts))
    return wrong


async def test_whoever_may_not_gets_what_a_case_that_does_not_exist_gives():
    async with prepared() as made:

        async def fresh_and_old(facts):
            now = (await stored(made.story, facts["case"])).version
            return {"fresh": (facts["case"], now), "old": (facts["case"], 1)}

        outside = [(row, role, facts) for row, role, facts in cells(made) if not {role, ANYBODY} & set(row.may)]
        wrong = await told_apart(made, outside, fresh_and_old)
        assert wrong == [], "\n".join(wrong)


async def test_whoever_has_a_part_in_one_case_gets_nothing_of_another():
    async with prepared() as made:

        async def other(facts):
            return {"another's": (made.other, 1)}

        # legal staff come upon any case by its number: that is what their role is
        rows = [
            (row, role, facts)
            for row, role, facts in cells(made, "running")
            if ANYBODY not in row.may and not (role == "legal" and role in row.may)
        ]
        before = await log_of(made.story, made.other)
        wrong = await told_apart(made, rows, other)
        assert wrong == [], "\n".join(wrong)
        assert await log_of(made.story, made.other) == before


async def test_whoever_was_chosen_away_or_named_gets_nothing_by_any_button_nor_does_their_group():
    async with prepared() as made:

        async def shut_out(facts):
            return {"shut out": (facts["case"], 1)}

        rows = [row for row in TABLE if row.case == "running" and ANYBODY not in row.may]
        facts = made.facts["shut_out"]
        which = [(replace(row, case="shut_out"), role, facts) for row in rows for role in SHUT_OUT]
        wrong = await told_apart(made, which, shut_out)
        assert wrong == [], "\n".join(wrong)


async def test_fields_that_cannot_be_read_tell_nobody_that_there_is_a_case():
    async with prepared() as made:

        async def fresh(facts):
            return {"fresh": (facts["case"], 1)}

        which = [(row, role, made.facts[row.case]) for row in BROKEN for role in OUTSIDE]
        wrong = await told_apart(made, which, fresh)
        assert wrong == [], "\n".join(wrong)


async def test_whoever_may_look_is_shown_something_else_than_that_there_is_no_such_case():
    async with prepared() as made:
        alike = []
        for row, role, facts in cells(made):
            if row.may.get(role) != READS or row.button.verb.startswith("report_"):
                continue
            await made.at(row.case)
            there = await said(made, row, role, facts, facts["case"], EXECUTE)
            if there == await said(made, row, role, facts, NOWHERE, EXECUTE):
                alike.append(named(row, role))
        assert alike == []


async def test_buttons_outside_the_cases_touch_no_case_whatever_id_they_carry():
    async with prepared() as made:
        await made.at("running")
        case = made.facts["running"]["case"]
        before = await log_of(made.story, case)
        for row in TABLE:
            if ANYBODY in row.may:
                for role in ROLES:
                    chat, by = made.chat(role)
                    answer = await press(chat, row.button, case, by=by)
                    assert answer.ok, named(row, role)
        assert await log_of(made.story, case) == before

"""Whoever has a part in a case for a time only: before it is theirs, while it is, and after.

Every button of the case that runs, over HTTP, held against `tests/access_table.py`.
"""

from dataclasses import replace

from tests.access_cases import HELPER, NEXT, Prepared, prepared
from tests.access_rows import ANYBODY, READS, Row
from tests.access_table_evidence import OF_THE_HELPER
from tests.crafted import log_of, stored
from tests.test_access_matrix import TABLE, happens, told_apart

RUNNING = tuple(row for row in TABLE if row.case == "running" and ANYBODY not in row.may)
"""Of every button that has to do with a case, what it is in the one that runs."""
OTHERWISE = {
    "open_case": ("case_opened",),
    "mark_seen": ("case_opened", "case_seen"),
    "undo_step": READS,
    "take_step": READS,
    "take_analysis": READS,
    "open_messages": READS,
}
"""What whoever has it now does otherwise than whoever had it: they have not opened it yet, and read no words before,
undo only their own, and are not of the group, whose it is to take what leader and group share."""
THE_GROUPS = tuple(row for row in RUNNING if "in_private" in row.may)
"""What Jonas and Tom may do because they are of the group, whoever has the case."""


def elsewhere(row: Row, case: str) -> Row:
    return replace(row, case=case)


async def fresh(made: Prepared, case: str) -> dict[str, tuple[str, int]]:
    return {"fresh": (case, (await stored(made.story, case)).version)}


def _of(row: Row) -> tuple[str, ...]:
    return (row.button.verb, *row.button.args.values())


def _of_a_report(row: Row) -> bool:
    """Whoever has a card of the case is shown it by these: they are the draft's, which is over."""
    return row.button.verb.startswith("report_")


async def test_whoever_helps_to_save_evidence_can_do_that_and_nothing_else_in_the_case():
    async with prepared() as made:
        theirs = {_of(row) for row in OF_THE_HELPER if HELPER in row.may}
        rows = [row for row in RUNNING if row not in THE_GROUPS and _of(row) not in theirs and not _of_a_report(row)]
        assert len({row.button.verb for row in rows}) > 50

        which = [(elsewhere(row, "helped"), HELPER, made.facts["helped"]) for row in rows]
        wrong = await told_apart(made, which, lambda facts: fresh(made, facts["case"]))
        assert wrong == [], "\n".join(wrong)


async def test_whoever_had_the_case_changes_nothing_in_it_by_any_button_and_where_it_was_moved_learns_nothing():
    async with prepared() as made:
        rows = [row for row in RUNNING if row not in THE_GROUPS]
        moved = [(elsewhere(row, "moved"), "leader", made.facts["moved"]) for row in rows]
        wrong = await told_apart(made, moved, lambda facts: fresh(made, facts["case"]))

        await made.at("handed")
        facts = made.facts["handed"]
        for row in rows:
            before = await log_of(made.story, facts["case"])
            (added,) = await happens(made, elsewhere(row, "handed"), "leader", facts, version=1)
            after = await log_of(made.story, facts["case"])
            wrong += [f"{row.button.verb}: {added}"] if after != before else []
        assert wrong == [], "\n".join(wrong)


async def test_whoever_has_the_case_now_does_all_that_whoever_had_it_did():
    async with prepared() as made:
        wrong, facts = [], made.facts["handed"]
        for row in RUNNING:
            if "leader" not in row.may:
                continue
            await made.at("handed")
            expected = OTHERWISE.get(row.button.verb, row.may["leader"])
            version = (await stored(made.story, facts["case"])).version
            (added,) = await happens(made, elsewhere(row, "handed"), NEXT, facts, version=version)
            if added != list(expected):
                wrong.append(f"{row.button.verb} {row.button.args}: {added}, not {expected}")
        assert wrong == [], "\n".join(wrong)

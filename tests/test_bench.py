"""What `make bench` measures still runs: the smallest form of the parts that reach deepest into the house."""

from pathlib import Path

from tests.bench import papers, years


async def test_the_documentation_of_a_case_with_photographs_can_be_measured():
    measured = await papers.measure(pieces=2, runs=1)

    assert measured["bytes"] > measured["originals"] > 0


async def test_of_two_years_everything_that_became_due_has_arrived_and_the_case_is_open(tmp_path: Path):
    measured = await years.measure(tmp_path, cases=1)

    assert measured["open"] == measured["cases"] == 1
    assert measured["messages"] > measured["moments"] > 100

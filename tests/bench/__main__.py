"""`make bench`: how fast, as ratios within one run on one machine. docs/speed.md says what the numbers mean."""

import asyncio
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import papers, receiving, start, stores, turns, years
from tests.bench.quiet import quiet
from tests.bench.report import Goal, told
from tests.bench.stalls import longest_of_each

OUT = Path("var/bench.json")


def main(*cases: str) -> int:
    """What is short first; the two years take as long as so many `cases` need (10,000 unless told)."""
    met = _short()
    years.main(*cases)
    return 0 if met else 1


def _short() -> bool:
    quiet()
    stalls = longest_of_each()  # first, while everything is slow that is slow once
    with TemporaryDirectory(prefix="vaern-bench-") as folder:
        measured = asyncio.run(turns.measure(Path(folder) / "turns"))
        measured |= asyncio.run(start.measure(Path(folder) / "start"))
        measured["appends"] = asyncio.run(stores.measure(Path(folder) / "stores"))
        measured["receiving"] = asyncio.run(receiving.measure(Path(folder) / "receiving"))
    measured["paper"] = asyncio.run(papers.measure())
    measured["stall"] = vars(stalls[0])
    goals = _goals(measured)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"goals": [goal.document() for goal in goals], "measured": measured}, indent=2))
    print(told(goals, measured))
    print(f"Written to {OUT}.")
    return all(goal.met for goal in goals)


def _goals(measured: dict) -> list[Goal]:
    ratios, empty, full = measured["ratios"], measured["start_empty"], measured["start_full"]
    return [
        Goal("a help turn against the stock echo", ratios["help_to_echo"]["median"], "×", at_least=6),
        Goal("a step completed against the stock echo", ratios["step_to_echo"]["median"], "×", at_least=3),
        Goal("the longest stall of the loop in any story", measured["stall"]["milliseconds"], "ms", at_most=50),
        Goal("start to /readyz, no cases", empty["seconds"]["median"], "s", at_most=2),
        Goal("start to /readyz, 1,000 cases", full["seconds"]["median"], "s", at_most=2),
        Goal("memory once ready, 1,000 cases", full["megabytes"]["median"], "MB", at_most=150),
        Goal("appends in PostgreSQL against files", measured["appends"]["ratio"]["median"], "×", at_least=0.5),
        Goal("a PDF with 20 photographs", measured["paper"]["seconds"]["median"], "s", at_most=5),
        Goal("that PDF beside its originals", _paper_to_originals(measured["paper"]), "×", at_most=1.5),
        Goal("receiving 25 MB against writing it plainly", measured["receiving"]["ratio"]["median"], "×", at_most=2),
        Goal("memory more, while receiving 200 MB", measured["receiving"]["memory"], "MB", at_most=32),
        Goal("memory at most, after the load", measured["memory_after_load"], "MB", at_most=150),
    ]


def _paper_to_originals(paper: dict) -> float:
    """The pages and small pictures cost little; the originals lie inside."""
    return paper["bytes"] / paper["originals"]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

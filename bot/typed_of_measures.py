"""»giv tiltag 2 til Sara senest 5. december«: a decided measure by its number on the card of the analysis."""

from bot.desk import Desk
from cards.verbs import Press
from casework.case import Case
from casework.measures import may_assign
from casework.vocabulary import ItemId, Refused
from dialogs.known import Meaning


async def assigned(meaning: Meaning, desk: Desk) -> Press:
    """Of the newest analysis whose measures they may give away, closed case or not. Without a number: its card."""
    case = await _case(desk)
    if not meaning.args:
        return Press("show_analysis", case.id)
    said = {"owner": meaning.args.get("name", ""), "due": meaning.args.get("due", "")}
    return Press("assign_measure", case.id, args={"measure": _measure(case, meaning.args["number"])}, inputs=said)


async def _case(desk: Desk) -> Case:
    cases = [one.case for one in await desk.mine()]
    learned = [(case.analysis.at, case.id, case) for case in cases if case.analysis and desk.person in may_assign(case)]
    if not learned:
        raise Refused("nothing_open")
    return max(learned)[2]


def _measure(case: Case, number: str) -> ItemId:
    measures = case.analysis.measures if case.analysis else ()
    if not 0 < int(number) <= len(measures):
        raise Refused("measure_measure_missing")
    return measures[int(number) - 1]

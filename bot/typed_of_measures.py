"""»giv tiltag 2 til Sara senest 5. december«, »tiltag 2 er gjort«: a decided measure by its number on the analysis'
card; whoever has just one says »tiltaget«."""

from collections.abc import Mapping

from bot.desk import Desk
from cards.verbs import Press
from casework.case import Case
from casework.measures import follows, may_assign, settled
from casework.vocabulary import FollowUpAnswer, ItemId, Refused
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


ANSWERS: Mapping[str, FollowUpAnswer] = {
    "measure_done": FollowUpAnswer.DONE,
    "measure_under_way": FollowUpAnswer.UNDER_WAY,
    "measure_dropped": FollowUpAnswer.DROPPED,
}


async def followed_up(meaning: Meaning, desk: Desk) -> Press:
    """How it goes with a measure. Without a number: the one that they are asked about, when there is no other."""
    said = meaning.args.get("number")
    open_ones = [
        (one.case, measure)
        for one in await desk.mine()
        if one.case.analysis
        for number, measure in enumerate(one.case.analysis.measures, 1)
        if said in (None, str(number)) and follows(one.case, desk.person, measure) and not settled(one.case, measure)
    ]
    if len(open_ones) != 1:
        raise Refused("measure_measure_missing" if open_ones else "nothing_open")
    case, measure = open_ones[0]
    args = {"measure": measure, "answer": ANSWERS[meaning.name].value}
    why = {"reason": meaning.args["reason"]} if "reason" in meaning.args else {}
    return Press("answer_follow_up", case.id, args=args, inputs=why)


def _measure(case: Case, number: str) -> ItemId:
    measures = case.analysis.measures if case.analysis else ()
    if not 0 < int(number) <= len(measures):
        raise Refused("measure_measure_missing")
    return measures[int(number) - 1]

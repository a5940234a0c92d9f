"""Whoever names somebody for a part learns nothing of whom the case is about: neither by the order of the answers, nor
by their words. Held for every place that takes a person by name.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from casework import commands as c
from casework.calendar import local
from casework.commands import Written
from casework.vocabulary import ItemId, PersonId, Refused, StepId
from tests.cases import JONAS, METTE, SARA, Working, opened, said
from tests.crafted import Crafted, press
from tests.scenes import ALI, NADIA, PETER, TOM
from tests.story import story

HELP, NOT_THEM = StepId("help"), "cannot_be_chosen"
AFFECTED, EXCLUDED, ANYBODY = METTE, NADIA, TOM
Told = tuple[Working, Callable[[PersonId], c.Command]]


def a_measure(days: int = 10, *, measure: str = "", done: bool = False) -> Told:
    case = opened(originator=NADIA)
    case.does(SARA, c.TakeAnalysis)
    case.does(SARA, c.FinishAnalysis, answers=said("Lange svartider."), measures=(said("Ny liste."),))
    which = ItemId(measure or case.case.analysis.measures[0])
    if done:
        case.does(SARA, c.AnswerFollowUp, measure=which, answer="done")
    due = local(case.now).date() + timedelta(days=days)
    return case, lambda who: c.AssignMeasure(case=case.case.id, by=SARA, measure=which, owner=who, due=due)


def a_step(step: StepId = HELP, *, offered: bool = False, done: bool = False) -> Told:
    case = opened(originator=NADIA)
    if offered:
        case.does(JONAS, c.OfferStep, step=step, to=ALI)
    if done:
        case.does(JONAS, c.CompleteStep, step=step)
    return case, lambda who: c.OfferStep(case=case.case.id, by=JONAS, step=step, to=who)


def a_follow_up(words: str = "Lange svartider.", *, taken: bool = True) -> Told:
    case = opened(originator=NADIA)
    if taken:
        case.does(SARA, c.TakeAnalysis)
    answers = Written(ItemId("answers"), words)
    return case, lambda who: c.FinishAnalysis(
        case=case.case.id, by=SARA, answers=answers, measures=(), follow_up_by=who
    )


def help_with_it() -> Told:
    case = opened(originator=NADIA)
    case.does(JONAS, c.NameAffected, people=(PETER,))
    case.does(JONAS, c.CompleteStep, step=StepId("talk"))
    return case, lambda who: c.AskDocumenter(case=case.case.id, by=PETER, person=who)


SOMETHING_ELSE_IS_WRONG: dict[str, Callable[[], Told]] = {
    "a measure by a day that has gone": lambda: a_measure(-1),
    "a measure by today": lambda: a_measure(0),
    "a measure that is none": lambda: a_measure(measure="other"),
    "a measure that is done": lambda: a_measure(done=True),
    "a step somebody is asked about": lambda: a_step(offered=True),
    "a step that is done": lambda: a_step(done=True),
    "a step that is none": lambda: a_step(StepId("other")),
    "a step of the police": lambda: a_step(StepId("assess_police")),
    "a form without words": lambda: a_follow_up(" "),
    "a form with too many": lambda: a_follow_up("x" * 100_000),
    "a form of somebody else": lambda: a_follow_up(taken=False),
}
ALL_ELSE_IS_RIGHT: dict[str, Callable[[], Told]] = {
    "measure": a_measure,
    "step": a_step,
    "follow-up": a_follow_up,
    "documenting": help_with_it,
}


def answer(told: Told, who: PersonId) -> str:
    """The key of the refusal; empty for a yes."""
    case, named = told
    command = named(who)
    how = {name: value for name, value in vars(command).items() if name not in ("case", "by")}
    try:
        case.does(command.by, type(command), **how)
    except Refused as refused:
        return refused.key
    return ""


@pytest.mark.parametrize("wrong", SOMETHING_ELSE_IS_WRONG.values(), ids=SOMETHING_ELSE_IS_WRONG)
def test_where_something_else_is_wrong_everybody_gets_the_same_answer(wrong):
    (key,) = {answer(wrong(), who) for who in (AFFECTED, EXCLUDED, ANYBODY)}
    assert key not in ("", NOT_THEM)


@pytest.mark.parametrize("right", ALL_ELSE_IS_RIGHT.values(), ids=ALL_ELSE_IS_RIGHT)
def test_affected_and_excluded_are_the_same_no(right):
    assert {answer(right(), who) for who in (AFFECTED, EXCLUDED)} == {NOT_THEM} and answer(right(), ANYBODY) == ""


NOBODY, WORDS = "Xerxes Ukendt", "Personen blev ikke fundet eller kan ikke vælges her."


async def test_the_words_are_those_for_a_name_that_nobody_has_and_nothing_is_written_in_the_case():
    async with story() as s:
        await s.analysis_taken()
        case = await s.case()
        analysis = {"possible": "Lange svartider", "measures": "Ny liste"}

        async def answers(chat, verb: str, name: str, field: str, args: dict | None = None, **more: str) -> str:
            before = len(chat.messages)
            body = (await press(chat, Crafted(verb, args or {}, {field: name, **more}), case.id)).body
            await s.settled()
            return str(body) + "".join(message.text or "" for message in chat.messages[before:])

        for name in ("Mette Lund", NOBODY):
            step = {"step": "help"}
            assert WORDS in await answers(s.jonas, "offer_step", name, "to", step)
            assert WORDS in await answers(s.sara, "finish_analysis", name, "follow_up_by", **analysis)
        before = len((await s.case()).log)
        assert WORDS in await answers(s.mette, "ask_documenter", "Jonas Friis", "documenter")
        assert WORDS in await answers(s.mette, "ask_documenter", NOBODY, "documenter")
        assert WORDS in await answers(s.jonas, "name_affected", NOBODY, "people")
        assert len((await s.case()).log) == before
        await s.does(s.sara, "finish_analysis", analysis | {"follow_up_by": ""})  # the name stands there still
        first = (await s.case()).analysis.measures[0]
        with capture_logs() as lines:
            for name in ("Mette Lund", NOBODY):
                how = {"measure": first, "due": "2026-12-24"}
                assert WORDS in await answers(s.sara, "assign_measure", name, "owner", **how)
                gone = await answers(s.sara, "assign_measure", "Mette Lund", "owner", **how | {"due": "2026-11-01"})
                other = await answers(s.sara, "assign_measure", "Tom Riis", "owner", **how | {"due": "2026-11-01"})
                # what was typed stands in the field again, and is the only difference
                assert WORDS not in gone and gone.replace("Mette Lund", "Tom Riis") == other
        refused = [line for line in lines if line["event"] == "person_not_chosen"]
        assert [line["by"] for line in refused] == [s.id("sara")] * 2
        assert s.id("mette") not in str(refused), "Who was named stands nowhere."

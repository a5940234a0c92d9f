"""The third case: Peter told Jonas, who could not be reached; Karin has it now, and Jonas may still read its card."""

from casework.commands import HandOn
from casework.vocabulary import VAERN, CaseId, HandedOn, PersonId
from tests.leaking import Told, mark


async def third_case(made: Told) -> str:
    s = made.s
    await s.passes(minutes=1)  # the newest of his cases
    await s.report(s.peter, account=mark("peter_told"), identifier=mark("peter_handle"))
    made.case = (await s.case("peter")).id
    await _handed_on(made)
    await _handled_by_karin(made)
    return made.case


async def _handed_on(made: Told) -> None:
    jonas, karin = (PersonId(made.s.id(name)) for name in ("jonas", "karin"))
    unreachable = HandedOn.UNREACHABLE
    await made.s.app.office.caseworker.carry_out(
        HandOn(case=CaseId(made.case), by=VAERN, former=jonas, chain=(karin,), reason=unreachable)
    )
    await made.s.settled()


async def _handled_by_karin(made: Told) -> None:
    peter = made.s.id("peter")
    sent = {"text": mark("karin_letter"), "date": "2026-11-22", "journal": mark("karin_number")}
    for verb, inputs, args in (
        ("open_case", {}, {}),
        ("mark_seen", {}, {}),
        ("agree_points", {"help": mark("karin_help")}, {"person": peter}),
        ("give_update", {"update": mark("karin_update")}, {"place": "case"}),
        ("note_step", {"note": mark("karin_note")}, {"step": "help"}),
        ("send_letter", sent, {"step": "upper_management"}),
    ):
        await made.does("karin", verb, inputs, **args)
    await made.does("peter", "points_unfit", {"words": mark("peter_unsure")}, number="1")
    await made.does("karin", "open_messages", person=peter)

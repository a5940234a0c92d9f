"""Which of several cases a typed word means. A word that changes one is done in none that the person has not named.

It is asked wherever there are two of their cases in which they may do it, however far each has come: whoever types a
word twice means the case they typed it of, and not the next one. A case they had before counts, for they may mean
that. A word that only shows means the case that was touched last, and its card says which that is.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from bot.asked_first import TO_SOMEBODY
from bot.caseworker import Opened
from bot.desk import Desk
from bot.own_words import SAID_OF_A_CASE, ask, lies_here
from bot.readings import READINGS, Pressed
from bot.spoken import lacks_its_step
from bot.typed import press_of
from bot.typed_of_a_step import nearest_steps
from cards import which_case
from cards.show import shown
from cards.verbs import Press
from cards.which_case import Meant
from casework.case import Case
from casework.plan import step_of
from casework.projections import case_line, former_view
from casework.undoing import BESIDES
from casework.vocabulary import CaseId, PersonId, Refused, Role, Stage, StepId
from dialogs.known import Meaning

if TYPE_CHECKING:
    from bot.reception import Reception

ONLY_SHOWS = frozenset(
    {
        "show_case",
        "open_step",
        "show_question",
        "show_missing",
        "show_answers",
        "show_plan",
        "show_evidence",
        "show_analysis",
        "show_messages",
        "show_points",
        "show_own_words",
        "show_custody",
        "show_coach",
        "show_asking",
        "show_packages",
        "show_package",
        "what_shared",
        "write_letter",
        "write_update",
        "write_message",
    }
)
"""Verbs that leave nothing in a case. Whatever is not here is asked about, also what is added later, and the card of
closing: from there it is one press."""
ONE_OF_SEVERAL = frozenset({"step_not_said", "measure_measure_missing"})
"""Why a word is refused that could be about several: in one of their cases it may be plain."""
MOST_ASKED = 5  # of those that lie here unanswered; the oldest goes


class OneCase(Desk):
    """The same desk with one case on it: a word typed here can mean no other."""

    def __init__(self, desk: Desk, opened: Opened) -> None:
        super().__init__(desk.office, desk.record, desk.person, desk.handled)
        self.opened = opened

    async def mine(self) -> tuple[Opened, ...]:
        return (self.opened,)


async def desk_meant(at: "Reception", meaning: Meaning, words: str) -> Desk | None:
    """The desk with just the case that is meant, or with all where it does not matter. None: it was asked which."""
    cases = [one for one in await at.desk.mine() if one.case.stage is not Stage.DRAFT]
    if meaning.case:
        return _named(at.desk, cases, meaning.case)
    if len(cases) < 2 or meaning.name in TO_SOMEBODY or not await _changes(meaning, at.desk):
        return at.desk
    places = [one for each in cases if await _may_be(meaning, one := OneCase(at.desk, each))]
    if await _is_plain(meaning, places, cases, at.desk):
        return places[0] if len(places) == 1 else at.desk
    await _ask(at, words, [one.opened.case for one in places])
    return None


def only(desk: Desk) -> CaseId | None:
    """The case that is meant, where there is just one on the desk."""
    return desk.opened.case.id if isinstance(desk, OneCase) else None


def _named(desk: Desk, cases: list[Opened], case: str) -> Desk:
    """By its number. One that is not theirs is as if there were none."""
    found = next((one for one in cases if one.case.id == case), None)
    if found is None:
        raise Refused("not_yours")
    return OneCase(desk, found)


async def _changes(meaning: Meaning, desk: Desk) -> bool:
    if lacks_its_step(meaning):
        return meaning.name not in ONLY_SHOWS
    try:
        press = await press_of(meaning, desk)
    except Refused as refused:
        return refused.key in ONE_OF_SEVERAL
    return press is not None and press.case is not None and press.verb not in ONLY_SHOWS


async def _may_be(meaning: Meaning, desk: OneCase) -> bool:
    """Whether it means something that the person may do in that case, or might before another had it."""
    if lacks_its_step(meaning):
        return bool(await nearest_steps(desk, meaning.name))
    try:
        press = await press_of(meaning, desk)
    except Refused:
        return False
    case = desk.opened.case
    if press is None or press.case != case.id or press.verb in ONLY_SHOWS:
        return False
    has_the_step = "step" not in press.args or step_of(case, StepId(press.args["step"])) is not None
    return has_the_step and await _permitted(press, desk)


async def _permitted(press: Press, desk: OneCase) -> bool:
    """What cannot be read is refused in each of them, and then it is the words that are wrong."""
    reading = READINGS.get(press.verb)
    if reading is None:
        return True
    try:
        command = await reading(Pressed(press, desk))
    except Refused:
        return True
    try:
        await desk.allowed(command)
    except Refused as refused:
        return refused.key == "with_another"
    return True


async def _is_plain(meaning: Meaning, places: list[OneCase], cases: list[Opened], desk: Desk) -> bool:
    """»fortryd« alone is the last thing they did, if that is what can be undone; the rest, where there is no other."""
    if meaning.name != "undo_step" or meaning.args or not places:
        return len(places) < 2
    press = await press_of(meaning, desk)
    acted = [(at, one.case.id) for one in cases if (at := _acted_at(one.case, desk.person))]
    return press is not None and bool(acted) and max(acted)[1] == press.case


def _acted_at(case: Case, person: PersonId) -> datetime | None:
    return max((event.at for event in case.log if event.by == person and not isinstance(event, BESIDES)), default=None)


# -- asking ------------------------------------------------------------------------------------------------------------


async def _ask(at: "Reception", words: str, cases: list[Case]) -> None:
    """The words lie in the person's own conversation until one is pressed: so that, pressed twice, it is done once."""
    record = at.desk.record
    asked = [key for key in record.words if key.startswith(SAID_OF_A_CASE)]
    gone = set(asked[: max(0, len(asked) - MOST_ASKED + 1)])
    record.words = {key: text for key, text in record.words.items() if key not in gone}
    newest = sorted(reversed(cases), key=lambda case: _when(at.desk.touched_at(case)), reverse=True)
    places = [_place(case, at.desk) for case in newest]
    scene = await at.desk.scene(*(person for place in places for person in place.people))
    item = lies_here(at, words, SAID_OF_A_CASE)
    await ask(at, item, shown(which_case.which_case(item, words, places, scene), scene))


def _when(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0


def _place(case: Case, desk: Desk) -> Meant:
    """As the person knows it: of a case they have not opened, its number; of one they had, who has it now."""
    line = case_line(case, desk.person, desk.now(), desk.office.legal_staff())
    role, is_call = line.role if line else Role.STRANGER, case.stage is Stage.CALL
    if role is Role.FORMER_LEADER:
        left = former_view(case, desk.person, reads=True)
        return Meant(case.id, role, (left.now_with,) if left else (), is_call)
    of = (case.reporter,) if is_call else case.affected
    return Meant(case.id, role, of if role is Role.LEADER else (), is_call, opened=case.opened_at is not None)

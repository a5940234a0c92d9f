"""One turn of the dialogs: what stands in the conversation's record is taken up, gone on with, and put back.

What is kept is plain JSON. A dialog this version does not know is cleared with a kind word; the draft is in the case.
"""

from botbuilder.core import StatePropertyAccessor, TurnContext
from botbuilder.dialogs import DialogContext, DialogSet, DialogState, DialogTurnResult, DialogTurnStatus

from bot.desk import OWN, Desk
from bot.stores.dialog_state import decode_dialog_state, encode_dialog_state
from cards.verbs import Press
from casework.projections import case_line
from casework.vocabulary import CaseId, Refused, Role
from dialogs.add import ADD_EVIDENCE, NEW_EPISODE, WRITE_IN_CASE, AddEvidence, NewEpisode, WriteInCase
from dialogs.asking import tell
from dialogs.known import Meaning
from dialogs.report import PRESSED, REPORT, Report

ADDING = {"add_evidence": ADD_EVIDENCE, "new_episode": NEW_EPISODE, "write_in_case": WRITE_IN_CASE}
"""Buttons of an open case that begin a dialog."""
ALSO_OUTSIDE = frozenset({"describe_evidence", "report_how"})
"""Buttons of a form that stand on other cards too, and need no report."""
GIVES = (*OWN, Role.DOCUMENTER)
DIALOGS = (Report, AddEvidence, NewEpisode, WriteInCase)
ENDED = frozenset({DialogTurnStatus.Complete, DialogTurnStatus.Cancelled, DialogTurnStatus.Empty})


class _Kept(StatePropertyAccessor):
    """The state of one turn, as the SDK asks for it."""

    def __init__(self, state: DialogState) -> None:
        self.state = state

    async def get(self, turn_context: TurnContext, default_value_or_factory=None) -> DialogState:
        return self.state

    async def set(self, turn_context: TurnContext, value: DialogState) -> None:
        self.state = value

    async def delete(self, turn_context: TurnContext) -> None:
        self.state = DialogState()


class DialogTurns:
    """The dialogs of one person in one turn."""

    WORDS = frozenset({"send", "next", "back", "stop", "continue_draft"})
    """Known words that belong to a dialog when one is going on."""

    FORGIVEN = frozenset({"next", "back", "stop", "continue_draft"})
    """Of these, those that may have a letter wrong: nothing is sent by them."""

    def __init__(self, desk: Desk, turn: TurnContext) -> None:
        self.desk, self.turn = desk, turn

    @property
    def active(self) -> bool:
        return bool(self.desk.record.dialog)

    @property
    def writes_in(self) -> CaseId | None:
        """The case that what is written now goes into; None when no words are waited for."""
        stack = self._state().dialog_stack if self.active else []
        return CaseId(stack[0].state["case"]) if stack and stack[0].id == WRITE_IN_CASE else None

    def hears(self, meaning: Meaning) -> bool:
        """Whether a known word is for the dialog that is going on. »færdig« ends it; with a number it is a step."""
        return meaning.name in self.WORDS or (meaning.name == "complete_step" and not meaning.args)

    async def go_on(self) -> bool:
        """Let the dialog that is going on have this message. False: there is none, or it had ended."""
        if not self.active:
            return False
        context = await self._context()
        result = await context.continue_dialog()
        await self._ran(context, result)
        return result.status is not DialogTurnStatus.Empty and "gone" not in _ended_with(result)

    async def takes(self, press: Press) -> bool:
        """Forms and what belongs to them are the dialog's, also when it has to be taken up for it."""
        if press.verb in ADDING:
            await self._add(press)
            return True
        if press.verb not in PRESSED or (press.verb in ALSO_OUTSIDE and not (self.active and self.turn.activity.value)):
            return False
        if await self._ended_already(press):
            await tell(self.turn, (await self.desk.scene()).say.plain("evidence.over.already"))
        elif not await self.go_on():
            await self._begin(REPORT, {"draft": press.case} if press.case else {})
        return True

    async def _ended_already(self, press: Press) -> bool:
        """[Færdig] of a case of theirs, when that was said before. Of a draft or of anybody else's it is a form's."""
        if press.verb != "report_stop" or self.active or not press.case:
            return False
        lines = [line for line in await self.desk.lines() if line.case == press.case]
        return any(line.state != "draft" for line in lines)

    async def _add(self, press: Press) -> None:
        """Into an open case of the person's own; anybody else's is as if there were none."""
        case = (await self.desk.open(CaseId(press.case or ""))).case
        line = case_line(case, self.desk.person, self.desk.now())
        if (
            line is None
            or line.role not in (GIVES if press.verb == "add_evidence" else OWN)
            or not (line.state == "open" or line.closed_at)
        ):
            raise Refused("not_yours")
        self.desk.shows(case.id)
        await self._begin(ADDING[press.verb], {"case": case.id})

    async def begin_report(self, draft: CaseId, *, resumed: bool = False) -> None:
        form = self.desk.record.form
        await self._begin(REPORT, {"draft": draft, **({"resumed": "yes", "form": form} if resumed else {})})

    async def leave(self) -> None:
        self.desk.record.dialog = {}

    async def _begin(self, dialog: str, options: dict[str, str]) -> None:
        await self.leave()
        context = await self._context()
        await self._ran(context, await context.begin_dialog(dialog, options))

    async def _context(self) -> DialogContext:
        kept = _Kept(self._state())
        dialogs = DialogSet(kept)
        for dialog in DIALOGS:
            dialogs.add(dialog())
        return await dialogs.create_context(self.turn)

    def _state(self) -> DialogState:
        """What was kept; a stack this version cannot read, or with a dialog it does not have, counts as none."""
        try:
            state = decode_dialog_state(self.desk.record.dialog) if self.active else DialogState()
        except ValueError:
            return DialogState()
        known = {REPORT, *ADDING.values()}
        return state if all(instance.id in known for instance in state.dialog_stack) else DialogState()

    async def _ran(self, context: DialogContext, result: DialogTurnResult) -> None:
        record, ending = self.desk.record, _ended_with(result)
        record.dialog = {} if result.status in ENDED else encode_dialog_state(DialogState(stack=context.stack))
        record.form = ending.get("form", "")


def _ended_with(result: DialogTurnResult) -> dict[str, str]:
    """What a dialog said when it ended; empty while it goes on."""
    return result.result if result.status is DialogTurnStatus.Complete and isinstance(result.result, dict) else {}

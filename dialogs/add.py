"""After Send: more evidence, one more episode, more words. Small dialogs on the same desk, each until it is enough."""

import hashlib
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from botbuilder.core import TurnContext
from botbuilder.dialogs import Dialog, DialogContext, DialogInstance, DialogReason, DialogTurnResult

from cards.show import Shown
from cards.verbs import Press
from casework import commands as c
from casework.vocabulary import CaseId, EpisodeId, ItemId, ItemKind, PersonId, Refused
from dialogs import drawn, files
from dialogs.answers import FIELD
from dialogs.asking import Fault, brings_files, desk_of, meant, pressed_in, replace, say, tell, tell_refusal
from dialogs.dates import moment_told, told_when

ADD_EVIDENCE = "add_evidence.v1"  # kept in open conversations, as the report's id is
NEW_EPISODE = "new_episode.v1"
WRITE_IN_CASE = "write_in_case.v1"

ENOUGH = frozenset({"stop", "complete_step"})
"""»stop« and »færdig«: typed words that end any of these."""
ENOUGH_SAID = ENOUGH | {"send", "next", "back", "continue_draft"}
"""What ends writing too: it was sent as it was written, and no such word is meant for whoever reads it."""


class Adding(Dialog):
    """What the three have in common. Options: {"case": id}; ends with {"case": id}."""

    enough = ENOUGH

    async def begin_dialog(self, dialog_context: DialogContext, options: object = None) -> DialogTurnResult:
        state = dialog_context.active_dialog.state
        state["case"] = str(options["case"]) if isinstance(options, Mapping) else ""
        await self.ask(dialog_context.context, state)
        return Dialog.end_of_turn

    async def continue_dialog(self, dialog_context: DialogContext) -> DialogTurnResult:
        turn, state = dialog_context.context, dialog_context.active_dialog.state
        try:
            done = await self.heard(turn, state)
        except Refused as refused:
            await tell_refusal(turn, refused)
            done = refused.key == "not_yours"
        return await dialog_context.end_dialog({"case": state["case"]}) if done else Dialog.end_of_turn

    async def resume_dialog(
        self, dialog_context: DialogContext, reason: DialogReason, result: object
    ) -> DialogTurnResult:
        await self.reprompt_dialog(dialog_context.context, dialog_context.active_dialog)
        return Dialog.end_of_turn

    async def reprompt_dialog(self, context: TurnContext, instance: DialogInstance) -> None:
        await self.ask(context, instance.state)

    @abstractmethod
    async def ask(self, turn: TurnContext, state: dict[str, Any]) -> None:
        """Say what may be sent now."""

    async def heard(self, turn: TurnContext, state: dict[str, Any]) -> bool:
        """A button, files or words. True when that was all."""
        press, text = pressed_in(turn), (turn.activity.text or "").strip()
        if press is not None:
            return await self.pressed(turn, state, press)
        meaning = meant(text)
        if meaning and meaning.name in self.enough and not meaning.args:
            return await self.ended(turn, state)
        if brings_files(turn.activity):
            state["gave"] = await files.receive(turn, CaseId(state["case"])) or bool(state.get("gave"))
        return await self.told(turn, state, text) if text else False

    async def pressed(self, turn: TurnContext, state: dict[str, Any], press: Press) -> bool:
        if press.verb == "describe_evidence":
            await files.describe(turn, CaseId(press.case or state["case"]), press)
            return False
        if press.verb == "report_how":
            await files.how(turn, press)
            return False
        if press.verb.startswith("report_") and press.verb != "report_stop":
            raise Refused("already_sent")  # an old form of the draft this case came from
        return press.verb == "report_stop" and await self.ended(turn, state)

    async def ended(self, turn: TurnContext, state: dict[str, Any]) -> bool:
        """That was all."""
        return True

    @abstractmethod
    async def told(self, turn: TurnContext, state: dict[str, Any], text: str) -> bool:
        """Words that are no button and no known word. True when that was all."""


class AddEvidence(Adding):
    """Files, pictures, links and texts, each a piece of evidence, until »stop« or [Færdig]."""

    def __init__(self) -> None:
        super().__init__(ADD_EVIDENCE)

    async def ask(self, turn: TurnContext, state: dict[str, Any]) -> None:
        state["asked"] = await say(turn, drawn.add_evidence(CaseId(state["case"]), await desk_of(turn).scene()))

    async def ended(self, turn: TurnContext, state: dict[str, Any]) -> bool:
        """Said in words, as of what was written; the card that asked has no button left to press again."""
        scene, gave = await desk_of(turn).scene(), bool(state.get("gave"))
        await replace(turn, state.get("asked", ""), drawn.evidence_added(CaseId(state["case"]), gave, scene))
        await tell(turn, scene.say("evidence.over.saved" if gave else "evidence.over.nothing"))
        return True

    async def told(self, turn: TurnContext, state: dict[str, Any], text: str) -> bool:
        """A pasted text or link is evidence as it was pasted."""
        desk, item = desk_of(turn), ItemId(desk_of(turn).new_id("item"))
        case = await desk.carry_out(_as_evidence(CaseId(state["case"]), desk.person, c.Written(item, text)))
        await files.show_receipt(turn, case.id, await files.line_of(desk, case.id, item))
        state["gave"] = True
        return False


def _as_evidence(case: CaseId, by: PersonId, text: c.Written) -> c.ReceiveEvidence:
    content = text.text.encode()
    return c.ReceiveEvidence(
        case=case,
        by=by,
        item=text.item,
        kind=ItemKind.TEXT,
        media_type="text/plain",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        text=text,
    )


class WriteInCase(Adding):
    """Words to whoever has the case, as many messages as they like; a reporter's are more of what they told."""

    enough = ENOUGH_SAID

    def __init__(self) -> None:
        super().__init__(WRITE_IN_CASE)

    async def ask(self, turn: TurnContext, state: dict[str, Any]) -> None:
        state["asked"] = await say(turn, drawn.write_in_case(CaseId(state["case"]), await desk_of(turn).scene()))

    async def ended(self, turn: TurnContext, state: dict[str, Any]) -> bool:
        """Said in words, and the card that asked has its answer: nobody is left wondering whether it was sent."""
        scene, wrote = await desk_of(turn).scene(), bool(state.get("wrote"))
        await replace(turn, state.get("asked", ""), drawn.written_in_case(CaseId(state["case"]), wrote, scene))
        await tell(turn, scene.say("employee.account.sent" if wrote else "employee.account.nothing"))
        return True

    async def told(self, turn: TurnContext, state: dict[str, Any], text: str) -> bool:
        desk = desk_of(turn)
        words = c.Written(ItemId(desk.new_id("item")), text)
        case = await desk.carry_out(c.WriteInCase(case=CaseId(state["case"]), by=desk.person, words=words))
        state["wrote"] = True
        await say(turn, drawn.kept_in_case(case, await desk.scene(*filter(None, (case.recipient,)))))
        return False


class NewEpisode(Adding):
    """It has happened again: one form, and its own 72 hours."""

    def __init__(self) -> None:
        super().__init__(NEW_EPISODE)

    async def ask(self, turn: TurnContext, state: dict[str, Any]) -> None:
        state["episode"] = state.get("episode") or desk_of(turn).new_id("episode")
        state["asked"] = await say(turn, await self._form(turn, state))

    async def ended(self, turn: TurnContext, state: dict[str, Any]) -> bool:
        """Said in words: nobody is left wondering whether something was told."""
        await tell(turn, (await desk_of(turn).scene()).say("employee.new.left"))
        return True

    async def _form(
        self,
        turn: TurnContext,
        state: dict[str, Any],
        fault: Fault | None = None,
        typed: Mapping[str, str] | None = None,
    ) -> Shown:
        case, episode = CaseId(state["case"]), EpisodeId(state["episode"])
        return drawn.new_episode(case, episode, await desk_of(turn).scene(), fault, typed)

    async def pressed(self, turn: TurnContext, state: dict[str, Any], press: Press) -> bool:
        if press.verb == "report_new_episode":
            return await self._tell(turn, state, press.inputs)
        return await super().pressed(turn, state, press)

    async def told(self, turn: TurnContext, state: dict[str, Any], text: str) -> bool:
        """A moment typed instead. Any other words are kept in the case, and the form stays."""
        answers = moment_told(text, desk_of(turn).now())
        if answers:
            return await self._tell(turn, state, answers)
        return await WriteInCase().told(turn, state, text)

    async def _tell(self, turn: TurnContext, state: dict[str, Any], answers: Mapping[str, str]) -> bool:
        desk, case, episode = desk_of(turn), CaseId(state["case"]), EpisodeId(state["episode"])
        try:
            told = told_when(case, desk.person, episode, answers, desk.now())
            after = await desk.carry_out(told)
        except Refused as refused:
            if refused.key not in FIELD:
                raise
            return await self._again(turn, state, refused, answers)
        receipt = drawn.episode_kept(after, episode, await desk.scene(*filter(None, (after.recipient,))))
        if not await replace(turn, state.get("asked", ""), receipt):
            await say(turn, receipt)
        return True

    async def _again(
        self, turn: TurnContext, state: dict[str, Any], refused: Refused, answers: Mapping[str, str]
    ) -> bool:
        fault = Fault(FIELD[refused.key], refused.key, refused.details)
        shown = await self._form(turn, state, fault, answers)
        if not await replace(turn, state.get("asked", ""), shown):
            state["asked"] = await say(turn, shown)
        return False

"""From the first word to Send: five forms, each a draft at once, in the person's own time. B1, B2, H11, D3.

What is kept is plain strings, and the forms by name: a new order of forms can never file an answer under another
question. Typed words do what the buttons do; any other words are one more piece of the account.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from botbuilder.core import TurnContext
from botbuilder.dialogs import Dialog, DialogContext, DialogInstance, DialogReason, DialogTurnResult

from cards.verbs import Press
from casework import commands as c
from casework.vocabulary import CaseId, ItemId, OriginatorKind, Refused
from dialogs import drawn, files
from dialogs.answers import save
from dialogs.asking import brings_files, meant, pressed_in, say, tell_refusal
from dialogs.buttons import PRESSED, pause, send
from dialogs.sitting import ORDER, REVIEW, Result, Sitting, where_it_was
from dialogs.typed_answers import only_links, typed_answer

__all__ = ["PRESSED", "REPORT", "TYPED", "Report"]

REPORT = "report.v1"  # kept in open conversations: a new meaning of what is kept is a new v

REQUIRED = {"for_whom": "affected", "what": "account", "when": "episode", "who_is_to_know": "recipient"}
"""Form → what a draft lacks without it."""


class Report(Dialog):
    """Up to five forms and a last look. Options, all texts and all optional: `draft`, `form`, `resumed`."""

    def __init__(self) -> None:
        super().__init__(REPORT)

    async def begin_dialog(self, dialog_context: DialogContext, options: object = None) -> DialogTurnResult:
        given = options if isinstance(options, Mapping) else {}
        return await self._turn(dialog_context, lambda sitting: _begin(sitting, given))

    async def continue_dialog(self, dialog_context: DialogContext) -> DialogTurnResult:
        return await self._turn(dialog_context, _go_on)

    async def _turn(
        self, dialog_context: DialogContext, doing: Callable[[Sitting], Awaitable[Result]]
    ) -> DialogTurnResult:
        sitting = Sitting(dialog_context.context, dialog_context.active_dialog.state)
        result = await doing(sitting)
        return Dialog.end_of_turn if result is None else await dialog_context.end_dialog(result)

    async def resume_dialog(
        self, dialog_context: DialogContext, reason: DialogReason, result: object
    ) -> DialogTurnResult:
        await self.reprompt_dialog(dialog_context.context, dialog_context.active_dialog)
        return Dialog.end_of_turn

    async def reprompt_dialog(self, context: TurnContext, instance: DialogInstance) -> None:
        await Sitting(context, instance.state).ask()


async def _begin(sitting: Sitting, options: Mapping[str, Any]) -> Result:
    """Start a draft, or take up the one there is where it was left."""
    press, case = pressed_in(sitting.turn), await sitting.desk.draft()
    ours = press if press and press.verb in PRESSED else None
    asked_for = ours.case if ours else options.get("draft")
    if asked_for and (case is None or case.id != asked_for):
        return await _gone(sitting, CaseId(asked_for))
    if case is None:
        case = await sitting.desk.carry_out(c.StartDraft(case=sitting.desk.new_case(), by=sitting.desk.person))
    sitting.state["draft"] = case.id
    view = await sitting.view()
    sitting.turn_to(options["form"] if options.get("form") in ORDER else where_it_was(view))
    if ours:
        return await _heard(sitting, ours)
    if options.get("resumed"):
        await say(sitting.turn, drawn.resumed(sitting.form, view, await sitting.desk.scene()))
    return await sitting.ask()


async def _go_on(sitting: Sitting) -> Result:
    """A button, files or words, whatever form is waiting. A draft that is no longer there ends the dialog."""
    case = await sitting.desk.draft()
    if case is None or case.id != sitting.draft:
        return await _gone(sitting, sitting.draft)
    return await _heard(sitting, pressed_in(sitting.turn))


async def _heard(sitting: Sitting, press: Press | None) -> Result:
    try:
        return await (_pressed(sitting, press) if press else _written(sitting))
    except Refused as refused:
        await tell_refusal(sitting.turn, refused)
        return None


async def _pressed(sitting: Sitting, press: Press) -> Result:
    if press.case and press.case != sitting.draft:
        await _gone(sitting, CaseId(press.case))
        return await sitting.ask()
    acting = PRESSED.get(press.verb)
    return await (acting(sitting, press) if acting else sitting.ask())


async def _gone(sitting: Sitting, case: CaseId) -> Result:
    """It was sent; or it is not among theirs, said in the same words whether or not there is such a case."""
    try:
        await sitting.desk.draft_view(case)
        refused = Refused("already_sent")
    except Refused as found:
        refused = found
    await tell_refusal(sitting.turn, refused)
    return {"gone": case}


# -- files and words -------------------------------------------------------------------------------------------------


async def _written(sitting: Sitting) -> Result:
    activity = sitting.turn.activity
    text = (activity.text or "").strip()
    if brings_files(activity):
        await files.receive(sitting.turn, sitting.draft, sitting.form)
        return await _piece(sitting, text) if text else None
    meaning = meant(text)
    if meaning and meaning.name in TYPED and not meaning.args:
        return await TYPED[meaning.name](sitting)
    if text and (answers := await typed_answer(sitting.form, text, sitting.desk)):
        return await _told(sitting, answers)
    if sitting.form == "who_where" and (links := only_links(text)):
        return await _linked(sitting, links)
    return await (_piece(sitting, text) if text else sitting.ask())


async def _linked(sitting: Sitting, links: tuple[str, ...]) -> Result:
    """Pasted while the form asks for it, a link is the link and no piece of the account; the form stays, with it."""
    view, desk = await sitting.view(), sitting.desk
    every = dict.fromkeys((*filter(None, map(str.strip, view.links.splitlines())), *links))
    identifier = c.Written(ItemId(desk.new_id("item")), view.identifier.strip()) if view.identifier.strip() else None
    told = c.TellOriginator(
        case=sitting.draft,
        by=desk.person,
        kind=view.originator or OriginatorKind.UNKNOWN,
        identifier=identifier,
        links=c.Written(ItemId(desk.new_id("item")), "\n".join(every)),
        person=view.originator_person,
    )
    await desk.carry_out(told)
    return await sitting.ask()


async def _piece(sitting: Sitting, text: str) -> Result:
    """Ordinary words are one more piece of the account; the form stays where it is."""
    desk = sitting.desk
    account = c.Written(ItemId(desk.new_id("item")), text)
    await desk.carry_out(c.GiveAccount(case=sitting.draft, by=desk.person, account=account))
    await say(sitting.turn, drawn.kept(await desk.scene()))
    return None


async def _told(sitting: Sitting, answers: Mapping[str, str]) -> Result:
    """What is typed while a form asks for it is the answer. A moment fills the whole form, so its card says what was
    understood; on the others there may be more that is not sent yet.
    """
    episode = sitting.episode(await sitting.view())
    for fault in await save(sitting.form, await sitting.sheet(sitting.form, answers, episode)):
        raise Refused(fault.key, **fault.details)
    if sitting.form == "when":
        await sitting.shrink("when")
    sitting.go_on(await sitting.view())
    return await sitting.ask()


async def _type_next(sitting: Sitting) -> Result:
    """The card keeps what is typed on it and not sent yet, so it is left as it is."""
    view = await sitting.view()
    if REQUIRED.get(sitting.form) in view.missing:
        raise Refused("form_not_sent")
    sitting.go_on(view)
    return await sitting.ask()


async def _type_back(sitting: Sitting) -> Result:
    sitting.go_back()
    return await sitting.ask()


async def _type_send(sitting: Sitting) -> Result:
    """Nobody sends what they have not seen on one page."""
    if sitting.form == REVIEW:
        return await send(sitting)
    sitting.turn_to(REVIEW)
    return await sitting.ask()


TYPED: Mapping[str, Callable[[Sitting], Awaitable[Result]]] = {
    "next": _type_next,
    "back": _type_back,
    "stop": pause,
    "send": _type_send,
    "continue_draft": Sitting.ask,
}
"""Known word → what it does in a report."""

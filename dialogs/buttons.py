"""The buttons of the report's cards. Whatever can be read on a sent form is in the draft before anything else."""

from collections.abc import Awaitable, Callable, Mapping

from cards.verbs import Press
from casework import commands as c
from casework.projections import LONGEST_IN_FORM
from casework.views import DraftView
from casework.vocabulary import Danger, EpisodeId, ItemId, PersonId, Refused
from dialogs import drawn, files
from dialogs.answers import FIELD, FORMS, Faults, save
from dialogs.asking import Fault, replace, say, tell
from dialogs.sitting import ORDER, REVIEW, Result, Sitting

GONE = ("not_yours", "already_sent")
AT_ONCE = {Danger.YES: "report.for_whom.now", Danger.IN_DOUBT: "report.for_whom.doubt"}


async def next_form(sitting: Sitting, press: Press) -> Result:
    form = _form_of(press, sitting)
    again = sitting.pressed_card and sitting.pressed_card == sitting.state.get("answered")
    faults = await _saved(sitting, form, press)
    if faults:
        return await sitting.ask_again(form, faults, press.inputs)
    await sitting.shrink(form)
    if form != sitting.form:
        return None if again else await _old_card(sitting)  # pressed twice: the form that came of it is there already
    sitting.go_on(await sitting.view())
    return await sitting.ask()


async def back(sitting: Sitting, press: Press) -> Result:
    """Saves what can be read; what cannot loses nothing and blocks nothing."""
    form = _form_of(press, sitting)
    if not await _saved(sitting, form, press):
        await sitting.shrink(form)
    if form != sitting.form:
        return await _old_card(sitting)
    sitting.go_back()
    return await sitting.ask()


async def stop(sitting: Sitting, press: Press) -> Result:
    form = _form_of(press, sitting)
    if not await _saved(sitting, form, press):
        await sitting.shrink(form)
    return await pause(sitting)


async def pause(sitting: Sitting) -> Result:
    await say(sitting.turn, drawn.stopped(await sitting.view(), await sitting.desk.scene()))
    return {"stopped": sitting.draft, "form": sitting.form}


async def edit(sitting: Sitting, press: Press) -> Result:
    sitting.go_to(_form_of(press, sitting), press.args.get("episode", ""))
    return await sitting.ask()


async def new_episode(sitting: Sitting, press: Press) -> Result:
    """Save the episode on the form, and ask for one more in its place."""
    faults = await _saved(sitting, "when", press) if press.inputs.get("date") else ()
    if faults:
        return await sitting.ask_again("when", faults, press.inputs)
    sitting.turn_to("when", sitting.desk.new_id("episode"))
    return await sitting.ask_in_place()


async def drop_episode(sitting: Sitting, press: Press) -> Result:
    episode = EpisodeId(press.args["episode"])
    await sitting.desk.carry_out(c.WithdrawEpisode(case=sitting.draft, by=sitting.desk.person, episode=episode))
    sitting.turn_to("when")
    return await sitting.ask_in_place()


async def drop_piece(sitting: Sitting, press: Press) -> Result:
    """Something written in the chat that is not to be sent after all."""
    item = ItemId(press.args["item"])
    await sitting.desk.carry_out(c.WithdrawAccount(case=sitting.draft, by=sitting.desk.person, item=item))
    return await sitting.ask_in_place()


async def send(sitting: Sitting, press: Press | None = None) -> Result:
    """Send, once and for all. Whatever is missing is named on the last page, and where to put it right."""
    desk = sitting.desk
    workplace, members = await desk.workplace()
    sending = c.SendReport(
        case=sitting.draft,
        by=desk.person,
        workplace=workplace,
        group_members=members,
        left_out=await desk.left_out(workplace),
        pace=desk.pace(),
        patience=desk.patience(),
    )
    try:
        case = await desk.carry_out(sending)
    except Refused as refused:
        if refused.key in GONE:
            raise
        return await _not_yet(sitting, refused)
    recipient = PersonId(case.recipient or "")
    receipt = drawn.sent(await sitting.view(), recipient, await desk.scene(recipient, *case.affected))
    if not await replace(sitting.turn, sitting.pressed_card or sitting.state.get("asked", ""), receipt):
        await say(sitting.turn, receipt)
    return {"sent": sitting.draft}


async def _not_yet(sitting: Sitting, refused: Refused) -> Result:
    sitting.turn_to(REVIEW)
    if refused.key == "draft_missing":  # the page itself says what, and has the buttons for it
        return await sitting.ask_in_place()
    return await sitting.ask_in_place((Fault(FIELD.get(refused.key, ""), refused.key, refused.details),))


async def how(sitting: Sitting, press: Press) -> Result:
    await files.how(sitting.turn, press)
    return None


async def describe(sitting: Sitting, press: Press) -> Result:
    await files.describe(sitting.turn, sitting.draft, press, sitting.form)
    return None


def _form_of(press: Press, sitting: Sitting) -> str:
    """The form a card says it is; without one, or with an unknown one, the form that waits."""
    form = press.args.get("form", "")
    return form if form in ORDER else sitting.form


async def _saved(sitting: Sitting, form: str, press: Press) -> Faults:
    if form not in FORMS:
        return ()
    sheet = await sitting.sheet(form, press.inputs, press.args.get("episode", ""))
    faults = await save(form, sheet)
    await _say_at_once(sitting, form, press.inputs, sheet.view)
    return faults


async def _say_at_once(sitting: Sitting, form: str, inputs: Mapping[str, str], before: DraftView) -> None:
    """What must be said whatever else is on the form: 112, and that a long text is kept."""
    words, danger = (await sitting.desk.scene()).say, inputs.get("danger", "")
    if form == "for_whom" and danger in AT_ONCE and danger != before.danger:
        await tell(sitting.turn, words.plain(AT_ONCE[Danger(danger)]))
    if form == "what" and len(inputs.get("account", "").strip()) > LONGEST_IN_FORM:
        await tell(sitting.turn, words.plain("report.kept.long"))


async def _old_card(sitting: Sitting) -> Result:
    """It was older than the draft: what was on it is saved, and here is the newest."""
    await tell(sitting.turn, (await sitting.desk.scene()).say.plain("report.old.saved"))
    return await sitting.ask()


PRESSED: Mapping[str, Callable[[Sitting, Press], Awaitable[Result]]] = {
    "report_next": next_form,
    "report_back": back,
    "report_stop": stop,
    "report_edit": edit,
    "report_new_episode": new_episode,
    "report_drop_episode": drop_episode,
    "report_drop_piece": drop_piece,
    "report_send": send,
    "report_how": how,
    "describe_evidence": describe,
}
"""Verb → what it does in a report."""

"""One turn at the report's forms: which one waits, what it is drawn with, and how one gets to another.

What stays until the next turn is plain strings: `draft`, `form` (by name), `asked` and `answered` (activities), `back`
(where [Ret] came from), `episode` (the one form 3 is about), `held` (the piece of account that filled its field) and
`beside` (people understood already while one is asked about).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from botbuilder.core import TurnContext

from cards.show import Shown
from casework.views import DraftView, RecipientChoice
from casework.vocabulary import CaseId, EpisodeId, ItemId, PersonId
from dialogs import drawn
from dialogs.answers import FORMS, Faults, Sheet
from dialogs.asking import Desk, desk_of, replace, say, to_choose_from

REVIEW = "review"
ORDER = (*FORMS, REVIEW)

Result = dict[str, str] | None
"""What the dialog ends with: {"sent": case}, {"stopped": case, "form": name} or {"gone": case}. None: it goes on."""


def where_it_was(view: DraftView) -> str:
    """The first form that still waits for an answer, for a draft whose dialog was ended."""
    waits = {
        "for_whom": view.whom is None,
        "what": "account" in view.missing,
        "when": "episode" in view.missing,
        "who_where": view.originator is None and not view.evidence and view.recipient is None,
        "who_is_to_know": view.recipient is None,
    }
    return next((form for form, lacking in waits.items() if lacking), REVIEW)


@dataclass
class Sitting:
    turn: TurnContext
    state: dict[str, str]

    @property
    def desk(self) -> Desk:
        return desk_of(self.turn)

    @property
    def draft(self) -> CaseId:
        return CaseId(self.state["draft"])

    @property
    def form(self) -> str:
        return self.state["form"]

    @property
    def pressed_card(self) -> str:
        """The activity whose button was pressed; "" when something was typed."""
        return self.turn.activity.reply_to_id or ""

    async def view(self) -> DraftView:
        return await self.desk.draft_view(self.draft)

    # -- what is shown ---------------------------------------------------------------------------------------------

    async def ask(self) -> Result:
        """The form that waits, as a new card at the bottom."""
        self.state["asked"] = await say(self.turn, await self._drawn())
        return None

    async def ask_in_place(self, faults: Faults = (), typed: Mapping[str, str] | None = None) -> Result:
        """The form that waits, where the pressed card stands."""
        shown = await self._drawn(faults, typed)
        in_place = await replace(self.turn, self.pressed_card, shown)
        self.state["asked"] = self.pressed_card if in_place else await say(self.turn, shown)
        return None

    async def ask_again(self, form: str, faults: Faults, typed: Mapping[str, str]) -> Result:
        """The sent form once more, with what was typed and what to put right."""
        if form != self.form:
            self.state.setdefault("back", self.form)
            self.state["form"] = form
        return await self.ask_in_place(faults, typed)

    async def shrink(self, form: str) -> None:
        """An answered form becomes one line, also when it was answered in words: that line says what was understood.
        Where that cannot be, it stays, and is understood when pressed again.
        """
        card = self.pressed_card or self.state.get("asked", "")
        if form in FORMS and card:
            self.state["answered"] = card
            line = drawn.answered(form, await self.view(), await self.desk.scene())
            await replace(self.turn, card, line)

    async def _drawn(self, faults: Faults = (), typed: Mapping[str, str] | None = None) -> Shown:
        view, choices = await self.view(), await self._choices()
        people = (*(hit.id for fault in faults for hit in fault.hits), *(choice.person for choice in choices))
        scene = await self.desk.scene(*people)
        self.state["beside"] = ",".join(person for fault in to_choose_from(faults)[:1] for person in fault.beside)
        if typed is None:
            self.state["held"] = view.account_item or ""
        if self.form == REVIEW:
            return drawn.last_page(view, scene, faults)
        episode = self.episode(view) if self.form == "when" else None
        return drawn.form(self.form, view, scene, faults, typed, episode=episode, choices=choices)

    async def _choices(self) -> tuple[RecipientChoice, ...]:
        """Who is proposed, when that is what the form asks."""
        case = await self.desk.draft() if self.form == "who_is_to_know" else None
        return (await self.desk.recipients(case))[0] if case else ()

    def episode(self, view: DraftView) -> EpisodeId:
        """The episode that form 3 is about: the chosen one, else the last told, else a new one."""
        if not self.state.get("episode"):
            told = view.episodes[-1].episode if view.episodes else self.desk.new_id("episode")
            self.state["episode"] = told
        return EpisodeId(self.state["episode"])

    # -- what was sent ---------------------------------------------------------------------------------------------

    async def sheet(self, form: str, inputs: Mapping[str, str], episode: str = "") -> Sheet:
        """A sent form. An older copy knows nothing of what this form was drawn with last."""
        waiting = form == self.form and self.pressed_card in ("", self.state.get("asked"))
        kept = self.state if waiting else {}
        return Sheet(
            self.desk,
            await self.view(),
            inputs,
            EpisodeId(episode or kept.get("episode") or self.desk.new_id("episode")),
            held=ItemId(kept["held"]) if kept.get("held") else None,
            waiting=waiting,
            beside=tuple(PersonId(one) for one in kept.get("beside", "").split(",") if one),
        )

    # -- from form to form -----------------------------------------------------------------------------------------

    def turn_to(self, form: str, episode: str = "") -> None:
        self.state["form"], self.state["episode"] = form, episode

    def go_to(self, form: str, episode: str = "") -> None:
        """[Ret]: to that form, and afterwards back to where the person was."""
        if form != self.form:
            self.state.setdefault("back", self.form)
        self.turn_to(form, episode)

    def go_on(self, view: DraftView) -> None:
        """The next form; after [Ret] the last page, or where the person was as long as something is missing."""
        back = self.state.pop("back", "")
        if back:
            return self.turn_to(back if view.missing else REVIEW)
        return self.turn_to(ORDER[min(ORDER.index(self.form) + 1, len(ORDER) - 1)])

    def go_back(self) -> None:
        self.turn_to(self.state.pop("back", "") or ORDER[max(ORDER.index(self.form) - 1, 0)])

"""What a pressed button asks for: verb → command. Card data says what, never who: that is the verified sender.

Forms of the report belong to the dialog; these are the buttons of cases and steps, and the typed words for them.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.ids import item_id_from
from cards.verbs import Press
from casework import commands as c
from casework import vocabulary as v
from casework.calendar import MORNING, WorkingDays, add_working_days, at_clock, local
from casework.commands import Written
from casework.people import Person
from casework.vocabulary import CaseId, EpisodeId, ItemId, PersonId, Refused, StepId
from dialogs import dates
from dialogs.asking import Desk

NEXT_WORKING_DAY = "next_working_day"
LATER = {"tomorrow": 1, "three_days": 3, "week": 7}


@dataclass(frozen=True)
class Pressed:
    """A press with the desk of whoever pressed it. Reading it raises Refused, never a KeyError."""

    press: Press
    desk: Desk

    def head(self) -> dict:
        if not self.press.case:
            raise Refused("unreadable_card")
        return {"case": CaseId(self.press.case), "by": self.desk.person}

    def arg(self, name: str) -> str:
        value = self.press.args.get(name) or self.press.inputs.get(name)
        if not isinstance(value, str) or not value:
            raise Refused("unreadable_card")
        return value

    def said(self, name: str) -> str:
        """What was typed into a field; empty when nothing was."""
        return str(self.press.inputs.get(name) or self.press.args.get(name) or "").strip()

    def one_of(self, kind, name: str, missing: str = "unreadable_card"):
        """A code from a closed list; anything else is refused."""
        try:
            return kind(self.said(name))
        except ValueError:
            raise Refused(missing) from None

    def written(self, name: str, text: str | None = None) -> Written:
        text = self.said(name) if text is None else text
        return Written(ItemId(item_id_from(f"{self._which()}|{text}", "item", 1)), text)

    def _which(self) -> str:
        """The same button pressed twice, or two clients pressing the same card, is the same thing said once."""
        drawn = self.desk.handled if self.press.version is None else self.press.version
        args = sorted(self.press.args.items())
        return f"{self.desk.person}|{self.press.case}|{drawn}|{self.press.verb}|{args}"

    @property
    def step(self) -> StepId:
        return StepId(self.arg("step"))

    @property
    def episode(self) -> EpisodeId | None:
        found = self.press.args.get("episode")
        return EpisodeId(str(found)) if found else None

    def moment(self) -> datetime:
        day, clock = self.said("date"), self.said("time")
        if not (day and clock):
            raise Refused("clock_missing" if day else "day_missing")
        return dates.moment(dates.card_day(day, self.desk.now()), dates.card_clock(clock))


Reading = Callable[[Pressed], Awaitable[c.Command]]


def _plain(command: type[c.Command]) -> Reading:
    async def read(pressed: Pressed) -> c.Command:
        return command(**pressed.head())

    return read


def _step(command: type[c.StepCommand]) -> Reading:
    async def read(pressed: Pressed) -> c.Command:
        return command(**pressed.head(), step=pressed.step)

    return read


def _consent(command: type[c.Command]) -> Reading:
    async def read(pressed: Pressed) -> c.Command:
        kind = pressed.one_of(v.ConsentKind, "kind")
        return command(**pressed.head(), kind=kind, episode=pressed.episode)

    return read


async def _set_step_aside(pressed: Pressed) -> c.Command:
    return c.SetStepAside(**pressed.head(), step=pressed.step, reason=pressed.written("reason"))


async def _note_step(pressed: Pressed) -> c.Command:
    return c.NoteStep(**pressed.head(), step=pressed.step, note=pressed.written("note"))


async def _offer_step(pressed: Pressed) -> c.Command:
    to = await someone(pressed.desk, pressed.said("to"))
    return c.OfferStep(**pressed.head(), step=pressed.step, to=to.id)


async def someone(desk: Desk, name: str) -> Person:
    """The one person a typed name means; a directory id is taken as it is. Refused says what to do otherwise."""
    found = await desk.search(name) if name else ()
    exact = [person for person in found if name.lower() in (person.name.lower(), person.mail.lower(), person.id)]
    if len(exact or found) == 1:
        return (exact or list(found))[0]
    raise Refused("person_ambiguous" if found else "person_unknown", name=name)


async def _postpone_step(pressed: Pressed) -> c.Command:
    day = _day_meant(pressed.said("until"), pressed.desk.now(), pressed.desk.working_days())
    return c.PostponeStep(**pressed.head(), step=pressed.step, until=at_clock(day, MORNING))


def _day_meant(until: str, now: datetime, working: WorkingDays) -> date:
    """By button, or as it was written."""
    if until in LATER:
        return local(now).date() + timedelta(days=LATER[until])
    if until == NEXT_WORKING_DAY or dates.is_next_working_day(until):
        return add_working_days(local(now).date(), 1, working)
    return dates.day_ahead(until, now)


async def _ask_consent(pressed: Pressed) -> c.Command:
    return c.AskConsent(**pressed.head(), kind=pressed.one_of(v.ConsentKind, "kind"))


async def _answer_consent(pressed: Pressed) -> c.Command:
    head, kind = pressed.head(), pressed.one_of(v.ConsentKind, "kind")
    return c.AnswerConsent(
        **head,
        kind=kind,
        answer=pressed.one_of(v.Answer, "answer"),
        wording=pressed.arg("wording"),
        in_force=(await pressed.desk.guide_of(head["case"])).wordings[kind],
        episode=pressed.episode,
    )


async def _record_oral_consent(pressed: Pressed) -> c.Command:
    episode, _, person = pressed.said("person_episode").partition("|")
    if not person:
        raise Refused("affected_unnamed")
    return c.RecordOralConsent(
        **pressed.head(),
        kind=pressed.one_of(v.ConsentKind, "kind"),
        person=PersonId(person),
        answer=pressed.one_of(v.Answer, "answer", "outcome_missing"),
        said_at=pressed.moment(),
        how=pressed.written("how"),
        episode=EpisodeId(episode) if episode else None,
    )


async def _assess_police(pressed: Pressed) -> c.Command:
    return c.AssessPolice(
        **pressed.head(),
        assessment=pressed.one_of(v.Assessment, "assessment", "assessment_missing"),
        reason=pressed.written("reason"),
    )


async def _record_outcome(pressed: Pressed) -> c.Command:
    episode, _, person = pressed.said("question").partition("|")
    outcome = pressed.one_of(v.OutcomeKind, "outcome", "outcome_missing")
    reported = outcome is v.OutcomeKind.REPORTED
    parts = (pressed.said("where"), pressed.said("receipt")) if reported else (pressed.said("reason"),)
    details = " · ".join(part for part in parts if part)
    return c.RecordOutcome(
        **pressed.head(),
        episode=EpisodeId(episode),
        person=PersonId(person) if person else None,
        outcome=outcome,
        details=pressed.written("details", details) if details else None,
        reported_at=pressed.moment() if reported else None,
    )


async def _report_myself(pressed: Pressed) -> c.Command:
    if pressed.episode is None:
        raise Refused("episode_missing")
    where = pressed.written("where")
    return c.ReportMyself(**pressed.head(), episode=pressed.episode, reported_at=pressed.moment(), details=where)


async def _name_affected(pressed: Pressed) -> c.Command:
    names = [name.strip() for name in pressed.said("people").replace("\n", ",").split(",") if name.strip()]
    if not names:
        raise Refused("affected_missing")
    people = [await someone(pressed.desk, name) for name in names]
    return c.NameAffected(**pressed.head(), people=tuple(person.id for person in people))


async def _open_item(pressed: Pressed) -> c.Command:
    return c.OpenItem(**pressed.head(), item=ItemId(pressed.arg("item")))


async def _describe_evidence(pressed: Pressed) -> c.Command:
    codes = [code for code in pressed.said("shows").split(",") if code in set(v.Shows)]
    return c.DescribeEvidence(
        **pressed.head(), item=ItemId(pressed.arg("item")), shows=tuple(v.Shows(code) for code in codes)
    )


async def _correct_episode(pressed: Pressed) -> c.Command:
    if pressed.episode is None:
        raise Refused("episode_missing")
    head, said = pressed.head(), pressed.press.inputs
    return dates.told_when(head["case"], head["by"], pressed.episode, said, pressed.desk.now())


async def _finish_analysis(pressed: Pressed) -> c.Command:
    answers = "\n\n".join(filter(None, (pressed.said(name) for name in ("possible", "helped", "prevention"))))
    lines = dict.fromkeys(line.strip() for line in pressed.said("measures").splitlines() if line.strip())
    owner = pressed.said("follow_up_by")
    return c.FinishAnalysis(
        **pressed.head(),
        answers=pressed.written("answers", answers),
        measures=tuple(pressed.written("measure", line) for line in lines),
        change_plan=pressed.said("change_plan") in ("yes", "true"),
        follow_up_by=(await someone(pressed.desk, owner)).id if owner else None,
    )


async def _answer_follow_up(pressed: Pressed) -> c.Command:
    return c.AnswerFollowUp(
        **pressed.head(), measure=ItemId(pressed.arg("measure")), answer=pressed.one_of(v.FollowUpAnswer, "answer")
    )


READINGS: Mapping[str, Reading] = {
    "open_case": _plain(c.OpenCase),
    "mark_seen": _plain(c.MarkSeen),
    "complete_step": _step(c.CompleteStep),
    "set_step_aside": _set_step_aside,
    "offer_step": _offer_step,
    "accept_step": _step(c.AcceptStep),
    "decline_step": _step(c.DeclineStep),
    "take_step": _step(c.TakeStep),
    "note_step": _note_step,
    "postpone_step": _postpone_step,
    "undo_step": _step(c.UndoStep),
    "ask_consent": _ask_consent,
    "answer_consent": _answer_consent,
    "record_oral_consent": _record_oral_consent,
    "contradict_consent": _consent(c.ContradictConsent),
    "withdraw_consent": _consent(c.WithdrawConsent),
    "assess_police": _assess_police,
    "record_outcome": _record_outcome,
    "report_myself": _report_myself,
    "name_affected": _name_affected,
    "nobody_affected": _plain(c.NameAffected),
    "open_item": _open_item,
    "describe_evidence": _describe_evidence,
    "correct_episode": _correct_episode,
    "deny_offence": _plain(c.DenyOffence),
    "want_no_more": _plain(c.WantNoMore),
    "take_analysis": _plain(c.TakeAnalysis),
    "finish_analysis": _finish_analysis,
    "answer_follow_up": _answer_follow_up,
    "make_call": _plain(c.MarkCallMade),
}
"""Buttons that change a case. `describe_evidence` is a Submit of the dialog's receipt card, but stands here too."""

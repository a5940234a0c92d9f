"""The buttons of a case and its steps, of accepts and the police, of the analysis, and of a call."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.readings.pressed import Pressed, Reading, of_consent, of_step, plain, someone
from cards.group import PREVENTION
from casework import commands as c
from casework import vocabulary as v
from casework.calendar import MORNING, WorkingDays, add_working_days, at_clock, local
from casework.vocabulary import EpisodeId, ItemId, PersonId, Refused
from dialogs import dates, days_ahead

NEXT_WORKING_DAY = "next_working_day"
LATER = {"tomorrow": 1, "three_days": 3, "week": 7}


async def _call_made(pressed: Pressed) -> c.Command:
    return await pressed.desk.call_made(pressed.head()["case"])


async def _set_step_aside(pressed: Pressed) -> c.Command:
    return c.SetStepAside(**pressed.head(), step=pressed.step, reason=pressed.written("reason"))


async def _note_step(pressed: Pressed) -> c.Command:
    return c.NoteStep(**pressed.head(), step=pressed.step, note=pressed.written("note"))


async def _offer_step(pressed: Pressed) -> c.Command:
    to = await someone(pressed.desk, pressed.said("to"))
    return c.OfferStep(**pressed.head(), step=pressed.step, to=to.id)


async def _postpone_step(pressed: Pressed) -> c.Command:
    day = _day_meant(pressed.said("until"), pressed.desk.now(), pressed.desk.working_days())
    return c.PostponeStep(**pressed.head(), step=pressed.step, until=at_clock(day, MORNING))


def _day_meant(until: str, now: datetime, working: WorkingDays) -> date:
    """By button, or as it was written."""
    if until in LATER:
        return local(now).date() + timedelta(days=LATER[until])
    if until == NEXT_WORKING_DAY or dates.is_next_working_day(until):
        return add_working_days(local(now).date(), 1, working)
    return days_ahead.day_ahead(until, now)


async def _ask_consent(pressed: Pressed) -> c.Command:
    kind = pressed.one_of(v.ConsentKind, "kind")
    return c.AskConsent(**pressed.head(), kind=kind, wording=await _in_force(pressed, kind))


async def _in_force(pressed: Pressed, kind: v.ConsentKind) -> str:
    """The version of the wording that the case's administration asks with now."""
    return (await pressed.desk.guide_of(pressed.head()["case"])).wordings[kind]


async def _answer_consent(pressed: Pressed) -> c.Command:
    kind = pressed.one_of(v.ConsentKind, "kind")
    return c.AnswerConsent(
        **pressed.head(),
        kind=kind,
        answer=pressed.one_of(v.Answer, "answer"),
        wording=pressed.arg("wording"),
        in_force=await _in_force(pressed, kind),
        episode=pressed.episode,
    )


async def _record_oral_consent(pressed: Pressed) -> c.Command:
    episode, _, person = pressed.said("person_episode").partition("|")
    if not person:
        raise Refused("affected_unnamed")
    kind = pressed.one_of(v.ConsentKind, "kind")
    return c.RecordOralConsent(
        **pressed.head(),
        kind=kind,
        person=PersonId(person),
        answer=pressed.one_of(v.Answer, "answer", "outcome_missing"),
        said_at=pressed.moment(),
        how=pressed.written("how"),
        episode=EpisodeId(episode) if episode else None,
        wording=await _in_force(pressed, kind),
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


async def _suggested(pressed: Pressed) -> list[str]:
    """What was chosen of the guide's own suggestions, each a measure in the reader's words."""
    say = (await pressed.desk.scene()).say
    chosen = set(pressed.said("prevention").split(","))
    return [say.plain(f"group.prevention.{each}") for each in PREVENTION if each in chosen and each != "other"]


async def _finish_analysis(pressed: Pressed) -> c.Command:
    answers = "\n\n".join(filter(None, (pressed.said(name) for name in ("possible", "helped"))))
    written = (line.strip() for line in pressed.said("measures").splitlines() if line.strip())
    lines = dict.fromkeys((*await _suggested(pressed), *written))
    owner = pressed.said("follow_up_by")
    return c.FinishAnalysis(
        **pressed.head(),
        answers=pressed.written("answers", answers),
        measures=tuple(pressed.written("measure", line) for line in lines),
        change_plan=pressed.said("change_plan") in ("yes", "true"),
        follow_up_by=(await someone(pressed.desk, owner)).id if owner else None,
        plan=await _proposed(pressed),
    )


async def _proposed(pressed: Pressed) -> c.Written | None:
    """What should change in the emergency plan, as a measure. Words without a "yes" are a proposal too."""
    words, say = pressed.said("plan").strip(), (await pressed.desk.scene()).say
    if words:
        return pressed.written("plan", say.plain("group.analysis.plan_words", words=words))
    if pressed.said("change_plan") in ("yes", "true"):
        return pressed.written("plan", say.plain("group.analysis.plan_without_words"))
    return None


async def _answer_follow_up(pressed: Pressed) -> c.Command:
    return c.AnswerFollowUp(
        **pressed.head(),
        measure=ItemId(pressed.arg("measure")),
        answer=pressed.one_of(v.FollowUpAnswer, "answer"),
        reason=pressed.written("reason") if pressed.said("reason") else None,
    )


READINGS: Mapping[str, Reading] = {
    "open_case": plain(c.OpenCase),
    "mark_seen": plain(c.MarkSeen),
    "complete_step": of_step(c.CompleteStep),
    "set_step_aside": _set_step_aside,
    "offer_step": _offer_step,
    "accept_step": of_step(c.AcceptStep),
    "decline_step": of_step(c.DeclineStep),
    "take_step": of_step(c.TakeStep),
    "note_step": _note_step,
    "postpone_step": _postpone_step,
    "undo_step": of_step(c.UndoStep),
    "ask_consent": _ask_consent,
    "answer_consent": _answer_consent,
    "record_oral_consent": _record_oral_consent,
    "contradict_consent": of_consent(c.ContradictConsent),
    "withdraw_consent": of_consent(c.WithdrawConsent),
    "assess_police": _assess_police,
    "record_outcome": _record_outcome,
    "report_myself": _report_myself,
    "name_affected": _name_affected,
    "nobody_affected": plain(c.NameAffected),
    "open_item": _open_item,
    "describe_evidence": _describe_evidence,
    "correct_episode": _correct_episode,
    "deny_offence": plain(c.DenyOffence),
    "want_no_more": plain(c.WantNoMore),
    "take_analysis": plain(c.TakeAnalysis),
    "finish_analysis": _finish_analysis,
    "answer_follow_up": _answer_follow_up,
    "make_call": _call_made,
}
"""Buttons that change a case. `describe_evidence` is a Submit of the dialog's receipt card, but stands here too."""

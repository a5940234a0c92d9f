"""From the first word to Send: every answer is a fact at once, and nothing is shared before Send. B1, B2, H11, D3."""

from dataclasses import replace
from datetime import datetime, timedelta

from casework import commands as c
from casework import events as e
from casework.case import Case, Originator
from casework.deadline import began_at, has_passed
from casework.evolving import evolve
from casework.pace import pace_set
from casework.plan import read_plan
from casework.reminders import asked_with_the_report, time_has_moved
from casework.state.waiting import Patience
from casework.vocabulary import ItemId, OriginatorKind, OutcomeKind, PersonId, Refused, Stage, StepId, Whom
from casework.writing import not_too_long

MOST_EPISODES = 20  # the affected person's card has a button for each, and stays under 28 KB
EARLIEST_YEAR = 1900  # nobody means an earlier one; and calendars are strange there
LONGEST_LINKS = 4_000  # characters, as many as the form's field holds
ONE_MINUTE = timedelta(minutes=1)
LONGEST_TEXT = 200_000  # characters; a message from the channel is never larger


def start_draft(case: Case, command: c.StartDraft, now: datetime) -> tuple[e.Event, ...]:
    """A report is begun, once."""
    return () if case.started_at else (e.DraftStarted(by=command.by, at=now),)


def tell_for_whom(case: Case, command: c.TellForWhom, now: datetime) -> tuple[e.Event, ...]:
    """Who it happened to. The workplace as a whole may be named without anybody in it (H11)."""
    affected = _affected(command)
    if case.originator is not None and case.originator.person in affected:
        raise Refused("recipient_is_originator")
    if command.whom is not Whom.WORKPLACE and not affected:
        raise Refused("affected_missing")
    told = e.WhomTold(by=command.by, at=now, whom=command.whom, affected=affected, danger=command.danger)
    return _unless_same((case.whom, case.affected, case.danger), (told.whom, told.affected, told.danger), told)


def _affected(command: c.TellForWhom) -> tuple[PersonId, ...]:
    match command.whom:
        case Whom.ME:
            return (command.by,)
        case Whom.SEVERAL:
            return tuple(dict.fromkeys((command.by, *command.affected)))
        case Whom.COLLEAGUE:
            return tuple(person for person in dict.fromkeys(command.affected) if person != command.by)
        case _:
            return ()


def _unless_same(before: object, after: object, event: e.Event) -> tuple[e.Event, ...]:
    return () if before == after else (event,)


def give_account(case: Case, command: c.GiveAccount, now: datetime) -> tuple[e.Event, ...]:
    """The person's own words, as many pieces as they like. Nothing is asked to be repeated."""
    if not command.account.text.strip():
        raise Refused("account_missing")
    if len(command.account.text) > LONGEST_TEXT:
        raise Refused("account_too_long", max=LONGEST_TEXT)
    if command.account.item in case.account:
        return ()
    replaces = command.replaces if command.replaces in case.account and case.stage is Stage.DRAFT else None
    return (e.AccountGiven(by=command.by, at=now, item=command.account.item, replaces=replaces),)


def tell_circumstances(case: Case, command: c.TellCircumstances, now: datetime) -> tuple[e.Event, ...]:
    """Where and what it is like; all of it may be left out."""
    told = e.CircumstancesTold(
        by=command.by,
        at=now,
        media=command.media,
        forms=command.forms,
        going_on=command.going_on,
        shared=command.shared,
        recorded=command.recorded,
        working_hours=command.working_hours,
    )
    before = case.circumstances
    return _unless_same(before and replace(before, by=told.by, at=told.at), told, told)


def tell_when(case: Case, command: c.TellWhen, now: datetime) -> tuple[e.Event, ...]:
    """The episode, not the discovery; in doubt the earliest it can have been (L4). Told again, it is corrected."""
    began = _began(command, now)
    known = case.episodes.get(command.episode)
    if known is None:
        return _new_episode(case, command, began, now)
    if (known.began_at, known.certainty) == (began, command.certainty):
        return ()
    _may_correct(case, command)
    kind = e.EpisodeTold if case.stage is Stage.DRAFT else e.EpisodeCorrected
    return _moved(case, kind(by=command.by, at=now, episode=known.id, began_at=began, certainty=command.certainty), now)


def _began(command: c.TellWhen, now: datetime) -> datetime:
    given = command.moment or command.day
    if given is None:
        raise Refused("episode_missing")
    if given.year < EARLIEST_YEAR:
        raise Refused("moment_too_old")
    began = began_at(command.certainty, command.moment, command.day)
    if began > now:
        raise Refused("moment_in_future")
    return began


def _new_episode(case: Case, command: c.TellWhen, began: datetime, now: datetime) -> tuple[e.Event, ...]:
    if len(case.episodes) >= MOST_EPISODES:
        raise Refused("too_many_episodes", max=MOST_EPISODES)
    told = e.EpisodeTold(by=command.by, at=now, episode=command.episode, began_at=began, certainty=command.certainty)
    return _moved(case, told, now)


def _may_correct(case: Case, command: c.TellWhen) -> None:
    """Whoever gave the moment, or the affected person."""
    told_by = case.episodes[command.episode].told_by
    if case.stage is not Stage.DRAFT and command.by != told_by and command.by not in case.affected:
        raise Refused("cannot_change_answer")


def _moved(case: Case, told: e.EpisodeTold | e.EpisodeCorrected, now: datetime) -> tuple[e.Event, ...]:
    """In a case that was sent, a new moment may open a question again, and with it a closed case
    (`casework.closing.opens_again`); in an open one accepts may have to be asked at once."""
    if case.stage is Stage.DRAFT:
        return (told,)
    after = evolve(case, told)
    reopened = _not_passed_after_all(after, told, now)
    for event in reopened:
        after = evolve(after, event)
    return (told, *reopened, *time_has_moved(after, now))


def _not_passed_after_all(case: Case, told: e.EpisodeTold | e.EpisodeCorrected, now: datetime) -> tuple[e.Event, ...]:
    """That it has passed was said of another moment: with time left, the question is open again."""
    if has_passed(case.episodes[told.episode], now):
        return ()
    return tuple(
        e.OutcomeReopened(by=told.by, at=now, episode=episode, person=person)
        for (episode, person), outcome in case.outcomes.items()
        if episode == told.episode and outcome.kind is OutcomeKind.PASSED
    )


def withdraw_account(case: Case, command: c.WithdrawAccount, now: datetime) -> tuple[e.Event, ...]:
    """A piece the author does not want to send after all. What was sent stays."""
    if command.item not in case.account:
        return ()
    return (e.AccountWithdrawn(by=command.by, at=now, item=command.item),)


def withdraw_episode(case: Case, command: c.WithdrawEpisode, now: datetime) -> tuple[e.Event, ...]:
    """An episode is taken out of a draft. There need not be one until Send."""
    if command.episode not in case.episodes:
        return ()
    return (e.EpisodeWithdrawn(by=command.by, at=now, episode=command.episode),)


def tell_originator(case: Case, command: c.TellOriginator, now: datetime) -> tuple[e.Event, ...]:
    """Who is behind it, as far as it is known. A named colleague is shut out of the case."""
    if command.person is not None and command.person in (command.by, *case.affected):
        raise Refused("person_unknown")
    not_too_long(command.identifier)
    not_too_long(command.links, LONGEST_LINKS)
    told = e.OriginatorTold(
        by=command.by,
        at=now,
        kind=command.kind,
        identifier=_item(command.identifier),
        links=_item(command.links),
        person=command.person if command.kind is OriginatorKind.WORKPLACE else None,
    )
    return _unless_same(case.originator, Originator(told.kind, told.identifier, told.links, told.person), told)


def _item(written: c.Written | None) -> ItemId | None:
    return written.item if written and written.text.strip() else None


def choose_recipient(case: Case, command: c.ChooseRecipient, now: datetime) -> tuple[e.Event, ...]:
    """Who is to know. A leader chosen away gets nothing, ever (product: Excluded); one who tells it does."""
    _lawful_recipient(case, command.recipient)
    named = dict.fromkeys((*((command.ordinary,) if command.ordinary else ()), *command.others))
    away = tuple(person for person in named if person not in (command.recipient, case.reporter))
    stands_in = command.stands_in or None
    chosen = e.RecipientChosen(by=command.by, at=now, recipient=command.recipient, excluded=away, stands_in=stands_in)
    before = (case.recipient, case.excluded, case.stands_in)
    return _unless_same(before, (chosen.recipient, frozenset(away), command.stands_in), chosen)


def _lawful_recipient(case: Case, recipient: PersonId) -> None:
    if case.originator is not None and recipient == case.originator.person:
        raise Refused("recipient_is_originator")
    if recipient in case.affected:
        raise Refused("recipient_is_affected")


def shut_out(case: Case) -> tuple[PersonId, ...]:
    """Who gets nothing of a draft when it is sent: whom it was chosen away from, and whoever is named as behind it.

    Worked out from the draft as it stands, so that changing one answer never leaves a trace of the one before.
    """
    behind = case.originator.person if case.originator else None
    people = {*case.excluded, *((behind,) if behind else ())} - {case.recipient, case.reporter, *case.affected}
    return tuple(sorted(people))


def missing_in(case: Case) -> tuple[str, ...]:
    """Which of the required answers a draft lacks: what happened, when it began, who is to know (and for whom)."""
    gaps = {
        "affected": case.whom is None or (case.whom is not Whom.WORKPLACE and not case.affected),
        "account": not case.account,
        "episode": not case.episodes,
        "recipient": case.recipient is None,
    }
    return tuple(name for name, lacking in gaps.items() if lacking)


def send_report(case: Case, command: c.SendReport, now: datetime) -> tuple[e.Event, ...]:
    """The draft becomes a case. No answer in it makes it be turned away or graded (D3)."""
    gaps = missing_in(case)
    if gaps or case.recipient is None:
        raise Refused("draft_missing", missing=gaps)
    _lawful_recipient(case, case.recipient)
    sent = _sent(case, command, case.recipient, now)
    pace = pace_set(command.pace, command.by, now)
    return (sent, *pace, *asked_with_the_report(evolve(case, sent), now))


def _sent(case: Case, command: c.SendReport, recipient: PersonId, now: datetime) -> e.ReportSent:
    excluded = shut_out(case)
    # the group includes a leader: with an excluded member in it, nothing is posted there at all; nor with one it has
    # happened to, who would find out by what they alone cannot press, before anybody has told them
    kept_out = {*excluded, *case.affected} - {command.by}
    told = command.workplace if command.group_members and not set(command.group_members) & kept_out else None
    return e.ReportSent(
        by=command.by,
        at=now,
        recipient=recipient,
        excluded=excluded,
        workplace=command.workplace,
        group=told,
        left_out=_left_out(command) or None,
        **_patience(command.patience),
    )


def _left_out(command: c.SendReport) -> tuple[StepId, ...]:
    """Nobody can do without a step that others rest on, whatever was asked for."""
    return tuple(step.id for step in read_plan() if step.may_be_left_out and step.id in command.left_out)


def ask_for_call(case: Case, command: c.AskForCall, now: datetime) -> tuple[e.Event, ...]:
    """No form: one press, and somebody is asked to ring. A wish is its own small case; the next one is another."""
    if case.sent_at is not None:
        return ()
    if command.recipient == command.by:
        raise Refused("recipient_is_affected")
    asked = e.CallAsked(
        by=command.by,
        at=now,
        recipient=command.recipient,
        excluded=tuple(sorted(command.excluded - {command.recipient, command.by})),
        **_patience(command.patience),
    )
    return (asked,)


def _patience(patience: Patience) -> dict[str, int]:
    return {"nudge_minutes": patience.nudge // ONE_MINUTE, "hand_on_minutes": patience.hand_on // ONE_MINUTE}


def mark_call_made(case: Case, command: c.MarkCallMade, now: datetime) -> tuple[e.Event, ...]:
    """The call was made, once."""
    return () if case.call_made_at else (e.CallMade(by=command.by, at=now, recipient=command.by),)

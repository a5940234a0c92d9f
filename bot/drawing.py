"""From a notice or a wish to see something to the view it means: the case as it is now, for one reader."""

from dataclasses import replace
from datetime import datetime

from bot.caseworker import Opened
from bot.drawing_talk import KINDS, of_the_talk
from bot.keeping.records import card_key
from cards.front import OwnCall
from casework import projections as p
from casework import views as w
from casework.access import F, may_open, roles_of, untold
from casework.case import Case
from casework.custody import once_given
from casework.events import AccountGiven, Event, OriginatorTold
from casework.numbering import number_for
from casework.packages import ways_to_files
from casework.reminders import holds
from casework.vocabulary import ConsentKind, EpisodeId, ItemId, PersonId, Refused, Stage, StepId

PAGE = 4_000  # characters of somebody's words on one card


def stands_as(view: object) -> str:
    """The key under which a card that was asked for is kept, so that it can be changed where it stands: the same as of
    the notice that brings it."""
    match view:
        case w.LeaderView() | w.EmployeeView() | w.ReporterView():
            return card_key(view.case, "case")
        case w.CallView() | w.FormerView(call=True):
            return card_key(view.case, "call")
        case OwnCall():
            return card_key(view.view.case, "call")
        case w.StepView():
            return card_key(view.case, "step", view.line.step)
        case w.PointsView():
            return card_key(view.case, "points", view.person)
        case w.QuestionView():
            return card_key(view.case, "question", f"{view.asked.kind}|{view.asked.episode or ''}")
        case w.AnalysisView():
            return card_key(view.case, "analysis")
        case w.MessagesView():
            return card_key(view.case, "messages", view.person)
        case w.MissingView():
            return card_key(view.case, "missing")
        case w.DocumenterView():
            return card_key(view.case, "documenter")
    return ""


def view_of(opened: Opened, kind: str, about: str, reader: PersonId | None, now: datetime):
    """The view a notice asks for; None when it no longer holds. `reader` None: the health and safety group."""
    case, texts = opened.case, opened.texts
    if reader in case.excluded | untold(case):
        return None
    match kind:
        case "case" | "call" if reader and (case.stage is Stage.CALL or case.call_made_at):
            return call(case, reader, now)
        case "case":
            return p.case_view(case, reader, texts, now) if reader else None
        case "question":
            return question(opened, about, reader)
        case "closing" | "missing" | "erasure":
            return _of_its_end(opened, kind, reader, now) if reader else None
        case "step":
            return p.step_view(case, StepId(about), reader, texts, now) if reader else None
        case "group":
            return p.group_view(case, now) if case.group else None
        case "analysis":
            return p.analysis_view(case, texts, now) if reader else None
        case "follow_up":
            return _follow_up(case, about, reader, texts, now) if reader else None
        case "draft" | "kept":
            return _of_a_draft(opened, about, reader, now) if case.stage is Stage.DRAFT else None
        case "reminder":
            return reminder(opened, about, reader, now) if reader else None
    return of_the_talk(opened, kind, about, reader, now) if reader and kind in KINDS else None


def _of_its_end(
    opened: Opened, kind: str, reader: PersonId, now: datetime
) -> w.ClosingView | w.MissingView | w.ErasureView | None:
    """What is missing before it can be closed; the question whether anything is; or that it is to be erased."""
    if kind == "erasure":
        return p.erasure_view(opened.case, reader)
    if kind == "missing":
        return p.missing_view(opened.case, reader, opened.texts)
    return p.closing_view(opened.case, reader, opened.texts, now)


def _of_a_draft(opened: Opened, about: str, reader: PersonId | None, now: datetime):
    """A draft that waits; or, `about` a message from Teams, that it was kept in it."""
    if not about:
        return p.draft_view(opened.case, opened.texts, now)
    return p.kept_message(opened.case, ItemId(about), reader) if reader else None


def call(case: Case, reader: PersonId, now: datetime) -> OwnCall | w.CallView | w.FormerView | None:
    """Somebody would like to be rung up: for whoever asked it, or for whoever was asked, now or before."""
    view = p.call_view(case, now)
    if reader == view.wanted_by:
        return OwnCall(view)
    if reader == view.recipient:
        return view
    return p.case_view(case, reader, {}, now) if F in roles_of(case, reader) else None


def closed_down(case: Case, kind: str, reader: PersonId | None) -> w.FormerView | None:
    """What takes the place of a card whose reader is no part of the case any more, because it was moved."""
    if kind not in ("case", "call") or reader is None or roles_of(case, reader):
        return None
    return p.former_view(case, reader, reads=False)


def opened_card(opened: Opened, reader: PersonId, now: datetime):
    """What [Åbn] shows: the reader's card, or what whoever had the case before may still read."""
    view = view_of(opened, "case", "", reader, now)
    reads = isinstance(view, w.FormerView) and view.reads
    return p.former_reading(opened.case, reader, now) if reads else view


def question(opened: Opened, about: str, reader: PersonId | None) -> w.QuestionView | None:
    """One accept card, as it stands: asked, answered, taken back."""
    kind, _, episode = about.partition("|")
    if reader is None or kind not in set(ConsentKind):
        return None
    key = (ConsentKind(kind), reader, EpisodeId(episode) if episode else None)
    if key not in opened.case.consents:
        return None
    asked = p.asked(opened.case, key[0], key[2], reader, opened.texts)
    case = opened.case
    return w.QuestionView(case.id, case.version, case.recipient or PersonId(""), asked)


def _follow_up(case: Case, about: str, reader: PersonId, texts, now: datetime) -> w.FollowUpView | None:
    measures = case.analysis.measures if case.analysis else ()
    measure = next((item for item in measures if item in about), None)
    return p.follow_up_view(case, ItemId(measure), reader, texts, now) if measure else None


def reminder(opened: Opened, about: str, reader: PersonId | None, now: datetime) -> w.ReminderView | None:
    """What a reminder says, checked again right before it is sent: None when it is settled meanwhile."""
    found = holds(opened.case, about, now)
    if found is None or found.to != reader:
        return None
    return p.reminder_view(opened.case, found, opened.texts, now)


def contents(
    opened: Opened, item: ItemId, reader: PersonId, groups=frozenset(), legal=frozenset()
) -> tuple[w.ContentView, ...]:
    """What "Vis" shows: words in pages, so that no card grows too large. Refused("not_yours") for anybody else's."""
    case = opened.case
    roles = roles_of(case, reader, groups, legal=legal)
    if not may_open(case, reader, roles, item):
        raise Refused("not_yours")
    known = once_given(case, item)
    text = opened.texts.get(item, "")
    pages = [text[start : start + PAGE] for start in range(0, len(text), PAGE)] or [""]
    had = ways_to_files(case, reader, roles)
    return tuple(replace(_content(case, item, page, known, reader), had=had) for page in pages)


def _told_in(event: Event) -> tuple[ItemId | None, ...]:
    """The words an event came with: a piece of the account, or who is behind it and where."""
    match event:
        case AccountGiven():
            return (event.item,)
        case OriginatorTold():
            return (event.identifier, event.links)
    return ()


def _content(case: Case, item: ItemId, page: str, known, reader: PersonId) -> w.ContentView:
    if known is None:
        given = next(event for event in case.log if item in _told_in(event))
        return w.ContentView(case.id, None, page, "text/plain", given.at, "", given.by)
    number = number_for(case, item, reader)
    return w.ContentView(case.id, number, page, known.media_type, known.received_at, known.sha256, known.given_by)

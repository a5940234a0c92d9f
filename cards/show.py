"""View → what the channel is given: the card, what a lock screen may say, and the same as plain text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cards import (
    accepts,
    call,
    closing,
    coach,
    companion,
    consent,
    content,
    custody,
    documenting,
    elements,
    employee,
    former,
    front,
    group,
    leader,
    letters,
    measures,
    message,
    numbers,
    packages,
    plan,
    points,
    reminder,
    report,
    talk,
    wellbeing,
    writing,
    yearly,
)
from cards.scene import Scene
from cards.status import StatusView, status_card
from cards.words import unescape
from casework import views as w

Draw = Callable[[Any, Scene], elements.Card]
Summary = str | Callable[[Any, Scene], str]
"""The key of what a lock screen may say, or a function of the view that says it."""


@dataclass(frozen=True)
class Shown:
    """`summary` is neutral: it stands on lock screens and in toasts. `written`: words that come without a card.

    `card_of`: which card it is, for whoever keeps where it stands; empty when it is never changed there.
    """

    card: elements.Card
    summary: str
    written: str = ""
    card_of: str = ""

    @cached_property
    def text(self) -> str:
        """The same for whoever cannot see the card. Worked out when somebody asks: most cards are seen."""
        return self.written or as_text(self.card)


SHOWN: Mapping[type, tuple[Draw, Summary]] = {
    w.EmployeeView: (employee.case_card, employee.summary),
    w.ReporterView: (employee.reporter_card, "common.summary.new"),
    w.QuestionView: (consent.question, consent.summary),
    w.AnswersView: (accepts.answers, "common.summary.new"),
    w.WordingView: (accepts.wording, "common.summary.new"),
    w.DraftView: (report.draft_reminder, "common.summary.new"),
    w.KeptMessage: (message.kept, "common.summary.new"),
    w.LeaderView: (leader.leader_card, leader.summary),
    plan.WholePlan: (plan.whole_plan, "common.summary.new"),
    content.Evidence: (content.evidence_list, "common.summary.new"),
    w.ContentView: (content.content, "common.summary.new"),
    w.LetterView: (letters.letter_card, "common.summary.new"),
    w.StepView: (companion.any_step, "common.summary.new"),
    w.GroupView: (group.group_card, "group.summary.step"),
    w.AnalysisView: (group.analysis_card, "common.summary.new"),
    w.FollowUpView: (measures.follow_up_card, "common.summary.new"),
    front.OwnCall: (front.call_asked, "common.summary.new"),
    w.FormerView: (former.former_card, "common.summary.new"),
    w.FormerReading: (former.reading, "common.summary.new"),
    w.CallView: (call.call_card, "call.summary.wanted"),
    w.NumbersView: (numbers.numbers_card, "common.summary.new"),
    w.ReviewView: (yearly.review_card, "common.summary.new"),
    StatusView: (status_card, "common.summary.new"),
    w.ClosingView: (closing.closing_card, "common.summary.new"),
    w.DocumenterView: (documenting.documenter_card, "common.summary.new"),
    w.CoachView: (coach.coach_card, "common.summary.new"),
    w.MissingView: (closing.missing_card, "common.summary.question"),
    w.ReminderView: (reminder.reminder_card, reminder.summary),
    w.MessagesView: (talk.messages_card, "common.summary.new"),
    w.WordsView: (talk.words_card, "common.summary.new"),
    w.WritingView: (writing.writing_card, "common.summary.new"),
    w.SentView: (writing.sent_card, "common.summary.new"),
    w.SilentView: (talk.silent_card, "reminder.summary.step"),
    w.PointsView: (points.points_card, "common.summary.new"),
    w.NextTalkView: (points.next_talk_card, "common.summary.new"),
    w.PackagesView: (packages.packages_card, "common.summary.new"),
    w.PackageView: (packages.package_card, "common.summary.new"),
    w.PastedView: (packages.pasted_card, "common.summary.new"),
    w.CustodyView: (custody.custody_card, "common.summary.new"),
    w.ErasureView: (custody.erasure, "common.summary.new"),
    w.LegalView: (custody.legal_card, "common.summary.new"),
    w.CheckInView: (wellbeing.check_in_card, "common.summary.new"),
}
"""View type → the function that draws it, and its summary."""


def show(view: object, scene: Scene) -> Shown:
    """Any view as a card. KeyError when nothing draws that type."""
    draw, summary = SHOWN[type(view)]
    said = scene.say.plain(summary) if isinstance(summary, str) else summary(view, scene)
    return Shown(draw(view, scene), said)


def shown(card: elements.Card, scene: Scene, summary: str = "common.summary.new") -> Shown:
    """A card that was drawn already, with the other two."""
    return Shown(card, scene.say.plain(summary))


def as_text(card: Mapping[str, Any]) -> str:
    """What stands on a card, line by line, and last its buttons in square brackets. Hidden parts are left out."""
    buttons = " ".join(f"[{title}]" for title in _titles(card))
    return "\n".join(line for line in (*_lines(card.get("body", ())), buttons) if line)


def _lines(items: Any) -> Iterator[str]:
    for item in items:
        if item.get("isVisible") is False:
            continue
        match item["type"]:
            case "TextBlock":
                yield unescape(item["text"])
            case "RichTextBlock":
                yield "".join(run["text"] for run in item["inlines"])
            case "ColumnSet":
                yield from _side_by_side(item)
            case "Container":
                yield from _lines(item["items"])
            case str(kind) if kind.startswith("Chart."):
                yield from _lines([] if item["fallback"] == "drop" else [item["fallback"]])
            case str(kind) if kind.startswith("Input."):
                yield item.get("label", "")


def _side_by_side(item: Mapping[str, Any]) -> Iterator[str]:
    """A line of columns is read as one line: "✓ Gem beviserne, 1 bevis er gemt"."""
    parts = [", ".join(_lines(column["items"])) for column in item["columns"]]
    yield " ".join(part for part in parts if part)


def _titles(element: Any) -> Iterator[str]:
    for action in element.get("actions", ()):
        yield action["title"]
    for part in ("body", "items", "columns"):
        for child in element.get(part, ()):
            if child.get("isVisible") is not False:
                yield from _titles(child)

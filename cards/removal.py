"""What was done to have it removed: on a rung's own card and on the case cards."""

from collections.abc import Iterator, Sequence
from datetime import date

from cards import elements as el
from cards.elements import Action, Element
from cards.plan import first_names, skeleton, title
from cards.platforms import where_to_report
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.calendar import local
from casework.rungs import RUNGS
from casework.views import (
    CLOSED,
    AttemptLine,
    EndedLine,
    LeaderView,
    ReminderView,
    RemovalLine,
    RemovalView,
    RungView,
    StepView,
)
from casework.vocabulary import PersonId, RemovalEnd, Reopened, RungWay, StepId

MOST_ATTEMPTS = 3
"""On a rung's own card, the newest; the rest are counted."""
MOST_BEFORE = 2
"""On a case card, of those before the newest; the rest are counted."""
LONGEST_WORDS = 400  # characters of what somebody wrote


# -- on a rung's own card --------------------------------------------------------------------------------------------


def rung(view: StepView, scene: Scene) -> Iterator[Element | None]:
    """What a rung has besides what every step has: what was tried on it, and what helps to try it."""
    at = view.rung
    if at is None:
        return
    if at.ended is not None:
        yield _ended(at.ended, scene)
    yield from _attempts(at, scene)
    if view.line.state not in CLOSED:
        yield from _help(view, at, scene)


def _ended(over: EndedLine, scene: Scene) -> Element:
    words = scene.say(f"removal.ended.{over.why}_by", name=scene.full_name(over.by), time=scene.when(over.at))
    return el.emphasis(
        el.text(scene.say(f"removal.ended.{over.why}"), spacing="None", bold=True), el.text(words, spacing="None")
    )


def _attempts(at: RungView, scene: Scene) -> Iterator[Element]:
    if not at.attempts:
        return
    yield el.section(scene.say("removal.title.step"), spacing="Medium")
    for line in at.attempts[-MOST_ATTEMPTS:]:
        yield el.row(line.replied_on is not None, tried_words(line, scene), _answer(line, scene))
        yield from (el.columns(("20px", []), ("stretch", [part]), spacing="None") for part in _words(line, scene))
    if (rest := len(at.attempts) - MOST_ATTEMPTS) > 0:
        yield el.small(scene.say.count("removal.state.earlier", rest))


def _words(line: AttemptLine, scene: Scene) -> Iterator[Element]:
    if line.by_letter:
        yield el.small(scene.say("removal.state.letter"), spacing="None")
    yield from (el.quote(shortened(words)) for words in (line.details, line.reply) if words)


def shortened(words: str) -> str:
    """What somebody wrote, as much of it as stands on a card."""
    return words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS].rstrip()} …"


def tried_words(line: AttemptLine | RemovalLine, scene: Scene) -> Ready:
    """Who was asked, and on which day."""
    return scene.say(f"removal.tried.{line.way or line.step}", day=scene.say.day(line.sent_on, scene.now))


def _answer(line: AttemptLine, scene: Scene) -> Ready:
    if line.awaited and not _over(line.answer_by, scene):
        return scene.say("removal.answer.waiting", day=scene.say.day(line.answer_by, scene.now))
    return _so_far(line, scene)


def _came_or_not(replied_on: date | None, scene: Scene) -> Ready:
    if replied_on is None:
        return scene.say("removal.answer.none")
    return scene.say("removal.answer.replied", day=scene.say.day(replied_on, scene.now))


def _over(last: date, scene: Scene) -> bool:
    return last < local(scene.now).date()


def _help(view: StepView, at: RungView, scene: Scene) -> Iterator[Element | None]:
    match view.line.step:
        case "ask_site":
            if not at.earlier and view.line.state != "locked":
                yield before_contact(view.affected, scene)
            yield from where_to_report(at, scene)
        case "datatilsynet":
            yield from _conditions(view, at, scene)
        case "injunction":
            yield el.section(scene.say("removal.two_ways.title"), spacing="Medium")
            yield from (el.text(scene.say(f"removal.two_ways.{way}")) for way in RungWay)


def before_contact(affected: Sequence[PersonId], scene: Scene) -> Element:
    """What to think of before anybody is asked to remove anything: retaliation, and a report to the police."""
    key, names = "leader.step.ask_author", first_names(scene, affected)
    said = scene.say(f"{key}.retaliation", names=names)
    return el.emphasis(el.text(scene.say(f"{key}.before"), spacing="None", bold=True), el.text(said, spacing="None"))


def _conditions(view: StepView, at: RungView, scene: Scene) -> Iterator[Element]:
    """What was told of it, beside what a complaint fits best: for orientation, and no lock."""
    say = scene.say
    if at.earlier or view.deadlines:
        yield el.section(say("removal.conditions.title"), spacing="Medium")
        yield el.text(say("removal.conditions.shared", answer=say(f"choices.shared.{at.shared}")), spacing="None")
        if at.forms:
            forms = say.listed([say(f"choices.form.{form}") for form in at.forms])
            yield el.text(say("removal.conditions.what", what=forms), spacing="None")
    if view.affected:
        yield el.text(say("removal.conditions.employee", names=first_names(scene, view.affected)))


# -- on the case cards -----------------------------------------------------------------------------------------------


def on_a_case_card(view: RemovalView, scene: Scene) -> Iterator[Element]:
    """The newest attempt on every way in plain words, when it was tried before, and whether it is gone."""
    say, over = scene.say, view.ended
    if not view.lines and over is None and view.again_at is None:
        return
    yield el.section(say("removal.title.case"), spacing="Medium")
    for line in view.lines:
        yield el.row(line.replied_on is not None, tried_words(line, scene), _all_so_far(line, scene))
    if over is not None:
        yield el.row(True, say(f"removal.ended.{over.why}"), say("removal.ended.gone_when", time=scene.when(over.at)))
    if view.again_at is not None:
        yield el.row(False, say("removal.again.title"), say("removal.again.since", time=scene.when(view.again_at)))


def _all_so_far(line: RemovalLine, scene: Scene) -> Ready:
    """How it stands with the answer; and when the same way was tried before, the newest, and the rest counted."""
    days = [_day_before(*one, scene) for one in line.before[:MOST_BEFORE]]
    if (rest := len(line.before) - MOST_BEFORE) > 0:
        days.append(scene.say.count("removal.state.more", rest))
    so_far = _so_far(line, scene)
    return scene.say("removal.state.before", so_far=so_far, days=scene.say.listed(days)) if days else so_far


def _day_before(sent_on: date, replied_on: date | None, scene: Scene) -> Ready:
    day = scene.say.day(sent_on, scene.now)
    if replied_on is None:
        return day
    return scene.say("removal.state.day_answered", day=day, replied=scene.say.day(replied_on, scene.now))


def _so_far(line: AttemptLine | RemovalLine, scene: Scene) -> Ready:
    if line.replied_on is None and not _over(line.answer_by, scene):
        return scene.say("removal.answer.waiting_short")
    return _came_or_not(line.replied_on, scene)


# -- buttons that stand in several places ------------------------------------------------------------------------------


def next_way(view: ReminderView | StepView, step: StepId, scene: Scene, *, positive: bool = False) -> Action:
    """To the rung that comes after this one."""
    data = press("open_step", view.case, view.version, step=step)
    words = {"number": skeleton()[step].number, "title": title(step, scene)}
    return el.execute(scene.say, "removal.button.next", data, positive=positive, **words)


def over_button(view: ReminderView | StepView, step: StepId, why: RemovalEnd, scene: Scene) -> Action:
    """It is gone, or there is nothing to remove: one press closes what follows."""
    data = press("end_removal", view.case, view.version, step=step, why=why)
    return el.execute(scene.say, f"removal.button.{why}", data)


def there_again(view: LeaderView, scene: Scene) -> Action | None:
    """On a case that was opened again: what was gone may be back."""
    over, news = view.removal.ended, view.ended.because if view.ended else None
    mine = next((line.step for line in view.steps if line.step in RUNGS and line.mine), None)
    if view.closed or over is None or mine is None or news in (None, Reopened.POLICE):
        return None
    return el.execute(scene.say, "removal.button.back", press("reopen_removal", view.case, view.version, step=mine))

"""The buttons of a rung: what was done, what was answered, that it is gone, and the next way. At most six on a card."""

from cards import elements as el
from cards.elements import Action, Choice, Element
from cards.plan import case_button
from cards.police import pick
from cards.removal import next_way, over_button
from cards.scene import Scene
from cards.step_buttons import handling, locked_buttons, note, step_button, undo
from cards.verbs import press
from casework.calendar import local
from casework.rungs import INJUNCTION
from casework.views import CLOSED, AttemptLine, RungView, StepView
from casework.vocabulary import RemovalEnd, RungWay

LONGEST_WORDS = 1_000  # characters


def rung_buttons(view: StepView, at: RungView, scene: Scene) -> list[Action | None]:
    """For the leader, or for whoever has taken the rung over: to them there is no way to the case."""
    last = case_button(view, scene) if view.deadlines else None
    if not view.line.mine:
        return [last]
    again = undo(view, scene) if view.line.can_undo and view.line.state in CLOSED else None
    if at.ended is not None:
        return [_back(view, scene) if at.may_reopen else None, again, note(view, scene), last]
    if view.line.state == "set_aside":
        return [again, note(view, scene), last]
    if view.line.state == "locked":
        *awaited, aside, case = locked_buttons(view, scene)
        return [*awaited, _over(view, at, scene), aside, case if last else None]
    tried, over = _tried(view, scene), _over(view, at, scene)
    if not at.attempts and view.line.state not in CLOSED:
        return [tried, over, *handling(view, scene)[:3], last or note(view, scene)]
    return [_answered(view, at, scene), tried, over, again or _onwards(view, at, scene), note(view, scene), last]


def _onwards(view: StepView, at: RungView, scene: Scene) -> Action | None:
    """The next rung when there is nothing more to expect of this one; else that this one is done with."""
    if at.passed and at.next_step is not None:
        return next_way(view, at.next_step, scene)
    return None if view.line.state in CLOSED else step_button("done", "complete_step", view, scene)


def _over(view: StepView, at: RungView, scene: Scene) -> Action:
    why = RemovalEnd.NOTHING_TO_REMOVE if at.nothing_online else RemovalEnd.GONE
    return over_button(view, view.line.step, why, scene)


def _back(view: StepView, scene: Scene) -> Action:
    data = press("reopen_removal", view.case, view.version, step=view.line.step)
    return el.execute(scene.say, "removal.button.back", data)


def _tried(view: StepView, scene: Scene) -> Action:
    """[Har skrevet]: the day, which is today unless they say otherwise, and where or how."""
    say, step = scene.say, view.line.step
    save = press("try_rung", view.case, view.version, step=step)
    return el.show_card(
        say,
        f"removal.{step}.tried",
        _way(scene) if step == INJUNCTION else None,
        el.input_date("sent_on", say.plain("removal.form.sent_on"), value=local(scene.now).date()),
        el.input_text("where", say.plain("removal.form.where"), longest=LONGEST_WORDS),
        el.small(say("removal.form.where_help"), spacing="None"),
        actions=[el.execute(say, "removal.button.save", save, inputs=True)],
    )


def _way(scene: Scene) -> Element:
    ways = [(scene.say.plain(f"removal.way.{way}"), way.value) for way in RungWay]
    return el.choice("way", scene.say.plain("removal.form.way"), ways)


def _answered(view: StepView, at: RungView, scene: Scene) -> Action | None:
    """[Der er svar]: to which attempt if there are several, the day, and what it was."""
    waiting = [line for line in at.attempts if line.replied_on is None]
    if not waiting:
        return None
    say, only = scene.say, waiting[0].attempt if len(waiting) == 1 else None
    save = press("answer_rung", view.case, view.version, step=view.line.step, attempt=only)
    return el.show_card(
        say,
        "removal.button.answered",
        None if only else pick("attempt", "removal.form.attempt", [_choice(line, scene) for line in waiting], scene),
        el.input_date("replied_on", say.plain("removal.form.replied_on"), value=local(scene.now).date()),
        el.input_text("reply", say.plain("removal.form.reply"), lines=True, longest=LONGEST_WORDS),
        el.small(say("removal.form.reply_help"), spacing="None"),
        actions=[el.execute(say, "removal.button.save_answer", save, inputs=True)],
    )


def _choice(line: AttemptLine, scene: Scene) -> Choice:
    """An attempt by its day, and the first words of where it was sent."""
    day = scene.say.plain(f"removal.tried.{line.way or line.step}", day=scene.say.day(line.sent_on, scene.now))
    where = " ".join(line.details.split())[:60]
    return f"{day} ({where})" if where else day, line.attempt

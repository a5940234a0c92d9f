"""The buttons under the employee's own cards: add to the case, ask for a call, and what only they decide."""

from cards import elements as el
from cards.accepts import answers_button
from cards.closing import answer_button, reopen
from cards.elements import Action, Element
from cards.form_when import bars
from cards.scene import Scene
from cards.verbs import press
from casework.views import Deadline, EmployeeView, ReporterView


def case_buttons(view: EmployeeView | ReporterView, scene: Scene) -> list[Action | None]:
    """At most six; the first is the one that is most needed now."""
    asked = isinstance(view, EmployeeView) and any(one.answer is None and one.can_change for one in view.questions)
    question = _question(view, scene) if isinstance(view, EmployeeView) and asked else None
    more = _more(view, scene) if isinstance(view, EmployeeView) and not view.closed else None
    ours = isinstance(view, EmployeeView)
    question = question or (answer_button(view, scene) if ours else None)
    return [
        question,
        _plain("add", "add_evidence", view, scene, positive=question is None and not view.closed),
        _plain("write", "write_in_case", view, scene),
        _plain("episode", "new_episode", view, scene),
        _plain("shared", "what_shared", view, scene),
        reopen(view, "employee", scene) if ours and view.closed else more,
    ]


def _plain(name: str, verb: str, view: EmployeeView | ReporterView, scene: Scene, *, positive: bool = False) -> Action:
    return el.execute(scene.say, f"employee.{name}", press(verb, view.case, view.version), positive=positive)


def _question(view: EmployeeView, scene: Scene) -> Action:
    """The unanswered question whose time is nearest; never coloured, for both answers are all right."""
    waiting = [one for one in view.questions if one.answer is None and one.can_change]
    nearest = min(waiting, key=lambda one: (one.until is None, one.until or scene.now))
    data = press("show_question", view.case, view.version, kind=nearest.kind, episode=nearest.episode)
    return el.execute(scene.say, "employee.question", data)


def _more(view: EmployeeView, scene: Scene) -> Action:
    """[Mere]: report it oneself, feel no offence, want no more, be rung up."""
    say, leader = scene.say, scene.name(view.leader)
    still = [line for line in view.deadlines if not line.reported]  # after a no and after 72 hours too
    return el.show_card(
        say,
        "employee.more",
        el.text(say("employee.more.title"), bold=True),
        *(_myself(view, still, scene) if still else []),
        None if view.denied or view.reported_by is None else el.text(say("employee.deny.body"), spacing="Medium"),
        None if view.no_more else el.text(say("employee.enough.body", leader=leader), spacing="Medium"),
        actions=[
            _plain("call", "call_me", view, scene),
            answers_button(view, scene),
            None if view.denied or view.reported_by is None else _plain("deny", "deny_offence", view, scene),
            None if view.no_more else _plain("enough", "want_no_more", view, scene),
        ],
    )


def _myself(view: EmployeeView, still: list[Deadline], scene: Scene) -> list[Element]:
    """Anybody may report to the police themselves; it is noted without anyone else's accept."""
    say = scene.say
    several = len(still) > 1
    buttons = [_reported(view, line, scene, "employee.myself.pick" if several else "employee.myself") for line in still]
    return [
        el.text(say("employee.myself.body")),
        el.input_date("date", say.plain("report.when.date")),
        el.input_time("time", say.plain("report.when.time")),
        el.input_text("where", say.plain("employee.myself.where"), lines=True),
        *([el.text(say("employee.myself.pick_title"))] if several else []),
        *bars(buttons),
    ]


def _reported(view: EmployeeView, line: Deadline, scene: Scene, key: str) -> Action:
    say = scene.say
    data = press("report_myself", view.case, view.version, episode=line.episode)
    at = scene.began(line.began_at, line.certainty)
    return el.execute(say, key, data, inputs=True, short=scene.began_short(line.began_at, line.certainty), at=at)

"""Adding to a case that was sent: evidence, one more time it happened, more words. Small cards of the dialogs."""

from collections.abc import Mapping

from cards import elements as el
from cards.elements import Action, Card
from cards.form_when import echo
from cards.scene import Scene
from cards.verbs import press
from casework.views import Deadline
from casework.vocabulary import CaseId, Certainty, EpisodeId, PersonId


def add_evidence(case: CaseId, scene: Scene) -> Card:
    """Send it here, until [Færdig]."""
    missing = el.submit(scene.say, "coach.missing", press("show_coach", case))
    return _waiting(case, "evidence.add", scene, missing)


def write_in_case(case: CaseId, scene: Scene) -> Card:
    """Write it here, until [Færdig]."""
    return _waiting(case, "employee.account", scene)


def _waiting(case: CaseId, key: str, scene: Scene, *more: Action) -> Card:
    say = scene.say
    done = el.submit(say, "evidence.done", press("report_stop", case))
    title, body = el.heading(say(f"{key}.title")), el.text(say(f"{key}.body"))
    return el.card(say, say("common.case_line", case=case), title, body, actions=[done, *more])


def written_in_case(case: CaseId, wrote: bool, scene: Scene) -> Card:
    """[Færdig]: whether anything was sent."""
    say = scene.say
    body = el.text(say("employee.account.sent" if wrote else "employee.account.nothing"))
    return el.card(say, say("common.case_line", case=case), el.heading(say("employee.account.over")), body)


def evidence_added(case: CaseId, gave: bool, scene: Scene) -> Card:
    """[Færdig]: what was sent is kept, or nothing was."""
    say = scene.say
    body = el.text(say("evidence.over.saved" if gave else "evidence.over.nothing"))
    return el.card(say, say("common.case_line", case=case), el.heading(say("evidence.over.title")), body)


def kept_in_case(case: CaseId, leader: PersonId | None, scene: Scene) -> Card:
    """What was written is part of the case. `leader` None: nobody has it yet."""
    say = scene.say
    body = el.text(say("report.kept.case", name=scene.name(leader)) if leader else say("report.kept.nobody_yet"))
    return el.card(say, say("common.case_line", case=case), el.heading(say("report.kept.title")), body)


def new_episode(
    case: CaseId,
    episode: EpisodeId,
    scene: Scene,
    *,
    faults: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Card:
    """When it happened again. `faults`: field → words; `typed`: what stood in the fields."""
    say, wrong, stood = scene.say, faults or {}, typed or {}
    choices = [(say.plain(f"choices.certainty.{value}"), str(value)) for value in Certainty]
    save = el.submit(say, "employee.new.save", press("report_new_episode", case, episode=episode), positive=True,
                     inputs=True)  # fmt: skip
    return el.card(
        say,
        say("common.case_line", case=case),
        el.heading(say("employee.new.title")),
        el.fault(wrong.get("")),
        el.text(say("employee.new.body")),
        el.choice("certainty", say.plain("report.when.certainty"), choices, value=stood.get("certainty", "")),
        el.fault(wrong.get("certainty")),
        el.input_date("date", say.plain("report.when.date"), value=el.day_in(stood.get("date", ""))),
        el.fault(wrong.get("date")),
        el.input_time("time", say.plain("report.when.time"), value=el.clock_in(stood.get("time", ""))),
        el.fault(wrong.get("time")),
        el.small(say("report.when.hint"), spacing="Small"),
        actions=[save, el.submit(say, "report.stop", press("report_stop", case))],
    )


def episode_kept(case: CaseId, told: Deadline, leader: PersonId | None, scene: Scene) -> Card:
    """What was understood, and until when."""
    say = scene.say
    return el.card(
        say,
        say("common.case_line", case=case),
        el.heading(say("employee.new.kept")),
        echo((told,), scene),
        el.text(say("employee.new.kept_body", leader=scene.name(leader)), spacing="Medium"),
    )

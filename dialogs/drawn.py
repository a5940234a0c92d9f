"""The dialogs' cards: which function draws what, with faults put into the reader's words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cards import adding, coach, evidence, report
from cards.review import review, told_for_others
from cards.said_by_the_file import beside
from cards.scene import Scene
from cards.show import Shown, shown
from casework.case import Case
from casework.parts import Part
from casework.people import Person
from casework.projections.common import deadlines
from casework.views import CoachView, DraftView, EvidenceLine
from casework.vocabulary import CaseId, EpisodeId, PersonId, Refused
from dialogs.asking import Fault, to_choose_from


def form(
    name: str,
    view: DraftView,
    scene: Scene,
    faults: Sequence[Fault] = (),
    typed: Mapping[str, str] | None = None,
    **more: Any,
) -> Shown:
    """One of the five forms. `typed`: what was sent, to be put right; then no word of it is lost."""
    words, hits = {fault.field: refusal(fault, scene) for fault in reversed(faults)}, _hits(to_choose_from(faults))
    return shown(report.form(name, view, scene, faults=words, typed=typed, hits=hits, **more), scene)


def _hits(faults: Iterable[Fault]) -> dict[str, tuple[Person, ...]]:
    """Field → everybody its names may mean."""
    found: dict[str, tuple[Person, ...]] = {}
    for fault in faults:
        found[fault.field] = (*found.get(fault.field, ()), *fault.hits)
    return found


def refusal(refused: Refused | Fault, scene: Scene) -> str:
    """Why not, in the reader's words."""
    return scene.say(f"refused.{refused.key}", **refused.details)


def last_page(view: DraftView, scene: Scene, faults: Sequence[Fault] = ()) -> Shown:
    return shown(review(view, scene, faults=tuple(refusal(fault, scene) for fault in faults)), scene)


def answered(name: str, view: DraftView, scene: Scene) -> Shown:
    return shown(report.answered(name, view, scene), scene)


def stopped(view: DraftView, scene: Scene) -> Shown:
    return shown(report.stopped(view, scene), scene)


def resumed(name: str, view: DraftView, scene: Scene) -> Shown:
    return shown(report.resumed(view, name, scene), scene)


def sent(view: DraftView, recipient: PersonId, scene: Scene) -> Shown:
    return shown(report.sent(view.case, recipient, scene, others=told_for_others(view)), scene)


def kept(scene: Scene) -> Shown:
    """A message in the middle of a form was kept."""
    return shown(report.kept(scene), scene)


def how(device: str, scene: Scene) -> Shown:
    return shown(evidence.how(device, scene), scene)


def received(line: EvidenceLine, view: CoachView, scene: Scene, *, waiting: str = "", quiet: bool = False) -> Shown:
    """The receipt of one piece, with the one question that comes next. `quiet`: another receipt asks it."""
    seen = view.question is not None and view.question.about is Part.SHOWS  # the receipt itself asks that
    more = evidence.NOTHING_MORE if quiet or seen else coach.asking(view, scene, headed=True)
    file = tuple(beside(view, scene))
    return shown(evidence.received(view.case, line, scene, waiting=waiting, more=more, quiet=quiet, file=file), scene)


# -- after Send ------------------------------------------------------------------------------------------------------


def add_evidence(case: CaseId, scene: Scene) -> Shown:
    return shown(adding.add_evidence(case, scene), scene)


def write_in_case(case: CaseId, scene: Scene) -> Shown:
    return shown(adding.write_in_case(case, scene), scene)


def written_in_case(case: CaseId, wrote: bool, scene: Scene) -> Shown:
    return shown(adding.written_in_case(case, wrote, scene), scene)


def evidence_added(case: CaseId, gave: bool, scene: Scene) -> Shown:
    return shown(adding.evidence_added(case, gave, scene), scene)


def kept_in_case(case: Case, scene: Scene) -> Shown:
    return shown(adding.kept_in_case(case.id, case.recipient, scene), scene)


def new_episode(
    case: CaseId,
    episode: EpisodeId,
    scene: Scene,
    fault: Fault | None = None,
    typed: Mapping[str, str] | None = None,
) -> Shown:
    words = {fault.field: refusal(fault, scene)} if fault else {}
    return shown(adding.new_episode(case, episode, scene, faults=words, typed=typed), scene)


def episode_kept(case: Case, episode: EpisodeId, scene: Scene) -> Shown:
    """What was understood, and until when."""
    told = next(line for line in deadlines(case, scene.now) if line.episode == episode)
    return shown(adding.episode_kept(case.id, told, case.recipient, scene), scene)

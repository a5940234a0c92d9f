"""The dialogs' cards: which function draws what, with faults put into the reader's words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cards import evidence, report
from cards.review import review
from cards.scene import Scene
from cards.show import Shown, shown
from casework.people import Person
from casework.views import DraftView, EvidenceLine
from casework.vocabulary import CaseId, PersonId, Refused
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
    return shown(report.sent(view.case, recipient, scene, others=report.told_for_others(view)), scene)


def kept(scene: Scene) -> Shown:
    """A message in the middle of a form was kept."""
    return shown(report.kept(scene), scene)


def how(device: str, scene: Scene) -> Shown:
    return shown(evidence.how(device, scene), scene)


def received(case: CaseId, line: EvidenceLine, scene: Scene, *, sent: bool) -> Shown:
    """The receipt of one piece; its press carries no version, for what it shows does not grow old."""
    return shown(evidence.received(line, case, 0, scene, sent=sent), scene)


def described(case: CaseId, line: EvidenceLine, scene: Scene, *, sent: bool) -> Shown:
    return shown(evidence.described(line, case, scene, sent=sent), scene)

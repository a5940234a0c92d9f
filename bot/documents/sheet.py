"""The documentation as a sheet: every sentence put in, in the pages' order. How it looks is the template's."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from cards.scene import Scene
from cards.words import Texts, clean, unescape
from casework import views as w
from casework.vocabulary import ItemKind, PersonId

HEADINGS = ("who", "when", "words", "evidence", "custody", "plan", "proven")
CIRCUMSTANCES = ("going_on", "shared", "recorded", "working_hours")
GROUPED = 16  # characters of a hash between two spaces: it must be read aloud, and break over lines
Pictures = Mapping[int, bytes]
"""Number of a piece → a small PNG or JPEG of it."""


def sheet(view: w.Documentation, scene: Scene, pictures: Pictures, attached: frozenset[int]) -> dict[str, Any]:
    """What the template is given. `attached`: numbers of the pieces whose originals go along."""
    say = scene.say
    return {
        "language": say.language,
        "title": _plain(say, "title"),
        "subtitle": _plain(say, "subtitle"),
        "own": _plain(say, "own") if view.own else "",
        "authority": clean(scene.place.authority),
        "case": _plain(say, "case", case=view.case),
        "confidential": _plain(say, "confidential"),
        "short_notice": _plain(say, "confidential").split(". ")[0],
        "made": _plain(say, "made", time=_when(view.made_at, scene), name=scene.full_name(view.made_by)),
        "page": _plain(say, "page", page="{page}", pages="{pages}"),
        "none": _plain(say, "none"),
        "no_evidence": _plain(say, "piece.none"),
        "headings": {name: _plain(say, f"heading.{name}") for name in HEADINGS},
        "custody_columns": [_plain(say, f"column.{name}") for name in ("time", "what", "who")],
        "plan_columns": [_plain(say, f"column.{name}") for name in ("number", "step", "state")],
        "facts": [[_plain(say, f"fact.{name}"), value] for name, value in _facts(view, scene) if value],
        "episodes": [_episode(number, one, view, scene) for number, one in enumerate(view.episodes, 1)],
        "account": [{"by": _by(one.by, one.at, scene), "words": clean(one.words)} for one in view.account],
        "evidence": [_piece(one, scene, pictures, attached) for one in view.evidence],
        "custody": [_custody(one, scene) for one in view.custody],
        "steps": [_step(one, scene) for one in view.steps],
        "proven": [_plain(say, f"proven.{name}") for name in ("what", "times")],
    }


def _plain(say: Texts, key: str, **values: object) -> str:
    return say.plain(f"documentation.{key}", **values)


def _when(moment: datetime, scene: Scene) -> str:
    """Always in full: nobody knows when it will be read."""
    return unescape(scene.say.full(moment, datetime.min.replace(tzinfo=moment.tzinfo)))


def _by(person: PersonId, at: datetime, scene: Scene) -> str:
    return f"{clean(scene.full_name(person))} · {_when(at, scene)}"


def _chosen(say: Texts, choice: str, *codes: str) -> str:
    return ", ".join(say.plain(f"choices.{choice}.{code}") for code in codes)


def _facts(view: w.Documentation, scene: Scene) -> Iterator[tuple[str, str]]:
    say = scene.say
    yield "authority", clean(scene.place.authority)
    yield "affected", ", ".join(clean(scene.full_name(person)) for person in view.affected)
    yield "reporter", clean(scene.full_name(view.reporter))
    yield "leader", clean(scene.full_name(view.leader))
    yield "sent", _when(view.sent_at, scene)
    yield "medium", _chosen(say, "medium", *view.media)
    yield "form", _chosen(say, "form", *view.forms)
    yield from ((name, _chosen(say, name, getattr(view, name))) for name in CIRCUMSTANCES)
    yield "originator", _chosen(say, "originator", view.originator) if view.originator else ""
    yield "identifier", clean(view.identifier)
    yield "links", clean(view.links)


def _episode(number: int, one: w.Deadline, view: w.Documentation, scene: Scene) -> dict[str, Any]:
    say = scene.say
    mine = [outcome for outcome in view.outcomes if outcome.began_at == one.began_at]
    return {
        "began": _plain(say, "episode.began", number=number, time=_when(one.began_at, scene)),
        "certainty": _plain(say, f"certainty.{one.certainty}"),
        "until": _plain(say, "episode.until", time=_when(one.until, scene)),
        "outcomes": [{"said": _outcome(x, scene), "details": clean(x.details)} for x in mine],
    }


def _outcome(outcome: w.PaperOutcome, scene: Scene) -> str:
    say = scene.say
    name = clean(scene.full_name(outcome.person)) if outcome.person else _plain(say, "episode.nobody")
    time = _when(outcome.at, scene) if outcome.at else ""
    return _plain(say, f"episode.{outcome.outcome or 'open'}", name=name, time=time)


def _piece(one: w.PieceLine, scene: Scene, pictures: Pictures, attached: frozenset[int]) -> dict[str, Any]:
    say, picture = scene.say, pictures.get(one.number)
    return {
        "title": _plain(say, "piece.title", number=one.number),
        "lines": [line for line in _about(one, scene, attached) if line],
        "hash": _plain(say, "piece.hash", hash=_grouped(one.sha256)),
        "words": clean(one.words) if one.kind is ItemKind.TEXT else "",
        "picture": list(picture) if picture else None,
        "alt": _plain(say, "piece.picture", number=one.number),
    }


def _about(one: w.PieceLine, scene: Scene, attached: frozenset[int]) -> Iterator[str]:
    say = scene.say
    yield clean(one.name)
    if one.kind is ItemKind.TEXT:
        yield _plain(say, "piece.text")
    else:
        yield _plain(say, "piece.file", type=one.media_type, size=unescape(say.size(one.size)))
    time, name = _when(one.received_at, scene), scene.full_name(one.given_by)
    yield _plain(say, "piece.received", time=time, name=name)
    if one.shows:
        yield _plain(say, "piece.shows", what=_chosen(say, "shows", *one.shows))
    if one.kind is ItemKind.FILE:
        has = one.number in attached
        yield _plain(say, "piece.attached", name=file_name(one)) if has else _plain(say, "piece.not_attached")


def file_name(one: w.PieceLine) -> str:
    """What the original is called among the attachments: its number and kind, nothing a person wrote."""
    return f"{one.number:03}.{one.media_type.rsplit('/', 1)[-1].split('+', 1)[0].split('.')[-1] or 'bin'}"


def _grouped(sha256: str) -> str:
    return " ".join(sha256[at : at + GROUPED] for at in range(0, len(sha256), GROUPED))


def _custody(one: w.CustodyLine, scene: Scene) -> list[str]:
    words = one.did == "opened" and one.number is None
    said = _plain(scene.say, f"custody.{'opened_words' if words else one.did}", number=one.number or "")
    return [_when(one.at, scene), said, clean(scene.full_name(one.by))]


def _step(one: w.PaperStep, scene: Scene) -> dict[str, str]:
    say = scene.say
    return {
        "number": str(one.number),
        "title": say.plain(f"leader.step.{one.step}.title"),
        "state": _plain(say, f"step.{one.state}"),
        "reason": clean(one.reason),
        "who": _by(one.by, one.at, scene) if one.by and one.at else "",
    }

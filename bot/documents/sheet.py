"""The documentation as a sheet: every sentence put in, in the pages' order. How it looks is the template's."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

from bot.documents.words import Words
from cards.scene import Scene
from cards.words import Texts, clean, unescape
from casework import views as w
from casework.parts import MAIL_FILES
from casework.vocabulary import Certainty, ItemKind, PersonId

HEADINGS = ("who", "when", "words", "evidence", "custody", "plan", "proven")
CUSTODY = ("documentation.column.time", "documentation.column.what", "documentation.column.who")
PLAN = ("documentation.column.number", "documentation.column.step", "documentation.column.state")
PROVEN = ("documentation.proven.what", "documentation.proven.times")
CIRCUMSTANCES = ("going_on", "shared", "recorded", "working_hours")
ENDINGS = {
    "text/plain": "txt",
    "text/html": "txt",
    "application/xhtml+xml": "txt",
    "image/svg+xml": "txt",
    "image/jpeg": "jpg",
    "message/rfc822": "eml",
    "application/vnd.ms-outlook": "msg",
    "video/quicktime": "mov",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/x-m4a": "m4a",
    "audio/x-wav": "wav",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
"""Where the type's own name is no ending that other programs know, or one whose content a browser would run."""
MOST_HEADERS = 12
GROUPED = 16  # characters of a hash between two spaces: it must be read aloud, and break over lines
WIDEST, HIGHEST = 44.0, 66.0  # mm: the small pictures
Pictures = Mapping[int, bytes]
"""Number of a piece → a small PNG or JPEG of it."""


def sheet(view: w.Documentation, scene: Scene, pictures: Pictures, attached: frozenset[int]) -> dict[str, Any]:
    """What the template is given. `attached`: numbers of the pieces whose originals go along."""
    say, words = scene.say, Words(scene.say)
    return {
        "without": sorted(view.without),
        "language": say.language,
        "title": say.plain("documentation.title"),
        "subtitle": say.plain("documentation.subtitle"),
        "own": say.plain("documentation.own") if view.own else "",
        "authority": clean(scene.place.authority),
        "case": say.plain("documentation.case", case=view.case),
        "confidential": say.plain("documentation.confidential"),
        "short_notice": say.plain("documentation.confidential").split(". ")[0],
        "for_whom": say.plain(f"documentation.for_whom.{view.package}") if view.package else "",
        "contents": say.plain("documentation.contents"),
        "made": say.plain("documentation.made", time=_when(view.made_at, scene), name=scene.full_name(view.made_by)),
        "page": say.plain("documentation.page", page="{page}", pages="{pages}"),
        "none": say.plain("documentation.none"),
        "no_evidence": say.plain("documentation.piece.none"),
        "headings": {name: say.plain(f"documentation.heading.{name}") for name in HEADINGS},
        "custody_columns": [say.plain(key) for key in CUSTODY],
        "plan_columns": [say.plain(key) for key in PLAN],
        "facts": [[say.plain(f"documentation.fact.{name}"), value] for name, value in _facts(view, scene) if value],
        "episodes": [_episode(number, one, view, scene) for number, one in enumerate(view.episodes, 1)],
        "account": [{"by": _by(one.by, one.at, scene), **words.fitted(one.words)} for one in view.account],
        "evidence": [_piece(one, scene, pictures, attached, words) for one in view.evidence],
        "left_out": list(_not_here(view, say)),
        "custody": [_custody(one, scene) for one in view.custody],
        "steps": [_step(one, scene) for one in view.steps],
        "proven": [say.plain(key) for key in PROVEN],
    }


def _when(moment: datetime, scene: Scene) -> str:
    """Always in full: nobody knows when it will be read."""
    return unescape(scene.say.full(moment, datetime.min.replace(tzinfo=moment.tzinfo)))


def _until(moment: datetime, scene: Scene) -> str:
    """A deadline: one at midnight is said as the night it falls in."""
    return unescape(scene.say.until(moment, datetime.min.replace(tzinfo=moment.tzinfo)))


def _told_at(moment: datetime, certainty: Certainty, scene: Scene) -> str:
    """What a person has said: no clock that nobody gave."""
    return unescape(replace(scene, now=datetime.min.replace(tzinfo=moment.tzinfo)).began(moment, certainty))


def _by(person: PersonId, at: datetime, scene: Scene) -> str:
    return f"{clean(scene.full_name(person))} · {_when(at, scene)}"


def _chosen(say: Texts, choice: str, *codes: str) -> str:
    return ", ".join(say.plain(f"choices.{choice}.{code}") for code in codes)


def _facts(view: w.Documentation, scene: Scene) -> Iterator[tuple[str, str]]:
    say = scene.say
    yield "authority", clean(scene.place.authority)
    yield "workplace", clean(scene.place.workplaces.get(view.workplace, "") if view.workplace else "")
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
    began = _told_at(one.began_at, one.certainty, scene)
    mine = [outcome for outcome in view.outcomes if outcome.began_at == one.began_at]
    return {
        "began": say.plain("documentation.episode.began", number=number, time=began),
        "certainty": say.plain(f"documentation.certainty.{one.certainty}"),
        "until": say.plain("documentation.episode.until", time=_until(one.until, scene)),
        "outcomes": [{"said": _outcome(x, scene), "details": clean(x.details)} for x in mine],
    }


def _outcome(outcome: w.PaperOutcome, scene: Scene) -> str:
    say = scene.say
    name = clean(scene.full_name(outcome.person)) if outcome.person else say.plain("documentation.episode.nobody")
    time = _when(outcome.at, scene) if outcome.at else ""
    unanswered = "open" if outcome.person else "open_for_all"
    return say.plain(f"documentation.episode.{outcome.outcome or unanswered}", name=name, time=time)


def _not_here(view: w.Documentation, say: Texts) -> Iterator[str]:
    """Why a number is missing: what is in the case and not in this copy, what was withdrawn, what was destroyed."""
    left_out = tuple(number for number in view.left_out if number not in view.withdrawn)
    missing = {"withdrawn": view.withdrawn, "destroyed": view.destroyed, "left_out": left_out}
    for name, numbers in missing.items():
        if numbers:
            said = say.count(f"documentation.missing.{name}", len(numbers), numbers=say.listed(list(map(str, numbers))))
            yield unescape(said)


def _piece(
    one: w.PieceLine, scene: Scene, pictures: Pictures, attached: frozenset[int], words: Words
) -> dict[str, Any]:
    say, picture = scene.say, pictures.get(one.number)
    return {
        "title": say.plain("documentation.piece.title", number=one.number),
        "lines": [line for line in _about(one, scene, attached) if line],
        "hash": say.plain("documentation.piece.hash", hash=_grouped(one.sha256)),
        **words.fitted(one.words if one.kind is ItemKind.TEXT else ""),
        "picture": _as_text(picture) if picture else None,
        "width": _width(picture) if picture else 0,
        "alt": say.plain("documentation.piece.picture", number=one.number),
    }


def _width(picture: bytes) -> float:
    """Millimetres, so that neither side is longer than there is room for."""
    from PIL import Image  # only where a picture comes

    with Image.open(BytesIO(picture)) as drawn:
        return round(min(WIDEST, HIGHEST * drawn.width / drawn.height), 1)


def _as_text(picture: bytes) -> str:
    """An image in an SVG: the typesetter takes it as text, a hundred times as fast as byte by byte."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as drawn:
        (width, height), kind = drawn.size, drawn.get_format_mimetype()
    content = b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" '
        f'height="{height}"><image width="{width}" height="{height}" xlink:href="data:{kind};base64,{content}"/></svg>'
    )


def _about(one: w.PieceLine, scene: Scene, attached: frozenset[int]) -> Iterator[str]:
    say = scene.say
    yield clean(one.name)
    if one.kind is ItemKind.TEXT:
        yield say.plain("documentation.piece.text")
    else:
        kind = "documentation.piece.mail" if one.media_type in MAIL_FILES else "documentation.piece.file"
        yield say.plain(kind, type=one.media_type, size=unescape(say.size(one.size)))
    time, name = _when(one.received_at, scene), scene.full_name(one.given_by)
    yield say.plain("documentation.piece.received", time=time, name=name)
    if one.withdrawn_at:
        yield say.plain("documentation.piece.withdrawn", time=_when(one.withdrawn_at, scene))
    if one.shows:
        yield say.plain("documentation.piece.shows", what=_chosen(say, "shows", *one.shows))
    yield from _by_its_giver(one, scene)
    yield from _by_itself(one, scene)
    yield _where(one, say, attached)


def _where(one: w.PieceLine, say: Texts, attached: frozenset[int]) -> str:
    """Where the original is. Words that go along nowhere stand on the page."""
    if one.unread:
        return say.plain("documentation.piece.unread")
    if one.number in attached:
        return say.plain("documentation.piece.attached", name=file_name(one))
    if one.beside:
        return say.plain("documentation.piece.beside", name=file_name(one))
    return say.plain("documentation.piece.not_attached") if one.kind is ItemKind.FILE else ""


def _by_its_giver(one: w.PieceLine, scene: Scene) -> Iterator[str]:
    """When it was captured, on what and by whom, as whoever gave it says."""
    say, told, said = scene.say, one.told, []
    if told.at:
        said.append(_told_at(told.at, told.certainty or Certainty.DATE_ONLY, scene))
    if told.device:
        said.append(say.plain(f"choices.capture_device.{told.device}"))
    if said:
        yield say.plain("documentation.piece.captured", what=", ".join(said))
    if told.by:
        yield say.plain(f"documentation.piece.captured_by.{told.by}")


def _by_itself(one: w.PieceLine, scene: Scene) -> Iterator[str]:
    """What the file says of itself, and is not believed for that: when, with what, and a mail's headers."""
    say = scene.say
    if one.original and one.original.taken_at:
        yield say.plain("documentation.piece.taken", time=_when(one.original.taken_at, scene))
    if one.device:
        yield say.plain("documentation.piece.device", device=clean(one.device))
    if one.heading:
        yield say.plain("documentation.piece.heading")
        yield from (clean(line) for line in one.heading.splitlines()[:MOST_HEADERS])


def file_name(one: w.PieceLine) -> str:
    """What the original is called among the attachments: its number and kind, nothing a person wrote."""
    plain = one.media_type.rsplit("/", 1)[-1].split("+", 1)[0].split(".")[-1] or "bin"
    return f"{one.number:03}.{ENDINGS.get(one.media_type, plain)}"


def _grouped(sha256: str) -> str:
    return " ".join(sha256[at : at + GROUPED] for at in range(0, len(sha256), GROUPED))


def _custody(one: w.CustodyLine, scene: Scene) -> list[str]:
    words = one.did == "opened" and one.number is None
    said = scene.say.plain(f"documentation.custody.{'opened_words' if words else one.did}", number=one.number or "")
    return [_when(one.at, scene), said, clean(scene.full_name(one.by))]


def _step(one: w.PaperStep, scene: Scene) -> dict[str, str]:
    say = scene.say
    return {
        "number": str(one.number),
        "title": say.plain(f"leader.step.{one.step}.title"),
        "state": say.plain(f"documentation.step.{one.state}"),
        "reason": clean(one.reason),
        "who": _by(one.by, one.at, scene) if one.by and one.at else "",
    }

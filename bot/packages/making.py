"""A package as files to be offered: papers made, originals listed, the list signed and stamped, all of it in parts."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.caseworker import Opened
from bot.delivering.offered import File
from bot.desk import Desk
from bot.documents.making import ROOM, on_paper, people_on
from bot.packages import contents, manifest
from bot.packages.complaint import complaint
from bot.packages.contents import Made, Original, in_parts
from bot.packages.manifest import LeftOut, Manifest
from bot.packages.metadata import metadata
from bot.packages.timestamping import Stamp
from bot.packages.zipped import Zipped, size_of
from bot.stores import CaseStore, UnknownCase, UnreadableFile
from cards.scene import Scene
from cards.words import Texts, clean
from casework import views as w
from casework.calendar import local
from casework.packages import RECIPES
from casework.projections.documentation import documentation
from casework.projections.packages import for_recipient
from casework.vocabulary import ItemId, Package, Refused

log = structlog.get_logger(__name__)

ZIP, PDF, XML = "application/zip", "application/pdf", "application/xml"


@dataclass(frozen=True)
class Wanted:
    """Whom it is for, what goes in and what was left out by hand; `sender`: who complains, with an address."""

    package: Package
    items: tuple[ItemId, ...]
    left_out: tuple[ItemId, ...] = ()
    unfit: tuple[int, ...] = ()
    sender: str = ""


@dataclass(frozen=True)
class Packed:
    """All that is needed to write its parts. `too_large`: numbers of what fits into none."""

    package: Package
    case: str
    made: tuple[Made, ...]
    parts: tuple[tuple[Original, ...], ...]
    around: tuple[tuple[str, bytes], ...]
    stamp: Stamp
    made_at: datetime
    too_large: tuple[int, ...]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the list: by this the package is known again."""
        return manifest.sha256(dict(self.around)[manifest.MANIFEST])


async def packed(desk: Desk, opened: Opened, wanted: Wanted) -> Packed:
    """Everything but the parts themselves. Refused("not_yours") for whoever may have none of it."""
    recipe, view = RECIPES[wanted.package], _view(desk, opened, wanted)
    scene = await _scene(desk, opened, wanted.package, view)
    told = contents.told_of(view, contents.originals(recipe, view.evidence))
    paper = await on_paper(desk, told, scene, ROOM if recipe.metadata else 0)
    beside = contents.originals(recipe, [one for one in view.evidence if one.number not in paper.inside])
    made = await _made(desk, opened, wanted, told, scene, paper.content)
    parts, too_large = in_parts(size_of((one.name, len(one.content)) for one in made), beside)
    too_large = tuple(one.piece.number for one in too_large if not one.words)
    listed = [one.listed() for one in made] + [one async for one in _listed(desk, view.case, parts)]
    listing = Manifest(
        case=view.case,
        package=wanted.package,
        authority=clean(scene.place.authority),
        made_at=view.made_at,
        parts=len(parts),
        files=tuple(listed),
        left_out=_left_out(opened, wanted, too_large),
        public_key=(await desk.office.packages.key()).public,
    )
    around, stamp = await _sealed(desk, manifest.written(listing))
    return Packed(wanted.package, view.case, made, parts, around, stamp, view.made_at, too_large)


async def _sealed(desk: Desk, content: bytes) -> tuple[tuple[tuple[str, bytes], ...], Stamp]:
    """The list with its signature, and its timestamp or why there is none."""
    key, authority = await desk.office.packages.key(), await desk.office.packages.authority()
    stamp = await authority.stamp(content)
    signature = base64.b64encode(key.sign(content)) + b"\n"
    said = (manifest.STAMP, stamp.response) if stamp.response else (manifest.NO_STAMP, _none(stamp))
    return ((manifest.MANIFEST, content), (manifest.SIGNATURE, signature), said), stamp


def _view(desk: Desk, opened: Opened, wanted: Wanted) -> w.Documentation:
    legal = desk.office.legal_staff()
    paper = documentation(
        opened.case, desk.person, opened.texts, desk.now(), legal, withdrawn=RECIPES[wanted.package].withdrawn
    )
    if paper is None:
        raise Refused("not_yours")
    not_in_it = tuple(piece.number for piece in paper.evidence if piece.item not in wanted.items)
    return for_recipient(paper, wanted.package, wanted.items, not_in_it)


async def _scene(desk: Desk, opened: Opened, package: Package, view: w.Documentation) -> Scene:
    """What goes to an authority is in Danish, whoever makes it."""
    scene = await desk.scene_of(opened.case, *people_on(view))
    if package is Package.OWN_COPY:
        return scene
    return replace(scene, say=Texts("da", scene.guide.catalogues["da"]))


async def _made(
    desk: Desk, opened: Opened, wanted: Wanted, view: w.Documentation, scene: Scene, paper: bytes
) -> tuple[Made, ...]:
    recipe, say = RECIPES[wanted.package], scene.say
    folder = f"{contents.SEND}/" if recipe.letter else ""
    made = [Made(f"{folder}dokumentation.pdf", PDF, paper)]
    if recipe.letter:
        made.append(Made(f"{folder}brev.pdf", PDF, await complaint(desk, opened, wanted.sender, view, scene)))
    if recipe.metadata:
        notice = say.plain("documentation.confidential")
        title = f"{say.plain('documentation.title')} {view.case}"
        made.append(Made("metadata.xml", XML, metadata(view, clean(scene.place.authority), title, notice)))
    return tuple(made)


async def _listed(desk: Desk, case: str, parts: Sequence[Sequence[Original]]) -> AsyncIterator[manifest.Listed]:
    store = desk.office.receiving.store
    for number, part in enumerate(parts, 1):
        for original in part:
            yield original.listed(await _read(store, case, original), number)


async def _read(store: CaseStore, case: str, original: Original) -> str:
    """The fingerprint of what lies there. A package says what is in it, so nothing is left out of it unsaid."""
    try:
        return await contents.fingerprint(store, case, original)
    except (UnreadableFile, UnknownCase) as fault:
        log.error("original_not_read", case=case, item=original.piece.item, reason=type(fault).__name__)
        raise Refused("original_unreadable", number=original.piece.number) from fault


def _left_out(opened: Opened, wanted: Wanted, too_large: Sequence[int]) -> tuple[LeftOut, ...]:
    by_hand = [opened.case.items[item].number for item in wanted.left_out if item in opened.case.items]
    why = {"by_hand": by_hand, "type": wanted.unfit, "too_large": too_large}
    return tuple(LeftOut(number, name) for name, numbers in why.items() for number in numbers)


def _none(stamp: Stamp) -> bytes:
    return (json.dumps({"why": stamp.why}) + "\n").encode()


async def files(desk: Desk, packed: Packed, say: Texts) -> AsyncIterator[File]:
    """The parts, one after the other: one is in memory at a time."""
    for number, part in enumerate(packed.parts, 1):
        zipped = Zipped(packed.made_at)
        for one in packed.made if number == 1 else ():
            zipped.add(one.name, one.content)
        for original in part:
            content = await contents.content_of(desk.office.receiving.store, packed.case, original)
            await asyncio.to_thread(zipped.add, original.name, content)
        yield File(_name(packed, number, say), ZIP, await asyncio.to_thread(zipped.done, *packed.around))


def _name(packed: Packed, number: int, say: Texts) -> str:
    what, parts = say.plain(f"packages.file.{packed.package}"), len(packed.parts)
    made = f"{local(packed.made_at):%Y-%m-%d-%H%M}"  # two of one kind are told apart, wherever they lie
    if parts == 1:
        return f"{say.plain('packages.file.zip', case=packed.case, what=what, made=made)}.zip"
    return f"{say.plain('packages.file.part', case=packed.case, what=what, made=made, part=number, parts=parts)}.zip"

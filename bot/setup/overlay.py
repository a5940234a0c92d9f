"""Local changes: folders of files over the guide, for the whole organisation (`all`) and for each administration.

    <overlay>/all/words/{da,en}/<room>.toml   sentences that exist in the original, under their own keys
    <overlay>/all/plan.toml                   notes to steps, and steps left out
    <overlay>/all/facts.toml                  values, each with its source and the day it was confirmed
    <overlay>/all/links.toml                  where platforms take a notice, each with source and day
    <overlay>/all/wordings.toml               accept wordings, numbered
    <overlay>/<administration>/…              the same, over `all`

Everything is held to what holds for the original; all that is wrong is told at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.setup.faults import Fault, either, shown
from bot.setup.overlay_files import read_facts_file, read_links_file, read_plan_file, read_wordings_file
from bot.setup.overlay_words import read_words
from bot.setup.toml_file import parsed
from casework.local import Guide, Layer, Wording, original, with_layers
from casework.texts import LANGUAGES

ALL = "all"
"""The folder that holds for everybody."""
FILES = ("plan.toml", "facts.toml", "links.toml", "wordings.toml")
LARGEST = 1024 * 1024  # bytes; the guide itself is a tenth of it


@dataclass(frozen=True)
class Overlays:
    """The guide of every administration that has one of its own, and under `ALL` everybody else's."""

    guides: Mapping[str, Guide]
    wordings: tuple[Wording, ...] = ()

    def guide(self, administration: str | None) -> Guide:
        """What holds there; for an unknown one, or none, what holds for everybody."""
        return self.guides.get(administration or ALL) or self.guides[ALL]

    @property
    def administrations(self) -> frozenset[str]:
        """Those that something is changed for."""
        return frozenset(self.guides) - {ALL}


@cache
def no_overlays() -> Overlays:
    """The guide as it is."""
    return Overlays({ALL: original()})


def read_overlays(folder: Path | None) -> tuple[Overlays | None, tuple[Fault, ...]]:
    """All local changes, or None and everything that has to be put right first. No folder: none."""
    if folder is None:
        return no_overlays(), ()
    faults: list[Fault] = []
    try:
        layers = {place.name: _layer(folder, place.name, faults) for place in _places(folder, faults)}
    except OSError:
        return None, (Fault("VAERN_OVERLAY", shown(str(folder)), "Expected a folder that can be read."),)
    return (None, tuple(faults)) if faults else (_overlays(layers), ())


def unknown_places(overlays: Overlays, administrations: frozenset[str]) -> tuple[Fault, ...]:
    """Folders for an administration that no workplace belongs to."""
    known = either(sorted(administrations)) or "an administration of one of the [[workplaces]]"
    return tuple(
        Fault(place, "is no administration here", f"Expected {either([ALL])} or {known}.", "VAERN_OVERLAY")
        for place in sorted(overlays.administrations - administrations)
    )


def _overlays(layers: Mapping[str, Layer]) -> Overlays:
    """Each administration's over what holds for all."""
    common = [layers[ALL]] if ALL in layers else []
    own = {place: with_layers([*common, layer]) for place, layer in layers.items() if place != ALL}
    wordings = tuple(wording for layer in layers.values() for wording in layer.wordings)
    return Overlays({ALL: with_layers(common), **own}, wordings)


def _places(folder: Path, faults: list[Fault]) -> Iterator[Path]:
    for place in _inside(folder):
        if place.is_dir():
            yield place
        else:
            faults.append(_unknown(folder, place, "Expected folders only: all, and one for each administration."))


def _inside(folder: Path) -> list[Path]:
    """What lies there, but for notes to people and what editors leave behind."""
    return sorted(one for one in folder.iterdir() if one.suffix != ".md" and one.name[0] != "." and one.name[-1] != "~")


def _unknown(folder: Path, found: Path, expected: str) -> Fault:
    return Fault(found.relative_to(folder).as_posix(), "is not known here", expected, "VAERN_OVERLAY")


def _layer(folder: Path, place: str, faults: list[Fault]) -> Layer:
    for found in _inside(folder / place):
        if found.name not in (*FILES, "words"):
            faults.append(_unknown(folder, found, f"Expected words/, {', '.join(FILES)}."))
    files = {name: _toml(folder, folder / place / name, faults) for name in FILES}
    notes, left_out = read_plan_file(files["plan.toml"], f"{place}/plan.toml", faults)
    return Layer(
        words=read_words(_rooms(folder, place, faults), f"{place}/words", faults),
        notes=notes,
        left_out=left_out,
        facts=read_facts_file(files["facts.toml"], f"{place}/facts.toml", faults),
        links=read_links_file(files["links.toml"], f"{place}/links.toml", faults),
        wordings=read_wordings_file(files["wordings.toml"], place, f"{place}/wordings.toml", faults),
    )


def _rooms(folder: Path, place: str, faults: list[Fault]) -> dict[str, dict[str, dict[str, Any]]]:
    """Language → room → what its file holds."""
    words = folder / place / "words"
    found: dict[str, dict[str, dict[str, Any]]] = {language: {} for language in LANGUAGES}
    for language in _inside(words) if words.exists() else ():
        if language.name not in LANGUAGES or not language.is_dir():
            faults.append(_unknown(folder, language, f"Expected a folder {either(LANGUAGES)}."))
            continue
        for file in _inside(language):
            found[language.name][file.name.removesuffix(".toml")] = _toml(folder, file, faults)
    return found


def _toml(folder: Path, file: Path, faults: list[Fault]) -> dict[str, Any]:
    """What the file holds; nothing when there is none, or when it is at fault."""
    name = file.relative_to(folder).as_posix()
    if not file.exists():
        return {}
    try:
        if file.stat().st_size > LARGEST:
            faults.append(Fault(name, f"has more than {LARGEST} bytes", "Expected a file of words."))
            return {}
        return parsed(file.read_text(encoding="utf-8"))
    except OSError:
        faults.append(Fault(name, "cannot be read", "Expected a readable file."))
    except ValueError as error:  # both not UTF-8 and not TOML
        faults.append(Fault(name, "is not TOML", f"The parser says: {error}."))
    return {}

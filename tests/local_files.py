"""An organisation's own files, as an administrator writes them: organisation.toml and local changes beside it."""

from collections.abc import Mapping
from pathlib import Path

from bot.setup.settings import REHEARSAL_ORGANISATION

NORD = ('name = "Borgerservice Nord"', 'name = "Borgerservice Nord"\nadministration = "nord"')
"""The change that makes Borgerservice Nord part of an administration."""


def organisation(folder: Path, *changes: tuple[str, str], more: str = "") -> Path:
    """The rehearsal's organisation with some of its text changed."""
    text = REHEARSAL_ORGANISATION.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    file = folder / "organisation.toml"
    file.write_text(text + more, encoding="utf-8")
    return file


def overlay(folder: Path, files: Mapping[str, str]) -> Path:
    """A folder of local changes, by path inside it."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder

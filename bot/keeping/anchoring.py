"""An anchor: how far each case had come when it was last looked through, in a file that is kept somewhere else.

A chain does not tell that its end is missing, nor that somebody with the master key has worked all of it out anew. The
anchor does: the same case must still have that commit, with that link. It holds ids, numbers and hashes, and no words.

    vaern anchor 1: 2 cases
    VK-7Q4M-X2D 14 9f86d081…
    VK-9ZZZ-BBB 3 60303ae2…
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.stores import chain
from bot.stores.files import replace_file
from bot.stores.vault import is_name

HEAD = "vaern anchor 1: {count} cases"
_LINE = re.compile(r"(\S+) ([1-9][0-9]{0,8}) ([0-9a-f]{64})")


class AnchorFault(Exception):
    """The file is none, or cannot be written. Nothing was compared with it, and it was left as it is."""


@dataclass(frozen=True)
class Reached:
    """A case's newest commit: its number, from 1, and the link that the next one hangs on."""

    commit: int
    link: str


Anchor = Mapping[str, Reached]


def reached(commits: Sequence[Mapping[str, Any]]) -> Reached:
    return Reached(len(commits), chain.head(commits))


def wrong_since(before: Reached, commits: Sequence[Mapping[str, Any]]) -> str:
    """`fewer`: the newest commits are missing; `other`: up to there it is not what it was. Empty: it has gone on."""
    if len(commits) < before.commit:
        return "fewer"
    return "" if reached(commits[: before.commit]) == before else "other"


def read_anchor(path: Path) -> dict[str, Reached]:
    """None there yet: nothing has been reached. AnchorFault for anything that was not written here, and whole."""
    if not path.exists():
        return {}
    try:
        head, *lines = path.read_text("ascii").splitlines()
        found = {case: Reached(int(commit), link) for case, commit, link in map(_parts, lines)}
    except (OSError, ValueError) as fault:
        raise AnchorFault(f"{path} is no anchor that can be read: {fault}. Expected what verify has written.") from None
    if head != HEAD.format(count=len(found)):
        raise AnchorFault(f"{path} is not whole, or no anchor of this version. Expected what verify has written.")
    return found


def _parts(line: str) -> tuple[str, str, str]:
    found = _LINE.fullmatch(line)
    if found is None or not is_name(found[1]):
        raise ValueError("a line is no case with its number and link")
    return found[1], found[2], found[3]


def write_anchor(path: Path, anchor: Anchor) -> None:
    """Durable on return."""
    lines = [HEAD.format(count=len(anchor)), *(f"{case} {at.commit} {at.link}" for case, at in sorted(anchor.items()))]
    try:
        replace_file(path, "".join(f"{line}\n" for line in lines).encode("ascii"))
    except OSError as fault:
        raise AnchorFault(f"{path} cannot be written ({fault.strerror}). The one before stands.") from None

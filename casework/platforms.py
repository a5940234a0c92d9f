"""Where the big platforms take a notice, and the rights behind one: data with a source and the day it was confirmed."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from casework.vocabulary import Medium

HOST = re.compile(r"(?<![a-z0-9-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}", re.IGNORECASE)


@dataclass(frozen=True)
class Platform:
    """`needs`: codes of what a notice takes. `checked_on` None: not confirmed by the organisation's legal staff.

    `seen`: how the address was found when it was written down.
    """

    id: str
    name: str
    hosts: tuple[str, ...]
    media: tuple[Medium, ...]
    link: str
    needs: tuple[str, ...]
    source: str
    checked_on: date | None
    seen: str = "not"


@dataclass(frozen=True)
class Right:
    """What whoever gives a notice has a right to. `when`: before the first notice, or after one. `link`: or empty."""

    id: str
    when: str
    link: str
    source: str
    checked_on: date | None
    seen: str = "not"


@dataclass(frozen=True)
class Link:
    """What an administration says instead of a platform's, or a right's, of that id."""

    id: str
    link: str
    source: str
    checked_on: date | None


Row = Platform | Right
Kind = TypeVar("Kind", Platform, Right)
SEEN = ("page", "linked", "not", "")


@cache
def read_platforms() -> tuple[Platform, ...]:
    """All platforms, in the file's order."""
    return platforms_in(_file()["platform"])


@cache
def read_rights() -> tuple[Right, ...]:
    """All rights, in the file's order."""
    return tuple(Right(row["id"], row["when"], row["link"], *_checked(row)) for row in _file()["right"])


def linked(rows: Iterable[Kind], links: Mapping[str, Link]) -> tuple[Kind, ...]:
    """The rows, each with what an administration says instead where it does."""
    return tuple(_linked(row, links[row.id]) if row.id in links else row for row in rows)


def _linked(row: Kind, said: Link) -> Kind:
    seen = row.seen if said.link == row.link else "not"
    return replace(row, link=said.link, source=said.source, checked_on=said.checked_on, seen=seen)


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(files("casework").joinpath("guide/platforms.toml").read_text(encoding="utf-8"))


def platforms_in(rows: Iterable[Mapping[str, Any]]) -> tuple[Platform, ...]:
    """ValueError when a day is no ISO date, a medium is unknown or a source is missing; KeyError when a field is."""
    return tuple(_platform(row) for row in rows)


def _platform(row: Mapping[str, Any]) -> Platform:
    return Platform(
        row["id"],
        row["name"],
        tuple(row["hosts"]),
        tuple(Medium(medium) for medium in row["media"]),
        row["link"],
        tuple(row["needs"]),
        *_checked(row),
    )


def _checked(row: Mapping[str, Any]) -> tuple[str, date | None, str]:
    if not row["source"] or row["seen"] not in SEEN:
        raise ValueError(f"platforms.toml: {row['id']} has no source, or says otherwise how it was seen.")
    return row["source"], date.fromisoformat(row["checked_on"]) if row["checked_on"] else None, row["seen"]


def platforms_told(media: Iterable[Medium], words: str) -> tuple[str, ...]:
    """Ids of the platforms that were told: by the answer on the form, or by an address in what was written."""
    named, hosts = set(media), {host.lower() for host in HOST.findall(words)}
    return tuple(
        platform.id
        for platform in read_platforms()
        if named & set(platform.media) or any(_is_at(host, platform.hosts) for host in hosts)
    )


def _is_at(host: str, known: Iterable[str]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in known)

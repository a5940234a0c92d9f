"""Facts of law and practice, contacts and links: data with a source and the day somebody who may has confirmed it."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Fact:
    """`value` fills its sentence. `checked_on` None: not confirmed by the organisation's legal staff."""

    id: str
    value: str
    topics: tuple[str, ...]
    source: str
    checked_on: date | None


@cache
def read_facts() -> tuple[Fact, ...]:
    """All facts, in the file's order."""
    text = files("casework").joinpath("guide/facts.toml").read_text(encoding="utf-8")
    return facts_in(tomllib.loads(text)["fact"])


def facts_in(rows: Iterable[Mapping[str, Any]]) -> tuple[Fact, ...]:
    """ValueError when a day is no ISO date or a source is missing; KeyError when a field is."""
    return tuple(_fact(row) for row in rows)


def _fact(row: Mapping[str, Any]) -> Fact:
    if not row["source"]:
        raise ValueError(f"facts.toml: {row['id']} has no source.")
    checked = date.fromisoformat(row["checked_on"]) if row["checked_on"] else None
    return Fact(row["id"], row["value"], tuple(row["topics"]), row["source"], checked)

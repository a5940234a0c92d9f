"""Local steps, facts and accept wordings: what `overlay.schema.json` cannot say is said here."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.setup.faults import Fault, either, schema_faults, shown
from bot.setup.overlay_words import out_of_voice
from casework import soundness
from casework.consent import WORDING
from casework.facts import Fact, read_facts
from casework.local import Wording, may_be_left_out
from casework.plan import read_plan
from casework.platforms import Link, read_platforms, read_rights
from casework.texts import LANGUAGES, Language, read_catalogue
from casework.vocabulary import ConsentKind, StepId

SCHEMA = Path(__file__).with_name("overlay.schema.json")
Table = Mapping[str, Any]


def read_plan_file(
    data: Table, file: str, faults: list[Fault]
) -> tuple[dict[StepId, dict[Language, str]], dict[StepId, bool]]:
    """Notes by step, and which steps are left out (False: not, though `all` does)."""
    wrong = _shape("plan", data, file) or [*_gates(data, file), *_notes_unsound(data, file)]
    faults += wrong
    if wrong:
        return {}, {}
    notes = {StepId(step): dict(row["note"]) for step, row in data.items() if "note" in row}
    return notes, {StepId(step): row["left_out"] for step, row in data.items() if "left_out" in row}


def read_facts_file(data: Table, file: str, faults: list[Fault]) -> tuple[Fact, ...]:
    """The facts that are otherwise here, each on the topics it was on."""
    wrong = _shape("facts", data, file) or _facts_unknown(data, file)
    faults += wrong
    if wrong:
        return ()
    topics = {fact.id: fact.topics for fact in read_facts()}
    return tuple(
        Fact(row["id"], row["value"], topics[row["id"]], row["source"], _day(row["checked_on"]))
        for row in data.get("fact", ())
    )


def read_links_file(data: Table, file: str, faults: list[Fault]) -> tuple[Link, ...]:
    """Where a notice is given, and rights, that are otherwise here or were confirmed here."""
    wrong = _shape("links", data, file) or _links_unknown(data, file)
    faults += wrong
    rows = [] if wrong else data.get("link", ())
    return tuple(Link(row["id"], row["link"], row["source"], _day(row["checked_on"])) for row in rows)


def read_wordings_file(data: Table, place: str, file: str, faults: list[Fault]) -> tuple[Wording, ...]:
    """Every wording there has been here; of each kind the highest number last: that one is in force."""
    wrong = _shape("wordings", data, file) or _wordings_unsound(data, file)
    faults += wrong
    rows = [] if wrong else sorted(data.get("wording", ()), key=lambda row: row["number"])
    return tuple(
        Wording(
            ConsentKind(row["kind"]),
            f"{row['instead_of']}+{place}.{row['number']}",
            {language: row[language] for language in LANGUAGES},
        )
        for row in rows
    )


@cache
def _schemas() -> Mapping[str, Any]:
    document = json.loads(SCHEMA.read_text(encoding="utf-8"))
    steps = {step.id: {"$ref": "#/$defs/step"} for step in read_plan()}
    plan = {"type": "object", "additionalProperties": False, "properties": steps}
    return {**document["$defs"], "plan": plan}


def _shape(kind: str, data: Table, file: str) -> list[Fault]:
    from jsonschema import Draft202012Validator  # only needed while settings are read

    schema = {**_schemas()[kind], "$defs": _schemas()}
    return list(schema_faults(Draft202012Validator(schema), data, file))


def _gates(data: Table, file: str) -> list[Fault]:
    """Steps are left out only where nothing rests on them."""
    may = either(may_be_left_out())
    why = f"Other steps, an accept or the law rest on it. May be left out: {may}."
    return [
        Fault(f"{step}.left_out", shown(True), why, file)
        for step, row in data.items()
        if row.get("left_out") and step not in may_be_left_out()
    ]


def _notes_unsound(data: Table, file: str) -> list[Fault]:
    """A note is a sentence like any other, with nothing filled in."""
    found = []
    for language in LANGUAGES:
        said = {f"{step}.note.{language}": row["note"][language] for step, row in data.items() if "note" in row}
        for key, text in said.items():
            if not soundness.in_order(text) or soundness.places(text):
                found.append(Fault(key, shown(text), "Expected a text with nothing to fill in.", file))
        found += [Fault(*one, file) for one in out_of_voice(said, language)]
    return found


def _facts_unknown(data: Table, file: str) -> list[Fault]:
    known, seen, found = {fact.id: fact for fact in read_facts()}, set(), []
    for place, row in enumerate(data.get("fact", ())):
        key, fact = f"fact[{place}]", known.get(row["id"])
        if fact is None or row["id"] in seen:
            found.append(Fault(f"{key}.id", shown(row["id"]), f"Expected each once of {either(known)}.", file))
        elif fact.value and not row["value"]:
            found.append(Fault(f"{key}.value", "is empty", f'The sentence needs one, such as "{fact.value}".', file))
        elif not _is_day(row["checked_on"]):
            found.append(Fault(f"{key}.checked_on", shown(row["checked_on"]), "There is no such day.", file))
        seen.add(row["id"])
    return found


def _links_unknown(data: Table, file: str) -> list[Fault]:
    known, seen, found = {row.id: row for row in (*read_platforms(), *read_rights())}, set(), []
    for place, row in enumerate(data.get("link", ())):
        key, meant = f"link[{place}]", known.get(row["id"])
        if meant is None or row["id"] in seen:
            found.append(Fault(f"{key}.id", shown(row["id"]), f"Expected each once of {either(known)}.", file))
        elif bool(meant.link) != bool(row["link"]):
            expected = f'Expected an address, such as "{meant.link}".' if meant.link else 'It has none: expected "".'
            found.append(Fault(f"{key}.link", shown(row["link"]), expected, file))
        elif not _is_day(row["checked_on"]):
            found.append(Fault(f"{key}.checked_on", shown(row["checked_on"]), "There is no such day.", file))
        seen.add(row["id"])
    return found


def _is_day(text: str) -> bool:
    try:
        _day(text)
    except ValueError:
        return False
    return True


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _wordings_unsound(data: Table, file: str) -> list[Fault]:
    rows = data.get("wording", [])
    latest = {row["kind"]: max(one["number"] for one in rows if one["kind"] == row["kind"]) for row in rows}
    numbers = [(row["kind"], row["number"]) for row in rows]
    return [
        Fault(f"wording[{place}].{name}", found, expected, file)
        for place, row in enumerate(rows)
        for name, found, expected in (
            *_doubled(numbers, place),
            *(_of_today(row) if row["number"] == latest[row["kind"]] else ()),
            *_filled(row),
        )
    ]


Finding = tuple[str, str, str]


def _doubled(numbers: list[tuple[str, int]], place: int) -> Iterator[Finding]:
    if numbers.index(numbers[place]) < place:
        yield "number", shown(numbers[place][1]), "Each number of a kind once: what was answered under it stays."


def _of_today(row: Table) -> Iterator[Finding]:
    current = WORDING[ConsentKind(row["kind"])]
    if row["instead_of"] != current:
        why = f'The original is "{current}" now. Read it, and write the next number for it.'
        yield "instead_of", shown(row["instead_of"]), why


def _filled(row: Table) -> Iterator[Finding]:
    """It says to whom and about what, as the original does, and is a whole sentence of its language."""
    for language in LANGUAGES:
        text, key = row[language], f"consent.wording.{WORDING[ConsentKind(row['kind'])]}"
        original = read_catalogue(language)[key]
        if not soundness.in_order(text) or soundness.places(text) != soundness.places(original):
            values = either(f"{{{name}}}" for name in sorted(soundness.places(original)))
            yield language, "has other values than the original", f"Expected {values}."
        yield from ((language, found, expected) for _, found, expected in out_of_voice({key: text}, language))

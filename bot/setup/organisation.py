"""People, places and contacts of one organisation, read from `organisation.toml`.

`organisation.schema.json` beside this file says what each key is and what belongs there; what no schema can say
(references that point nowhere, doubles) is said here.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from bot.setup.basis import Basis, bases
from bot.setup.basis import findings as basis_findings
from bot.setup.faults import Fault, schema_faults, shown
from bot.setup.policy import Policies, policies
from bot.setup.policy import findings as policy_findings
from bot.setup.toml_file import parsed
from casework.calendar import WORKING, WorkingDays
from casework.pace import PACE, Pace
from casework.people import Absence, Contact, Person, Workplace
from casework.rungs import ANSWER_DAYS
from casework.state.waiting import Patience
from casework.vocabulary import PersonId, StepId, WorkplaceId
from casework.yearly import JANUARY

SCHEMA = Path(__file__).with_name("organisation.schema.json")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MEGABYTE = 1024 * 1024
ONE_OF_THEM = ("leader", "second_leader", "stand_in", "leaders_leader")
SEVERAL_OF_THEM = ("health_safety_reps", "union_reps", "group")


@dataclass(frozen=True)
class Uploads:
    """How much evidence is taken. Sizes are in bytes. `casework/evidence.py` has upper limits that nobody can lift."""

    largest_file: int
    case_size: int
    case_files: int


@dataclass(frozen=True)
class DataProtectionContact:
    """Whom people ask about personal data."""

    name: str
    mail: str
    phone: str = ""


@dataclass(frozen=True)
class Organisation:
    authority: str
    retention_months: int
    legal_staff: Contact
    crisis_contacts: tuple[Contact, ...]
    uploads: Uploads
    download_hosts: tuple[str, ...]
    """Host names in small letters; `*.example.org` stands for every name below example.org."""
    workplaces: tuple[Workplace, ...]
    people: tuple[Person, ...]
    administrators: tuple[PersonId, ...] = ()
    """Who may see how the house runs, and nothing of any case."""
    legal_people: tuple[PersonId, ...] = ()
    """Legal staff: who may look into a case by its number, and hold it."""
    works_at: Mapping[PersonId, WorkplaceId] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    entra_groups: Mapping[WorkplaceId, str] = field(default_factory=dict)
    """Workplaces whose health and safety group is a group in Entra, and its object id."""
    data_protection_contact: DataProtectionContact | None = None
    working_days: WorkingDays = WORKING
    pace: Pace = PACE
    """At which days and hours a case reminds of what can wait."""
    numbers_readers: tuple[PersonId, ...] = ()
    """Who may read every administration's numbers."""
    review_month: int = JANUARY
    """In which month the health and safety groups have their yearly talk."""
    known_conduct: tuple[Basis, ...] = ()
    """Administrations that recognise known conduct, and on what."""
    local_policy: Policies = field(default_factory=dict)
    """What holds when whoever is behind it is from the workplace, by administration."""
    answer_days: Mapping[StepId, int] = field(default_factory=lambda: ANSWER_DAYS)
    """Working days in which an answer is waited for on each rung of removal."""
    patience: Patience = Patience()
    """How long whoever has a case may leave it unanswered."""

    @cached_property
    def people_by_id(self) -> Mapping[PersonId, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def workplaces_by_id(self) -> Mapping[WorkplaceId, Workplace]:
        return {workplace.id: workplace for workplace in self.workplaces}


@cache
def schema() -> dict[str, Any]:
    """What `organisation.toml` may hold, as JSON schema."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def read_organisation(path: Path) -> tuple[Organisation | None, tuple[Fault, ...]]:
    """The organisation, or None and everything that has to be put right first."""
    try:
        data = _with_days_written(parsed(path.read_text(encoding="utf-8")))
    except OSError:
        return None, (Fault(path.name, "cannot be read", f"Expected a readable file at {path} (VAERN_ORGANISATION)."),)
    except ValueError as error:  # both not UTF-8 and not TOML
        return None, (Fault(path.name, "is not TOML", f"The parser says: {error}."),)
    faults = _faults(data, path.name)
    return (None, faults) if faults else (_organisation(_with_defaults(schema(), data)), ())


def _faults(data: Mapping[str, Any], file: str) -> tuple[Fault, ...]:
    from jsonschema import Draft202012Validator  # only needed while settings are read

    found = schema_faults(Draft202012Validator(schema()), data, file)
    if found:
        return found  # what follows may lean on the shape
    days = _no_such_days, _hours_faults, _absences_faults
    checks = (_doubles, _references, _same_person_twice, *days, basis_findings, policy_findings)
    return tuple(Fault(*fault, file) for check in checks for fault in check(data))


def _with_defaults(shape: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: part["default"] for name, part in shape["properties"].items() if "default" in part}
    return {**given, **data}


Finding = tuple[str, str, str]
"""Key, what was found, what was expected."""


def _doubles(data: Mapping[str, Any]) -> Iterator[Finding]:
    for table, name in (("people", "id"), ("people", "mail"), ("workplaces", "id")):
        values = [row[name].casefold() if name in row else None for row in data[table]]
        twice = {value for value, times in Counter(values).items() if times > 1 and value}
        for place, value in enumerate(values):
            if value in twice and values.index(value) < place:
                first = f"{table}[{values.index(value)}]"
                yield f"{table}[{place}].{name}", shown(value), f"{first} has it already. Expected each one only once."


def _references(data: Mapping[str, Any]) -> Iterator[Finding]:
    people, places = {row["id"] for row in data["people"]}, {row["id"] for row in data["workplaces"]}
    for key, person in _people_named(data):
        if person not in people:
            yield key, shown(person), "Nobody under [[people]] has that id."
    for place, row in enumerate(data["people"]):
        if "workplace" in row and row["workplace"] not in places:
            yield f"people[{place}].workplace", shown(row["workplace"]), "No [[workplaces]] has that id."


def _people_named(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("administrators", "legal_people", "numbers_readers"):
        yield from ((f"{name}[{n}]", person) for n, person in enumerate(data.get(name, ())))
    for place, row in enumerate(data["workplaces"]):
        yield from ((f"workplaces[{place}].{name}", row[name]) for name in ONE_OF_THEM if name in row)
        for name in SEVERAL_OF_THEM:
            yield from ((f"workplaces[{place}].{name}[{n}]", person) for n, person in enumerate(row.get(name, ())))
    for place, row in enumerate(data.get("absences", ())):
        yield from ((f"absences[{place}].{name}", row[name]) for name in ("person", "stand_in") if name in row)


def _same_person_twice(data: Mapping[str, Any]) -> Iterator[Finding]:
    for place, row in enumerate(data["workplaces"]):
        for name in ("second_leader", "stand_in", "leaders_leader"):
            if row.get(name) == row["leader"]:
                yield f"workplaces[{place}].{name}", "is the leader", "Expected someone else, who steps in."


def _no_such_days(data: Mapping[str, Any]) -> Iterator[Finding]:
    for place, day in enumerate(data.get("holidays", ())):
        try:
            _day_off(day)
        except ValueError:
            yield f"holidays[{place}]", shown(day), "There is no such day."


def _day_off(text: str) -> date:
    """The day; of one that is off every year, the one in a leap year."""
    return date.fromisoformat(text if len(text) > len("12-24") else f"2000-{text}")


def _working_days(data: Mapping[str, Any]) -> WorkingDays:
    days = [(_day_off(text), len(text) > len("12-24")) for text in data["holidays"]]
    return WorkingDays(
        weekdays=frozenset(WEEKDAYS.index(name) for name in data["working_days"]),
        closed=frozenset(day for day, once in days if once),
        every_year=frozenset((day.month, day.day) for day, once in days if not once),
    )


def _pace(data: Mapping[str, Any]) -> Pace:
    row = _with_defaults(schema()["properties"]["writing_hours"], data["writing_hours"])
    begin, end = (time.fromisoformat(row[name]) for name in ("from", "until"))
    return Pace(row["silent_working_days"], tuple(sorted(row["check_in_days"])), begin, end, _working_days(data))


def _hours_faults(data: Mapping[str, Any]) -> Iterator[Finding]:
    row = _with_defaults(schema()["properties"]["writing_hours"], data.get("writing_hours", {}))
    if row["from"] >= row["until"]:
        yield "writing_hours.until", shown(row["until"]), f"Expected a time after {row['from']} (from)."


def _absences_faults(data: Mapping[str, Any]) -> Iterator[Finding]:
    for place, row in enumerate(data.get("absences", ())):
        if row.get("stand_in") == row["person"]:
            yield f"absences[{place}].stand_in", "is the one who is away", "Expected someone else, who steps in."
        days = [(name, _day(row[name])) for name in ("from", "to")]
        for name in (name for name, day in days if day is None):
            yield f"absences[{place}].{name}", shown(row[name]), "There is no such day."
        if all(day for _, day in days) and days[0][1] > days[1][1]:
            yield f"absences[{place}].to", shown(row["to"]), "It is before the first day. Expected the last day of it."


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _with_days_written(data: Any) -> Any:
    """TOML knows days without quotation marks; the schema reads them as they are written."""
    match data:
        case dict():
            return {name: _with_days_written(value) for name, value in data.items()}
        case list():
            return [_with_days_written(value) for value in data]
        case date():
            return data.isoformat()
        case float() if data.is_integer():
            return str(data)  # no setting has a fraction, and JSON schema would take 24.0 for a whole number
    return data


def _organisation(data: Mapping[str, Any]) -> Organisation:
    return Organisation(
        authority=data["authority"],
        retention_months=data["retention_months"],
        legal_staff=Contact(**data["legal_staff"]),
        crisis_contacts=tuple(Contact(**row) for row in data["crisis_contacts"]),
        uploads=_uploads(data["uploads"]),
        download_hosts=tuple(host.lower() for host in data["download_hosts"]),
        workplaces=tuple(_workplace(row) for row in data["workplaces"]),
        people=tuple(_person(row) for row in data["people"]),
        administrators=tuple(PersonId(person) for person in data["administrators"]),
        legal_people=tuple(PersonId(person) for person in data["legal_people"]),
        working_days=_working_days(data),
        pace=_pace(data),
        answer_days=_answer_days(data["answer_days"]),
        patience=_patience(data["unanswered"]),
        works_at={PersonId(row["id"]): WorkplaceId(row["workplace"]) for row in data["people"] if "workplace" in row},
        absences=tuple(_absence(row) for row in data["absences"]),
        entra_groups={WorkplaceId(row["id"]): row["group_id"] for row in data["workplaces"] if "group_id" in row},
        data_protection_contact=_asked_about_data(data),
        numbers_readers=tuple(PersonId(person) for person in data["numbers_readers"]),
        review_month=data["review_month"],
        known_conduct=bases(data),
        local_policy=policies(data),
    )


def _asked_about_data(data: Mapping[str, Any]) -> DataProtectionContact | None:
    given = data.get("data_protection_contact")
    return DataProtectionContact(**given) if given else None


def _absence(row: Mapping[str, str]) -> Absence:
    days = (date.fromisoformat(row[name]) for name in ("from", "to"))
    return Absence(PersonId(row["person"]), *days, PersonId(row["stand_in"]) if "stand_in" in row else None)


def _uploads(row: Mapping[str, int]) -> Uploads:
    limits = _with_defaults(schema()["properties"]["uploads"], row)
    return Uploads(limits["largest_file_mb"] * MEGABYTE, limits["case_mb"] * MEGABYTE, limits["case_files"])


def _answer_days(row: Mapping[str, int]) -> dict[StepId, int]:
    return {StepId(step): days for step, days in _with_defaults(schema()["properties"]["answer_days"], row).items()}


def _patience(row: Mapping[str, int]) -> Patience:
    hours = _with_defaults(schema()["properties"]["unanswered"], row)
    return Patience(timedelta(hours=hours["nudge_hours"]), timedelta(hours=hours["hand_on_hours"]))


def _workplace(row: Mapping[str, Any]) -> Workplace:
    named = {name: value for name, value in row.items() if name != "group_id"}
    return Workplace(**{**named, **{name: tuple(row.get(name, ())) for name in SEVERAL_OF_THEM}})


def _person(row: Mapping[str, str]) -> Person:
    return Person(**{name: value for name, value in row.items() if name != "workplace"})

"""What is wrong with a file or a setting, told so that it can be put right: where, found, expected."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST_SHOWN = 60  # characters of a found value: enough to recognise it by
RULES = {
    "maxLength": "at most {} characters",
    "minLength": "at least {} characters",
    "maxItems": "at most {} entries",
    "minItems": "at least {} entries",
    "minimum": "{} or more",
    "maximum": "{} or less",
    "enum": "one of {}",
    "const": "{}",
    "type": "the type {}",
    "pattern": "text that matches {}",
    "uniqueItems": "every entry only once",
}


@dataclass(frozen=True)
class Fault:
    """One thing to put right. `file` is empty for the environment."""

    key: str
    found: str
    """How the sentence goes on: `is not set`, `is "12"`."""
    expected: str
    """A whole sentence."""
    file: str = ""

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.file else self.key
        return f"{place} {self.found}. {self.expected}"


def told(title: str, faults: Iterable[Fault]) -> str:
    """A title line and every fault on a line of its own."""
    return "\n  ".join([title, *map(str, faults)])


def shown(value: object) -> str:
    """A found value as it stands in the sentence."""
    if isinstance(value, Mapping | list | tuple):
        return f"has {len(value)} entries"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if len(text) > LONGEST_SHOWN:
        return f'is "{text[:LONGEST_SHOWN]}…" ({len(text)} characters)'
    return f'is "{text}"' if isinstance(value, str) else f"is {text}"


def shown_file(name: str) -> str:
    """The name of a file with a secret, if it can be one: some put the secret itself where its file is to be named."""
    path = Path(name)
    return shown(name) if path.is_absolute() and path.parent.is_dir() else "names no file in a folder that is there"


def schema_faults(validator: Any, document: object, file: str) -> tuple[Fault, ...]:
    """Everything a jsonschema validator finds in the document, in document order, each thing once."""
    errors = sorted(validator.iter_errors(document), key=lambda error: [str(part) for part in error.absolute_path])
    return tuple(dict.fromkeys(fault for error in errors for fault in _faults(error, file)))


def _faults(error: Any, file: str) -> Iterator[Fault]:
    place = key_of(error.absolute_path)
    if error.validator == "required":
        yield from (_missing(error, place, name, file) for name in error.validator_value if name not in error.instance)
    elif error.validator == "additionalProperties":
        yield from (_unknown(error, place, name, file) for name in _extra(error))
    else:
        yield Fault(place or "it", shown(error.instance), _expected(error), file)


def key_of(path: Iterable[str | int]) -> str:
    """`people[3].phone`: counted from 0, as the Teams manifest counts too."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def _missing(error: Any, place: str, name: str, file: str) -> Fault:
    schema = error.schema.get("properties", {}).get(name, {})
    meaning = schema.get("expected") or schema.get("description") or "It has to be there."
    return Fault(f"{place}.{name}".removeprefix("."), "is not set", meaning, file)


def _extra(error: Any) -> list[str]:
    patterns = error.schema.get("patternProperties", {})
    unknown = [name for name in error.instance if name not in error.schema.get("properties", {})]
    return [name for name in unknown if not any(re.search(pattern, name) for pattern in patterns)]


def _unknown(error: Any, place: str, name: str, file: str) -> Fault:
    known = list(error.schema.get("properties", {}))
    near = difflib.get_close_matches(name, known, n=1) or known
    return Fault(f"{place}.{name}".removeprefix("."), "is not known here", f"Expected {either(near)}.", file)


def either(names: Iterable[str]) -> str:
    """`"a", "b" or "c"`"""
    quoted = [f'"{name}"' for name in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else "".join(quoted)


def _expected(error: Any) -> str:
    """Our own schemas say under "expected" what belongs there; the official ones have only the rule."""
    if "expected" in error.schema:
        return error.schema["expected"]
    rule, value = RULES.get(error.validator), error.validator_value
    if rule is None:
        return f"Expected otherwise: {error.message}."
    return f"Expected {rule.format(either(map(str, value)) if isinstance(value, list) else value)}."

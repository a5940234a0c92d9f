"""TOML as an administrator wrote it, read so that whatever is wrong with it is one kind of fault."""

import tomllib
from typing import Any

LARGEST_NUMBER = 64  # bits, as TOML says; a longer one can neither be shown nor be meant


def parsed(text: str) -> dict[str, Any]:
    """What it says; ValueError when it is not TOML, is nested deeper than anybody writes, or has endless numbers."""
    try:
        found = tomllib.loads(text)
        _no_endless_numbers(found)
    except RecursionError:
        raise ValueError("It is nested too deep") from None
    return found


def _no_endless_numbers(value: Any) -> None:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            _no_endless_numbers(part)
    elif isinstance(value, int) and value.bit_length() > LARGEST_NUMBER:
        raise ValueError(f"A number has more than {LARGEST_NUMBER} bits")

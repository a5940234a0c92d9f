"""What the typefaces of the pages can show. The rest is spelled, so that one small picture in a text stops no page."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_LATIN = "\n\t\x20-\x7e\xa0-\u036f\u2010-\u2027\u2030-\u203f\u20a0-\u20bf"
_OTHERS = (
    "\u0370-\u04ff\u0531-\u05ff\u060c\u061b\u061f\u0621-\u063a\u0640-\u0652\u0660-\u066d\u067e\u0686\u0698\u06a9\u06af"
    "\u06cc\u1e00-\u1fff\u2000-\u200f\u2028-\u202f\u2044-\u2052\u2054-\u209f\u2190-\u22ff\u2500-\u25ff\ufe0f"
)
_MAYBE, _SURELY = re.compile(f"[^{_LATIN}{_OTHERS}]"), re.compile(f"[^{_LATIN}]")
_NO_CHARACTER = frozenset({"Cn", "Co", "Cs"})


def legible(value: Any, *, surely: bool = False) -> Any:
    """The same sheet, with every character that cannot be shown spelled. `surely`: everything but Latin letters."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else _spelled(value, _SURELY if surely else _MAYBE)
    if isinstance(value, Mapping):
        return {name: legible(part, surely=surely) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [legible(part, surely=surely) for part in value]
    return value


def _spelled(text: str, foreign: re.Pattern[str]) -> str:
    spelled = foreign.sub(lambda found: _name(found[0]), text)
    return "".join(one if one.isascii() or _is_one(one) else _name(one) for one in spelled)


def _is_one(character: str) -> bool:
    return unicodedata.category(character) not in _NO_CHARACTER


def _name(character: str) -> str:
    """[U+1F621 POUTING FACE]: what it is called everywhere. Controls are left out."""
    if unicodedata.category(character) == "Cc" or character == "\ufeff":
        return ""
    return f"[U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip() + "]"

"""What has a key of its own, which goes when it goes: a text that may be destroyed by itself, and every upload.

The key is drawn here and sealed with the case's key, so another master key changes nothing of it and erasing the case
takes it along. It lies apart from what it locks: in a slot that is wiped in place (`key_slots.py`), or in a row. So
whoever finds an older copy of the case beside all the keys there are now cannot open what was destroyed in between. In
a commit's document such a text stands as {"own_key": …}, and the salt of its hash is sealed along with it: what is left
of it in that copy is nothing to try words on.
"""

import base64
import json
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from bot.stores import UnreadableFile, codec
from bot.stores.sealing import Cipher, new_key

OWN = "own_key"
DESTROYED = b""
"""What stands where a key was destroyed: such a thing is gone, whereas one whose key is missing is damaged."""
KeyOf = Callable[[str], Cipher]
"""What a name's own key seals and opens; UnreadableFile when there is none."""


def of_text(item: str) -> str:
    return f"text/{item}"


def of_upload(item: str) -> str:
    """Another than the text's: one item can be both."""
    return f"blob/{item}"


def of_both(items: Collection[str]) -> list[str]:
    return [name for item in sorted(items) for name in (of_text(item), of_upload(item))]


class Destroyed(UnreadableFile):
    """Its own key was destroyed, and so it was."""


# --- keys ---


class Own(NamedTuple):
    """A key as it is kept, and what it seals with."""

    sealed: bytes
    cipher: Cipher


def drawn(case_cipher: Cipher, case: str, name: str) -> Own:
    """A new key for what has that name in the case."""
    key = new_key()
    return Own(case_cipher.seal("own key", f"{case}/{name}", key), Cipher(key))


def unsealed(case_cipher: Cipher, case: str, name: str, sealed: bytes | None) -> Cipher:
    if sealed is None:
        raise UnreadableFile(f"{name} of {case} has lost its own key")
    if sealed == DESTROYED:
        raise Destroyed(f"{name} of {case} was destroyed")
    return Cipher(case_cipher.unseal("own key", f"{case}/{name}", sealed))


# --- texts ---


def closed(case: str, document: Mapping[str, Any], apart: Collection[str], key_of: KeyOf) -> dict[str, Any]:
    """The commit's document as it is kept, these texts of it each under its own key."""
    texts, salts = dict(document["texts"]), dict(document.get("chain", {}).get("salts", {}))
    for item in sorted(apart & texts.keys()):
        content = codec.packed([texts[item], salts.pop(item, None)])
        sealed = key_of(of_text(item)).seal("text", _label(case, item), content)
        texts[item] = {OWN: base64.b64encode(sealed).decode("ascii")}
    return _with(document, texts, salts)


def opened(case: str, document: Mapping[str, Any], key_of: KeyOf) -> dict[str, Any]:
    """The same as it was written, with `apart`: which texts have keys of their own. One whose key was destroyed is gone
    from it, as where an older copy was put back. UnreadableFile when one has lost its key."""
    apart = {item for item, kept in document["texts"].items() if not isinstance(kept, str)}
    if not apart:
        return dict(document)
    texts, salts = {}, dict(document.get("chain", {}).get("salts", {}))
    for item, kept in document["texts"].items():
        with suppress(Destroyed):
            texts[item], salt = _opened(case, item, kept, key_of) if item in apart else (kept, salts.get(item))
            salts |= {} if salt is None else {item: salt}
    return _with(document, texts, salts) | {"apart": sorted(apart)}


def _opened(case: str, item: str, kept: Mapping[str, str], key_of: KeyOf) -> tuple[str, str | None]:
    try:
        content = key_of(of_text(item)).unseal("text", _label(case, item), base64.b64decode(kept[OWN], validate=True))
        text, salt = json.loads(content)
    except (KeyError, TypeError, ValueError) as fault:
        raise UnreadableFile(f"text {item} of {case} is not in the form this version writes") from fault
    return text, salt


def _with(document: Mapping[str, Any], texts: dict[str, Any], salts: dict[str, str]) -> dict[str, Any]:
    left = {**document, "texts": texts}
    return {**left, "chain": {**document["chain"], "salts": salts}} if "chain" in document else left


def _label(case: str, item: str) -> str:
    return f"{case}/{item}"

"""What may identify whoever is behind it, written as one and the same however people wrote it. Never a name.

A profile on a big platform, a phone number, a mail address, a street address with its postcode. What cannot be told for
sure to be one of these is left out: a wrong match is worse than a missed one.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from casework.profiles import LINK, profiles

DENMARK = "DK"
MAIL = re.compile(r"[\w.%+\-']{1,64}@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
GMAIL = ("gmail.com", "googlemail.com")

STREET = r"(?P<street>[^\W\d_][^\d\n,;:]{1,60}?)\s*"
HOUSE = r"(?P<house>\d{1,3})\s?(?P<letter>[^\W\d_])?(?!\w)"
FLOOR = r"(?:[\s,]+(?P<floor>stuen|st|kld|kl|\d{1,2})(?:\.?\s*sal|\.)?(?:[\s,]*(?P<door>tv|th|mf|\d{1,3})\b\.?)?)?"
ADDRESS = re.compile(rf"{STREET}{HOUSE}{FLOOR}[\s,]+(?:dk-?\s?)?(?P<postcode>\d{{4}})(?!\d)", re.IGNORECASE)
ADDRESSES = "guide/addresses.toml"


class Kind(StrEnum):
    PROFILE = "profile"
    PHONE = "phone"
    MAIL = "mail"
    ADDRESS = "address"


@dataclass(frozen=True, order=True)
class Identifier:
    """`value` is the one way of writing it."""

    kind: Kind
    value: str

    def __repr__(self) -> str:
        return f"Identifier({self.kind.value})"  # whose it is stands in no log and no traceback


def identifiers(text: str) -> frozenset[Identifier]:
    """Everything in the text that identifies somebody."""
    plain = unicodedata.normalize("NFC", text)
    found = {Identifier(Kind.PROFILE, one) for one in profiles(plain)}
    found |= {Identifier(Kind.MAIL, one) for one in mails(plain)}
    rest = LINK.sub("\n", MAIL.sub("\n", plain))  # a number in a link is no phone number
    found |= {Identifier(Kind.PHONE, one) for one in phones(rest)}
    return frozenset(found | {Identifier(Kind.ADDRESS, one) for one in addresses(rest)})


def profiles_in(text: str) -> frozenset[Identifier]:
    """The profiles alone: of a text in which a number or an address may be anybody's."""
    return frozenset(Identifier(Kind.PROFILE, one) for one in profiles(unicodedata.normalize("NFC", text)))


def mails(text: str) -> Iterator[str]:
    """In small letters and without what may be added to an address that is still the same mailbox."""
    for found in MAIL.finditer(text):
        name, _, domain = found.group().casefold().rpartition("@")
        name = name.partition("+")[0] or name
        yield f"{name.replace('.', '')}@{GMAIL[0]}" if domain in GMAIL else f"{name}@{domain}"


def phones(text: str) -> Iterator[str]:
    """Numbers that exist, with their country: Danish when none is said."""
    import phonenumbers  # its tables are loaded only where numbers are looked for

    for match in phonenumbers.PhoneNumberMatcher(text, DENMARK):
        yield phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)


@cache
def _shortened() -> Mapping[str, Any]:
    """What people shorten in addresses, and what it is short for."""
    return tomllib.loads(files("casework").joinpath(ADDRESSES).read_text(encoding="utf-8"))


def addresses(text: str) -> Iterator[str]:
    """Street, house and postcode; and floor and door where they are said: with and without is not the same home."""
    for found in ADDRESS.finditer(text):
        street = _street(found["street"])
        if not street:
            continue
        floor = (found["floor"] or "").casefold()
        floor = _shortened()["floors"].get(floor, floor)
        parts = (street, found["house"].lstrip("0") + (found["letter"] or ""), floor, found["door"], found["postcode"])
        yield " ".join(part.casefold() for part in parts if part)


def _street(written: str) -> str:
    """Written out, in small letters, one space between words, and nothing of the sentence before it."""
    spoken, known = written.casefold(), _shortened()
    for ending, whole in known["endings"].items():
        spoken = re.sub(rf"(?<=\w){re.escape(ending)}", f"{whole} ", spoken)
    letters = str.maketrans(dict(known["letters"]))
    words = [known["words"].get(word, word) for word in re.findall(r"[^\W\d_]+", spoken.translate(letters))]
    before = {word.translate(letters) for word in known["before"]["words"]}
    after = max((place for place, word in enumerate(words) if word in before), default=-1)
    return " ".join(words[after + 1 :])

"""An answer typed while a form waits: the moment, for whom, and who is to know. Where cards fail, words still carry it.

Only what can be nothing else counts as an answer; any other words are one more piece of the account.
"""

import re
from collections.abc import Mapping

from casework.people import Person
from casework.vocabulary import Whom
from dialogs.asking import Desk, meant
from dialogs.dates import moment_told

FOR_WHOM = {"for_me": Whom.ME, "for_workplace": Whom.WORKPLACE}
LONGEST_NAME = 80
_LINK = re.compile(r"(?:https?://|www\.)[^\s.]+\.\S+", re.IGNORECASE)


async def typed_answer(form: str, text: str, desk: Desk) -> Mapping[str, str] | None:
    """The form's fields as the words fill them; None when the words are no answer to it."""
    if form == "when":
        return moment_told(text, desk.now())
    if form == "for_whom":
        return await _for_whom(text, desk)
    return await _recipient(text, desk) if form == "who_is_to_know" else None


def only_links(text: str) -> tuple[str, ...]:
    """The links a message is made of; none when anything else stands in it."""
    parts = tuple(text.split())
    return parts if all(_LINK.fullmatch(part) for part in parts) else ()


async def _for_whom(text: str, desk: Desk) -> Mapping[str, str] | None:
    meaning = meant(text)
    if meaning and meaning.name in FOR_WHOM:
        return {"whom": FOR_WHOM[meaning.name]}
    person = await _named(text, desk)
    return {"whom": Whom.COLLEAGUE, "people": person.mail or person.name} if person else None


async def _recipient(text: str, desk: Desk) -> Mapping[str, str] | None:
    """The leader by the word, or anybody by their whole name or mail."""
    meaning, draft = meant(text), await desk.draft()
    if meaning and meaning.name == "my_leader" and draft is not None:
        choices, _ = await desk.recipients(draft)
        leader = [choice.person for choice in choices if choice.role == "leader"]  # not whoever stands in: it was said
        return {"recipient": leader[0]} if leader else None
    person = await _named(text, desk)
    return {"recipient": "other", "other": person.mail or person.name} if person else None


async def _named(text: str, desk: Desk) -> Person | None:
    """The one person whose whole name or mail this is; a first name alone may be part of a story."""
    said = " ".join(text.split()).strip(" .").casefold()
    if not said or len(said) > LONGEST_NAME:
        return None
    found = [person for person in await desk.search(said) if said in (person.name.casefold(), person.mail.casefold())]
    return found[0] if len(found) == 1 else None

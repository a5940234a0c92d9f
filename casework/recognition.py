"""Known conduct (I3): whoever is behind a case was met before. Which case that was, nobody is told.

    identifiers(case, texts)   what a sent case says that identifies somebody, each in its one way of writing it
    hidden(key, …)             the same as a keyed hash: what is kept, apart from the cases
    note_recognised            from two earlier cases on it is a fact of this one

Nothing here looks into another case. The key and the hashes are kept by `bot.keeping.known_conduct`.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import Case
from casework.identifiers import Identifier, identifiers, profiles_in
from casework.vocabulary import ItemKind, OriginatorKind, PersonId, Stage

ENOUGH = 2
"""Earlier cases, from which on it is known conduct."""


def identifiers_of(case: Case, texts: Mapping[str, str]) -> frozenset[Identifier]:
    """What was sent of whoever is behind it. Nothing of a draft, and nothing of anybody at the workplace.

    Of evidence that is text only the links to profiles count: a number in it may be anybody's.
    """
    behind = case.originator
    if case.stage is Stage.DRAFT or not case.episodes or _of_the_workplace(case):
        return frozenset()
    told = [texts.get(item, "") for item in (behind.identifier, behind.links) if item] if behind else []
    pasted = [texts.get(item.id, "") for item in case.items.values() if item.kind is ItemKind.TEXT]
    found = [identifiers(text) for text in told] + [profiles_in(text) for text in pasted]
    return frozenset().union(*found)


def is_known(case: Case) -> bool:
    """Whether the leader is told so. Of somebody at the workplace it never is."""
    return case.recognition.known and not _of_the_workplace(case)


def is_not_the_only_one(case: Case, person: PersonId) -> bool:
    """Whether this affected person is told so: others were hit before."""
    return person in case.recognition.not_the_only_one and not _of_the_workplace(case)


def _of_the_workplace(case: Case) -> bool:
    return case.originator is not None and case.originator.kind is OriginatorKind.WORKPLACE


def hidden(key: bytes, identifier: Identifier) -> str:
    """64 hex digits that tell nothing without the key."""
    return _hidden(key, identifier.kind, identifier.value)


def hidden_person(key: bytes, person: PersonId) -> str:
    """The same of somebody it happened to, so that nobody is told of others because of cases of their own."""
    return _hidden(key, "person", person)


def _hidden(key: bytes, kind: str, value: str) -> str:
    return hmac.new(key, f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()


def note_recognised(case: Case, command: c.NoteRecognised, now: datetime) -> tuple[e.Event, ...]:
    """Known from `ENOUGH` earlier cases on. Nobody is "not the only one" on the strength of cases of their own."""
    if len(command.earlier) < ENOUGH or case.sent_at is None:
        return ()
    others = tuple(
        person for person in case.affected if sum(person not in people for people in command.earlier) >= ENOUGH
    )
    if case.recognition.known and set(others) <= set(case.recognition.not_the_only_one):
        return ()
    return (e.ConductRecognised(by=command.by, at=now, not_the_only_one=others),)

"""What may be put together, what would go into it, and the documentation as its recipient is given it."""

import re
from dataclasses import replace
from datetime import datetime
from itertools import islice

from casework import views as w
from casework.access import openable
from casework.case import Case, Item
from casework.letters import DATATILSYNET, unfilled
from casework.packages import RECIPES, fitting, packages_of, seen_by, unfitting
from casework.projections.common import Texts, deadlines, evidence_line, not_told, text_of
from casework.vocabulary import Answer, ConsentKind, ItemId, Package, PersonId, Role, WorkingHours

Roles = frozenset[Role]
LINK = re.compile(r"https?://[^\s<>\"]{1,500}")
MOST_LINKS = 10
"""Beside those on form 4: a card has no room for a flood."""
HANDLES_IT = frozenset({Role.LEADER, Role.LEGAL_STAFF})


def packages_view(case: Case, reader: PersonId, roles: Roles) -> w.PackagesView | None:
    """None: there is nothing they may put together."""
    packages = packages_of(case, reader, roles)
    return w.PackagesView(case.id, case.version, packages) if packages else None


def package_view(case: Case, reader: PersonId, roles: Roles, package: Package, texts: Texts) -> w.PackageView | None:
    """None: it is none of theirs to make."""
    if package not in packages_of(case, reader, roles):
        return None
    own = not roles & HANDLES_IT
    unaccepted = () if own or package is not Package.POLICE else _without_a_yes(case)
    asked = {key[1] for key in case.consents if key[0] is ConsentKind.POLICE}
    return w.PackageView(
        case=case.id,
        version=case.version,
        package=package,
        own=own,
        affected=_affected(case, reader, roles, own),
        pieces=tuple(_line(case, item, reader, texts) for item in fitting(case, reader, roles, package)),
        unfit=tuple(evidence_line(case, item, reader, texts) for item in unfitting(case, reader, roles, package)),
        unaccepted=tuple(person for person in unaccepted if person in asked),
        unasked=tuple(person for person in unaccepted if person not in asked),
        letter=_letter(case, texts, own) if RECIPES[package].letter else "none",
        has_account=bool(_account(case, reader, roles, package)),
        legal=Role.LEGAL_STAFF in roles and Role.LEADER not in roles,
        untold=() if own else not_told(case),
    )


def _line(case: Case, item: Item, reader: PersonId, texts: Texts) -> w.EvidenceLine:
    return replace(evidence_line(case, item, reader, texts), withdrawn=item.id in case.custody.withdrawn)


def _affected(case: Case, reader: PersonId, roles: Roles, own: bool) -> tuple[PersonId, ...]:
    alone = roles & {Role.AFFECTED_EMPLOYEE} and own
    return (reader,) if alone else case.affected


def _without_a_yes(case: Case) -> tuple[PersonId, ...]:
    """Affected people who have said yes to no police report: what is about them goes to nobody without it (B16)."""
    yes = {key[1] for key, one in case.consents.items() if key[0] is ConsentKind.POLICE and one.answer is Answer.YES}
    return tuple(person for person in case.affected if person not in yes)


def _letter(case: Case, texts: Texts, own: bool) -> str:
    """Whether the words of the complaint are there: an affected employee's are always whole."""
    if own:
        return "ready"
    sent, draft = case.letters.of(DATATILSYNET), case.letters.drafts.get(DATATILSYNET)
    text = text_of(texts, draft.text if draft else sent[-1].id if sent else None)
    return "unfilled" if not text or unfilled(text) else "ready"


def _account(case: Case, reader: PersonId, roles: Roles, package: Package) -> tuple[ItemId, ...]:
    """Own words: for SafetyNet all that was told, as that step needs it; else what the reader may open."""
    if package is Package.SAFETYNET:
        return case.account
    return tuple(item for item in case.account if openable(case, reader, roles, item))


def pasted_view(
    case: Case, reader: PersonId, roles: Roles, package: Package, texts: Texts, now: datetime, with_words: bool = True
) -> w.PastedView | None:
    """None: it is none of theirs to make, or no words to paste. `with_words`: the account goes along to a platform."""
    if package not in packages_of(case, reader, roles) or not RECIPES[package].pasted:
        return None
    own = not roles & HANDLES_IT
    told, behind = case.circumstances, case.originator
    knows = behind and package is Package.PLATFORM and (not own or case.affected == (reader,))
    told_words = _account(case, reader, roles, package) if with_words or package is not Package.PLATFORM else ()
    return w.PastedView(
        case=case.id,
        version=case.version,
        package=package,
        own=own,
        affected=_affected(case, reader, roles, own),
        episodes=deadlines(case, now),
        media=told.media if told else (),
        forms=told.forms if told else (),
        working_hours=told.working_hours if told else WorkingHours.UNKNOWN,
        account="\n\n".join(texts.get(item, "") for item in told_words),
        identifier=text_of(texts, behind.identifier) if behind and knows else "",
        links=_links(case, reader, roles, texts, text_of(texts, behind.links) if behind and knows else "")
        if package is Package.PLATFORM
        else "",
    )


def _links(case: Case, reader: PersonId, roles: Roles, texts: Texts, told: str) -> str:
    """Those that were told, and those in a text somebody gave as evidence, a colleague too: each once."""
    given = (texts.get(item.id, "") for item in seen_by(case, reader, roles) if item.id not in case.custody.withdrawn)
    found = (link.rstrip(".,;:!?)\"'") for text in given for link in LINK.findall(text))
    return "\n".join(
        (*filter(None, [told]), *(link for link in islice(dict.fromkeys(found), MOST_LINKS) if link not in told))
    )


def for_recipient(
    paper: w.Documentation, package: Package, items: tuple[ItemId, ...], not_in_it: tuple[int, ...]
) -> w.Documentation:
    """The documentation as it goes into the package: no piece that does not, and no section that is not theirs to read.

    Words stand on the pages also where no text file goes along.
    """
    recipe = RECIPES[package]
    kept = tuple(piece for piece in paper.evidence if piece.item in items)
    numbers = {None, *paper.withdrawn, *paper.destroyed, *(piece.number for piece in kept)}
    inside = "reasons" not in recipe.without
    return replace(
        paper,
        own=paper.own and package is Package.OWN_COPY,
        package=package,
        without=recipe.without,
        evidence=kept,
        left_out=not_in_it,
        custody=tuple(line for line in paper.custody if line.number in numbers),
        outcomes=tuple(one if inside else replace(one, details="") for one in paper.outcomes),
        steps=paper.steps if inside else (),
    )

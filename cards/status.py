"""How the house runs, for an administrator: counts, who cannot be reached, what to change. Nothing of any case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cards import elements as el
from cards.elements import Card, Element
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready, escape
from casework.vocabulary import PersonId

MOST_NOTED, MOST_TROUBLES, MOST_NAMES = 10, 10, 5
KINDS = frozenset({"unreachable", "silent", "absent_alone", "permission", "directory", "settings", "restart"})
"""Kinds of the administrator's list that have words of their own."""
OF_PEOPLE = frozenset({"unreachable", "silent", "absent_alone"})
ADVISED = frozenset(f"{kind}{named}" for kind in OF_PEOPLE for named in ("", "_unnamed")) | {"settings"}
"""Of these, the ones that say nowhere else what to do."""


@dataclass(frozen=True)
class Noted:
    """A row of the administrator's list. `person`: who may be named; None: nobody, or somebody who may not."""

    kind: str
    since: datetime
    person: PersonId | None = None
    about: str = ""


@dataclass(frozen=True)
class Trouble:
    """All that was found under one code, and of whom or what. `broken`: it does not work; else it should be seen to."""

    code: str
    broken: bool
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class StatusView:
    """`put_off` of the `waiting` notices are tried again later. Drafts are nobody's but their author's: not counted."""

    version: str
    open_cases: int
    waiting: int
    put_off: int
    last_backup: datetime | None
    noted: tuple[Noted, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def status_card(view: StatusView, scene: Scene) -> Card:
    say = scene.say
    broken = [trouble for trouble in view.troubles if trouble.broken]
    others = [trouble for trouble in view.troubles if not trouble.broken]
    in_order = not (view.noted or view.troubles)
    return el.card(
        say,
        say("common.line"),
        el.heading(say("status.title")),
        *_counts(view, scene),
        el.text(say("status.in_order"), spacing="Large", bold=True) if in_order else None,
        *_part("status.noted.title", view.noted, _noted, MOST_NOTED, scene),
        *_part("status.broken", broken, _trouble, MOST_TROUBLES, scene),
        *_part("status.see_to", others, _trouble, MOST_TROUBLES, scene),
        el.small(say("status.all_of_it"), spacing="Large"),
        actions=[el.execute(say, "status.again", press("status"))],
    )


def _counts(view: StatusView, scene: Scene) -> Iterator[Element]:
    say = scene.say
    yield el.text(say.count("status.cases", view.open_cases), spacing="Medium")
    key = "status.waiting_put_off" if view.put_off else "status.waiting"
    yield el.text(say.count(key, view.waiting, put_off=view.put_off) if view.waiting else say("status.nothing_waits"))
    made = view.last_backup
    yield el.text(say("status.backup", at=scene.when(made)) if made else say("status.no_backup"))
    yield el.small(say("status.version", version=view.version, at=scene.when(scene.now)))


def _part(title: str, lines: Sequence, drawn, most: int, scene: Scene) -> Iterator[Element]:
    """A heading and what stands under it; nothing where there is nothing."""
    if lines:
        yield el.section(scene.say(title))
    for line in lines[:most]:
        yield from drawn(line, scene)
    if (rest := len(lines) - most) > 0:
        yield el.small(scene.say.count("common.more", rest))


def _noted(row: Noted, scene: Scene) -> Iterator[Element]:
    say, kind = scene.say, row.kind if row.kind in KINDS else "other"
    if kind in OF_PEOPLE and row.person is None:
        kind = f"{kind}_unnamed"
    name = scene.full_name(row.person) if row.person else ""
    yield el.text(say(f"status.noted.{kind}", name=name, about=row.about), bold=True)
    yield el.small(say("status.noted.since", at=scene.when(row.since)), spacing="None")
    if kind in ADVISED:
        yield el.small(say(f"status.noted.{row.kind}_remedy"), spacing="None")


def _trouble(trouble: Trouble, scene: Scene) -> Iterator[Element]:
    """What it is and of whom; under it what to change. Names of settings hold signs that Markdown would read."""
    found, about = _plain(f"check.{trouble.code}.found", scene), _about(trouble.about, scene)
    yield el.text(Ready(f"{found}: {about}") if about else found, bold=True, spacing="Medium")
    yield el.small(_plain(f"check.{trouble.code}.remedy", scene), spacing="None")


def _plain(key: str, scene: Scene) -> Ready:
    return escape(scene.say.plain(key))


def _about(names: Sequence[str], scene: Scene) -> Ready:
    say, rest = scene.say, len(names) - MOST_NAMES
    if rest <= 0:
        return say.names(names)
    return Ready(f"{', '.join(escape(name) for name in names[:MOST_NAMES])} {say.count('common.more', rest)}")

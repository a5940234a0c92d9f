"""Numbers of a quarter: a sentence for each, and charts where Teams knows them. What is not shown is not there."""

from collections.abc import Iterator, Mapping, Sequence

from cards import elements as el
from cards.elements import Card, Element
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready, Texts
from casework.statistics import IN_TIME, REPORTED, SAFETYNET, SEEN, TALKED, Table
from casework.views import NumbersView
from casework.vocabulary import Form, Medium

HOUR, DAY = 60, 24 * 60  # minutes
KINDS: Mapping[str, Sequence[str]] = {"medium": tuple(Medium), "form": tuple(Form)}
Bar = tuple[str, int]


def numbers_card(view: NumbersView, scene: Scene) -> Card:
    """The newest quarter, and beside its cases those of the quarter before."""
    say, table = scene.say, view.table
    shown = table is not None and table.cases is not None
    return el.card(
        say,
        say("common.line"),
        el.heading(say("numbers.title", number=view.quarter.number, year=str(view.quarter.year))),
        el.small(view.place, spacing="None"),
        *(_shown(view, table, scene) if table is not None and shown else [_nothing(view, scene)]),
        el.small(say("numbers.next", day=say.day(view.next_at, scene.now)), spacing="Medium"),
        actions=[el.execute(say, "numbers.file", press("numbers_file"))] if shown and view.with_file else (),
    )


def _nothing(view: NumbersView, scene: Scene) -> Element:
    return el.text(scene.say("numbers.too_few" if view.table else "numbers.not_yet"), spacing="Medium")


def _shown(view: NumbersView, table: Table, scene: Scene) -> Iterator[Element]:
    say = scene.say
    yield el.text(say("numbers.cases", count=table.cases), spacing="Medium", bold=True)
    if view.before is not None and view.before.cases is not None:
        yield el.small(say("numbers.before", count=view.before.cases), spacing="None")
    yield from _steps(table, scene)
    for kind in KINDS:
        if bars := bars_of(kind, table, say):
            yield el.section(say(f"numbers.{kind}"))
            yield _chart(bars)
    yield el.small(say("numbers.hidden"), spacing="Medium")


def bars_of(kind: str, table: Table, say: Texts) -> list[Bar]:
    """Choices and how many cases have them, the most first."""
    found = [(say.plain(f"choices.{kind}.{one}"), table.traits.get(f"{kind}.{one}")) for one in KINDS[kind]]
    return sorted(((name, count) for name, count in found if count is not None), key=lambda bar: -bar[1])


def _steps(table: Table, scene: Scene) -> Iterator[Element]:
    """How quickly somebody was there, and what was done in time."""
    say = scene.say
    lines = [say(f"numbers.{name}", time=spoken_time(at, say)) for name, at in _times(table)]
    lines += [
        say(f"numbers.{name}", count=table.traits[name], all=table.cases)
        for name in (SAFETYNET, REPORTED)
        if name in table.traits
    ]
    if IN_TIME in table.traits:
        lines.append(say("numbers.reported_in_time", count=table.traits[IN_TIME], all=table.traits[REPORTED]))
    if lines:
        yield el.section(say("numbers.steps"))
        yield from (el.text(line, spacing="Small" if number else "None") for number, line in enumerate(lines))
    if REPORTED in table.traits:
        yield _donut(table, say)


def _times(table: Table) -> Iterator[tuple[str, int]]:
    yield from ((name, table.minutes[name]) for name in (SEEN, TALKED) if name in table.minutes)


def spoken_time(minutes: int, say: Texts) -> Ready:
    """In minutes, hours or days: the coarser, the longer."""
    for unit, size in (("days", DAY), ("hours", HOUR)):
        if minutes >= 2 * size:
            return say.count(f"numbers.{unit}", -(-minutes // size))
    return say.count("numbers.minutes", minutes)


def _chart(bars: Sequence[Bar]) -> Element:
    """Bars in Teams; everywhere else the same as lines, which also is what is read aloud."""
    lines = [
        el.columns(("stretch", [el.text(name, spacing="None")]), ("auto", [el.text(str(n), spacing="None")]))
        for name, n in bars
    ]
    data = [{"x": name, "y": count} for name, count in bars]
    return {"type": "Chart.HorizontalBar", "displayMode": "AbsoluteNoAxis", "spacing": "Small", "data": data} | {
        "fallback": el.group(*lines, spacing="Small")
    }


def _donut(table: Table, say: Texts) -> Element:
    """Both parts are five or more, or one of them none. The sentence says the same where it is not drawn."""
    reported, cases = table.traits[REPORTED], table.cases or 0
    parts = (("numbers.donut.reported", reported), ("numbers.donut.not_reported", cases - reported))
    data = [{"legend": say.plain(key), "value": count} for key, count in parts if count]
    return {"type": "Chart.Donut", "data": data, "fallback": "drop"}

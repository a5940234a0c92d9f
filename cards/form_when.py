"""3. When it happened: one episode at a time, each echoed in words with the deadline of its own. L4."""

from datetime import date, datetime, time

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.forms import Sheet, button, framed, options
from cards.scene import Scene
from cards.verbs import press
from casework import vocabulary as v
from casework.calendar import local
from casework.views import Deadline

EVENTS_IN_A_ROW = 6


def when(sheet: Sheet) -> Card:
    """The fields are about `sheet.episode`; an id the draft does not know is one more time it happened."""
    say, told = sheet.scene.say, sheet.view.episodes
    mine = next((line for line in told if line.episode == sheet.episode), None)
    again = bool(told) and mine is None
    return framed(
        sheet,
        "when",
        *moment_fields(sheet, mine),
        el.small(say("report.when.hint"), spacing="Small"),
        el.small(say("report.when.unknown"), spacing="Small"),
        *([echo(told, sheet.scene)] if told else []),
        el.small(say("report.when.more"), spacing="Medium"),
        extra=_episode_buttons(sheet, mine),
        title="report.when.title_again" if again else "",
    )


def moment_fields(sheet: Sheet, mine: Deadline | None) -> list[Element | None]:
    """Certainty, day and clock, with what is known of the episode."""
    label = sheet.label
    known = sheet.value("certainty", mine.certainty if mine else "")
    return [
        el.choice("certainty", label("when", "certainty"), options(sheet, "certainty", v.Certainty), value=known),
        sheet.fault("certainty"),
        el.input_date("date", label("when", "date"), value=_day(sheet, mine)),
        sheet.fault("date"),
        el.input_time("time", label("when", "time"), value=_clock(sheet, mine)),
        sheet.fault("time"),
    ]


def _day(sheet: Sheet, mine: Deadline | None) -> date | None:
    if sheet.typed is None:
        return local(mine.began_at).date() if mine else None
    return el.day_in(sheet.value("date"))


def _clock(sheet: Sheet, mine: Deadline | None) -> time | None:
    """The clock that was told; the start of a day is what counts when none was."""
    if sheet.typed is None:
        return _told_clock(mine) if mine else None
    return el.clock_in(sheet.value("time"))


def _told_clock(mine: Deadline) -> time | None:
    clock = local(mine.began_at).time()
    if mine.certainty is v.Certainty.EXACT or (mine.certainty is v.Certainty.ABOUT and clock != time()):
        return clock
    return None


def echo(episodes: tuple[Deadline, ...], scene: Scene) -> Element:
    """What was understood, in words, and until when: the one box, with every episode."""
    say, items = scene.say, []
    for number, line in enumerate(episodes):
        spacing = "Medium" if number else "None"
        items.append(el.text(understood(line, scene), spacing=spacing))
        left = say.hours_left(line.until, scene.now)
        deadline = say("report.when.deadline", until=say.until(line.until, scene.now), left=left)
        items.append(None if line.passed else el.text(deadline, spacing="None", bold=True))
    old = el.text(say("report.when.old"), spacing="Medium") if any(line.passed for line in episodes) else None
    return el.emphasis(*items, old)


def understood(line: Deadline, scene: Scene) -> str:
    key = {
        v.Certainty.EXACT: "report.when.echo",
        v.Certainty.ABOUT: "report.when.echo_about",
        v.Certainty.DATE_ONLY: "report.when.echo_date_only",
        v.Certainty.UNKNOWN: "report.when.echo_unknown",
    }[line.certainty]
    return scene.say(key, at=scene.say.full(line.began_at, scene.now))


def counted_from(began_at: datetime | None, certainty: v.Certainty, scene: Scene) -> Element | None:
    """Beside a deadline: from when it counts, where nobody is certain of the clock."""
    if began_at is None or certainty is v.Certainty.EXACT:
        return None
    return el.small(scene.say(f"report.when.counted.{certainty}", at=scene.began(began_at, certainty)), spacing="Small")


def _episode_buttons(sheet: Sheet, mine: Deadline | None) -> list[Action | None]:
    """One more; and when there are several, another of them, or not this one."""
    args = {"form": "when"} | ({"episode": sheet.episode} if sheet.episode else {})
    others = [line for line in sheet.view.episodes if line is not mine]
    return [
        button(sheet, "report.new_episode", "report_new_episode", args),
        _another(sheet, others) if others else None,
        _drop(sheet, mine) if mine and others else None,
    ]


def _another(sheet: Sheet, others: list[Deadline]) -> Action:
    """The other episodes, a button each."""
    say, view = sheet.scene.say, sheet.view
    buttons = [
        el.submit(
            say,
            "report.episode",
            press("report_edit", view.case, view.version, form="when", episode=line.episode),
            short=sheet.scene.began_short(line.began_at, line.certainty),
            at=sheet.scene.began(line.began_at, line.certainty),
        )
        for line in others
    ]
    return el.show_card(say, "report.another", el.text(say("report.another.title"), bold=True), *bars(buttons))


def bars(buttons: list[Action]) -> list[Element]:
    """Many buttons, a few in a row."""
    rows = [buttons[start : start + EVENTS_IN_A_ROW] for start in range(0, len(buttons), EVENTS_IN_A_ROW)]
    return [el.action_row(*row) for row in rows]


def _drop(sheet: Sheet, mine: Deadline) -> Action:
    say, view = sheet.scene.say, sheet.view
    data = press("report_drop_episode", view.case, view.version, episode=mine.episode)
    return el.submit(say, "report.drop", data, at=sheet.scene.began(mine.began_at, mine.certainty))

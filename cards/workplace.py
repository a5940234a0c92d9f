"""Steps 12, 13, 18 and 19 for the leader, and what of them an affected employee sees. B13, B17, B18, C15, H8."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from cards import elements as el
from cards.elements import Action, Element
from cards.plan import first_names
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.calendar import local
from casework.views import (
    AudienceLine,
    DebriefingLine,
    EmployeeView,
    ProtectionLine,
    RiskLine,
    StepView,
    WorkplaceView,
)
from casework.vocabulary import Audience, ContactWay, Held

LONGEST = 1_000  # characters of one field
MOST_SHOWN = 600
"""Characters of what somebody wrote that stand on a card."""
MOST_OF_EACH = 300
"""The same where each of several people has words of their own."""
MOST_TELLINGS = 4
"""Tellings of one audience with a line each, the newest."""


def _of(view: StepView) -> WorkplaceView:
    return view.workplace or WorkplaceView()


def _quote(words: str) -> Element:
    return el.quote(words if len(words) <= MOST_SHOWN else words[:MOST_SHOWN].rstrip() + "…")


def _last_day(until: datetime, scene: Scene) -> Ready:
    """An agreement ends when its last day is over: that day is what is said."""
    return scene.say.day(until - timedelta(seconds=1), scene.now)


# -- 12: the citizen's risk ------------------------------------------------------------------------------------------


def risk(view: StepView, scene: Scene) -> Iterator[Element | None]:
    """The assessment as it stands, and the form for it. For the leader alone."""
    say, known = scene.say, _of(view).risk
    yield el.small(say("workplace.risk.intro"))
    if known is not None:
        yield from _assessed(known, scene)
    yield el.action_row(_assess(view, known, scene)) if view.line.mine else None


def _assessed(known: RiskLine, scene: Scene) -> Iterator[Element]:
    say = scene.say
    yield el.section(say("workplace.risk.title"), spacing="Medium")
    yield el.small(say("workplace.risk.by", name=scene.full_name(known.by), at=scene.when(known.at)), spacing="None")
    for key in ("again", "meeting", "agreed"):
        if words := getattr(known, key):
            yield el.small(say(f"workplace.risk.{key}"), spacing="Small")
            yield _quote(words)
    follows = say("workplace.risk.follow_up", who=known.follow_up_by[:80], day=say.day(known.follow_up_at, scene.now))
    yield el.emphasis(el.text(follows, spacing="None"))


def _assess(view: StepView, known: RiskLine | None, scene: Scene) -> Action:
    say = scene.say
    save = el.execute(say, "workplace.risk.save", press("assess_risk", view.case, view.version), inputs=True)
    return el.show_card(
        say,
        "workplace.risk.again_button" if known else "workplace.risk.write",
        *(el.input_text(key, say.plain(f"workplace.risk.{key}"), lines=True, longest=LONGEST) for key in RISK_WORDS),
        el.input_text("follow_up_by", say.plain("workplace.risk.follow_up_by"), longest=80),
        el.input_date("follow_up_on", say.plain("workplace.risk.follow_up_on")),
        actions=[save],
    )


RISK_WORDS = ("again", "meeting", "agreed")


# -- 13: out of contact ----------------------------------------------------------------------------------------------


def contact(view: StepView, scene: Scene) -> Iterator[Element | None]:
    """What is agreed with each affected employee, and the form for it."""
    lines = _of(view).protected
    if lines:
        yield el.section(scene.say("workplace.contact.title"), spacing="Medium")
    for line in lines:
        name = scene.full_name(line.person)
        yield el.text(scene.say("workplace.contact.with", name=name, at=scene.when(line.at)), bold=True)
        ways = Ready(" · ".join(scene.say(f"workplace.way.{way}") for way in line.ways))
        yield from (el.text(ways, spacing="None"), el.small(_until(line, scene), spacing="None"))
        yield el.quote(line.words[:MOST_OF_EACH]) if line.words else None
    yield el.action_row(_agree(view, scene)) if view.affected and view.line.mine else None


def _protection(line: ProtectionLine, scene: Scene) -> Iterator[Element]:
    """The ways, the words, and until when."""
    say = scene.say
    yield from (_listed(say(f"workplace.way.{way}")) for way in line.ways)
    if line.words:
        yield _beneath(line.words)
    yield el.small(_until(line, scene), spacing="None")


def _listed(words: Ready) -> Element:
    """One of several: a line of its own, also where it breaks."""
    return el.columns(
        ("20px", [el.text("·", spacing="None", bold=True)]), ("stretch", [el.text(words, spacing="None")])
    )


def _until(line: ProtectionLine, scene: Scene) -> Ready:
    if line.until is None:
        return scene.say("workplace.contact.open_end")
    key = "workplace.contact.ended" if line.ended else "workplace.contact.until"
    return scene.say(key, day=_last_day(line.until, scene))


def _agree(view: StepView, scene: Scene) -> Action:
    say = scene.say
    people = [(scene.full_name(person), person) for person in view.affected]
    ways = [(say.plain(f"workplace.way.{way}"), way.value) for way in ContactWay]
    data = press("agree_protection", view.case, view.version)
    return el.show_card(
        say,
        "workplace.contact.agree",
        el.choice(
            "person", say.plain("workplace.contact.person"), people, value=people[0][1] if len(people) == 1 else ""
        ),
        el.multi_choice("ways", say.plain("workplace.contact.ways"), ways),
        el.input_text("words", say.plain("workplace.contact.words"), lines=True, longest=LONGEST),
        el.small(say("workplace.contact.words_help"), spacing="None"),
        el.input_date("last_day", say.plain("workplace.contact.last_day")),
        actions=[el.execute(say, "workplace.contact.save", data, inputs=True)],
        names=first_names(scene, view.affected),
    )


def own_protection(view: EmployeeView, scene: Scene) -> Iterator[Element]:
    """How the reader is kept out of contact, and that it can be objected to."""
    line = view.protected
    if line is not None and not line.ended:
        said = scene.say("workplace.contact.mine", name=scene.name(line.by), at=scene.when(line.at))
        yield el.section(scene.say("workplace.contact.mine_title"))
        yield el.small(said, spacing="None")
        yield from _protection(line, scene)
        yield el.small(scene.say("workplace.contact.object"))


# -- 18: each audience for itself ------------------------------------------------------------------------------------


def audiences(view: StepView, scene: Scene) -> Iterator[Element | None]:
    """Team, other centres, partners: what each waits for, who was told, and the form for those that are open."""
    say, lines = scene.say, _of(view).audiences
    yield el.section(say("workplace.audience.title"), spacing="Medium")
    for line in lines:
        yield el.row(bool(line.told), say(f"workplace.audience.{line.audience}"), _audience_word(line, scene))
        yield from (_beneath(telling.who) for telling in line.told[-MOST_TELLINGS:] if telling.who)
    open_ones = [line.audience for line in lines if not line.missing]
    yield el.action_row(_note_told(view, open_ones, scene)) if open_ones else None


def _beneath(words: str) -> Element:
    """What somebody wrote of the row above it."""
    return el.columns(("20px", []), ("stretch", [_quote(words)]), spacing="None")


def _audience_word(line: AudienceLine, scene: Scene) -> Ready:
    """When and by whom it was told, and whether it is locked now and by whom."""
    parts = [*([_told(line, scene)] if line.told else []), *([_locked(line, scene)] if line.missing else [])]
    return Ready(" · ".join(parts)) if parts else scene.say("workplace.audience.open")


def _told(line: AudienceLine, scene: Scene) -> Ready:
    days = (scene.say.day(told.at, scene.now) for told in line.told[-MOST_TELLINGS:])
    by = scene.name(line.told[-1].by)
    return scene.say("workplace.audience.told", day=scene.say.listed(list(dict.fromkeys(days))), name=by)


def _locked(line: AudienceLine, scene: Scene) -> Ready:
    gap = line.missing[0]
    what = gap.what.partition("_")[0] if gap.people else gap.what
    return scene.say(f"workplace.audience.{what}", names=scene.names(gap.people))


def _note_told(view: StepView, open_ones: list[Audience], scene: Scene) -> Action:
    say = scene.say
    choices = [(say.plain(f"workplace.audience.{one}"), one.value) for one in open_ones]
    data = press("note_told", view.case, view.version)
    return el.show_card(
        say,
        "workplace.audience.note",
        el.choice(
            "audience", say.plain("workplace.audience.which"), choices, value=choices[0][1] if len(choices) == 1 else ""
        ),
        el.input_text("who", say.plain("workplace.audience.who"), lines=True, longest=LONGEST),
        el.small(say("workplace.audience.who_help"), spacing="None"),
        el.input_date("told_on", say.plain("workplace.audience.date"), value=local(scene.now).date()),
        actions=[el.execute(say, "workplace.audience.save", data, inputs=True)],
    )


def own_told(view: EmployeeView, scene: Scene) -> Iterator[Element]:
    """Who was told with the reader's accept, among those who know; the newest time of each."""
    for audience, line in {line.audience: line for line in view.told}.items():
        day = scene.say.day(line.at, scene.now)
        word = scene.say("workplace.audience.mine_told", day=day, name=scene.name(line.by))
        yield el.row(True, scene.say(f"workplace.audience.{audience}"), word)
        if line.who:
            yield _beneath(line.who)


# -- 19: debriefing --------------------------------------------------------------------------------------------------


def debriefing(view: StepView, scene: Scene) -> Iterator[Element | None]:
    """Who and when, whether it was held, and the form for another."""
    planned = _of(view).debriefing
    if planned is not None:
        yield from _planned(planned, scene)
    if view.line.state != "locked" and view.line.mine:
        yield el.action_row(*_debriefing_buttons(view, planned, scene))


def _planned(planned: DebriefingLine, scene: Scene) -> Iterator[Element]:
    say = scene.say
    yield el.section(say("workplace.debriefing.title"), spacing="Medium")
    yield el.text(say("workplace.debriefing.when", at=scene.when(planned.begins_at)), spacing="None", bold=True)
    yield el.small(say("workplace.debriefing.with"), spacing="Small")
    yield _quote(planned.who)
    if planned.held is not None:
        yield el.text(say(f"workplace.debriefing.{planned.held}"))


def _debriefing_buttons(view: StepView, planned: DebriefingLine | None, scene: Scene) -> Iterator[Action]:
    say, waits = scene.say, planned is not None and planned.held is None
    for held in Held:
        if waits and planned.begun:
            data = press("answer_debriefing", view.case, view.version, held=held)
            yield el.execute(say, f"workplace.debriefing.answer.{held}", data)
    save = el.execute(say, "workplace.debriefing.save", press("plan_debriefing", view.case, view.version), inputs=True)
    yield el.show_card(
        say,
        "workplace.debriefing.again" if planned else "workplace.debriefing.plan",
        el.input_text("who", say.plain("workplace.debriefing.who"), lines=True, longest=LONGEST),
        el.small(say("workplace.debriefing.who_help"), spacing="None"),
        el.input_date("date", say.plain("workplace.debriefing.date")),
        el.input_time("time", say.plain("workplace.debriefing.time")),
        actions=[save],
    )

"""Who has seen what; what was withdrawn or is held; and a case as the legal staff look into it."""

from collections.abc import Iterator, Sequence

from cards import elements as el
from cards.content import ACCOUNT, named, what
from cards.elements import Action, Card, Element
from cards.plan import case_line
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready, flat
from casework.views import (
    CustodyLines,
    CustodyView,
    ErasureView,
    EvidenceLine,
    Happened,
    HoldLine,
    LegalView,
    WithdrawnLine,
)
from casework.vocabulary import CaseId

MOST_WITHDRAWN = 5
"""Withdrawn pieces with a line on a case card, the newest; the rest are counted."""
MOST_SHOWN = 30


# -- who has seen what -----------------------------------------------------------------------------------------------


def seen_button(case: CaseId, scene: Scene) -> Action:
    """[Hvem så hvad]."""
    return el.execute(scene.say, "custody.seen", press("show_custody", case))


def custody_card(view: CustodyView, scene: Scene) -> Card:
    """Each opening, copy, handing on and taking out in a sentence, the newest first."""
    say = scene.say
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("custody.title")),
        el.text(say("custody.intro" if view.lines else "custody.nothing")),
        *(el.text(_sentence(line, view, scene), spacing="Small") for line in view.lines),
        el.small(say("custody.page", page=view.page, pages=view.pages)) if view.pages > 1 else None,
        actions=[
            _turn("newer", view, view.page - 1, scene) if view.page > 1 else None,
            _turn("older", view, view.page + 1, scene) if view.page < view.pages else None,
        ],
    )


def _turn(name: str, view: CustodyView, page: int, scene: Scene) -> Action:
    data = press("show_custody", view.case, view.version, page=str(page))
    return el.execute(scene.say, f"custody.{name}", data)


def _sentence(line: Happened, view: CustodyView, scene: Scene) -> Ready:
    say = scene.say
    who = say("custody.you") if line.by == view.reader else say.names([scene.full_name(line.by)])
    step = say(f"leader.step.{line.step}.title", names="") if line.step else ""
    other = scene.full_name(line.other) if line.other else ""
    at, day = scene.when(line.at), say.day(line.day, scene.now) if line.day else ""
    filled = {"number": line.number, "step": step, "other": other, "day": day, "words": line.words}
    return say(f"custody.line.{line.what}", who=who, at=at, **filled)


# -- withdrawn and held, on other cards ------------------------------------------------------------------------------


def on_the_leaders_case(custody: CustodyLines, scene: Scene) -> Iterator[Element]:
    """That something was withdrawn, by whom and when: nothing of what it was. That the case is held, or is to go."""
    yield from held(custody.hold, scene)
    yield from _erased_on(custody, scene)
    yield from _withdrawn(custody.withdrawn, "custody.leader.withdrawn", scene)


def held(hold: HoldLine | None, scene: Scene) -> Iterator[Element]:
    """The hold, why, and who can lift it."""
    if hold is None:
        return
    say, place = scene.say, scene.place
    who, at = scene.full_name(hold.by), scene.when(hold.at)
    yield el.emphasis(
        el.text(say("custody.hold.stands", who=who, at=at), spacing="None", bold=True),
        el.quote(hold.reason) if hold.reason else None,
        el.small(say("custody.hold.lifted_by", contact=scene.contact(place.legal_staff))),
    )


def _erased_on(custody: CustodyLines, scene: Scene) -> Iterator[Element]:
    if custody.erase_on is not None and custody.hold is None:
        day, contact = scene.say.day(custody.erase_on, scene.now), scene.contact(scene.place.legal_staff)
        yield el.emphasis(el.text(scene.say("custody.erased_on", day=day, contact=contact), spacing="None"))


def _withdrawn(lines: Sequence[WithdrawnLine], key: str, scene: Scene) -> Iterator[Element]:
    say, rest = scene.say, len(lines) - MOST_WITHDRAWN
    for line in lines[-MOST_WITHDRAWN:]:
        said = say(key, who=scene.full_name(line.by), number=line.number, at=scene.when(line.at))
        yield el.text(said, spacing="Small")
    if rest > 0:
        yield el.small(say.count("common.more", rest))


def on_what_was_given(
    case: CaseId, lines: Sequence[EvidenceLine], custody: CustodyLines, scene: Scene
) -> tuple[list[Element], Action | None]:
    """What the person has withdrawn, and the way to withdraw more; what time does, and who can be asked."""
    drawn = [*held(custody.hold, scene), *_erased_on(custody, scene)]
    drawn += _withdrawn(custody.withdrawn, "custody.own.withdrawn", scene)
    if custody.withdrawn and not custody.hold:
        drawn.append(el.small(scene.say("custody.withdraw.ask", contact=scene.contact(scene.place.legal_staff))))
    return drawn, _withdraw(case, lines, scene) if lines else None


def _withdraw(case: CaseId, lines: Sequence[EvidenceLine], scene: Scene) -> Action:
    say, newest = scene.say, list(lines)[-MOST_SHOWN:]
    contact = scene.contact(scene.place.legal_staff)
    return el.show_card(
        say,
        "custody.withdraw",
        el.text(say("custody.withdraw.title"), bold=True),
        el.text(say("custody.withdraw.body", kept_for=scene.place.kept_for)),
        el.text(say("custody.withdraw.ask", contact=contact)),
        _which("custody.withdraw.which", newest, scene),
        actions=[el.execute(say, "custody.withdraw.now", press("withdraw_item", case), inputs=True)],
    )


def _which(key: str, lines: Sequence[EvidenceLine], scene: Scene) -> Element:
    """By the file's name, as its giver knows it."""
    choices = [(_named(line, scene), line.item) for line in lines]
    return el.choice("item", scene.say.plain(key), choices, placeholder=scene.say.plain("custody.withdraw.choose"))


def _named(line: EvidenceLine, scene: Scene) -> str:
    kind, at = what(line.kind, line.media_type, scene), scene.when(line.received_at)
    piece = scene.say.plain("common.evidence.line", what=kind, number=line.number, at=at)
    return f"{flat(line.name)}: {piece}" if line.name else piece


def destroy(case: CaseId, lines: Sequence[EvidenceLine], scene: Scene) -> Action | None:
    """[Slet et bevis], on the last page before Send."""
    if not lines:
        return None
    say, newest = scene.say, list(lines)[-MOST_SHOWN:]
    return el.show_card(
        say,
        "custody.destroy",
        el.text(say("custody.destroy.title"), bold=True),
        _which("custody.destroy.which", newest, scene),
        actions=[el.execute(say, "custody.destroy.now", press("destroy_item", case), inputs=True)],
    )


def erasure(view: ErasureView, scene: Scene) -> Card:
    """That the case is to be erased, and what one can do before then."""
    say = scene.say
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("custody.erasure.title", day=say.day(view.erase_on, scene.now))),
        el.text(say("custody.erasure.body")),
        el.text(say("custody.erasure.copy")) if view.paper else None,
        el.text(say("custody.erasure.stay", contact=scene.contact(scene.place.legal_staff))),
        actions=[
            el.execute(say, "documentation.get", press("make_documentation", view.case, view.version), positive=True)
            if view.paper
            else None
        ],
    )


def destroyed(number: int, scene: Scene) -> Card:
    """What the receipt is replaced with."""
    say = scene.say
    return el.card(
        say,
        say("common.line"),
        el.heading(say("custody.destroyed.title", number=number)),
        el.text(say("custody.destroyed.body")),
        el.small(say("custody.destroyed.onedrive")),
    )


# -- the legal staff -------------------------------------------------------------------------------------------------


def legal_card(view: LegalView, scene: Scene) -> Card:
    """Who has it, how it stands, all that was given by number, and the hold."""
    say, custody = scene.say, view.custody
    about = scene.names(view.affected) if view.affected else say("leader.case.nobody")
    stands = "custody.legal.closed" if view.closed_at else "custody.legal.open"
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(about),
        el.text(say(stands, leader=scene.full_name(view.leader), at=scene.when(view.closed_at or view.sent_at))),
        *(held(custody.hold, scene) if custody.hold else [_not_held(custody, scene)]),
        el.section(say("custody.legal.given")),
        *_pieces(view, scene),
        el.small(say("custody.legal.seen"), spacing="Medium"),
        actions=[
            _lift(view, scene) if custody.hold else _hold(view, scene),
            el.execute(say, "packages.open", press("show_packages", view.case, view.version)),
        ],
    )


def _not_held(custody: CustodyLines, scene: Scene) -> Element:
    """What time does, with the day where that has been said."""
    if custody.erase_on is None:
        return el.text(scene.say("custody.legal.not_held"))
    day = scene.say.day(custody.erase_on, scene.now)
    return el.emphasis(el.text(scene.say("custody.legal.to_be_erased", day=day), spacing="None"))


def _pieces(view: LegalView, scene: Scene) -> Iterator[Element]:
    say, gone = scene.say, {line.number: line for line in view.custody.withdrawn}
    if view.has_account:
        data = press("open_item", view.case, view.version, item=ACCOUNT)
        yield el.text(say("leader.evidence.account"), spacing="Small")
        yield el.action_row(el.execute(say, "leader.button.show_account", data))
    newest = view.evidence[-MOST_SHOWN:]
    for start in range(0, len(newest), el.MOST_ACTIONS):
        some = newest[start : start + el.MOST_ACTIONS]
        for line in some:
            yield el.text(_named_for_legal(line, gone.get(line.number), scene), spacing="Small")
        yield el.action_row(*(_show(line, view, scene) for line in some))


def _named_for_legal(line: EvidenceLine, gone: WithdrawnLine | None, scene: Scene) -> Ready:
    piece = named(line, scene)
    if gone is None:
        return piece
    return scene.say("custody.legal.withdrawn", piece=piece, who=scene.full_name(gone.by), at=scene.when(gone.at))


def _show(line: EvidenceLine, view: LegalView, scene: Scene) -> Action:
    data = press("open_item", view.case, view.version, item=line.item)
    return el.execute(scene.say, "leader.button.show", data, number=line.number)


def _hold(view: LegalView, scene: Scene) -> Action:
    return _with_reason("custody.hold", "set_hold", view, scene)


def _lift(view: LegalView, scene: Scene) -> Action:
    return _with_reason("custody.lift", "lift_hold", view, scene)


def _with_reason(key: str, verb: str, view: LegalView, scene: Scene) -> Action:
    say = scene.say
    return el.show_card(
        say,
        key,
        el.text(say(f"{key}.body")),
        el.input_text("reason", say.plain(f"{key}.reason"), lines=True),
        actions=[el.execute(say, f"{key}.now", press(verb, view.case, view.version), inputs=True)],
    )

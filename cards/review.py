"""The last page before Send: everything told so far, who will see it, and what it becomes."""

from cards import elements as el
from cards.custody import destroy
from cards.elements import Card, Element
from cards.form_when import counted_from
from cards.forms import FORMS
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework import vocabulary as v
from casework.views import DraftView
from casework.vocabulary import ItemId

LONGEST_SHOWN = 600
"""Characters of the account on this page; the whole of it is sent."""
LONGEST_PIECE, MOST_PIECES = 200, 8
"""Characters of a message from the chat, and how many of them, the newest."""


def review(view: DraftView, scene: Scene, *, faults: tuple[str, ...] = ()) -> Card:
    """Everything on one page, editable. Without the required answers it says what is missing and has no [Send]."""
    say, ready = scene.say, not view.missing
    return el.card(
        say,
        say("report.line_review"),
        el.heading(say("report.review.title" if ready else "report.review.title_missing")),
        *(el.fault(words) for words in faults),
        _missing(view, scene),
        *_part("for_whom", _whom(view, scene), scene),
        *_part("what", _what(view, scene), scene),
        *_part("when", _when(view, scene), scene),
        *_part("who_where", _who(view, scene), scene),
        *_part("who_is_to_know", _knows(view, scene), scene),
        _deadlines(view, scene),
        *(_who_sees(view, scene) if view.recipient else []),
        actions=[
            _send(view, scene) if ready else None,
            _edit(view, scene),
            _stop(view, scene),
            destroy(view.case, view.evidence, scene),
        ],
    )


def _when(view: DraftView, scene: Scene) -> list[Element]:
    return [el.text(scene.began(line.began_at, line.certainty), spacing="None") for line in view.episodes]


def _missing(view: DraftView, scene: Scene) -> Element | None:
    if not view.missing:
        return None
    say = scene.say
    title = el.text(say("report.review.missing_title"), spacing="None", bold=True)
    return el.emphasis(title, *(el.text(f"○ {say(f'report.review.missing.{gap}')}") for gap in view.missing))


def _part(form: str, told: list[Element], scene: Scene) -> list[Element]:
    """One form's answers under its small heading."""
    required = form != "who_where"
    nothing = el.text(scene.say("report.review.not_yet" if required else "report.review.nothing"), spacing="None")
    return [el.group(el.small(scene.say(f"report.review.{form}")), *(told or [nothing]), spacing="Medium")]


def _at(moment, scene: Scene) -> Ready:
    return scene.say.full(moment, scene.now)


def _whom(view: DraftView, scene: Scene) -> list[Element]:
    if view.whom is None:
        return []
    who = [el.text(whom_in_words(view, scene), spacing="None")]
    if view.danger is v.Danger.NO:
        return who
    answer = scene.say(f"choices.danger.{view.danger}")
    return [*who, el.text(scene.say("report.review.in_danger", answer=answer), spacing="None", bold=True)]


def whom_in_words(view: DraftView, scene: Scene) -> Ready:
    chosen = scene.say(f"choices.whom.{view.whom}")
    if view.whom in (v.Whom.COLLEAGUE, v.Whom.SEVERAL) and told_for_others(view):
        return Ready(f"{chosen}: {scene.names(view.affected)}")
    return chosen


def _what(view: DraftView, scene: Scene) -> list[Element]:
    say, account = scene.say, view.account.strip()
    cut = len(account) > LONGEST_SHOWN
    told = [
        el.quote(account[:LONGEST_SHOWN] + ("…" if cut else "")) if account else None,
        el.small(say("report.review.cut"), spacing="None") if cut else None,
        *_chat(view, scene),
        el.text(_circumstances(view, scene)) if _circumstances(view, scene) else None,
    ]
    return el.present(told)


def _chat(view: DraftView, scene: Scene) -> list[Element]:
    """What was written in the chat on the way, each piece with a way to leave it out: nothing is sent unseen."""
    say, newest = scene.say, view.chat[-MOST_PIECES:]
    if not newest:
        return []
    rest = len(view.chat) - len(newest)
    return el.present(
        (
            el.small(say("report.review.chat"), spacing="Small"),
            *(_piece(item, words, view, scene) for item, words in newest),
            el.small(say.count("common.more", rest), spacing="None") if rest else None,
        )
    )


def _piece(item: ItemId, words: str, view: DraftView, scene: Scene) -> Element:
    cut = words[:LONGEST_PIECE] + ("…" if len(words) > LONGEST_PIECE else "")
    drop = el.submit(scene.say, "report.drop_piece", press("report_drop_piece", view.case, view.version, item=item))
    return el.columns(("stretch", [el.quote(cut)]), ("auto", [el.action_row(drop, spacing="None")]))


def _circumstances(view: DraftView, scene: Scene) -> Ready:
    """What was chosen, without the answers that say nothing."""
    chosen = [
        *(f"medium.{medium}" for medium in view.media),
        *(f"form.{form}" for form in view.forms),
        *([f"going_on.{view.going_on}"] if view.going_on in (v.GoingOn.STILL, v.GoingOn.MORE_THAN_FIVE_DAYS) else []),
    ]
    return Ready(" · ".join(scene.say(f"choices.{key}") for key in chosen))


def _who(view: DraftView, scene: Scene) -> list[Element]:
    say = scene.say
    links = len([line for line in view.links.splitlines() if line.strip()])
    colleague = scene.full_name(view.originator_person) if view.originator_person else ""
    return el.present(
        (
            el.text(say(f"choices.originator.{view.originator}"), spacing="None") if view.originator else None,
            el.quote(view.identifier) if view.identifier.strip() else None,
            el.quote(colleague) if colleague else None,
            el.text(say.count("report.review.links", links), spacing="None") if links else None,
            el.text(say.count("common.evidence.saved", len(view.evidence)), spacing="None") if view.evidence else None,
        )
    )


def _knows(view: DraftView, scene: Scene) -> list[Element]:
    return [el.text(scene.names([view.recipient]), spacing="None")] if view.recipient else []


def _deadlines(view: DraftView, scene: Scene) -> Element | None:
    """The earliest deadline that runs, and whose choice it is."""
    if not view.episodes:
        return None
    say, running = scene.say, [line for line in view.episodes if not line.passed]
    own = view.whom in (v.Whom.ME, v.Whom.SEVERAL)
    if not running:
        return el.emphasis(el.text(say("report.when.old"), spacing="None"))
    first = min(running, key=lambda line: line.until)
    return el.emphasis(
        el.small(say("common.deadline_title"), spacing="None"),
        el.text(say("common.deadline", until=say.until(first.until, scene.now)), spacing="None", bold=True),
        counted_from(first.began_at, first.certainty, scene),
        el.text(say("report.review.deadline" if own else "report.review.deadline_other")),
    )


def told_for_others(view: DraftView) -> tuple[v.PersonId, ...]:
    """Those it happened to besides whoever tells it: they hear of it from somebody else."""
    return tuple(person for person in view.affected if person != view.by)


def _who_sees(view: DraftView, scene: Scene) -> list[Element | None]:
    say, place = scene.say, scene.place
    others, key = told_for_others(view), "for_us" if view.whom is v.Whom.SEVERAL else "for_other"
    return [
        el.section(say("report.review.who_sees")),
        el.text(say("report.review.sees", name=scene.name(view.recipient)), spacing="None"),
        el.text(say(f"report.review.{key}", names=scene.names(others))) if others else None,
        el.text(say("report.who_is_to_know.case", authority=place.authority, kept=place.kept_for)),
        el.text(say("report.who_is_to_know.group")),
        el.text(say("report.review.group_away")) if view.excluded else None,
    ]


def _send(view: DraftView, scene: Scene):
    name = scene.full_name(view.recipient)
    return el.submit(scene.say, "report.send", press("report_send", view.case, view.version), positive=True, name=name)


def _edit(view: DraftView, scene: Scene):
    """[Ret]: which of the five."""
    say = scene.say
    buttons = [
        el.submit(say, f"report.go.{form}", press("report_edit", view.case, view.version, form=form)) for form in FORMS
    ]
    title = el.text(say("report.review.choose"), bold=True)
    return el.show_card(say, "report.edit", title, actions=buttons, what=say.plain("report.review.choose"))


def _stop(view: DraftView, scene: Scene):
    return el.submit(scene.say, "report.stop", press("report_stop", view.case, view.version, form="review"))


def answer_in_words(form: str, view: DraftView, scene: Scene) -> Ready:
    """What a form was answered, in a few words of ours. What the person wrote is not repeated."""
    say = scene.say
    nothing = say("report.answered.nothing")
    match form:
        case "for_whom":
            return say("report.answered.for_whom", what=whom_in_words(view, scene) if view.whom else nothing)
        case "what":
            return say("report.answered.what")
        case "when":
            at = _at(view.episodes[0].began_at, scene) if view.episodes else nothing
            return say.count("report.answered.when", max(1, len(view.episodes)), at=at)
        case "who_where":
            told = say(f"choices.originator.{view.originator}") if view.originator else nothing
            return say("report.answered.who_where", what=told)
    return say("report.answered.who_is_to_know", name=scene.names([view.recipient]) if view.recipient else nothing)

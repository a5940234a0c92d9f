"""What short words may have been meant to be, as buttons; and that they may have been an account after all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.mine import way
from cards.plan import title
from cards.report import urgent
from cards.scene import Scene
from cards.verbs import press
from casework.vocabulary import WHOEVER_COMES, CaseId, ItemId, PersonId, StepId

MOST_SHOWN = 300  # letters of the reader's own words; the rest is kept, and not shown


MOST_PLACES = 4  # of those a message may be for


@dataclass(frozen=True)
class Whom:
    """In which case, and who hears it there."""

    case: CaseId
    person: PersonId
    is_affected: bool = False


@dataclass(frozen=True)
class OfAStep:
    """A word with the number of a step. `letter`: it is about the step's letter."""

    words: str
    step: StepId
    letter: bool = False


def suggestions(text: str, words: Sequence[str], scene: Scene) -> Card:
    """ "Mente du …?" Nothing is done, and nothing that was written is lost."""
    say = scene.say
    keep = el.submit(say, "suggestion.keep", press("keep_words", words=text))
    return el.card(
        say,
        say("common.line"),
        el.heading(say("suggestion.title")),
        el.text(say("suggestion.body", words=text)),
        *urgent(scene),
        actions=[*(_button(one, scene) for one in words), keep, way("call", "call_me", scene)],
    )


def before_it_is_sent(item: ItemId, text: str, words: Sequence[str], whom: Whom | None, scene: Scene) -> Card:
    """In the middle of writing to somebody: a command with a slip in it, or words to them."""
    say, send = scene.say, _send(item, whom, scene, positive=False)
    return el.card(
        say,
        say("common.case_line", case=whom.case) if whom else say("common.line"),
        el.heading(say("suggestion.writing.title")),
        el.text(say("suggestion.writing.body", words=text)),
        *urgent(scene),
        actions=[*(_button(one, scene) for one in words), send, way("call", "call_me", scene)],
    )


def where_to(item: ItemId, text: str, places: Sequence[Whom], scene: Scene) -> Card:
    """Words from somebody who has a case: to one of those they can write to, each with the case, or something new."""
    say, whom = scene.say, places[0] if len(places) == 1 else None
    several = () if whom else places[:MOST_PLACES]
    new = el.submit(say, "suggestion.new", press("begin_words", words=item))
    return el.card(
        say,
        say("common.case_line", case=whom.case) if whom else say("common.line"),
        el.heading(say("suggestion.where.title")),
        el.text(say("suggestion.where.body", words=shortened(text))),
        el.text(say("suggestion.where.kept")),
        *(part for place in several for part in _place(item, place, scene)),
        el.text(say("suggestion.to_whom.more")) if len(places) > MOST_PLACES else None,
        *urgent(scene),
        actions=[_send(item, whom, scene), new, way("call", "call_me", scene), way("cases", "my_cases", scene)],
    )


def to_whom(item: ItemId | None, text: str, places: Sequence[Whom], scene: Scene, *, nobody: bool = False) -> Card:
    """A message that could go to several: each with their case, and nothing is sent until one is chosen.

    `nobody`: it may belong where there is nobody to write to.
    """
    say, more = scene.say, len(places) > MOST_PLACES
    body = "suggestion.where.body" if item else "suggestion.to_whom.body"
    return el.card(
        say,
        say("common.line"),
        el.heading(say("suggestion.to_whom.title")),
        el.text(say(body, words=shortened(text))) if item or len(places) > 1 else None,
        el.text(say("suggestion.where.kept")) if item else None,
        el.text(say("suggestion.to_whom.or_nobody")) if nobody else None,
        *(part for place in places[:MOST_PLACES] for part in _place(item, place, scene)),
        el.text(say("suggestion.to_whom.more")) if more else None,
        actions=[
            el.execute(say, "suggestion.nobody", press("my_cases")) if nobody else way("cases", "my_cases", scene)
        ],
    )


def to_whoever_comes(item: ItemId, text: str, case: CaseId, scene: Scene) -> Card:
    """Nobody has the case: whoever gets it reads what is sent now, and may be somebody else than they wrote to."""
    say = scene.say
    data = press("send_words", case, words=item, reader=WHOEVER_COMES)
    return el.card(
        say,
        say("common.case_line", case=case),
        el.heading(say("suggestion.nobody_yet.title")),
        el.text(say("suggestion.where.body", words=shortened(text))),
        el.text(say("suggestion.nobody_yet.body")),
        el.text(say("suggestion.where.kept")),
        *urgent(scene),
        actions=[
            el.submit(say, "suggestion.nobody_yet", data),
            way("call", "call_me", scene),
            way("cases", "my_cases", scene),
        ],
    )


def _place(item: ItemId | None, place: Whom, scene: Scene) -> Iterator[Element]:
    words = scene.say("suggestion.to_whom.place", name=scene.full_name(place.person), case=place.case)
    yield el.text(words, spacing="Medium", bold=True)
    if item:
        yield el.action_row(_send(item, place, scene, positive=False))
        return
    data = press("write_message", place.case, **({"person": place.person} if place.is_affected else {}))
    yield el.action_row(el.execute(scene.say, "suggestion.to_whom.write", data, name=scene.name(place.person)))


def shortened(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]} …"


def no_more(case: CaseId, leader: PersonId, scene: Scene) -> Card:
    """ "Ikke mere" was typed: of the case, or of everything. Whom to ring stands before the button."""
    say = scene.say
    return el.card(
        say,
        say("common.case_line", case=case),
        el.heading(say("suggestion.no_more.title")),
        el.text(say("suggestion.no_more.body", leader=scene.name(leader))),
        *urgent(scene),
        actions=[
            way("call", "call_me", scene),
            el.execute(say, "suggestion.no_more", press("want_no_more", case)),
            way("cases", "my_cases", scene),
        ],
    )


def _send(item: ItemId, whom: Whom | None, scene: Scene, *, positive: bool = True) -> Action | None:
    """Whoever has a case chooses to whom; the others write to whoever has it."""
    if whom is None:
        return None
    to = {"to" if whom.is_affected else "reader": whom.person}
    data = press("send_words", whom.case, words=item, **to)
    return el.submit(scene.say, "suggestion.send", data, positive=positive, name=scene.name(whom.person))


def done_by_a_slip(step: StepId, number: str, case: CaseId, scene: Scene) -> Card:
    """A letter was wrong, and a step is closed: its name, so that nobody closes another one unseen."""
    say = scene.say
    undo = el.submit(say, "suggestion.undo", press("say_words", case, words=f"fortryd {number}"))
    return el.card(
        say,
        say("common.case_line", case=case),
        el.heading(say("suggestion.done.title", number=number)),
        el.text(title(step, scene)),
        actions=[undo],
    )


def which_step(choices: Sequence[OfAStep], case: CaseId | None, scene: Scene) -> Card:
    """A word that needs a step's number, and came without. `case`: the one it was said of, where there are several."""
    say = scene.say
    return el.card(
        say,
        say("common.case_line", case=case) if case else say("common.line"),
        el.heading(say("suggestion.step.title")),
        el.text(say("suggestion.step.body")),
        *(part for choice in choices for part in _of_a_step(choice, case, scene)),
    )


def _of_a_step(choice: OfAStep, case: CaseId | None, scene: Scene) -> Iterator[Element]:
    """By its name: nobody knows the numbers by heart."""
    name = scene.say(f"letters.{choice.step}.title") if choice.letter else title(choice.step, scene)
    yield el.text(name, spacing="Medium", bold=True)
    yield el.action_row(_button(choice.words, scene, case))


def _button(words: str, scene: Scene, case: CaseId | None = None) -> Action:
    return el.submit(scene.say, "suggestion.said", press("say_words", case, words=words), words=words)

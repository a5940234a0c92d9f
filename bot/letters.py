"""Letters: what their buttons show. Whatever somebody wrote in one is kept before anything else is done with it."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

from bot.answers import Answer, Answering, Showing
from bot.caseworker import Opened
from bot.delivering.about import About, Kind
from bot.delivering.offered import File
from bot.documents.letter import WORD, Letter, letter_file
from bot.drawing import view_of
from bot.readings import letters as reading
from bot.readings.pressed import Pressed
from cards.letter_text import draft, frame
from cards.plan import skeleton
from cards.scene import Scene
from cards.show import show
from cards.verbs import Press
from cards.words import Texts
from casework.calendar import local
from casework.commands import OpenItem
from casework.letters import AUTHOR, SITE, named_in
from casework.projections import letter_view
from casework.projections.common import text_of
from casework.state.letters import Letter as Sent
from casework.views import LetterView
from casework.vocabulary import Ending, Refused, StepId, Variant

ENDING = ".docx"
SENT = ("date", "journal", "share")  # the fields of how it was sent
WRONG_DAY = {"letter_in_future", "day_before_it_happened", "date_unreadable", "day_missing", "moment_too_old"}
KEPT_INSTEAD = frozenset({*WRONG_DAY, "reason_too_long", "letter_unfilled"})
"""Why a letter is not noted as sent, where its words are kept and the fields can be put right."""


async def write_letter(at: Answering, press: Press) -> Answer:
    pressed = Pressed(press, at.desk)
    opened = await _done(at, reading.looking(pressed))
    return Answer(messages=(await _card(at, opened, pressed.step),))


async def fill_letter(at: Answering, press: Press) -> Answer:
    """The template anew, with the fields as they are now."""
    pressed = Pressed(press, at.desk)
    opened = await _done(at, reading.looking(pressed))
    view = letter_view(opened.case, pressed.step, opened.texts, at.desk.person)
    said = {"variant": view.variant, "ending": view.ending, **press.inputs}
    variant = said["variant"] if said["variant"] in set(Variant) else view.variant
    ending = said["ending"] if said["ending"] in set(Ending) else view.ending
    fields = {"variant": Variant(variant), "ending": Ending(ending), "post": pressed.said("post")}
    text = draft(replace(view, **fields), await at.desk.scene_of(opened.case)).text
    opened = await _done(at, reading.filled(pressed, text, **fields))
    return Answer(in_place=await _card(at, opened, pressed.step))


async def save_letter(at: Answering, press: Press) -> Answer:
    """[Forhåndsvis]: kept, looked through, and shown."""
    pressed = Pressed(press, at.desk)
    opened, _ = await _kept(at, pressed)
    return Answer(in_place=await _card(at, opened, pressed.step))


async def fetch_letter(at: Answering, press: Press) -> Answer:
    """The letter as it stands, as a file. It carries nothing of the case besides its words."""
    pressed = Pressed(press, at.desk)
    opened, text = await _kept(at, pressed)
    scene = await at.desk.scene_of(opened.case)
    today, step = local(at.desk.now()).date(), pressed.step
    name = _danish(scene).plain("letters.name.letter", number=_number(step), day=today.isoformat())
    about = About(Kind.LETTER, opened.case.id, step)
    await _offered(at, about, name, _letter(opened, step, text, today, scene))
    return Answer(in_place=await _card(at, opened, pressed.step))


async def send_letter(at: Answering, press: Press) -> Answer:
    """It was sent. Where that cannot be noted, the words are a draft, and the card says what to put right."""
    pressed = Pressed(press, at.desk)
    opened = await _done(at, reading.looking(pressed))
    text = await _text(at, pressed, opened)
    try:
        done = await _done(at, reading.sent(pressed, text))
    except Refused as refused:
        if refused.key not in KEPT_INSTEAD:
            raise
        opened, _ = await _kept(at, pressed)
        return Answer(in_place=await _card(at, opened, pressed.step, refused.key, press))
    view = view_of(done, "step", pressed.step, at.desk.person, at.desk.now())
    return Answer(in_place=show(view, await at.desk.scene_of(done.case)))


async def fetch_journal(at: Answering, press: Press) -> Answer:
    """A letter as it was sent, with what the document system wants to know of it in the file's own properties."""
    pressed = Pressed(press, at.desk)
    opened = await _done(at, reading.looking(pressed, sent=True))
    scene = await at.desk.scene_of(opened.case)
    named, sent = press.args.get("letter"), opened.case.letters.of(pressed.step)
    meant = next((one for one in sent if one.id == named), sent[-1])
    about = About(Kind.JOURNAL, opened.case.id, pressed.step)
    await _offered(at, about, *_for_the_journal(opened, meant, scene))
    return Answer(word=_shown_below(scene))


def _for_the_journal(opened: Opened, sent: Sent, scene: Scene) -> tuple[str, Letter]:
    say, case = _danish(scene), opened.case.id
    number = text_of(opened.texts, sent.journal) or say.plain("letters.word_file.unnumbered")
    said = say.plain("letters.word_file.metadata", day=sent.sent_on.isoformat(), journal=number)
    kind = say.plain(f"letters.{sent.step}.title")
    letter = _letter(opened, sent.step, text_of(opened.texts, sent.id), sent.sent_on, scene)
    name = {"case": case, "number": _number(sent.step), "day": sent.sent_on.isoformat()}
    return say.plain("letters.name.journal", **name), replace(letter, case=case, kind=kind, said=said)


def _letter(opened: Opened, step: StepId, text: str, day: date, scene: Scene) -> Letter:
    """Just what its card shows."""
    authority = scene.place.authority
    return Letter(authority, _subject(opened, step, scene), text, day, frame(step, authority, day, _danish(scene)))


def _number(step: StepId) -> str:
    return str(skeleton()[step].number)


async def _offered(at: Answering, about: About, name: str, letter: Letter) -> None:
    """The same letter pressed twice is asked about once."""
    content = await asyncio.to_thread(letter_file, letter)
    file = File(f"{name}{ENDING}", WORD, content)
    await at.desk.office.delivery.offer_once(at.desk, file, about, f"{about.case}|{letter}")


# -- the letter as it stands -----------------------------------------------------------------------------------------


async def _done(at: Answering, command) -> Opened:
    done = await at.desk.done(command)
    at.desk.shows(done.case.id)
    return Opened(done.case, done.texts)


async def _kept(at: Answering, pressed: Pressed) -> tuple[Opened, str]:
    """The words on the card as the draft, and what they are."""
    opened = await _done(at, reading.looking(pressed))
    text = await _text(at, pressed, opened)
    known = letter_view(opened.case, pressed.step, opened.texts, at.desk.person).text
    return await _done(at, reading.drafted(pressed, opened.case, text, known)), text


async def _text(at: Answering, pressed: Pressed, opened: Opened) -> str:
    """What stands on the card; pressed without it (a typed word), the draft, or what the template says."""
    if "text" in pressed.press.inputs:
        return pressed.said("text")
    view = letter_view(opened.case, pressed.step, opened.texts, at.desk.person)
    return view.text or draft(view, await at.desk.scene_of(opened.case)).text


async def _card(at: Answering, opened: Opened, step: StepId, refused: str = "", press: Press | None = None):
    """`press`: what was refused; what stood in its fields stands there again."""
    scene = await at.desk.scene_of(opened.case)
    filled_in = _filled_in(Pressed(press, at.desk)) if press else {}
    view = letter_view(opened.case, step, opened.texts, at.desk.person)
    view = replace(view, refused=refused, filled_in=filled_in)
    if view.links and not view.text:  # they stand there to be read, as on »Vis«
        await at.desk.done(OpenItem(case=view.case, by=at.desk.person, item=opened.case.originator.links))
    return show(_for_reader(at, view, opened, scene), scene)


def _filled_in(pressed: Pressed) -> dict[str, str]:
    """As it was meant then: »i går«, or no day at all, is another day when the answer comes tomorrow."""
    found = {name: pressed.said(name) for name in SENT}
    with suppress(Refused):  # a day that cannot be read is what was refused
        found["date"] = reading.sent_on(pressed).isoformat()
    return found


def _for_reader(at: Answering, view: LetterView, opened: Opened, scene: Scene) -> LetterView:
    """Only whoever has the case knows whom a letter must not name; to a helper it would tell who that is."""
    if at.desk.person != opened.case.recipient:
        return replace(view, affected=())
    text = view.text or draft(view, scene).text
    names = [found.name for person in opened.case.affected if (found := scene.people.get(person))]
    marks = () if view.step == AUTHOR else _marks(view.step, opened, scene)
    return replace(view, named=named_in(text, names, marks))


def _marks(step: StepId, opened: Opened, scene: Scene) -> tuple[str, ...]:
    """By what the one behind it is known. A site must be told where it is: the links are no news to it."""
    behind = opened.case.originator
    if behind is None:
        return ()
    items = (behind.identifier, *([] if step == SITE else [behind.links]))
    person = scene.people.get(behind.person) if behind.person else None
    return (*(text_of(opened.texts, item) for item in items), person.name if person else "")


def _subject(opened: Opened, step: StepId, scene: Scene) -> str:
    return draft(letter_view(opened.case, step, opened.texts), scene).subject


def _danish(scene: Scene) -> Texts:
    """Letters are in Danish, whoever writes them."""
    return Texts("da", scene.guide.catalogues["da"])


def _shown_below(scene: Scene) -> str:
    return scene.say.plain("common.shown_below")


SHOWING: Mapping[str, Showing] = {
    "write_letter": write_letter,
    "fill_letter": fill_letter,
    "save_letter": save_letter,
    "fetch_letter": fetch_letter,
    "send_letter": send_letter,
    "fetch_journal": fetch_journal,
}
"""Verb → what it shows."""

"""What a letter says: the guide's words or our own, filled in. In Danish as it is sent, in English to be understood."""

import re
from dataclasses import dataclass
from datetime import date

from cards.scene import Scene
from cards.words import Texts
from casework.letters import AUTHOR, DATATILSYNET, MANAGEMENT, RUNGS, SITE, TEAM
from casework.texts import Language
from casework.views import LetterView
from casework.vocabulary import Medium, StepId

HARD = "\xa0"
GAP = re.compile(r"\n{3,}")
PLACES = (Medium.FACEBOOK, Medium.INSTAGRAM)
"""Media with a name of their own."""
DATATILSYNETS_MAIL = "datatilsynet"


@dataclass(frozen=True)
class Draft:
    """The letter's subject and its words, without any mark-up."""

    subject: str
    text: str


@dataclass(frozen=True)
class Frame:
    """What stands around the words, on the card as in the file. `below`: a paragraph each."""

    sender: str = ""
    day: str = ""
    below: tuple[str, ...] = ()


def frame(step: StepId, authority: str, day: date, say: Texts) -> Frame:
    """Nothing around what is said aloud; only a name below what goes to one's own leader."""
    if step == TEAM:
        return Frame()
    regards, signature = say.plain("letters.frame.regards"), say.plain("letters.frame.signature")
    sender = "" if step == MANAGEMENT else authority
    return Frame(sender, _bare(say.letter_day(day)), (regards, *([sender] if sender else []), *signature.splitlines()))


def draft(view: LetterView, scene: Scene, language: Language = "da") -> Draft:
    """The letter as the template makes it of the fields."""
    say = Texts(language, scene.guide.catalogues[language])
    words = _to_the_author(view, scene, say) if view.step == AUTHOR else _other(view, scene, say)
    return Draft(_bare(say.plain(f"letters.{view.step}.subject")), GAP.sub("\n\n", _bare(words)).strip())


def post(view: LetterView, say: Texts) -> str:
    """When and where it was: as somebody wrote it, else the day and place the case knows."""
    if view.post is not None or view.began_on is None:
        return view.post or ""
    day = _bare(say.letter_day(view.began_on))
    places = [medium for medium in view.media if medium in PLACES]
    if len(view.media) != 1 or not places:
        return say.plain("letters.post.day", day=day)
    return say.plain("letters.post.day_and_place", day=day, place=say.plain(f"choices.medium.{places[0]}"))


def _to_the_author(view: LetterView, scene: Scene, say: Texts) -> str:
    key, when = "letters.ask_author", post(view, say)
    where = say.plain(f"{key}.where.{view.variant}", post=when) if when else ""
    ending = say.plain(f"{key}.ending.{view.ending}")
    return say.plain(f"{key}.body.{view.variant}", authority=scene.place.authority, where=where, ending=ending)


def _other(view: LetterView, scene: Scene, say: Texts) -> str:
    """Only the values that the letter has a place for are looked at."""
    values = {"authority": scene.place.authority, "post": post(view, say) or say.plain("letters.post.missing")}
    whom = "workplace" if view.nobody else "person"
    if view.step != DATATILSYNET:
        values["about"] = say.plain(f"letters.{view.step}.about.{whom}", authority=scene.place.authority)
    if view.step == MANAGEMENT:
        values["support"] = say.plain(f"letters.{view.step}.support.{whom}")
    if view.step in RUNGS:
        values["earlier"] = _earlier(view, say)
    if view.step == SITE:
        values["links"] = "\n".join(view.links) or say.plain("letters.post.no_link")
    if view.step == DATATILSYNET:
        values["mail"] = next(fact.value for fact in scene.guide.facts if fact.id == DATATILSYNETS_MAIL)
    return say.plain(f"letters.{view.step}.body", **values)


def _earlier(view: LetterView, say: Texts) -> str:
    """What was tried before, a sentence each (H13)."""
    keys = [f"again.{step}" if step == view.step else step for step, _ in view.earlier]
    days = [_bare(say.letter_day(day)) for _, day in view.earlier]
    tried = [say.plain(f"letters.earlier.{key}", day=day) for key, day in zip(keys, days, strict=True)]
    return " ".join(tried) or ("" if view.step == SITE else say.plain("letters.earlier.none"))


def _bare(words: str) -> str:
    """With ordinary spaces: it is copied into other programs."""
    return words.replace(HARD, " ")

"""The letter to Datatilsynet as a PDF, with the name and address that they want: other files they do not take (B11)."""

import asyncio

from bot.caseworker import Opened
from bot.desk import Desk
from cards.letter_text import DATATILSYNETS_MAIL, draft
from cards.scene import Scene
from cards.words import clean
from casework import views as w
from casework.calendar import local
from casework.letters import DATATILSYNET
from casework.projections import letter_view
from casework.projections.common import text_of


async def complaint(desk: Desk, opened: Opened, sender: str, view: w.Documentation, scene: Scene) -> bytes:
    """The workplace's as it was written or sent, else as the template says; the affected employee's in their name."""
    subject, text = _own(sender, scene) if _is_own(view, desk) else _of_the_workplace(opened, sender, scene)
    sheet = {
        "language": scene.say.language,
        "authority": "" if _is_own(view, desk) else clean(scene.place.authority),
        "day": scene.say.letter_day(local(view.made_at).date()),
        "title": subject,
        "parts": [clean(part) for part in text.split("\n\n") if part.strip()],
    }
    return await asyncio.to_thread(_typeset, sheet, view)


def _typeset(sheet: dict, view: w.Documentation) -> bytes:
    from bot.documents.typeset import LETTER, typeset  # only where one is made: 16 MB that few need

    return typeset(sheet, view.made_at, LETTER)


def _is_own(view: w.Documentation, desk: Desk) -> bool:
    return desk.person in view.affected


def _own(sender: str, scene: Scene) -> tuple[str, str]:
    mail = next(fact.value for fact in scene.guide.facts if fact.id == DATATILSYNETS_MAIL)
    said = {"mail": mail, "authority": scene.place.authority, "sender": sender}
    return scene.say.plain("packages.own_letter.subject"), scene.say.plain("packages.own_letter.body", **said)


def _of_the_workplace(opened: Opened, sender: str, scene: Scene) -> tuple[str, str]:
    view = letter_view(opened.case, DATATILSYNET, opened.texts)
    template, sent = draft(view, scene), opened.case.letters.of(DATATILSYNET)
    text = view.text or (text_of(opened.texts, sent[-1].id) if sent else "") or template.text
    signed = scene.say.plain("packages.letter.sender", sender=sender) if sender else ""
    return template.subject, text + signed

"""Letters: each as it is first drawn, with what was tried before, with somebody named in it, sent, and told of."""

from dataclasses import replace
from datetime import date

from casework.views import LetterLine, LetterView
from casework.vocabulary import Ending, ItemId, Medium, StepId, Variant
from tests.scenes import CASE, HOSTILE, JONAS, LONG_WORDS, METTE
from tests.scenes_employee import OPENED, mine
from tests.scenes_pieces import VERSION, done, opened
from tests.scenes_steps import companion, step

SATURDAY, SUNDAY = date(2026, 11, 21), date(2026, 11, 22)
AUTHOR, SITE = StepId("ask_author"), StepId("ask_site")


def letter(of: str = "ask_author", **changed: object) -> LetterView:
    """As it is drawn before anybody has written in it."""
    found = LetterView(
        case=CASE,
        version=VERSION,
        step=StepId(of),
        number=8,
        variant=Variant.POST,
        ending=Ending.COARSE,
        post=None,
        text="",
        began_on=SATURDAY,
        media=(Medium.FACEBOOK,),
        affected=(METTE,),
    )
    return replace(found, **changed)


def was_sent(of: str = "ask_author", number: int = 1, **changed: object) -> LetterLine:
    return replace(LetterLine(ItemId(f"letter-{number}"), StepId(of), SUNDAY, JONAS), **changed)


GUIDES = (
    "Københavns Kommune gør opmærksom på, at dine udtalelser i opslag af 21. november 2026 overskrider kommunens "
    "grænser for, hvad vores medarbejdere skal udsættes for."
)
CARDS = {
    "letter_author": letter(),
    "letter_author_first": letter(first=True),
    "letter_author_sms": letter(variant=Variant.SMS, ending=Ending.DEGRADING, media=(Medium.SMS_OR_CALL,)),
    "letter_author_without_a_day": letter(began_on=None, ending=Ending.HARASSING),
    "letter_author_fake_profile": letter(variant=Variant.FAKE_PROFILE, post="på Instagram i november 2026"),
    "letter_author_names_somebody": letter(text=f"Mette Lund skriver: {GUIDES}", named=("Mette Lund",)),
    "letter_author_not_sent": letter(text=GUIDES, refused="letter_in_future"),
    "letter_site_unfilled": letter(
        "ask_site",
        number=9,
        earlier=((AUTHOR, SATURDAY),),
        refused="letter_unfilled",
        filled_in={"date": "2026-11-22", "journal": "2026-4711", "share": "yes"},
    ),
    "letter_author_several_affected": letter(affected=()),
    "letter_site": letter("ask_site", number=9, earlier=((AUTHOR, SUNDAY),)),
    "letter_site_links": letter(
        "ask_site",
        number=9,
        earlier=((AUTHOR, SUNDAY),),
        links=("https://facebook.example/nord/7", "www.nord.example/8"),
    ),
    "letter_site_again": letter("ask_site", number=9, earlier=((AUTHOR, SATURDAY), (SITE, SUNDAY))),
    "letter_datatilsynet": letter("datatilsynet", number=10, earlier=((AUTHOR, SATURDAY), (SITE, SUNDAY))),
    "letter_datatilsynet_alone": letter("datatilsynet", number=10, post=""),
    "letter_management": letter("upper_management", number=20),
    "letter_talking_points": letter("inform_colleagues", number=18),
    "letter_talking_points_workplace": letter("inform_colleagues", number=18, nobody=True, affected=()),
    "letter_management_workplace": letter("upper_management", number=20, nobody=True, affected=()),
    "letter_site_workplace": letter("ask_site", number=9, nobody=True, affected=()),
    "letter_hostile": letter(text=HOSTILE, post=HOSTILE[:200], named=(HOSTILE,)),
    "letter_largest": letter(text=LONG_WORDS, post=LONG_WORDS[:200], named=tuple(f"navn {n}" for n in range(12))),
    "step_letter": step(opened("ask_author"), letter="new"),
    "step_letter_draft": step(opened("ask_author"), letter="draft"),
    "step_letter_sent": step(opened("ask_author"), letters=(was_sent(journal="2026-1234"),), letter="new"),
    "step_letter_sent_and_done": step(done("ask_author"), letters=(was_sent(),), letter="new"),
    "step_talking_points_said": step(
        opened("inform_colleagues"), letters=(was_sent("inform_colleagues"),), letter="new"
    ),
    "step_letters_many": step(
        opened("ask_site"),
        letters=tuple(was_sent("ask_site", number, journal=LONG_WORDS[:60]) for number in range(9)),
        letter="draft",
    ),
    "companion_letter": companion(opened("upper_management"), letters=(was_sent("upper_management"),), letter="new"),
    "employee_letters": mine("seen", **OPENED, letters=(was_sent(), was_sent("inform_colleagues", 2))),
    "employee_letter_shared": mine("seen", **OPENED, letters=(was_sent(text=GUIDES, shared=True),)),
    "employee_letters_largest": mine(
        "seen", **OPENED, letters=tuple(was_sent(number=n, text=LONG_WORDS, shared=True) for n in range(9))
    ),
}

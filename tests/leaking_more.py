"""The second case: Peter reports for Mette and Nadia what a citizen did; every field there is gets a mark of its own.

Jonas handles it to its end, twice; Ali asks the site to remove it. Sara's group hears of it, and nobody else does.
"""

from tests.crafted import Crafted, press
from tests.leaking import Told, gives, mark, opened

TODAY = "2026-11-22"


def profile(name: str) -> str:
    return f"https://www.facebook.com/{mark(name)}"


async def second_case(made: Told) -> str:
    await _reported(made)
    await _talked(made)
    await _held(made)
    await _accepts_and_police(made)
    await _at_the_workplace(made)
    await _removed(made)
    await _written_to(made)
    await _ended(made)
    return made.case


async def _reported(made: Told) -> None:
    s = made.s
    await s.report(
        s.peter,
        whom="colleague",
        people="Mette Lund, Nadia Krogh",
        account=mark("peter_account"),
        identifier=profile("peter_identifier"),
        links=profile("peter_links"),
    )
    made.case = (await s.case("peter")).id
    await gives(made, "peter")
    await made.does("jonas", "open_case")
    await made.does("jonas", "mark_seen")


async def _talked(made: Told) -> None:
    """What was agreed with each, updates to both and to one, and words both ways."""
    mette, nadia = made.s.id("mette"), made.s.id("nadia")
    unread = {"help": mark("unread_point"), "date": mark("unread_day"), "time": mark("unread_clock")}
    await made.does("jonas", "agree_points", unread, person=mette)
    for person in ("mette", "nadia"):
        points = {name: mark(f"jonas_{name}_{person}") for name in ("help", "tells", "contact", "other")}
        await made.does("jonas", "agree_points", points, person=made.s.id(person))
    await made.does("mette", "points_unfit", {"words": mark("mette_unfit")}, number="1")
    await made.does("nadia", "points_fit", number="1")
    for name, reader in (("both", "all"), ("mette", mette), ("nadia", nadia)):
        await made.does(
            "jonas", "give_update", {"update": mark(f"jonas_update_{name}"), "reader": reader}, place="case"
        )
    for person in (mette, nadia):
        await made.does("jonas", "open_messages", person=person)
    for person in ("mette", "nadia"):
        await made.does(person, "send_message", {"words": mark(f"{person}_words")})
        await made.does("jonas", "open_messages", person=made.s.id(person))
        words = {"words": mark(f"jonas_words_{person}")}
        await made.does("jonas", "send_message", words, person=made.s.id(person))


async def _held(made: Told) -> None:
    """Anne of the legal staff has the number of the case; why it is held is read by those it is about."""
    await made.s.anne.install()
    for verb, inputs in (
        ("consult_case", {}),
        ("set_hold", {"reason": mark("anne_reason")}),
        ("lift_hold", {"reason": mark("anne_lifted")}),
    ):
        await press(made.s.anne, Crafted(verb, {}, inputs), made.case)
        await made.s.settled()


async def _accepts_and_police(made: Told) -> None:
    for step in ("documentation", "case_handling", "legal_staff", "safetynet"):
        await made.does("jonas", "complete_step", step=step)
    for kind in ("colleagues", "partners", "removal", "police"):
        await made.does("jonas", "ask_consent", kind=kind)
    for kind in ("colleagues", "partners"):
        for person in ("mette", "nadia"):
            await made.does(person, "answer_consent", kind=kind, answer="yes", wording=f"{kind}.1")
    tried = {"unreached": made.s.id("nadia"), "tried": mark("jonas_tried"), "legal_staff": mark("jonas_legal")}
    await made.does("jonas", "note_unreachable", tried, step="police_consent")
    assessed = {"assessment": "not_to_be_reported", "reason": mark("jonas_weighed")}
    await made.does("jonas", "assess_police", assessed)
    episode = next(iter((await opened(made, made.case)).case.episodes))
    for person in ("mette", "nadia"):
        said = {"outcome": "not_reported", "reason": mark(f"jonas_because_{person}")}
        await made.does("jonas", "record_outcome", {"question": f"{episode}|{made.s.id(person)}", **said})


async def _at_the_workplace(made: Told) -> None:
    risk = {name: mark(f"jonas_risk_{name}") for name in ("again", "meeting", "agreed", "follow_up_by")}
    await made.does("jonas", "assess_risk", {**risk, "follow_up_on": "2026-12-01"})
    for person in ("mette", "nadia"):
        kept = {"person": made.s.id(person), "ways": "door,other", "words": mark(f"jonas_door_{person}")}
        await made.does("jonas", "agree_protection", kept)
    for audience in ("team", "centres"):
        told = {"audience": audience, "who": mark(f"jonas_told_{audience}")}
        await made.does("jonas", "note_told", told)
    planned = {"who": mark("jonas_debriefing"), "date": "2026-11-30", "time": "10:00"}
    await made.does("jonas", "plan_debriefing", planned)


async def _removed(made: Told) -> None:
    """Whoever is behind it was asked and has said no; then Ali asks the site."""
    await _rung(made, "jonas", "ask_author")
    await made.does("jonas", "offer_step", {"to": made.s.id("ali")}, step="ask_site")
    await made.does("ali", "accept_step", step="ask_site")
    await _rung(made, "ali", "ask_site")


async def _rung(made: Told, who: str, step: str) -> None:
    await made.does(who, "try_rung", {"sent_on": TODAY, "where": mark(f"{who}_where")}, step=step)
    attempt = (await opened(made, made.case)).case.removal.attempts[-1].id
    said = {"replied_on": TODAY, "reply": mark(f"{who}_reply")}
    await made.does(who, "answer_rung", said, step=step, attempt=attempt)


async def _written_to(made: Told) -> None:
    """A letter from its fields to its second number, and one of Ali's."""
    step = "upper_management"
    await made.does("jonas", "write_letter", step=step)
    await made.does("jonas", "fill_letter", {"post": mark("jonas_post")}, step=step)
    await made.does("jonas", "save_letter", {"text": mark("jonas_draft")}, step=step)
    await made.does("jonas", "fetch_letter", {"text": mark("jonas_fetched")}, step=step)
    sent = {"text": mark("jonas_letter"), "date": TODAY, "journal": mark("jonas_number"), "share": "yes"}
    await made.does("jonas", "send_letter", sent, step=step)
    await made.does("jonas", "fetch_journal", step=step)
    await made.does("jonas", "journalise_letter", {"journal": mark("jonas_renumbered")}, step=step)
    sent = {"text": mark("ali_letter"), "date": TODAY, "journal": mark("ali_number")}
    await made.does("ali", "send_letter", sent, step="ask_site")


async def _ended(made: Told) -> None:
    """Closed, opened again by Mette; closed, opened again by Jonas."""
    await made.does("jonas", "ask_for_analysis")
    await made.does("jonas", "ask_if_missing")
    await made.does("mette", "answer_closing", {"words": mark("mette_missing")}, answer="something")
    await made.does("nadia", "answer_closing", {"words": mark("nadia_missing")}, answer="nothing")
    await made.does("jonas", "show_closing")
    await made.does("jonas", "close_case", {"journal": mark("unread_too_early")})
    await _closed(made, "first")
    await made.does("mette", "reopen_case", {"why": mark("mette_why")})
    await made.does("jonas", "open_case")
    await made.does("jonas", "ask_if_missing")
    await _closed(made, "second")
    await made.does("jonas", "reopen_case", {"why": mark("jonas_why")})


async def _closed(made: Told, time: str) -> None:
    for person in ("mette", "nadia"):
        await made.does(person, "answer_closing", {"words": mark(f"{person}_{time}")}, answer="nothing")
    await made.does("jonas", "show_closing")
    await made.does("jonas", "close_case", {"journal": mark(f"jonas_case_{time}")})
    await made.does("jonas", "show_case")

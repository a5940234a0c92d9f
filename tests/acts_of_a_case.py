"""What people do in a case that goes on: opened again, handed on, removed, closed, learned from. As in `tests.acts`."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.rehearsal.messages import Answer
from tests.acts import Act, press
from tests.story import SUNDAY, Story, local
from tests.test_calls import rings
from tests.test_stories_closing import asked, closed, ended, police_settled, sent, workplace_is_done
from tests.test_stories_of_learning import TWO
from tests.test_stories_of_removal import letters_are_open, tries
from tests.test_stories_talk import agreed
from tests.test_stories_to_whom import two_cases

__all__ = ["LATER_ACTS", "says"]
CASE_NUMBER = r"VK-[0-9A-Z]{4}-[0-9A-Z]{3}"
TO_TOM = "giv tiltag 2 til Tom Riis senest 24. december"
ORAL = {"answer": "yes", "date": "2026-11-22", "time": "10:30", "how": "På gangen."}


def says(who: str, text: str) -> Act:
    async def said(s: Story) -> Answer:
        return await getattr(s, who).say(text)

    return said


def names_one(who: str, words: str) -> Act:
    """Somebody with two cases says which of them it is about, as they read it on their cards."""

    async def said(s: Story) -> Answer:
        chat = getattr(s, who)
        numbers = re.findall(CASE_NUMBER, str([one.card for one in chat.messages]))
        return await chat.say(f"{min(numbers)}: {words}")

    return said


async def long_closed(s: Story) -> None:
    await can_be_closed(s)
    await ended(s)
    await s.until(local(2027, 8, 25, 10))


async def a_form_for_what_is_new(s: Story) -> None:
    await long_closed(s)
    await s.does(s.mette, "new_episode")


async def to_one_of_two(s: Story) -> None:
    await two_cases(s)
    await s.jonas.say("skriv besked Jeg ringer i morgen")


async def asked_about_anew(s: Story) -> None:
    """The words were for Jonas, and Karin has the case now."""
    await s.report(s.mette)
    await s.mette.say("Kære Jonas, det her er kun til dig, og ikke til andre.")
    await s.passes(hours=30)
    await s.mette.press("Send til Jonas")


async def a_letter_with_something_left(s: Story) -> None:
    await sent(s)
    await s.jonas.say("brev 20")
    await s.does(s.jonas, "send_letter", {"date": "2026-11-21", "journal": "2026-4711"})


async def before_an_oral_answer(s: Story) -> None:
    await s.report(s.mette)
    await s.opened(s.jonas)
    await s.jonas.say("åbn 5")


async def asked_if_anything_is_missing(s: Story) -> None:
    await s.connect_group()
    await sent(s)
    await workplace_is_done(s)
    await asked(s)


async def can_be_closed(s: Story) -> None:
    await asked_if_anything_is_missing(s)
    await s.does(s.mette, "answer_closing", answer="nothing")
    await s.jonas.say("luk sagen")
    await s.does(s.jonas, "ask_for_analysis")
    await s.jonas.say("luk sagen")


async def wished(s: Story) -> None:
    await rings(s)


async def another_was_asked_to_ring(s: Story) -> None:
    await rings(s)
    await s.passes(hours=4)


async def two_wish(s: Story) -> None:
    await rings(s)
    await s.lise.say("ring til mig")
    await s.does(s.lise, "choose_call", person=s.id("jonas"))


async def two_steps_are_done(s: Story) -> None:
    await sent(s)
    for words in ("færdig 3", "færdig 7"):
        await s.jonas.say(words)
    await s.settled()


async def two_are_closed(s: Story) -> None:
    for _ in range(2):
        await closed(s)
        await s.passes(minutes=5)


async def offered(s: Story) -> None:
    await sent(s)
    await s.jonas.say("giv 20 til Ali Demir")
    await s.settled()


async def is_asked(s: Story) -> None:
    await sent(s)
    await s.step(s.jonas, "ask_colleagues", "ask_consent", kind="colleagues")


async def was_tried(s: Story) -> None:
    await letters_are_open(s, date="2026-11-21", time="14:10")
    await tries(s, "ask_author", "2026-11-22", "Messenger")
    await s.jonas.say("åbn 8")


async def was_gone(s: Story) -> None:
    await was_tried(s)
    await s.does(s.jonas, "end_removal", step="ask_author")
    await s.passes(days=10)


async def measures_decided(s: Story) -> None:
    await s.analysis_taken()
    await s.does(s.sara, "finish_analysis", {"possible": "Ingen vidste det", "measures": TWO})


async def a_measure_is_toms(s: Story) -> None:
    await measures_decided(s)
    await s.sara.say(TO_TOM)
    await s.until(SUNDAY + timedelta(days=33))


async def points_written(s: Story) -> None:
    await s.report(s.mette)
    await s.opened(s.jonas)
    await agreed(s)


async def written_to(s: Story) -> None:
    await sent(s)
    await s.mette.say("skriv besked Det sker stadig.")
    await s.settled()


async def oral(s: Story) -> Answer:
    """As it was said on the way, before Værn was asked."""
    return await press("jonas", "record_oral_consent", {**ORAL, "person_episode": f"|{s.id('mette')}"})(s)


async def to_mette(s: Story) -> Answer:
    return await press("jonas", "send_words", to=s.id("mette"))(s)


async def read(s: Story) -> Answer:
    return await press("jonas", "open_messages", person=s.id("mette"))(s)


async def takes_the_analysis(s: Story) -> None:
    await s.connect_group()
    await s.report(s.mette)
    await s.opened(s.jonas)
    await police_settled(s)
    await s.until(SUNDAY + timedelta(days=15))


NEW = {"certainty": "exact", "date": "2027-08-25", "time": "08:00"}
LATER_ACTS: dict[str, tuple[Callable[[Story], Awaitable[None]], Act, str]] = {
    "a closed case is opened again": (long_closed, press("mette", "reopen_case", {"why": "Det er tilbage."}), "mette"),
    "a leader opens it again by a word": (long_closed, says("jonas", "åbn sagen igen: Et nyt opslag"), "jonas"),
    "it has happened again": (a_form_for_what_is_new, press("mette", "report_new_episode", NEW), "mette"),
    "a message to one of two": (to_one_of_two, to_mette, "jonas"),
    "words for whoever has the case now": (asked_about_anew, press("mette", "send_words"), "mette"),
    "a letter sent as it stands": (
        a_letter_with_something_left, press("jonas", "send_letter", as_it_stands="yes"), "jonas",
    ),
    "an oral yes": (before_an_oral_answer, oral, "jonas"),
    "nothing is missing": (asked_if_anything_is_missing, press("mette", "answer_closing", answer="nothing"), "mette"),
    "the case is closed": (can_be_closed, press("jonas", "close_case", {"journal": "2026-118822"}), "jonas"),
    "whoever was asked has rung": (wished, press("jonas", "make_call"), "jonas"),
    "whoever was asked before has rung": (another_was_asked_to_ring, says("jonas", "har ringet"), "jonas"),
    "one of two has been rung, by a word": (two_wish, names_one("jonas", "har ringet"), "jonas"),
    "one of two is opened again by a word": (two_are_closed, names_one("mette", "åbn sagen igen"), "mette"),
    "a step is undone by a word": (two_steps_are_done, says("jonas", "fortryd"), "jonas"),
    "a step is taken by a word": (offered, says("ali", "jeg tager den"), "ali"),
    "a yes by a word": (is_asked, says("mette", "ja"), "mette"),
    "it is gone": (was_tried, press("jonas", "end_removal", step="ask_author"), "jonas"),
    "it is there again": (was_gone, says("jonas", "det er der igen"), "jonas"),
    "the group's form is taken": (takes_the_analysis, press("group", "take_analysis"), "group"),
    "a measure is given to somebody": (measures_decided, says("sara", TO_TOM), "sara"),
    "a measure is done": (a_measure_is_toms, press("tom", "answer_follow_up", answer="done"), "tom"),
    "what was agreed does not fit": (points_written, press("mette", "points_unfit", {"words": "Ikke sms."}), "mette"),
    "words are read": (written_to, read, "jonas"),
}  # fmt: skip

"""What people do in a chat, each with what went before it, for tests that let the same come twice."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.rehearsal.chat import Upload
from bot.rehearsal.messages import Answer
from tests.story import FORMS, ORDINARY, Story
from tests.test_stories import PICTURE

Act = Callable[[Story], Awaitable[Answer]]
POST = Upload("opslag.png", PICTURE, "image/png")


async def nothing(s: Story) -> None:
    """Before the first word."""


async def begun(s: Story) -> None:
    await s.mette.say("noget er sket")
    await s.mette.press("Næste", {"whom": "me"})


async def ready(s: Story) -> None:
    """Everything is told; Send is left."""
    await s.connect_group()
    await s.mette.say("noget er sket")
    answers = {**ORDINARY, "recipient": s.id("jonas")}
    for form in FORMS:
        await s.mette.press("Næste", {name: answers[name] for name in form if name in answers})


async def opened(s: Story) -> None:
    await ready(s)
    await s.mette.press("Send")
    await s.settled()
    await s.does(s.jonas, "open_case")


async def at_the_talk(s: Story) -> None:
    await opened(s)
    await s.jonas.say("åbn 1")


async def talked(s: Story) -> None:
    await at_the_talk(s)
    await s.does(s.jonas, "complete_step", step="talk")


async def asked(s: Story) -> None:
    """Whether colleagues may be told is asked of Mette."""
    await opened(s)
    await s.step(s.jonas, "ask_colleagues", "ask_consent", kind="colleagues")


async def choosing(s: Story) -> None:
    await s.mette.say("ring til mig")


async def writing(s: Story) -> None:
    await opened(s)
    await s.does(s.mette, "write_in_case")


async def at_a_draft(s: Story) -> None:
    await s.mette.say("De har skrevet om mig.")
    await s.mette.install()


def press(who: str, verb: str, inputs: dict[str, str] | None = None, **args: str) -> Act:
    """Presses the newest such button."""

    async def pressed(s: Story) -> Answer:
        chat = s.group if who == "group" else getattr(s, who)
        message, action = s.button(chat, verb, **args)
        return await chat.press(action, inputs or {}, card=message)

    return pressed


def say(text: str, *files: Upload) -> Act:
    return lambda s: s.mette.say(text, files=files)


def leaders_button(s: Story) -> Awaitable[Answer]:
    return press("mette", "choose_call", person=s.id("jonas"))(s)


WHAT = {"account": "Der er et opslag om mig.", "forms": "degrading,threats"}
ACTS: dict[str, tuple[Callable[[Story], Awaitable[None]], Act, str]] = {
    "the first words, before any report": (nothing, say("De har skrevet om mig."), "mette"),
    "the first words with two pictures": (nothing, say("De har skrevet om mig.", POST, POST), "mette"),
    "a piece of the account": (begun, say("De har skrevet om mig."), "mette"),
    "pictures in a report": (begun, say("", POST, replace(POST, name="", inline=True)), "mette"),
    "a form": (begun, press("mette", "report_next", WHAT), "mette"),
    "a form and stop": (begun, press("mette", "report_stop", WHAT), "mette"),
    "Send": (ready, press("mette", "report_send"), "mette"),
    "a typed send": (ready, say("send"), "mette"),
    "more words in an open case": (writing, say("De har skrevet igen."), "mette"),
    "more pictures in an open case": (writing, say("De har skrevet igen.", POST), "mette"),
    "a step is done": (at_the_talk, press("jonas", "complete_step", step="talk"), "jonas"),
    "a step is undone": (talked, press("jonas", "undo_step", step="talk"), "jonas"),
    "a note": (at_the_talk, press("jonas", "note_step", {"note": "Vi taler i morgen."}, step="talk"), "jonas"),
    "the group takes its step": (opened, press("group", "take_step"), "group"),
    "an answer to an accept": (asked, press("mette", "answer_consent", answer="yes", kind="colleagues"), "mette"),
    "a wish for a call": (choosing, leaders_button, "mette"),
}
"""What somebody does: what went before, the act, whose chat it is in."""

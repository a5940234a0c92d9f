"""Words between a leader and the employee, after the case has gone on to another leader."""

from casework.commands import MoveCase
from casework.vocabulary import VAERN
from tests.story import Story, said, story
from tests.test_stories_unreached import NOT_ALLOWED

WORDS = "Hej Mette, jeg har skrevet til ham nu."


async def moved(s: Story, former: str, to: str) -> None:
    command = MoveCase(case=(await s.case()).id, by=VAERN, former=s.id(former), to=s.id(to))
    await s.app.office.caseworker.carry_out(command)
    await s.settled()


async def jonas_has_written(s: Story) -> None:
    """Both have written, and seen nothing of it yet; then the case went to Karin, and on to Birgit."""
    await s.report(s.mette)
    await s.opened(s.jonas)
    await s.mette.say("skriv besked Jeg så det igen i dag.")
    await s.settled()
    await s.jonas.say(f"skriv besked {WORDS}")
    await s.settled()
    await moved(s, "jonas", "karin")
    await moved(s, "karin", "birgit")


async def test_a_leader_who_has_not_opened_the_case_reads_no_word_and_no_name_of_what_others_write_in_it():
    async with story() as s:
        await jonas_has_written(s)
        await s.does(s.mette, "open_messages")
        await s.mette.say("skriv besked Er du der?")
        await s.settled()
        await s.birgit.say("vis beskeder")
        await s.passes(hours=1)

        for hidden in ("Mette", "Jonas", WORDS, "Er du der?"):
            assert hidden not in said(s.birgit)
        assert said(s.birgit).count("Der er brug for dig") > 0 and "messages_read" in await s.facts()
        await s.does(s.birgit, "open_case")
        assert "2 beskeder fra Mette er ikke læst" in said(s.birgit)


async def test_words_stay_whose_they_were_when_another_has_the_case_for_her_and_for_mette():
    async with story() as s:
        await jonas_has_written(s)
        await s.opened(s.birgit)
        await s.birgit.say("vis beskeder")
        await s.settled()

        assert "Jonas skrev i dag" in said(s.birgit) and "Du skrev" not in said(s.birgit)
        await s.does(s.birgit, "open_messages")
        assert "Set af Birgit" in said(s.mette) and "Jonas har skrevet til dig" in said(s.mette)
        assert "Birgit har skrevet til dig" not in said(s.mette)
        await s.birgit.say("skriv besked Det er jeg.")
        await s.settled()
        assert "Birgit har skrevet til dig" in said(s.mette) and "Jonas skrev i dag" in said(s.mette)


ONLY_FOR_JONAS = "Kære Jonas, det her er kun til dig, og ikke til andre."


async def nobody_is_reached(s: Story) -> None:
    s.shut("jonas", "karin", "birgit")
    s.ways.install_fails = NOT_ALLOWED
    await s.report(s.mette)


async def test_words_for_one_leader_go_to_nobody_unasked_while_nobody_has_the_case():
    async with story() as s:
        await nobody_is_reached(s)
        await s.mette.say(ONLY_FOR_JONAS)
        await s.does(s.mette, "send_words")
        assert "Ingen har sagen lige nu" in said(s.mette) and "message_written" not in await s.facts()
        s.channel.unreachable.clear()
        await s.birgit.install()
        await s.settled()
        await s.opened(s.birgit)
        await s.does(s.mette, "send_words", reader="whoever-comes")

        assert ONLY_FOR_JONAS not in said(s.birgit) and "message_written" not in await s.facts()
        assert s.has(s.mette, "send_words", reader=s.id("birgit"))


async def test_whoever_would_have_anybody_read_it_puts_it_in_the_case_that_nobody_has_yet():
    async with story() as s:
        await nobody_is_reached(s)
        await s.mette.say(ONLY_FOR_JONAS)
        await s.does(s.mette, "send_words")
        await s.mette.press("Læg i sagen")
        await s.settled()

        assert "den, der får den, kan se det" in said(s.mette) and "message_written" in await s.facts()


async def test_words_for_one_leader_reach_no_other_when_the_case_goes_on_in_the_moment_they_are_sent():
    async with story() as s:
        await s.report(s.mette)
        await s.mette.say("Kære Jonas, det her er kun til dig, og ikke til andre.")
        really = s.app.store.append

        async def overtaken(*what, **how) -> None:
            s.app.store.append = really
            await s.app.office.caseworker.carry_out(
                MoveCase(case=(await s.case()).id, by=VAERN, former=s.id("jonas"), to=s.id("karin"))
            )
            await really(*what, **how)

        s.app.store.append = overtaken
        await s.mette.press("Send til Jonas")
        await s.settled()
        await s.opened(s.karin)
        assert "kun til dig" not in said(s.karin) and "message_written" not in await s.facts()
        await s.mette.press("Send til Karin")
        await s.settled()

        assert "message_written" in await s.facts()

"""The health and safety group's channel: what may be done in it, and by whom."""

from tests.story import story


async def test_a_member_chooses_the_channels_language_and_the_next_card_is_written_in_it():
    async with story() as s:
        await s.connect_group()
        await s.group.say("english", by=s.id("sara"))
        await s.report(s.mette)

        assert "Værn writes in English here from now on." in s.group.texts
        assert "A case has been opened" in str(s.group.last_card)


async def test_somebody_who_only_reads_along_cannot_choose_it():
    async with story() as s:
        await s.connect_group()
        await s.group.say("english", by=s.id("peter"))
        await s.report(s.mette)

        assert "Det kan kun gøres af et medlem af arbejdsmiljøgruppen." in s.group.texts
        assert "Der er åbnet en sag" in str(s.group.last_card)

"""What was promised for a day comes, whatever else there is: SafetyNet's days, and what a full day holds back."""

from cards.show import as_text
from tests.story import Story, local, said, story
from tests.test_stories_closing import police_settled


def heads(chat, since: int) -> str:
    """All that came after so many messages."""
    return "\n".join(as_text(message.card) if message.card else message.text for message in chat.messages[since:])


async def reminded_of(s: Story, kind: str) -> list[str]:
    return sorted(name.split(":")[0] for name in (await s.case()).reminded if name.startswith(kind))


async def test_an_episode_of_weeks_ago_that_is_added_takes_no_safetynet_reminder_away():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.does(s.mette, "new_episode")
        when = {"certainty": "exact", "date": "2026-11-03", "time": "08:00"}
        await s.does(s.mette, "report_new_episode", when)
        for _ in range(15):
            await s.passes(days=1)

        assert await reminded_of(s, "safetynet") == ["safetynet_12", "safetynet_14", "safetynet_3", "safetynet_7"]


async def test_a_report_of_something_long_ago_is_reminded_of_safetynet_the_next_working_morning():
    async with story() as s:
        await s.report(s.mette, date="2026-11-08")
        await s.opened(s.jonas)
        await s.until(local(2026, 11, 23, 8, 59))
        assert await reminded_of(s, "safetynet") == []
        await s.until(local(2026, 11, 23, 9, 1))

        assert await reminded_of(s, "safetynet") == ["safetynet_14"]
        assert "Det er ikke anmeldt som arbejdsulykke endnu." in said(s.jonas)


async def test_after_safetynet_is_done_a_new_episode_is_asked_about_once():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await police_settled(s)
        await s.step(s.jonas, "safetynet", "complete_step")
        await s.until(local(2026, 11, 25, 12))
        await s.does(s.mette, "new_episode")
        when = {"certainty": "exact", "date": "2026-11-25", "time": "08:00"}
        await s.does(s.mette, "report_new_episode", when)
        before = len(s.jonas.messages)
        for _ in range(20):
            await s.passes(days=1)

        assert heads(s.jonas, before).count("Der er kommet en ny episode til, efter at trinnet blev lukket.") == 1


async def test_whoever_it_happened_to_long_ago_hears_it_from_a_human_first_and_from_vaern_after_three_working_days():
    async with story() as s:
        await s.report(s.lise, whom="colleague", people="Mette Lund", date="2026-11-10")
        assert s.mette.messages == ()
        await s.until(local(2026, 11, 26, 8, 59))
        assert s.mette.messages == ()
        await s.until(local(2026, 11, 26, 9, 1))

        assert "VK-" in said(s.mette)

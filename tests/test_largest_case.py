"""The largest case there can be, on the real way: every card that is sent stays under what Teams takes."""

import json
from datetime import timedelta

from casework.reporting import MOST_EPISODES
from tests.story import SUNDAY, said, story

MOST_BYTES = 28 * 1024


async def test_with_as_many_episodes_as_there_can_be_every_card_that_is_sent_stays_small():
    async with story() as s:
        await s.report(s.mette, whom="several", people="Lise Bech\nNadia Krogh\nPeter Vang\nTom Riis")
        await s.opened(s.jonas)
        for number in range(1, MOST_EPISODES):
            day = (SUNDAY - timedelta(days=1 + number % 3)).date().isoformat()
            await s.mette.say("ny episode")
            await s.mette.press("Gem", {"certainty": "exact", "date": day, "time": f"0{number % 9}:{10 + number}"})
        await s.settled()
        for step in ("talk", "legal_staff"):
            await s.step(s.jonas, step)
        await s.step(s.jonas, "police_consent", "ask_consent", kind="police")
        await s.mette.say("ny episode")
        await s.mette.press("Gem", {"certainty": "exact", "date": "2026-11-20", "time": "23:59"})

        assert len((await s.case()).episodes) == MOST_EPISODES and "20 episoder" in said(s.mette)
        cards = [message.card for chat in s.channel.chats for message in chat.messages if message.card]
        assert max(len(json.dumps(card, ensure_ascii=False).encode()) for card in cards) < MOST_BYTES

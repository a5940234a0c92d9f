"""Words that somebody wrote and never said a place for: kept with their conversation, encrypted, and not for ever."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.keeping.records import Record, Records
from bot.keeping.sweeping import sweep_every
from bot.stores.turns import Turns

LIVES = timedelta(days=14)
ROUND = timedelta(hours=6)


class LooseWords:
    """`now` is the machine's time: how long somebody's words lie here is no matter of the case clock."""

    def __init__(self, records: Records, turns: Turns, now: Callable[[], datetime]) -> None:
        self.records, self.turns, self.now = records, turns, now

    async def sweep(self) -> None:
        """What has lain here that long, counted from the round that first saw it, is erased."""
        for conversation in await self.records.conversations():
            await self.turns.take(conversation, lambda known=conversation: self._swept(known))

    async def _swept(self, conversation: str) -> None:
        record = await self.records.get(conversation)
        if record is not None and (record.words or record.words_since) and self._forgets(record):
            await self.records.save(record)

    def _forgets(self, record: Record) -> bool:
        """Whether anything of the record is another than before."""
        before, now = (record.words, record.words_since), self.now()
        since = {word: record.words_since.get(word, now.isoformat()) for word in record.words}
        kept = {word: at for word, at in since.items() if now - datetime.fromisoformat(at) < LIVES}
        record.words = {word: text for word, text in record.words.items() if word in kept}
        record.words_since = kept
        return (record.words, record.words_since) != before

    async def run(self) -> None:
        """Never returns; cancelled at the end."""
        await sweep_every(ROUND, self.sweep, "words")

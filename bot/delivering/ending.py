"""What ends for a waiting file when something happens to its case: it is erased there and then.

`Delivery` asks again when somebody says yes, whatever was missed here.
"""

import structlog

from bot.delivering.offered import OfferedFiles
from casework.case import Case
from casework.commands import Command, HandOn, MoveCase, NoteLeft, NoteWay, WithdrawItem
from casework.vocabulary import CaseId

log = structlog.get_logger()

HANDS_ON = HandOn | MoveCase | NoteLeft | NoteWay


class WaitingFilesEnd:
    """Alongside the caseworker."""

    def __init__(self, offered: OfferedFiles) -> None:
        self.offered = offered

    async def before(self, case: Case, command: Command) -> None:
        """Withdrawn: every file it is in. In other hands: what the former leader was offered."""
        if not isinstance(command, WithdrawItem | HANDS_ON):
            return
        try:
            await self._drop(case, command)
        except Exception as fault:  # nobody's withdrawal waits for it: it is asked again at the yes
            log.error("waiting_files_not_dropped", case=case.id, reason=type(fault).__name__)

    async def _drop(self, case: Case, command: Command) -> None:
        for offer in await self.offered.of_case(case.id):
            if isinstance(command, WithdrawItem):
                over = command.item in offer.about.items
            else:
                over = offer.person in case.formers
            if over:
                await self.offered.drop(offer.id)

    def after(self, case: Case, command: Command) -> None:
        """Nothing: it is done already."""

    async def erased(self, case: CaseId) -> None:
        """What is left of a case under another key than its own goes before it does."""
        await self.offered.erase(case)

    async def stays(self, case: CaseId) -> None:
        """Nothing: a file that waited no more is asked for again."""

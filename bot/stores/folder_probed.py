"""Whether a case can be written, read and erased in this folder: asked with a case of its own, while no bot runs."""

from datetime import UTC, datetime
from pathlib import Path

from bot.stores import Commit, UnreadableFile
from bot.stores.case_folder import CaseFolder
from bot.stores.files import make_folder
from bot.stores.tinydb_store import alone
from bot.stores.vault import Vault

PROBE = "probe"
"""No case's id: those are drawn as VK-…."""
ONE_STEP = Commit(datetime(2000, 1, 1, tzinfo=UTC), texts={PROBE: PROBE}, apart=frozenset({PROBE}))


def probe(folder: Path, vault: Vault) -> tuple[int, int]:
    """Writes, reads and erases a case of its own in that store; gives how many of the others can be read, of how many.

    StoreInUse when a process has it open; OSError or UnreadableFile when it cannot be done. Nothing is put in order.
    """
    with alone(folder):
        cases = FolderProbed(folder, vault)
        cases.probe()
        return cases.readable()


class FolderProbed(CaseFolder):
    """Another case beside those that are there, for a moment."""

    def readable(self) -> tuple[int, int]:
        """How many cases can be read, and how many files there are to read. Nothing is set aside, as at a start."""
        stock = self._look_round()
        return len(stock.found), len(stock.found) + len(stock.unreadable)

    def probe(self) -> None:
        """Write, read and erase a case under an id that no case can get. Nothing else is touched, nothing is left
        behind, not even in the erasure log. OSError or UnreadableFile: it cannot be done here."""
        for folder in (self._open, self._closed, self._blobs):
            make_folder(folder)
        self._destroy(PROBE)
        self.vault.make_key(PROBE)
        try:
            with self.opened(PROBE, new=True) as file:
                file.append(ONE_STEP, 0)
            with self.opened(PROBE, new=False) as file:
                if file.stored().texts != {PROBE: PROBE}:
                    raise UnreadableFile(f"{PROBE} is not what was written.")
        finally:
            self._destroy(PROBE)

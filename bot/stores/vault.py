"""Keys and encryption. What is kept can be read only here, only as what it was kept as, and not at all once erased.

    <folder>/check          tells a wrong master key from the right one before anything else is touched
    <folder>/shelves        what the keys of documents that are no case follow from, wrapped by the master key
    <folder>/keys/<case>    the case's own key, wrapped by the master key; without it the case is gone
    <folder>/items/<case>   keys of single texts and uploads of the case, sealed by its key (`key_slots.py`)
    <folder>/former         only while the master key is being changed (hand_over): the one before

A key that is there is never drawn again; `sealing.py` says how anything is locked with it.
"""

import contextlib
import re
import secrets
from pathlib import Path

from bot.stores import UnreadableFile, WrongKey
from bot.stores.files import make_folder, remove_file, remove_leftovers, replace_file, wipe_file, write_durably
from bot.stores.key_slots import KeySlots
from bot.stores.sealing import (
    CHECK,
    KEY_BYTES,
    MASTER_KEY,
    OLD_CHECK,
    BadMasterKey,
    Cipher,
    MasterKey,
    master_key_from,
)

__all__ = ["BadMasterKey", "Cipher", "MasterKey", "Vault", "checked_name", "fits", "is_name", "master_key_from"]

SHELVES, FORMER, ITEMS = "shelves", "former", "items"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,128}")


def is_name(text: str) -> bool:
    """Whether the text can be the id of a case or an item, and so a file's name: never a path."""
    return _NAME.fullmatch(text) is not None


def checked_name(text: str) -> str:
    if not is_name(text):
        raise ValueError(f"{text!r} is no id. Expected 1 to 128 of A-Z, a-z, 0-9, _ and -.")
    return text


def fits(folder: Path, master_key: bytes) -> bool:
    """Whether it is the master key of the vault in this folder, which is only looked at."""
    try:
        return MasterKey(master_key).opens((folder / "check").read_bytes())
    except OSError:
        return False


class Vault:
    """The keys of one installation. Opening it proves the master key; WrongKey otherwise, and nothing is touched.

    Its folder may lie apart from the data, so that a backup of the one cannot be read without the other.
    """

    def __init__(self, folder: Path, master_key: bytes) -> None:
        self.folder, self._keys, self._items = folder, folder / "keys", folder / ITEMS
        self._key, self._masters = master_key, (MasterKey(master_key),)
        self._ciphers: dict[str, Cipher] = {}
        self._prove_master_key(folder / "check")
        self._masters += self._former()
        self._secret = self._secret_of_shelves()
        self._names = MasterKey(master_key, self._secret)
        make_folder(self._keys), make_folder(self._items)

    def _prove_master_key(self, check: Path) -> None:
        if check.exists():
            if not self._masters[0].opens(check.read_bytes()):
                raise WrongKey(self._why_wrong(check))
        elif self.has_keys():
            raise WrongKey(f"{check} is gone, yet case keys are there. Nothing was touched; put it back from a backup.")
        else:
            make_folder(self.folder)
            self._make_secret()
            replace_file(check, self._masters[0].proof(CHECK))

    def _why_wrong(self, check: Path) -> str:
        why = f"The master key is not the one {self.folder} was made with (or {check.name} there is damaged). "
        if (self.folder / FORMER).exists():
            why = f"The master key of {self.folder} was being changed, and this is not the one in force. "
        return f"{why}Nothing was touched; set {MASTER_KEY} to the right one."

    def _make_secret(self) -> None:
        """Before the check says that it is there. Two processes may begin at once: the first one's holds for both."""
        path = self.folder / SHELVES
        sealed = self._masters[0].wrapped(SHELVES, SHELVES, secrets.token_bytes(KEY_BYTES))
        try:
            write_durably(path, sealed)
        except FileExistsError:
            if not self._opens(path, SHELVES):  # half-written by a start that died, or under another key
                replace_file(path, sealed)

    def _secret_of_shelves(self) -> bytes:
        check = (self.folder / "check").read_bytes()
        if self._masters[0].unwrapped("check", "check", check) == OLD_CHECK:
            return self._key
        try:
            return self._unwrapped(self.folder / SHELVES, SHELVES)
        except UnreadableFile:
            found = f"{self.folder / SHELVES} is gone or damaged"
            raise WrongKey(f"{found}. Nothing was touched; put it back from a backup.") from None

    # --- another master key ---

    def hand_over(self, new: bytes) -> None:
        """From now on the new master key opens everything, the old one nothing.

        One of the two does at every moment: the check's replacement is the step that counts, and what a death leaves
        to be done after it the next start does. For the one process that holds the case store's lock.
        """
        self.tidy()  # one former key is remembered, not two
        master = MasterKey(new)
        replace_file(self.folder / FORMER, master.wrapped(FORMER, FORMER, self._key))
        if self._secret == self._key:  # of old: from here on it lies wrapped, as everybody's
            replace_file(self.folder / SHELVES, master.wrapped(SHELVES, SHELVES, self._secret))
        replace_file(self.folder / "check", master.proof(CHECK))
        Vault(self.folder, new).tidy()

    def _former(self) -> tuple[MasterKey, ...]:
        """The master key before this one, while not everything is under this one yet."""
        path = self.folder / FORMER
        return (MasterKey(self._unwrapped(path, FORMER)),) if self._opens(path, FORMER) else ()

    def _rewrap(self, path: Path, kind: str) -> None:
        with contextlib.suppress(UnreadableFile):  # a damaged key is told when its case is opened
            replace_file(path, self._masters[0].wrapped(kind, path.name, self._unwrapped(path, kind)))

    def _opens(self, path: Path, kind: str) -> bool:
        with contextlib.suppress(UnreadableFile):
            return bool(self._unwrapped(path, kind))
        return False

    def _unwrapped(self, path: Path, kind: str) -> bytes:
        """What the master key wraps; while it is being changed, what the one before wraps too."""
        try:
            wrapped = path.read_bytes()
        except FileNotFoundError:
            raise UnreadableFile(f"{kind} {path.name} has no key in {path.parent}") from None
        for master in self._masters[1:]:
            with contextlib.suppress(UnreadableFile):
                return master.unwrapped(kind, path.name, wrapped)
        return self._masters[0].unwrapped(kind, path.name, wrapped)

    def tidy(self) -> None:
        """Removes what a death left half-written, and ends a change of the master key that it broke off.

        For the process that holds the case store's lock, at its start.
        """
        remove_leftovers(self.folder)
        remove_leftovers(self._keys)
        if self._masters[1:]:
            self._rewrap(self.folder / SHELVES, SHELVES)
            for path in [path for path in self._keys.iterdir() if is_name(path.name)]:
                self._rewrap(path, "key")
            self._masters = self._masters[:1]
        remove_file(self.folder / FORMER)

    def has_keys(self) -> bool:
        """Whether any case has a key here."""
        return self._keys.is_dir() and any(is_name(path.name) for path in self._keys.iterdir())

    def has_key(self, case: str) -> bool:
        return (self._keys / checked_name(case)).exists()

    def make_key(self, case: str) -> None:
        """A key for the case, durable on return: before the first thing it locks. One that is there is kept."""
        if not self.has_key(case):
            replace_file(self._keys / case, self._masters[0].new_wrapped(case))

    def destroy_key(self, case: str) -> None:
        """After this nobody can read the case, whatever copies of its files there are. Durable on return."""
        self._ciphers.pop(case, None)
        wipe_file(self._keys / checked_name(case))
        wipe_file(self._items / case)

    def of_case(self, case: str) -> Cipher:
        """What seals and opens the case's files; UnreadableFile when it has no key here."""
        if case not in self._ciphers:
            self._ciphers[case] = Cipher(self._unwrapped(self._keys / checked_name(case), "key"))
        return self._ciphers[case]

    def of_items(self, case: str) -> KeySlots:
        """The own keys of its texts and uploads; UnreadableFile when the case has no key here."""
        return KeySlots(self._items / case, case, self.of_case(case))

    def of_shelf(self, shelf: str) -> Cipher:
        return self._names.of_shelf(shelf)

    def hidden(self, shelf: str, key: str) -> str:
        return self._names.hidden(shelf, key)

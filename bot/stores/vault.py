"""Keys and encryption. What is kept can be read only here, only as what it was kept as, and not at all once erased.

    <folder>/check          tells a wrong master key from the right one before anything else is touched
    <folder>/keys/<case>    the case's own key, wrapped by the master key; without it the case is gone

AES-256-GCM throughout, with the kind and the name of a file as associated data: one file cannot be put in another's
place. Every key and nonce is drawn here; this is the edge where chance enters the stores.
"""

import base64
import binascii
import contextlib
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.stores import UnreadableFile, WrongKey

KEY_BYTES = 32
MASTER_KEY = "VAERN_MASTER_KEY"

_FORMAT = b"\x01"  # first byte of every sealed file: another way of sealing is another number
_NONCE_BYTES = 12
_CHECK = b"vaern"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,128}")
_LEFTOVER = ".tmp"


class BadMasterKey(ValueError):
    """The master key is missing or no base64 of 32 bytes. The message says where it was looked for."""


def is_name(text: str) -> bool:
    """Whether the text can be the id of a case or an item, and so a file's name: never a path."""
    return _NAME.fullmatch(text) is not None


def checked_name(text: str) -> str:
    if not is_name(text):
        raise ValueError(f"{text!r} is no id. Expected 1 to 128 of A-Z, a-z, 0-9, _ and -.")
    return text


# --- files that are replaced whole or not at all ---


def replace_file(path: Path, content: bytes) -> None:
    """Puts the content in the path's place. Durable on return; a death on the way leaves the old file or the new."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_LEFTOVER}")
    try:
        _write_durably(draft, content)
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _write_durably(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def move_file(path: Path, to: Path) -> None:
    """Moves a file or folder within one disk. Durable on return."""
    os.replace(path, to)
    sync_folder(to.parent)
    sync_folder(path.parent)


def remove_file(path: Path) -> None:
    """Durable on return; no such file: nothing."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
        sync_folder(path.parent)


def make_folder(folder: Path) -> Path:
    """The folder, for its owner alone. Durable on return; there already: nothing."""
    if not folder.is_dir():
        make_folder(folder.parent)
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder, 0o700)
        sync_folder(folder.parent)
    return folder


def remove_leftovers(folder: Path) -> None:
    """Half-written files of a process that died. Only for the one process that writes here: others' would go too."""
    for draft in folder.glob(f".*{_LEFTOVER}"):
        draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- the master key ---


def master_key_from(environment: Mapping[str, str], key_file: Path | None, create: bool = False) -> bytes:
    """The 32 bytes everything else is locked with: `VAERN_MASTER_KEY`, or else the key file; base64 in both.

    `create` is for the rehearsal alone: a key file that is not there is made, readable for its owner only. Whoever
    asks for that looks whether the file exists beforehand, and says so. BadMasterKey otherwise.
    """
    if given := environment.get(MASTER_KEY, "").strip():
        return _decoded(given, MASTER_KEY)
    if key_file is None:
        raise BadMasterKey(f"{MASTER_KEY} is not set and no key file is named. Expected base64 of 32 random bytes.")
    if create and not key_file.exists():
        make_folder(key_file.parent)
        replace_file(key_file, base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
    try:
        return _decoded(key_file.read_text("ascii", "replace").strip(), str(key_file))
    except OSError as fault:
        found = f"the key file {key_file} cannot be read ({fault.strerror})"
        raise BadMasterKey(f"{MASTER_KEY} is not set and {found}. Expected base64 of 32 random bytes.") from fault


def _decoded(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadMasterKey(f"{where} is not base64. Expected base64 of 32 random bytes.") from None
    if len(key) != KEY_BYTES:
        raise BadMasterKey(f"{where} holds {len(key)} bytes. Expected base64 of 32 random bytes.")
    return key


# --- sealing ---


class Cipher:
    """AES-256-GCM under one key. What it seals opens only as the kind and name it was sealed as."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def seal(self, kind: str, name: str, content: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _FORMAT + nonce + self._aead.encrypt(nonce, content, _label(kind, name))

    def unseal(self, kind: str, name: str, sealed: bytes) -> bytes:
        """The content; UnreadableFile when it is damaged, another's, or sealed with another key."""
        start = len(_FORMAT) + _NONCE_BYTES
        if not sealed.startswith(_FORMAT) or len(sealed) < start:
            raise UnreadableFile(f"{kind} {name} is not in the form this version writes")
        try:
            return self._aead.decrypt(sealed[len(_FORMAT) : start], sealed[start:], _label(kind, name))
        except InvalidTag:
            raise UnreadableFile(f"{kind} {name} does not open: damaged, another's, or under another key") from None


def _label(kind: str, name: str) -> bytes:
    return json.dumps([kind, name]).encode()


class MasterKey:
    """What the 32 bytes alone can do, wherever the rest is kept: prove themselves, wrap case keys, hide names.

    `secret` is what shelves and names follow from; in the embedded store that is the key itself.
    """

    def __init__(self, key: bytes, secret: bytes | None = None) -> None:
        if len(key) != KEY_BYTES:
            raise BadMasterKey(f"The master key has {len(key)} bytes. Expected 32.")
        self._secret, self._cipher = secret or key, Cipher(key)

    def proof(self) -> bytes:
        """What only this key opens, to be kept beside everything it locks."""
        return self.wrapped("check", "check", _CHECK)

    def opens(self, proof: bytes) -> bool:
        try:
            return self.unwrapped("check", "check", proof) == _CHECK
        except UnreadableFile:
            return False

    def wrapped(self, kind: str, name: str, content: bytes) -> bytes:
        """A key or another secret, locked with this one."""
        return self._cipher.seal(kind, name, content)

    def unwrapped(self, kind: str, name: str, wrapped: bytes) -> bytes:
        """The same again; UnreadableFile when it is damaged or another's."""
        return self._cipher.unseal(kind, name, wrapped)

    def new_wrapped(self, case: str) -> bytes:
        """A new key for the case, locked with this one."""
        return self.wrapped("key", case, secrets.token_bytes(KEY_BYTES))

    def of_shelf(self, shelf: str) -> Cipher:
        """What seals and opens documents that are no case: one key for the shelf."""
        return Cipher(self._derived(f"shelf {shelf}"))

    def hidden(self, shelf: str, key: str) -> str:
        """A name for the key that tells nothing about it: 64 hex digits, the same every time."""
        return hmac.new(self._derived(f"names {shelf}"), key.encode(), hashlib.sha256).hexdigest()

    def _derived(self, purpose: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(self._secret)


class Vault:
    """The keys of one installation. Opening it proves the master key; WrongKey otherwise, and nothing is touched.

    Its folder may lie apart from the data, so that a backup of the one cannot be read without the other.
    """

    def __init__(self, folder: Path, master_key: bytes) -> None:
        self.folder, self._keys, self._master = folder, folder / "keys", MasterKey(master_key)
        self._ciphers: dict[str, Cipher] = {}
        self._prove_master_key(folder / "check")
        make_folder(self._keys)

    def _prove_master_key(self, check: Path) -> None:
        if check.exists():
            if not self._master.opens(check.read_bytes()):
                raise WrongKey(
                    f"The master key is not the one {self.folder} was made with (or {check.name} there is damaged). "
                    f"Nothing was touched; set {MASTER_KEY} to the right one."
                )
        elif self.has_keys():
            raise WrongKey(f"{check} is gone, yet case keys are there. Nothing was touched; put it back from a backup.")
        else:
            make_folder(self.folder)
            replace_file(check, self._master.proof())

    def tidy(self) -> None:
        """Removes what a death left half-written. For the process that holds the case store's lock, at its start."""
        remove_leftovers(self.folder)
        remove_leftovers(self._keys)

    def has_keys(self) -> bool:
        """Whether any case has a key here."""
        return self._keys.is_dir() and any(is_name(path.name) for path in self._keys.iterdir())

    def has_key(self, case: str) -> bool:
        return (self._keys / checked_name(case)).exists()

    def make_key(self, case: str) -> None:
        """A key for the case, durable on return: before the first thing it locks. One that is there is kept."""
        if not self.has_key(case):
            replace_file(self._keys / case, self._master.new_wrapped(case))

    def destroy_key(self, case: str) -> None:
        """After this nobody can read the case, whatever copies of its files there are. Durable on return."""
        self._ciphers.pop(case, None)
        remove_file(self._keys / checked_name(case))

    def of_case(self, case: str) -> Cipher:
        """What seals and opens the case's files; UnreadableFile when it has no key here."""
        if case not in self._ciphers:
            try:
                wrapped = (self._keys / checked_name(case)).read_bytes()
            except FileNotFoundError:
                raise UnreadableFile(f"case {case} has no key in {self._keys}") from None
            self._ciphers[case] = Cipher(self._master.unwrapped("key", case, wrapped))
        return self._ciphers[case]

    def of_shelf(self, shelf: str) -> Cipher:
        return self._master.of_shelf(shelf)

    def hidden(self, shelf: str, key: str) -> str:
        return self._master.hidden(shelf, key)

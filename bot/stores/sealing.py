"""How anything kept is locked: the master key, and what is sealed under a key.

AES-256-GCM throughout, with the kind and the name of a file as associated data: one file cannot be put in another's
place. Every key and nonce is drawn here; this is the edge where chance enters the stores.
"""

import base64
import binascii
import hmac
import json
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.stores import UnreadableFile
from bot.stores.files import make_folder, replace_file

KEY_BYTES = 32
MASTER_KEY, NEW_MASTER_KEY = "VAERN_MASTER_KEY", "VAERN_NEW_MASTER_KEY"
CHECK, OLD_CHECK = b"vaern 2", b"vaern"  # of old, the shelves' keys followed from the master key itself

_FORMAT = b"\x01"  # first byte of every sealed file: another way of sealing is another number
_NONCE_BYTES = 12
_SALT_BYTES = 16


class BadMasterKey(ValueError):
    """The master key is missing or no base64 of 32 bytes. The message says where it was looked for."""


# --- the master key ---


def master_key_from(
    environment: Mapping[str, str], key_file: Path | None, create: bool = False, name: str = MASTER_KEY
) -> bytes:
    """The 32 bytes everything else is locked with: `VAERN_MASTER_KEY`, or else the key file; base64 in both.

    `create` is for the rehearsal alone: a key file that is not there is made, readable for its owner only. Whoever
    asks for that looks whether the file exists beforehand, and says so. BadMasterKey otherwise.
    """
    if given := environment.get(name, "").strip():
        return _decoded(given, name)
    if key_file is None:
        raise BadMasterKey(f"{name} is not set and no key file is named. Expected base64 of 32 random bytes.")
    if create and not key_file.exists():
        make_folder(key_file.parent)
        replace_file(key_file, base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
    try:
        return _decoded(key_file.read_text("ascii", "replace").strip(), str(key_file))
    except OSError as fault:
        found = f"the key file cannot be read ({fault.strerror})"
        raise BadMasterKey(f"{name} is not set and {found}. Expected base64 of 32 random bytes.") from fault


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
        self._key, self._aead = key, AESGCM(key)

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

    def of_stream(self, salt: bytes, kind: str, name: str) -> AESGCM:
        """A key for one content that is sealed in chunks (`chunks.py`), and for no other kind or name."""
        return AESGCM(HKDF(SHA256(), KEY_BYTES, salt, info=b"stream " + _label(kind, name)).derive(self._key))


def _label(kind: str, name: str) -> bytes:
    return json.dumps([kind, name]).encode()


def new_key() -> bytes:
    """A key for whoever keeps one of their own; also a salt, which is as long."""
    return secrets.token_bytes(KEY_BYTES)


def new_salt() -> str:
    """In hex: what makes the hash of a few words one that nobody can try words on."""
    return secrets.token_hex(_SALT_BYTES)


class MasterKey:
    """What the 32 bytes alone can do, wherever the rest is kept: prove themselves, wrap case keys, hide names.

    `secret` is what shelves and names follow from; of old that was the key itself.
    """

    def __init__(self, key: bytes, secret: bytes | None = None) -> None:
        if len(key) != KEY_BYTES:
            raise BadMasterKey(f"The master key has {len(key)} bytes. Expected 32.")
        self._key, self._secret, self._cipher = key, secret or key, Cipher(key)
        self._of_names: dict[str, bytes] = {}

    def proof(self, of_what: bytes = OLD_CHECK) -> bytes:
        """What only this key opens, to be kept beside everything it locks."""
        return self.wrapped("check", "check", of_what)

    def opens(self, proof: bytes) -> bool:
        try:
            return self.unwrapped("check", "check", proof) in (CHECK, OLD_CHECK)
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
        return self.wrapped("key", case, new_key())

    def of_shelf(self, shelf: str) -> Cipher:
        """What seals and opens documents that are no case: one key for the shelf."""
        return Cipher(self._derived(f"shelf {shelf}"))

    def hidden(self, shelf: str, key: str) -> str:
        """A name for the key that tells nothing about it: 64 hex digits, the same every time."""
        if shelf not in self._of_names:
            self._of_names[shelf] = self._derived(f"names {shelf}")
        return hmac.digest(self._of_names[shelf], key.encode(), "sha256").hex()

    def _derived(self, purpose: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(self._secret)

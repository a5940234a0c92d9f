"""The organisation's key for what it hands out: made at the first need, and kept sealed under the master key.

Whoever gets a package compares the fingerprint with the one the organisation has told them.
"""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bot.stores import Shelf

KEY = "ed25519"
GROUP = 8  # characters of a fingerprint between two spaces: it is read aloud


class SigningKey:
    """Signs, and says what it is known by. The key itself leaves this room only for its shelf."""

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.public = base64.b64encode(self._key.public_key().public_bytes_raw()).decode()

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.public)

    def sign(self, content: bytes) -> bytes:
        return self._key.sign(content)


async def signing_key(shelf: Shelf) -> SigningKey:
    """The key, made if there was none. What lies there in the end is what holds: somebody may have been faster."""
    if await shelf.get(KEY) is None:
        made = Ed25519PrivateKey.generate().private_bytes_raw()
        await shelf.put(KEY, {"private": base64.b64encode(made).decode()})
    document = await shelf.get(KEY)
    if document is None:
        raise LookupError("the signing key is not there after it was put")
    return SigningKey(base64.b64decode(document["private"]))


def fingerprint_of(public: str) -> str:
    """SHA-256 of the public key's 32 bytes, in groups."""
    digest = hashlib.sha256(base64.b64decode(public)).hexdigest()
    return " ".join(digest[begin : begin + GROUP] for begin in range(0, len(digest), GROUP))


def is_signed(public: str, signature: bytes, content: bytes) -> bool:
    """Whether just this content was signed with the private half of that key."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True)).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True

"""Content sealed piece by piece while it streams, so that no file is ever in memory as a whole.

    <2> <salt, 32 bytes> <chunk> <chunk> … <last chunk>

Each chunk is AES-256-GCM under a key of this one file (HKDF of the case's key with the salt, for this kind and name).
A chunk's nonce is its number and whether it is the last: no chunk can be left out, moved, put in twice or taken from
another file, and the end cannot be cut off, without the file refusing to open. (The STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizár, with a key a file as in Tink.)
"""

import os
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag

from bot.stores import UnreadableFile
from bot.stores.sealing import KEY_BYTES, Cipher, new_key

STREAMED = b"\x02"  # first byte of such a file; `sealing.py` has the one for what is sealed whole
HEAD_BYTES = len(STREAMED) + KEY_BYTES
CHUNK = 1024 * 1024
"""Bytes of content in each chunk but the last. A part of the format: another size is another first byte."""
SEALED_CHUNK = CHUNK + 16


class Sealing:
    """One content on its way in: its head, then each chunk in order."""

    def __init__(self, cipher: Cipher, kind: str, name: str) -> None:
        salt = new_key()
        self.head = STREAMED + salt
        self._aead, self._number = cipher.of_stream(salt, kind, name), 0

    def seal(self, chunk: bytes, *, last: bool) -> bytes:
        """Every chunk but the last holds CHUNK bytes; nothing comes after the last."""
        nonce, self._number = _nonce(self._number, last), self._number + 1
        return self._aead.encrypt(nonce, chunk, None)


class Opening:
    """The same content on its way out. UnreadableFile as soon as anything is not as it was sealed."""

    def __init__(self, cipher: Cipher, kind: str, name: str, head: bytes) -> None:
        if len(head) != HEAD_BYTES or not head.startswith(STREAMED):
            raise UnreadableFile(f"{kind} {name} is not in the form this version writes")
        self._aead = cipher.of_stream(head[len(STREAMED) :], kind, name)
        self._what, self._number = f"{kind} {name}", 0

    def unseal(self, sealed: bytes, *, last: bool) -> bytes:
        try:
            chunk = self._aead.decrypt(_nonce(self._number, last), sealed, None)
        except InvalidTag:
            raise UnreadableFile(f"{self._what} does not open: damaged, cut off, or another's") from None
        self._number += 1
        return chunk


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def unsealed_file(descriptor: int, cipher: Cipher, kind: str, name: str) -> Iterator[bytes]:
    """The content of an open file, however it was sealed: chunk by chunk, or whole as it was of old."""
    head = os.read(descriptor, HEAD_BYTES)
    if not head.startswith(STREAMED):
        yield cipher.unseal(kind, name, head + _rest(descriptor))
        return
    opening = Opening(cipher, kind, name, head)
    sealed = _read(descriptor, SEALED_CHUNK)
    while following := _read(descriptor, SEALED_CHUNK):
        yield opening.unseal(sealed, last=False)
        sealed = following
    yield opening.unseal(sealed, last=True)


def _read(descriptor: int, size: int) -> bytes:
    """That many bytes; fewer only at the end."""
    parts = bytearray()
    while len(parts) < size and (part := os.read(descriptor, size - len(parts))):
        parts += part
    return bytes(parts)


def _rest(descriptor: int) -> bytes:
    return b"".join(iter(lambda: os.read(descriptor, SEALED_CHUNK), b""))

"""A piece of evidence as a file among others: its bytes as they were received, and what it is called and said to be.

A message found in Teams has both: the bytes that Teams gave, and the words as they are read. Nothing is handed out as a
page that a browser would run.
"""

from collections.abc import AsyncIterator

from bot.documents.sheet import ENDINGS, file_name
from bot.stores import CaseStore
from casework.views import PieceLine
from casework.vocabulary import ItemKind

PLAIN = "text/plain"


def is_stored(piece: PieceLine) -> bool:
    """Whether its bytes lie in the store by themselves: else its words are all of it."""
    return piece.kind is ItemKind.FILE or piece.is_message


def has_words_beside(piece: PieceLine) -> bool:
    """Whether it is read as other words than its bytes."""
    return piece.kind is ItemKind.TEXT and piece.is_message


async def as_received(store: CaseStore, case: str, piece: PieceLine) -> AsyncIterator[bytes]:
    """Part by part, and byte for byte what its fingerprint was taken of."""
    if not is_stored(piece):
        yield piece.words.encode()
        return
    async for part in store.read_blob(case, piece.item):
        yield part


def words_name(piece: PieceLine) -> str:
    """What its words are called, beside the original."""
    return f"{piece.number:03}-ord.txt"


def handed_as(piece: PieceLine) -> str:
    """The type that is told of the file: text, wherever it is called so."""
    return PLAIN if ENDINGS.get(piece.media_type) == "txt" else piece.media_type


def weight(piece: PieceLine) -> int:
    """Bytes of it with its words."""
    return piece.size + (len(piece.words.encode()) if has_words_beside(piece) else 0)


def files_of(piece: PieceLine, content: bytes) -> dict[str, tuple[str, bytes]]:
    """File name → what it is said to be, and its bytes."""
    files = {file_name(piece): (handed_as(piece), content)}
    if has_words_beside(piece):
        files[words_name(piece)] = (PLAIN, piece.words.encode())
    return files

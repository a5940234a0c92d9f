"""Uploads sealed in chunks: whatever is changed, cut off, moved or put in from elsewhere, the file does not open."""

import os
from pathlib import Path

import pytest

from bot.stores import UnreadableFile
from bot.stores.blob_files import BlobFile, label, opened_blob
from bot.stores.chunks import CHUNK, HEAD_BYTES, SEALED_CHUNK
from bot.stores.sealing import Cipher, new_key

KEY = Cipher(new_key())
CONTENT = os.urandom(3 * CHUNK + 5000)


def kept(folder: Path, item: str, content: bytes = CONTENT, cipher: Cipher = KEY) -> Path:
    path = folder / f"{item}.blob"
    file = BlobFile(path, cipher, label("VK-A", item), lambda: None)
    for at in range(0, len(content) or 1, CHUNK):
        file.put(content[at : at + CHUNK], at + CHUNK >= len(content))
    file.keep()
    return path


def opened(path: Path, item: str = "film", case: str = "VK-A", cipher: Cipher = KEY) -> bytes:
    return b"".join(opened_blob(path, cipher, label(case, item)))


def pieces(path: Path) -> list[bytes]:
    """The head, then every sealed chunk."""
    sealed = path.read_bytes()
    return [
        sealed[:HEAD_BYTES],
        *(sealed[at : at + SEALED_CHUNK] for at in range(HEAD_BYTES, len(sealed), SEALED_CHUNK)),
    ]


def flipped(piece: bytes, at: int) -> bytes:
    return piece[:at] + bytes([piece[at] ^ 1]) + piece[at + 1 :]


DAMAGE = {
    "its head": lambda a: [flipped(a[0], 5), *a[1:]],
    "a bit in the first chunk": lambda a: [a[0], flipped(a[1], 77), *a[2:]],
    "a bit in the last chunk": lambda a: [*a[:-1], flipped(a[-1], 0)],
    "a bit in a chunk's seal": lambda a: [*a[:2], flipped(a[2], SEALED_CHUNK - 1), *a[3:]],
    "cut off after a chunk": lambda a: a[:-1],
    "cut off after two": lambda a: a[:-2],
    "cut off in a chunk": lambda a: [*a[:-1], a[-1][:-1]],
    "cut off after the head": lambda a: a[:1],
    "cut off in the head": lambda a: [a[0][:20]],
    "empty": lambda a: [],
    "two chunks changed about": lambda a: [a[0], a[2], a[1], *a[3:]],
    "a chunk twice": lambda a: [*a[:3], a[2], *a[3:]],
    "a chunk left out": lambda a: [*a[:2], *a[3:]],
    "more behind it": lambda a: [*a, b"more"],
    "its last chunk twice": lambda a: [*a, a[-1]],
}


def test_what_was_sealed_opens(tmp_path: Path):
    assert opened(kept(tmp_path, "film")) == CONTENT
    assert opened(kept(tmp_path, "nothing", b""), "nothing") == b""


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_of_every_kind_is_found(tmp_path: Path, damage: str):
    path = kept(tmp_path, "film")
    path.write_bytes(b"".join(DAMAGE[damage](pieces(path))))

    with pytest.raises(UnreadableFile):
        opened(path)


def test_no_chunk_of_another_file_fits_in_even_at_the_same_place_under_the_same_key(tmp_path: Path):
    film, other = kept(tmp_path, "film"), kept(tmp_path, "other")
    a, b = pieces(film), pieces(other)
    film.write_bytes(b"".join([a[0], b[1], *a[2:]]))

    with pytest.raises(UnreadableFile):
        opened(film)


@pytest.mark.parametrize("taken_for", [{"item": "other"}, {"case": "VK-B"}, {"cipher": Cipher(new_key())}])
def test_a_file_is_no_other_item_no_other_cases_and_under_no_other_key(tmp_path: Path, taken_for: dict):
    path = kept(tmp_path, "film")

    with pytest.raises(UnreadableFile):
        opened(path, **taken_for)


def test_the_same_content_is_never_sealed_alike(tmp_path: Path):
    first, second = pieces(kept(tmp_path, "film")), pieces(kept(tmp_path, "again"))

    assert not set(first) & set(second)


def test_nothing_of_the_content_lies_there_readable(tmp_path: Path):
    word = b"the words somebody wrote"

    assert word not in kept(tmp_path, "film", word * 1000).read_bytes()


def test_an_upload_that_was_sealed_whole_by_an_earlier_version_is_read_as_ever(tmp_path: Path):
    (tmp_path / "film.blob").write_bytes(KEY.seal("blob", label("VK-A", "film"), CONTENT))

    assert opened(tmp_path / "film.blob") == CONTENT


def test_damage_of_an_upload_that_was_sealed_whole_is_found_too(tmp_path: Path):
    (tmp_path / "film.blob").write_bytes(KEY.seal("blob", label("VK-A", "film"), CONTENT)[:-1])

    with pytest.raises(UnreadableFile):
        opened(tmp_path / "film.blob")

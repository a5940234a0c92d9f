"""Packages whatever is given, withdrawn or broken on the way: what goes out is whole, harmless, and no more than it may
be.
"""

import hashlib
import io
from pathlib import Path

import pikepdf

from bot.packages.verifying import State, verify_package
from tests.crafted import Crafted, press
from tests.documenting import PAYLOAD, keeps
from tests.story import Story, story
from tests.test_stories_packages import fetched, names_in, read_in

LIVE = "<div><p>&lt;script&gt;document.title='owned'&lt;/script&gt; Jeg finder dig</p></div>"


async def with_a_message(s: Story) -> str:
    """Mette has kept a message of Teams that holds a page's code; Jonas has the case."""
    await s.mette.install()
    await keeps(s, s.mette, PAYLOAD | {"body": {"contentType": "html", "content": LIVE}})
    await s.report(s.mette)
    await s.opened(s.jonas)
    return (await s.case()).id


async def test_a_message_of_teams_goes_along_as_the_bytes_it_was_with_its_words_beside_and_verifies(tmp_path: Path):
    async with story() as s:
        case = await with_a_message(s)
        for package in ("police", "document_system"):
            await press(s.jonas, Crafted("make_package", {"package": package}), case)

        (name, police), (_, record) = await fetched(s, s.jonas)
        assert read_in(police, "originaler/001.txt") == LIVE.encode()
        assert "Jeg finder dig" in read_in(police, "originaler/001-ord.txt").decode()
        (tmp_path / name).write_bytes(police)
        found = verify_package(tmp_path / name)
        assert not found.broken and found.of("files_whole").state is State.PROVEN
        with pikepdf.open(io.BytesIO(read_in(record, "dokumentation.pdf"))) as pdf:
            inside = {name: one.get_file().read_bytes() for name, one in pdf.attachments.items()}
        received = (await s.case()).evidence[0].sha256
        assert hashlib.sha256(inside["001.txt"]).hexdigest() == received and "001-ord.txt" in inside


async def test_nothing_that_is_handed_out_is_called_a_page():
    async with story() as s:
        case = await with_a_message(s)
        await press(s.jonas, Crafted("make_package", {"package": "police"}), case)
        await press(s.jonas, Crafted("make_documentation"), case)

        package, paper = [content for _, content in await fetched(s, s.jonas)]
        assert not [name for name in names_in(package) if "htm" in name]
        assert b"text/html" not in read_in(package, "manifest.json")
        with pikepdf.open(io.BytesIO(paper)) as pdf:
            said = {name: one.get_file().mime_type for name, one in pdf.attachments.items()}
        assert said == {"001.txt": "text/plain", "001-ord.txt": "text/plain"}

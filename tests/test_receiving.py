"""What people send: no more of it than the organisation takes in one case, and what is there stays."""

from dataclasses import replace

import pytest

from bot.rehearsal.chat import Chat
from bot.setup.organisation import Uploads
from tests.story import Story, said, story

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 60
FULL = "Der er ikke plads til mere i sagen."


async def limited(s: Story, **limits: int) -> Chat:
    """The house with narrower limits, and Mette's draft begun in it."""
    organisation = s.settings.organisation
    uploads = replace(Uploads(1024**2, 1024**2, 200), **limits)
    s.settings = replace(s.settings, organisation=replace(organisation, uploads=uploads))
    await s.restart()
    await s.mette.say("noget er sket")
    return s.mette


@pytest.mark.parametrize("limits", [{"case_files": 2}, {"case_size": 2 * len(PNG)}])
async def test_what_is_more_than_a_case_takes_is_refused_and_leaves_no_bytes(limits):
    async with story() as s:
        mette = await limited(s, **limits)
        for name in ("a.png", "b.png"):
            await mette.upload(name, PNG, "image/png")
        assert FULL not in said(mette)

        await mette.upload("c.png", PNG, "image/png")

        assert FULL in said(mette)
        assert bytes_lying(s) == {f"{item}.blob" for item in (await s.case()).items}
        assert len(bytes_lying(s)) == 2


async def test_a_text_kept_as_evidence_takes_no_files_place():
    async with story() as s:
        mette = await limited(s, case_files=1)
        await s.report(mette)
        await s.does(mette, "add_evidence")
        await mette.say("https://www.facebook.com/sandhedenomnord/posts/1")
        await mette.upload("a.png", PNG, "image/png")
        assert FULL not in said(mette)

        await mette.upload("b.png", PNG, "image/png")

        assert FULL in said(mette)
        assert len((await s.case()).items) == 2


def bytes_lying(s: Story) -> set[str]:
    """What lies in the vault, by name."""
    return {file.name for file in (s.folder / "cases" / "blobs").rglob("*.blob")}

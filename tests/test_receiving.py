"""What people send: no more of it than the organisation takes in one case, and what is there stays."""

from dataclasses import replace

import pytest

from bot.caseworker import Done
from bot.desk import Desk
from bot.receiving import named
from bot.rehearsal.chat import Chat
from bot.setup.organisation import Uploads
from casework.commands import Command, ReceiveEvidence
from casework.vocabulary import ItemId, ItemKind, Refused
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


async def test_what_was_withdrawn_still_takes_its_place_and_leaves_no_bytes_of_others():
    async with story() as s:
        mette = await limited(s, case_size=2 * len(PNG))
        for name in ("a.png", "b.png"):
            await mette.upload(name, PNG, "image/png")
        await s.report(mette)
        (first, _) = (await s.case()).items
        await mette.say("hvad er delt")
        await s.does(mette, "withdraw_item", {"item": first})
        await s.does(mette, "add_evidence")

        await mette.upload("c.png", PNG, "image/png")

        case = await s.case()
        assert FULL in said(mette) and len(case.items) == 1
        assert bytes_lying(s) == {f"{item}.blob" for item in (*case.items, *case.custody.withdrawn)}


class Refusing(Desk):
    """Mette's desk, on the day something makes the house say no after the bytes have come."""

    async def done(self, command: Command) -> Done:
        raise Refused("case_too_large", max=1)


async def at_a_desk_of(kind: type[Desk], s: Story) -> tuple[Desk, ReceiveEvidence]:
    """Somebody's bytes lie in the vault, and the case does not name them yet."""
    await s.mette.upload("a.png", PNG, "image/png")
    office, case = s.app.office, await s.case()
    record = await office.records.of_person(s.id("mette"))
    whose = {"case": case.id, "by": s.id("mette"), "item": ItemId("late")}
    command = ReceiveEvidence(**whose, kind=ItemKind.FILE, media_type="image/png", size=len(PNG), sha256="0" * 64)
    await s.app.store.put_blob(case.id, command.item, PNG)
    return kind(office, record, s.id("mette"), "an-activity"), command


async def test_bytes_whose_piece_is_refused_in_the_end_do_not_stay():
    async with story() as s:
        await limited(s)
        desk, command = await at_a_desk_of(Refusing, s)
        assert "late.blob" in bytes_lying(s)

        with pytest.raises(Refused):
            await named(desk, s.app.store, command)

        assert bytes_lying(s) == {f"{item}.blob" for item in (await s.case()).items}


async def test_bytes_of_a_piece_that_stands_already_stay_though_it_is_refused_once_more():
    async with story() as s:
        await limited(s)
        desk, command = await at_a_desk_of(Refusing, s)
        (there,) = (await s.case()).items

        with pytest.raises(Refused):
            await named(desk, s.app.store, replace(command, item=there))

        assert f"{there}.blob" in bytes_lying(s)


async def test_bytes_that_come_once_more_while_their_piece_is_destroyed_do_not_stay():
    async with story() as s:
        await limited(s)
        desk, command = await at_a_desk_of(Desk, s)
        (there,) = (await s.case()).items
        await s.mette.say("slet bevis 1")
        await s.app.store.put_blob(command.case, there, PNG)

        await named(desk, s.app.store, replace(command, item=there))
        await named(desk, s.app.store, command)

        assert bytes_lying(s) == {"late.blob"}


def bytes_lying(s: Story) -> set[str]:
    """What lies in the vault, by name."""
    return {file.name for file in (s.folder / "cases" / "blobs").rglob("*.blob")}

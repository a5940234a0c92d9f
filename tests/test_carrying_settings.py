"""`python -m bot settings` and `python -m bot overlay`: settings checked, carried elsewhere, and found again there."""

import base64
import json
import os
import stat
import zipfile
from pathlib import Path

import pytest

from bot.setup.carrying import put_in_place
from bot.setup.settings import REHEARSAL_ORGANISATION
from bot.setup.settings_file import Bundle, bundle_of, read_bundle, write_bundle
from bot.setup.standing import Sources
from tests.local_files import NORD, organisation, overlay
from tests.story import MASTER_KEY, SUNDAY, story
from tests.test_command_line import ended

CHANNEL = "19:borgerservice-nord@thread.tacv2"
LOCAL = {
    "all/facts.toml": '[[fact]]\nid = "claim"\nvalue = "2"\nsource = "example.dk"\nchecked_on = "2026-11-20"\n',
    "nord/plan.toml": '[debriefing]\nleft_out = true\n[talk]\nnote = { da = "Brug lokale 2.", en = "Use room 2." }\n',
    "nord/words/da/leader.toml": '[step.talk]\ntitle = "Mødes i dag"\n',
    "nord/words/en/leader.toml": '[step.talk]\ntitle = "Meet today"\n',
    "nord/wordings.toml": '[[wording]]\nkind = "removal"\nnumber = 1\ninstead_of = "removal.1"\n'
    'da = "»Jeg vil gerne være med sammen med {leader}.«"\nen = "“I would like to take part with {leader}.”"\n',
}


def place(folder: Path, *, filled: bool) -> dict[str, str]:
    """The environment of one Værn. Filled: with an organisation and local changes of its own."""
    folder.mkdir(exist_ok=True)
    if filled:
        organisation(folder, NORD, ("retention_months = 24", "retention_months = 36"))
        overlay(folder / "overlay", LOCAL)
    return {
        "VAERN_DEVELOPMENT": "1",
        "VAERN_DATA": str(folder / "data"),
        "VAERN_MASTER_KEY": base64.b64encode(MASTER_KEY).decode(),
        "VAERN_ORGANISATION": str(folder / "organisation.toml"),
        "VAERN_OVERLAY": str(folder / "overlay"),
    }


def files(folder: Path) -> dict[str, str]:
    found = [folder / "organisation.toml", *(folder / "overlay").rglob("*.toml")]
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in found if file.exists()}


async def test_settings_that_were_exported_are_found_again_where_they_are_imported(tmp_path):
    here, there, carried = tmp_path / "here", tmp_path / "there", tmp_path / "settings.zip"
    environment = place(here, filled=True)
    async with story(folder=here / "data", VAERN_ORGANISATION=environment["VAERN_ORGANISATION"]) as s:
        await s.connect_group()
    elsewhere = place(there, filled=False)
    async with story(folder=there / "data") as s:
        await s.group.install()

    assert await ended("settings", "export", "--to", str(carried), **environment) == (0, f"{carried}\n", "")
    code, seen, complaint = await ended("settings", "import", "--from", str(carried), **elsewhere)
    assert (code, complaint, files(there)) == (0, "", {})
    assert "+retention_months = 36" in seen and "borgerservice-nord: its group is connected." in seen
    assert seen.endswith("Nothing was changed. Say --yes to write it.\n")

    code, _, complaint = await ended("settings", "import", "--from", str(carried), "--yes", **elsewhere)
    assert (code, complaint) == (0, "")
    assert files(there) == files(here)
    code, same, _ = await ended("settings", "import", "--from", str(carried), "--yes", **elsewhere)
    assert (code, same) == (0, "The settings here are the same.\n")
    async with story(folder=there / "data", VAERN_ORGANISATION=elsewhere["VAERN_ORGANISATION"]) as s:
        await s.report(s.mette)
        assert (await s.case()).group == "borgerservice-nord"


async def test_a_file_in_the_zip_cannot_lie_outside_the_folder_of_local_changes(tmp_path):
    """`overlay//…` has an absolute path after its folder: nothing is written there, with or without --yes."""
    carried, outside = tmp_path / "settings.zip", tmp_path / "outside.toml"
    with zipfile.ZipFile(carried, "w") as packed:
        packed.writestr("organisation.toml", REHEARSAL_ORGANISATION.read_bytes())
        packed.writestr("about.json", json.dumps({"format": 1}))
        packed.writestr(f"overlay/{outside}", b"written")
    there = place(tmp_path / "there", filled=True)
    code, _, complaint = await ended("settings", "import", "--from", str(carried), **there)

    assert not outside.exists()
    assert code == 1 and "does not belong there" in complaint


async def test_a_group_whose_channel_is_not_known_here_is_left_and_named(tmp_path):
    carried = tmp_path / "settings.zip"
    write_bundle(carried, bundle(groups={"borgerservice-nord": "19:elsewhere", "no-such-place": CHANNEL}), SUNDAY)
    code, seen, complaint = await ended(
        "settings", "import", "--from", str(carried), "--yes", **place(tmp_path / "there", filled=False)
    )

    assert (code, complaint) == (0, "")
    assert "borgerservice-nord: its channel is not known here." in seen
    assert "no-such-place: there is no such workplace." in seen


async def test_nothing_of_a_case_and_no_secret_is_in_the_file(tmp_path):
    here, carried = tmp_path / "here", tmp_path / "settings.zip"
    environment = place(here, filled=True)
    async with story(folder=here / "data", VAERN_ORGANISATION=environment["VAERN_ORGANISATION"]) as s:
        await s.connect_group()
        await s.report(s.mette, account="Noget, ingen andre skal se.")
    await ended("settings", "export", "--to", str(carried), MICROSOFT_APP_PASSWORD="hush", **environment)

    with zipfile.ZipFile(carried) as packed:
        names, content = packed.namelist(), b"\n".join(packed.read(name) for name in packed.namelist())
        assert json.loads(packed.read("groups.json")) == {"borgerservice-nord": CHANNEL}
        assert json.loads(packed.read("about.json"))["format"] == 1
    assert set(names) == {"about.json", "groups.json", *files(here)}
    for secret in (b"ingen andre", b"hush", b"VK-", environment["VAERN_MASTER_KEY"].encode(), MASTER_KEY):
        assert secret not in content


def bundle(**changed: object) -> Bundle:
    file = Path(__file__).parents[1] / "bot" / "rehearsal" / "organisation.toml"
    return Bundle(**{"organisation": file.read_bytes(), **changed})


async def test_nothing_is_changed_when_anything_in_the_file_is_at_fault(tmp_path):
    there, carried = tmp_path / "there", tmp_path / "settings.zip"
    environment = place(there, filled=True)
    before = files(there)
    write_bundle(carried, bundle(overlay={"all/plan.toml": b"[talk]\nleft_out = true"}), SUNDAY)
    code, seen, complaint = await ended("settings", "import", "--from", str(carried), "--yes", **environment)

    assert (code, seen, files(there)) == (1, "", before)
    assert "all/plan.toml: talk.left_out is true." in complaint


async def test_what_an_import_has_replaced_can_be_brought_back(tmp_path):
    there, carried = tmp_path / "there", tmp_path / "settings.zip"
    environment = place(there, filled=True)
    before = files(there)
    write_bundle(carried, bundle(overlay={"all/plan.toml": b"[debriefing]\nleft_out = true\n"}), SUNDAY)
    code, seen, complaint = await ended("settings", "import", "--from", str(carried), "--yes", **environment)
    kept = there / "settings-before.zip"

    assert (code, complaint) == (0, "") and seen.endswith(f"Written. What was here is kept in {kept}.\n")
    assert set(files(there)) == {"organisation.toml", "overlay/all/plan.toml"}
    assert not (there / "overlay" / "nord").exists()
    await ended("settings", "import", "--from", str(kept), "--yes", **environment)
    assert files(there) == before


def contents(found: Bundle) -> dict[str, bytes]:
    return {"organisation.toml": found.organisation, **found.overlay}


async def test_however_often_an_import_breaks_off_what_was_here_before_the_first_is_kept(tmp_path):
    """`late` is a file here and a folder in what is brought: there it breaks off, with other files replaced already."""
    there, carried = tmp_path / "there", tmp_path / "settings.zip"
    environment = place(there, filled=True)
    here, kept = Sources(there / "organisation.toml", there / "overlay"), there / "settings-before.zip"
    (there / "overlay" / "late").write_text("")
    before, plan = contents(bundle_of(here, {})), {"all/plan.toml": b"[debriefing]\nleft_out = true\n"}
    for _ in range(3):
        with pytest.raises(OSError):
            put_in_place(bundle(overlay={**plan, "late/plan.toml": b""}), here, SUNDAY)
    assert contents(read_bundle(kept)[0]) == before != contents(bundle_of(here, {}))

    (there / "overlay" / "late").unlink()
    write_bundle(carried, bundle(overlay=plan), SUNDAY)
    code, seen, complaint = await ended("settings", "import", "--from", str(carried), "--yes", **environment)
    assert (code, complaint) == (0, "") and f"what was here before an import broke off in {kept}." in seen
    assert contents(read_bundle(kept)[0]) == before

    write_bundle(carried, bundle(), SUNDAY)
    await ended("settings", "import", "--from", str(carried), "--yes", **environment)
    assert contents(read_bundle(kept)[0]) == contents(bundle(overlay=plan)), "the one before came to its end"


async def test_wordings_that_were_in_force_keep_their_words_also_while_the_bot_runs(tmp_path):
    """Else the running bot would go on with what it has, and not start again."""
    here, carried = tmp_path / "here", tmp_path / "settings.zip"
    environment = place(here, filled=True)
    names = ("VAERN_ORGANISATION", "VAERN_OVERLAY")
    words = ("settings", "import", "--from", str(carried), "--yes", "--without-groups")
    before = files(here)
    changed = {**LOCAL, "nord/wordings.toml": LOCAL["nord/wordings.toml"].replace("sammen med", "i stedet for")}
    overlaid = {name: text.encode() for name, text in changed.items()}
    write_bundle(carried, bundle(organisation=before["organisation.toml"].encode(), overlay=overlaid), SUNDAY)
    async with story(folder=here / "data", **{name: environment[name] for name in names}):
        code, seen, complaint = await ended(*words, **environment)
    assert (code, seen, files(here)) == (1, "", before)
    assert "removal 1 has other words" in complaint


async def test_where_it_cannot_be_looked_up_which_wordings_were_in_force_that_is_said(tmp_path):
    carried, environment = tmp_path / "settings.zip", place(tmp_path / "there", filled=True)
    async with story(folder=tmp_path / "there" / "data"):
        pass
    write_bundle(carried, bundle(), SUNDAY)
    for key in (base64.b64encode(b"x" * 32).decode(), ""):
        other = environment | {"VAERN_MASTER_KEY": key}
        code, seen, complaint = await ended("settings", "import", "--from", str(carried), "--without-groups", **other)

        assert code == 0 and "Nothing was changed." in seen
        assert complaint.startswith("It was not looked up whether wordings that were in force have other words now: ")


async def test_local_changes_need_a_folder_to_go_to(tmp_path):
    carried = tmp_path / "settings.zip"
    write_bundle(carried, bundle(overlay={"all/plan.toml": b""}), SUNDAY)
    environment = place(tmp_path / "there", filled=False) | {"VAERN_OVERLAY": ""}
    code, _, complaint = await ended("settings", "import", "--from", str(carried), **environment)

    assert code == 1 and "VAERN_OVERLAY is not set. The file brings local changes" in complaint


async def test_while_the_bot_runs_settings_are_carried_without_the_groups(tmp_path):
    here, carried = tmp_path / "here", tmp_path / "settings.zip"
    environment = place(here, filled=True)
    async with story(folder=here / "data", VAERN_ORGANISATION=environment["VAERN_ORGANISATION"]):
        code, _, complaint = await ended("settings", "export", "--to", str(carried), **environment)
        assert code == 1 and "is already open" in complaint and "--without-groups leaves" in complaint
        code, _, _ = await ended("settings", "export", "--without-groups", "--to", str(carried), **environment)
        assert code == 0 and read_bundle(carried)[0].groups == {}


@pytest.mark.parametrize(
    ("entries", "line"),
    [
        ({"../out.toml": "x"}, "s.zip: ../out.toml does not belong there."),
        ({"overlay/../../out.toml": "x"}, "s.zip: overlay/../../out.toml does not belong there."),
        ({"overlay/.hidden": "x"}, "s.zip: overlay/.hidden does not belong there."),
        ({"overlay/big.toml": "x" * 2_200_000}, "s.zip: overlay/big.toml is 2200000 bytes. Expected at most"),
        ({"about.json": '{"format": 2}'}, "s.zip: about.json: format is 2. This Værn reads format 1."),
        ({"groups.json": "[1]"}, "s.zip: groups.json has another shape."),
        ({"groups.json": "{"}, "s.zip is damaged. Expected a zip that `settings export` wrote."),
    ],
)
def test_a_file_that_was_not_exported_so_is_turned_away(tmp_path, entries, line):
    with zipfile.ZipFile(tmp_path / "s.zip", "w") as packed:
        for name, text in ({"organisation.toml": "", "about.json": '{"format": 1}'} | entries).items():
            packed.writestr(name, text)
    found, faults = read_bundle(tmp_path / "s.zip")

    assert found is None and len(faults) == 1
    assert str(faults[0]).startswith(line)


def test_a_file_that_is_no_zip_or_not_there_is_named(tmp_path):
    (tmp_path / "s.zip").write_text("no zip")

    assert str(read_bundle(tmp_path / "s.zip")[1][0]).startswith("s.zip is damaged.")
    assert str(read_bundle(tmp_path / "away.zip")[1][0]).startswith("away.zip cannot be read.")


# -- overlay check ---------------------------------------------------------------------------------------------


async def test_overlay_check_says_what_each_administration_changes(tmp_path):
    code, seen, complaint = await ended("overlay", "check", **place(tmp_path, filled=True))

    assert (code, complaint) == (0, "")
    assert seen.splitlines() == [
        "all: facts claim",
        "nord: 3 texts, facts claim, wordings in force removal.1+nord.1, left out debriefing",
    ]


async def test_overlay_check_tells_every_fault_of_all_files(tmp_path):
    environment = place(tmp_path, filled=True)
    overlay(tmp_path / "overlay", {"nord/plan.toml": "[tlak]", "syd/facts.toml": "[x]"})
    code, seen, complaint = await ended("overlay", "check", **environment)

    assert (code, seen) == (1, "")
    assert 'nord/plan.toml: tlak is not known here. Expected "talk".' in complaint
    assert "syd/facts.toml: x is not known here." in complaint


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_is_damaged_anywhere_is_told_of_and_raises_nothing(tmp_path, packing):
    carried = tmp_path / "settings.zip"
    with zipfile.ZipFile(carried, "w", packing) as packed:
        packed.writestr("organisation.toml", REHEARSAL_ORGANISATION.read_bytes()[:600])
        packed.writestr("about.json", json.dumps({"format": 1}))
    whole = carried.read_bytes()
    for place in range(len(whole)):
        carried.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        found, faults = read_bundle(carried)
        assert found is not None or faults


async def test_who_may_read_settings_stays_so_and_the_file_to_carry_is_for_its_owner_alone(tmp_path):
    """It holds names and numbers. And who imports need not be who the bot runs as: root, say."""
    environment, carried = place(tmp_path / "here", filled=True), tmp_path / "settings.zip"
    file = tmp_path / "here" / "organisation.toml"
    await ended("settings", "export", "--without-groups", "--to", str(carried), **environment)
    organisation(tmp_path / "here", NORD)
    file.chmod(0o644)
    if os.geteuid() == 0:
        os.chown(file, 10001, 10001)
    words = ("settings", "import", "--from", str(carried), "--yes", "--without-groups")
    code, _, complaint = await ended(*words, **environment)
    seen, before = file.stat(), file.with_name("settings-before.zip")

    assert (code, complaint) == (0, "")
    assert (stat.S_IMODE(carried.stat().st_mode), stat.S_IMODE(before.stat().st_mode)) == (0o600, 0o600)
    assert stat.S_IMODE(seen.st_mode) == 0o644
    assert os.geteuid() or seen.st_uid == 10001

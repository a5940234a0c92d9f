"""Keys and encryption: who may read what, and what an administrator is told when a key is wrong."""

import base64
from pathlib import Path

import pytest

from bot.stores import UnreadableFile, WrongKey
from bot.stores.files import remove_leftovers, replace_file
from bot.stores.vault import BadMasterKey, Cipher, Vault, master_key_from

KEY = bytes(range(32))
WRITTEN = base64.b64encode(KEY).decode()


def vault(folder: Path, key: bytes = KEY) -> Vault:
    return Vault(folder / "vault", key)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- sealing ---


def test_what_is_sealed_opens_as_what_it_was_sealed_as():
    assert Cipher(KEY).unseal("case", "VK-A", Cipher(KEY).seal("case", "VK-A", b"words")) == b"words"


@pytest.mark.parametrize(("kind", "name"), [("case", "VK-B"), ("blob", "VK-A"), ("caseV", "K-A"), ("", "caseVK-A")])
def test_what_is_sealed_does_not_open_as_anything_else(kind: str, name: str):
    sealed = Cipher(KEY).seal("case", "VK-A", b"words")

    with pytest.raises(UnreadableFile):
        Cipher(KEY).unseal(kind, name, sealed)


def test_one_changed_bit_anywhere_is_noticed():
    sealed = Cipher(KEY).seal("case", "VK-A", b"words")

    for place in range(len(sealed)):
        changed = bytes(byte ^ (place == at) for at, byte in enumerate(sealed))
        with pytest.raises(UnreadableFile):
            Cipher(KEY).unseal("case", "VK-A", changed)


@pytest.mark.parametrize("length", range(0, 34))
def test_a_file_cut_short_is_noticed(length: int):
    sealed = Cipher(KEY).seal("case", "VK-A", b"words")

    with pytest.raises(UnreadableFile):
        Cipher(KEY).unseal("case", "VK-A", sealed[:length])


def test_the_same_words_never_look_the_same_twice():
    assert Cipher(KEY).seal("case", "VK-A", b"words") != Cipher(KEY).seal("case", "VK-A", b"words")


# --- the vault ---


def test_a_cases_key_is_its_own_and_is_there_after_a_restart(tmp_path: Path):
    first = vault(tmp_path)
    first.make_key("VK-A")
    first.make_key("VK-B")
    sealed = first.of_case("VK-A").seal("case", "VK-A", b"words")

    again = vault(tmp_path)
    assert again.of_case("VK-A").unseal("case", "VK-A", sealed) == b"words"
    with pytest.raises(UnreadableFile):
        again.of_case("VK-B").unseal("case", "VK-A", sealed)


def test_a_key_that_is_there_is_kept(tmp_path: Path):
    it = vault(tmp_path)
    it.make_key("VK-A")
    wrapped = (it.folder / "keys" / "VK-A").read_bytes()

    it.make_key("VK-A")

    assert (it.folder / "keys" / "VK-A").read_bytes() == wrapped


def test_with_the_key_destroyed_nothing_of_the_case_opens(tmp_path: Path):
    it = vault(tmp_path)
    it.make_key("VK-A")
    it.of_case("VK-A")

    it.destroy_key("VK-A")
    it.destroy_key("VK-A")

    for each in (it, vault(tmp_path)):
        with pytest.raises(UnreadableFile, match="no key"):
            each.of_case("VK-A")


def test_one_cases_key_file_put_in_anothers_place_does_not_open(tmp_path: Path):
    it = vault(tmp_path)
    it.make_key("VK-A")
    it.make_key("VK-B")
    keys = it.folder / "keys"
    keys.joinpath("VK-A").write_bytes(keys.joinpath("VK-B").read_bytes())

    with pytest.raises(UnreadableFile):
        vault(tmp_path).of_case("VK-A")


def test_no_key_lies_on_disk_unwrapped(tmp_path: Path):
    vault(tmp_path).make_key("VK-A")

    assert all(KEY not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize("case", ["../check", "", "a/b", "VK.A", "x" * 129])
def test_an_id_that_could_be_a_path_gets_no_key(tmp_path: Path, case: str):
    with pytest.raises(ValueError):
        vault(tmp_path).make_key(case)


def test_a_wrong_master_key_is_refused_and_named(tmp_path: Path):
    it = vault(tmp_path)

    with pytest.raises(WrongKey, match="Nothing was touched") as told:
        vault(tmp_path, key=b"w" * 32)
    assert str(it.folder) in str(told.value)


def test_a_vault_that_lost_its_check_is_refused_rather_than_made_anew(tmp_path: Path):
    it = vault(tmp_path)
    it.make_key("VK-A")
    (it.folder / "check").unlink()

    with pytest.raises(WrongKey, match="backup"):
        vault(tmp_path, key=b"w" * 32)
    assert names(it.folder) == ["items", "keys", "shelves"]


@pytest.mark.parametrize(
    "left",
    [b"", b"half", Cipher(b"o" * 32).seal("shelves", "shelves", b"s" * 32)],
    ids=["nothing", "half", "of another key"],
)
def test_a_first_start_that_died_before_the_check_was_written_is_begun_anew(tmp_path: Path, left: bytes):
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "shelves").write_bytes(left)

    assert vault(tmp_path).hidden("dialogs", "anna") == vault(tmp_path).hidden("dialogs", "anna")


def test_what_a_first_start_that_died_had_drawn_is_kept(tmp_path: Path):
    hidden = vault(tmp_path).hidden("dialogs", "anna")
    (tmp_path / "vault" / "check").unlink()

    assert vault(tmp_path).hidden("dialogs", "anna") == hidden


def test_a_master_key_of_another_length_is_refused(tmp_path: Path):
    with pytest.raises(BadMasterKey, match="16 bytes"):
        vault(tmp_path, key=b"k" * 16)


def test_names_on_a_shelf_tell_nothing_and_are_the_same_every_time(tmp_path: Path):
    hidden = vault(tmp_path).hidden("dialogs", "anna@example.org")

    assert hidden == vault(tmp_path).hidden("dialogs", "anna@example.org")
    assert hidden != vault(tmp_path).hidden("language", "anna@example.org")
    assert hidden != Vault(tmp_path / "other", b"o" * 32).hidden("dialogs", "anna@example.org")
    assert "anna" not in hidden


# --- the master key ---


def test_the_environment_goes_before_the_key_file(tmp_path: Path):
    (tmp_path / "key").write_text(base64.b64encode(b"f" * 32).decode())

    assert master_key_from({"VAERN_MASTER_KEY": WRITTEN}, tmp_path / "key") == KEY


def test_the_key_file_serves_when_the_environment_says_nothing(tmp_path: Path):
    (tmp_path / "key").write_text(f"  {WRITTEN}\n")

    assert master_key_from({"VAERN_MASTER_KEY": ""}, tmp_path / "key") == KEY


@pytest.mark.parametrize(
    ("given", "found"),
    [("not base64!", "is not base64"), ("abcd", "holds 3 bytes"), (WRITTEN + "AAAA", "is not"), ("æ", "is not")],
)
def test_a_key_that_is_none_is_told_with_its_place_and_without_its_value(tmp_path: Path, given: str, found: str):
    (tmp_path / "key").write_text(given)

    for environment, key_file in (({"VAERN_MASTER_KEY": given}, None), ({}, tmp_path / "key")):
        with pytest.raises(BadMasterKey, match=found) as told:
            master_key_from(environment, key_file)
        assert ("VAERN_MASTER_KEY" if environment else str(key_file)) in str(told.value)
        assert given not in str(told.value)


def test_with_no_key_anywhere_it_is_said_what_is_expected(tmp_path: Path):
    for key_file in (None, tmp_path / "missing"):
        with pytest.raises(BadMasterKey, match="VAERN_MASTER_KEY is not set.*Expected base64 of 32"):
            master_key_from({}, key_file)
    assert names(tmp_path) == []


def test_a_key_file_is_made_only_when_asked_for_and_for_its_owner_alone(tmp_path: Path):
    key_file = tmp_path / "var" / "master.key"

    made = master_key_from({}, key_file, create=True)

    assert len(made) == 32
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert master_key_from({}, key_file, create=True) == master_key_from({}, key_file) == made


# --- replacing files ---


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path):
    replace_file(tmp_path / "file", b"old")
    replace_file(tmp_path / "file", b"new" * 1_000_000)

    assert (tmp_path / "file").read_bytes() == b"new" * 1_000_000
    assert names(tmp_path) == ["file"]


def test_leftovers_go_and_everything_else_stays(tmp_path: Path):
    for name in (".VK-A.case.12ab.tmp", "VK-A.case", "notes.tmp", ".hidden"):
        (tmp_path / name).write_bytes(b"")

    remove_leftovers(tmp_path)

    assert names(tmp_path) == [".hidden", "VK-A.case", "notes.tmp"]

"""At the command line: a package is verified by anybody, and the key it was signed with is told."""

import base64
import re

import pytest

from bot.packages.telling import lines
from bot.packages.verifying import verify_package
from bot.stores.vault import Vault
from cards.words import Texts
from casework.texts import read_catalogue
from tests.story import MASTER_KEY
from tests.test_command_line import ended
from tests.test_packages_proof import FILES, KEY, changed, content, package


async def test_whoever_gets_a_package_verifies_it_without_any_settings(tmp_path):
    path = str(package(tmp_path, content()))
    code, told, complaint = await ended("verify", path, "--key", KEY.fingerprint, "--language", "da")

    assert (code, complaint) == (0, "")
    assert "Pakke »Til politiet« fra »Københavns Kommune«, sag »VK-7Q4M-X2D«." in told
    assert "Underskriften passer, og nøglen er" in told
    assert "Filerne er præcis dem, der står på listen (3 i alt)." in told
    code, told, _ = await ended("verify", path)
    assert code == 0 and "ask the authority for its fingerprint" in told and "no timestamp" in told


@pytest.mark.parametrize(("known", "said"), [((KEY.fingerprint,), True), ((), False)])
def test_that_nothing_was_changed_is_said_of_a_key_the_reader_knows_alone(tmp_path, known, said):
    """Whoever changes a package can sign it anew with a key of their own."""
    whole = verify_package(package(tmp_path, content()), keys=known)
    told = " ".join(lines(whole, Texts("da", read_catalogue("da"))))

    assert ("Intet er ændret, siden pakken blev lavet." in told) == said
    assert ("Om pakken kommer fra myndigheden, ved man først" in told) != said


async def test_a_package_that_was_changed_is_an_exit_code_and_a_name(tmp_path):
    torn = {**content(), "originaler/001.png": changed(FILES["originaler/001.png"])}
    code, told, _ = await ended("verify", str(package(tmp_path, torn)), VAERN_TRUSTED_KEYS=KEY.fingerprint)

    assert code == 1 and "✗ “originaler/001.png” was changed." in told


async def test_a_certificate_that_cannot_be_read_is_named(tmp_path):
    code, _, complaint = await ended("verify", str(package(tmp_path, content())), "--authority", str(tmp_path / "no"))

    assert code == 1 and "--authority" in complaint


async def test_the_fingerprint_of_the_key_is_shown_and_stays(tmp_path):
    Vault(tmp_path / "keys", MASTER_KEY)
    told = {
        "VAERN_DATA": str(tmp_path),
        "VAERN_MASTER_KEY": base64.b64encode(MASTER_KEY).decode(),
        "VAERN_DEVELOPMENT": "1",
        "VAERN_ORGANISATION": "bot/rehearsal/organisation.toml",
    }
    first, second = await ended("signing-key", **told), await ended("signing-key", **told)

    assert first[0] == 0 and first == second and re.search(r"Fingerprint \(SHA-256\): [0-9a-f ]{71}\n", first[1])

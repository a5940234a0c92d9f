"""At the command line: a package is verified by anybody, and the key it was signed with is told."""

import base64
import re

from bot.stores.vault import Vault
from tests.story import MASTER_KEY
from tests.test_command_line import ended
from tests.test_packages_proof import FILES, KEY, changed, content, package


async def test_whoever_gets_a_package_verifies_it_without_any_settings(tmp_path):
    path = str(package(tmp_path, content()))
    code, told, complaint = await ended("verify", path, "--key", KEY.fingerprint, "--language", "da")

    assert (code, complaint) == (0, "")
    assert "Pakke »Til politiet« fra »Københavns Kommune«, sag »VK-7Q4M-X2D«." in told
    assert "Underskriften passer, og nøglen er" in told and "Alle 3 filer er præcis dem" in told
    code, told, _ = await ended("verify", path)
    assert code == 0 and "ask the authority for its fingerprint" in told and "no timestamp" in told


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

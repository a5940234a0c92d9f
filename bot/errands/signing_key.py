"""Show the public key that packages are signed with, and its fingerprint. It is made if there was none."""

import asyncio
import os
from argparse import ArgumentParser, Namespace

from bot.keeping.kept import SIGNING
from bot.packages.signing import SigningKey, signing_key
from bot.setup.faults import Fault
from bot.setup.settings import Settings, SettingsFault, read_settings
from bot.stores.shelf import FileShelf
from bot.stores.vault import Vault, master_key_from

NAME = "signing-key"


def options(parser: ArgumentParser) -> None:
    """There is nothing to choose."""


def run(chosen: Namespace) -> int:
    key = asyncio.run(_key(read_settings(os.environ)))
    print(
        f"Public key (Ed25519, base64): {key.public}\n"
        f"Fingerprint (SHA-256): {key.fingerprint}\n"
        "Tell the fingerprint to those who get packages, by another way than the package: on the authority's own "
        "pages, or on the telephone. It belongs into VAERN_TRUSTED_KEYS where packages are verified."
    )
    return 0


async def _key(settings: Settings) -> SigningKey:
    """Beside a bot that may be running, which reads it at its next package."""
    master = settings.master_key or master_key_from({}, settings.key_file)
    if settings.case_store != "postgres":
        return await signing_key(await asyncio.to_thread(_in_files, settings, master))
    from bot.stores.beside import beside  # the driver is loaded only where it is used

    async with beside(settings.database, master, looking=False) as found:
        if found.master is None:
            raise SettingsFault((Fault("VAERN_DATABASE", "holds no store", "Expected the database of a bot."),))
        return await signing_key(found.shelf(SIGNING))


def _in_files(settings: Settings, master: bytes) -> FileShelf:
    if not (settings.data / "keys" / "check").exists():
        expected = f"No bot has run with {settings.data}. Expected the folder of one."
        raise SettingsFault((Fault("VAERN_DATA", "holds no keys", expected),))
    return FileShelf(settings.data / SIGNING, Vault(settings.data / "keys", master), SIGNING, tidy=False)

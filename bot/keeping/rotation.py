"""Another master key for the store in a data folder, with the bot stopped."""

from pathlib import Path

from bot.keeping.backup import CASES, KEYS, BackupFault
from bot.keeping.restore import refuse_half_restored
from bot.stores import WrongKey
from bot.stores.tinydb_store import alone
from bot.stores.vault import BadMasterKey, Vault, fits


def change_master_key(data: Path, old: bytes, new: bytes) -> None:
    """From then on the new key opens everything. Said again after it was broken off, it ends what was begun.

    StoreInUse while the bot runs; WrongKey when neither key is the one in force, and nothing is touched.
    """
    if old == new:
        raise BadMasterKey("The new master key is the old one. Expected another: `openssl rand -base64 32`.")
    if not (data / KEYS / "check").exists():
        raise BackupFault(f"{data} holds no store. Expected the folder that VAERN_DATA names.")
    refuse_half_restored(data)
    with alone(data / CASES):
        _changed(data / KEYS, old, new)


def _changed(folder: Path, old: bytes, new: bytes) -> None:
    if fits(folder, new):
        Vault(folder, new).tidy()  # a change that was broken off after the step that counts
    elif fits(folder, old):
        Vault(folder, old).hand_over(new)
    else:
        raise WrongKey(f"Neither the old nor the new master key is the one in force in {folder}. Nothing was touched.")

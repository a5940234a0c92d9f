"""Whether the master key is the store's own. Nothing is made: a key that is only tried is not yet chosen."""

from pathlib import Path

from bot.checks import Finding, fault, ok
from bot.stores import WrongKey
from bot.stores.vault import Vault


def checked_key(folder: Path, master_key: bytes) -> tuple[Vault | None, Finding]:
    """The opened vault of that folder, or None where there is none to open with this key."""
    check, keys = folder / "check", folder / "keys"
    if not check.exists():
        lost = keys.is_dir() and any(keys.iterdir())
        return None, fault("key_check_gone", str(check)) if lost else ok("key_new")
    try:
        return Vault(folder, master_key), ok("key_right")
    except WrongKey:
        return None, fault("key_wrong", str(folder))

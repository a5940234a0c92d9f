"""Whether the settings can be read: every fault of theirs a line."""

from collections.abc import Mapping

from bot.checks import Findings, fault, ok
from bot.setup.settings import Settings, SettingsFault, read_settings


def checked_settings(environment: Mapping[str, str]) -> tuple[Settings | None, Findings]:
    """The settings, or None and all that is wrong with them."""
    try:
        return read_settings(environment), (ok("settings_right"),)
    except SettingsFault as told:
        places = ((f"{one.file}: {one.key}" if one.file else one.key, one) for one in told.faults)
        return None, tuple(fault("settings_wrong", key, one.found, f"{key}: {one.expected}") for key, one in places)

"""How we ask: every answer a command."""

from botbuilder.dialogs import DialogSet

from dialogs.add import AddEvidence, NewEpisode, WriteInCase
from dialogs.report import Report


def add_all(dialogs: DialogSet) -> DialogSet:
    """Every dialog there is. They keep nothing themselves, so a new set for each turn is cheap."""
    for kind in (Report, AddEvidence, NewEpisode, WriteInCase):
        dialogs.add(kind())
    return dialogs

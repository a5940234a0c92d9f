"""What is shown as an activity: one card, a neutral summary, and nothing that a lock screen should not say."""

from typing import Any

from cards.show import Shown
from dialogs.asking import ADAPTIVE_CARD


def activity_of(shown: Shown, activity: str | None = None) -> dict[str, Any]:
    """The activity as the connector sends it. `activity`: the one it replaces."""
    found: dict[str, Any] = {"type": "message", **({"id": activity} if activity else {})}
    if shown.card:
        found["attachments"] = [{"contentType": ADAPTIVE_CARD, "content": shown.card}]
        found["summary"] = shown.summary
    else:
        found |= {"text": shown.text, "textFormat": "plain"}
    return found

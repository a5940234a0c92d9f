"""What is shown as an activity: one card, a neutral summary, and nothing that a lock screen should not say."""

from typing import Any

from botbuilder.schema import Activity, Attachment

from cards.show import Shown

ADAPTIVE_CARD = "application/vnd.microsoft.card.adaptive"


def activity_of(shown: Shown, activity: str | None = None) -> dict[str, Any]:
    """The activity as the connector sends it. `activity`: the one it replaces."""
    found: dict[str, Any] = {"type": "message", **({"id": activity} if activity else {})}
    if shown.card:
        found["attachments"] = [{"contentType": ADAPTIVE_CARD, "content": shown.card}]
        found["summary"] = shown.summary
    else:
        found |= {"text": shown.text, "textFormat": "plain"}
    return found


def message_of(shown: Shown) -> Activity:
    """The same for a reply within a turn."""
    if not shown.card:
        return Activity(type="message", text=shown.text, text_format="plain")
    card = Attachment(content_type=ADAPTIVE_CARD, content=shown.card)
    return Activity(type="message", attachments=[card], summary=shown.summary)

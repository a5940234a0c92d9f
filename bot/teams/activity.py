"""What the channel sent, as an activity the bot can rely on: everything the SDK takes for granted is looked at here."""

from collections.abc import Mapping
from typing import Any

from botbuilder.schema import Activity, ActivityTypes, ConversationAccount, Entity

from bot.teams.faults import Malformed
from bot.teams.wire import read_model

FROM_SOMEONE = (ActivityTypes.message, ActivityTypes.invoke)
ADAPTIVE_CARD_ACTION = "adaptiveCard/action"


def read_activity(document: Any) -> Activity:
    """The activity; Malformed with the key of the first thing that is wrong."""
    activity = read_model(Activity, document, "activity")
    _needs(activity.type, "type")
    _needs(activity.conversation and activity.conversation.id, "conversation")
    _conversation_tenant(activity.conversation)
    _needs(activity.channel_id, "channelId")
    if activity.type in FROM_SOMEONE:
        _needs(activity.from_property and activity.from_property.id, "from")
    if activity.type == ActivityTypes.invoke:
        _needs(activity.name, "name")
    _object_or_nothing(activity.value, "value")
    _channel_data(activity.channel_data)
    for entity in activity.entities or ():
        _mention(entity)
    return activity


def tenants(activity: Activity) -> set[str]:
    """Every tenant the activity says it belongs to."""
    told = (activity.channel_data or {}).get("tenant") or {}
    conversation = activity.conversation
    said = (told.get("id"), conversation.tenant_id, conversation.additional_properties.get("tenantId"))
    return {tenant for tenant in said if tenant}


def broken_press(activity: Activity) -> dict[str, Any] | None:
    """The answer to a pressed button that is none, as a client of Adaptive Cards expects it; None when it is whole.

    botbuilder's own answer holds an exception, which cannot be written as JSON.
    """
    if activity.type != ActivityTypes.invoke or activity.name != ADAPTIVE_CARD_ACTION or _whole(activity.value):
        return None
    value = {"code": "BadRequest", "message": "malformed_action"}
    return {"statusCode": 400, "type": "application/vnd.microsoft.error", "value": value}


def _whole(value: Any) -> bool:
    action = value.get("action") if isinstance(value, Mapping) and "self" not in value else None
    return (
        isinstance(action, Mapping)
        and action.get("type") == "Action.Execute"
        and isinstance(action.get("verb"), str | None)
        and isinstance(action.get("data"), dict | None)
    )


def _needs(value: Any, key: str) -> None:
    if not value:
        raise Malformed(f"{key}_missing")


def _object_or_nothing(value: Any, key: str) -> None:
    if not isinstance(value, dict | None):
        raise Malformed(f"{key}_not_valid")


def _conversation_tenant(conversation: ConversationAccount) -> None:
    """Teams writes `tenantId`, the SDK's map says `tenantID`: then the SDK's field stays empty without a word."""
    tenant = conversation.additional_properties.get("tenantId")
    if not isinstance(tenant, str | None):
        raise Malformed("conversation_not_valid")
    conversation.tenant_id = conversation.tenant_id or tenant


def _channel_data(data: Any) -> None:
    """Teams' own part: read by the SDK and by us without looking twice."""
    _object_or_nothing(data, "channelData")
    for key in ("tenant", "team", "channel"):
        inner = (data or {}).get(key)
        _object_or_nothing(inner, f"channelData.{key}")
        if not isinstance((inner or {}).get("id"), str | None):
            raise Malformed(f"channelData.{key}_not_valid")


def _mention(entity: Entity) -> None:
    if entity.type != "mention":
        return
    said = entity.additional_properties
    mentioned = said.get("mentioned")
    if not isinstance(mentioned, dict) or not isinstance(mentioned.get("id"), str):
        raise Malformed("entities_not_valid")
    if not all(isinstance(text, str) for text in (mentioned.get("name") or "", said.get("text") or "")):
        raise Malformed("entities_not_valid")

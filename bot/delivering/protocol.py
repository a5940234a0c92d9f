"""How Teams is asked whether somebody wants a file, and told where it lies now. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
INVOKE = "fileConsent/invoke"
CONTEXT = "vaernFile"


@dataclass(frozen=True)
class Upload:
    """Where the file may be laid, and how Teams calls it there."""

    url: str
    content_url: str
    unique_id: str
    file_type: str
    name: str


@dataclass(frozen=True)
class Said:
    """What somebody answered: `upload` None is no."""

    id: str
    upload: Upload | None


def consent_message(id: str, name: str, size: int, description: str, summary: str) -> dict[str, Any]:
    """The activity that asks. Both answers come back with the offer's id."""
    context = {CONTEXT: id}
    content = {
        "description": description,
        "sizeInBytes": size,
        "acceptContext": context,
        "declineContext": context,
    }
    return {"type": "message", "summary": summary, "attachments": [_attachment(CONSENT, name, content)]}


def info_message(upload: Upload, summary: str) -> dict[str, Any]:
    """The activity that leads to the file."""
    content = {"uniqueId": upload.unique_id, "fileType": upload.file_type}
    card = _attachment(INFO, upload.name, content) | {"contentUrl": upload.content_url}
    return {"type": "message", "summary": summary, "attachments": [card]}


def read_answer(value: Any) -> Said | None:
    """The answer in an invoke's value; None when it is none of ours, or cannot be read."""
    id = _part(_part(value), "context").get(CONTEXT)
    if not isinstance(id, str) or not id:
        return None
    if _part(value).get("action") == "decline":
        return Said(id, None)
    upload = _upload(_part(_part(value), "uploadInfo"))
    return Said(id, upload) if upload and _part(value).get("action") == "accept" else None


def _attachment(kind: str, name: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"contentType": kind, "name": name, "content": content}


def _upload(given: Mapping[str, Any]) -> Upload | None:
    said = [given.get(key) for key in ("uploadUrl", "contentUrl", "uniqueId", "fileType", "name")]
    return Upload(*said) if all(isinstance(value, str) and value for value in said) else None


def _part(value: Any, name: str | None = None) -> Mapping[str, Any]:
    found = value if name is None else value.get(name)
    return found if isinstance(found, Mapping) else {}

"""A shelf in memory, for what is only about what lies on it."""

import json
from typing import Any


class MemoryShelf:
    """As FileShelf: what `get` gives is the caller's own copy."""

    def __init__(self) -> None:
        self.documents: dict[str, str] = {}

    async def get(self, key: str) -> dict[str, Any] | None:
        return json.loads(self.documents[key]) if key in self.documents else None

    async def put(self, key: str, document: dict[str, Any]) -> None:
        self.documents[key] = json.dumps(document)

    async def drop(self, key: str) -> None:
        self.documents.pop(key, None)

    async def keys(self) -> tuple[str, ...]:
        return tuple(sorted(self.documents))

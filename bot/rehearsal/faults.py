"""What can go wrong between bot and channel, put there on purpose, and a record of all that passed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass
class Received:
    """One request the bot made of the channel. `status` is what came of it, even if the answer got lost; 0 so far."""

    method: str
    path: str
    body: Any = None
    """The JSON it carried; None for forms and reads."""
    status: int = 0


def concerns_conversations(request: Received) -> bool:
    return request.path.startswith("/v3/conversations")


@dataclass
class Fault:
    """The next `count` requests that `match` go wrong: an HTTP status instead of the deed; "timeout": no answer comes;
    "drop_after": it is done, and the connection breaks before the answer."""

    what: int | Literal["timeout", "drop_after"]
    headers: Mapping[str, str] = field(default_factory=dict)
    count: int = 1
    match: Callable[[Received], bool] = concerns_conversations


def take(faults: list[Fault], request: Received) -> Fault | None:
    """The first fault that concerns the request, one time fewer than before."""
    fault = next((f for f in faults if f.match(request)), None)
    if fault:
        fault.count -= 1
        if fault.count <= 0:
            faults.remove(fault)
    return fault

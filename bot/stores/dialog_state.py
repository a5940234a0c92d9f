"""The dialog stack as a plain document, and back. Written out by hand: nothing kept can ever name a class to be made.

    {"version": 1, "stack": [{"id": "report.v1", "state": {...}, "inner": [{"id": "forms", "state": {...}}]}]}

The active dialog stands first. `inner` is the stack a ComponentDialog keeps within its own state.
"""

import math
from collections.abc import Mapping
from typing import Any

from botbuilder.dialogs import ComponentDialog, DialogInstance, DialogState

VERSION = 1

_INNER = ComponentDialog.persisted_dialog_state


def encode_dialog_state(state: DialogState) -> dict[str, Any]:
    """The stack as JSON. TypeError, naming dialog and place, for a value that would not come back as it was."""
    return {"version": VERSION, "stack": [_encoded(instance) for instance in state.dialog_stack]}


def decode_dialog_state(document: Mapping[str, Any]) -> DialogState:
    """The stack again, sharing nothing with the document. ValueError when this version did not write it."""
    if not isinstance(document, Mapping) or document.keys() != {"version", "stack"} or document["version"] != VERSION:
        raise ValueError(f"This is no dialog state of version {VERSION}.")
    return DialogState(_stack(document["stack"], "stack"))


def _encoded(instance: DialogInstance) -> dict[str, Any]:
    if type(instance.id) is not str:
        raise TypeError(f"A dialog's id is {instance.id!r}. Expected a string.")
    own, inner = dict(instance.state), instance.state.get(_INNER)
    if not isinstance(inner, DialogState):
        return {"id": instance.id, "state": _plain(own, instance.id, TypeError)}
    del own[_INNER]
    within = [_encoded(each) for each in inner.dialog_stack]
    return {"id": instance.id, "state": _plain(own, instance.id, TypeError), "inner": within}


def _stack(documents: object, place: str) -> list[DialogInstance]:
    if not isinstance(documents, list):
        raise ValueError(f"{place} is no list of dialogs.")
    return [_decoded(document, f"{place}[{number}]") for number, document in enumerate(documents)]


def _decoded(document: object, place: str) -> DialogInstance:
    if not isinstance(document, Mapping) or not {"id", "state"} <= document.keys() <= {"id", "state", "inner"}:
        raise ValueError(f"{place} is no dialog: expected id, state and perhaps inner.")
    if not isinstance(document["id"], str) or not isinstance(document["state"], Mapping):
        raise ValueError(f"{place} is no dialog: expected a string as id and an object as state.")
    state = _plain(document["state"], place, ValueError)
    if "inner" in document:
        state[_INNER] = DialogState(_stack(document["inner"], f"{place}.inner"))
    return DialogInstance(document["id"], state)


def _plain(value: object, place: str, fault: type[Exception]) -> Any:
    """A copy made of None, bool, int, float, str, list and dict alone. Subclasses are refused: JSON forgets them."""
    if value is None or type(value) in (bool, int, str) or (type(value) is float and math.isfinite(value)):
        return value
    if type(value) is list:
        return [_plain(each, f"{place}[{number}]", fault) for number, each in enumerate(value)]
    if type(value) is dict and all(type(key) is str for key in value):
        return {key: _plain(each, f"{place}.{key}", fault) for key, each in value.items()}
    raise fault(f"{place} holds a {type(value).__name__}. Dialog state keeps plain JSON values: make it one first.")

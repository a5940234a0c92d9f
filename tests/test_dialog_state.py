"""The dialog stack goes through JSON and comes back, and nothing that would not is ever kept."""

import json
from enum import StrEnum

import pytest
from botbuilder.core import TurnContext
from botbuilder.core.adapters import TestAdapter
from botbuilder.dialogs import (
    ComponentDialog,
    Dialog,
    DialogContext,
    DialogInstance,
    DialogSet,
    DialogState,
    DialogTurnResult,
    WaterfallDialog,
    WaterfallStepContext,
)
from botbuilder.dialogs.prompts import Prompt, PromptOptions, PromptRecognizerResult
from botbuilder.schema import Activity, ActivityTypes

from bot.stores.dialog_state import decode_dialog_state, encode_dialog_state


class Ask(Prompt):
    """A prompt that keeps the words of its question, not the SDK's options with a whole activity in them."""

    async def begin_dialog(self, dialog_context: DialogContext, options: object = None) -> DialogTurnResult:
        turn = await super().begin_dialog(dialog_context, PromptOptions())
        dialog_context.active_dialog.state[self.persisted_options] = None
        await dialog_context.context.send_activity(str(options))
        return turn

    async def on_prompt(self, turn_context, state, options, is_retry) -> None:
        if is_retry:
            await turn_context.send_activity("again")

    async def on_recognize(self, turn_context, state, options) -> PromptRecognizerResult:
        text = turn_context.activity.text
        return PromptRecognizerResult(text != "?", text)


class Report(ComponentDialog):
    def __init__(self) -> None:
        super().__init__("report.v1")
        self.add_dialog(Ask("form"))
        self.add_dialog(WaterfallDialog("forms", [self.ask_what, self.ask_when, self.send]))
        self.initial_dialog_id = "forms"

    async def ask_what(self, step: WaterfallStepContext) -> DialogTurnResult:
        return await step.begin_dialog("form", "what?")

    async def ask_when(self, step: WaterfallStepContext) -> DialogTurnResult:
        step.values["what"] = step.result
        return await step.begin_dialog("form", "when?")

    async def send(self, step: WaterfallStepContext) -> DialogTurnResult:
        await step.context.send_activity(f"{step.options['draft']}: {step.values['what']}, {step.result}")
        return await step.end_dialog()


class KeptAsText:
    """The conversation's dialog state as the shelf keeps it: nothing but text between two turns."""

    def __init__(self) -> None:
        self.text = json.dumps(encode_dialog_state(DialogState()))

    async def turn(self, said: str) -> list[str]:
        """Plays one turn with dialogs and stack made anew, and gives what the bot said."""
        answers: list[str] = []
        state = decode_dialog_state(json.loads(self.text))
        dialogs = DialogSet(_Given(state)).add(Report())

        async def play(context: TurnContext) -> None:
            context.on_send_activities(_listening(answers))
            dialog = await dialogs.create_context(context)
            if not state.dialog_stack:
                await dialog.begin_dialog("report.v1", {"draft": "VK-A"})
            else:
                await dialog.continue_dialog()

        adapter = TestAdapter(play)
        await adapter.receive_activity(Activity(type=ActivityTypes.message, text=said))
        self.text = json.dumps(encode_dialog_state(state), allow_nan=False)
        return answers


class _Given:
    """The accessor a DialogSet asks for its state."""

    def __init__(self, state: DialogState) -> None:
        self.state = state

    async def get(self, *_: object) -> DialogState:
        return self.state


def _listening(answers: list[str]):
    async def listen(_context: object, activities: list[Activity], go_on) -> object:
        answers.extend(activity.text for activity in activities)
        return await go_on()

    return listen


async def test_a_real_conversation_goes_on_over_text_alone():
    conversation = KeptAsText()

    assert await conversation.turn("hej") == ["what?"]
    assert await conversation.turn("?") == ["again"]
    assert await conversation.turn("a fake profile") == ["when?"]
    assert await conversation.turn("yesterday") == ["VK-A: a fake profile, yesterday"]
    assert json.loads(conversation.text)["stack"] == []


async def test_a_component_keeps_the_stack_within_it_as_inner():
    conversation = KeptAsText()
    await conversation.turn("hej")

    (outer,) = json.loads(conversation.text)["stack"]
    assert outer["id"] == "report.v1"
    assert [each["id"] for each in outer["inner"]] == ["form", "forms"], "the active one first"
    assert outer["state"] == {}


def test_values_come_back_as_they_were_and_share_nothing():
    state = {"a": [1, 2.5, True, None, "æ"], "b": {"c": {}}, "dialogs": "only a word here"}
    document = encode_dialog_state(DialogState([DialogInstance("one", state)]))
    state["a"].append("later")

    (back,) = decode_dialog_state(json.loads(json.dumps(document))).dialog_stack

    assert back.state == {"a": [1, 2.5, True, None, "æ"], "b": {"c": {}}, "dialogs": "only a word here"}


def test_components_within_components_come_back():
    innermost = DialogState([DialogInstance("third", {"n": 3})])
    inner = DialogState([DialogInstance("second", {"dialogs": innermost})])
    document = encode_dialog_state(DialogState([DialogInstance("first", {"dialogs": inner, "n": 1})]))

    first = decode_dialog_state(document).dialog_stack[0]

    third = first.state["dialogs"].dialog_stack[0].state["dialogs"].dialog_stack[0]
    assert (first.state["n"], third.id, third.state) == (1, "third", {"n": 3})


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    "value",
    [PromptOptions(), Activity(), DialogState(), Dialog.end_of_turn, Colour.RED, (1,), {1}, b"x", {1: 2}, float("nan")],
    ids=lambda value: type(value).__name__,
)
def test_what_would_not_come_back_as_it_was_is_refused_with_its_place(value: object):
    state = DialogState([DialogInstance("report.v1", {"answers": [{"when": value}]})])

    with pytest.raises(TypeError, match=r"report\.v1\.answers\[0\]\.when holds a " + type(value).__name__):
        encode_dialog_state(state)


WHOLE = {"id": "a", "state": {}}


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        "text",
        {"version": 2, "stack": []},
        {"version": 1},
        {"version": 1, "stack": {}},
        {"version": 1, "stack": [], "py/object": "os.system"},
        {"version": 1, "stack": ["a"]},
        {"version": 1, "stack": [{"id": "a"}]},
        {"version": 1, "stack": [{"id": 1, "state": {}}]},
        {"version": 1, "stack": [{"id": "a", "state": []}]},
        {"version": 1, "stack": [WHOLE | {"inner": {}}]},
        {"version": 1, "stack": [WHOLE | {"inner": [{}]}]},
        {"version": 1, "stack": [WHOLE | {"py/object": "os.system"}]},
        {"version": 1, "stack": [WHOLE | {"state": {"a": (1,)}}]},
    ],
    ids=repr,
)
def test_a_document_this_version_did_not_write_is_refused(document: object):
    with pytest.raises(ValueError, match="(?i)dialog"):
        decode_dialog_state(document)  # type: ignore[arg-type]

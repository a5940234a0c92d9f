"""The same activity again, as Teams sends it when an answer was slow or never came: nothing happens twice.

With the same id and with a new one; at once, at the same time and long after; and after the bot died in the middle.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.rehearsal.chat import Chat
from bot.rehearsal.faults import Fault
from bot.rehearsal.messages import Answer
from bot.stores.incoming import Incoming
from casework.vocabulary import Stage
from tests.acts import ACTS as FIRST_ACTS
from tests.acts import POST, at_a_draft, at_the_talk, begun, press, talked
from tests.acts_of_a_case import LATER_ACTS
from tests.story import Story, story
from tests.test_stories import PICTURE

ACTS = FIRST_ACTS | LATER_ACTS
State = dict[str, tuple[Any, ...]]
every_act = pytest.mark.parametrize("name", ACTS)


def chat_of(s: Story, who: str) -> Chat:
    return s.group if who == "group" else getattr(s, who)


async def state(s: Story) -> State:
    """Every case there is: its facts, its words, its files."""
    await s.settled()
    store, kept = s.app.store, {}
    for id in {id for person in s.channel.people for id in await store.cases_of(person)}:
        case = await store.load(id)
        files = [event["item"] for event in case.events if event["event"] == "evidence_received"]
        blobs = [await store.get_blob(id, item) for item in files]
        kept[id] = (case.events, dict(case.texts), blobs)
    return kept


async def done(s: Story, name: str) -> State:
    """The act is done, and has changed something."""
    prepare, act, _ = ACTS[name]
    await prepare(s)
    before = await state(s)
    assert (await act(s)).ok
    after = await state(s)
    assert after != before
    return after


@every_act
async def test_the_same_again_changes_nothing_whatever_its_id(name: str):
    async with story() as s:
        after = await done(s, name)
        for new_id in (False, True, True):
            answer = await s.channel.redeliver(chat_of(s, ACTS[name][2]), new_id=new_id)

            assert answer.ok
            assert await state(s) == after


@pytest.mark.parametrize("name", ["the first words with two pictures", "a form", "Send", "a note", "a wish for a call"])
async def test_the_same_twice_at_the_same_time_happens_once(name: str):
    async with story() as s:
        prepare, act, who = ACTS[name]
        await prepare(s)
        deliver, chat = s.channel.deliver, chat_of(s, who)

        async def twice(to: Chat, activity: dict[str, Any]) -> Answer:
            again = {**activity, "id": s.channel.stamp()[0]}
            return (await asyncio.gather(deliver(to, activity), deliver(to, again)))[0]

        s.channel.deliver = twice
        assert (await act(s)).ok
        after = await state(s)
        s.channel.deliver = deliver
        await s.channel.redeliver(chat)

        assert await state(s) == after
        assert len(after) == 1
        case = await s.case()
        assert len(case.account) <= 1 and len(case.evidence) in (0, 2)
        assert (await s.facts()).count("step_noted") <= 1


@every_act
async def test_a_death_after_any_write_of_a_turn_and_the_same_again_ends_where_the_turn_would_have(
    name: str, tmp_path: Path
):
    async with story(folder=tmp_path / "house") as s:
        prepare, act, who = ACTS[name]
        await prepare(s)
        await s.settled()
        left = _keep_what_a_death_would_leave(s, tmp_path)
        await act(s)
        after = await state(s)
        deaths = tuple(left)

        assert deaths
        for folder in deaths:
            await s.stop()
            s.settings = replace(s.settings, data=folder)
            await s.start()
            assert (await s.channel.redeliver(chat_of(s, who), new_id=True)).ok
            assert await state(s) == after, folder.name


def _keep_what_a_death_would_leave(s: Story, where: Path) -> list[Path]:
    """From now on a copy of all files is taken after every durable write that a turn makes."""
    copies: list[Path] = []

    def watched(write: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def written(*given: Any, **more: Any) -> Any:
            result = await write(*given, **more)
            copies.append(copy := where / f"{len(copies)} after {write.__name__}")
            await asyncio.to_thread(_copy, s.settings.data, copy)
            return result

        return written

    store, records = s.app.store, s.app.office.records

    @asynccontextmanager
    async def receiving(case: str, item: str) -> AsyncIterator[Incoming]:
        async with really(case, item) as arriving:
            arriving.keep = watched(arriving.keep)
            yield arriving

    really, store.receiving = store.receiving, receiving
    store.append, records.save = map(watched, (store.append, records.save))
    return copies


def _copy(folder: Path, to: Path) -> None:
    """Files may be replaced meanwhile: then once more."""
    while True:
        try:
            shutil.copytree(folder, to)
            return
        except shutil.Error:
            shutil.rmtree(to)


async def test_all_of_a_case_delivered_once_more_at_the_end_changes_nothing():
    async with story() as s:
        heard, deliver = [], s.channel.deliver

        async def overheard(chat: Chat, activity: dict[str, Any]) -> Answer:
            heard.append((chat, activity))
            return await deliver(chat, activity)

        s.channel.deliver = overheard
        await talked(s)
        await s.step(s.jonas, "ask_colleagues", "ask_consent", kind="colleagues")
        await s.does(s.mette, "answer_consent", answer="yes", kind="colleagues")
        await s.does(s.group, "take_step")
        after = await state(s)
        for chat, activity in heard:
            await deliver(chat, {**activity, "id": s.channel.stamp()[0]})

        assert await state(s) == after


async def test_two_notes_are_two_also_when_they_say_the_same():
    async with story() as s:
        await at_the_talk(s)
        for words in ("Vi taler i morgen.", "Vi har talt.", "Vi har talt."):
            await s.does(s.jonas, "note_step", {"note": words}, step="talk")

        assert (await s.facts()).count("step_noted") == 3


async def test_the_same_words_said_twice_are_two_pieces():
    async with story() as s:
        await begun(s)
        await s.mette.say("De har skrevet igen.")
        await s.mette.say("De har skrevet igen.")

        assert len((await s.case()).account) == 2


async def test_a_draft_begun_after_another_was_deleted_survives_the_deletion_coming_again():
    async with story() as s:
        await at_a_draft(s)
        chat, heard, deliver = s.mette, [], s.channel.deliver

        async def overheard(to: Chat, activity: dict[str, Any]) -> Answer:
            heard.append(activity)
            return await deliver(to, activity)

        s.channel.deliver = overheard
        assert (await press("mette", "delete_draft")(s)).ok
        deleting = heard[-1]
        assert await s.cases("mette") == ()
        await chat.say("De har skrevet igen.")
        await deliver(chat, {**deleting, "id": s.channel.stamp()[0]})

        assert [case.stage for case in await s.cases("mette")] == [Stage.DRAFT]


async def test_starting_over_again_after_a_death_leaves_one_new_draft(tmp_path: Path):
    async with story(folder=tmp_path / "house") as s:
        await at_a_draft(s)
        left = _keep_what_a_death_would_leave(s, tmp_path)
        assert (await press("mette", "start_over")(s)).ok
        after = await state(s)
        for folder in tuple(left):
            await s.stop()
            s.settings = replace(s.settings, data=folder)
            await s.start()

            assert (await s.channel.redeliver(s.mette, new_id=True)).ok
            assert await state(s) == after


async def test_a_picture_that_could_not_be_fetched_takes_no_other_ones_place_when_it_comes_again(tmp_path: Path):
    async with story(folder=tmp_path / "house") as s:
        await begun(s)
        pictures = (replace(POST, content=PICTURE + b"1"), replace(POST, content=PICTURE + b"2"))
        s.channel.faults.append(Fault(404, match=lambda request: request.path.startswith("/files/")))
        left = _keep_what_a_death_would_leave(s, tmp_path)
        await s.mette.say("", files=pictures)
        kept_one = next(folder for folder in left if folder.name.endswith("after append"))
        assert len((await s.case()).evidence) == 1
        await s.stop()
        s.settings = replace(s.settings, data=kept_one)
        await s.start()
        await s.channel.redeliver(s.mette)

        ((_, _, files),) = (await state(s)).values()
        assert sorted(files) == [picture.content for picture in pictures]

"""`python -m bot --rehearsal`: the same bot beside a local channel, a page for three people, and a movable clock.

The bot does not know that it is not Teams: only its key source, allow-lists, directory and clock are other settings.
"""

from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from typing import Protocol

from bot.app import App
from bot.clock import MovableClock
from bot.rehearsal.channel import LocalChannel
from bot.rehearsal.page_api import Cast
from bot.rehearsal.server import PracticeRoom, Room
from bot.setup.settings import Settings
from bot.teams.settings import SINGLE_TENANT, ChannelSettings
from cards.words import Texts
from casework.calendar import earlier_if_night, utc
from casework.case import Case, Episode
from casework.countdown import LEADER_BEFORE, countdown
from casework.deadline import deadline, open_questions
from casework.people import Person
from casework.texts import read_catalogue
from casework.vocabulary import CaseId, Stage


class Signs(Protocol):
    """A channel of our own on this machine: where its keys are published, and where its tokens are given out."""

    metadata_url: str
    token_url: str


def local_settings(channel: Signs, settings: Settings, secret: str) -> ChannelSettings:
    """The bot's edge, pointed at the local channel. Loopback only."""
    return ChannelSettings(
        app_id=settings.app_id,
        app_password=secret,
        tenant_id=settings.tenant_id,
        app_type=SINGLE_TENANT,
        metadata_url=channel.metadata_url,
        token_url=channel.token_url,
        issuer="https://api.botframework.com",
        allowed_service_hosts=(),
        allowed_tenants=(settings.tenant_id,),
        download_hosts=(),
        allow_loopback=True,
    )


@dataclass
class Rehearsal:
    """Everything a rehearsal opens; `await stop()` leaves nothing behind but its folder."""

    app: App
    channel: LocalChannel
    room: PracticeRoom
    cast: Cast
    closing: AsyncExitStack

    async def stop(self) -> None:
        await self.closing.aclose()


async def open_rehearsal(settings: Settings, master_key: bytes, channel_port: int | None = None) -> Rehearsal:
    """Channel, bot and page, each listening; the first time the bot is installed and the group connected.

    The channel is found again where it was, so that what was begun before a restart goes on after it: if nothing else
    is said, on the port below the page's.
    """
    channel_port = max(settings.rehearsal_port - 1, 0) if channel_port is None else channel_port
    settings = replace(settings, host="127.0.0.1")
    async with AsyncExitStack() as stack:
        clock, secret = MovableClock(settings.data / "clock"), token_urlsafe(32)
        channel = await _channel(stack, settings, clock, secret, channel_port)
        app = await App.open(settings, local_settings(channel, settings, secret), clock, master_key)
        stack.push_async_callback(app.stop)
        await app.start()
        channel.bot_url = f"{app.url}/api/messages"
        cast = await _cast(settings, channel)
        room = await _page(stack, app, channel, clock, cast)
        return Rehearsal(app, channel, room, cast, stack.pop_all())


async def _channel(
    stack: AsyncExitStack, settings: Settings, clock: MovableClock, secret: str, port: int
) -> LocalChannel:
    people = settings.organisation.people
    folder = Path(settings.data) / "channel"
    channel = LocalChannel("", settings.app_id, secret, settings.tenant_id, people, clock, folder)
    await channel.start(port=port)
    stack.push_async_callback(channel.stop)
    return channel


async def _page(
    stack: AsyncExitStack, app: App, channel: LocalChannel, clock: MovableClock, cast: Cast
) -> PracticeRoom:
    watch = Watch(app)
    room = PracticeRoom(channel, clock, Room(cast, watch.next_reminder, watch.deadlines, app.settled))
    await room.start(port=app.settings.rehearsal_port)
    stack.push_async_callback(room.stop)
    return room


async def _cast(settings: Settings, channel: LocalChannel) -> Cast:
    """The first person who leads nobody, their leader, and their workplace's group with a member who speaks."""
    organisation = settings.organisation
    place = organisation.workplaces[0]
    leads = {*place.leaders, place.stand_in, place.leaders_leader, *place.group, *place.union_reps}
    employee = next(p for p in organisation.people if organisation.works_at.get(p.id) == place.id and p.id not in leads)
    leader = next(p for p in organisation.people if p.id == place.leader)
    speaker = next(p for p in organisation.people if p.id in place.group and p.id != place.leader)
    first = not channel.chats
    group = channel.team_channel(place.id, place.name, (speaker.id, *place.group))
    if first:
        await _introduced(channel, group, employee, leader)
    return Cast(employee.id, leader.id, group, speaker.id)


async def _introduced(channel: LocalChannel, group, employee: Person, leader: Person) -> None:
    """What an administrator and a group do once: install the bot, and connect the channel."""
    await channel.chat(employee.id).install()
    await channel.chat(leader.id).install()
    await group.install()
    await group.say(Texts("da", read_catalogue("da")).plain("rehearsal.connect"))


@dataclass
class Watch:
    """What the page's clock shows: the 72 hours that end next, whoever's they are, and when something is said next."""

    app: App

    async def next_reminder(self) -> datetime | None:
        return await self.app.store.next_due()

    async def deadlines(self) -> dict:
        """Of all cases with an episode whose outcome is not in; if all have ended, the last to end. Empty: none."""
        now = self.app.clock.now()
        cases = [(await self.app.office.caseworker.open(CaseId(case))).case for case in await self.app.store.every()]
        found = [(case, episode) for case in cases if (episode := _counting(case, now))]
        ahead = [one for one in found if deadline(one[1]) > now]
        if not found:
            return {}
        case, episode = min(ahead, key=_ends) if ahead else max(found, key=_ends)
        return _thread(case, episode, now)


def _ends(counting: tuple[Case, Episode]) -> datetime:
    return deadline(counting[1])


def _counting(case: Case, now: datetime) -> Episode | None:
    """The episode whose 72 hours end next; if all have ended, the last to end. None when no outcome is waited for."""
    waiting = {episode for episode, _ in open_questions(case)}
    found = [row for row in case.in_time_order if case.stage is Stage.DRAFT or row.id in waiting]
    return next((row for row in found if deadline(row) > now), found[-1] if found else None)


def _thread(case: Case, episode: Episode, now: datetime) -> dict:
    marks = [{"at": at, "hours": LEADER_BEFORE[kind] // timedelta(hours=1)} for kind, at in _marks(case, episode, now)]
    return {"began_at": utc(episode.began_at), "deadline": deadline(episode), "reminders": marks}


def _marks(case: Case, episode: Episode, now: datetime) -> Iterator[tuple[str, datetime]]:
    """Where the leader is reminded, the said ones too; for a draft, where they would be if it were sent now."""
    if case.stage is Stage.DRAFT:
        moved = ((kind, earlier_if_night(deadline(episode) - before)) for kind, before in LEADER_BEFORE.items())
        yield from ((kind, at) for kind, at in moved if at >= now)
    for row in countdown(case):
        if row.episode == episode.id and row.to == case.recipient and row.kind in LEADER_BEFORE:
            yield row.kind, row.at

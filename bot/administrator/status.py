"""How the house runs, for whoever may see it: what `python -m bot check` looks at, from inside the running bot."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version

from aiohttp import ClientSession

from bot.administrator.attention import Attention, Row
from bot.checks import Finding, Findings, State
from bot.checks.kept import Kept
from bot.checks.people import UNREACHABLE, functions
from bot.checks.runner import run_checks
from bot.checks.site import Site
from bot.keeping.backup import last_backup
from bot.keeping.records import Records
from bot.reaching.absence import ALONE
from bot.reaching.silence import SILENT
from bot.scenes import Scenes
from bot.setup.renewal import KIND as SETTINGS
from bot.setup.renewal import RESTART
from bot.setup.settings import Settings
from bot.stores import CaseStore
from bot.teams.settings import ChannelSettings
from cards.show import Shown, show
from cards.status import Noted, StatusView, Trouble
from casework.readers import may_see_status
from casework.vocabulary import PersonId

PATIENCE = 5.0  # seconds; a press has to be answered within ten
TOLD_ALREADY = frozenset({"person_unreachable"})
"""Codes whose findings stand in the administrator's list too."""
SAID_ABOVE = frozenset({"backup_old"})
"""Codes whose detail stands on the card anyway, said better."""


class StatusRoom:
    """`now` is real time. The organisation is the one that names are drawn from, also when it is read anew."""

    def __init__(
        self,
        settings: Settings,
        channel: ChannelSettings,
        session: ClientSession,
        store: CaseStore,
        records: Records,
        attention: Attention,
        scenes: Scenes,
        now: Callable[[], datetime],
    ) -> None:
        self.settings, self.channel, self.session = settings, channel, session
        self.store, self.records, self.attention = store, records, attention
        self.scenes, self.now = scenes, now

    def open_to(self, person: PersonId) -> bool:
        return may_see_status(person, self.scenes.standing.organisation.administrators)

    async def shown(self, language: str) -> Shown:
        """The card as it is now, in that language."""
        site = self._site()
        view = await self._view(site)
        named = {row.person for row in view.noted if row.person}
        return show(view, await self.scenes.scene(language, named))

    def _site(self) -> Site:
        now = self.scenes.standing.now
        settings = replace(self.settings, organisation=now.organisation, overlays=now.overlays)
        kept = Kept(records=self.records, attention=self.attention)
        return Site(settings, self.channel, self.session, self.now, kept, settings.health_url, self.store.unreadable)

    async def _view(self, site: Site) -> StatusView:
        findings, waiting = await run_checks(site, patience=PATIENCE), await self.store.pending()
        may_be_named = frozenset(functions(site))
        return StatusView(
            version=version("vaern"),
            open_cases=await self.store.open_cases(),
            waiting=len(waiting),
            put_off=sum(row.not_before is not None and row.not_before > self.now() for row in waiting),
            last_backup=await asyncio.to_thread(last_backup, self.settings.data),
            noted=tuple(_noted(row, may_be_named) for row in await self.attention.rows()),
            troubles=tuple(_troubles(findings)),
        )


def _noted(row: Row, may_be_named: frozenset[PersonId]) -> Noted:
    """Somebody who cannot be reached may be an employee with a case: named are only those with a function."""
    if row.kind in (UNREACHABLE, SILENT, ALONE):
        person = PersonId(row.about)
        return Noted(row.kind, row.since, person if person in may_be_named else None)
    if (row.kind, row.about) == (SETTINGS, RESTART):
        return Noted(RESTART, row.since, about=row.details["keys"])
    return Noted(row.kind, row.since, about=row.about)


def _troubles(findings: Findings) -> Iterator[Trouble]:
    """One for each code that is not in order, with all it was found of."""
    wrong = [one for one in findings if one.state is not State.OK and one.code not in TOLD_ALREADY]
    for code in dict.fromkeys(one.code for one in wrong):
        same = [one for one in wrong if one.code == code]
        about = () if code in SAID_ABOVE else tuple(_abouts(same))
        yield Trouble(code, same[0].state is State.FAULT, about)


def _abouts(findings: Iterable[Finding]) -> Iterator[str]:
    for one in findings:
        if one.subject and one.detail:
            yield f"{one.subject} ({one.detail})"
        elif one.subject or one.detail:
            yield one.subject or one.detail

"""The next talk comes into both calendars, if there is a way: sent once, and what came of it stands in the case.

Nothing waits for it. Where it cannot be sent, both are reminded on the day all the same.
"""

from dataclasses import dataclass

import structlog

from bot.administrator.attention import Attention
from bot.caseworker import Caseworker
from bot.clock import Clock
from bot.keeping.records import Records
from bot.reaching.outbox import Postman
from bot.reaching.ways import Invitation, WayClosed, Ways
from bot.stores import Pending
from cards.words import Texts
from casework.case import Case
from casework.commands import NoteInvited
from casework.talk import LASTS
from casework.texts import read_catalogue
from casework.vocabulary import VAERN, CaseId, PersonId, Tried

log = structlog.get_logger()

INVITATION = "invitation"


@dataclass(frozen=True)
class Inviting:
    """A postman who also takes invitations; everything else goes on to the one behind."""

    postman: Postman
    ways: Ways
    caseworker: Caseworker
    records: Records
    attention: Attention
    clock: Clock

    async def deliver(self, row: Pending) -> bool:
        """False for an invitation: no card has come, and the row is done with."""
        if row.notice["kind"] != INVITATION:
            return await self.postman.deliver(row)
        await self._invite(CaseId(row.case), PersonId(row.notice["about"]))
        return False

    async def _invite(self, case: CaseId, person: PersonId) -> None:
        opened = (await self.caseworker.open(case)).case
        invitation = await self._of(opened, person)
        if invitation is not None:
            tried = await self._sent(invitation)
            head = {"case": case, "by": VAERN, "person": person}
            await self.caseworker.carry_out(NoteInvited(**head, next_talk=invitation.begins, tried=tried))

    async def _of(self, case: Case, person: PersonId) -> Invitation | None:
        """None when there is no such talk any more, or it was sent before."""
        points = case.talk.agreed(person)
        if points is None or points.next_talk is None or points.invited or points.next_talk <= self.clock.now():
            return None
        record = await self.records.of_person(person)
        language = record.language if record else "da"
        say = Texts(language, read_catalogue(language)).plain
        return Invitation(
            id=f"{case.id}-{points.next_talk.isoformat()}-{person}",
            subject=say("points.invitation.subject"),
            body=say("points.invitation.body"),
            begins=points.next_talk,
            lasts=LASTS,
            to=(PersonId(case.recipient or ""), person),
        )

    async def _sent(self, invitation: Invitation) -> Tried:
        try:
            await self.ways.invite(invitation)
        except WayClosed as closed:
            if closed.permission:
                await self.attention.note("permission", closed.permission, self.clock.now())
            return Tried.CLOSED
        except Exception as fault:  # busy, or broken: to whoever talks it is all one
            log.warning("not_invited", reason=type(fault).__name__)
            return Tried.FAILED
        return Tried.DONE

"""The other ways to a person, through Graph: the app installed for them, a mail from one mailbox, an invitation.

Each is sent once; who sends it again later decides whoever asked. Nothing but neutral words goes this way.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.directory import Directory, DirectoryUnreachable
from bot.directory.graph_calls import GraphCalls
from bot.directory.graph_client import HOST
from bot.directory.graph_requests import EVENT, INSTALL, MAIL, USER, Call, GraphFault
from bot.reaching.ways import Invitation, WayBusy, WayClosed
from casework.vocabulary import PersonId

DONE_BEFORE = 409  # installed already, or invited with the same transaction id


class GraphWays:
    """`catalog_app_id` and `mailbox` may be empty: then that way is not set up."""

    def __init__(self, calls: GraphCalls, directory: Directory, catalog_app_id: str, mailbox: str) -> None:
        self._calls, self._directory = calls, directory
        self._app, self._mailbox = catalog_app_id, mailbox

    async def install(self, person: PersonId) -> None:
        app = f"https://{HOST}/v1.0/appCatalogs/teamsApps/{_set_up(self._app)}"
        if await self._sent(INSTALL, person, {"teamsApp@odata.bind": app}) == 404:
            raise WayClosed("no_app" if await self._exists(person) else "nobody")

    async def mail(self, person: PersonId, subject: str, body: str) -> None:
        mailbox, to = _set_up(self._mailbox), await self._recipient(person)
        message = {"subject": subject, "body": _text(body), "toRecipients": [to]}
        if await self._sent(MAIL, mailbox, {"message": message, "saveToSentItems": False}) == 404:
            raise WayClosed("no_mailbox")

    async def invite(self, invitation: Invitation) -> None:
        mailbox = _set_up(self._mailbox)
        attendees = [{**await self._recipient(person), "type": "required"} for person in invitation.to]
        if await self._sent(EVENT, mailbox, _event(invitation, attendees)) == 404:
            raise WayClosed("no_mailbox")

    async def _sent(self, call: Call, whose: str, body: Mapping[str, Any]) -> int | None:
        """None when it is done, 404 when what was named is not there."""
        try:
            await self._calls.write(call, {"id": whose}, body)
        except GraphFault as fault:
            if fault.status == DONE_BEFORE:
                return None
            if fault.status == 404:
                return fault.status
            raise _closed_or_busy(fault) from fault
        return None

    async def _recipient(self, person: PersonId) -> dict[str, Any]:
        """The person's address. Whoever is not to be found, or has none, closes the way: for all or for nobody."""
        try:
            found = await self._directory.person(person)
        except DirectoryUnreachable as fault:
            raise WayBusy() from fault
        if found is None or not found.mail:
            raise WayClosed("no_mail" if found else "nobody")
        return {"emailAddress": {"address": found.mail}}

    async def _exists(self, person: PersonId) -> bool:
        """Asked anew: whoever has left may still be remembered. Unknown counts as there."""
        try:
            await self._calls.read(USER, {"id": person}, {"$select": "id"})
        except GraphFault as fault:
            return fault.status != 404
        return True


def _set_up(value: str) -> str:
    if not value:
        raise WayClosed("not_set_up")
    return value


def _closed_or_busy(fault: GraphFault) -> WayClosed | WayBusy:
    if fault.down:
        return WayBusy(fault.retry_after)
    if fault.status == 403:
        return WayClosed("permission" if fault.permission else "not_allowed", fault.permission)
    return WayClosed("refused")


def _event(invitation: Invitation, attendees: list[dict[str, Any]]) -> dict[str, Any]:
    """Private, so that whoever may look into a calendar sees only that the time is taken."""
    begins = invitation.begins.astimezone(UTC)
    return {
        "transactionId": invitation.id,
        "subject": invitation.subject,
        "body": _text(invitation.body),
        "start": _moment(begins),
        "end": _moment(begins + invitation.lasts),
        "attendees": attendees,
        "isOnlineMeeting": False,
        "sensitivity": "private",
    }


def _moment(moment: datetime) -> dict[str, str]:
    return {"dateTime": moment.replace(tzinfo=None).isoformat(timespec="seconds"), "timeZone": "UTC"}


def _text(content: str) -> dict[str, str]:
    return {"contentType": "text", "content": content}

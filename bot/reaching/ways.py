"""Other ways to a person than the chat: the app installed for them, a neutral mail, an invitation in the calendar.

Nothing here knows why somebody is to be reached. Subject and body are neutral words that anybody may read.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from casework.vocabulary import PersonId


class WayClosed(Exception):
    """This way cannot be gone for this person, now or at all; then the next one is tried.

    `reason`: "not_set_up" (no catalogue id or mailbox in the settings), "permission", "not_allowed" (a policy forbids
    it for this person or mailbox), "nobody" (they have left), "no_mail" (they have no address), "no_app", "no_mailbox"
    (what the settings name is not there), "refused" (Graph finds the request wrong).
    `permission` is the Graph permission that was missing, for the administrator; empty when that is not why.
    """

    def __init__(self, reason: str, permission: str = "") -> None:
        super().__init__(f"{reason} {permission}".strip())
        self.reason, self.permission = reason, permission


class WayBusy(Exception):
    """Not now: throttled, down or silent. The same again later; a mail may then have been sent already.

    `retry_after` is in seconds, None when nobody said.
    """

    def __init__(self, retry_after: float | None = None) -> None:
        super().__init__("busy" if retry_after is None else f"busy for {retry_after:g} s")
        self.retry_after = retry_after


@dataclass(frozen=True)
class Invitation:
    """An event in a calendar. `id` makes it the same one if it is sent again."""

    id: str
    subject: str
    body: str
    begins: datetime
    lasts: timedelta
    to: tuple[PersonId, ...]


class Ways(Protocol):
    """Each returns when it is done, raises WayClosed when it cannot be, and WayBusy when not now."""

    async def install(self, person: PersonId) -> None:
        """The app is installed for the person, now or since before: they can be written to."""

    async def mail(self, person: PersonId, subject: str, body: str) -> None: ...

    async def invite(self, invitation: Invitation) -> None: ...


class NoWays:
    """Where nothing but the chat is set up."""

    async def install(self, person: PersonId) -> None:
        raise WayClosed("not_set_up")

    async def mail(self, person: PersonId, subject: str, body: str) -> None:
        raise WayClosed("not_set_up")

    async def invite(self, invitation: Invitation) -> None:
        raise WayClosed("not_set_up")

"""Ways to people, made by hand: whom the app can be installed for, whether mail comes through, and what was tried."""

from bot.reaching.ways import Invitation
from bot.rehearsal.channel import LocalChannel
from casework.vocabulary import PersonId


class WaysByHand:
    """`install_fails`, `mail_fails` and `invite_fails`: what is raised instead, until told otherwise; None: it works.

    An installation opens the channel's door to the person, as in Teams.
    """

    def __init__(self) -> None:
        self.channel: LocalChannel | None = None
        self.installed: list[PersonId] = []
        self.mailed: list[tuple[PersonId, str, str]] = []
        self.install_fails: BaseException | None = None
        self.mail_fails: BaseException | None = None
        self.invited: list[Invitation] = []
        self.invite_fails: BaseException | None = None

    @property
    def mailed_to(self) -> list[PersonId]:
        return [person for person, *_ in self.mailed]

    async def install(self, person: PersonId) -> None:
        self.installed.append(person)
        if self.install_fails:
            raise self.install_fails
        if self.channel:
            self.channel.unreachable.discard(person)

    async def mail(self, person: PersonId, subject: str, body: str) -> None:
        self.mailed.append((person, subject, body))
        if self.mail_fails:
            raise self.mail_fails

    async def invite(self, invitation: Invitation) -> None:
        self.invited.append(invitation)
        if self.invite_fails:
            raise self.invite_fails

"""What every card is drawn with besides its view: the words, the people's names, the place, and the time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cards.words import Ready, Texts
from casework.local import Guide, Policy, original
from casework.people import Contact, Person
from casework.vocabulary import Certainty, PersonId, WorkplaceId


@dataclass(frozen=True)
class Place:
    """The organisation as cards speak of it, from its settings."""

    authority: str
    workplaces: Mapping[WorkplaceId, str]
    legal_staff: Contact
    crisis: tuple[Contact, ...]
    kept_for: str  # how long a case is kept, as a whole phrase in the reader's language: "24 måneder"


@dataclass(frozen=True)
class Scene:
    """One reader's moment: everything a card function needs that is not its view."""

    say: Texts
    people: Mapping[PersonId, Person]
    place: Place
    now: datetime
    guide: Guide = field(default_factory=original)
    """Whose words these are: the facts beside them, and the accept wordings in force."""
    device: str = ""
    """What the reader last chose to be shown how on; empty: nothing yet."""
    policy: Policy | None = None
    """What holds at the workplace when whoever is behind it is from there; None: nobody has said."""

    def name(self, person: PersonId | None) -> str:
        """The first name, as we say it in a sentence. Who is no longer in the directory gets a kind word."""
        found = self.people.get(person) if person else None
        return found.first_name if found else self.say.plain("common.no_longer_here")

    def full_name(self, person: PersonId | None) -> str:
        found = self.people.get(person) if person else None
        return found.name if found else self.say.plain("common.no_longer_here")

    def names(self, people: Iterable[PersonId]) -> Ready:
        """Full names as a list in a sentence."""
        return self.say.names([self.full_name(person) for person in people])

    def phone(self, person: PersonId | None) -> str:
        """The phone number, or nothing."""
        found = self.people.get(person) if person else None
        return found.phone if found else ""

    def contact(self, contact: Contact) -> Ready:
        """Somebody to ring, on one line: name, number and, if told, hours."""
        key = "common.contact_hours" if contact.hours else "common.contact"
        return self.say(key, name=contact.name, phone=contact.phone, hours=self._hours(contact.hours))

    def _hours(self, hours: str) -> str:
        days, _, clock = hours.partition(" ")
        key = f"common.hours.{days}_at" if clock else f"common.hours.{days}"
        return self.say.plain(key, clock=clock) if self.say.has(key) else hours

    def when(self, moment: datetime) -> Ready:
        """The moment as one says it now."""
        return self.say.moment(moment, self.now)

    def began(self, began_at: datetime | None, certainty: Certainty) -> Ready | str:
        """When an episode was: nobody has said a clock unless it is exact, and then it counts from that day's start."""
        if began_at is None:
            return ""
        told = self.say.full if certainty is Certainty.EXACT else self.say.day
        return told(began_at, self.now)

    def began_short(self, began_at: datetime, certainty: Certainty) -> Ready:
        """The same on a button."""
        return (self.say.short if certainty is Certainty.EXACT else self.say.short_day)(began_at)

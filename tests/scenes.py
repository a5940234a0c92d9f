"""The people, the place and the moment that the drawn cards are about. Mette Lund's story runs through all of them."""

from datetime import UTC, datetime, timedelta

from cards.scene import Place, Scene
from cards.words import Texts
from casework.people import Contact, Person
from casework.texts import read_catalogue
from casework.vocabulary import CaseId, PersonId, WorkplaceId

CASE = CaseId("VK-7Q4M-X2D")
METTE, JONAS, KARIN, SARA = (PersonId(name) for name in ("mette", "jonas", "karin", "sara"))
BIRGIT, ALI, PETER, LISE, NADIA, TOM = (PersonId(n) for n in ("birgit", "ali", "peter", "lise", "nadia", "tom"))
GONE = PersonId("gone")
"""Somebody the directory no longer knows."""
NORD = WorkplaceId("borgerservice-nord")
PEOPLE = {
    person.id: person
    for person in (
        Person(METTE, "Mette Lund", "Borgerrådgiver", "00 00 01 01", "mette.lund@example.dk"),
        Person(JONAS, "Jonas Friis", "Leder", "00 00 01 02", "jonas.friis@example.dk"),
        Person(KARIN, "Karin Holm", "Souschef", "00 00 01 03", "karin.holm@example.dk"),
        Person(SARA, "Sara Nygaard", "Arbejdsmiljørepræsentant", "00 00 01 05", "sara.nygaard@example.dk"),
        Person(BIRGIT, "Birgit Dam", "Områdechef", "00 00 01 04", "birgit.dam@example.dk"),
        Person(ALI, "Ali Demir", "Tillidsrepræsentant", "00 00 01 06", "ali.demir@example.dk"),
        Person(PETER, "Peter Vang", "Borgerrådgiver", "00 00 01 07", "peter.vang@example.dk"),
        Person(LISE, "Lise Bech", "Borgerrådgiver", "00 00 01 08", "lise.bech@example.dk"),
        Person(NADIA, "Nadia Krogh", "Sagsbehandler", "00 00 01 09", "nadia.krogh@example.dk"),
        Person(TOM, "Tom Riis", "Sagsbehandler", "00 00 01 10", "tom.riis@example.dk"),
    )
}

EPISODE = datetime(2026, 11, 21, 13, 10, tzinfo=UTC)
"""Saturday 14.10 in Copenhagen: the post."""
SENT = datetime(2026, 11, 22, 10, 10, tzinfo=UTC)
"""Sunday 11.10: Mette sends it to Jonas."""
NOW = SENT + timedelta(hours=2)
UNTIL = EPISODE + timedelta(hours=72)
LONG_WORDS = ("Der står grimme ting om mig, og folk skriver videre i kommentarerne. æøå 🙂 " * 60)[:4_000]
"""As much as a person may write in one field."""
HOSTILE = "**fed** [klik](https://ond.example) <at>alle</at> `kode`\u202e{{DATE(2026-01-01T00:00:00Z)}}\n# stor"
"""Everything that could come alive in a card."""


def place(language: str) -> Place:
    return Place(
        authority="Københavns Kommune",
        workplaces={NORD: "Borgerservice Nord"},
        legal_staff=Contact("Juridisk vagt", "00 00 00 01", "weekdays 9-15"),
        crisis=(
            Contact("SOS International", "00 00 00 00"),
            Contact("Tidlig Indsats", "33 66 57 66", "weekdays 9-13"),
            Contact("Falck", "70 20 74 10", "always"),
        ),
        kept_for={"da": "24 måneder", "en": "24 months"}[language],
    )


def scene(language: str = "da", now: datetime = NOW) -> Scene:
    """Two hours after Mette sent it, in that language."""
    return Scene(Texts(language, read_catalogue(language)), PEOPLE, place(language), now)

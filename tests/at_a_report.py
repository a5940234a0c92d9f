"""A report taken to each of its forms, for the tests of its dialog."""

from casework.people import Person
from casework.vocabulary import PersonId
from dialogs.report import REPORT
from tests.at_a_desk import Chat
from tests.scenes import JONAS, PEOPLE

LARS_1, LARS_2 = PersonId("lars1"), PersonId("lars2")
TWO_CALLED_LARS = {
    **PEOPLE,
    LARS_1: Person(LARS_1, "Lars Bo", "Leder", mail="lars.bo@example.dk"),
    LARS_2: Person(LARS_2, "Lars Dahl", "Leder", mail="lars.dahl@example.dk"),
}
POST = {"certainty": "exact", "date": "2026-11-21", "time": "14:10"}


async def begun(chat: Chat | None = None) -> Chat:
    chat = chat or Chat()
    await chat.begins(REPORT)
    return chat


async def at_what() -> Chat:
    chat = await begun()
    await chat.presses("report_next", whom="me")
    return chat


async def at_when() -> Chat:
    chat = await at_what()
    await chat.presses("report_next", account="Der står grimme ting om mig.")
    return chat


async def at_who_where() -> Chat:
    chat = await at_when()
    await chat.presses("report_next", **POST)
    return chat


async def at_who_is_to_know() -> Chat:
    chat = await at_who_where()
    await chat.presses("report_next")
    return chat


async def at_review() -> Chat:
    chat = await at_who_is_to_know()
    await chat.presses("report_next", recipient=JONAS)
    return chat

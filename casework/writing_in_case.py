"""[Skriv i sagen]: what the words become depends on who writes them."""

from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import Case
from casework.messages import hearers, write_message
from casework.reporting import give_account


def write_in_case(case: Case, command: c.WriteInCase, now: datetime) -> tuple[e.Event, ...]:
    """A reporter who is not affected goes on telling; an affected person writes to whoever has the case."""
    head = {"case": command.case, "by": command.by}
    if command.by not in hearers(case):
        return give_account(case, c.GiveAccount(**head, account=command.words), now)
    return write_message(case, c.WriteMessage(**head, person=command.by, words=command.words), now)

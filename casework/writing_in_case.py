"""[Skriv i sagen]: what the words become depends on who writes them."""

from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import Case
from casework.handing_on import whoever_reads
from casework.messages import hearers, write_message
from casework.reporting import give_account
from casework.vocabulary import Refused


def write_in_case(case: Case, command: c.WriteInCase, now: datetime) -> tuple[e.Event, ...]:
    """A reporter who is not affected goes on telling; an affected person writes to whoever has the case.

    Refused when they are for one who had it until now: the other must not read them unasked.
    """
    if command.reader is not None and command.reader != whoever_reads(case):
        raise Refused("words_for_another")
    head = {"case": command.case, "by": command.by}
    if command.by not in hearers(case):
        return give_account(case, c.GiveAccount(**head, account=command.words), now)
    return write_message(case, c.WriteMessage(**head, person=command.by, words=command.words), now)

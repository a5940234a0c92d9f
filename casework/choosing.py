"""Who is told, and who is chosen away by that: the least that must be asked of somebody whose hands shake (B2).

Choosing another than one's leader chooses the leader away, and needs no question. It is no choosing-away when the
leader is absent and the one who stands in is chosen, nor when a workplace has two leaders and one of them is. Then, and
only then, the form asks whether the other is to stay out of it.
"""

from collections.abc import Sequence

from casework.views import RecipientChoice
from casework.vocabulary import PersonId

LEADER, STAND_IN = "leader", "stand_in"


def first_of(choices: Sequence[RecipientChoice]) -> PersonId | None:
    """Who stands chosen beforehand: nobody, as it is a free choice; but while a leader is away, whoever steps in."""
    away = any(choice.away_until for choice in choices)
    return choices[0].person if away and not choices[0].away_until else None


def asks_to_stay_out(choices: Sequence[RecipientChoice]) -> tuple[PersonId, ...]:
    """Leaders of whom it must be asked whether they are to stay out of it. Empty: the choice itself says it."""
    leaders = tuple(choice.person for choice in choices if choice.role == LEADER)
    return leaders if len(leaders) > 1 or leaders and stands_in(choices, first_of(choices)) else ()


def chosen_away(
    choices: Sequence[RecipientChoice], leaders: Sequence[PersonId], recipient: PersonId, *, stay_out: bool
) -> tuple[PersonId, ...]:
    """The leaders that this choice shuts out."""
    others = tuple(leader for leader in dict.fromkeys(leaders) if leader != recipient)
    stays_with_them = recipient in leaders or stands_in(choices, recipient)
    return () if stays_with_them and not stay_out else others


def stands_in(choices: Sequence[RecipientChoice], person: PersonId | None) -> bool:
    """Whether the person is who steps in for leaders all of whom are away."""
    leaders = [choice for choice in choices if choice.role == LEADER]
    if person is None or not leaders or not all(choice.away_until for choice in leaders):
        return False
    first = choices[0]
    return (first.person, first.role) == (person, STAND_IN) and not first.away_until

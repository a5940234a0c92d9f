"""Whether whoever is behind a case is known from earlier ones, as far as this case was told."""

from dataclasses import dataclass

from casework import events as e
from casework.vocabulary import PersonId


@dataclass(frozen=True)
class Recognition:
    """`known`: from several earlier cases. `not_the_only_one`: affected people of this one, if those were of others."""

    known: bool = False
    not_the_only_one: tuple[PersonId, ...] = ()


def recognition_after(recognition: Recognition, event: e.ConductRecognised) -> Recognition:
    """Once known it stays so: what somebody has been told is not taken back."""
    people = dict.fromkeys((*recognition.not_the_only_one, *event.not_the_only_one))
    return Recognition(True, tuple(people))

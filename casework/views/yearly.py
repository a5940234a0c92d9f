"""The yearly talk of a health and safety group."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from casework.vocabulary import WorkplaceId
from casework.yearly import Talked, Topic


@dataclass(frozen=True)
class ReviewView:
    """`reminded`: it was told of before, and something is still open."""

    workplace: WorkplaceId
    year: int
    talked: Mapping[Topic, Talked] = field(default_factory=dict)
    reminded: bool = False

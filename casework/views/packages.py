"""What is put together for somebody: which there are, what goes into one, and the words of those that are pasted."""

from dataclasses import dataclass

from casework.views.common import Deadline, EvidenceLine
from casework.vocabulary import CaseId, Form, Medium, Package, PersonId, WorkingHours


@dataclass(frozen=True)
class PackagesView:
    """Which the reader may put together."""

    case: CaseId
    version: int
    packages: tuple[Package, ...]


@dataclass(frozen=True)
class PackageView:
    """What goes into one, before it is made. `unfit`: what the recipient does not take; `unaccepted`: affected people
    who were asked about a police report and have given no yes, `unasked`: who were not asked; `letter`: none,
    unfilled, ready; `legal`: the reader is of the legal staff.
    """

    case: CaseId
    version: int
    package: Package
    own: bool
    affected: tuple[PersonId, ...] = ()
    pieces: tuple[EvidenceLine, ...] = ()
    unfit: tuple[EvidenceLine, ...] = ()
    unaccepted: tuple[PersonId, ...] = ()
    unasked: tuple[PersonId, ...] = ()
    letter: str = "none"
    has_account: bool = False
    legal: bool = False
    untold: tuple[PersonId, ...] = ()  # of `affected`, who have not heard of it


@dataclass(frozen=True)
class PastedView:
    """What goes into fields of somebody else's form, field by field."""

    case: CaseId
    version: int
    package: Package
    own: bool
    affected: tuple[PersonId, ...]
    episodes: tuple[Deadline, ...]
    media: tuple[Medium, ...]
    forms: tuple[Form, ...]
    working_hours: WorkingHours
    account: str
    identifier: str = ""
    links: str = ""

"""Who may put together what for whom: a part of `casework.access`, which lets the command through or refuses it."""

from collections.abc import Callable, Mapping

from casework import commands as c
from casework.case import Case
from casework.vocabulary import ItemId, Package, PersonId, Refused, Role, StepId

SAFETYNET = StepId("safetynet")
HANDLE_IT = frozenset({Role.LEADER, Role.LEGAL_STAFF})
AND_WHOM_IT_IS_ABOUT = HANDLE_IT | {Role.AFFECTED_EMPLOYEE}
MAY_MAKE: Mapping[Package, frozenset[Role]] = {
    Package.POLICE: AND_WHOM_IT_IS_ABOUT,
    Package.SAFETYNET: HANDLE_IT,
    Package.DATATILSYNET: AND_WHOM_IT_IS_ABOUT,
    Package.PLATFORM: AND_WHOM_IT_IS_ABOUT,
    Package.LEGAL_STAFF: HANDLE_IT,
    Package.DOCUMENT_SYSTEM: HANDLE_IT,
    Package.OWN_COPY: frozenset({Role.AFFECTED_EMPLOYEE}),
}
"""Besides, for SafetyNet, whoever has taken that step. What goes in is never more than they may open themselves."""
HOLDS_A_STEP = frozenset({Role.COMPANION, Role.HEALTH_SAFETY_GROUP})


def may_make(case: Case, person: PersonId, roles: frozenset[Role], package: Package) -> bool:
    """Whether they may put this together. Legal staff when they have looked into the case, which stands in its log."""
    unlogged = frozenset() if person in case.custody.consulted else {Role.LEGAL_STAFF}
    has_the_step = package is Package.SAFETYNET and person == case.step(SAFETYNET).owner
    return bool(roles & MAY_MAKE[package] - unlogged) or (has_the_step and bool(roles & HOLDS_A_STEP))


def permit_package(case: Case, command: c.MakePackage, roles: frozenset[Role], opens: Callable[[ItemId], bool]) -> None:
    """Making takes a while: what was withdrawn, or closed to them (`opens`), meanwhile goes into nothing."""
    if not may_make(case, command.by, roles, command.package):
        raise Refused("not_yours")
    withdrawn = frozenset() if command.package is Package.LEGAL_STAFF else case.custody.withdrawn.keys()
    if not all(opens(item) and item not in withdrawn for item in command.items):
        raise Refused("package_changed")

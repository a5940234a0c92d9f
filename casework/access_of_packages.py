"""Who may put together what for whom: a part of `casework.access`, which lets the command through or refuses it."""

from collections.abc import Mapping

from casework.case import Case
from casework.vocabulary import Package, PersonId, Role, StepId

SAFETYNET = StepId("safetynet")
AFFECTED_AND_LEADER = frozenset({Role.AFFECTED_EMPLOYEE, Role.LEADER})
LEADER = frozenset({Role.LEADER})
MAY_MAKE: Mapping[Package, frozenset[Role]] = {
    Package.POLICE: AFFECTED_AND_LEADER,
    Package.SAFETYNET: LEADER,
    Package.DATATILSYNET: AFFECTED_AND_LEADER,
    Package.PLATFORM: AFFECTED_AND_LEADER,
    Package.LEGAL_STAFF: LEADER,
    Package.DOCUMENT_SYSTEM: LEADER,
    Package.OWN_COPY: frozenset({Role.AFFECTED_EMPLOYEE}),
}
"""Besides, for SafetyNet, whoever has taken that step. What goes in is never more than they may open themselves."""
HOLDS_A_STEP = frozenset({Role.COMPANION, Role.HEALTH_SAFETY_GROUP})


def may_make(case: Case, person: PersonId, roles: frozenset[Role], package: Package) -> bool:
    """Whether they may put this together."""
    has_the_step = package is Package.SAFETYNET and person == case.step(SAFETYNET).owner
    return bool(roles & MAY_MAKE[package]) or (has_the_step and bool(roles & HOLDS_A_STEP))

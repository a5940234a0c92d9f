"""A case that has changed hands: what Mette, Lise, Karin and Jonas see of it."""

from dataclasses import replace
from datetime import datetime

from cards import front
from casework import views as w
from casework import vocabulary as v
from casework.calendar import COPENHAGEN
from tests.scenes import BIRGIT, CASE, JONAS, KARIN, METTE, NOW, SENT
from tests.scenes_case import leader
from tests.scenes_employee import REPORTER, SEEN, mine
from tests.scenes_front import CALL
from tests.scenes_pieces import HOUR, deadline

AT = SENT + HOUR
WHY = {
    "unreachable": w.Handed("unreachable", JONAS, KARIN, AT, mailed=True),
    "unreachable_no_mail": w.Handed("unreachable", JONAS, KARIN, AT, mailed=False),
    "absent": w.Handed("absent", JONAS, KARIN, AT, mailed=False),
    "moved": w.Handed("moved", JONAS, KARIN, AT, mailed=False),
    "left": w.Handed("left", v.PersonId("gone"), KARIN, AT, mailed=False),
    "silent": w.Handed("silent", JONAS, KARIN, AT, mailed=False),
}
UNANSWERED = w.Handed("unanswered", JONAS, BIRGIT, AT, mailed=False, again_at=AT + 16 * HOUR)
ALONE = w.Handed("alone", None, KARIN, AT, mailed=False, again_at=datetime(2026, 11, 28, tzinfo=COPENHAGEN))
NOBODY = w.Handed("nobody", JONAS, BIRGIT, AT, mailed=True, again_at=AT + HOUR)


def _had(how: str, opened_at=None) -> w.FormerLine:
    return w.FormerLine(JONAS, v.HandedOn(how.removesuffix("_no_mail")), opened_at)


def _employee(how: str, handed: w.Handed) -> w.EmployeeView:
    at = {"headline_at": AT, "given_at": AT, "leader": KARIN, "leader_role": "other"}
    return mine("handed_on", handed=handed, formers=(_had(how),), **at)


def _former(how: v.HandedOn, reads: bool) -> w.FormerView:
    return w.FormerView(CASE, 14, KARIN, how, AT, reads)


FORMER_CALL = replace(_former(v.HandedOn.SILENT, reads=False), call=True)
UNREACHED = {"headline_at": AT, "leader": BIRGIT, "leader_role": "other", "handed": NOBODY}
REPORTED = next(view for view in REPORTER.values() if isinstance(view, w.ReporterView))
HANDED: dict[str, object] = {
    **{f"employee_handed_{how}": _employee(how, handed) for how, handed in WHY.items()},
    "employee_handed_had_seen": mine(
        "seen", opened_at=SEEN + 2 * HOUR, seen_at=SEEN + 2 * HOUR, headline_at=SEEN + 2 * HOUR, leader=KARIN,
        leader_role="other", given_at=AT, formers=(_had("moved", SEEN),),
        openings=(w.Opening(JONAS, SEEN, None), w.Opening(KARIN, SEEN + 2 * HOUR, 1)),
    ),
    "employee_unreached": mine("unreached", **UNREACHED, formers=(_had("unreachable"), )),
    "employee_reached": mine("reached", headline_at=NOW, leader=BIRGIT, leader_role="other", given_at=AT),
    "reporter_handed": replace(REPORTED, leader=KARIN, seen_at=None, handed=WHY["unreachable"]),
    "reporter_unreached": replace(REPORTED, leader=BIRGIT, seen_at=None, handed=NOBODY),
    "leader_taken_over": leader(seen_at=None, handed=WHY["unreachable"]),
    "leader_taken_over_absent": leader(seen_at=None, handed=WHY["absent"]),
    "leader_taken_over_moved": leader(seen_at=None, handed=WHY["moved"]),
    "leader_unreached": leader(seen_at=None, handed=NOBODY),
    "leader_others_left": leader(given_back=(v.StepId("safetynet"),), unanswerable=1),
    "leader_employee_not_reached": leader(not_reached=((METTE, AT),)),
    "former_unreachable": _former(v.HandedOn.UNREACHABLE, reads=True),
    "former_absent": _former(v.HandedOn.ABSENT, reads=True),
    "employee_goes_on": mine("sent", headline_at=SENT, seen_at=None, opened_at=None, goes_on_at=SENT + 4 * HOUR),
    "employee_unanswered": mine("unanswered", **UNREACHED | {"handed": UNANSWERED}, formers=(_had("silent"),)),
    "employee_alone": mine("alone", headline_at=AT, leader=KARIN, leader_role="other", handed=ALONE),
    "call_asked_alone": front.OwnCall(replace(CALL, recipient=KARIN, handed=ALONE)),
    "leader_notice_nudged": leader(opened=False, seen_at=None, nudged=True, goes_on_at=SENT + 4 * HOUR),
    "leader_nudged": leader(seen_at=None, nudged=True, goes_on_at=SENT + 4 * HOUR),
    "leader_nudged_last": leader(opened=False, seen_at=None, nudged=True),
    "leader_taken_over_left": leader(seen_at=None, handed=WHY["left"]),
    "former_left": _former(v.HandedOn.LEFT, reads=False),
    "leader_taken_over_silent": leader(seen_at=None, handed=WHY["silent"]),
    "former_silent": _former(v.HandedOn.SILENT, reads=True),
    "former_moved": _former(v.HandedOn.MOVED, reads=False),
    "former_call": replace(FORMER_CALL, notes=True),
    "former_call_moved": replace(_former(v.HandedOn.MOVED, reads=False), call=True),
    "former_call_made": replace(FORMER_CALL, made_at=NOW),
    "former_call_made_by_them": replace(FORMER_CALL, made_at=NOW, mine=True),
    "call_made_by_another": replace(CALL, recipient=KARIN, handed=WHY["silent"], made_at=NOW, made_by=JONAS),
    "call_asked_made_by_another": front.OwnCall(replace(CALL, recipient=KARIN, made_at=NOW, made_by=JONAS)),
    **{
        f"call_asked_{how}": front.OwnCall(replace(CALL, recipient=KARIN, handed=WHY[how]))
        for how in ("absent", "moved", "left")
    },
    "call_asked_silent": front.OwnCall(replace(CALL, recipient=KARIN, handed=WHY["silent"], goes_on_at=AT + 4 * HOUR)),
    "call_asked_unanswered": front.OwnCall(replace(CALL, recipient=BIRGIT, handed=UNANSWERED)),
    "call_asked_handed": front.OwnCall(replace(CALL, recipient=KARIN, handed=WHY["unreachable"])),
    "call_asked_unreached": front.OwnCall(replace(CALL, recipient=BIRGIT, handed=NOBODY)),
    "call_wanted_taken_over": replace(CALL, recipient=KARIN, handed=WHY["unreachable"]),
    "former_reading": w.FormerReading(
        CASE, 14, KARIN, v.HandedOn.UNREACHABLE, AT, (METTE,), (v.Medium.FACEBOOK,), (v.Form.DEGRADING,),
        (deadline(),), 3, 21,
    ),
}  # fmt: skip

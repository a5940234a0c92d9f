"""What may be done with what was given, by whom: rows as in `tests/access_table.py`."""

from tests.access_rows import AFFECTED, LOOKS, OWN, READS, row

BOTH = ("affected", "leader")
PACKAGES = {
    "police": BOTH,
    "safetynet": ("leader",),
    "datatilsynet": BOTH,
    "platform": BOTH,
    "legal_staff": ("leader",),
    "document_system": ("leader",),
    "own_copy": ("affected",),
}
"""Which package → who may put it together. SafetyNet's also whoever has taken that step: `tests/test_packages.py`."""

CUSTODY_AND_PAPERS = (
    row("show_evidence", {"leader": READS}),
    row("open_item", {**LOOKS, "reporter": READS}, item="{lises_picture}"),
    row("open_item", {**LOOKS, "affected": READS}, item="{mettes_text}"),
    row("open_item", {**LOOKS, "reporter": READS}, item="account"),
    row("open_item", {**LOOKS, "reporter": READS}, item="{lises_words}"),
    row("open_item", {}, item="{mettes_words}"),  # a message is opened in its thread
    row("show_custody", AFFECTED),
    row("show_custody", AFFECTED, page="2"),
    row("withdraw_item", {"reporter": ("item_withdrawn",)}, inputs={"item": "{lises_picture}"}),
    row("withdraw_item", {"affected": ("item_withdrawn",)}, inputs={"item": "{mettes_text}"}),
    row("destroy_item", {"reporter": READS}, inputs={"item": "{lises_picture}"}),  # it was sent, and says so
    row("consult_case", {"legal": ("case_consulted",)}),
    row("set_hold", {"legal": ("hold_set",)}, inputs={"reason": "A court needs it."}),
    row("lift_hold", {"legal": READS}, inputs={"reason": "Decided."}),  # there is none
    row("consult_case", {"legal": ("case_consulted",)}, "closed"),
    row("set_hold", {"legal": ("hold_set",)}, "closed", inputs={"reason": "A court needs it."}),
    row("make_documentation", {"affected": ("documentation_made",), "leader": ("documentation_made",)}),
    row("show_packages", {"affected": READS, "leader": READS}),
    *(row("show_package", dict.fromkeys(who, READS), package=package) for package, who in PACKAGES.items()),
    *(row("make_package", dict.fromkeys(who, ("package_made",)), package=package) for package, who in PACKAGES.items()),
)

THE_COACH = (
    row("add_evidence", OWN),
    row("describe_evidence", {"reporter": ("evidence_described",)}, item="{lises_picture}", inputs={"shows": "sender"}),
    row("show_coach", OWN),
    row("show_asking", {"affected": READS}, inputs={"documenter": "Tom Riis"}),
    row("ask_documenter", {"affected": ("documenter_asked",)}, inputs={"documenter": "Tom Riis", "words": "Here."}),
    row("decline_documenting", {}),
    row("end_documenting", {}, person="{mette}"),
    row("place_evidence", {"reporter": ("evidence_placed",)}, item="{lises_picture}", episode="{episode}"),
    row("tell_capture", {"reporter": ("capture_told",)}, item="{lises_picture}", captured_by="myself"),
    row(
        "answer_part",
        {"reporter": ("part_answered",), "affected": ("part_answered",)},
        part="link",
        answer="have_not",
        episode="{episode}",
    ),
)

HELP = {"affected": READS, "documenter": READS}
HELPS_TOO = {**OWN, "leader": READS, "companion": READS, "documenter": READS}
"""Of accepts whoever helps is told, as everybody else whom nothing was asked, that nothing was."""
OF_THE_HELPER = (
    row("show_case", {**OWN, "leader": READS, "companion": READS, "documenter": READS}, "helped"),
    row("add_evidence", {**OWN, "documenter": READS}, "helped"),
    row("open_item", {**LOOKS, **HELP}, "helped", item="{toms_text}"),
    row("open_item", {**LOOKS, "affected": READS}, "helped", item="{mettes_text}"),
    row("show_custody", AFFECTED, "helped"),
    row("withdraw_item", dict.fromkeys(HELP, ("item_withdrawn",)), "helped", inputs={"item": "{toms_text}"}),
    row("decline_documenting", {"documenter": ("documenting_declined",)}, "helped"),
    row("what_shared", HELPS_TOO, "helped"),
    row("show_coach", {**OWN, "documenter": READS}, "helped"),
    row(
        "answer_part",
        dict.fromkeys(("reporter", "affected", "documenter"), ("part_answered",)),
        "helped",
        part="link",
        answer="have_not",
        episode="{episode}",
    ),
    *(row("show_answers", HELPS_TOO, "helped", **args) for args in ({}, {"page": "2"})),
    row("show_question", HELPS_TOO, "helped", kind="police", episode="{episode}"),
    row("show_wording", HELPS_TOO, "helped", kind="colleagues", wording="colleagues.1"),
    row("end_documenting", {"affected": ("documenting_ended",)}, "helped", person="{tom}"),
    row("show_case", {**OWN, "leader": READS, "companion": READS}, "thanked"),
    row("add_evidence", OWN, "thanked"),
    row("open_item", {**LOOKS, "affected": READS}, "thanked", item="{toms_text}"),
    row("withdraw_item", dict.fromkeys(HELP, ("item_withdrawn",)), "thanked", inputs={"item": "{toms_text}"}),
    row("withdraw_item", {"affected": ("item_withdrawn",)}, "thanked", inputs={"item": "{mettes_text}"}),
    row("decline_documenting", {}, "thanked"),
    row("end_documenting", AFFECTED, "thanked", person="{tom}"),
)
"""Whose help is over has no part in the case, but for taking back what they gave themselves."""

THE_EVIDENCE = (*OF_THE_HELPER, *CUSTODY_AND_PAPERS, *THE_COACH)

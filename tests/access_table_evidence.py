"""Who may answer the evidence coach: rows as in `tests/access_table.py`."""

from tests.access_table import OWN, row

THE_COACH = (
    row("show_coach", OWN),
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

"""The administrator's card: nothing wrong, a great deal wrong, and as much as there can be."""

from cards.status import Noted, StatusView, Trouble
from tests.scenes import HOSTILE, KARIN, NOW
from tests.scenes_pieces import DAY, HOUR

FULL = StatusView(
    version="0.1.0",
    open_cases=12,
    waiting=3,
    put_off=1,
    last_backup=NOW - 2 * DAY,
    noted=(
        Noted("unreachable", NOW - DAY, KARIN),
        Noted("unreachable", NOW - HOUR),
        Noted("silent", NOW - HOUR, KARIN),
        Noted("silent", NOW - HOUR),
        Noted("permission", NOW - 8 * DAY, about="Mail.Send"),
        Noted("directory", NOW - HOUR, about="graph"),
        Noted("settings", NOW - HOUR, about="borgerservice-nord/plan.toml"),
        Noted("restart", NOW - 2 * HOUR, about="download_hosts"),
        Noted("something_new", NOW, about="x"),
    ),
    troubles=(
        Trouble("token_secret_expired", True, ("invalid_client AADSTS7000222",)),
        Trouble("set_aside", True, ("2",)),
        Trouble("backup_old", False),
        Trouble("person_never_met", False, ("Birgit Dam (Borgerservice Nord)", "Henrik Bro (Biblioteket Havnen)")),
        Trouble("fact_unchecked", False, ("response_time", "waiver", "claim", "disease", "datatilsynet", "x", "y")),
        Trouble("address_not_set", False),
    ),
)
LONGEST = (
    "record_unreadable", "address_unreachable", "token_refused", "key_wrong", "token_secret_expired", "set_aside",
    "graph_permission_missing", "person_never_met", "no_administrators", "token_no_identity", "backup_never",
)  # fmt: skip
"""Codes with much to say, and one more than stands on a card."""
CARDS = {
    "status": StatusView("0.1.0", 0, 0, 0, NOW - HOUR),
    "status_one": StatusView("0.1.0", 1, 1, 0, None),
    "status_full": FULL,
    "status_alone": StatusView(
        "0.1.0", 2, 0, 0, NOW, (Noted("absent_alone", NOW - HOUR, KARIN), Noted("absent_alone", NOW - HOUR))
    ),
    "status_largest": StatusView(
        "0.1.0",
        1_000,
        1_000,
        1_000,
        NOW,
        tuple(Noted("unreachable", NOW - DAY, KARIN) for _ in range(300)),
        tuple(Trouble(code, broken, (HOSTILE,) * 300) for code in LONGEST for broken in (True, False)),
    ),
}

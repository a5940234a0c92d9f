"""New ids, made at the edge. Deterministic where a redelivered activity must make the same ones again."""

import hashlib
import secrets

SPEAKABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I: it is read aloud over the telephone


def case_id_from(key: str) -> str:
    """Speakable, `VK-7Q4M-X2D`: 35 bits, so guessing finds nothing, and finding one gives no access.

    The same activity gives the same case again, should it be delivered twice.
    """
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:5])
    letters = "".join(SPEAKABLE[(number >> 5 * place) & 31] for place in range(7))
    return f"VK-{letters[:4]}-{letters[4:]}"


def item_id_from(key: str, kind: str, count: int) -> str:
    """An id for the `count`th thing of its kind that an activity brought."""
    return f"{kind}-{hashlib.sha256(f'{key}|{kind}|{count}'.encode()).hexdigest()[:20]}"


def new_order_id() -> str:
    """Of what an administrator asks: nobody's activity to make it from."""
    return secrets.token_hex(8)

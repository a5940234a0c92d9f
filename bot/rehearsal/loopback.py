"""The practice room is for this machine alone: whoever reaches it may speak as everybody in it."""

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether the name or address can only mean this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def require_loopback(host: str) -> None:
    """ValueError with the remedy unless `host` is loopback."""
    if not is_loopback(host):
        raise ValueError(f"The rehearsal was to listen on {host!r}. Expected 127.0.0.1, ::1 or localhost.")


def origin(host: str, port: int) -> str:
    """As a browser writes it."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

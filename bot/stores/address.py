"""The address of a database as somebody has written it: what is wrong with it, said without repeating it."""

from importlib.util import find_spec
from urllib.parse import unquote

HERE = ("", "localhost", "127.0.0.1", "::1")
SAID = ("disable", "require", "verify-ca", "verify-full")  # what libpq does by itself is encrypt if it can


def driver_missing() -> bool:
    return any(find_spec(name) is None for name in ("aiosql", "psycopg", "psycopg_pool"))


def wrong_with(address: str) -> tuple[str, str] | None:
    """What was found and what is expected; None for an address that can be tried. The driver must be there."""
    import psycopg  # only where PostgreSQL is used

    try:
        given = psycopg.conninfo.conninfo_to_dict(address)
    except psycopg.ProgrammingError:
        expected = "Expected postgresql://user:password@host/database?sslmode=verify-full, or libpq's name=value form."
        return "holds no address of a database", expected
    hosts = [unquote(host) for host in str(given.get("hostaddr") or given.get("host") or "").split(",")]
    if all(host in HERE or host.startswith("/") for host in hosts) or given.get("sslmode") in SAID:
        return None
    expected = "Expected sslmode=verify-full; disable only where nobody else is on the way."
    return "names another machine and does not say how the way to it is encrypted", expected

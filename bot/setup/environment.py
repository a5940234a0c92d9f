"""The environment variables there are: what each means, and what it may hold."""

import re
from dataclasses import dataclass

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
HOST_NAME = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
"""In full, as somebody on the internet writes it."""


@dataclass(frozen=True)
class Key:
    """One environment variable: what README says about it, and what it may hold."""

    name: str
    meaning: str
    default: str = ""
    choices: tuple[str, ...] = ()
    secret: bool = False


LOUDNESS = ("DEBUG", "INFO", "WARNING", "ERROR")

ENVIRONMENT = (
    Key("MICROSOFT_APP_ID", "The bot's application id in Entra."),
    Key("MICROSOFT_APP_PASSWORD", "The bot's client secret. Not with UserAssignedMSI or a certificate.", secret=True),
    Key("MICROSOFT_APP_PASSWORD_FILE", "A file that holds the client secret instead."),
    Key("MICROSOFT_APP_CERTIFICATE", "A PEM file, certificate and RSA key without passphrase, instead of the secret."),
    Key("MICROSOFT_APP_TYPE", "How the bot proves who it is.", "SingleTenant", ("SingleTenant", "UserAssignedMSI")),
    Key("MICROSOFT_APP_TENANT_ID", "The tenant the bot serves. Nobody from another tenant is answered."),
    Key("VAERN_MASTER_KEY", "The key that opens the store: 32 bytes in base64.", secret=True),
    Key("VAERN_KEY_FILE", "A file that holds the master key instead."),
    Key("VAERN_NEW_MASTER_KEY", "For rotate-key alone: the master key from then on.", secret=True),
    Key("VAERN_DATA", "The folder of the embedded store.", "./var/data"),
    Key("VAERN_HOST", "The address the bot listens on. The rehearsal accepts loopback only.", "127.0.0.1"),
    Key("VAERN_PORT", "The bot's port.", "3978"),
    Key("VAERN_BOT_HOST", "The host name that Teams reaches the bot under."),
    Key("VAERN_REHEARSAL_PORT", "The rehearsal page's port; its local channel takes the one below.", "3977"),
    Key("CASE_STORE", "Where cases are kept.", "tinydb", ("tinydb", "postgres")),
    Key("VAERN_DATABASE", "The PostgreSQL database, with CASE_STORE postgres: its URL or conninfo.", secret=True),
    Key("VAERN_DATABASE_FILE", "A file that holds the database's address instead."),
    Key("VAERN_METRICS_PORT", "Figures for Prometheus, on this port of this machine alone. Empty: none."),
    Key("VAERN_DIRECTORY", "Who is whose leader: organisation.toml alone, or Entra too.", "file", ("file", "graph")),
    Key("TEAMS_CATALOG_APP_ID", "The app's id in the Teams catalogue: with it, Graph installs the app for people."),
    Key("VAERN_MAILBOX", "The mailbox that neutral mails and invitations come from, through Graph."),
    Key("VAERN_TIMESTAMP_URL", "A timestamp authority (RFC 3161) for packages. Empty: none is asked."),
    Key("VAERN_TIMESTAMP_CA", "A PEM file with the certificates that its timestamps are checked against."),
    Key("VAERN_TRUSTED_KEYS", "For verify alone: fingerprints of signing keys that are known, with commas between."),
    Key("VAERN_DEVELOPMENT", "1 starts without application id, on loopback: nobody can write to it.", "0", ("0", "1")),
    Key("VAERN_LOG", "How much is logged: one line of JSON each, ids only.", "WARNING", LOUDNESS),
    Key("VAERN_ORGANISATION", "The file with people, places, contacts and limits.", "./organisation.toml"),
    Key("VAERN_OVERLAY", "A folder of local changes: words, steps, facts, links, accept wordings. Without it: none."),
)
NAMED = {key.name: key for key in ENVIRONMENT}

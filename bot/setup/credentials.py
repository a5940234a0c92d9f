"""How the bot proves to Entra who it is: by secret, by certificate, or as the machine's own identity.

azure-identity takes 100 ms to import and opens no connection before it is asked for a token; it keeps tokens itself.
"""

import logging
from pathlib import Path
from typing import Any, Protocol

from bot.setup.faults import Fault, shown_file
from bot.teams.settings import MANAGED_IDENTITY

EXPECTED = "Expected a PEM file with the certificate and its RSA key, without a passphrase."


class Identity(Protocol):
    """What both the settings and the channel's settings say of the bot."""

    app_id: str
    app_password: str
    app_certificate: str
    tenant_id: str
    app_type: str


def entra_credential(who: Identity, **options: Any) -> Any:
    """azure-identity's asynchronous credential; close it. ValueError or OSError when the certificate cannot be read.

    `options` go to azure-identity: another authority than Microsoft's public one, say.
    """
    from azure.identity.aio import CertificateCredential, ClientSecretCredential, ManagedIdentityCredential

    logging.getLogger("azure.identity").setLevel(logging.CRITICAL)  # its faults reach our own log, a line of JSON each
    if who.app_type == MANAGED_IDENTITY:
        return ManagedIdentityCredential(client_id=who.app_id, **options)
    if who.app_certificate:
        return CertificateCredential(who.tenant_id, who.app_id, who.app_certificate, **options)
    return ClientSecretCredential(who.tenant_id, who.app_id, who.app_password, **options)


def certificate_faults(name: str, file: str) -> tuple[Fault, ...]:
    """What is wrong with the certificate's file. Nothing that stands in it is ever told."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.x509 import load_pem_x509_certificate

    try:
        content = Path(file).read_bytes()
        key, certificate = load_pem_private_key(content, None), load_pem_x509_certificate(content)
    except OSError:
        return (Fault(name, shown_file(file), f"It cannot be read. {EXPECTED}"),)
    except (ValueError, TypeError):  # TypeError: the key has a passphrase
        return (Fault(name, shown_file(file), EXPECTED),)
    if not isinstance(key, RSAPrivateKey) or key.public_key() != certificate.public_key():
        return (Fault(name, shown_file(file), f"The key in it is not the certificate's. {EXPECTED}"),)
    return ()

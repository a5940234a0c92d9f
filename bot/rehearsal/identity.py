"""Who signs, in the practice room: keys, OpenID metadata and tokens as the Bot Framework service gives them.

Channel → bot tokens are signed here and checked by the bot with the published keys; bot → channel tokens are given
out for the bot's id and secret, and checked here. Validity runs on real time, never on the case clock.
"""

import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CHANNEL_ISSUER = "https://api.botframework.com"
CONNECTOR_AUDIENCE = "https://api.botframework.com"
TOKEN_LIFETIME = 3600
"""Seconds a token holds."""


class NotLetIn(Exception):
    """The token or the credentials do not hold. The message says why, and never repeats them."""


@dataclass(frozen=True)
class _Key:
    id: str
    private: rsa.RSAPrivateKey

    @classmethod
    def fresh(cls) -> "_Key":
        return cls(uuid4().hex, rsa.generate_private_key(public_exponent=65537, key_size=2048))

    def published(self) -> dict[str, Any]:
        jwk = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return jwk | {"kid": self.id, "use": "sig", "alg": "RS256", "endorsements": ["msteams"]}


class Identity:
    """The channel's keys, and the app it knows."""

    def __init__(
        self, app_id: str, app_secret: str, tenant_id: str, real_time: Callable[[], float] = time.time
    ) -> None:
        self.app_id, self.tenant_id = app_id, tenant_id
        self._app_secret, self._real_time = app_secret, real_time
        self._key, self._authority = _Key.fresh(), _Key.fresh()

    def rotate(self) -> None:
        """The channel signs with a new key from now on; the old one is no longer published."""
        self._key = _Key.fresh()

    def metadata(self, origin: str) -> dict[str, Any]:
        return {
            "issuer": CHANNEL_ISSUER,
            "jwks_uri": f"{origin}/v1/.well-known/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def published_keys(self) -> dict[str, Any]:
        return {"keys": [self._key.published()]}

    def channel_token(self, service_url: str, **claims: Any) -> str:
        """What the bot is shown. `claims` replace the usual ones; None leaves one out."""
        usual = {"iss": CHANNEL_ISSUER, "aud": self.app_id, "serviceurl": service_url}
        return self.sign(usual | claims)

    def sign(self, claims: dict[str, Any]) -> str:
        """A token with `nbf` and `exp` round now unless given; a claim that is None is left out."""
        return self._signed(claims, self._key)

    def _signed(self, claims: dict[str, Any], key: _Key) -> str:
        now = int(self._real_time())
        whole = {"iat": now, "nbf": now - 60, "exp": now + TOKEN_LIFETIME} | claims
        kept = {name: value for name, value in whole.items() if value is not None}
        return jwt.encode(kept, key.private, algorithm="RS256", headers={"kid": key.id})

    def give_access(self, form: dict[str, str]) -> dict[str, Any]:
        """The OAuth answer to the bot's client credentials; NotLetIn when id, secret or grant is wrong."""
        id_holds = hmac.compare_digest(form.get("client_id", "").encode(), self.app_id.encode())
        secret_holds = hmac.compare_digest(form.get("client_secret", "").encode(), self._app_secret.encode())
        if form.get("grant_type") != "client_credentials" or not (id_holds and secret_holds):
            raise NotLetIn("client id, secret or grant type does not hold")
        claims = {"iss": self._issuer, "aud": CONNECTOR_AUDIENCE, "appid": self.app_id, "tid": self.tenant_id}
        token = self._signed(claims, self._authority)
        return {"token_type": "Bearer", "expires_in": TOKEN_LIFETIME, "access_token": token}

    def let_in(self, authorization: str) -> None:
        """Check the bot's `Authorization` header; NotLetIn unless it carries a token given out here."""
        scheme, _, token = authorization.partition(" ")
        if scheme != "Bearer":
            raise NotLetIn("no bearer token")
        try:
            claims = jwt.decode(
                token,
                self._authority.private.public_key(),
                algorithms=["RS256"],
                audience=CONNECTOR_AUDIENCE,
                issuer=self._issuer,
                options={"require": ["exp", "aud", "iss", "appid"]},
            )
        except jwt.InvalidTokenError as fault:
            raise NotLetIn(str(fault)) from fault
        if claims["appid"] != self.app_id:
            raise NotLetIn("the token is for another app")

    @property
    def _issuer(self) -> str:
        return f"https://sts.windows.net/{self.tenant_id}/"

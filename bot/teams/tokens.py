"""Tokens: whether the one that came in is the channel's own, and the one we show when we call out."""

import asyncio
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

import aiohttp
import jwt
from cachetools import LRUCache
from jwt.utils import base64url_decode

from bot.setup.credentials import entra_credential
from bot.teams.faults import ChannelFault, DefiniteNo, TurnedAway
from bot.teams.http import TooMuch, read_capped
from bot.teams.keys import SigningKey, SigningKeys
from bot.teams.settings import MANAGED_IDENTITY, SCOPE, ChannelSettings

CLOCK_SKEW = 300
LONGEST_TOKEN = 16_384
REMEMBERED = 256  # tokens; the channel uses one for many activities
BEFORE_EXPIRY = 300.0
UNNAMED_LIFETIME = 600.0
# Expiry is compared by us, on the clock we were given; PyJWT would read its own.
CHECKS = {"require": ["exp", "iss", "aud"], "strict_aud": True} | dict.fromkeys(
    ("verify_exp", "verify_nbf", "verify_iat"), False
)


class Verified:
    """Claims of a token that has been checked, and the channels its key may speak for."""

    def __init__(self, claims: Mapping[str, Any], endorsed: tuple[str, ...]) -> None:
        self.claims, self.endorsed = claims, endorsed


class Signed(NamedTuple):
    """What a token said, and the key that it was found to be signed with."""

    key_id: str
    key: SigningKey
    claims: Mapping[str, Any]


class InboundTokens:
    """Says of the Authorization header whether the channel sent it, to us, now."""

    def __init__(self, settings: ChannelSettings, keys: SigningKeys, now: Callable[[], float]) -> None:
        """`now` tells Unix seconds of real time, never the case clock."""
        self.settings, self.keys, self.now = settings, keys, now
        self._signed_before: LRUCache[str, Signed] = LRUCache(REMEMBERED)

    async def verify(self, header: str | None) -> Verified:
        """What the token claims, once signature, audience, issuer and time hold; else TurnedAway(401)."""
        token = _bearer(header)
        known = self._signed_before.get(token)
        name = known.key_id if known else _key_id(token)
        key = await self.keys.find(name)
        if key is None:
            raise TurnedAway(401, "unknown_key")
        claims = self._signed(token, name, key)
        self._in_time(claims)
        return Verified(claims, key.endorsed)

    def _signed(self, token: str, name: str, key: SigningKey) -> Mapping[str, Any]:
        """The same token under the very same key is signed still; whether it is in time is asked each time."""
        known = self._signed_before.get(token)
        if known is None or known.key is not key:
            known = self._signed_before[token] = Signed(name, key, MappingProxyType(self._decoded(token, key)))
        return known.claims

    def _decoded(self, token: str, key: SigningKey) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                key.public,
                algorithms=["RS256"],
                audience=self.settings.app_id,
                issuer=self.settings.issuer,
                options=CHECKS,
            )
        except (jwt.InvalidTokenError, ValueError, TypeError, RecursionError) as fault:
            raise TurnedAway(401, "token_not_valid") from fault

    def _in_time(self, claims: Mapping[str, Any]) -> None:
        now = self.now()
        if _moment(claims["exp"]) <= now - CLOCK_SKEW:
            raise TurnedAway(401, "token_expired")
        if "nbf" in claims and _moment(claims["nbf"]) > now + CLOCK_SKEW:
            raise TurnedAway(401, "token_not_yet_valid")


def _bearer(header: str | None) -> str:
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN:
        raise TurnedAway(401, "no_token")
    return token


def _key_id(token: str) -> str:
    """The key the token says it was signed with. Nothing but RS256 is read any further.

    Its head alone: PyJWT would read the whole token for it, and reads it once more to check it.
    """
    try:
        header = json.loads(base64url_decode(token.partition(".")[0]))
    except (jwt.InvalidTokenError, ValueError, TypeError, RecursionError) as fault:
        raise TurnedAway(401, "token_not_readable") from fault
    if not isinstance(header, dict) or header.get("alg") != "RS256" or not isinstance(header.get("kid"), str):
        raise TurnedAway(401, "token_not_valid")
    return header["kid"]


def _moment(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise TurnedAway(401, "token_not_valid")
    return value


class TokenProvider(Protocol):
    async def get(self, *, instead_of: str | None = None) -> str:
        """A token for calling the channel; a new one if the cached is `instead_of`, which was just refused.

        DefiniteNo when none can be had now, ChannelFault when we are not known.
        """

    async def close(self) -> None: ...


class ClientCredentials:
    """The app's own secret for a token, asked for once at a time and kept until five minutes before it expires."""

    def __init__(self, session: aiohttp.ClientSession, settings: ChannelSettings, clock: Callable[[], float]) -> None:
        """`clock` tells seconds that only go forward."""
        self.session, self.settings, self.clock = session, settings, clock
        self.token: str | None = None
        self.fresh_until = 0.0
        self.asking = asyncio.Lock()

    async def get(self, *, instead_of: str | None = None) -> str:
        if self._good(instead_of):
            return self.token
        async with self.asking:
            if not self._good(instead_of):
                self._keep(await self._ask())
            return self.token

    def _good(self, instead_of: str | None) -> bool:
        return self.token is not None and self.token != instead_of and self.clock() < self.fresh_until

    def _keep(self, answer: Mapping[str, Any]) -> None:
        lifetime = answer.get("expires_in")
        lifetime = float(lifetime) if isinstance(lifetime, int | float) else UNNAMED_LIFETIME
        # a lifetime below ten minutes is used by half: "until five minutes before" would be never
        self.fresh_until = self.clock() + max(lifetime - BEFORE_EXPIRY, lifetime / 2)
        self.token = answer["access_token"]

    async def close(self) -> None:
        """The session is not ours."""

    async def _ask(self) -> Mapping[str, Any]:
        form = {
            "grant_type": "client_credentials",
            "client_id": self.settings.app_id,
            "client_secret": self.settings.app_password,
            "scope": SCOPE,
        }
        try:
            async with self.session.post(self.settings.token_url, data=form, allow_redirects=False) as response:
                answer = json.loads(await read_capped(response.content, 100_000))
                return _granted(response.status, answer)
        except (aiohttp.ClientError, TimeoutError, TooMuch, ValueError) as fault:
            raise DefiniteNo(None, code="token_service_unreachable") from fault


def _granted(status: int, answer: Any) -> Mapping[str, Any]:
    if status >= 500 or status == 429:
        raise DefiniteNo(status, code="token_service_busy")
    if status != 200 or not isinstance(answer, dict) or not isinstance(answer.get("access_token"), str):
        raise ChannelFault(None, _refusal(answer))  # no status: the channel has not refused a card
    return answer


def _refusal(answer: Any) -> str:
    """The protocol's error, and Entra's own number, which tells a wrong secret from an old one. Never its prose."""
    said = answer if isinstance(answer, dict) else {}
    numbers = said.get("error_codes")
    number = numbers[0] if isinstance(numbers, list) and numbers else None
    error = str(said.get("error") or "token_not_granted")[:64]
    return f"{error} AADSTS{number}" if type(number) is int else error


class EntraTokens:
    """Tokens by certificate or by the machine's own identity, through azure-identity, which keeps them itself."""

    def __init__(self, credential: Any) -> None:
        """`credential` is one of azure-identity's asynchronous ones."""
        self.credential = credential

    async def get(self, *, instead_of: str | None = None) -> str:
        from azure.core.exceptions import AzureError, ClientAuthenticationError
        from azure.identity import CredentialUnavailableError

        try:
            return (await self.credential.get_token(SCOPE)).token
        except CredentialUnavailableError as fault:
            raise DefiniteNo(None, code="token_service_unreachable") from fault
        except ClientAuthenticationError as fault:
            raise ChannelFault(None, "token_not_granted") from fault
        except AzureError as fault:
            raise DefiniteNo(None, code="token_service_unreachable") from fault

    async def close(self) -> None:
        await self.credential.close()


def token_provider(
    session: aiohttp.ClientSession, settings: ChannelSettings, clock: Callable[[], float]
) -> TokenProvider:
    if settings.app_type == MANAGED_IDENTITY or settings.app_certificate:
        return EntraTokens(entra_credential(settings))
    return ClientCredentials(session, settings, clock)

"""The keys the channel signs with: fetched without blocking, refreshed when they change, kept when that fails."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import InvalidKeyError
from jwt.algorithms import RSAAlgorithm

from bot.teams.http import TooMuch, read_capped
from bot.teams.settings import ChannelSettings

log = structlog.get_logger(__name__)

MAX_DOCUMENT = 1_000_000
TIMEOUT = aiohttp.ClientTimeout(total=5)
FETCHES, WITHIN = 5, 60.0
"""At most so many fetches in so many seconds. Anyone can send an unknown key id, and shall not make us call out."""
GROWS_OLD = 24 * 3600.0
SMALLEST_KEY = 2048


@dataclass(frozen=True)
class SigningKey:
    public: RSAPublicKey
    endorsed: tuple[str, ...]
    """Channels this key may speak for; empty when the document does not say."""


class SigningKeys:
    """Key id → key, as the channel's metadata names them."""

    def __init__(self, session: aiohttp.ClientSession, settings: ChannelSettings, clock: Callable[[], float]) -> None:
        """`clock` tells seconds that only go forward."""
        self.session, self.settings, self.clock = session, settings, clock
        self.keys: dict[str, SigningKey] = {}
        self.fetched_at = clock()
        self.tried_at: deque[float] = deque(maxlen=FETCHES)
        self.fetching = asyncio.Lock()
        self.renewal: asyncio.Task | None = None

    @property
    def ready(self) -> bool:
        return bool(self.keys)

    async def warm(self) -> bool:
        """Fetch before the first activity comes. False: not reachable now, the first activity tries again."""
        async with self.fetching:
            await self._fetch()
        return self.ready

    async def close(self) -> None:
        """Stop a renewal under way."""
        if self.renewal:
            self.renewal.cancel()
            await asyncio.gather(self.renewal, return_exceptions=True)

    async def find(self, kid: str) -> SigningKey | None:
        """The key with that id; the channel is asked anew when we do not know it."""
        if kid not in self.keys:
            async with self.fetching:  # whoever waited here may find that the one before brought the key
                if kid not in self.keys and self._may_fetch():
                    await self._fetch()
        elif self.clock() - self.fetched_at >= GROWS_OLD and self._may_fetch() and not self.fetching.locked():
            self.renewal = asyncio.create_task(self.warm())  # nobody waits for it: the old keys hold meanwhile
        return self.keys.get(kid)

    def _may_fetch(self) -> bool:
        return len(self.tried_at) < FETCHES or self.clock() - self.tried_at[0] >= WITHIN

    async def _fetch(self) -> None:
        """All keys replaced together, or none: better yesterday's keys than no bot."""
        self.tried_at.append(self.clock())
        try:
            metadata = await self._document(self.settings.metadata_url)
            found = _usable(await self._document(metadata["jwks_uri"]))
        except (aiohttp.ClientError, TimeoutError, TooMuch, ValueError, KeyError, TypeError, RecursionError) as fault:
            log.warning("signing_keys_not_fetched", error=type(fault).__name__, kept=len(self.keys))
            return
        if found:
            self.keys, self.fetched_at = found, self.clock()

    async def _document(self, url: str) -> Any:
        if not self.settings.lawful_keys(url):
            raise ValueError("unlawful address for keys")
        async with self.session.get(url, allow_redirects=False, timeout=TIMEOUT) as response:
            if response.status != 200:
                raise ValueError(f"status {response.status}")
            return json.loads(await read_capped(response.content, MAX_DOCUMENT))


def _usable(document: dict[str, Any]) -> dict[str, SigningKey]:
    """The RSA keys of the document that are meant for signing; others are passed over."""
    found = {}
    for jwk in document["keys"]:
        if isinstance(jwk, dict) and jwk.get("kty") == "RSA" and jwk.get("use", "sig") == "sig" and jwk.get("kid"):
            try:
                key = RSAAlgorithm.from_jwk({name: jwk[name] for name in ("kty", "n", "e")})
            except (InvalidKeyError, KeyError, ValueError, TypeError):
                continue
            if isinstance(key, RSAPublicKey) and key.key_size >= SMALLEST_KEY:
                found[str(jwk["kid"])] = SigningKey(key, tuple(jwk.get("endorsements") or ()))
    return found

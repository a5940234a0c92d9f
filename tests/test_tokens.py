"""Who is let in: every token but the channel's own is turned away before the bot hears of it."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from jwt.algorithms import RSAAlgorithm

from bot.teams.faults import ChannelFault, DefiniteNo
from bot.teams.settings import ChannelSettings
from tests.teams_world import APP, TENANT, Answer, World, forged, public_pem, rsa_key

EMULATOR = f"https://sts.windows.net/{TENANT}/"

UNKNOWN: dict[str, Callable[[World], str | None]] = {
    "no header": lambda w: None,
    "an empty header": lambda w: "",
    "another scheme": lambda w: w.bearer().replace("Bearer", "Basic"),
    "a scheme without token": lambda w: "Bearer ",
    "garbage": lambda w: "Bearer abc.def.ghi",
    "garbage without dots": lambda w: "Bearer æøå".encode().decode("latin-1"),
    "a token longer than any": lambda w: "Bearer " + "a" * 7000 + "." + "b" * 100,
    "a header that is a list": lambda w: forged(["RS256"], w.claims()),  # type: ignore[arg-type]
    "another key under a known id": lambda w: w.bearer(key="key-2"),
    "an unknown key id": lambda w: w.bearer(key="key-2", kid="key-2"),
    "no key id": lambda w: w.bearer(kid=None),
    "a key id that is a number": lambda w: forged({"alg": "RS256", "kid": 1}, w.claims()),
    "the key brought along": lambda w: _with_jwk(w),
    "alg none": lambda w: forged({"alg": "none", "kid": "key-1"}, w.claims()),
    "alg None in capitals": lambda w: forged({"alg": "None", "kid": "key-1"}, w.claims()),
    "RS256 without signature": lambda w: forged({"alg": "RS256", "kid": "key-1"}, w.claims()),
    "HS256 with the public key": lambda w: forged({"alg": "HS256", "kid": "key-1"}, w.claims(), public_pem("key-1")),
    "RS512": lambda w: w.bearer(algorithm="RS512"),
    "PS256": lambda w: w.bearer(algorithm="PS256"),
    "another audience": lambda w: w.bearer(aud="app-2"),
    "our audience among others": lambda w: w.bearer(aud=[APP, "app-2"]),
    "no audience": lambda w: w.bearer(aud=None),
    "another issuer": lambda w: w.bearer(iss="https://evil.example"),
    "the emulator's issuer": lambda w: w.bearer(iss=EMULATOR),
    "no issuer": lambda w: w.bearer(iss=None),
    "expired": lambda w: w.bearer(exp=int(w.clock()) - 301),
    "no expiry": lambda w: w.bearer(exp=None),
    "an expiry that is text": lambda w: w.bearer(exp="tomorrow"),
    "an expiry that is true": lambda w: w.bearer(exp=True),
    "not valid yet": lambda w: w.bearer(nbf=int(w.clock()) + 301),
}

NOT_HERE: dict[str, Callable[[World], tuple[str, dict[str, Any]]]] = {
    "no service url claimed": lambda w: (w.bearer(serviceurl=None), w.message()),
    "another service url claimed": lambda w: (w.bearer(serviceurl=w.teams.origin + "/amer/"), w.message()),
    "no service url in the activity": lambda w: (w.bearer(), w.message(serviceUrl=None)),
    "a host not on the list": lambda w: _from(w, "https://evil.example/"),
    "a host that begins like ours": lambda w: _from(w, "https://smba.trafficmanager.net.evil.example/"),
    "a host that ends like ours": lambda w: _from(w, "https://evilbotframework.com/"),
    "our host as a user name": lambda w: _from(w, "https://smba.trafficmanager.net@evil.example/"),
    "our host without TLS": lambda w: _from(w, "http://smba.trafficmanager.net/emea/"),
    "our host on another port": lambda w: _from(w, "https://smba.trafficmanager.net:8443/emea/"),
    "our host behind a backslash": lambda w: _from(w, "https://evil.example\\.botframework.com/"),
    "another machine by number": lambda w: _from(w, "http://169.254.169.254/"),
    "another tenant": lambda w: (w.bearer(), w.message(channelData={"tenant": {"id": "tenant-2"}})),
    "two tenants": lambda w: (w.bearer(), w.message(conversation={"id": "a:anna", "tenantId": "tenant-2"})),
    "another tenant as the SDK spells it": lambda w: (
        w.bearer(),
        w.message(conversation={"id": "a:anna", "tenantID": "tenant-2", "tenantId": TENANT}),
    ),
    "no tenant": lambda w: (w.bearer(), w.message(channelData=None, conversation={"id": "a:anna"})),
    "a web chat, where a sender may call themselves anything": lambda w: (w.bearer(), w.message(channelId="webchat")),
}


def _with_jwk(world: World) -> str:
    jwk = json.loads(RSAAlgorithm.to_jwk(rsa_key("key-2").public_key()))
    headers = {"kid": "key-2", "jwk": jwk, "jku": "https://evil.example/keys"}
    return "Bearer " + jwt.encode(world.claims(), rsa_key("key-2"), algorithm="RS256", headers=headers)


def _from(world: World, service_url: str) -> tuple[str, dict[str, Any]]:
    return world.bearer(serviceurl=service_url), world.message(serviceUrl=service_url)


async def test_what_the_channel_signed_for_us_is_let_in():
    async with World() as world:
        assert await world.post(world.message()) == (200, "")

        assert [activity.text for activity in world.bot.activities] == ["hej"]


@pytest.mark.parametrize("case", UNKNOWN)
async def test_who_is_not_known_is_answered_401_and_the_bot_sees_nothing(case: str):
    async with World() as world:
        status, body = await world.post(world.message(), UNKNOWN[case](world))

        assert (status, list(body)) == (401, ["error"])
        assert world.bot.activities == []


@pytest.mark.parametrize("case", NOT_HERE)
async def test_who_is_known_but_at_the_wrong_door_is_answered_403_and_the_bot_sees_nothing(case: str):
    async with World() as world:
        header, activity = NOT_HERE[case](world)

        status, body = await world.post(activity, header)

        assert (status, list(body)) == (403, ["error"])
        assert world.bot.activities == []


async def test_this_machine_is_a_lawful_channel_in_the_rehearsal_only():
    async with World() as world:
        strict = world.teams.settings(allow_loopback=False)

        assert world.settings.lawful_service(world.teams.service_url)
        assert not strict.lawful_service(world.teams.service_url)
        assert not strict.lawful_service("https://localhost/")
        assert not strict.lawful_service("https://[::1]/")


async def test_a_key_that_may_not_speak_for_teams_is_turned_away():
    async with World() as world:
        world.teams.endorsements = ["webchat"]
        await world.keys.warm()

        assert (await world.post(world.message()))[0] == 403


async def test_clocks_may_differ_by_five_minutes():
    async with World() as world:
        late, early = int(world.clock()) - 299, int(world.clock()) + 299

        assert (await world.post(world.message(), world.bearer(exp=late)))[0] == 200
        assert (await world.post(world.message(), world.bearer(nbf=early)))[0] == 200


async def test_the_channel_may_change_its_keys_at_any_time():
    async with World() as world:
        world.teams.published = ["key-2"]

        assert (await world.post(world.message(), world.bearer(key="key-2", kid="key-2")))[0] == 200
        assert (await world.post(world.message(), world.bearer()))[0] == 401


async def test_a_stranger_with_ever_new_key_ids_makes_us_call_out_a_few_times_a_minute_and_no_more():
    async with World() as world:
        for number in range(12):
            await world.post(world.message(), world.bearer(kid=f"made-up-{number}"))
        assert world.teams.metadata_fetches == 5

        world.clock.at += 61
        world.teams.published = ["key-2"]
        assert (await world.post(world.message(), world.bearer(key="key-2", kid="key-2")))[0] == 200


async def test_many_at_once_with_a_new_key_wait_for_the_same_fetch():
    async with World() as world:
        world.teams.published = ["key-2"]
        header = world.bearer(key="key-2", kid="key-2")

        answers = await asyncio.gather(*(world.post(world.message(), header) for _ in range(8)))

        assert {status for status, _ in answers} == {200}
        assert world.teams.metadata_fetches == 2


async def test_known_keys_are_kept_while_the_channel_cannot_be_asked():
    async with World() as world:
        world.teams.metadata_works = False
        world.clock.at += 25 * 3600

        assert (await world.post(world.message()))[0] == 200
        await world.keys.renewal
        assert (await world.post(world.message(), world.bearer(kid="key-2")))[0] == 401
        assert (await world.post(world.message()))[0] == 200


async def test_a_key_the_channel_took_back_is_forgotten_within_a_day():
    async with World() as world:
        world.teams.published = ["key-2"]
        world.clock.at += 25 * 3600

        await world.post(world.message())
        await world.keys.renewal

        assert (await world.post(world.message()))[0] == 401


async def test_a_token_that_was_let_in_is_turned_away_once_its_time_is_over():
    async with World() as world:
        header = world.bearer()
        assert (await world.post(world.message(), header))[0] == 200

        world.clock.at += 3600 + 301
        assert (await world.post(world.message(), header))[0] == 401


async def test_a_token_that_was_let_in_is_turned_away_when_another_key_has_taken_its_keys_name():
    async with World() as world:
        header = world.bearer()
        assert (await world.post(world.message(), header))[0] == 200

        await _another_key_under(world, "key-1")

        assert (await world.post(world.message(), header))[0] == 401
        assert (await world.post(world.message(), world.bearer(key="key-2")))[0] == 200


async def _another_key_under(world: World, kid: str) -> None:
    """The channel publishes key-2 under that id from now on, and we have heard of it."""
    world.teams.named[kid] = "key-2"
    assert await world.keys.warm()


async def test_one_token_serves_all_who_ask_until_five_minutes_before_it_expires():
    async with World() as world:
        assert set(await asyncio.gather(*(world.tokens.get() for _ in range(10)))) == {"token-1"}

        world.clock.at += 3600 - 301
        assert await world.tokens.get() == "token-1"
        world.clock.at += 2
        assert await world.tokens.get() == "token-2"


async def test_a_token_service_that_is_down_is_not_a_wrong_secret():
    async with World() as world:
        world.teams.token_answer = Answer(503, {})
        with pytest.raises(DefiniteNo):
            await world.tokens.get()

        world.teams.token_answer = Answer(401, {"error": "invalid_client", "error_description": "secret words"})
        with pytest.raises(ChannelFault) as told:
            await world.tokens.get()
        assert not isinstance(told.value, DefiniteNo)
        assert told.value.code == "invalid_client"
    assert told.value.status is None  # a 400 from here is no card that the channel refuses, so no notice is let go


def test_settings_without_an_app_id_are_no_settings():
    with pytest.raises(ValueError, match="app_id"):
        ChannelSettings.public_cloud("", "secret", TENANT)


def test_the_public_cloud_trusts_microsofts_hosts_and_our_own_tenant():
    settings = ChannelSettings.public_cloud(APP, "secret", TENANT)

    assert settings.lawful_service("https://smba.trafficmanager.net/emea/")
    assert settings.lawful_download("https://contoso-my.sharepoint.com/personal/a/_layouts/15/download.aspx?UniqueId=1")
    assert not settings.lawful_download("https://sharepoint.com/x")
    assert settings.allowed_tenants == (TENANT,)

"""`python -m bot check`: what is in order says so, and each thing that is not is found and says what to change."""

import asyncio
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import checks
from bot.checks import Finding, State
from bot.checks.runner import CHECKS, run_checks, worst
from bot.checks.telling import as_data, found, lines, remedy
from bot.errands.check import exit_code
from bot.keeping.backup import NOTE
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from casework.platforms import read_platforms, read_rights
from casework.texts import read_catalogue
from tests.at_a_site import CASE, EN, KEY, LINK, NOW, Health, Place, everything_in, in_order, of
from tests.local_files import NORD
from tests.teams_world import Answer
from tests.test_command_line import ended

JONAS, KARIN = (f"5f000000-0000-4000-8000-0000000001{n:02}" for n in (2, 3))

Plant = Callable[[Place], object]


def refused(number: int) -> Plant:
    """The identity service's answer as Entra gives it."""
    body = {"error": "invalid_client", "error_codes": [number], "error_description": "AADSTS… not repeated"}
    return lambda place: setattr(place.teams, "token_answer", Answer(401, body))


def environment(**changed: str) -> Plant:
    return lambda place: place.environment.update(changed)


def organisation(before: str, after: str) -> Plant:
    return lambda place: place.organisation(before, after)


def ground(**changed: object) -> Plant:
    return lambda place: setattr(place, "ground", replace(place.ground, **changed))


def a_file_instead_of(*parts: str) -> Plant:
    def plant(place: Place) -> None:
        where = place.data.joinpath(*parts)
        if where.is_dir():
            where.rename(where.with_name("away"))
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text("x")

    return plant


def a_file(*parts: str, content: str = "x") -> Plant:
    def plant(place: Place) -> None:
        where = place.folder.joinpath(*parts)
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(content)

    return plant


def another_health(status: int = 200, **said: object) -> Plant:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response(said, status=status)

    return lambda place: setattr(place, "health", answer)


async def unreachable(place: Place) -> None:
    await (await place.attention()).note("unreachable", KARIN, NOW)


async def never_met(place: Place) -> None:
    await place.records().shelf.drop(f"person:{KARIN}")


async def not_connected(place: Place) -> None:
    await place.records().shelf.drop("group:borgerservice-nord")


def graph(fault: str = "", **permissions: bool | None) -> Plant:
    async def health() -> Health:
        return Health(fault, permissions)

    return lambda place: setattr(place, "graph", health)


STAND_IN = f'stand_in = "{KARIN}"       # Karin Holm\n'
LEGAL = 'legal_people = ["5f000000-0000-4000-8000-000000000302"]   # Anne Berg\n'
ADMINISTRATORS = 'administrators = ["5f000000-0000-4000-8000-000000000301"] # Eva Winther\n'
FIRST_GROUP = f'group = [\n  "{JONAS}", # Jonas Friis\n'
PLANTED: dict[str, tuple[Plant, str, str]] = {
    "no application id": (environment(MICROSOFT_APP_ID=""), "settings_wrong", "MICROSOFT_APP_ID"),
    "a word for a number": (environment(VAERN_PORT="http"), "settings_wrong", "VAERN_PORT"),
    "a leader whom nobody knows": (
        organisation(f'leader = "{JONAS}"', f'leader = "{JONAS[:-1]}9"'.replace("109", "999")),
        "settings_wrong",
        "workplaces[0].leader",
    ),
    "no organisation": (environment(VAERN_ORGANISATION="gone.toml"), "settings_wrong", "VAERN_ORGANISATION"),
    "another's key": (environment(VAERN_MASTER_KEY="A" * 43 + "="), "key_wrong", "VAERN_MASTER_KEY"),
    "no proof of the key": (lambda place: (place.data / "keys" / "check").unlink(), "key_check_gone", "keys/check"),
    "keys that cannot be read": (
        lambda place: ((place.data / "keys" / "check").unlink(), (place.data / "keys" / "check").mkdir()),
        "key_unreadable", "the account that Værn runs as",
    ),
    "a file for a folder": (a_file_instead_of("cases", "open"), "store_broken", "VAERN_DATA"),
    "a damaged case": (lambda place: place.case_file.write_bytes(b"\x01half of it"), "cases_unreadable", "backup"),
    "a case without its key": (
        lambda place: (place.data / "keys" / "keys" / CASE).unlink(), "cases_unreadable", "keys in VAERN_DATA",
    ),
    "the data folder is a file": (
        lambda place: (place.folder.joinpath("file").write_text(""),
                       place.environment.update(VAERN_DATA=str(place.folder / "file"))),
        "disk_no_folder", "VAERN_DATA",
    ),
    "a disk that takes nothing": (environment(VAERN_DATA="/proc/vaern"), "disk_not_writable", "VAERN_DATA"),
    "a full disk": (ground(no_space=2**62), "disk_full", "VAERN_DATA"),
    "a disk that fills": (ground(little_space=2**62), "disk_low", "VAERN_DATA"),
    "a network drive": (a_file("mounts", content="disk / ext4 rw 0 0\n//srv/x / cifs rw 0 0\n"), "disk_network",
                        "local disk"),
    "a file set aside": (a_file("data", "cases", "set_aside", "VK-1.case"), "set_aside", "cases/set_aside"),
    "a wording set aside": (a_file("data", "wordings", "wordings", "1.unreadable"), "set_aside", ".unreadable"),
    "a conversation set aside": (a_file("data", "conversations", "conversations", "1.unreadable"), "set_aside",
                                 ".unreadable"),
    "no backup": (lambda place: (place.data / NOTE).unlink(), "backup_never", "backup of VAERN_DATA"),
    "an old backup": (a_file("data", NOTE, content=(NOW - timedelta(hours=27)).isoformat()), "backup_old",
                      "backup of VAERN_DATA"),
    "a clock two minutes fast": (lambda place: setattr(place, "ahead", 120), "clock_off", "NTP"),
    "a clock ten minutes slow": (lambda place: setattr(place, "ahead", -600), "clock_wrong", "NTP"),
    "a wrong secret": (refused(7000215), "token_secret_wrong", "MICROSOFT_APP_PASSWORD"),
    "an old secret": (refused(7000222), "token_secret_expired", "MICROSOFT_APP_PASSWORD"),
    "another tenant's application": (refused(700016), "token_app_unknown", "MICROSOFT_APP_ID"),
    "no such tenant": (refused(90002), "token_tenant_unknown", "MICROSOFT_APP_TENANT_ID"),
    "a refusal of its own kind": (refused(53003), "token_refused", "Sign-in logs"),
    "no identity service": (lambda place: setattr(place.teams, "token_answer", Answer(503, {})), "token_unreachable",
                            "firewall"),
    "no metadata": (lambda place: setattr(place.teams, "metadata_works", False), "metadata_unreachable", "https"),
    "no way out": (
        lambda place: place.elsewhere.update(dict.fromkeys(("metadata_url", "token_url"), "http://127.0.0.1:9/")),
        "clock_unknown", "https",
    ),
    "no application id in development": (
        environment(MICROSOFT_APP_ID="", MICROSOFT_APP_PASSWORD="", VAERN_DEVELOPMENT="1"),
        "identity_none", "MICROSOFT_APP_ID",
    ),
    "a damaged conversation": (
        lambda place: place.conversation_file(f"person:{KARIN}").write_bytes(b"x"), "record_unreadable", "“connect”",
    ),
    "nobody to ring": (
        lambda place: place.organisation(_crisis_contacts(place), ""), "no_crisis_contact", "[[crisis_contacts]]",
    ),
    "no guidelines of their own": (
        lambda place: place.organisation(_local_policy(place), ""), "no_local_policy", "[[local_policy]]",
    ),
    "no keys": (lambda place: place.teams.published.clear(), "keys_unreachable", "jwks_uri"),
    "no public address": (lambda place: setattr(place, "health_url", ""), "address_not_set", "VAERN_BOT_HOST"),
    "a closed public address": (lambda place: setattr(place, "health_url", "http://127.0.0.1:9/healthz"),
                                "address_unreachable", "VAERN_BOT_HOST"),
    "another's page at the address": (another_health(404), "address_another", "reverse proxy"),
    "a permission that is not given": (graph(User=True, Mail=False), "graph_permission_missing", "admin consent"),
    "no Graph": (graph("silent"), "graph_unreachable", "graph.microsoft.com"),
    "no token for Graph": (graph("token"), "graph_no_token", "MICROSOFT_APP_PASSWORD"),
    "Graph says no": (graph("403", User=False), "graph_refuses", "User.Read.All"),
    "a stand-in who blocked it": (unreachable, "person_unreachable", "Setup policies"),
    "a stand-in never met": (never_met, "person_never_met", "setup policy"),
    "a group without a channel": (not_connected, "group_not_connected", "“connect”"),
    "a number to be filled in": (organisation('"33 11 22 33"', '"00 00 00 00"'), "contact_placeholder",
                                 "crisis_contacts"),
    "one in the form of abroad": (organisation('"33 11 22 33"', '"+45 00 00 00 01"'), "contact_placeholder",
                                  "crisis_contacts"),
    "the example's lawyers": (organisation('"33 11 22 34"', '"00 00 00 01"'), "contact_placeholder", "legal_staff"),
    "the example's officer": (organisation('"33 11 22 35"', '"00 00 00 02"'), "contact_placeholder",
                              "data_protection_contact"),
    "nobody to step in": (organisation(STAND_IN, ""), "workplace_without_stand_in", "stand_in"),
    "nobody in the group": (lambda place: place.organisation(_first_group(place), ""), "workplace_without_group",
                            "group"),
    "a leader without a phone": (organisation('phone = "00 00 01 02"\n', ""), "leader_without_phone", "phone"),
    "nobody who may look": (organisation(ADMINISTRATORS, ""), "no_administrators", "administrators"),
    "nobody of the legal staff": (organisation(LEGAL, ""), "no_legal_people", "legal_people"),
    "a fact nobody has confirmed": (lambda place: place.facts(None), "fact_unchecked", "facts.toml"),
    "a fact of last year": (lambda place: place.facts((NOW - timedelta(days=367)).date()), "fact_old", "checked_on"),
    "a place to report nobody has confirmed": (lambda place: place.links(None), "link_unchecked", "links.toml"),
    "one that was confirmed last year": (
        lambda place: place.links((NOW - timedelta(days=367)).date()), "link_old", "checked_on"
    ),
    "another package": (
        lambda place: (a_file("pins", content="aiohttp==0.1\n")(place),
                       setattr(place, "ground", replace(place.ground, constraints=place.folder / "pins"))),
        "package_differs", "constraints.txt",
    ),
}  # fmt: skip
"""What is put wrong → the code that must be found, and what its remedy must name."""


def _crisis_contacts(place: Place) -> str:
    text = Path(place.environment["VAERN_ORGANISATION"]).read_text("utf-8")
    return text[text.index("[[crisis_contacts]]") : text.index("# What holds when")]


def _local_policy(place: Place) -> str:
    text = Path(place.environment["VAERN_ORGANISATION"]).read_text("utf-8")
    return text[text.index("\n[[local_policy]]") : text.index("\n[uploads]")]


def _first_group(place: Place) -> str:
    text = Path(place.environment["VAERN_ORGANISATION"]).read_text("utf-8")
    start = text.index(FIRST_GROUP)
    return text[start : text.index("]\n", start) + 2]


async def test_where_everything_is_in_order_every_line_says_so(tmp_path):
    async with in_order(tmp_path) as place:
        findings = await place.look()

    assert [finding for finding in findings if finding.state is not State.OK] == []
    assert len(findings) > len(CHECKS)
    assert exit_code(findings) == 0


@pytest.mark.parametrize("planted", PLANTED)
async def test_a_planted_fault_is_found_and_its_remedy_names_what_to_change(tmp_path, planted):
    plant, code, named = PLANTED[planted]
    async with in_order(tmp_path) as place:
        planting = plant(place)
        if asyncio.iscoroutine(planting):
            await planting
        findings = await place.look()

    told = of(findings, code)
    assert told and told[0].state is not State.OK, [finding.code for finding in findings]
    assert named in remedy(told[0], EN), remedy(told[0], EN)
    assert not of(findings, "check_broken")


async def test_a_fact_that_one_administration_has_otherwise_is_told_with_its_name(tmp_path):
    async with in_order(tmp_path) as place:
        place.organisation(*NORD)
        place.facts(None, "nord")
        findings = await place.look()

    assert [(one.code, one.subject) for one in findings if one.code.startswith("fact")] == [
        ("fact_unchecked", "claim (nord)")
    ]


async def test_a_place_to_report_that_one_administration_has_otherwise_is_told_with_its_name(tmp_path):
    async with in_order(tmp_path) as place:
        place.organisation(*NORD)
        place.links(None, "nord")
        findings = await place.look()

    found = [(one.code, one.subject) for one in findings if one.code.startswith("link")]
    assert found == [("link_unchecked", f"{LINK} (nord)")]


async def test_as_it_comes_every_place_to_report_is_named_once(tmp_path):
    async with in_order(tmp_path) as place:
        (place.folder / "overlay" / "all" / "links.toml").unlink()
        findings = await place.look()

    named = {one.subject: one.detail for one in of(findings, "link_unchecked")}
    assert named == {row.id: row.seen for row in (*read_platforms(), *read_rights())}
    assert (named["facebook"], named["x"]) == ("page", "linked"), "And how each address was found."


async def test_a_store_that_the_bot_has_open_is_asked_of_the_bot(tmp_path):
    async with in_order(tmp_path) as place:
        opened = await TinyCaseStore.open(place.data / "cases", Vault(place.data / "keys", KEY))
        alone = await place.look()
        app, answers = web.Application(), [{"ready": True}, {"ready": False, "waits_for": "channel_keys"}]
        statuses = [200, 503]

        async def ready(_: web.Request) -> web.Response:
            return web.json_response(answers.pop(0), status=statuses.pop(0))

        app.router.add_get("/readyz", ready)
        async with TestServer(app, host="127.0.0.1") as server:
            place.environment["VAERN_PORT"] = str(server.port)
            well, waiting = await place.look(), await place.look()
        await opened.close()

    assert of(alone, "store_in_use") and of(alone, "running_silent")[0].state is State.WARNING
    assert of(well, "running_ready") and exit_code(well) == 0
    assert "login.botframework.com" in remedy(of(waiting, "running_waits")[0], EN) and exit_code(waiting) == 1


async def test_with_a_key_that_is_not_the_stores_nobody_is_said_to_be_out_of_reach(tmp_path):
    async with in_order(tmp_path) as place:
        place.environment["VAERN_MASTER_KEY"] = "A" * 43 + "="
        findings = await place.look()

    assert of(findings, "people_unknown") and not of(findings, "person_never_met")


async def test_a_machine_without_its_identity_is_told_which_one_to_assign(tmp_path, monkeypatch):
    monkeypatch.setenv("IDENTITY_ENDPOINT", "http://127.0.0.1:9/token")
    monkeypatch.setenv("IDENTITY_HEADER", "x")
    async with in_order(tmp_path) as place:
        place.environment |= {"MICROSOFT_APP_TYPE": "UserAssignedMSI", "MICROSOFT_APP_PASSWORD": ""}
        findings = await place.look()

    assert "MICROSOFT_APP_ID" in remedy(of(findings, "token_no_identity")[0], EN)


async def test_looking_leaves_everything_as_it_was(tmp_path):
    async with in_order(tmp_path) as place:
        (place.data / "conversations" / ".half-written.tmp").write_text("somebody else's, under way")
        before = everything_in(place.data)
        await place.look()
        assert everything_in(place.data) == before
        place.environment["VAERN_MASTER_KEY"] = "A" * 43 + "="
        findings = await place.look()

        assert of(findings, "key_wrong") and everything_in(place.data) == before


async def test_before_the_first_start_nothing_is_made_and_nothing_is_a_fault(tmp_path):
    async with in_order(tmp_path) as place:
        place.environment["VAERN_DATA"] = str(tmp_path / "not" / "yet")
        findings = await place.look()

    assert of(findings, "key_new") and exit_code(findings) == 0
    assert not (tmp_path / "not").exists()


async def breaks(_: object) -> tuple:
    raise RuntimeError("Words that nobody is to read.")


async def never_ends(_: object) -> tuple:
    await asyncio.Event().wait()
    return ()


async def holds(_: object) -> tuple:
    return (checks.ok("facts_checked"),)


async def test_a_check_that_breaks_or_never_ends_is_a_fault_of_its_own_and_keeps_no_other_from_being_told():
    findings = await run_checks(None, (breaks, never_ends, holds), patience=0.01)

    assert [(one.code, one.subject, one.detail) for one in findings] == [
        ("check_broken", "breaks", "RuntimeError"),
        ("check_broken", "never_ends", "TimeoutError"),
        ("facts_checked", "", ""),
    ]


def coded() -> set[str]:
    """Every code that has words."""
    return {key.split(".")[1] for key in read_catalogue("en") if key.startswith("check.")}


def test_every_code_in_the_source_has_words_and_every_word_a_code():
    folder = Path(checks.__file__).parent
    source = "".join(file.read_text("utf-8") for file in (*folder.glob("*.py"), folder.parent / "errands" / "check.py"))

    assert [code for code in sorted(coded()) if f'"{code}"' not in source] == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_whatever_is_not_in_order_has_a_remedy(language):
    told = read_catalogue(language)
    without = {code for code in coded() if f"check.{code}.remedy" not in told}
    folder = Path(checks.__file__).parent
    source = "".join(file.read_text("utf-8") for file in folder.glob("*.py"))

    assert [code for code in sorted(without) if f'ok("{code}"' not in source] == []


def test_the_same_remedy_is_told_once_below_all_that_need_it():
    findings = (checks.warning("fact_unchecked", "a"), checks.warning("fact_unchecked", "b"), checks.ok("clock_right"))
    told = list(lines(findings, EN))

    assert [line[:8].strip() for line in told[:-1]] == ["warning", "warning", "", "ok"]
    assert "facts.toml" in told[2]
    assert told[-1] == "fault 0 · warning 2 · ok 1"


def test_as_data_it_has_a_format_the_worst_state_and_every_finding():
    finding = Finding("clock_wrong", State.FAULT, detail="+412 s")
    data = json.loads(json.dumps(as_data((checks.ok("keys_known"), finding), EN)))

    assert (data["format"], data["state"]) == (1, "fault")
    assert data["findings"][1] == {
        "code": "clock_wrong",
        "state": "fault",
        "subject": "",
        "detail": "+412 s",
        "found": found(finding, EN),
        "remedy": remedy(finding, EN),
    }
    assert worst((checks.warning("clock_off"), checks.ok("keys_known"))) is State.WARNING


async def test_at_the_command_line_a_fault_is_a_line_and_exit_code_1_and_never_a_traceback(tmp_path):
    code, out, complaint = await ended("check", cwd=tmp_path)
    json_code, json_out, _ = await ended("check", "--json", cwd=tmp_path, PATH=os.defpath)

    assert (code, complaint, json_code) == (1, "", 1)
    assert "fault    settings_wrong: Setting: MICROSOFT_APP_ID, is not set" in out.splitlines()
    assert {row["code"] for row in json.loads(json_out)["findings"]} == {"settings_wrong", "rest_waits"}
    assert list(tmp_path.iterdir()) == []

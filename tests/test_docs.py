"""Every page in docs/ is true: its commands are run, and what it names is there. tests/pages.py says how it is said."""

import ast
import asyncio
import base64
import json
import os
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.directory.graph_health import NEEDED
from bot.metrics import GAUGES
from bot.setup.environment import NAMED
from bot.setup.organisation import read_organisation, schema
from bot.stores.tinydb_store import TinyCaseStore
from bot.stores.vault import Vault
from casework.texts import read_catalogue
from tests.house import ROOT, dotted, sources
from tests.local_files import organisation
from tests.pages import DOCS, Block, Page, copied, errands, pages, wrong_with
from tests.postgres_server import server
from tests.story import MASTER_KEY, story
from tests.test_command_line import GUID, logged, started

BY_NAME = {page.name: page for page in pages()}
FROM_NOTHING = ("administrator.md",)
"""Pages that begin before there is a store; the others find one, with a case in it."""


@pytest.mark.parametrize("name", BY_NAME)
def test_what_a_page_names_is_there(name: str):
    assert wrong_with(BY_NAME[name]) == []


def test_what_the_readme_names_is_there():
    assert wrong_with(Page("README.md", (ROOT / "README.md").read_text("utf-8"), ROOT)) == []


@pytest.mark.parametrize("name", BY_NAME)
def test_a_page_can_be_read_in_one_go(name: str):
    assert len(BY_NAME[name].text.splitlines()) <= 300


PLANTED = {
    "```sh\npython -m bot\n```": "say what becomes of it",
    "```sh shown\npython -m bot chek\n```": "no errand chek",
    "`python -m bot backup --keep 35 --too FOLDER`": "there is no --too",
    "```sh shown\ndocker compose run --rm --no-deps bot restore --form x\n```": "there is no --form",
    "```sh shown\ndocker compose run --rm bakcup\n```": "no service bakcup",
    "`make demmo`": "no such target",
    "`VAERN_DATEBASE`": "no such setting",
    "`bot/errand/check.py`": "no such file",
    "[there](nowhere.md)": "leads nowhere",
    "[there](speed.md#no-such-place)": "no such heading",
}


@pytest.mark.parametrize("text", PLANTED)
def test_a_page_that_is_not_true_is_found(text: str):
    told = wrong_with(Page("planted.md", f"\n{text}\n"))

    assert len(told) == 1 and PLANTED[text] in told[0]


# --- commands, really run ---


async def ran(command: str, folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    run = await asyncio.create_subprocess_exec(
        "bash", "-euo", "pipefail", "-c", command, cwd=folder, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    out, complaint = await asyncio.wait_for(run.communicate(), 120)
    return run.returncode, (out + complaint).decode()


@asynccontextmanager
async def serving(folder: Path, environment: dict[str, str]) -> AsyncIterator[None]:
    run = await started(cwd=folder, **environment)
    try:
        await asyncio.wait_for(logged(run, "no_application_id"), 30)
        yield
    finally:
        run.terminate()
        await run.communicate()


async def carried_out(page: Page, folder: Path, environment: dict[str, str]) -> list[str]:
    """What did not end as the page says, in the order of the page; the first one ends it."""
    for block in page.blocks:
        if block.language == "sql":
            complaint = await in_sql(block, folder, environment)
        elif block.language == "sh" and block.how.startswith("run"):
            complaint = await in_shell(block, folder, environment)
        else:
            continue
        if complaint:
            return [f"{page.name}, {block.named}:\n{block.text}\n{complaint}"]
    return []


async def in_shell(block: Block, folder: Path, environment: dict[str, str]) -> str:
    if ends := re.search(r"ends with (\d)", block.how):
        ended = [await ran(line, folder, environment) for line in block.text.splitlines()]
        return "\n".join(f"{code}: {told}" for code, told in ended if code != int(ends[1]) or "Traceback" in told)
    if "while Værn runs" in block.how:
        async with serving(folder, environment):
            code, told = await ran(block.text, folder, environment)
    else:
        code, told = await ran(block.text, folder, environment)
    return f"ended with {code}: {told}" if code else ""


async def in_sql(block: Block, folder: Path, environment: dict[str, str]) -> str:
    address = environment["VAERN_DATABASE"] if "as vaern" in block.how else server().address
    (folder / "page.sql").write_text(block.text, encoding="utf-8")
    psql = f"'{server().program('psql')}' --no-psqlrc --quiet --set ON_ERROR_STOP=1 --file page.sql '{address}'"
    code, told = await ran(psql, folder, environment)
    return told if code else ""


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A checkout, and the environment of a Værn in development there: one that needs nobody outside this machine."""
    programs, folder = tmp_path / "programs", tmp_path / "vaern"
    for new in (programs, folder):
        new.mkdir()
    for name, words in (("python", ""), ("docker", " -m tests.engine_by_hand")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}"{words} "$@"\n')
        (programs / name).chmod(0o755)
    return copied(folder), {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "VAERN_DEVELOPMENT": "1",
        "VAERN_DATA": "var/data",
        "VAERN_KEY_FILE": "secrets/master_key",
        "VAERN_ORGANISATION": "config/organisation.toml",
        "VAERN_DATABASE": f"postgresql:///vaern?host={server().folder}&user=vaern",
        "VAERN_PORT": "0",
    }


ON_THE_HOST = f"VAERN_BOT_HOST=127.0.0.1\nMICROSOFT_APP_ID={GUID}\nMICROSOFT_APP_TENANT_ID={GUID}\n"


async def with_a_case(folder: Path) -> None:
    """What the administrator's guide leaves behind, and a report that Jonas has and has answered: of an unanswered one
    the bot that is started would see at once that hours have passed, and give it to the next by itself."""
    for name in ("config", "secrets"):
        (folder / name).mkdir()
    organisation(folder / "config")
    (folder / "secrets" / "master_key").write_bytes(base64.b64encode(MASTER_KEY))
    (folder / "secrets" / "app_password").write_text("not a real one")
    (folder / ".env").write_text(ON_THE_HOST)
    (folder / "var" / "volumes").mkdir(parents=True)
    (folder / "var" / "volumes" / "vaern_data").symlink_to(folder / "var" / "data")
    async with story(folder=folder / "var" / "data") as s:
        await s.report(s.mette)
        await s.opened(s.jonas)


async def open_cases(folder: Path) -> int:
    key = base64.b64decode((folder / "secrets" / "master_key").read_bytes())
    store = await TinyCaseStore.open(folder / "var/data/cases", Vault(folder / "var/data/keys", key))
    try:
        return await store.open_cases()
    finally:
        await store.close()


@pytest.fixture
def without_a_database_vaern() -> Iterator[None]:
    yield
    with server().connected() as sql:
        sql.execute("drop database if exists vaern with (force)")
        sql.execute("drop role if exists vaern")


RUN = [page.name for page in pages() if any(block.how.startswith("run") for block in page.blocks)]


@pytest.mark.parametrize("name", RUN)
async def test_the_commands_of_a_page_do_what_it_says(name: str, place, without_a_database_vaern):
    folder, environment = place
    if name not in FROM_NOTHING:
        await with_a_case(folder)

    assert await carried_out(BY_NAME[name], folder, environment) == []
    assert name in FROM_NOTHING or await open_cases(folder) == 1, "and the case is still there"


@pytest.mark.parametrize(
    "text",
    [
        "```sh run\npython -m bot overlay check && false\n```",
        "```sh run while Værn runs\npython -m bot rotate-key\n```",
        "```sh run, ends with 1\npython -m bot overlay check\n```",
        "```sh run in containers\ndocker compose run --rm --no-deps bot restore --from /backup/none\n```",
        "```sql run\nselect * from nowhere;\n```",
    ],
)
async def test_a_command_that_does_not_do_what_the_page_says_is_found(text: str, place):
    folder, environment = place
    await with_a_case(folder)

    assert len(await carried_out(Page("planted.md", f"\n{text}\n"), folder, environment)) == 1


def settings_shown() -> list[tuple[str, str]]:
    return [(page.name, block.text) for page in pages() for block in page.blocks if block.named == "toml organisation"]


IN_AN_ADMINISTRATION = ('name = "Borgerservice Nord"', 'name = "Borgerservice Nord"\nadministration = "borgerservice"')
"""The administration that the pages speak of, so that settings for it have a workplace."""

ONCE = "[[local_policy]]"
"""There is one for everybody, and the rehearsal has it already."""


@pytest.mark.parametrize(("name", "text"), settings_shown())
def test_settings_that_a_page_shows_are_taken(name: str, text: str, tmp_path: Path):
    file = organisation(tmp_path, IN_AN_ADMINISTRATION)
    whole, tables = file.read_text("utf-8"), text[text.index("[[") :] if text.startswith("[[") else ""
    for line in () if tables else text.splitlines():
        key = line.split("=")[0].strip()
        whole = f"{line}\n" + re.sub(rf"^{key} *=.*\n", "", whole, flags=re.MULTILINE)
    if tables.startswith(ONCE):
        whole = re.sub(rf"^{re.escape(ONCE)}\n(.+\n)*", "", whole, flags=re.MULTILINE)
    file.write_text(f"{whole}\n{tables}", "utf-8")

    found, faults = read_organisation(file)
    assert found is not None and faults == ()


# --- what there is stands somewhere ---


def everywhere() -> str:
    return "\n".join(page.text for page in pages()) + (ROOT / "README.md").read_text("utf-8")


def test_every_setting_is_told_of():
    text = everywhere()

    assert [name for name in (*NAMED, *schema()["properties"]) if f"`{name}" not in text] == []


def test_every_errand_is_told_of():
    text = everywhere()

    assert [name for name in errands() if name != "serve" and f"python -m bot {name}" not in text] == []


def events(*levels: str) -> set[str]:
    calls = (node for source in sources() for node in ast.walk(source.tree) if isinstance(node, ast.Call))
    said = (call.args[0] for call in calls if dotted(call.func) in {f"log.{level}" for level in levels} and call.args)
    return {first.value for first in said if isinstance(first, ast.Constant)}


def test_every_event_that_somebody_should_look_at_is_told_of_and_is_one():
    rows = re.findall(r"^\| (.*?) \| (?:error|warning) \|", BY_NAME["operations.md"].text, re.MULTILINE)
    told = set(re.findall(r"`(\w+)`", " ".join(rows)))
    said_in_development = {"no_application_id"}

    assert events("error", "warning") - said_in_development - told - {"wording_not_read", "store_back"} == set()
    strings = {node.value for source in sources("bot", "dialogs") for node in source.strings()}
    assert told - strings == set()


def test_every_figure_is_told_of_and_is_one():
    counted = {"vaern_turn_seconds", "vaern_notices_total", "vaern_reminders_total"}
    there = {f"vaern_{name}" for name in GAUGES} | counted
    table = BY_NAME["operations.md"].text.partition("| figure |")[2].partition("\n\n")[0]

    assert set(re.findall(r"`(vaern_\w+)`", table)) == there


def test_the_mail_asks_for_what_the_app_and_graph_need_and_for_nothing_else():
    manifest = json.loads((ROOT / "appmanifest" / "manifest.json").read_text("utf-8"))
    danish, english = BY_NAME["administrator.md"].text.partition("### The mail")[2].split("### The same in English")
    english = english.partition("\n## ")[0]
    graph = BY_NAME["administrator.md"].text.partition("## 6. Graph")[2].partition("\n## ")[0]

    assert "authorization" not in manifest, "the mail says that there is no resource-specific consent"
    for mail in (danish, english):
        assert set(re.findall(r"\*(\w+)\*", mail)) == set(manifest["permissions"])
    assert [name for name in NEEDED if f"`{name}`" not in graph] == []


def test_the_files_that_know_the_sdk_are_those_the_page_lists():
    known = {
        source.name
        for source in sources()
        if any(module.split(".")[0] in ("botbuilder", "botframework") for _, module in source.imports())
    }
    page = BY_NAME["agents-sdk.md"].text.partition("<!-- files")[2].partition("<!-- end of files -->")[0]

    assert set(re.findall(r"^\| `(\S+)` \|", page, re.MULTILINE)) == known


# --- check.md ---

START, END = "<!-- codes: generated by tests/test_docs.py -->\n", "<!-- end of codes -->"


def codes() -> str:
    """Every code with its states, what it says, and what to change."""
    told, states = read_catalogue("en"), said_states()
    names = [key.split(".")[1] for key in told if key.startswith("check.") and key.endswith(".found")]
    rows = [
        f"| `{name}` | {states[name]} | {told[f'check.{name}.found']} | {told.get(f'check.{name}.remedy', '')} |"
        for name in names
    ]
    return "\n".join(["| code | state | what it says | what to change |", "| --- | --- | --- | --- |", *rows])


def said_states() -> dict[str, str]:
    """The state each code is said with. One that is looked up first has the state its module says such codes with."""
    states: dict[str, str] = {}
    for source in sources("bot"):
        if not source.name.startswith(("bot/checks/", "bot/errands/check.py")):
            continue
        calls = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call) and dotted(node.func) in STATES]
        looked_up = [dotted(call.func) for call in calls if not isinstance(call.args[0], ast.Constant)]
        states |= {node.value: looked_up[0] for node in source.strings() if looked_up}
    plain = (node for source in sources("bot") for node in ast.walk(source.tree) if isinstance(node, ast.Call))
    said = [(call.args[0].value, dotted(call.func)) for call in plain if _plainly_said(call)]
    return states | dict(said)


STATES = ("ok", "warning", "fault")


def _plainly_said(call: ast.Call) -> bool:
    return dotted(call.func) in STATES and bool(call.args) and isinstance(call.args[0], ast.Constant)


def test_the_table_of_codes_is_what_check_can_say():
    file = DOCS / "check.md"
    before, rest = file.read_text("utf-8").split(START)
    written, after = rest.split(END)
    if os.environ.get("VAERN_WRITE_DOCS"):
        file.write_text(f"{before}{START}\n{codes()}\n\n{END}{after}", "utf-8")
        return
    assert written.strip() == codes(), "Run the test with VAERN_WRITE_DOCS=1 and read what changed."

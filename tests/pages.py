"""The pages in docs/: their blocks, what they name, and the place their commands are run in.

Every fenced block of a shell or of SQL says what becomes of it, after its language:

    sh run                       run, in the order of the page, in one folder; every command ends with 0
    sh run while Værn runs       the same, beside a bot that serves
    sh run, ends with 1          the same, each line alone, and each ends with 1
    sh run in containers         the same; `docker` is tests/engine_by_hand.py, since there is no engine here
    sql run                      by psql, as the server's administrator; "sql run as vaern" as the bot's own role
    sh shown                     needs Azure, Teams, a container engine or a person: looked at as far as it can be
    toml organisation            added to organisation.toml, which is read
"""

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bot.__main__ import _parser
from bot.setup.environment import NAMED
from bot.setup.package_values import VALUES
from tests.house import ROOT

DOCS = ROOT / "docs"
FENCE = re.compile(r"^```(\w+)?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MODES = re.compile(
    r"sh (run( while Værn runs)?( in containers)?(, ends with \d)?|shown)|sql run( as vaern)?"
    r"|toml organisation|powershell|text|mermaid"
)
CODE = re.compile(r"`([^`\n]+)`")
SETTING = re.compile(r"\b(?:VAERN|MICROSOFT|TEAMS|CASE)_[A-Z][A-Z_]+[A-Z]\b")
ROOMS = re.compile(r"(?:bot|cards|casework|dialogs|tests|infra|appmanifest|env)/[\w./*{},-]+")
LINK = re.compile(r"\]\(([^)\s]+)\)")
ERRAND = re.compile(r"(?:python -m bot|docker compose run(?: --\S+| -v \S+)* bot|--args)((?: [^\s|>&;]+)*)")
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)")
SERVICE = re.compile(r"docker compose (?:run|exec)((?: --entrypoint \S+| --\S+| -v \S+)*) (\S+)")


@dataclass(frozen=True)
class Block:
    language: str
    how: str
    """What is said after the language."""
    text: str

    @property
    def named(self) -> str:
        return f"{self.language} {self.how}".strip()


@dataclass(frozen=True)
class Page:
    name: str
    text: str
    folder: Path = DOCS

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(Block(found[1] or "", found[2].strip(), found[3]) for found in FENCE.finditer(self.text))

    @property
    def commands(self) -> tuple[str, ...]:
        """Lines of shell, and what stands in running text as code."""
        shell = [line for block in self.blocks if block.language == "sh" for line in block.text.splitlines()]
        return *shell, *CODE.findall(FENCE.sub("", self.text))


@cache
def pages() -> tuple[Page, ...]:
    return tuple(Page(path.name, path.read_text(encoding="utf-8")) for path in sorted(DOCS.glob("*.md")))


def wrong_with(page: Page) -> list[str]:
    """Everything that is not as the page says it is, as far as can be seen without running anything."""
    found = (_blocks, _errands, _targets, _services, _settings, _files, _links)
    return [told for look in found for told in look(page)]


def _blocks(page: Page) -> Iterator[str]:
    yield from (f"```{b.named}: say what becomes of it (tests/pages.py)" for b in page.blocks if not _known(b))


def _known(block: Block) -> bool:
    return bool(MODES.fullmatch(block.named))


def _errands(page: Page) -> Iterator[str]:
    for command in page.commands:
        yield from (f"{command}: {why}" for said in ERRAND.findall(command) if (why := no_errand(said)))


def no_errand(said: str) -> str:
    """Why these words after `python -m bot` are no errand; empty when they are. "…" stands for words left out."""
    words = [word.strip('"') for word in said.split() if word != "…"]
    if not words:
        return ""
    known = errands()
    if words[0] not in known and not words[0].startswith("-"):
        return f"there is no errand {words[0]}"
    options = {word.split("=")[0] for word in words if word.startswith("--")}
    missing = options - _options(known.get(words[0], _parser()))
    return f"there is no {' '.join(sorted(missing))}" if missing else ""


def errands() -> dict[str, argparse.ArgumentParser]:
    return _inner(_parser())


def _inner(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _options(parser: argparse.ArgumentParser) -> set[str]:
    own = {option for action in parser._actions for option in action.option_strings}
    return own.union(*(_options(inner) for inner in _inner(parser).values()))


def _targets(page: Page) -> Iterator[str]:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
    for command in page.commands:
        yield from (f"make {target}: no such target" for target in TARGET.findall(command) if target not in phony)


def _services(page: Page) -> Iterator[str]:
    files = (yaml.safe_load((ROOT / name).read_text()) for name in ("compose.yml", "compose.postgres.yml"))
    known = {service for file in files for service in file["services"]}
    for command in page.commands:
        yield from (f"{command}: no service {name}" for _, name in SERVICE.findall(command) if name not in known)


def _settings(page: Page) -> Iterator[str]:
    files = ("compose.yml", "Makefile", "m365agents.local.yml")
    elsewhere = "".join((ROOT / name).read_text("utf-8") for name in files)
    known = {*NAMED, *(value.name for value in VALUES), *SETTING.findall(elsewhere)}
    yield from (f"{name}: no such setting" for name in SETTING.findall(page.text) if name not in known)


def _files(page: Page) -> Iterator[str]:
    for place in CODE.findall(page.text):
        if ROOMS.fullmatch(place) and "{" not in place and not list(ROOT.glob(place)):
            yield f"{place}: no such file"


def _links(page: Page) -> Iterator[str]:
    for link in LINK.findall(page.text):
        place, _, heading = link.partition("#")
        if not link.startswith(("http://", "https://", "mailto:")) and not (page.folder / place).exists():
            yield f"({link}): leads nowhere"
        elif heading and not link.startswith("http") and heading not in _headings(place or page.name, page):
            yield f"({link}): no such heading"


def _headings(name: str, page: Page) -> set[str]:
    text = page.text if name == page.name else (page.folder / name).read_text("utf-8")
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def copied(folder: Path) -> Path:
    """A checkout to work in: what commands read is linked, what they change is copied."""
    for name in (
        "bot",
        "cards",
        "casework",
        "dialogs",
        "appmanifest",
        "docs",
        "Makefile",
        "constraints.txt",
        "compose.yml",
    ):
        (folder / name).symlink_to(ROOT / name)
    (folder / "env").mkdir()
    for file in (ROOT / "env").glob(".env.*"):
        (folder / "env" / file.name).write_bytes(file.read_bytes())
    return folder

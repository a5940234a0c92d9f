"""What the pages for people and for data protection officers say is so: words, buttons, numbers, pictures, tests."""

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest

from bot.directory import graph_memory
from bot.errands import serve
from bot.keeping import offers
from bot.setup.settings import settings_rows
from casework import agenda, countdown, deadline, pace, plan, six_a_day, soundness, wire
from casework.state.waiting import Patience
from casework.texts import LANGUAGES, read_catalogue, read_known

ROOT = Path(__file__).parents[1]
GUIDE, DATA, PRIVACY = "brugervejledning.md", "persondata.md", "privacy.md"
LANGUAGE = {GUIDE: "da", DATA: "da", PRIVACY: "en"}
LARGEST_PICTURE = 150_000  # bytes
TWO_PAGES = 1_000  # words, with six small pictures beside them
DRAFT = "**Udkast, skal vurderes af jeres databeskyttelsesrådgiver.**"


@cache
def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def prose(name: str) -> str:
    """What is read out: no code, no markup, each run of white space one space."""
    text = re.sub(r"`[^`]*`|<[^>]*>|\]\([^)]*\)", " ", page(name))
    return " ".join(re.sub(r"[*#|]", " ", text).split())


def paragraphs(name: str) -> dict[str, str]:
    """Prose by its beginning, so that a fault can be found."""
    blocks = re.sub(r"`[^`]*`|<[^>]*>|\]\([^)]*\)", " ", page(name)).replace("*", "").split("\n\n")
    return {block[:40]: block for block in blocks}


def quoted(name: str) -> list[str]:
    return [" ".join(words.split()) for words in re.findall(r"»([^«]*)«", page(name)) if words != "…"]


def buttons(language: str) -> set[str]:
    return {text for key, text in read_catalogue(language).items() if key.endswith(".button")}


def of_the_app() -> set[str]:
    """Titles that Teams itself shows: the message action's."""
    manifest = json.loads((ROOT / "appmanifest" / "manifest.json").read_text(encoding="utf-8"))
    return {command["title"] for extension in manifest["composeExtensions"] for command in extension["commands"]}


def headings(name: str) -> set[str]:
    return {line.lstrip("# ") for line in page(name).splitlines() if line.startswith("#")}


def test_every_word_the_guide_tells_people_to_type_is_understood():
    known = {word for language in LANGUAGES for words in read_known(language).values() for word in words}
    typed = [word for word in quoted(GUIDE) if word[0].islower()]

    assert len(typed) > 8 and [word for word in typed if word not in known] == []


def test_every_button_the_guide_names_is_there():
    named = re.findall(r"\[([^\]]+)\](?!\()", page(GUIDE))

    assert len(named) > 15 and [title for title in named if title not in buttons("da")] == []


@pytest.mark.parametrize("name", (GUIDE, DATA))
def test_every_title_that_is_quoted_is_one_we_show(name):
    shown = set(read_catalogue("da").values()) | of_the_app() | headings(name)
    words = {word for rows in read_known("da").values() for word in rows}

    assert [title for title in quoted(name) if title not in shown | words] == []


def hours(moments) -> str:
    *others, last = (str(int(moment.total_seconds() // 3600)) for moment in moments)
    return f"{', '.join(others)} og {last}"


def default(setting: str) -> str:
    return next(row[1] for row in settings_rows() if row[0] == setting)


def set_up_to_keep(what: str, file: str) -> str:
    return re.search(what, (ROOT / file).read_text(encoding="utf-8"))[1]


NUMBERS = {3: "tre", 6: "seks"}
STEPS = len(plan.read_plan())
LIMIT = int(deadline.RESPONSE_TIME.total_seconds() // 3600)
BEFORE = hours(countdown.LEADER_BEFORE.values())
KEPT_FOR = default("retention_months")
BACKUPS = set_up_to_keep(r'"--keep", "(\d+)"', "compose.yml")
LOGS = set_up_to_keep(r"param logDays int = (\d+)", "infra/azure.bicep")
SAID = {
    GUIDE: (
        f"inden {LIMIT} timer fra episoden",
        f"Planen har {STEPS} trin",
        f"mindet om fristen {BEFORE} timer før",
        f"Efter {agenda.ANALYSIS_DAYS[0]} dage kommer et kort skema",
        "efter {} og {} dage".format(*agenda.FOLLOW_UP_DAYS),
        f"Højst {NUMBERS[six_a_day.MOST]} beskeder om en sag på en dag",
        f"Efter {Patience().nudge.seconds // 3600} timer minder Værn om det",
        f"efter {Patience().hand_on.seconds // 3600} prøver Værn at finde en anden",
        "Dag {}, {} og {} skriver Værn".format(*pace.PACE.check_ins),
        f"Efter {NUMBERS[pace.PACE.silent_days]} stille arbejdsdage",
    ),
    DATA: (
        f"({KEPT_FOR} måneder, hvis I ikke skriver andet)",
        f"De {KEPT_FOR} måneder",
        f"Påmindelser {BEFORE} timer før",
        f"fristen på de {LIMIT} timer",
        f"nye i {graph_memory.FRESH_FOR.seconds // 60} minutter",
        f"højst {int(graph_memory.STANDS_IN_FOR.total_seconds() // 3600)} timer",
        f"opsætningen her bruger {BACKUPS} dage",
        f"{LOGS} dage i Azure-opsætningen",
    ),
    PRIVACY: (f"({KEPT_FOR} by default)", f"the {LIMIT} hours", f"({BACKUPS} days in the set-up"),
}
"""Sentences with a number in them, made of the code's own."""


@pytest.mark.parametrize(("name", "sentence"), [(name, said) for name, rows in SAID.items() for said in rows])
def test_a_number_on_a_page_is_the_codes(name, sentence):
    assert sentence in prose(name)


def test_a_message_that_was_asked_about_is_gone_within_the_day_that_is_promised():
    assert "højst et døgn" in prose(DATA) and offers.LIVES + offers.ROUND <= countdown.LATEST_HOUR


def test_the_accept_is_asked_by_itself_as_long_before_as_the_guide_says():
    assert "et døgn før fristen, spørger Værn selv" in prose(GUIDE) and countdown.LATEST_HOUR.days == 1


def test_what_the_data_page_says_is_missing_is_missing_still():
    """Time alone erases a sent case, and no errand does. Once something else can, both pages say what."""
    assert "Ingen knap og ingen kommando sletter en sendt sag før tiden" in prose(DATA)
    assert "Never while legal staff hold it" in prose(PRIVACY)

    assert [name for name in wire.NAMES if re.search("eras|delet", name)] == ["erasure_announced"]
    assert [name for name in wire.NAMES if name.startswith("case_clos")] == ["case_closed"]
    errands = {file.stem for file in Path(serve.__file__).parent.glob("*.py")}
    assert {name for name in errands if re.search("clos|eras|delet|export", name)} == set()


@pytest.mark.parametrize("name", LANGUAGE)
def test_every_test_that_a_page_names_is_there(name):
    named = re.findall(r"tests/(\w+)\.py::(test_\w+)", page(name))

    assert [one for one in named if one[1] not in stories_in(one[0])] == []


def test_the_data_page_shows_most_of_what_it_claims():
    assert len(set(re.findall(r"::(test_\w+)", page(DATA)))) > 25


@cache
def stories_in(file: str) -> set[str]:
    path = ROOT / "tests" / f"{file}.py"
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize("name", LANGUAGE)
def test_every_file_and_setting_in_code_letters_is_known(name):
    settings = {row[0] for row in settings_rows()}
    words = [word.split("=")[0] for word in re.findall(r"`([^`:…]+)`", page(name))]
    files = [word for word in words if "/" in word]
    keys = [word for word in words if re.fullmatch(r"VAERN_\w+|\w+_months|authority|data_\w+", word)]

    assert [file for file in files if not (ROOT / file).exists()] == []
    assert [key for key in keys if key not in settings] == []


def test_every_picture_of_the_guide_is_there_small_and_told_in_words():
    shown = re.findall(r'<img [^>]*src="(pictures/\w+\.png)"[^>]*alt="([^"]{20,})"', page(GUIDE))
    files = {file: (ROOT / "docs" / file) for file, _ in shown}

    assert len(shown) == page(GUIDE).count("<img ")
    assert {path.name for path in files.values()} == {path.name for path in (ROOT / "docs/pictures").glob("guide_*")}
    assert [file for file, path in files.items() if path.stat().st_size > LARGEST_PICTURE] == []


@pytest.mark.parametrize("name", LANGUAGE)
def test_every_link_leads_somewhere(name):
    links = re.findall(r"\]\(([^)]+)\)", page(name))

    assert links and [link for link in links if not (ROOT / "docs" / link).is_file()] == []


def test_the_guide_fits_on_two_pages():
    assert len(prose(GUIDE).split()) <= TWO_PAGES


def test_what_is_legal_is_marked_as_a_draft():
    sections = re.split(r"^## ", page(DATA), flags=re.MULTILINE)
    drafts = [section for section in sections if section.startswith("Udkast")]

    assert len(drafts) == 2 and all(DRAFT in section for section in drafts)


@pytest.mark.parametrize(("name", "language"), LANGUAGE.items())
def test_a_page_sounds_like_vaern(name, language):
    said = paragraphs(name)

    assert soundness.shouting(said) == []
    assert soundness.never_said(said, language) == []
    assert soundness.he_or_she(said, language) == []
    assert soundness.quoted_otherwise(said, language) == []

"""How this house is built, as tests. Each failure says where, and what mends it.

An exception to a rule stands here with its reason. One that is no longer needed is itself a failure.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping

import pytest

from tests.house import NOT_OURS, ROOMS, ROOT, Function, Source, dotted, sources, statements

LONGEST_FILE, LONGEST_TEST_FILE = 300, 450
MOST_STATEMENTS = 15

Exceptions = Mapping[str, str]


def broken(found: Iterable[tuple[str, str]], exceptions: Exceptions, cure: str) -> str:
    """What breaks a rule: ("file:line or file function", what), less the exceptions, which must all be needed."""
    found = list(found)
    excused = {where for where, _ in found for known in exceptions if where.startswith(known)}
    lines = [f"  {where}: {what}" for where, what in found if where not in excused]
    unused = [known for known in exceptions if not any(where.startswith(known) for where, _ in found)]
    lines += [f"  {known}: is excused and no longer needs to be. Take it off the list." for known in unused]
    return "\n".join([cure, *lines]) if lines else ""


def at(source: Source, line: int) -> str:
    return f"{source.name}:{line}"


# -- who may import whom ---------------------------------------------------------------------------------------

BELOW = {
    "casework": {"casework"},
    "cards": {"cards", "casework"},
    "dialogs": {"dialogs", "cards", "casework"},
    "bot": {"bot", "dialogs", "cards", "casework"},
}
NO_EFFECTS = set(
    "asyncio ftplib http logging multiprocessing os pathlib random secrets select shutil signal smtplib socket "
    "socketserver sqlite3 ssl subprocess sys tempfile threading time urllib.request uuid".split()
)
"""Standard library that reaches out of the process, or into chance and time."""
PURE = {"casework": {"dateutil", "holidays", "phonenumbers"}, "cards": {"babel"}}
"""Room → what it may use besides itself, the rooms below, and the standard library without effects."""


def test_each_room_imports_only_itself_and_the_rooms_below_it():
    found = (
        (at(source, line), f"imports {module}")
        for source in sources()
        for line, module in source.imports()
        if module.split(".")[0] in {*ROOMS, "tests"} - BELOW[source.room]
    )

    assert not (why := broken(found, {}, "casework <- cards <- dialogs <- bot. Move what is needed down.")), why


def _reaches_out(module: str, room: str) -> bool:
    top = module.split(".")[0]
    if top in BELOW[room] | PURE[room]:
        return False
    return top not in sys.stdlib_module_names or top in NO_EFFECTS or module in NO_EFFECTS


@pytest.mark.parametrize("room", PURE)
def test_what_happens_and_how_it_looks_need_nothing_but_python_and_a_calendar(room):
    found = (
        (at(source, line), f"imports {module}")
        for source in sources(room)
        for line, module in source.imports()
        if _reaches_out(module, room)
    )
    cure = f"{room}/ is pure: take what it needs as an argument, and fetch it in bot/."

    assert not (why := broken(found, {}, cure)), why


# -- time and chance enter at the edge -------------------------------------------------------------------------

CLOCKS = re.compile(
    r"(datetime\.)?(datetime|date)\.(now|utcnow|today)|time\.(time|time_ns|monotonic|monotonic_ns|perf_counter)"
)
CLOCK_AT = {
    "bot/clock.py": "the case clock itself",
    "bot/app.py": "leases, back-off and tokens run on the machine's time, which the rehearsal cannot move",
    "bot/edge.py": "tokens and retries run on the machine's time",
    "bot/rehearsal/identity.py": "the local channel's tokens are valid on the machine's time, as Teams' are",
}
CHANCE_AT = {
    "bot/ids.py": "new case ids",
    "bot/stores/sealing.py": "keys and nonces",
    "bot/stores/vault.py": "what the keys of shelves follow from",
    "bot/stores/files.py": "names of files that are being written",
    "bot/edge.py": "the spread of retries, handed to the connector",
    "bot/teams/connector.py": "the spread of retries, so that not everybody comes back at once",
    "bot/rehearsal/identity.py": "the name of the local channel's signing key",
    "bot/rehearsal/channel.py": "the local channel's secret",
    "bot/rehearse.py": "the local channel's secret",
    "bot/playground/run.py": "the porter's secret",
}


def test_nobody_looks_at_a_clock_below_the_edge():
    found = (
        (at(source, line), f"{name}") for source in sources() for line, name in source.names() if CLOCKS.fullmatch(name)
    )
    cure = "Take `now`, or the clock, as an argument: time enters through bot/clock.py."

    assert not (why := broken(found, CLOCK_AT, cure)), why


def test_nothing_is_left_to_chance_below_the_edge():
    found = (
        (at(source, line), f"imports {module}")
        for source in sources()
        for line, module in source.imports()
        if module in ("random", "secrets", "uuid") or module == "os.urandom"
    )

    assert not (why := broken(found, CHANCE_AT, "Take the id as an argument: new ones are made in bot/ids.py.")), why


# -- nothing happens when a module is imported -----------------------------------------------------------------

DEFINITIONS = (ast.Import, ast.ImportFrom, Function, ast.ClassDef, ast.Assign, ast.AnnAssign)
LOOKS = re.compile(r"os\.environ|sys\.argv")
DOES = re.compile(
    r"(.*\.)?(open|read|read_text|read_bytes|load|iterdir|glob|exists|mkdir|write_text|write_bytes|getenv|run|Popen"
    r"|connect|urlopen|read_plan|read_catalogue|read_known|read_settings)|print|input|asyncio\..*|logging\..*"
)


def _only_defines(node: ast.stmt) -> bool:
    """A definition, a docstring, or what stands under `if TYPE_CHECKING` and `if __name__ == "__main__"`."""
    if isinstance(node, ast.If):
        return ast.unparse(node.test) in ("TYPE_CHECKING", "__name__ == '__main__'")
    return isinstance(node, DEFINITIONS) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def _happens(node: ast.stmt) -> str:
    """What a definition does besides defining: an empty text when it only defines."""
    if not _only_defines(node):
        return ast.unparse(node).splitlines()[0]
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return ""
    looked = [ast.unparse(inner) for inner in ast.walk(node.value) if LOOKS.match(dotted(inner))]
    done = [ast.unparse(call) for call in _calls(node.value) if DOES.fullmatch(dotted(call.func))]
    return ", ".join(looked + done)


def _calls(value: ast.expr) -> list[ast.Call]:
    """Calls that are made at once: not those inside a lambda."""
    later = {id(deep) for one in ast.walk(value) if isinstance(one, ast.Lambda) for deep in ast.walk(one)}
    return [node for node in ast.walk(value) if isinstance(node, ast.Call) and id(node) not in later]


def test_a_module_only_defines_things():
    found = (
        (at(source, node.lineno), what) for source in sources() for node in source.tree.body if (what := _happens(node))
    )
    cure = "Importing must do nothing: put it into a function, with @cache if it is wanted once."

    assert not (why := broken(found, {}, cure)), why


WATCHED = """
import sys
root, modules = sys.argv[1], sys.argv[2:]
def watch(event, args):
    if event == "open" and str(args[0]).startswith(root) and not str(args[0]).endswith((".py", ".pyc")):
        if ".venv" not in str(args[0]):
            print("opens", args[0])
    if event in ("socket.connect", "subprocess.Popen", "os.mkdir", "os.remove"):
        if ".pyc" not in str(args) and "__pycache__" not in str(args):
            print(event, args)
sys.addaudithook(watch)
for module in modules:
    __import__(module)
"""


def test_importing_everything_reads_no_file_and_reaches_no_network():
    modules = [source.name.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for source in sources()]
    modules = [module for module in modules if not module.endswith("__main__")]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(ROOT), *modules], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


# -- words -----------------------------------------------------------------------------------------------------

DANISH = set("æøåÆØÅ")
LANGUAGE_AT = {
    "dialogs/dates.py": "words that people type about days, understood and never shown",
    "dialogs/days_ahead.py": "words that may stand before a weekday",
    "dialogs/nearest.py": "Danish letters and how they are typed without them",
    "bot/directory/file.py": "Danish letters as they are written in addresses",
}
DRAWN = re.compile(r"(el\.\w+|Shown|TextBlock|.*\.(say|tell|reply))")


def test_no_sentence_stands_in_code():
    found = (
        (at(source, node.lineno), repr(node.value[:60]))
        for source in sources()
        for node in source.strings()
        if DANISH & set(node.value.replace("Værn", "")) or _sentence(node, source)
    )
    cure = 'Words live in casework/guide/{da,en}: say("room.key").'

    assert not (why := broken(found, LANGUAGE_AT, cure)), why


def _sentence(node: ast.Constant, source: Source) -> bool:
    """More than three words on a card or in a dialog, unless it is an error for whoever works on the code."""
    return source.room in ("cards", "dialogs") and len(node.value.split()) > 3 and id(node) not in source.in_errors


def test_nothing_drawn_by_the_bot_is_a_sentence_in_code():
    found = (
        (at(source, call.lineno), repr(argument.value[:60]))
        for source in sources("bot")
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and DRAWN.fullmatch(dotted(call.func))
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and len(argument.value.split()) > 3
    )

    assert not (why := broken(found, {}, 'Words live in casework/guide/{da,en}: say("room.key").')), why


# -- size ------------------------------------------------------------------------------------------------------

TABLES = {
    "casework/evolving.py _evolved": "one line per kind of event, ending in assert_never: a table, however long",
    "casework/notices.py _of": "one or two lines per kind of event: a table, however long",
}


def test_no_file_is_two_rooms():
    limits = [(source, LONGEST_FILE) for source in sources()]
    limits += [(source, LONGEST_TEST_FILE) for source in sources("tests")]
    found = (
        (source.name, f"{lines} lines, at most {longest}")
        for source, longest in limits
        if (lines := len(source.text.splitlines())) > longest
    )

    assert not (why := broken(found, {}, "A file that long is two rooms: split it where the subject changes.")), why


def test_no_function_does_more_than_fits_in_the_head():
    found = (
        (f"{source.name} {function.name}", f"{count} statements, at most {MOST_STATEMENTS}")
        for source in sources()
        for function in source.functions()
        if (count := statements(function)) > MOST_STATEMENTS
    )

    assert not (why := broken(found, TABLES, "Name a part of it and make that a function of its own.")), why


def test_everything_public_in_the_core_says_what_it_means():
    found = (
        (f"{source.name} {node.name}", "has no docstring")
        for source in sources("casework")
        for node in source.tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
        if not ast.get_docstring(node) and not _closed_list(node)
    )
    cure = "Say what it means, its shapes and units, and what it refuses."
    known = {"casework/deadline.py has_passed": "one expression that reads as the sentence"}

    assert not (why := broken(found, known, cure)), why


def _closed_list(node: ast.ClassDef | ast.FunctionDef) -> bool:
    """An enum of codes: its values say it, and their words stand in the guide."""
    return isinstance(node, ast.ClassDef) and any(dotted(base) == "StrEnum" for base in node.bases)


# -- what we do not use ----------------------------------------------------------------------------------------


def test_nothing_is_kept_or_run_by_class_name():
    banned = ("pickle", "jsonpickle", "marshal", "shelve", "dill")
    found = [
        (at(source, line), f"imports {module}")
        for source in (*sources(), *sources("tests"))
        for line, module in source.imports()
        if module.split(".")[0] in banned
    ]
    found += [
        (at(source, call.lineno), f"calls {call.func.id}")
        for source in (*sources(), *sources("tests"))
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("eval", "exec")
    ]

    assert not (why := broken(found, {}, "Anything kept has an explicit name and version: see casework/wire.py.")), why


def test_tests_use_no_mocks():
    found = [
        (at(source, line), f"imports {module}")
        for source in sources("tests")
        for line, module in source.imports()
        if module.split(".")[0] in ("mock", "pytest_mock") or module.startswith("unittest")
    ]
    found += [
        (at(source, function.lineno), "takes mocker")
        for source in sources("tests")
        for function in source.functions()
        if any(argument.arg == "mocker" for argument in function.args.args)
    ]
    cure = "Write a fake by hand at the edge of our own protocol."

    assert not (why := broken(found, {}, cure)), why


def test_no_test_changes_our_own_code_under_way():
    found = (
        (at(source, call.lineno), ast.unparse(call)[:80])
        for source in sources("tests")
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and dotted(call.func).endswith(".setattr") and call.args
        if _is_ours(call.args[0], source)
    )

    assert not (why := broken(found, {}, "Hand the thing in as an argument, and let the test hand in another.")), why


def _is_ours(target: ast.expr, source: Source) -> bool:
    """Whether what is patched is one of our modules or something out of one."""
    if isinstance(target, ast.Constant):
        return str(target.value).split(".")[0] in ROOMS
    ours = {module.split(".")[-1] for _, module in source.imports() if module.split(".")[0] in ROOMS}
    return dotted(target).split(".")[0] in ours


SLEEPS = {
    "tests/test_killed.py": "the moment of death is drawn by chance; nothing is waited for",
    "tests/bench/process.py": "measuring begins when a process has come to rest, which only time shows",
}


def test_no_test_waits_by_sleeping():
    found = (
        (at(source, call.lineno), ast.unparse(call))
        for source in sources("tests")
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and dotted(call.func) in ("time.sleep", "asyncio.sleep", "sleep")
        if [ast.unparse(argument) for argument in call.args] != ["0"]
    )

    assert not (why := broken(found, SLEEPS, "Wait for what must have happened, not for time to pass.")), why


LATER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")


def test_nothing_is_left_for_later_in_a_comment():
    endings = ("py", "toml", "js", "css", "html", "md", "txt")
    rooms = (*ROOMS, "tests", "docs", "appmanifest")
    files = (path for ending in endings for room in rooms for path in (ROOT / room).rglob(f"*.{ending}"))
    found = (
        (f"{path.relative_to(ROOT)}:{number}", line.strip()[:60])
        for path in files
        if not set(NOT_OURS) & set(path.parts)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if LATER.search(line)
    )

    assert not (why := broken(found, {}, "Do it, or write an issue.")), why


# -- what is pinned --------------------------------------------------------------------------------------------


def test_pins_are_names_and_versions_and_nothing_else():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    wrong = [line for line in lines if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.+!-]*", line)]

    assert wrong == [], "constraints.txt holds `name==version`, one a line."


def test_everything_we_depend_on_is_pinned():
    pinned = {re.split("==", line)[0].lower() for line in (ROOT / "constraints.txt").read_text().splitlines()}
    project = re.findall(r'^  "([A-Za-z0-9-]+)",$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)

    assert project and {name.lower() for name in project} <= pinned


def test_lock_files_hold_no_address():
    rooms = (ROOT / "bot", ROOT / "tests" / "toolkit")
    locks = [path for room in rooms for path in room.rglob("package-lock.json") if not set(NOT_OURS) & set(path.parts)]
    found = [
        (f"{path.relative_to(ROOT)} {name}", "has an address")
        for path in locks
        for name, package in json.loads(path.read_text(encoding="utf-8"))["packages"].items()
        if "resolved" in package
    ]

    assert locks
    assert not (why := broken(found, {}, "npm install with omit-lockfile-registry-resolved=true.")), why

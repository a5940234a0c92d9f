"""The tree as the house rules look at it: every Python file read once, with what it imports, calls and says."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("casework", "cards", "dialogs", "bot")
NOT_OURS = ("node_modules", "__pycache__")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file. `name` is its path from the root."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str:
        return self.name.split("/")[0]

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def imports(self) -> Iterator[tuple[int, str]]:
        """(line, module), wherever it stands; `from a import b` gives a and a.b."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name}:{node.lineno}: write the import out in full."
                yield node.lineno, str(node.module)
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)

    def names(self) -> Iterator[tuple[int, str]]:
        """(line, dotted name) of everything that is used."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name | ast.Attribute) and (name := dotted(node)):
                yield node.lineno, name

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    @cached_property
    def in_errors(self) -> frozenset[int]:
        """Ids of the nodes that stand in a `raise`."""
        raised = (node for node in ast.walk(self.tree) if isinstance(node, ast.Raise))
        return frozenset(id(inner) for node in raised for inner in ast.walk(node))

    def strings(self) -> Iterator[ast.Constant]:
        """Every text that is no docstring."""
        docs = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                yield node


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute; empty when it hangs on something else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (inner := dotted(node.value)):
        return f"{inner}.{node.attr}"
    return ""


@cache
def sources(*rooms: str) -> tuple[Source, ...]:
    """Every Python file of these rooms (all four without any), in order."""
    found = (path for room in rooms or ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    return tuple(Source(path) for path in found if not set(NOT_OURS) & set(path.parts))


def statements(function: Function) -> int:
    """How many statements it has, all the way in, without its docstring and the functions inside it."""
    total = 0
    for node in function.body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        inside = [inner for inner in ast.walk(node) if isinstance(inner, ast.stmt)]
        nested = [inner for inner in inside if isinstance(inner, Function)]
        hidden = {id(deep) for one in nested for deep in ast.walk(one) if deep is not one}
        total += sum(id(inner) not in hidden for inner in inside)
    return total

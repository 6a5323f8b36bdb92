"""The house's own rules: imports run downwards, nothing prints or exits but the command line, no truth leaks."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import corrigenda

SOURCE = Path(corrigenda.__file__).parent
PACKAGE = "corrigenda"
LAYERS = (
    "errors",
    "values",
    "text",
    "align",
    "ingest",
    "scan",
    "lexicon",
    "language",
    "edition",
    "correct",
    "learn",
    "score",
    "report",
    "files",
    "pipeline",
    "cli",
)
# The package's own page and `python -m corrigenda` stand outside: the one names the whole, the other only starts it.
EXEMPT = frozenset({PACKAGE, f"{PACKAGE}.__main__"})


def modules(root: Path) -> dict[str, Path]:
    """Every module of the package below `root` by its dotted name."""
    found = {}
    for path in sorted(root.rglob("*.py")):
        parts = [PACKAGE, *path.relative_to(root).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(path: Path, names: frozenset[str]) -> Iterator[str]:
    """The modules of the package that the module at `path` imports, wherever in it, also for types alone."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in names or node.module in names:
                    yield whole if whole in names else str(node.module)


def layer(module: str) -> int:
    """The height of a module's layer, from 0; an unknown layer is an error, so that a new one is put in order."""
    name = module.split(".")[1]
    assert name in LAYERS, f"{module} belongs to no layer"
    return LAYERS.index(name)


def faults(root: Path) -> list[str]:
    """What is wrong with the imports below `root`: those that run upwards, and cycles."""
    found = modules(root)
    names = frozenset(found)
    graph = {m: sorted(set(imported(p, names)) - {m}) for m, p in found.items() if m not in EXEMPT}
    upward = [
        f"{module} imports {target}"
        for module, targets in graph.items()
        for target in targets
        if target in EXEMPT or layer(target) > layer(module)
    ]
    return upward + [f"cycle: {' > '.join(cycle)}" for cycle in cycles(graph)]


def cycles(graph: dict[str, list[str]]) -> list[list[str]]:
    """The cycles that a walk along the imports meets."""
    found: list[list[str]] = []
    done: set[str] = set()

    def walk(module: str, way: list[str]) -> None:
        if module in way:
            found.append([*way[way.index(module) :], module])
        elif module not in done:
            for target in graph.get(module, []):
                walk(target, [*way, module])
            done.add(module)

    for module in graph:
        walk(module, [])
    return found


def test_imports_run_downwards_and_never_in_a_circle():
    """The order of the layers is that of docs/architecture.md."""
    assert len(modules(SOURCE)) > 30
    assert faults(SOURCE) == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package's modules in a place where they may be spoilt."""
    root = tmp_path / PACKAGE
    shutil.copytree(SOURCE, root, ignore=shutil.ignore_patterns("__pycache__", "_lexicons"))
    return root


def plant(path: Path, line: str) -> None:
    """Add a line of code to a module."""
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("module", "line", "fault"),
    [
        ("text.py", "from corrigenda.align import align", "corrigenda.text imports corrigenda.align"),
        (
            "correct/gate.py",
            "import corrigenda.score.metrics",
            "correct.gate imports corrigenda.score.metrics",
        ),
        (
            "edition/match.py",
            "from corrigenda.correct import gate",
            "edition.match imports corrigenda.correct.gate",
        ),
        (
            "correct/engine.py",
            "from corrigenda.learn.lessons import Lesson",
            "correct.engine imports corrigenda.learn.lessons",
        ),
        ("values.py", "def f():\n    from corrigenda import cli", "corrigenda.values imports corrigenda.cli"),
        ("values.py", "from corrigenda import __doc__", "corrigenda.values imports corrigenda"),
        ("correct/known.py", "from corrigenda.correct import corrector", "cycle: "),
    ],
)
def test_a_planted_fault_is_caught(copy: Path, module: str, line: str, fault: str):
    """The check above is no mere ceremony: each form of import, at the top or inside a function, is seen."""
    plant(copy / module, line)
    assert any(fault in found for found in faults(copy))


def test_a_module_of_no_layer_is_caught(copy: Path):
    """A new part of the house is first put in order."""
    plant(copy / "text.py", "from corrigenda import attic")
    (copy / "attic.py").write_text("")
    with pytest.raises(AssertionError, match="attic belongs to no layer"):
        faults(copy)


def test_symspellpy_is_known_to_one_module():
    """It writes to standard error when imported, and answers a missing file with False; one adapter knows that."""
    users = {
        name
        for name, path in modules(SOURCE).items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == "symspellpy")
        or (isinstance(node, ast.Import) and any(a.name.split(".")[0] == "symspellpy" for a in node.names))
    }
    assert users == {"corrigenda.lexicon.words"}


def loud(tree: ast.AST) -> Iterator[str]:
    """The calls that print or leave the process."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in {"print", "exit", "quit", "sys.exit", "os._exit"}:
                yield called
        elif isinstance(node, ast.Raise) and node.exc and "SystemExit" in ast.unparse(node.exc):
            yield "SystemExit"


def test_only_the_command_line_prints_and_exits():
    """A library raises; what it has to say it returns."""
    found = {
        name: list(loud(ast.parse(path.read_text(encoding="utf-8"))))
        for name, path in modules(SOURCE).items()
        if not name.startswith("corrigenda.cli") and name not in EXEMPT
    }
    assert {name: calls for name, calls in found.items() if calls} == {}
    assert list(loud(ast.parse("print(1); sys.exit()\nraise SystemExit(2)"))) == ["SystemExit", "print", "sys.exit"]


def test_what_corrects_never_names_a_transcript():
    """Nothing of the truth can reach what is measured against it: the type does not occur there."""
    named = [
        name
        for name, path in modules(SOURCE).items()
        if re.match(r"corrigenda\.(correct|edition|lexicon)\b", name)
        and re.search(r"\b(Transcript|read_transcript|Intake)\b", path.read_text(encoding="utf-8"))
    ]
    assert named == []

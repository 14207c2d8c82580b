"""The house keeps its own rules: floors, sizes, and what library code must not do."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "tracer").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LIBRARY = [path for path in MODULES if path.relative_to(ROOT / "tracer").parts[0] not in {"cli", "__main__.py"}]
PUBLIC_TOP = {"CHANGELOG.md", "LICENSE", "README.md", "docs", "fixtures", "pyproject.toml", "tests", "tracer"}


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length in lines of every function of a module, nested ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{shown(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def called(path: Path) -> Iterator[tuple[str, int]]:
    """What a module calls, by dotted name, and where."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def test_floors_import_only_from_below() -> None:
    """The contracts of pyproject.toml are kept."""
    # In a process of its own: the linter changes the import path and the working directory.
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_stay_small() -> None:
    """At most 300 lines, half of them at most 120; a test module at most 400."""
    assert [shown(path) for path in MODULES if length(path) > 300] == []
    assert [shown(path) for path in TESTS if length(path) > 400] == []
    assert median(length(path) for path in MODULES) <= 120


def test_functions_stay_small() -> None:
    """At most 50 lines, half of them at most 12."""
    sizes = [entry for path in MODULES for entry in functions(path)]
    assert [name for name, size in sizes if size > 50] == []
    assert median(size for _, size in sizes) <= 12


@pytest.mark.parametrize(
    ("forbidden", "where"),
    [
        ({"print", "exit", "quit", "sys.exit", "os._exit", "input", "breakpoint"}, LIBRARY),
        ({"hash", "eval", "exec"}, MODULES),
        ({"pickle.load", "pickle.loads"}, MODULES),
        ({"time.time", "datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.monotonic"}, LIBRARY),
        ({"random.random", "random.choice", "random.shuffle", "random.seed", "np.random.seed"}, MODULES),
    ],
    ids=["prints or exits", "hash", "pickle", "clock", "unseeded draws"],
)
def test_library_code_does_not(forbidden: set[str], where: list[Path]) -> None:
    """Print, exit, hash in a process-dependent way, load pickles, look at the clock, or draw without a seed."""
    # The manifest of a report is the one place that may tell the time, and the archive of a run its name.
    # Pickles are loaded from a run's own work folder, which its user alone can read and which is checked to be theirs.
    excused = {"tracer/report/manifest.py"}
    if "pickle.loads" in forbidden:
        engine = (ROOT / "tracer" / "engine").rglob("*.py")
        excused |= {"tracer/pipeline/trace.py", *map(shown, engine)}
    found = [
        f"{shown(path)}:{line} {name}"
        for path in where
        for name, line in called(path)
        if name in forbidden and shown(path) not in excused
    ]
    assert found == []


def test_things_have_names() -> None:
    """No drawer for odds and ends."""
    drawers = {"utils", "helpers", "util", "helper", "misc", "common", "models"}
    assert [shown(path) for path in (*MODULES, *TESTS) if path.stem in drawers] == []


def test_test_modules_have_names_of_their_own() -> None:
    """Without packages two test modules of one name would shadow each other."""
    names = [path.name for path in TESTS if path.name != "conftest.py"]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
    assert [shown(path) for path in TESTS if path.name == "__init__.py"] == []


def test_the_top_level_is_tidy() -> None:
    """What stands there under version control is what the architecture lists."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a checkout: git does not know these files")
    top = {line.partition("/")[0] for line in tracked.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} <= PUBLIC_TOP


def test_every_module_says_what_it_is() -> None:
    """A docstring at its head."""
    assert [
        shown(path) for path in (*MODULES, *TESTS) if path.stat().st_size and not ast.get_docstring(tree(path))
    ] == []

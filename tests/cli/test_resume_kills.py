"""Killed again and again at any moment, a report still comes to its end, as if nothing had happened."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from invented import SMALL, articles, rows, statement
from test_resume_pieces import LAST_OF_A_STEP, content

_KILLS = 20
_ARTICLES = 400
_DEADLINE = 120
_PROGRAM = """
import sys
from importlib import import_module
from tracer.cli import main
for name, size in {sizes!r}.items():
    module, constant = name.rsplit(".", 1)
    setattr(import_module(module), constant, size)
sys.exit(main(sys.argv[1:]))
"""
_SIZES = {
    **SMALL,
    "tracer.engine.reading.ARTICLES_PER_BATCH": 16,
    "tracer.engine.joining.ROWS_PER_PARTITION": 4000,
    "tracer.engine.splitting._ROWS_PER_PARTITION": 4000,
    "tracer.engine.dividing._PAIRS_PER_TASK": 4,
    "tracer.engine.dividing._ARTICLES_PER_TASK": 16,
    "tracer.engine.stories._ARTICLES_PER_TASK": 16,
}


def start(source: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    """A real run of two worker processes, in a process group of its own, in small pieces."""
    command = [sys.executable, "-c", _PROGRAM.format(sizes=_SIZES), "report", str(source), "-o", str(out)]
    return subprocess.Popen([*command, "--jobs", "2", *more], stderr=subprocess.PIPE, start_new_session=True)


def group_members(group: int) -> list[int]:
    """Processes of a group that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                state, _, its_group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
                if int(its_group) == group and state != "Z":
                    found.append(int(entry.name))
    return found


def wait_until_gone(group: int) -> None:
    """Wait for the workers of a killed run to end by themselves."""
    last = time.monotonic() + _DEADLINE
    while group_members(group):
        assert time.monotonic() < last, "workers live on without their parent"
        time.sleep(0.02)


def finished(work: Path) -> dict[str, tuple[int, int]]:
    """The pieces in a work folder that end a unit of work: inode and time of change."""
    found = {}
    for path in work.rglob("*"):
        is_last = path.relative_to(work).parts[0] in LAST_OF_A_STEP
        if is_last and path.is_file() and path.suffix not in {".part", ".draft"}:
            found[str(path)] = path.stat().st_ino, path.stat().st_mtime_ns
    return found


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kills") / "in.jsonl"
    path.write_text("\n".join(map(json.dumps, rows([*articles(_ARTICLES, sentences=3), *statement()]))))
    return path


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see what processes live")
def test_twenty_kills_change_nothing(source: Path, tmp_path: Path) -> None:
    """Of the whole process group, or of the parent alone, whose workers then end by themselves."""
    began = time.monotonic()
    whole = start(source, tmp_path / "whole")
    assert whole.communicate(timeout=_DEADLINE)[0] is None
    assert whole.returncode == 0
    seconds = time.monotonic() - began
    draw = random.Random(20)  # noqa: S311 - moments
    out, known = tmp_path / "out", {}
    for kill in range(_KILLS):
        process = start(source, out, *(("--resume",) if (tmp_path / ".out.work" / "run.json").exists() else ()))
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=seconds * draw.uniform(0.2, 0.5))
        if process.poll() is None:
            if kill % 2:
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        said = process.communicate(timeout=_DEADLINE)[1]
        wait_until_gone(process.pid)
        assert process.returncode in {0, -signal.SIGKILL}, said
        if out.exists():
            break
        pieces = finished(tmp_path / ".out.work")
        assert known.items() <= pieces.items(), "a finished piece was lost or made again"
        known = pieces
    if not out.exists() or (tmp_path / ".out.work").exists():
        last = start(source, out, "--resume")
        said = last.communicate(timeout=_DEADLINE)[1]
        assert last.returncode == 0, said
    assert content(out) == content(tmp_path / "whole")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["out", "whole"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see what processes live")
def test_an_interrupted_run_goes_on(source: Path, tmp_path: Path) -> None:
    """Ctrl-C: exit code 130, one line on how to go on, no worker left; then the rest."""
    process = start(source, tmp_path / "out")
    last = time.monotonic() + _DEADLINE
    while not (tmp_path / ".out.work" / "counted").exists() and process.poll() is None:
        assert time.monotonic() < last
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=_DEADLINE)[1].decode().splitlines()
    assert process.returncode == 130
    assert said[-1] == "tracer: interrupted"
    assert "--resume goes on from there" in said[-2]
    assert not group_members(process.pid)
    assert [entry.name for entry in tmp_path.iterdir()] == [".out.work"]
    again = start(source, tmp_path / "out", "--resume")
    assert again.communicate(timeout=_DEADLINE)[0] is None
    assert again.returncode == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]

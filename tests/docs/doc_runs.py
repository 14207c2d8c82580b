"""Runs what the pages tell their reader to type, and makes the output that they should show."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doc_pages import ROOT, Block, blocks, is_left_alone

from tracer.cli import main

CUT = "[…]"
_R_MARK = "=== block ==="
_PLAIN = ("ls ", "head ")
_PART = re.compile(r'first (?P<lines>\d+)|from "(?P<start>[^"]+)"(?: until "(?P<stop>[^"]+)")?')


@dataclass
class Run:
    """What a page's blocks did: bodies as they should stand, by block, and commands that failed."""

    bodies: dict[int, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def run_page(text: str, folder: Path) -> Run:
    """Run a page's blocks in order in ``folder``, which sees the fixtures; Python blocks share their names."""
    (folder / "fixtures").symlink_to(ROOT / "fixtures")
    run, names, printed, session = Run(), {"__name__": "page"}, "", _R()
    with chdir(folder):
        for block in blocks(text):
            if is_left_alone(block):
                continue
            if block.language == "python":
                printed = _python(block.body, names)
            elif block.language == "r":
                printed = session.output_of(block.body, run.failures)
            elif block.language == "text" and block.mark == "output" and printed is not None:
                run.bodies[block.start] = printed
            elif block.language == "console":
                run.bodies[block.start] = _console(block, run.failures)
            elif block.language == "sh":
                for line in re.sub(r"\\\n\s*", "", block.body).splitlines():
                    if line.startswith("tracer "):
                        _output(line, run.failures)
    return run


class _R:
    """A page's R blocks, which share their names; where R is not installed their output stays as it is shown."""

    def __init__(self) -> None:
        self._before: list[str] = []

    def output_of(self, code: str, failures: list[str]) -> str | None:
        """What a block prints, behind those before it; ``None`` without R."""
        if shutil.which("Rscript") is None:
            return None
        script = "\n".join([*self._before, f"cat('{_R_MARK}')", code])
        self._before.append(code)
        Path("page.R").write_text(script, encoding="utf-8")
        language = {"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"], "HOME": str(Path.cwd())}
        done = subprocess.run(
            ["Rscript", "--vanilla", "page.R"], capture_output=True, text=True, env=language, check=False
        )
        Path("page.R").unlink()
        if done.returncode:
            failures.append(f"an R block ended with {done.returncode}: {done.stderr}")
        return done.stdout.rpartition(_R_MARK)[2]


def _python(code: str, names: dict[str, Any]) -> str:
    stream = io.StringIO()
    with redirect_stdout(stream):
        exec(compile(code, "page", "exec"), names)  # noqa: S102 - the page's own example
    return stream.getvalue()


def _console(block: Block, failures: list[str]) -> str:
    """The block's body with each command's output made anew; a command shown without output stays so."""
    body = []
    for part in re.split(r"(?m)^(?=\$ )", block.body):
        if not part:
            continue
        prompt, _, shown = part.partition("\n")
        output = _output(prompt.removeprefix("$ "), failures)
        body.append(prompt + "\n" + (_abridged(output, block.mark) if shown else ""))
    return "".join(body)


def _output(command: str, failures: list[str]) -> str:
    """What a command writes to both streams; a failing one is noted."""
    words = shlex.split(command, comments=True)
    if command.startswith(_PLAIN):
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout
    stream = io.StringIO()
    with redirect_stdout(stream), redirect_stderr(stream):
        code = main(words[1:]) if words[0] == "tracer" else -1
    if code:
        failures.append(f"{command} ended with {code}: {stream.getvalue()}")
    return stream.getvalue()


def _abridged(output: str, mark: str) -> str:
    """The parts of an output that ``shown: first N; from "A" until "B"`` names, with ``[…]`` for what is left out."""
    if not mark.startswith("shown: "):
        return output
    lines, kept, done = output.splitlines(), [], 0
    for start, stop in _ranges(lines, mark.removeprefix("shown: ")):
        kept += ([CUT] if start > done else []) + lines[start:stop]
        done = stop
    return "\n".join([*kept, *([CUT] if done < len(lines) else [])]) + "\n"


def _ranges(lines: list[str], mark: str) -> Iterator[tuple[int, int]]:
    place = 0
    for part in mark.split("; "):
        found = _PART.fullmatch(part)
        assert found, f"a mark says: first N, or: from “A” until “B”; not {part!r}"
        if found["lines"]:
            start, place = place, place + int(found["lines"])
        else:
            start = next(row for row in range(place, len(lines)) if lines[row].startswith(found["start"]))
            stop = found["stop"]
            rest = range(start + 1, len(lines))
            place = next((row for row in rest if stop and lines[row].startswith(stop)), len(lines))
        yield start, place


def refreshed(text: str, bodies: dict[int, str]) -> str:
    """A page with the bodies of its blocks replaced."""
    for block in sorted(blocks(text), key=lambda block: -block.start):
        if block.start in bodies:
            text = text[: block.start] + bodies[block.start] + text[block.stop :]
    return text

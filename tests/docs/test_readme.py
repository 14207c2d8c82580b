"""The README shows what its commands do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def test_the_audit_shown_is_the_audit_printed() -> None:
    """The output under the first command is the expected output of that very run, which the golden tests check."""
    expected = (ROOT / "fixtures" / "expected" / "harbour-ferry" / "audit.txt").read_text(encoding="utf-8")
    assert blocks("text")[0].rstrip("\n") == expected.rstrip("\n")


def test_two_commands_set_themselves_up() -> None:
    """The first screen has one command for the main job and one for the tests, each from a bare Python."""
    run, tests = blocks("sh")
    assert run.startswith("python3 -m venv .venv && ")
    assert run.rstrip().endswith("tracer audit fixtures/worlds/harbour-ferry/articles")
    assert tests.startswith("python3 -m venv .venv && ")
    assert "pytest" in tests


def test_python_examples_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Every Python block runs from the root of the project."""
    monkeypatch.chdir(ROOT)
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), {"__name__": "readme"})  # noqa: S102 - our own page
    assert "ap-lighthouse → farrow-times" in capsys.readouterr().out


def test_linked_pages_exist() -> None:
    """Every relative link leads somewhere."""
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []

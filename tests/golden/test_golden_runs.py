"""Whole runs of the command line on every fixture world, byte for byte.

``UPDATE_GOLDEN=1 pytest tests/golden`` writes the expected files anew; read the difference before committing it.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tracer.cli import main
from tracer.report.exports import EXPORTS

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = ROOT / "fixtures" / "expected"
WORLDS = sorted(folder.name for folder in (ROOT / "fixtures" / "worlds").iterdir() if folder.is_dir())
EXPORTED = "harbour-ferry"
"""The one world of which the files made from the tables are kept too."""
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


def articles_of(world: str) -> str:
    """The world's input as a user in the project's folder would name it."""
    folder = Path("fixtures") / "worlds" / world
    found = sorted(entry for entry in (ROOT / folder).iterdir() if entry.stem == "articles")
    return (folder / found[0].name).as_posix()


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("COLUMNS", raising=False)


def same_as_expected(world: str, name: str, content: str) -> bool:
    path = EXPECTED / world / name
    if UPDATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
    return path.read_text(encoding="utf-8") == content


@pytest.mark.parametrize("world", WORLDS)
def test_audit_prints_what_it_always_printed(world: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The terminal audit of a world is the expected one, and nothing but data goes to standard output."""
    assert main(["audit", articles_of(world)]) == 0
    assert same_as_expected(world, "audit.txt", capsys.readouterr().out)


@pytest.mark.parametrize("world", WORLDS)
def test_report_writes_what_it_always_wrote(world: str, tmp_path: Path) -> None:
    """Every file that is kept of a report is the expected one: not the manifest, nor the page."""
    output = tmp_path / "report"
    assert main(["report", articles_of(world), "-o", str(output)]) == 0
    if UPDATE:
        shutil.rmtree(EXPECTED / world / "report", ignore_errors=True)
    written = {path.name for path in output.iterdir()} - {"manifest.json", "report.html"}
    written -= set() if world == EXPORTED else EXPORTS.keys()
    for name in sorted(written):
        assert same_as_expected(world, f"report/{name}", (output / name).read_bytes().decode("utf-8")), name
    assert {path.name for path in (EXPECTED / world / "report").iterdir()} == written


@pytest.mark.parametrize("world", WORLDS)
def test_pairs_are_judged_as_the_world_was_made(world: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every pair has the link kind and the verdict on origin that the world's truth gives."""
    truth = json.loads((ROOT / "fixtures" / "worlds" / world / "truth.json").read_text(encoding="utf-8"))
    assert main(["audit", articles_of(world), "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    pairs = {(row["left"], row["right"]): row for row in result["pairs"]}
    versions = {(row["id"], row["version_of"]) for row in result["articles"] if row["version_of"]}
    for wanted in truth["pairs"]:
        ends = wanted["left"], wanted["right"]
        if wanted.get("version"):
            assert ends in versions or ends[::-1] in versions
            assert ends not in pairs
            continue
        found = pairs.get(ends, {"kind": "none", "direction": None})
        assert (found["kind"], found["direction"] or None) == (wanted["kind"], wanted["origin"]), ends


@pytest.mark.parametrize("world", WORLDS)
def test_edges_between_articles_are_those_of_the_world(world: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The graph has an arrow between two articles exactly where the truth has one."""
    truth = json.loads((ROOT / "fixtures" / "worlds" / world / "truth.json").read_text(encoding="utf-8"))
    assert main(["audit", articles_of(world), "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    ids = {row["id"] for row in result["articles"]}
    found = {(row["source"], row["target"]) for row in result["edges"] if row["source"] in ids}
    assert found == {(edge["source"], edge["target"]) for edge in truth["edges"] if edge["source"] in ids}

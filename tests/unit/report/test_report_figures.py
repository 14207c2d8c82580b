"""Pictures of a report: harmless, the same bytes each time, and only on request."""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tracer.domain import TracerError
from tracer.pipeline import Trace
from tracer.report import ReportPlan, assemble, write_part, write_report
from tracer.report.drawn_story import DrawnEdge, DrawnNode, DrawnStory, drawn_story, layers
from tracer.report.figures import FIGURES, require_matplotlib, write_figures

BOTH = {f"{name}.{kind}" for name in FIGURES for kind in ("png", "svg")}
UNDATED = {name for name in BOTH if "timeline" not in name}


def saved(trace: Trace, folder: Path) -> Path:
    write_report(trace, folder)
    return folder


def test_figures_come_on_request(wire: Trace, tmp_path: Path) -> None:
    """They stand in the manifest; every other file is as it is without them; progress counts their step."""
    pytest.importorskip("matplotlib")
    write_part(wire, tmp_path / "part")
    seen: list[tuple[int, int]] = []
    for name, asked in (("without", False), ("with", True)):
        seen.clear()
        plan = ReportPlan(
            settings=wire.settings, figures=asked, observe=lambda _, done, total: seen.append((done, total))
        )
        assemble([tmp_path / "part"], tmp_path / name, plan)
        assert seen == [(done, len(seen) - 1) for done in range(len(seen))]
    less, more = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("without", "with"))
    manifests = [json.loads(files.pop("manifest.json")) for files in (less, more)]
    assert more.keys() - less.keys() == BOTH
    assert less.items() <= more.items()
    assert manifests[1]["files"] == {name: sha256(data).hexdigest() for name, data in more.items()}


@pytest.mark.parametrize("name", ["wire", "harbour", "attacked", "newsroom"])
def test_the_same_report_gives_the_same_pictures(
    name: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also with names that are formulas, markup, control characters or scripts that the font lacks."""
    pytest.importorskip("matplotlib")
    folder = saved(request.getfixturevalue(name), tmp_path / "out")
    once = write_figures(folder)
    assert once.keys() == (BOTH if name in {"wire", "attacked"} else UNDATED)
    assert once == {entry: sha256((folder / entry).read_bytes()).hexdigest() for entry in once}
    assert write_figures(folder) == once
    for entry in once:
        if entry.endswith(".svg"):
            text = (folder / entry).read_text(encoding="utf-8")
            assert "<script" not in text
            ET.parse(folder / entry)  # noqa: S314 - a file just written


def test_a_story_without_company_is_not_drawn(tampered: object, wire: Trace, tmp_path: Path) -> None:
    """No article, no picture."""
    pytest.importorskip("matplotlib")
    folder = saved(tampered(articles=(), stories=(), parsed={}, regions={}), tmp_path / "out")  # type: ignore[operator]
    assert write_figures(folder) == {}
    assert not BOTH & {path.name for path in folder.iterdir()}


def test_the_story_has_its_edges(harbour: Trace, tmp_path: Path) -> None:
    """All articles and sources of the one story there is, and every edge, those to agencies included."""
    folder = saved(harbour, tmp_path / "out")
    story = drawn_story(folder)
    assert story is not None
    edges = (folder / "edges.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(story.edges) == len(edges)
    assert {node.kind for node in story.nodes.values()} >= {"article", "agency", "statement"}


def test_too_large_a_story_is_cut(harbour: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The articles with most edges stay, and the picture knows how many there are in all."""
    monkeypatch.setattr("tracer.report.drawn_story.MOST_NODES", 4)
    story = drawn_story(saved(harbour, tmp_path / "out"))
    assert story is not None
    assert len(story.nodes) == 4
    assert story.articles == 5
    assert {edge.source for edge in story.edges} | {edge.target for edge in story.edges} <= story.nodes.keys()


def story_of(*ends: str) -> DrawnStory:
    nodes = {name: DrawnNode(name, "article", name, name) for name in sorted(set("".join(ends)))}
    return DrawnStory(len(nodes), nodes, tuple(DrawnEdge(*pair, "draws_on", 0.9, 0.5) for pair in ends))


def test_columns_follow_the_arrows() -> None:
    """What is derived stands right of its source; articles that draw on each other share a column."""
    assert layers(story_of("ab", "bc", "ac", "ad")) == [["a"], ["b", "d"], ["c"]]
    assert layers(story_of("ab", "ba", "bc")) == [["a", "b"], ["c"]]
    assert layers(story_of()) == []


def test_settings_of_the_user_change_nothing(wire: Trace, tmp_path: Path) -> None:
    """A matplotlib that is set up otherwise draws the same bytes."""
    matplotlib = pytest.importorskip("matplotlib")
    folder = saved(wire, tmp_path / "out")
    once = write_figures(folder)
    with matplotlib.rc_context({"font.size": 20, "lines.linewidth": 9, "savefig.transparent": True}):
        assert write_figures(folder) == once


def test_without_matplotlib_it_says_what_to_install(
    wire: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the extra; no report appears."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(TracerError, match=r"tracer-news\[plots\]"):
        require_matplotlib()
    write_part(wire, tmp_path / "part")
    with pytest.raises(TracerError, match=r"tracer-news\[plots\]"):
        assemble([tmp_path / "part"], tmp_path / "out", ReportPlan(settings=wire.settings, figures=True))
    assert not (tmp_path / "out").exists()

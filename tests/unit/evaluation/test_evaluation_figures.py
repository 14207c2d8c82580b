"""Pictures: written where there is data, the same bytes each time."""

from __future__ import annotations

import sys

import pytest
from report_rows import pair

from tracer.domain import TracerError
from tracer.evaluation import evaluate_report
from tracer.evaluation.calibration import forecasts
from tracer.evaluation.figures import require_matplotlib, write_figures

LINE = {"p_left_upstream": 0.7, "p_right_upstream": 0.1, "p_common_source": 0.2}


def drawn(report, gold, folder, origin):
    rows = [pair("a", "b", "lineage", **LINE), pair("a", "c", "statement", p_lineage=0.2)]
    labels = [
        {"left": "a", "right": "b", "kind": "lineage", "origin": origin},
        {"left": "a", "right": "c", "kind": "none"},
    ]
    result = evaluate_report(report("a b c", folder.name + "-report", pairs=rows), gold(pairs=labels))
    folder.mkdir()
    return write_figures(list(forecasts(list(result.pairs))), result.pairs, folder)


def test_the_same_data_gives_the_same_bytes(report, gold, tmp_path):
    pytest.importorskip("matplotlib")
    once, again = tmp_path / "once", tmp_path / "again"
    names = drawn(report, gold, once, "->")
    assert names == ["reliability.png", "reliability.svg", "risk_coverage.png", "risk_coverage.svg"]
    assert drawn(report, gold, again, "->") == names
    assert [(once / name).read_bytes() for name in names] == [(again / name).read_bytes() for name in names]
    assert b"<svg" in (once / "reliability.svg").read_bytes()


def test_a_curve_without_data_is_not_drawn(report, gold, tmp_path):
    pytest.importorskip("matplotlib")
    assert drawn(report, gold, tmp_path / "folder", None) == ["reliability.png", "reliability.svg"]


def test_without_matplotlib_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(TracerError, match=r"tracer-news\[plots\]"):
        require_matplotlib()

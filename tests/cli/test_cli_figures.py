"""``tracer report --figures``: pictures beside the tables, or a word on what is missing."""

import sys

import pytest


def test_pictures_come_on_request(run, worlds, tmp_path):
    """Six files more, and nothing is printed but the note."""
    pytest.importorskip("matplotlib")
    world = worlds / "wire-two-papers" / "articles.csv"
    assert run("report", world, "-o", tmp_path / "out", "--figures")[:2] == (0, "")
    assert len(list((tmp_path / "out").glob("figure-*"))) == 6


def test_figures_without_matplotlib(run, worlds, tmp_path, monkeypatch):
    """The extra is named before any work is done."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    code, out, err = run("report", worlds / "wire-two-papers" / "articles.csv", "-o", tmp_path / "out", "--figures")
    assert (code, out) == (2, "")
    assert "tracer-news[plots]" in err
    assert list(tmp_path.iterdir()) == []

"""The shipped weights are what training makes of the labelled data. Takes about a minute."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import pytest
from training_data import write_training_data

from tracer.evaluation.training.__main__ import main


def test_training_gives_the_shipped_weights_byte_for_byte(
    news_dev: Path, polnear: Path, releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same data and the same code: the same file. Else train anew (see the page on contributing)."""
    assert {folder.parent for folder in (news_dev, polnear, releases)} == {news_dev.parent}
    output = tmp_path / "weights.json"
    monkeypatch.setattr(sys, "argv", ["training", *write_training_data(tmp_path / "data"), "-o", str(output)])
    main()
    shipped = files("tracer.evidence") / "data" / "weights.json"
    assert output.read_text(encoding="utf-8") == shipped.read_text(encoding="utf-8")

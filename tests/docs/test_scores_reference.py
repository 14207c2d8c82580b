"""The page of scores is the one that the catalogue makes."""

from __future__ import annotations

import re
from pathlib import Path

from tracer.evaluation.catalogue import POPULATIONS, SCORES
from tracer.evaluation.reference import scores_markdown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "scores.md"


def test_the_page_is_up_to_date() -> None:
    """docs/reference/scores.md is what ``scores_markdown()`` gives; write it anew when this fails."""
    assert PAGE.read_text(encoding="utf-8") == scores_markdown()


def test_every_score_has_its_row() -> None:
    assert re.findall(r"(?m)^\| `([\w.]+)` \|", PAGE.read_text(encoding="utf-8")) == list(SCORES)


def test_every_population_that_is_explained_is_used() -> None:
    assert POPULATIONS.keys() <= {kind.measured_on for kind in SCORES.values()}

"""The graph of a few simulated newsrooms on the base texts that come with the project."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tracer import Settings, SkippedArticle, read_articles, tables, trace
from tracer.evaluation import evaluate_report
from tracer.evaluation.simulator import Simulation, SimulationSettings, simulate, write_simulation
from tracer.pipeline import Trace
from tracer.report import write_report

BASE = Path(__file__).resolve().parents[3] / "fixtures" / "base-texts"
WORLDS = SimulationSettings(stories=4, articles_low=4, articles_high=8, filler="hard", unseen=0.5, seed=2)


@pytest.fixture(scope="module")
def made() -> Simulation:
    """Four stories."""
    base = [entry for entry in read_articles([BASE]) if not isinstance(entry, SkippedArticle)]
    return simulate(base, WORLDS)


@pytest.fixture(scope="module")
def traced(made: Simulation) -> Trace:
    """They, traced."""
    return trace(made.articles, Settings(jobs=1))


def _roots(found: Trace) -> Mapping[str, float | None]:
    table = tables(found).articles
    names, place = table.schema.names, table.schema.names.index("p_root")
    return {str(row[names.index("id")]): row[place] for row in table.rows}  # type: ignore[misc]


def test_a_root_is_told_where_there_is_a_lineage(traced: Trace) -> None:
    """`p_root` lies in [0, 1] for articles of a lineage pair and is empty for all others."""
    linked = {
        end
        for story in traced.stories
        for pair in story.graph.comparisons
        if pair.is_lineage
        for end in (pair.left, pair.right)
    }
    roots = _roots(traced)
    assert {name for name, chance in roots.items() if chance is not None} == linked
    assert all(0 <= chance <= 1 for chance in roots.values() if chance is not None)


def test_who_surely_draws_on_somebody_is_no_root(traced: Trace) -> None:
    """The more an edge is to be trusted, the less its target is a root."""
    roots = _roots(traced)
    for story in traced.stories:
        for edge in story.graph.edges:
            if edge.relation == "draws_on" and edge.source in roots and roots[edge.target] is not None:
                assert edge.confidence + (roots[edge.target] or 0.0) <= 1 + 0.03


def test_an_unseen_source_has_several_witnesses(traced: Trace) -> None:
    """One node with all of them, not one for each pair."""
    for story in traced.stories:
        for source in story.graph.sources:
            if source.kind == "unseen":
                assert len({entry.article for entry in source.evidence}) > 1


def test_the_scores_can_be_measured(made: Simulation, traced: Trace, tmp_path: Path) -> None:
    """Every score of the graph has a value on a simulated corpus and its report."""
    write_simulation(made, WORLDS, tmp_path / "simulation")
    write_report(traced, tmp_path / "report")
    scores = evaluate_report(tmp_path / "report", tmp_path / "simulation" / "truth.json").scores
    for name in ("edges.f1", "ancestors.f1", "roots.accuracy", "roots.all"):
        assert 0 <= (scores[name].value or 0.0) <= 1
        assert scores[name].n > 0
    assert scores["roots.all"].value is not None
    assert (scores["roots.all"].value or 0.0) <= (scores["roots.accuracy"].value or 0.0)

"""A study as text and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tabulate import tabulate

from tracer.evaluation.figures import write_figures
from tracer.evaluation.gold import LINEAGE, STATEMENT
from tracer.evaluation.scores import Score
from tracer.evaluation.training.judged import JudgedPair
from tracer.evaluation.training.run import Study
from tracer.evaluation.training.study import (
    as_scored,
    error_by_chance,
    expected_error,
    pair_scores,
    pooled_forecasts,
    recipe_scores,
    trial_calibration,
)
from tracer.evidence import Direction

_SHOWN = (
    "kind.accuracy",
    "kind.auc",
    "kind.lineage.f1",
    "kind.false_lineage_on_statement",
    "origin.coverage",
    "origin.accuracy",
    "direction.coverage",
    "direction.accuracy",
    "direction.likelier_side",
    "immediacy.coverage",
    "immediacy.accuracy",
)


def study_text(study: Study, folder: Path) -> str:
    """The study's tables as Markdown; reliability diagram and risk–coverage curve go to ``folder``."""
    write_figures(pooled_forecasts((study.gold, study.newsrooms)), as_scored(study.gold), folder)
    return "\n\n".join(_sections(study)) + "\n"


def _sections(study: Study) -> Iterator[str]:
    yield "## Labelled news pairs, ten-fold cross-validation by story\n\n" + _scores(pair_scores(study.gold))
    yield "## Direction, timeless and nameless: unseen recipe, texts and synonyms, hard filler\n\n" + _recipes(study)
    yield "## Newsrooms from unseen texts with unseen synonyms, named and dated\n\n" + _scores(
        pair_scores(study.newsrooms)
    )
    yield "## Pairs without lineage\n\n" + _without_lineage(study)
    yield "## Calibration of every probability, labelled and simulated pairs together\n\n" + _calibration(study)


def _scores(scores: dict[str, Score]) -> str:
    rows = [
        (name, _figure(score.value), _interval(score), score.n, score.stories)
        for name in _SHOWN
        for score in (scores[name],)
        if score.value is not None
    ]
    return _table(rows, ("score", "value", "95 %", "n", "stories"))


def _recipes(study: Study) -> str:
    rows = [
        (entry.recipe or "all", entry.pairs, _figure(entry.called), _figure(entry.right))
        for entry in recipe_scores(study.trials)
    ]
    error = f"Expected calibration error of P(left upstream): {_figure(trial_calibration(study.trials))}"
    return _table(rows, ("recipe", "pairs", "called", "right of those")) + "\n\n" + error


def _without_lineage(study: Study) -> str:
    statement = [entry for entry in (*study.gold, *study.newsrooms) if entry.pair.label.kind == STATEMENT]
    pairs = study.unrelated_articles * (study.unrelated_articles - 1) // 2
    rows = [
        ("statement pairs called lineage", _lineage(statement), len(statement)),
        ("statement pairs given a direction", _directed(statement), len(statement)),
        ("pairs of unrelated articles called lineage", _lineage(study.unrelated), pairs),
    ]
    return _table(rows, ("", "pairs", "of"))


def _lineage(judged: Sequence[JudgedPair]) -> int:
    return sum(entry.kind.verdict.value == LINEAGE for entry in judged)


def _directed(judged: Sequence[JudgedPair]) -> int:
    """Pairs to which a report would give an arrow."""
    arrows = (Direction.LEFT, Direction.RIGHT)
    return sum(
        entry.verdict_counts and entry.descent is not None and entry.descent.verdict in arrows for entry in judged
    )


def _calibration(study: Study) -> str:
    samples = {"labelled": (study.gold,), "simulated": (study.newsrooms,), "both": (study.gold, study.newsrooms)}
    rows = [
        (
            entry.column,
            name,
            len(entry.probability),
            _figure(expected_error(entry.probability, entry.outcome)),
            _figure(error_by_chance(entry.probability)),
        )
        for name, judged in samples.items()
        for entry in pooled_forecasts(judged)
        if len(entry.probability)
    ]
    return _table(
        sorted(rows, key=lambda row: str(row[0])), ("probability", "pairs", "n", "calibration error", "of exact ones")
    )


def _table(rows: Sequence[tuple[object, ...]], heads: tuple[str, ...]) -> str:
    return tabulate(rows, heads, tablefmt="github", disable_numparse=True)


def _figure(value: float | None) -> str:
    return "" if value is None or value != value else f"{value:.3f}"  # noqa: PLR0124 - not a number


def _interval(score: Score) -> str:
    return "" if score.low is None or score.high is None else f"{score.low:.3f} to {score.high:.3f}"

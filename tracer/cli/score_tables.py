"""The scores of a report as tables: for the eye, as rows, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy.typing as npt

from tracer.cli.table_output import json_rows
from tracer.evaluation import SCORES, Evaluation, Floor, Score, confusion_tables
from tracer.report import Row, Schema, Table
from tracer.report.schema import count, number, text
from tracer.report.terminal import wrapped
from tracer.report.terminal.drawn import DrawnTable, draw, draw_markdown
from tracer.report.views.figures import count as count_of

_WIDE = 110
"""From this width on, a comparison also says what each score is measured on."""
_BOUND = "any number"
_AS_ABOVE = "as above"

SCORE_SCHEMA = Schema(
    "scores",
    "score",
    ("score",),
    (
        text("score", "Name of the score.", "a name of docs/reference/scores.md"),
        number("value", "The score.", _BOUND, "it cannot be measured"),
        number("low", "Low end of its 95 % interval.", _BOUND, "fewer than two stories, or all draws agree"),
        number("high", "High end of its 95 % interval.", _BOUND, "fewer than two stories, or all draws agree"),
        count("n", "Cases that it is measured on."),
        count("stories", "Stories that those belong to."),
        text("better", "Which way is better.", "`more`, `less`"),
        number("against", "The score of the second report.", _BOUND, "there is none"),
        number("difference_low", "Low end of the interval of value minus against.", _BOUND, "there is none"),
        number("difference_high", "High end of that interval.", _BOUND, "there is none"),
        text("measured_on", "What the cases are.", "any text"),
    ),
)


def scores_table(result: Evaluation) -> Table:
    """One row per known score, in the order of the reference."""
    return Table(SCORE_SCHEMA, [_row(score) for score in result.scores.values()])


def _row(score: Score) -> Row:
    kind = SCORES[score.name]
    measured = (score.value, score.low, score.high, score.n, score.stories, "less" if kind.most else "more")
    return (score.name, *measured, score.against, score.difference_low, score.difference_high, kind.measured_on)


def evaluation_json(result: Evaluation) -> dict[str, Any]:
    """Scores, both confusion tables, the number of stories and the warnings."""
    tables = {
        name: {true: dict(zip(found, map(int, row), strict=True)) for true, row in zip(gold, counts, strict=True)}
        for name, gold, found, counts in confusion_tables(result.pairs)
    }
    return {
        "scores": json_rows(scores_table(result)),
        "confusion": tables,
        "stories": len(result.stories),
        "warnings": list(result.warnings),
    }


def evaluation_text(result: Evaluation, width: int | None) -> str:
    """The scores for the eye, one table per group, then the confusion tables; Markdown without a ``width``."""
    pairs, stories = count_of(len(result.pairs), "labelled pair"), count_of(len(result.stories), "story", "stories")
    head = f"Scored: {pairs} of {stories}. Intervals: 95 %, bootstrap over whole stories."
    parts = [head if width is None else wrapped(head, width)]
    shown = [score for score in result.scores.values() if score.value is not None or score.against is not None]
    for group in dict.fromkeys(SCORES[score.name].group for score in shown):
        members = [score for score in shown if SCORES[score.name].group == group]
        parts.append(_drawn(_group(group, members, width), width))
    for name, gold, found, counts in confusion_tables(result.pairs):
        if counts.any():
            parts.append(_drawn(_confusion(name, gold, found, counts), width))
    if rest := _unmeasured(result):
        parts.append(rest if width is None else wrapped(rest, width))
    return "\n\n".join(parts) + "\n"


def _drawn(table: DrawnTable, width: int | None) -> str:
    return draw_markdown(table) if width is None else draw(table, width)


def _group(group: str, scores: Sequence[Score], width: int | None) -> DrawnTable:
    """The scores of one group; the group's name stands in the head of the first column, so that lines stay short."""
    compared = any(score.against is not None for score in scores)
    headers: tuple[str, ...] = (f"{group}.…", "value", "95 %")
    headers += ("against", "difference") if compared else ()
    headers += ("n", "stories")
    tells = not compared or width is None or width >= _WIDE
    headers += ("measured on",) if tells else ()
    rows: list[tuple[str, ...]] = []
    told = ""
    for score in scores:
        cells = [score.name.partition(".")[2], figure(score.value), interval(score.low, score.high)]
        cells += [figure(score.against), interval(score.difference_low, score.difference_high)] if compared else []
        cells += [f"{score.n:,}", f"{score.stories:,}"]
        population = SCORES[score.name].measured_on
        rows.append((*cells, *([_AS_ABOVE if population == told else population] if tells else [])))
        told = population
    return DrawnTable(headers, tuple(rows), frozenset(), frozenset({len(headers) - 1} if tells else ()))


def _confusion(name: str, gold: Sequence[str], found: Sequence[str], counts: npt.NDArray[Any]) -> DrawnTable:
    rows = tuple((true, *(f"{int(cell):,}" for cell in row)) for true, row in zip(gold, counts, strict=True))
    return DrawnTable((f"{name}: gold, found →", *found), rows)


def _unmeasured(result: Evaluation) -> str:
    missing = [score.name for score in result.scores.values() if score.value is None and score.against is None]
    groups = dict.fromkeys(SCORES[name].group for name in missing)
    whole = [group for group in groups if all(n in missing for n in SCORES if SCORES[n].group == group)]
    single = [name for name in missing if SCORES[name].group not in whole]
    names = ", ".join([*(f"{group}.…" for group in whole), *single])
    return f"Not measured, because the gold does not speak of it or no such case came up: {names}." if names else ""


def figure(value: float | None) -> str:
    """A score to three decimals, without the zero before the point; a dash where there is none."""
    if value is None:
        return "–"
    shown = f"{round(value, 3) + 0.0:.3f}".replace("-", "−")
    return shown.replace("0.", ".", 1) if shown.lstrip("−").startswith("0.") else shown


def interval(low: float | None, high: float | None) -> str:
    """Both ends of an interval; empty where there is none."""
    if low is None or high is None:
        return ""
    return f"{figure(low)} to {figure(high)}" if low < 0 else f"{figure(low)}–{figure(high)}"


def floors_text(missed: Sequence[Floor], result: Evaluation) -> str:
    """What fell short of its floor."""
    rows = tuple(
        (
            floor.name,
            figure(result.scores[floor.name].value) if result.scores[floor.name].value is not None else "not measured",
            f"{'at most' if floor.most else 'at least'} {floor.bound:g}",
            f"{result.scores[floor.name].n:,}",
        )
        for floor in missed
    )
    return draw(DrawnTable(("below its floor", "value", "floor", "n"), rows), 80)

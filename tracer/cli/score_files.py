"""An evaluation as a folder: the scores, every pair behind them, and the points of both curves."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from tracer.cli.score_tables import evaluation_json, scores_table
from tracer.cli.table_output import as_json, csv_text
from tracer.domain import OutputError
from tracer.evaluation import Evaluation
from tracer.evaluation.calibration import forecasts, reliability
from tracer.evaluation.figures import write_figures
from tracer.evaluation.origin_scores import confidence_and_error, risk_coverage
from tracer.evaluation.scored_pairs import ScoredPair, weighed_pairs
from tracer.report import Row, Schema, Table, check_output
from tracer.report.manifest import MANIFEST, TOOL
from tracer.report.output_folder import whole_folder
from tracer.report.schema import SIDES, Column, ColumnType, count, number, text
from tracer.report.terminal import is_report

_PROBABILITIES = ("p_lineage", "p_statement", "p_left_upstream", "p_right_upstream", "p_common_source", "p_direct")
_NOT_LABELLED = "not labelled"


def _said(name: str, meaning: str) -> Column:
    return text(name, meaning, "as in the report", "the report does not say")


def _true(name: str) -> Column:
    return text(name, f"True {name}.", "as in the gold", _NOT_LABELLED)


PAIRS = Schema(
    "pairs_scored",
    "scored pair of the gold",
    ("left", "right"),
    (
        *SIDES,
        text("story", "Story that it counts to.", "any text"),
        text("recipe", "How the pair was made.", "any text", _NOT_LABELLED),
        _true("kind"),
        _said("found_kind", "Kind found."),
        Column("kind_right", ColumnType.BOOLEAN, "Whether the two are the same.", "`true`, `false`"),
        _true("origin"),
        _said("found_direction", "Direction found."),
        Column(
            "origin_right", ColumnType.BOOLEAN, "Whether a called origin is right.", "`true`, `false`", "not called"
        ),
        _true("immediacy"),
        _said("found_immediacy", "Immediacy found."),
        *(number(name, f"`{name}` of the report.", empty="the report does not say") for name in _PROBABILITIES),
    ),
)
RISK_COVERAGE = Schema(
    "risk_coverage",
    "confidence that occurs",
    ("coverage",),
    (
        number("coverage", "Share of the pairs that are at least so sure."),
        number("risk", "Share of those for which the likelier side is wrong."),
        number("confidence", "Larger of the two probabilities of a side."),
        count("pairs", "Number of those pairs."),
    ),
)
RELIABILITY = Schema(
    "reliability",
    "bin of a probability column that holds pairs",
    ("column", "from"),
    (
        text("column", "Column of `pairs.csv`.", "its name"),
        number("from", "Low border of the bin."),
        number("to", "High border of the bin."),
        count("pairs", "Pairs in the bin."),
        number("mean_probability", "Their mean probability."),
        number("share_true", "Share of them for which it came true."),
    ),
)


def check_folder(directory: Path, *, overwrite: bool) -> None:
    """Refuse a folder that an evaluation must not be written to.

    Raises:
        OutputError: when the folder is taken, also by a report, which ``overwrite`` does not replace.
    """
    if is_report(directory):
        raise OutputError(f"{directory} holds a report, which an evaluation does not replace; choose another folder")
    check_output(directory, overwrite=overwrite)


def write_evaluation(
    result: Evaluation, directory: Path, settings: Mapping[str, int], *, overwrite: bool, plots: bool
) -> None:
    """Write an evaluation. The folder appears complete or not at all; the same evaluation gives the same bytes.

    Raises:
        OutputError: as :func:`check_folder`, and when the folder cannot be written.
        TracerError: when ``plots`` is asked for and matplotlib is not installed.
    """
    check_folder(directory, overwrite=overwrite)
    with whole_folder(directory, overwrite=overwrite) as folder:
        tables = (scores_table(result), pairs_table(result), risk_coverage_table(result), reliability_table(result))
        for table in tables:
            (folder / f"{table.name}.csv").write_text(csv_text(table), encoding="utf-8", newline="")
        (folder / "scores.json").write_text(as_json(evaluation_json(result)), encoding="utf-8", newline="")
        if plots:
            write_figures(list(forecasts(list(result.pairs))), result.pairs, folder)
        files = {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
        manifest = {"tool": TOOL, "command": "evaluate", "settings": dict(settings), "files": files}
        (folder / MANIFEST).write_text(as_json(manifest), encoding="utf-8", newline="")


def pairs_table(result: Evaluation) -> Table:
    """Each scored pair with what is true of it, what was found, and whether that is right."""
    return Table(PAIRS, [_pair_row(pair, result.stories[pair.story]) for pair in result.pairs])


def _pair_row(pair: ScoredPair, story: str) -> Row:
    gold, found = pair.gold, pair.found
    origin_right = pair.called == gold.origin if pair.has_origin and pair.called else None
    return (
        *(gold.left, gold.right, story, gold.recipe),
        *(gold.kind, found.kind, pair.right_kind),
        *(gold.origin, found.direction, origin_right),
        *(gold.immediacy, found.immediacy),
        *(found.p_lineage, found.p_statement, found.p_left, found.p_right, found.p_common, found.p_direct),
    )


def risk_coverage_table(result: Evaluation) -> Table:
    """The points of the risk–coverage curve of choosing the likelier side, surest pairs first."""
    points = risk_coverage(*confidence_and_error(weighed_pairs(result.pairs)))
    return Table(RISK_COVERAGE, [(coverage, risk, least, pairs) for least, coverage, risk, pairs in points])


def reliability_table(result: Evaluation) -> Table:
    """The bins behind the reliability diagrams."""
    entries = sorted(forecasts(list(result.pairs)), key=lambda entry: entry.column)
    return Table(RELIABILITY, [(entry.column, *row) for entry in entries for row in reliability(entry)])

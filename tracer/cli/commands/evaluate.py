"""``tracer evaluate``: score a report against gold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracer.cli.exit_codes import ExitCode
from tracer.cli.options import Format, Width, with_options
from tracer.cli.streams import note, output_width, write_out
from tracer.domain import TracerError

if TYPE_CHECKING:
    from tracer.evaluation import Evaluation, Floor


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """Options on how scores are worked out and where they go."""

    against: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A second report of the same articles, to compare with.")
    ] = None
    floor: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Bounds on scores (TOML or JSON); one that is not kept ends with code 5."),
    ] = None
    format_: Annotated[
        Format, typer.Option("--format", help="table: to read; json, csv: every score; markdown: to paste.")
    ] = Format.TABLE
    width: Width = None
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Folder for the scores and the pairs behind them as files."),
    ] = None
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace an earlier evaluation of tracer's in that folder.")
    ] = False
    plots: Annotated[
        bool, typer.Option("--plots", help="Draw reliability and risk-coverage into that folder (needs matplotlib).")
    ] = False
    merge_gap: Annotated[
        int,
        typer.Option(
            metavar="N",
            help="Join rows of passages.csv at most N code points apart (0: none). Regions are never joined.",
        ),
    ] = 300
    draws: Annotated[int, typer.Option(metavar="N", help="Bootstrap draws behind each interval.")] = 1000
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of those draws.")] = 0

    def numbers(self) -> dict[str, int]:
        """The options that change the scores."""
        return {"merge_gap": self.merge_gap, "draws": self.draws, "seed": self.seed}


@with_options(ScoreOptions)
def evaluate(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that `tracer report` wrote.")],
    gold: Annotated[
        Path,
        typer.Option(metavar="FILE", help="What is true: a CSV of labelled pairs, or JSON with all that is known."),
    ],
    *,
    options: ScoreOptions,
) -> None:
    """Score a report against gold.

    Each score with a 95 % interval (bootstrap over stories), the number of cases, and what it is measured on. Scores
    that the gold does not speak of are left out.
    """
    from tracer.evaluation import evaluate_report, fallen, read_floors  # noqa: PLC0415 - --help must stay light

    _check_folder(options)
    floors = read_floors(options.floor) if options.floor else ()
    result = evaluate_report(directory, gold, against=options.against, **options.numbers())
    for warning in result.warnings:
        note(f"note: {warning}")
    if options.out is not None:
        from tracer.cli.score_files import write_evaluation  # noqa: PLC0415 - --help must stay light

        write_evaluation(result, options.out, options.numbers(), overwrite=options.overwrite, plots=options.plots)
        note(f"wrote {options.out}")
    write_out(_shown(result, options.format_, options.width or output_width()))
    _stop_below(fallen(floors, result.scores), result)


def _check_folder(options: ScoreOptions) -> None:
    """Refuse before any work what could not be written after it."""
    if options.plots:
        from tracer.evaluation.figures import require_matplotlib  # noqa: PLC0415 - --help must stay light

        if options.out is None:
            raise TracerError("--plots needs a folder to draw into; add -o DIR")
        require_matplotlib()
    if options.out is not None:
        from tracer.cli.score_files import check_folder  # noqa: PLC0415 - --help must stay light

        check_folder(options.out, overwrite=options.overwrite)


def _shown(result: Evaluation, format_: Format, width: int) -> str:
    from tracer.cli import score_tables  # noqa: PLC0415 - --help must stay light
    from tracer.cli.table_output import as_json, csv_text  # noqa: PLC0415

    if format_ is Format.JSON:
        return as_json(score_tables.evaluation_json(result))
    if format_ is Format.CSV:
        return csv_text(score_tables.scores_table(result))
    return score_tables.evaluation_text(result, None if format_ is Format.MARKDOWN else width)


def _stop_below(missed: list[Floor], result: Evaluation) -> None:
    """End with the exit code of scores when a floor was not kept, after telling which."""
    if missed:
        from tracer.cli.score_tables import floors_text  # noqa: PLC0415 - --help must stay light

        note(floors_text(missed, result))
        raise typer.Exit(ExitCode.SCORE)

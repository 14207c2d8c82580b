"""``tracer explain``: the evidence on one pair, or on one article."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracer.cli.loading import load_and_trace, note_skips
from tracer.cli.options import CardFormat, RunOptions, Width, with_options
from tracer.cli.progress import StageObserver
from tracer.cli.streams import note, output_width, write_out
from tracer.cli.table_output import as_json, json_rows
from tracer.domain import TracerError

if TYPE_CHECKING:
    from tracer.report import Tables
    from tracer.report.terminal import TableViews

_MOST_IDS = 10_000


@with_options(RunOptions)
def explain(
    input_: Annotated[
        str, typer.Argument(metavar="INPUT", help="A file, a folder, - or a folder that `tracer report` wrote.")
    ],
    first: Annotated[str, typer.Argument(metavar="A", help="Id of an article.")],
    second: Annotated[
        str | None, typer.Argument(metavar="B", help="Id of another: the card of this pair.", show_default=False)
    ] = None,
    format_: Annotated[CardFormat, typer.Option("--format", help="table: to read; json: the rows behind it.")] = (
        CardFormat.TABLE
    ),
    width: Width = None,
    *,
    options: RunOptions,
) -> None:
    """Show the evidence on a pair or an article.

    With two ids: the verdicts on the pair, the ledger of clues behind each, the passages with every change marked, and
    what was looked for and not found. With one: everything about that article, sentence by sentence.
    """
    from tracer.report.terminal import article_card, pair_card  # noqa: PLC0415 - --help must stay light

    views = _views(input_, first, options)
    for name in (first, second):
        _require(name, views)
    if first == second:
        raise TracerError(f"{first!r} and {second!r} are one article; name two to see what they share")
    if format_ is CardFormat.JSON:
        write_out(as_json(_pair_rows(views.tables, first, second) if second else _article_rows(views.tables, first)))
    elif second is not None:
        write_out(pair_card(views, first, second, width or output_width()))
    else:
        write_out(article_card(views, first, width or output_width()))


def _views(input_: str, article: str, options: RunOptions) -> TableViews:
    from tracer.report import tables  # noqa: PLC0415 - --help must stay light
    from tracer.report.terminal import TableViews, is_report, read_report, saved_text  # noqa: PLC0415

    if input_ != "-" and is_report(Path(input_)):
        if options != RunOptions():
            note(f"note: {input_} is a finished report; options on reading and tracing do not apply to it")
        text = saved_text(Path(input_), article)
        return TableViews(read_report(Path(input_)), {} if text is None else {article: text})
    trace = load_and_trace([input_], options, StageObserver())
    note_skips(len(trace.skipped), "`tracer audit` lists them")
    return TableViews(tables(trace), {article.id: article.text for article in trace.articles})


def _require(name: str | None, views: TableViews) -> None:
    if name is None or name in views.articles:
        return
    known = list(views.articles)
    folded = {entry.casefold(): entry for entry in known[:_MOST_IDS]}
    near = [folded[entry] for entry in get_close_matches(name.casefold(), folded, n=5, cutoff=0.5)]
    near = near or known[:5]
    raise TracerError(f"there is no article {name!r}; perhaps {', '.join(near)} (`tracer inspect` lists all ids)")


def _pair_rows(made: Tables, one: str, other: str) -> dict[str, Any]:
    ids = {one, other}

    def about(table: Any) -> list[dict[str, Any]]:
        return json_rows(row for row in table if {row["left"], row["right"]} == ids)

    return {"pair": about(made.pairs), "clues": about(made.clues), "passages": about(made.passages)}


def _article_rows(made: Tables, name: str) -> dict[str, Any]:
    return {
        "article": json_rows(row for row in made.articles if row["id"] == name),
        "edges": json_rows(row for row in made.edges if name in {row["source"], row["target"]}),
        "pairs": json_rows(row for row in made.pairs if name in {row["left"], row["right"]}),
    }

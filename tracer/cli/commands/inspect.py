"""``tracer inspect``: how each article was read."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated

import typer

from tracer.cli.loading import load, note_skips
from tracer.cli.options import CardFormat, Inputs, ReadOptions, Width, with_options
from tracer.cli.streams import output_width, write_out
from tracer.cli.table_output import as_json


@with_options(ReadOptions)
def inspect(
    inputs: Inputs,
    format_: Annotated[CardFormat, typer.Option("--format", help="table: to read; json: with places in the text.")] = (
        CardFormat.TABLE
    ),
    width: Width = None,
    *,
    options: ReadOptions,
) -> None:
    """Show how each article was read.

    What it says about itself and where that was read, whom it credits and quotes, and what was left out of the
    comparison.
    """
    from tracer.pipeline import Settings  # noqa: PLC0415 - --help must stay light
    from tracer.report.terminal import inspection, inspection_text, skip_line, wrapped  # noqa: PLC0415
    from tracer.split import parse_article  # noqa: PLC0415

    settings = Settings(read=replace(options.read_settings(), language=options.language), language=options.language)
    articles, skipped = load(inputs, settings.read, options)
    parsed = (parse_article(article, settings.language) for article in articles)
    if format_ is CardFormat.JSON:
        shown = {"articles": [inspection(entry) for entry in parsed], "skipped": [asdict(skip) for skip in skipped]}
        write_out(as_json(shown))
        note_skips(len(skipped), "they are listed under skipped")
        return
    columns = width or output_width()
    for entry in parsed:
        write_out(inspection_text([entry], columns) + "\n")
    if skipped:
        lines = [wrapped(skip_line(skip.path, skip.line, skip.reason), columns, "  ", "    ") for skip in skipped]
        write_out("\n".join(("not read:", *lines)) + "\n")

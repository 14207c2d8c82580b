"""Options that several commands share, and how they become settings."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

if TYPE_CHECKING:
    from tracer.pipeline import Settings
    from tracer.read import ReadSettings

_LATEST = timedelta(days=2)
"""A stamp further in the future than this cannot be when an article was published, in any time zone."""


class Format(StrEnum):
    """How tables are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


class CardFormat(StrEnum):
    """How cards are printed."""

    TABLE = "table"
    JSON = "json"


Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT", help="Files, folders, or - for JSON Lines on standard input."),
]
Width = Annotated[
    int | None,
    typer.Option(min=60, max=400, help="Columns to print in (default: the terminal's, 80 to 140; 80 in a pipe)."),
]


def _column(what: str) -> Any:
    return typer.Option(metavar="NAME", help=f"Column or key that holds {what} (default: guessed).")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options on how input is read."""

    text_column: Annotated[str | None, _column("the text")] = None
    id_column: Annotated[str | None, _column("the article's id")] = None
    outlet_column: Annotated[str | None, _column("the outlet")] = None
    date_column: Annotated[str | None, _column("the publication time")] = None
    title_column: Annotated[str | None, _column("the headline")] = None
    url_column: Annotated[str | None, _column("the address")] = None
    language_column: Annotated[str | None, _column("the language")] = None
    byline_column: Annotated[str | None, _column("the byline")] = None
    in_table: Annotated[
        str | None, typer.Option("--in-table", metavar="NAME", help="Table of a database, or sheet of a workbook.")
    ] = None
    query: Annotated[
        str | None, typer.Option("--query", metavar="SELECT", help="Read what this gives on a database (SQLite).")
    ] = None
    credit_column: Annotated[str | None, _column("whom the text is credited to")] = None
    kind_column: Annotated[str | None, _column("what it is: article, statement or agency")] = None
    statement: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH",
            help="A third party's statement, such as a press release: file or folder; repeatable.",
        ),
    ] = None
    agency: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="Articles of a news agency: file or folder; repeatable."),
    ] = None
    day_first: Annotated[bool, typer.Option("--day-first", help="Read 03/04/2015 as 3 April.")] = False
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Language of all articles, such as en (default: identified).")
    ] = None
    strict: Annotated[bool, typer.Option("--strict", help="End with exit code 3 when any input has to be skipped.")] = (
        False
    )

    def read_settings(self) -> ReadSettings:
        """The settings of the reading floor. The clock sets the latest plausible date."""
        from tracer.read import ReadSettings  # noqa: PLC0415 - --help must stay light

        return ReadSettings(
            text_column=self.text_column,
            id_column=self.id_column,
            outlet_column=self.outlet_column,
            date_column=self.date_column,
            title_column=self.title_column,
            url_column=self.url_column,
            language_column=self.language_column,
            byline_column=self.byline_column,
            credit_column=self.credit_column,
            kind_column=self.kind_column,
            statements=tuple(self.statement or ()),
            agencies=tuple(self.agency or ()),
            table=self.in_table,
            query=self.query,
            group_by=getattr(self, "group_by", None),
            day_first=self.day_first,
            latest=datetime.now(UTC) + _LATEST,
        )


@dataclass(frozen=True, slots=True)
class RunOptions(ReadOptions):
    """Options on how a story is traced, on top of how its articles are read."""

    group_by: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Compare only articles with the same value in this column.")
    ] = None
    window: Annotated[
        float | None, typer.Option(metavar="HOURS", help="Do not compare articles published further apart than this.")
    ] = None
    same_outlet: Annotated[
        bool, typer.Option("--same-outlet", help="Compare articles of one outlet with each other too.")
    ] = False
    no_dates: Annotated[bool, typer.Option("--no-dates", help="Ignore all time stamps.")] = False
    jobs: Annotated[
        int | None, typer.Option(metavar="N", help="Processes to use (default: one per processor); changes no result.")
    ] = None
    engine: Annotated[
        str, typer.Option(metavar="NAME", help="What runs the work: local or spark; changes no result.")
    ] = "local"
    master: Annotated[str, typer.Option(metavar="URL", help="The Spark master, for --engine spark.")] = "local[*]"
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of the draws behind wide counts of origins.")] = 0

    def settings(self) -> Settings:
        """The settings of a run.

        Raises:
            SettingsError: naming every setting that cannot be used.
        """
        from tracer.candidates import CandidateSettings  # noqa: PLC0415 - --help must stay light
        from tracer.pipeline import Settings  # noqa: PLC0415
        from tracer.story import StorySettings  # noqa: PLC0415

        return Settings(
            read=self.read_settings(),
            candidates=CandidateSettings(window_hours=self.window, same_outlet=self.same_outlet),
            story=StorySettings(seed=self.seed),
            use_dates=not self.no_dates,
            language=self.language,
            jobs=(os.cpu_count() or 1) if self.jobs is None else self.jobs,
            engine=self.engine,
            master=self.master,
        )


def with_options(kind: type[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the fields of ``kind`` (a data class) as options; its last parameter receives them as one record.

    Typer reads a command's options off its signature; without this every command would repeat them all.
    """
    hints = get_type_hints(kind, include_extras=True)
    shared = [
        inspect.Parameter(
            entry.name, inspect.Parameter.KEYWORD_ONLY, default=entry.default, annotation=hints[entry.name]
        )
        for entry in fields(kind)
    ]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        *own, last = inspect.signature(command, eval_str=True).parameters.values()

        @wraps(command)
        def called(**values: Any) -> None:
            options = kind(**{entry.name: values.pop(entry.name) for entry in fields(kind)})
            command(**values, **{last.name: options})

        keyword_only = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
        # mypy knows no signature that is made at run time
        called.__signature__ = inspect.Signature([*keyword_only, *shared])  # type: ignore[attr-defined]
        return called

    return decorate

"""Inputs → articles → trace, with what had to be skipped told to the user."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tracer.cli.interrupts import stop_if_interrupted
from tracer.cli.streams import note
from tracer.domain import Article, InputError, SkippedArticle

if TYPE_CHECKING:
    from tracer.cli.options import ReadOptions, RunOptions
    from tracer.cli.progress import StageObserver
    from tracer.pipeline import Trace
    from tracer.read import GuessedColumns, ReadSettings

_SHOWN = 20


def load(
    inputs: Sequence[str], settings: ReadSettings, options: ReadOptions
) -> tuple[list[Article], list[SkippedArticle]]:
    """The articles of the inputs, and what was skipped; tells which columns were guessed.

    Raises:
        InputError: when there is no usable article, or a skip under ``--strict``; the skips are told first.
    """
    from tracer.read import GuessedColumns, collect_articles  # noqa: PLC0415 - --help must stay light

    articles, skipped = collect_articles(inputs, settings, stdin=getattr(sys.stdin, "buffer", None))
    guessed = GuessedColumns(settings)
    for article in sorted(articles, key=lambda article: article.path):
        guessed.see(article)
    note_guesses(guessed)
    _refuse(len(articles), skipped, strict=options.strict)
    return articles, skipped


def load_and_trace(inputs: Sequence[str], options: RunOptions, observer: StageObserver) -> Trace:
    """The trace of the inputs.

    Raises:
        SettingsError: when a setting cannot be used.
        InputError: as :func:`load`.
    """
    settings = options.settings()
    articles, skipped = load(inputs, settings.read, options)
    from tracer.pipeline import trace  # noqa: PLC0415 - --help must stay light

    with observer:
        found = trace([*articles, *skipped], settings, observer)
    stop_if_interrupted()
    return found


class Streamed:
    """The articles and skips of the inputs as they are read, and how many there may be in all.

    Tells at the end which columns were guessed.

    Raises:
        InputError: at its end, when there was no usable article, or a skip under ``--strict``; skips are told first.
    """

    def __init__(self, inputs: Sequence[str], settings: ReadSettings, options: ReadOptions) -> None:
        self._inputs, self._settings, self._strict = inputs, settings, options.strict
        self._bytes = (0, 0)

    def __iter__(self) -> Iterator[Article | SkippedArticle]:
        from tracer.read import GuessedColumns, read_articles  # noqa: PLC0415 - --help must stay light

        stdin = getattr(sys.stdin, "buffer", None)
        skipped: list[SkippedArticle] = []
        guessed = GuessedColumns(self._settings)
        articles = 0
        for found in guessed.watch(read_articles(self._inputs, self._settings, stdin, on_bytes=self._count)):
            if isinstance(found, SkippedArticle):
                skipped.append(found)
            else:
                articles += 1
            yield found
        note_guesses(guessed)
        _refuse(articles, skipped, strict=self._strict)

    def _count(self, read: int, total: int | None) -> None:
        self._bytes = read, total or 0

    def expected(self, articles: int) -> int:
        """How many articles there may be, guessed from the part of the input that ``articles`` were read from."""
        read, total = self._bytes
        return articles * total // read if read else 0


def _refuse(articles: int, skipped: Sequence[SkippedArticle], *, strict: bool) -> None:
    if skipped and (strict or not articles):
        _tell(skipped)
    if not articles:
        raise InputError(
            "no usable article among the inputs; hand in article texts as .txt, .jsonl, .json, .csv, .tsv or .parquet"
        )
    if skipped and strict:
        raise InputError(f"{_inputs(len(skipped))} had to be skipped, which --strict forbids")


def note_guesses(guessed: GuessedColumns) -> None:
    """Tell which columns were guessed, once for all inputs with the same ones; silent when none were."""
    from tracer.read.columns import OPTIONS  # noqa: PLC0415 - --help must stay light
    from tracer.report.terminal import plain  # noqa: PLC0415

    for path, inputs, columns in guessed.inputs():
        where = "standard input" if path == "-" else plain(path)
        more = f" and {_inputs(inputs - 1)} more" if inputs > 1 else ""
        told = ", ".join(f"{field} from {_either(names)}" for field, names in columns.items())
        option = OPTIONS[next(iter(columns))][1]
        remedy = f"name others with {option} and the like" if len(columns) > 1 else f"name another with {option}"
        note(f"note: {where}{more}: {told}; {remedy}")
    if guessed.others:
        note(f"note: and so for {_inputs(guessed.others)} more")


def _either(names: Sequence[str]) -> str:
    return " or ".join(f'"{name}"' for name in names)


def note_skips(skipped: int, where: str) -> None:
    """Tell how many inputs were skipped and where the reasons stand; silent when there are none."""
    if skipped:
        note(f"note: {_inputs(skipped)} could not be used; {where}")


def _inputs(number: int) -> str:
    return f"{number:,} input" if number == 1 else f"{number:,} inputs"


def _tell(skipped: Sequence[SkippedArticle]) -> None:
    from tracer.report.terminal import plain, skip_line  # noqa: PLC0415 - --help must stay light

    for entry in skipped[:_SHOWN]:
        note(f"skipped: {plain(skip_line(entry.path, entry.line, entry.reason))}")
    if len(skipped) > _SHOWN:
        note(f"skipped: {_inputs(len(skipped) - _SHOWN)} more")

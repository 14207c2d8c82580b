"""Inputs → articles → trace, with what had to be skipped told to the user."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracer.cli.interrupts import stop_if_interrupted
from tracer.cli.streams import note
from tracer.domain import Article, InputError, SkippedArticle

if TYPE_CHECKING:
    from tracer.cli.options import ReadOptions, RunOptions
    from tracer.cli.progress import StageObserver
    from tracer.pipeline import Trace
    from tracer.read import ReadSettings

_SHOWN = 20


def load(
    inputs: Sequence[str], settings: ReadSettings, options: ReadOptions
) -> tuple[list[Article], list[SkippedArticle]]:
    """The articles of the inputs, and what was skipped.

    Raises:
        InputError: when there is no usable article, or a skip under ``--strict``; the skips are told first.
    """
    from tracer.read import collect_articles  # noqa: PLC0415 - --help must stay light

    articles, skipped = collect_articles(inputs, settings, stdin=getattr(sys.stdin, "buffer", None))
    if skipped and (options.strict or not articles):
        _tell(skipped)
    if not articles:
        raise InputError(
            "no usable article among the inputs; hand in article texts as .txt, .jsonl, .json, .csv or .tsv"
        )
    if skipped and options.strict:
        raise InputError(f"{_inputs(len(skipped))} had to be skipped, which --strict forbids")
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


def note_skips(skipped: Sequence[SkippedArticle], where: str) -> None:
    """Tell how many inputs were skipped and where the reasons stand; silent when there are none."""
    if skipped:
        note(f"note: {_inputs(len(skipped))} could not be used; {where}")


def _inputs(number: int) -> str:
    return f"{number:,} input" if number == 1 else f"{number:,} inputs"


def _tell(skipped: Sequence[SkippedArticle]) -> None:
    from tracer.report.terminal import plain, skip_line  # noqa: PLC0415 - --help must stay light

    for entry in skipped[:_SHOWN]:
        note(f"skipped: {plain(skip_line(entry.path, entry.line, entry.reason))}")
    if len(skipped) > _SHOWN:
        note(f"skipped: {_inputs(len(skipped) - _SHOWN)} more")

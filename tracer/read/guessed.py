"""Which columns were taken for what, by inputs: for whoever wants to say otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tracer.domain import Article, SkippedArticle
from tracer.read.columns import OPTIONS
from tracer.read.origins import Origins, columns_of
from tracer.read.settings import ReadSettings

_MOST_KINDS = 5
_MOST_NAMES = 4
_CALLED = {"credited": "credit"}
"""Fields of an article that go by another name among ``OPTIONS``."""

Guesses = tuple[tuple[str, tuple[str, ...]], ...]


class GuessedInputs(NamedTuple):
    """Inputs of which the same columns were read: the first one's path, how many there are, field → columns."""

    path: str
    inputs: int
    columns: Mapping[str, tuple[str, ...]]


class GuessedColumns:
    """Gathers from articles which columns they were read from, where the settings do not name one.

    A column that is called as the field (``text``, ``title``) is no guess. Articles of one input are to be shown one
    after the other. Up to five sets of columns are kept, of each field up to four columns. Costs next to nothing for
    an article read from the same columns as the one before.
    """

    def __init__(self, settings: ReadSettings) -> None:
        self.others = 0
        """Inputs with guessed columns that are in none of ``inputs()``."""
        self._is_guessed = {field: getattr(settings, setting) is None for field, (setting, _) in OPTIONS.items()}
        self._inputs: dict[Guesses, GuessedInputs] = {}
        self._path: str | None = None
        self._last: Origins = ()
        self._columns: dict[str, dict[str, None]] = {}

    def watch(self, found: Iterable[Article | SkippedArticle]) -> Iterator[Article | SkippedArticle]:
        """``found``, as it is; looked at in passing."""
        for entry in found:
            if isinstance(entry, Article):
                self.see(entry)
            yield entry

    def see(self, article: Article) -> None:
        """Take note of where an article was read."""
        if article.path != self._path:
            self._leave()
            self._path, self._last = article.path, ()
        if article.origins is self._last:
            return
        self._last = article.origins
        for field, column in columns_of(article):
            called = _CALLED.get(field, field)
            if self._is_guessed[called] and column.casefold() != called:
                columns = self._columns.setdefault(called, {})
                if len(columns) < _MOST_NAMES:
                    columns[column] = None

    def inputs(self) -> list[GuessedInputs]:
        """What was seen, in the order in which it was; inputs of which nothing was guessed are left out."""
        self._leave()
        return list(self._inputs.values())

    def _leave(self) -> None:
        """The articles of an input are all seen."""
        if self._columns and self._path is not None:
            guesses = tuple((field, tuple(columns)) for field, columns in self._ordered())
            known = self._inputs.get(guesses)
            if known is not None:
                self._inputs[guesses] = known._replace(inputs=known.inputs + 1)
            elif len(self._inputs) < _MOST_KINDS:
                self._inputs[guesses] = GuessedInputs(self._path, 1, dict(guesses))
            else:
                self.others += 1
        self._path, self._last, self._columns = None, (), {}

    def _ordered(self) -> Iterator[tuple[str, dict[str, None]]]:
        """Fields in the order of the options, text first."""
        for field in OPTIONS:
            if field in self._columns:
                yield field, self._columns[field]

"""The tables of a folder that ``tracer report`` wrote, as far as scores need them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tracer.domain import InputError, Span
from tracer.evaluation.formula_guard import unguarded
from tracer.evaluation.gold import DRAWS_ON, IMMEDIACIES, KINDS, NONE, ORIGINS, Ends, Member, Passage

_LONGEST_CELL = 64 * 1024 * 1024
_LONGEST_TEXT = 2**31
_SEPARATOR = "; "
_PLACE = re.compile(r"\[\d+:\d+\](?:; |$)")


@dataclass(frozen=True, slots=True)
class FoundPair:
    """A row of ``pairs.csv``; what the report leaves empty is ``None``."""

    kind: str = NONE
    p_lineage: float = 0.0
    p_statement: float = 0.0
    p_left: float | None = None
    p_right: float | None = None
    p_common: float | None = None
    direction: str | None = None
    p_direct: float | None = None
    immediacy: str | None = None


UNLINKED = FoundPair()
"""What the report says of two of its articles that it does not list as a pair."""


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A row of ``sources.csv`` with the articles that its edges or its evidence name."""

    id: str
    kind: str
    children: frozenset[str]
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A row of ``claims.csv``."""

    id: str
    text: str
    articles: frozenset[str]
    origins: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class FoundEdge:
    """A row of ``edges.csv``."""

    source: str
    target: str
    relation: str


Stretches = Mapping[Ends, tuple[Passage, ...]]


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """A report as scores see it.

    ``regions`` is ``None`` where the report holds no ``regions.csv``. ``members`` gives each sentence that
    ``claim_members.csv`` lists with the id and the story of its claim. ``p_root`` holds the articles for which the
    report gives it.
    """

    articles: frozenset[str]
    pairs: Mapping[Ends, FoundPair]
    edges: tuple[FoundEdge, ...]
    passages: Stretches
    regions: Stretches | None
    sources: tuple[FoundSource, ...]
    claims: tuple[FoundClaim, ...]
    members: Mapping[Member, tuple[str, str]]
    p_root: Mapping[str, float] = field(default_factory=dict)

    def drawn(self) -> Iterator[FoundEdge]:
        """The edges along which a text was drawn on."""
        return (edge for edge in self.edges if edge.relation == DRAWS_ON)


def read_report_files(directory: Path) -> ReportFiles:
    """The tables of a report. Columns that are not needed may be there or not.

    Raises:
        InputError: when ``directory`` is no report, or a table lacks a column or holds a cell that makes no sense.
    """
    if not (directory / "pairs.csv").is_file() or not (directory / "articles.csv").is_file():
        raise InputError(f"{directory}: is no report; hand in a folder that `tracer report` wrote")
    edges = tuple(FoundEdge(row["source"], row["target"], row["relation"]) for row in _rows(directory, "edges"))
    roots = {row["id"]: row.optional("p_root") for row in _rows(directory, "articles")}
    articles = frozenset(roots)
    return ReportFiles(
        articles,
        {(row["left"], row["right"]): _pair(row) for row in _rows(directory, "pairs")},
        edges,
        _stretches(directory, "passages"),
        _stretches(directory, "regions") if (directory / "regions.csv").exists() else None,
        tuple(_sources(directory, articles, edges)),
        tuple(_claim(row, articles) for row in _rows(directory, "claims")),
        {_member(row): (row["claim"], row["story"]) for row in _rows(directory, "claim_members")},
        {name: chance for name, chance in roots.items() if chance is not None},
    )


class _Row:
    """A row of a table by column; a cell that makes no sense is told with its place."""

    __slots__ = ("_cells", "_columns", "_where")

    def __init__(self, cells: list[str], columns: Mapping[str, int], where: str) -> None:
        self._cells, self._columns, self._where = cells, columns, where

    def __getitem__(self, name: str) -> str:
        """The text of a cell that must be there."""
        if name not in self._columns:
            raise InputError(f"{self._where}: there is no column {name!r}; run `tracer report` of this version again")
        return unguarded(self._cells[self._columns[name]])

    def chance(self, name: str) -> float:
        """A cell that must hold a probability."""
        value = self.optional(name)
        if value is None:
            raise InputError(f"{self._where}: {name} is empty; run `tracer report` again")
        return value

    def optional(self, name: str) -> float | None:
        """A probability, or ``None`` for an empty cell."""
        value = self._parsed(name, float) if self[name] else None
        if value is not None and not 0 <= value <= 1:
            raise InputError(f"{self._where}: {name} is {value}, which is no probability; run `tracer report` again")
        return value

    def number(self, name: str) -> float:
        """A cell that must hold a number of at least 0."""
        value = self._parsed(name, float)
        if not 0 <= value < _LONGEST_TEXT:
            raise InputError(f"{self._where}: {name} is {self[name]!r}, which cannot be; run `tracer report` again")
        return value

    def word(self, name: str, known: Sequence[str]) -> str:
        """A cell that must hold one of some words, or nothing."""
        if self[name] and self[name] not in known:
            raise InputError(f"{self._where}: {name} is {self[name]!r}, not {', '.join(known)}; run it again")
        return self[name]

    def place(self, name: str) -> int:
        """A cell that must hold a whole number."""
        return int(self._parsed(name, int))

    def span(self, prefix: str = "") -> Span:
        """What the two cells ``<prefix>start`` and ``<prefix>stop`` bound."""
        start, stop = self.place(f"{prefix}start"), self.place(f"{prefix}stop")
        if not 0 <= start <= stop <= _LONGEST_TEXT:
            raise InputError(f"{self._where}: {start} to {stop} is no stretch of a text; run `tracer report` again")
        return Span(start, stop)

    def _parsed(self, name: str, parse: Callable[[str], float]) -> float:
        try:
            return parse(self[name])
        except ValueError as error:
            raise InputError(f"{self._where}: {name} is {self[name]!r}, which is no number; run it again") from error


def _rows(directory: Path, name: str) -> Iterator[_Row]:
    path = directory / f"{name}.csv"
    previous = csv.field_size_limit(_LONGEST_CELL)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            lines = csv.reader(stream, strict=True)
            header = next(lines, [])
            columns = {column: place for place, column in enumerate(header)}
            for cells in lines:
                if len(cells) != len(header):
                    raise InputError(f"{path}, line {lines.line_num}: has {len(cells)} cells, not {len(header)}")
                yield _Row(cells, columns, f"{path}, line {lines.line_num}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read ({error}); run `tracer report` again") from error
    finally:
        csv.field_size_limit(previous)


def _pair(row: _Row) -> FoundPair:
    return FoundPair(
        row.word("kind", KINDS),
        row.chance("p_lineage"),
        row.chance("p_statement"),
        row.optional("p_left_upstream"),
        row.optional("p_right_upstream"),
        row.optional("p_common_source"),
        row.word("direction", ORIGINS) or None,
        row.optional("p_direct"),
        row.word("immediacy", IMMEDIACIES) or None,
    )


def _stretches(directory: Path, table: str) -> Stretches:
    found: dict[Ends, list[Passage]] = {}
    for row in _rows(directory, table):
        left, right = (row.span(f"{side}_") for side in ("left", "right"))
        found.setdefault((row["left"], row["right"]), []).append((left, right))
    return {ends: tuple(rows) for ends, rows in found.items()}


def _member(row: _Row) -> Member:
    return Member(row["article"], row.span())


def _sources(directory: Path, articles: frozenset[str], edges: tuple[FoundEdge, ...]) -> Iterator[FoundSource]:
    targets: dict[str, set[str]] = {}
    for edge in edges:
        targets.setdefault(edge.source, set()).add(edge.target)
    for row in _rows(directory, "sources"):
        reached = targets.get(row["id"], set()) | set(_PLACE.split(row["evidence"]))
        yield FoundSource(row["id"], row["kind"], articles & reached, row.optional("confidence") or 0.0)


def _claim(row: _Row, articles: frozenset[str]) -> FoundClaim:
    return FoundClaim(
        row["id"],
        row["text"],
        frozenset(_ids(row["carried_by"], articles)),
        row.number("independent_origins"),
        row.place("independent_origins_low"),
        row.place("independent_origins_high"),
    )


def _ids(cell: str, articles: frozenset[str]) -> Iterator[str]:
    """The ids that a list names; an id may hold the separator itself."""
    name = ""
    for part in cell.split(_SEPARATOR):
        name = f"{name}{_SEPARATOR}{part}" if name else part
        if name in articles:
            yield name
            name = ""

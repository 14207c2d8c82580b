"""What ``tracer archive`` prints of articles looked up and listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracer.archive import ArchivedArticle, Found, LookupSettings
from tracer.cli.options import Format
from tracer.cli.table_output import as_json, csv_text, json_rows
from tracer.pipeline import Trace
from tracer.pipeline.lookup import trace_of
from tracer.report import Column, ColumnType, Schema, Table, tables
from tracer.report.pair_columns import PAIRS
from tracer.report.pair_rows import pair_rows
from tracer.report.table import sorted_table
from tracer.report.terminal import TableViews, markdown, shorten, table_markdown, table_text, wrapped
from tracer.report.terminal.drawn import DrawnTable, draw, draw_markdown
from tracer.report.views.figures import count, listed, percent, probability, sentence_case
from tracer.report.views.records import PairView

_MOST_PASSAGES = 3
_NEW = Column("article", ColumnType.TEXT, "The article looked up.", "an article id")
LIST = Schema(
    "archive",
    "article of the archive",
    ("id",),
    (
        Column("id", ColumnType.TEXT, "Its id.", "an article id"),
        Column("outlet", ColumnType.TEXT, "Who published it.", "any text", "unknown"),
        Column("published", ColumnType.TEXT, "When, to the precision known.", "an ISO time", "unknown"),
        Column("title", ColumnType.TEXT, "Its headline.", "any text", "unknown"),
        Column("words", ColumnType.INTEGER, "Stretches between white space.", "0 or more"),
    ),
)


def list_text(found: Sequence[ArchivedArticle], format_: Format, width: int) -> str:
    """The articles of an archive in one of the formats."""
    rows = [(a.id, a.outlet, a.published.isoformat() or None, a.title, a.words) for a in found]
    table = Table(LIST, rows)
    if format_ is Format.CSV:
        return csv_text(table)
    if format_ is Format.JSON:
        return as_json(json_rows(table))
    return table_markdown(table) if format_ is Format.MARKDOWN else table_text(table, width)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is printed of one article looked up, as if it were the only one: made in the process that looked it up.

    JSON is a list of one object, CSV a table of pairs with its header; :class:`Joined` makes one output of many.
    """

    format: Format
    width: int
    settings: LookupSettings

    def __call__(self, found: Found) -> str:
        """The text on one article looked up."""
        trace = trace_of(found, self.settings)
        if self.format is Format.CSV:
            return _csv(found, trace)
        views = TableViews(tables(trace))
        if self.format is Format.JSON:
            return as_json([_object(found, trace, views)])
        return _markdown(found, views) if self.format is Format.MARKDOWN else _text(found, views, self.width)


@dataclass(slots=True)
class Joined:
    """Puts the texts of single lookups together; JSON is one list, CSV one table of pairs.

    JSON is kept to the end, so that half a list is never printed.
    """

    format: Format
    _told: int = 0
    _objects: list[str] = field(default_factory=list)

    def of(self, answer: str) -> str:
        """What is printed as soon as the next answer is there."""
        self._told += 1
        if self.format is Format.JSON:
            self._objects.append(answer.removeprefix("[\n").removesuffix("\n]\n"))
            return ""
        if self._told == 1:
            return answer
        return answer.partition("\n")[2] if self.format is Format.CSV else "\n" + answer

    def end(self) -> str:
        """What is printed after the last."""
        if self.format is not Format.JSON:
            return ""
        return "[\n" + ",\n".join(self._objects) + "\n]\n" if self._objects else as_json([])


def _object(found: Found, trace: Trace, views: TableViews) -> dict[str, Any]:
    return {
        "article": found.article.id,
        "headline": headline(found, views),
        "candidates": found.candidates,
        "compared": found.compared,
        "linked": list(found.linked),
        "warnings": list(trace.warnings),
        **{table.name: json_rows(table) for table in views.tables if table.name != "skipped"},
    }


def _csv(found: Found, trace: Trace) -> str:
    name = found.article.id
    pairs = sorted_table(PAIRS, (row for row in pair_rows(trace) if name in row[:2]))
    schema = Schema(PAIRS.name, PAIRS.row, PAIRS.key, (_NEW, *PAIRS.columns))
    return csv_text(Table(schema, [(name, *row) for row in pairs.rows]))


def headline(found: Found, views: TableViews) -> str:
    """What a reader in a hurry must know of one article looked up."""
    name = found.article.id
    if not found.linked and name not in found.version_of:
        shared = f"{count(found.candidates, 'article')} of the archive {'shares' if found.candidates == 1 else 'share'}"
        why = (
            f"{shared} some run of six words with it, but nothing worth naming."
            if found.candidates
            else ("No article of the archive shares a rare run of words with it.")
        )
        return f"{name}: not seen before. {sentence_case(why)}"
    return f"{name}: " + " ".join(_sentences(found, views))


def _sentences(found: Found, views: TableViews) -> Iterator[str]:
    name, pairs = found.article.id, _pairs(found, views)
    own = [other for other, pair in pairs if pair.verdict == "lineage"]
    said = [other for other, pair in pairs if pair.verdict != "lineage"]
    if own:
        yield f"Shares a journalist's own words with {listed(own)} of the archive."
    if said:
        yield f"Shares only third-party words such as a statement with {listed(said)}."
    if name in found.version_of:
        yield f"It is a later version of {found.version_of[name]}."
    edges = [edge for edge in views.edges if edge.target == name and edge.is_drawn]
    if edges:
        best = min(edges, key=lambda edge: (-edge.p, edge.source))
        yield f"Likeliest source: {best.source} (P {probability(best.p)}), {percent(best.share)} of its words."
    dated = [(views.articles[other].published, other) for other, _ in pairs if views.articles[other].published]
    if dated:
        first, other = min(dated)
        own_date = views.articles[name].published
        yield (
            "None of them is dated before it." if own_date and first >= own_date else f"Seen first in {other}, {first}."
        )


def _pairs(found: Found, views: TableViews) -> list[tuple[str, PairView]]:
    """The pairs of the new article with the archive's id, likeliest lineage first."""
    name = found.article.id
    linked = [(other, views.pairs[min(name, other), max(name, other)]) for other in found.linked]
    return sorted(linked, key=lambda entry: (-entry[1].kind[0], entry[0]))


def _text(found: Found, views: TableViews, width: int) -> str:
    lines = [wrapped(headline(found, views), width, "", "  ")]
    table = _drawn(found, views)
    if table.rows:
        lines += [draw(table, width)]
        lines += [wrapped(text, width, "- ", "  ") for text in _passages(found, views, width * 2)]
    lines += [wrapped(text, width, "Note: ", "  ") for text in found.warnings]
    return "\n".join(lines) + "\n"


def _markdown(found: Found, views: TableViews) -> str:
    parts = [markdown(headline(found, views)), draw_markdown(_drawn(found, views))]
    parts += ["\n".join(f"- {markdown(text)}" for text in _passages(found, views, 400))]
    parts += [f"Note: {markdown(text)}" for text in found.warnings]
    return "\n\n".join(part for part in parts if part) + "\n"


def _drawn(found: Found, views: TableViews) -> DrawnTable:
    rows, remarks = [], []
    clues = {(row["left"], row["right"]): row for row in views.tables.pairs}
    for other, pair in _pairs(found, views):
        row, article = clues[pair.left, pair.right], views.articles[other]
        share = row["containment_of_left"] if pair.left == found.article.id else row["containment_of_right"]
        rows.append(
            (
                other,
                article.outlet or "–",
                article.published or "undated",
                pair.verdict,
                probability(pair.kind[0] if pair.verdict == "lineage" else pair.kind[1]),
                _direction(found.article.id, pair),
                percent(float(str(share))),
            )
        )
        remarks.append(str(row["decisive_clue"] or ""))
    headers = ("archive article", "outlet", "published", "kind", "P", "direction", "share")
    return DrawnTable(headers, tuple(rows), frozenset({1}), frozenset(), "clue", tuple(remarks))


def _direction(name: str, pair: PairView) -> str:
    """The verdict on descent, told from the new article, with its probability."""
    if pair.descent is None:
        return "–"
    left, right, common = pair.descent
    theirs, ours = (right, left) if pair.left == name else (left, right)
    if pair.direction == "common source":
        return f"common source {probability(common)}"
    if pair.direction in {"left→right", "right→left"}:
        return f"drawn on {probability(theirs)}" if theirs >= ours else f"draws on it {probability(ours)}"
    return f"unresolved ({probability(theirs)}/{probability(ours)}/{probability(common)})"


def _passages(found: Found, views: TableViews, most: int) -> Iterator[str]:
    """The longest passages with the likeliest sources, with their places in the new article."""
    for other, pair in _pairs(found, views)[:_MOST_PASSAGES]:
        passages = views.passages(pair.left, pair.right)
        is_left = pair.left == found.article.id
        longest = sorted(passages, key=lambda entry: (entry.left_start - entry.left_stop, entry.left_start))
        for entry in longest[:_MOST_PASSAGES]:
            start, stop = (entry.left_start, entry.left_stop) if is_left else (entry.right_start, entry.right_stop)
            theirs = (entry.right_start, entry.right_stop) if is_left else (entry.left_start, entry.left_stop)
            text = shorten(entry.left if is_left else entry.right, most)
            yield f"{start}–{stop} ({other} {theirs[0]}–{theirs[1]}, {entry.kind}): {text}"
        if len(passages) > _MOST_PASSAGES:
            yield f"{count(len(passages) - _MOST_PASSAGES, 'more passage')} with {other}: --format json"

"""A report in a page of Markdown, to paste into a story or a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import chain, islice
from pathlib import Path

from tracer.domain import is_latent
from tracer.report.article_columns import ARTICLES, SKIPPED
from tracer.report.columns import SCHEMA_VERSION, SCHEMAS
from tracer.report.exports.markup import harmless
from tracer.report.exports.saved_items import Cells, cells, nodes
from tracer.report.graph_columns import CLAIM_MEMBERS, CLAIMS, EDGES, SOURCES
from tracer.report.manifest import TOOL, tool_version
from tracer.report.pair_columns import PAIRS
from tracer.report.saved_report import saved_rows
from tracer.report.schema import Schema
from tracer.report.table import Cell, Table
from tracer.report.tables import Tables
from tracer.report.views.figures import origins, percent, probability
from tracer.report.views.headline import headline
from tracer.report.views.open_questions import open_questions
from tracer.report.views.table_views import TableViews

_MOST_ARTICLES = 2_000
_ROWS, _SENTENCES, _REASONS = 10, 5, 5
_NAME, _ID, _CLAIM, _SENTENCE, _HEADLINE = 60, 40, 160, 400, 2_000
_SEEN = (ARTICLES, PAIRS, EDGES, SOURCES, CLAIMS, CLAIM_MEMBERS)
_QUESTIONS = {
    "unresolved": "which of the two came first",
    "common source": "what the text was that both are inferred to draw on, and that neither of them is",
    "immediacy": "whether the one was drawn on itself, or another text with its words",
}
_OF_EDGES = ("source", "target", "relation", "confidence", "p_upstream", "share_of_target")
_OF_CLAIMS = (
    *("id", "story", "text", "articles", "outlets"),
    *("independent_origins", "independent_origins_low", "independent_origins_high"),
)
_RELATIONS = {"draws_on": "draws on", "quotes": "quotes", "credits": "credits"}


def summary(directory: Path) -> Iterator[str]:
    """The text of ``summary.md``: headline, counts, the strongest edges, claims, what is open, what was left out.

    Headline and open questions are put into words for reports of at most 2,000 articles, whose tables of pairs, graph
    and claims are read as a whole for it; else they are counted. Nothing in it that is taken from an article is markup.

    Raises:
        InputError: when a table cannot be read.
    """
    articles = _count(directory, ARTICLES)
    pairs = Counter(_open(row) for row in cells(directory, PAIRS, ["direction", "immediacy"]))
    views = _views(directory) if articles <= _MOST_ARTICLES else None
    yield "# Which articles drew on which\n\n"
    if views is not None:
        yield f"{harmless(headline(views), _HEADLINE)}\n\n"
    yield from _counts(directory, articles, sum(pairs.values()))
    yield from _strongest(directory)
    yield from _claims(directory)
    yield from _unresolved(pairs, views)
    yield from _left_out(directory)
    yield (
        f"## How this was made\n\nInferred from the texts with {TOOL} {tool_version()} (tables of schema "
        f"{SCHEMA_VERSION}). P is a probability; no edge is certain. `manifest.json` holds the settings and the "
        f"SHA-256 of every article and file.\n"
    )


def _count(directory: Path, schema: Schema) -> int:
    return sum(1 for _ in saved_rows(directory, schema, schema.key[:1]))


def _open(verdict: Cells) -> str:
    if verdict["direction"] in {"unresolved", "common source"}:
        return str(verdict["direction"])
    return "immediacy" if verdict["immediacy"] == "unresolved" else ""


def _views(directory: Path) -> TableViews:
    """The tables that a headline is made from; the others, which are the long ones, are left empty."""
    made = {
        schema.name: Table(schema, list(saved_rows(directory, schema)) if schema in _SEEN else [])
        for schema in SCHEMAS
        if not schema.option
    }
    return TableViews(Tables(**made))


def _counts(directory: Path, articles: int, pairs: int) -> Iterator[str]:
    known = {"articles": articles, "linked pairs": pairs}
    more = {"edges": EDGES, "sources that nobody handed in": SOURCES, "claims": CLAIMS, "inputs left out": SKIPPED}
    counted = {name: _count(directory, schema) for name, schema in more.items()}
    yield from _table(("what", "how many"), ((name, f"{number:,}") for name, number in (known | counted).items()))


def _strongest(directory: Path) -> Iterator[str]:
    rows = nsmallest(_ROWS, cells(directory, EDGES, _OF_EDGES), key=_weakness)
    if not rows:
        return
    names = _names(directory, {str(row[end]) for row in rows for end in ("source", "target")})
    yield "## The strongest edges\n\n"
    head = ("source", "what is derived from it", "which", "P upstream", "P this very edge", "share of its words")
    yield from _table(
        head,
        (
            (
                names[str(row["source"])],
                names[str(row["target"])],
                _RELATIONS[str(row["relation"])],
                _p(row["p_upstream"]),
                _p(row["confidence"]),
                percent(float(row["share_of_target"] or 0)).replace("<", "&lt;"),
            )
            for row in rows
        ),
    )


def _p(cell: Cell) -> str:
    return probability(float(cell or 0)).replace("<", "&lt;").replace(">", "&gt;")


def _weakness(row: Cells) -> tuple[object, ...]:
    numbers = (-float(row[name] or 0) for name in ("p_upstream", "share_of_target"))
    return (list(_RELATIONS).index(str(row["relation"])), *numbers, row["source"], row["target"])


def _names(directory: Path, wanted: set[str]) -> Mapping[str, str]:
    """What to call these articles and sources: by outlet and title, with the id; sources by their name."""
    found = dict.fromkeys(wanted, "")
    for name, values in nodes(directory, {"id": wanted}):
        also = f" ({harmless(name, _ID)})" if not is_latent(name) and values["label"] != name else ""
        found[name] = harmless(values["label"], _NAME) + also
    return found


def _claims(directory: Path) -> Iterator[str]:
    rows = nsmallest(_ROWS, cells(directory, CLAIMS, _OF_CLAIMS), key=_rank)
    if rows:
        yield "## The claims that most articles carry\n\n"
        head = ("claim", "articles", "outlets", "independent origins (90 % interval)")
        yield from _table(head, map(_claim, rows))


def _rank(row: Cells) -> tuple[object, ...]:
    return -int(row["articles"] or 0), -int(row["independent_origins_low"] or 0), row["id"], row["story"]


def _claim(row: Cells) -> tuple[str, ...]:
    low, high = (int(row[f"independent_origins_{end}"] or 0) for end in ("low", "high"))
    counted = origins(float(row["independent_origins"] or 0), low, high)
    return harmless(str(row["text"]), _CLAIM), str(row["articles"]), str(row["outlets"]), counted


def _unresolved(pairs: Mapping[str, int], views: TableViews | None) -> Iterator[str]:
    yield "## What cannot be told\n\n"
    yield from _table(("question", "pairs"), ((said, f"{pairs.get(name, 0):,}") for name, said in _QUESTIONS.items()))
    found = [f"- {harmless(text, _SENTENCE)}\n" for text in islice(open_questions(views), _SENTENCES)] if views else []
    if found:
        yield "".join([*found, "\n"])


def _left_out(directory: Path) -> Iterator[str]:
    reasons = Counter(str(row["reason"]) for row in cells(directory, SKIPPED, ["reason"]))
    if reasons:
        yield "## Input that was left out\n\n"
        common = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        rows = [(harmless(reason, _CLAIM), f"{number:,}") for reason, number in common[:_REASONS]]
        rest = sum(number for _, number in common[_REASONS:])
        yield from _table(("reason", "how many"), [*rows, *([("other reasons", f"{rest:,}")] if rest else [])])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in chain((head, ["---"] * len(head)), rows):
        yield f"| {' | '.join(row)} |\n"
    yield "\n"

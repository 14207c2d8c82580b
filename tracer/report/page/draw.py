"""The page itself: a template filled in, with everything it needs inside, and nothing it could be made to run."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from gzip import compress
from hashlib import sha256
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

from tracer.evidence import Question, shipped_weights
from tracer.report.columns import SCHEMA_VERSION
from tracer.report.growing_files import write_hashed
from tracer.report.manifest import tool_version
from tracer.report.page.choice import Shown, shown
from tracer.report.page.isolates import isolating
from tracer.report.page.story_data import story_data
from tracer.report.table import Table
from tracer.report.views.clue_words import ABSENT, clue_title
from tracer.report.views.figures import count, origins, sentence_case
from tracer.report.views.headline import headline
from tracer.report.views.open_questions import open_questions
from tracer.report.views.table_views import TableViews

PAGE = "report.html"
_SCRIPTS = ("base.js", "tables.js", "pair.js", "article.js", "graph.js", "timeline.js", "matrix.js", "page.js")
_HERE = files("tracer.report.page")
_NOT_IN_SCRIPT = {"<": b"\\u003c", ">": b"\\u003e", "&": b"\\u0026", "\u2028": b"\\u2028", "\u2029": b"\\u2029"}
_LONGEST_PLAIN = 2_000_000
"""Characters of all data beyond which they are packed; packed bytes are those of the zlib at hand."""
_MOST_CLAIMS, _MOST_QUESTIONS, _MOST_WARNINGS = 12, 8, 40


def write_page(directory: Path, place: Path) -> dict[str, str]:
    """Draw the page of the report in ``directory`` into the folder ``place``; gives its name and SHA-256.

    Made from the report's tables and articles alone: the same files give the same page. It holds at most some thousand
    articles, and says what it leaves out. Time: a few passes over the tables, and a second or two for a full page.

    Raises:
        InputError: when a file of the report cannot be read.
        OSError: when the page cannot be written.
    """
    return write_hashed(place / PAGE, [_page(shown(directory)).encode("utf-8", "backslashreplace")])


def _page(chosen: Shown) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - --help must stay light

    loader = PackageLoader("tracer.report.page")
    setting = Environment(
        autoescape=True, undefined=StrictUndefined, loader=loader, trim_blocks=True, lstrip_blocks=True
    )
    setting.filters |= {"count": count, "sentence_case": sentence_case}
    views = TableViews(chosen.tables, chosen.texts)
    script = "\n".join(
        [_asset("vendor/vendor.min.js"), '"use strict";', *(_asset(f"assets/{name}") for name in _SCRIPTS)]
    )
    style = _asset("assets/page.css")
    held = {table.name: _table(table) for table in chosen.tables if table.name in _IN_TABLES}
    common, sheets, *stories = _blocks(chain((_common(views, chosen), held), story_data(views, chosen.stories)))
    page: str = setting.get_template("page.html.jinja").render(
        **_words(views, chosen),
        version=tool_version(),
        schema=SCHEMA_VERSION,
        script=_Raw(script),
        script_hash=_hash(script),
        style=_Raw(style),
        style_hash=_hash(style),
        licenses=_asset("vendor/LICENSES.txt"),
        common=common,
        sheets=sheets,
        stories=stories,
    )
    return page


class _Raw(str):
    """Text that goes into the page as it is: our own, or JSON in which nothing is markup."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def _words(views: TableViews, chosen: Shown) -> dict[str, Any]:
    """What stands in the page as text, readable without a script."""
    questions = list(open_questions(views, siblings=False))
    lineage = sum(pair.verdict == "lineage" and not pair.has_statement for pair in views.pairs.values())
    warnings = [(article.id, text) for article in views.articles.values() for text in article.warnings]
    isolate = isolating(views.articles)
    found = isolate(headline(views)) if views.articles else "No article."
    return {
        "headline": f"Of the articles on this page: {found[:1].lower()}{found[1:]}" if chosen.left_out else found,
        "figures": [
            (len(views.articles), "article", "articles"),
            (len(views.pairs), "linked pair", "linked pairs"),
            (lineage, "pair with a journalist's own words in common", "pairs with a journalist's own words in common"),
            (
                sum(edge.source in views.articles for edge in views.edges),
                "arrow between articles",
                "arrows between articles",
            ),
            (sum(source.kind == "unseen" for source in views.sources), "unseen text inferred", "unseen texts inferred"),
            (len(questions), "question left open", "questions left open"),
        ],
        "claims": [(claim, origins(claim.origins, claim.low, claim.high)) for claim in views.claims[:_MOST_CLAIMS]],
        "claims_more": max(0, len(views.claims) - _MOST_CLAIMS),
        "questions": [isolate(question) for question in questions[:_MOST_QUESTIONS]],
        "questions_more": max(0, len(questions) - _MOST_QUESTIONS),
        "left_out": chosen.left_out,
        "warnings": warnings[:_MOST_WARNINGS],
        "warnings_more": max(0, len(warnings) - _MOST_WARNINGS),
    }


def _common(views: TableViews, chosen: Shown) -> dict[str, Any]:
    """What the script needs at once: stories and tables by size, the outlets, and the words of clues."""
    rules = shipped_weights().questions
    return {
        "stories": [{"articles": len(views.stories[story]), "title": _title(views, story)} for story in chosen.stories],
        "alone": sum(1 for ids in views.stories.values() if len(ids) == 1),
        "tables": {table.name: len(table) for table in chosen.tables if table.name in _IN_TABLES},
        "outlets": _table(chosen.tables.outlets),
        "clues": {
            name: [clue_title(name), ABSENT.get(name, "")] for question in rules.values() for name in question.clues
        },
        "looked_for": {question.value: list(rules[question].clues) for question in Question},
    }


def _title(views: TableViews, story: str) -> str:
    """What to call a story: the headline of its first article by time, of those that have one."""
    articles = [views.articles[name] for name in views.stories[story]]
    titled = [article for article in articles if article.title]
    first = min(titled or articles, key=lambda article: (article.published or "9", article.id))
    return first.title or first.id


_IN_TABLES = frozenset({"articles", "pairs", "edges", "sources", "claims", "outlets", "skipped"})


def _table(table: Table) -> dict[str, Any]:
    columns = [
        {"name": column.name, "type": column.type.value, "meaning": column.meaning} for column in table.schema.columns
    ]
    return {"row": table.schema.row, "columns": columns, "rows": [list(row) for row in table.rows]}


_LEVEL = 5
"""Of compression: half the time of the highest, for a page that is a hundredth longer."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Data for the script, as JSON or, where that is long, packed with gzip and base64."""

    text: _Raw
    packed: bool


def _blocks(data: Iterable[Mapping[str, Any]]) -> list[_Block]:
    """The data block by block; those that are long in all are packed, some while later ones are still being made."""
    waiting: list[bytes] = []
    found: list[Future[str]] = []
    length = 0
    with ThreadPoolExecutor(1) as beside:  # zlib lets other threads run meanwhile
        for entry in map(_json, data):
            waiting.append(entry)
            length += len(entry.decode()) if length <= _LONGEST_PLAIN else 0
            if length > _LONGEST_PLAIN:
                found += [beside.submit(_packed, block) for block in waiting]
                waiting.clear()
    if found:
        return [_Block(_Raw(block.result()), packed=True) for block in found]
    return [_Block(_Raw(block.decode()), packed=False) for block in waiting]


def _packed(block: bytes) -> str:
    return b64encode(compress(block, _LEVEL, mtime=0)).decode()


def _json(data: Mapping[str, Any]) -> bytes:
    """JSON that no HTML parser takes for anything else, whatever stands in it. Bytes are searched faster than text."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    encoded = text.encode("utf-8", "backslashreplace")
    for mark, written in _NOT_IN_SCRIPT.items():
        encoded = encoded.replace(mark.encode(), written)
    return encoded


def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()

"""The audit of a story: headline, sources, edges, claims, what is unresolved, and warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tracer.pipeline import Trace
from tracer.report.tables import Tables
from tracer.report.terminal.audit_tables import claims_table, edges_table, sources_table
from tracer.report.terminal.drawn import DrawnTable, draw, draw_markdown
from tracer.report.terminal.plain import markdown, wrapped
from tracer.report.views.figures import count
from tracer.report.views.headline import headline
from tracer.report.views.open_questions import open_questions
from tracer.report.views.table_views import TableViews
from tracer.split import outlet_key

_P = "P: probability, inferred, that the source lies upstream of the derived text"
_DIRECT = " (direct: with nothing unseen between)"
_COMMON = (
    "; share: of the derived text's words; lineage: a journalist's own words; statement: a third party's. "
    "Probabilities rest on weights fitted to labelled and simulated pairs; “no credit seen” proves no omission."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an audit; the headline has no title, and a table's headers do without it."""

    title: str
    paragraphs: tuple[str, ...] = ()
    table: DrawnTable | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Room:
    """How many rows of each part are shown."""

    sources: int
    edges: int
    claims: int
    sentences: int


def audit_text(trace: Trace, tables: Tables, width: int) -> str:
    """The audit in plain text, no line wider than ``width`` cells; ends in a line feed.

    Up to five articles fill about a screen, up to thirty a few; beyond that every part shows its weightiest rows.
    Whatever is left out is said. Text from the articles is made plain.
    """
    parts = []
    for section in audit_sections(trace, tables):
        lines = [section.title.upper()] if section.title and not section.table else []
        lines += [wrapped(text, width, *(("- ", "  ") if section.title else ())) for text in section.paragraphs]
        lines += [draw(section.table, width)] if section.table else []
        lines += [wrapped(note, width) for note in section.notes]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def audit_markdown(trace: Trace, tables: Tables) -> str:
    """The same audit as Markdown; nothing from the articles is taken for markup."""
    parts = []
    for section in audit_sections(trace, tables):
        parts.append(f"## {section.title}" if section.title else "# Audit")
        bullet = "- " if section.title else ""
        parts += ["\n".join(bullet + markdown(text) for text in section.paragraphs)] if section.paragraphs else []
        parts += [draw_markdown(section.table)] if section.table else []
        parts += [markdown(note) for note in section.notes]
    return "\n\n".join(parts) + "\n"


def audit_sections(trace: Trace, tables: Tables) -> Iterator[Section]:
    """The parts of an audit, without those that have nothing to say."""
    views = TableViews(tables)
    room = _room(len(trace.articles))
    yield Section("", (headline(views),))
    drawn, left_out = sources_table(trace, views, room.sources)
    if drawn.rows:
        yield Section("Sources", table=drawn, notes=_left_out(left_out, "source", "sources"))
    drawn, left_out = edges_table(views, room.edges)
    if drawn.rows:
        legend = _P + (_DIRECT if "direct" in drawn.headers else "") + _COMMON
        yield Section("Who draws on whom", table=drawn, notes=(*_left_out(left_out, "edge", "edges"), legend))
    drawn, left_out = claims_table(views, room.claims)
    if drawn.rows:
        notes = _left_out(left_out, "sentence", "claims")
        yield Section("What several articles carry, and from how many origins", table=drawn, notes=notes)
    questions = _limited(list(open_questions(views)), room.sentences, "open question", "pairs")
    if questions:
        yield Section("Unresolved", questions)
    warnings = tuple(_warnings(trace, room.sentences))
    if warnings:
        yield Section("Please note", warnings)


def _room(articles: int) -> _Room:
    if articles <= 5:  # noqa: PLR2004 - a screenful
        return _Room(12, 12, 4, 4)
    return _Room(40, 60, 30, 12) if articles <= 30 else _Room(20, 20, 15, 8)  # noqa: PLR2004 - a few screens


def _left_out(number: int, noun: str, table: str) -> tuple[str, ...]:
    if not number:
        return ()
    return (f"{count(number)} more {noun if number == 1 else noun + 's'}: --table {table}, or `tracer report`.",)


def _limited(sentences: list[str], most: int, noun: str, table: str) -> tuple[str, ...]:
    return (*sentences[:most], *_left_out(max(0, len(sentences) - most), noun, table))


def _warnings(trace: Trace, most: int) -> Iterator[str]:
    for later, earlier in list(trace.version_of.items())[:most]:
        yield f"{later} is a later version of {earlier}: versions of one article, not a link."
    if len(trace.version_of) > most:
        yield f"{count(len(trace.version_of) - most)} more versions: --table articles, or `tracer report`."
    if len(trace.articles) > 1 and not any(article.outlet for article in trace.articles):
        yield "No outlet names were given, so that an article that names another as its source goes unnoticed."
    yield from _not_compared(trace)
    yield from _limited(list(trace.warnings), most, "warning", "articles")
    if trace.skipped:
        yield f"{count(len(trace.skipped), 'input')} could not be used:"
        places = [skip_line(entry.path, entry.line, entry.reason) for entry in trace.skipped]
        yield from _limited(places, most, "skipped input", "skipped")


def _not_compared(trace: Trace) -> Iterator[str]:
    """Which pairs nobody looked at, by the settings."""
    candidates = trace.settings.candidates
    outlets = Counter(outlet_key(article.outlet) for article in trace.articles if article.outlet)
    inside = sum(size * (size - 1) // 2 for size in outlets.values())
    if inside and not candidates.same_outlet:
        yield f"{count(inside, 'pair')} of one outlet's articles: not compared, but for versions; --same-outlet does."
    if candidates.window_hours is not None:
        yield f"Only articles within {candidates.window_hours:g} hours of each other were compared (--window)."


def skip_line(path: str, line: int, reason: str) -> str:
    """Where a skipped input stood and why it could not be used."""
    return f"{path}:{line}: {reason}" if line else f"{path}: {reason}"

"""Everything about one article: whose words it has, what it draws on, what draws on it, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.report.terminal.drawn import DrawnTable, draw
from tracer.report.terminal.plain import shorten, wrapped
from tracer.report.views.figures import percent, probability
from tracer.report.views.records import ArticleView, EdgeView, SentenceView
from tracer.report.views.table_views import TableViews
from tracer.report.views.verdicts import verdicts

_MOST_SENTENCES = 200
_MOST_EDGES = 60
_STATUS = {
    "kept": "it names a source that it draws on",
    "altered": "it names sources, but none of those it was found to draw on",
    "stripped": "it draws on others' words and names nobody",
    "none": "nothing was found that it owes",
}


def article_card(views: TableViews, name: str, width: int) -> str:
    """The card of one article, no line wider than ``width`` cells; ends in a line feed.

    Raises:
        KeyError: when the id is unknown.
    """
    article = views.articles[name]
    parents = [edge for edge in views.edges if edge.target == name]
    children = [edge for edge in views.edges if edge.source == name]
    parts = [
        _head(article, width),
        _edges("Draws on, quotes or credits", parents, width, shows_source=True),
        _edges("Drawn on by", children, width, shows_source=False),
        "\n".join(_pairs(views, name, width)),
        "\n".join(_sentences(views.sentences(name), width)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(article: ArticleView, width: int) -> str:
    known = (article.handed_in, article.outlet, article.title, article.published or "undated", article.language)
    shares = (
        f"Of its {article.words:,} words {percent(article.original)} are its own as far as these texts tell, "
        f"{percent(article.lineage)} shared with an article of the same lineage, "
        f"{percent(article.statement)} a third party's."
    )
    credit = f"Credits: {', '.join(article.credits) or 'none'} ({article.credit_status}: "
    lines = [
        wrapped(f"{article.id}: {' · '.join(entry for entry in known if entry)}", width, "", "  "),
        wrapped(shares, width),
        wrapped(credit + _STATUS.get(article.credit_status, "") + ").", width),
    ]
    if article.version_of:
        lines.append(wrapped(f"A later version of {article.version_of}.", width))
    return "\n".join(lines + [wrapped(text, width, "Note: ", "  ") for text in article.warnings])


def _edges(title: str, edges: Sequence[EdgeView], width: int, *, shows_source: bool) -> str:
    if not edges:
        return f"{title}: nothing among these texts." if shows_source else ""
    shown = sorted(edges, key=lambda edge: (edge.relation != "draws_on", -edge.p, edge.source, edge.target))
    rows = tuple(
        (
            edge.source_name if shows_source else edge.target_name,
            edge.link,
            probability(edge.p),
            probability(edge.p_direct) if edge.p_direct is not None else "–",
            percent(edge.share),
        )
        for edge in shown[:_MOST_EDGES]
    )
    remarks = tuple(edge.clue for edge in shown[:_MOST_EDGES])
    table = DrawnTable((title, "link", "P", "direct", "share"), rows, frozenset({0}), frozenset(), "clue", remarks)
    left_out = len(edges) - len(rows)
    return draw(table, width) + (f"\n{left_out:,} more: see edges.csv of a report." if left_out else "")


def _pairs(views: TableViews, name: str, width: int) -> Iterator[str]:
    linked = [pair for ids, pair in views.pairs.items() if name in ids]
    linked.sort(key=lambda pair: (-pair.kind[0], pair.left, pair.right))
    if linked:
        yield "PAIR BY PAIR"
    for pair in linked[:_MOST_EDGES]:
        other = pair.right if pair.left == name else pair.left
        answers = " ".join(answer for _, answer in verdicts(pair))
        yield wrapped(f"{other}: {answers}", width, "- ", "  ")
    if len(linked) > _MOST_EDGES:
        yield f"{len(linked) - _MOST_EDGES:,} more: see pairs.csv of a report."


def _sentences(sentences: Sequence[SentenceView], width: int) -> Iterator[str]:
    if sentences:
        yield wrapped("SENTENCE BY SENTENCE: the two likeliest origins; “own” means none of the sources here.", width)
    for number, sentence in enumerate(sentences[:_MOST_SENTENCES], start=1):
        origins = ", ".join(f"{shorten(name or 'own', 40)} {probability(p)}" for name, p in sentence.origins)
        label = "page furniture" if sentence.part == "furniture" else origins or "own"
        yield wrapped(f"[{label}] {sentence.text}", width, f"{number:3d} ", "    ")
    if len(sentences) > _MOST_SENTENCES:
        yield f"{len(sentences) - _MOST_SENTENCES:,} more sentences."

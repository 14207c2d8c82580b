"""The evidence card of one pair: verdicts, ledgers, passages, and what was not found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.report.terminal.changes import marked
from tracer.report.terminal.plain import wrapped
from tracer.report.terminal.waterfall import waterfall
from tracer.report.views.clue_words import not_found
from tracer.report.views.figures import count
from tracer.report.views.records import ArticleView, LedgerView, PairView, PassageView
from tracer.report.views.table_views import TableViews
from tracer.report.views.verdicts import verdicts

_MOST_PASSAGES = 12
_RULE = "-"


def pair_card(views: TableViews, one: str, other: str, width: int) -> str:
    """Everything known about a pair, no line wider than ``width`` cells; ends in a line feed.

    The two ids may come in either order.

    Raises:
        KeyError: when an id is unknown.
        ValueError: when both are the same.
    """
    if one == other:
        raise ValueError("a pair needs two articles")
    left, right = sorted((one, other))
    heads = [_article(views.articles[name], width) for name in (left, right)]
    pair = views.pairs.get((left, right))
    body = [_unlinked(views, left, right, width)] if pair is None else list(_linked(views, pair, width))
    return "\n\n".join(["\n".join([wrapped(f"{left} and {right}", width), *heads]), *body]) + "\n"


def _article(article: ArticleView, width: int) -> str:
    published = article.published or "undated"
    known = (article.handed_in, article.outlet, article.title, published, f"{article.words:,} words")
    return wrapped(f"{article.id}: {' · '.join(entry for entry in known if entry)}", width, "  ", "    ")


def _unlinked(views: TableViews, left: str, right: str, width: int) -> str:
    one, other = (views.articles[name].outlet for name in (left, right))
    if one and one == other:
        text = f"No link. {left} and {right} are of one outlet; such articles are compared only with --same-outlet."
        return wrapped(text, width)
    text = (
        f"No link. {left} and {right} share no run of words beyond commonplaces, or so little that neither a "
        "journalist's words nor a third party's can be told in it. That is no proof that they are independent. Pairs "
        "outside of --window, or in two groups by --group-by, are not compared."
    )
    return wrapped(text, width)


def _linked(views: TableViews, pair: PairView, width: int) -> Iterator[str]:
    yield "\n".join(wrapped(f"{question}: {answer}", width, "", "  ") for question, answer in verdicts(pair))
    for ledger in views.ledgers(pair.left, pair.right):
        yield _ledger(pair, ledger, width)
    yield from _passages(views.passages(pair.left, pair.right), pair, width)


def _ledger(pair: PairView, ledger: LedgerView, width: int) -> str:
    answers = {
        "kind": "an article has words of the statement as its own"
        if pair.has_statement
        else "they share a journalist's own words",
        "origin": "both draw on a source that neither of them is",
        "direction": f"{pair.right} draws on {pair.left}, if either draws on the other",
        "immediacy": "with nothing unseen between",
    }
    signs = {"direction": f" (+ speaks for {pair.left} first, − for {pair.right} first)"}
    title = f"LEDGER {ledger.question}, in log-odds{signs.get(ledger.question, '')}; left is {pair.left}"
    absent = not_found(ledger.question, [clue.name for clue in ledger.clues])
    lines = [wrapped(title, width, "", "  "), waterfall(ledger, answers[ledger.question], width)]
    if absent:
        lines.append(wrapped("; ".join(absent) + ".", width, "Not found: ", "  "))
    return "\n".join(lines)


def _passages(passages: Sequence[PassageView], pair: PairView, width: int) -> Iterator[str]:
    legend = f"[-…-] only in {pair.left}, {{+…+}} only in {pair.right}; places are characters of the raw texts"
    yield wrapped(f"PASSAGES: {count(len(passages))}. {legend}.", width, "", "  ")
    longest = sorted(passages, key=lambda passage: (passage.quoted, -len(passage.left), passage.left_start))
    for number, passage in enumerate(longest[:_MOST_PASSAGES], start=1):
        yield _passage(number, passage, pair, width)
    if len(passages) > _MOST_PASSAGES:
        yield wrapped(f"{count(len(passages) - _MOST_PASSAGES)} shorter passages: see passages.csv of a report.", width)


def _passage(number: int, passage: PassageView, pair: PairView, width: int) -> str:
    own = "words of the statement given as its own" if pair.has_statement else "journalist's words"
    whose = "third-party words" if passage.quoted else own
    places = (
        f"{pair.left} {passage.left_start}–{passage.left_stop}, {pair.right} {passage.right_start}–{passage.right_stop}"
    )
    head = wrapped(f"{whose}, {passage.kind}: {places}", width, f"{number}. ")
    if passage.kind == "rewritten":
        texts = [wrapped(passage.left, width, "   [-", "   "), wrapped(passage.right, width, "   {+", "   ")]
        return "\n".join([head, *texts])
    return f"{head}\n{wrapped(marked(passage.left, passage.right), width, '   ')}"

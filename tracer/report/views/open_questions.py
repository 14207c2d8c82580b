"""What cannot be told, one sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.report.views.figures import count, probability
from tracer.report.views.records import PairView
from tracer.report.views.table_views import TableViews


def open_questions(views: TableViews, *, siblings: bool = True) -> Iterator[str]:
    """A sentence for each question about a pair that its evidence leaves open, the pairs with most words first.

    ``siblings``: also for each pair that both draw on another text, of which neither came first.
    """
    pairs = sorted(views.pairs.values(), key=lambda pair: (-pair.own_words, pair.left, pair.right))
    for pair in pairs:
        if pair.direction == "unresolved":
            yield _which_came_first(pair)
        elif siblings and pair.direction == "common source" and pair.descent is not None:
            yield _siblings(pair, pair.descent[2])
    for pair in pairs:
        if pair.immediacy == "unresolved" and pair.p_direct is not None:
            yield _at_what_remove(pair)


def _which_came_first(pair: PairView) -> str:
    shared = _shared(pair)
    if pair.descent is None:
        return f"{pair.left} and {pair.right} share {shared}: which came first cannot be told from these texts."
    left, right, common = (probability(value) for value in pair.descent)
    undated = " No dates tell." if pair.lag_hours is None else ""
    return (
        f"{pair.left} and {pair.right} share {shared}: which came first cannot be told from these texts "
        f"({pair.left} first {left}, {pair.right} first {right}, both from an unseen text {common}).{undated}"
    )


def _siblings(pair: PairView, common: float) -> str:
    return (
        f"{pair.left} and {pair.right} share {_shared(pair)}, consistent with a common source "
        f"(P {probability(common)}); "
        "neither can be said to come first."
    )


def _shared(pair: PairView) -> str:
    return (
        f"{count(pair.own_words, 'word')} that are a journalist's own" if pair.own_words else "a journalist's own words"
    )


def _at_what_remove(pair: PairView) -> str:
    source, target = (pair.left, pair.right) if pair.direction == "left→right" else (pair.right, pair.left)
    return (
        f"{target} has words of {source}; whether its author had that very text or another that carries the same words "
        f"cannot be told (P of that very text {probability(pair.p_direct or 0.0)})."
    )

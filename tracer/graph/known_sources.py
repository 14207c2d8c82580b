"""Lineage pairs whose common source is known: named by both, or among the articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracer.evidence import Comparison, is_narrative, is_near
from tracer.graph.lineage import Descends, parents_by_target
from tracer.graph.witnesses import seen_parent
from tracer.split import ParsedArticle

_STORY_WORDS = 12


def known_commons(
    articles: Mapping[str, ParsedArticle], judged: Iterable[Comparison], descents: Iterable[Descends]
) -> frozenset[tuple[str, str]]:
    """The pairs that demand no unseen text.

    Their common source is named by both, or an article is upstream of both, or one descends from the other through
    articles that are at hand.
    """
    parents = parents_by_target(descents)
    return frozenset(
        (entry.left, entry.right)
        for entry in judged
        if entry.descent
        and (
            _is_named_common(articles, entry)
            or seen_parent(articles, entry, parents) is not None
            or _descends(parents, entry.left, entry.right)
            or _descends(parents, entry.right, entry.left)
        )
    )


def _descends(parents: Mapping[str, Mapping[str, Descends]], source: str, target: str) -> bool:
    """Whether a chain of resolved descents leads from ``source`` to ``target``."""
    waiting, seen = [target], {target}
    while waiting:
        found = [name for name in parents.get(waiting.pop(), {}) if name not in seen]
        if source in found:
            return True
        seen.update(found)
        waiting += found
    return False


def _is_named_common(articles: Mapping[str, ParsedArticle], comparison: Comparison) -> bool:
    """Whether both sides say whose words they share: by one wire credit, or by a name close to every long stretch."""
    origin = comparison.descent.origin.clues if comparison.descent else ()
    if any(clue.name == "same_wire" for clue in origin):
        return True
    named = [clue.left for clue in origin if clue.name == "same_source_here" and clue.left is not None]
    left, right = articles[comparison.left], articles[comparison.right]
    stretches = [p.left_span for p in comparison.passages if p.matched >= _STORY_WORDS and is_narrative(left, right, p)]
    return bool(named) and all(any(is_near(span, name) for name in named) for span in stretches)

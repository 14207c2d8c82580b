"""Lineage pairs whose common source is known because both name it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracer.evidence import Comparison, is_near
from tracer.graph.owned import owned
from tracer.split import ParsedArticle

_STORY_WORDS = 12


def named_commons(articles: Mapping[str, ParsedArticle], judged: Iterable[Comparison]) -> frozenset[tuple[str, str]]:
    """The lineage pairs whose common source both sides name; they demand no unseen text."""
    return frozenset(
        (entry.left, entry.right) for entry in judged if entry.descent and _is_named_common(articles, entry)
    )


def _is_named_common(articles: Mapping[str, ParsedArticle], comparison: Comparison) -> bool:
    """Whether both sides say whose words they share: by one wire credit, or by a name close to every long stretch."""
    origin = comparison.descent.origin.clues if comparison.descent else ()
    if any(clue.name == "same_wire" for clue in origin):
        return True
    named = [clue.left for clue in origin if clue.name == "same_source_here" and clue.left is not None]
    if not named:
        return False
    own = owned(articles, comparison).narrative()
    stretches = [passage.left_span for passage in own if passage.matched >= _STORY_WORDS]
    return all(any(is_near(span, name) for name in named) for span in stretches)

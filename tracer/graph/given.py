"""Words whose source is known, because the statement that they are from was handed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracer.align import Passage, PassageKind
from tracer.evidence import Comparison, is_statement
from tracer.split import ParsedArticle

_FEWEST_WORDS = 6


@dataclass(frozen=True, slots=True)
class GivenWords:
    """By article id the positions of the words that it shares with statements which were handed in."""

    words: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, articles: Mapping[str, ParsedArticle], comparisons: Iterable[Comparison]) -> GivenWords:
        """From the passages that linked pairs share, one side of which is a statement."""
        found: dict[str, set[int]] = defaultdict(set)
        for entry in comparisons:
            if is_statement(articles[entry.left]) or is_statement(articles[entry.right]):
                for passage in entry.passages:
                    if passage.kind is not PassageKind.REWRITTEN:
                        found[entry.left].update(passage.left)
                        found[entry.right].update(passage.right)
        return cls({article: frozenset(words) for article, words in found.items()})

    def cover(self, left: str, right: str, passage: Passage) -> bool:
        """Whether all but a few words of a passage are known to be a statement's, on both sides."""
        sides = ((left, passage.left), (right, passage.right))
        return all(len(place) - len(self.words.get(name, frozenset()).intersection(place)) < _FEWEST_WORDS
                   for name, place in sides)

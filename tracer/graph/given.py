"""Words whose source is known, because the statement that they are from was handed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracer.align import Passage, PassageKind, matched_runs
from tracer.domain import Span
from tracer.evidence import Comparison, is_narrative, is_statement
from tracer.split import ParsedArticle

_FEWEST_WORDS = 6

Words = Mapping[str, frozenset[int]]
"""Word positions by article id."""


@dataclass(frozen=True, slots=True)
class GivenWords:
    """The words that articles share with statements which were handed in: ``every``, and those as their ``own``."""

    every: Words
    own: Words

    @classmethod
    def of(cls, articles: Mapping[str, ParsedArticle], comparisons: Iterable[Comparison]) -> GivenWords:
        """From the passages that linked pairs share, one side of which is a statement."""
        every: dict[str, set[int]] = defaultdict(set)
        own: dict[str, set[int]] = defaultdict(set)
        if not any(map(is_statement, articles.values())):
            return cls({}, {})
        for entry in comparisons:
            left, right = articles[entry.left], articles[entry.right]
            for passage in entry.passages if is_statement(left) or is_statement(right) else ():
                if passage.kind is PassageKind.REWRITTEN:
                    continue
                for found in (every, own) if is_narrative(left, right, passage) else (every,):
                    found[entry.left].update(passage.left)
                    found[entry.right].update(passage.right)
        return cls(*({name: frozenset(words) for name, words in found.items()} for found in (every, own)))

    def cover(self, left: str, right: str, passage: Passage) -> bool:
        """Whether all but a few words of a passage are known to be a statement's, on both sides."""
        return all(
            len(place) - (len(known.intersection(place)) if (known := self.every.get(name)) else 0) < _FEWEST_WORDS
            for name, place in ((left, passage.left), (right, passage.right))
        )

    def rest(self, parsed: ParsedArticle, place: range, span: Span) -> Span:
        """A place and its ``span``, but for words at either end known to be a statement's; the whole where all are."""
        known = self.every.get(parsed.id, frozenset())
        left = [word for word in place if word not in known] if known else []
        return parsed.tokens.span(left[0], left[-1] + 1) if left else span

    def passed_on(self, comparison: Comparison, target: str) -> frozenset[int]:
        """Words of a statement that the target of a pair has as its own, and may have by way of the other side."""
        source = comparison.left if target == comparison.right else comparison.right
        if not self.own.get(source) or not self.own.get(target):
            return frozenset()
        telling = (passage for passage in comparison.passages if passage.kind is not PassageKind.REWRITTEN)
        runs = (run[target == comparison.right] for passage in telling for run in matched_runs(passage))
        return self.own[target].intersection(word for run in runs for word in run)

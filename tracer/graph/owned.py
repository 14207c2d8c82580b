"""Whose words the passages of a lineage pair are: asked again and again while a story is traced, found out once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from tracer.align import Passage, PassageKind, matched_runs
from tracer.evidence import Comparison, Owner, ownership
from tracer.split import ParsedArticle


@dataclass(frozen=True, slots=True)
class Owned:
    """The passages of one pair, rewritten ones left out, each with its owner."""

    left: ParsedArticle
    right: ParsedArticle
    passages: Sequence[Passage]
    owners: Sequence[tuple[Passage, Owner]]
    _words: dict[tuple[str, Owner], frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Owned:
        """Ask for the owner of each passage."""
        telling = (passage for passage in passages if passage.kind is not PassageKind.REWRITTEN)
        return cls(left, right, passages, [(passage, ownership(left, right, passage)) for passage in telling])

    def narrative(self) -> list[Passage]:
        """The passages that both sides give as their own words."""
        return [passage for passage, owner in self.owners if owner is Owner.BOTH]

    def words(self, side: str, owner: Owner = Owner.BOTH) -> frozenset[int]:
        """Word positions of one side in what both have as their own, and in what ``owner`` alone does."""
        found = self._words.get((side, owner))
        if found is None:
            is_right = side == self.right.id
            mine = [passage for passage, other in self.owners if other is Owner.BOTH or other is owner]
            runs = (run[is_right] for passage in mine for run in matched_runs(passage))
            found = self._words[side, owner] = frozenset().union(*runs)
        return found


_story: ContextVar[dict[int, Owned] | None] = ContextVar("_story", default=None)


@contextmanager
def remembering_owners() -> Iterator[None]:
    """What is found out about pairs inside the block is remembered until its end: some kilobytes a pair."""
    token = _story.set({})
    try:
        yield
    finally:
        _story.reset(token)


def owned(articles: Mapping[str, ParsedArticle], comparison: Comparison) -> Owned:
    """The passages of a pair with their owners, found out once inside :func:`remembering_owners`.

    Pairs are told apart by the identity of their passages, which all judgements of one pair share. The passages are
    held, so that no others can have it meanwhile.
    """
    left, right, passages = articles[comparison.left], articles[comparison.right], comparison.passages
    known = _story.get()
    found = None if known is None else known.get(id(passages))
    if found is None or found.left is not left or found.right is not right:
        found = Owned.of(left, right, passages)
        if known is not None:
            known[id(passages)] = found
    return found

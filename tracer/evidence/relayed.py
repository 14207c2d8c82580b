"""Clues from quoted words that an article has from an outlet rather than from the one who spoke them."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracer.align import Passage, PassageKind
from tracer.domain import Span
from tracer.evidence.ledger import Observation
from tracer.evidence.naming import is_given_out, is_own
from tracer.split import ParsedArticle, Relay

_FEWEST_WORDS = 8
_USUAL_WORDS = 12
"""Words that two reports may have from one outlet without its weighing anything."""


@dataclass(frozen=True, slots=True)
class Relayed:
    """Shared passages that are one outlet's by the word of both sides, or by that of one whose outlet it is not.

    Each stands with the place that says so, and whether that is on the left.
    """

    both: tuple[tuple[Passage, Relay, bool], ...] = ()
    one: tuple[tuple[Passage, Relay, bool], ...] = ()

    @property
    def words(self) -> int:
        """The shared words of all these passages."""
        return sum(passage.matched for passage, _, _ in (*self.both, *self.one))

    @property
    def passages(self) -> frozenset[Passage]:
        """All these passages."""
        return frozenset(passage for passage, _, _ in (*self.both, *self.one))


def relayed_words(left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Relayed:
    """The shared words that either side has from an outlet, sorted by who says so."""
    groups: dict[str, list[tuple[Passage, Relay, bool]]] = {"both": [], "one": []}
    for passage in passages if left.split.relays or right.split.relays else ():
        if passage.kind is PassageKind.REWRITTEN or passage.matched < _FEWEST_WORDS or not passage.quoted:
            continue
        if is_given_out(left, passage.left_span) or is_given_out(right, passage.right_span):
            continue
        mine, other = _relay_at(left, passage.left_span), _relay_at(right, passage.right_span)
        relay, parsed = (mine, left) if mine else (other, right)
        if relay is None or (mine and other and mine.source != other.source):
            continue
        if other is None or mine is None:
            if not is_own(parsed, relay.source):
                groups["one"].append((passage, relay, relay is mine))
        else:
            groups["both"].append((passage, relay, True))
    return Relayed(tuple(groups["both"]), tuple(groups["one"]))


def _relay_at(parsed: ParsedArticle, words: Span) -> Relay | None:
    relays = parsed.split.relays
    first = bisect_right(relays, words.start, key=lambda relay: relay.words.stop)
    return relays[first] if first < len(relays) and relays[first].words.overlaps(words) else None


def relay_clues(relayed: Relayed) -> Iterator[Observation]:
    """``outlet_said_both`` and ``outlet_said_one``: by how many words, ln(words / 12)."""
    for clue, group, who in (
        ("outlet_said_both", relayed.both, "both sides give"),
        ("outlet_said_one", relayed.one, "one side gives"),
    ):
        if group:
            words = sum(passage.matched for passage, _, _ in group)
            passage, relay, is_left = max(group, key=lambda entry: (entry[0].matched, -entry[0].left.start))
            spans = (relay.place, passage.right_span) if is_left else (passage.left_span, relay.place)
            sentence = f"{words} quoted words, which {who} as {relay.source.name}’s"
            strength = max(0.0, math.log(words / _USUAL_WORDS))
            yield Observation(clue, strength, sentence, *spans)

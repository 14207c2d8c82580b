"""The engine as a textbook has it: everything in memory, one step after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracer.candidates import CandidatePair, accepted_words, attested_words, find_candidates, mark_attested
from tracer.domain import UNDATED, Article
from tracer.pipeline import Settings
from tracer.split import ParsedArticle, parse_article
from tracer.story import StoryTrace, compare_candidates, regions_of_pairs, trace_story


@dataclass(frozen=True)
class Textbook:
    """What a run comes to: stories by their first id, pairs compared, regions by pair."""

    stories: list[StoryTrace]
    pairs: int
    regions: dict[object, object]


def textbook_trace(articles: Sequence[Article], settings: Settings) -> Textbook:
    """Parse all, find candidates, compare, put what is linked together, trace."""
    parsed = [
        _dated(parse_article(entry, settings.language), settings) for entry in sorted(articles, key=lambda a: a.id)
    ]
    found = find_candidates(parsed, settings.candidates)
    accepted = accepted_words([attested_words(entry) for entry in parsed])
    marked = [mark_attested(entry, accepted, settings.candidates.least_surprisal) for entry in parsed]
    comparisons = compare_candidates(marked, found.pairs)
    updates = compare_candidates(marked, [CandidatePair(left, right, 1.0) for left, right in found.versions])
    groups = {entry.id: {entry.id} for entry in marked}
    ends = [(entry.left, entry.right) for entry in comparisons]
    ends += [(marked[left].id, marked[right].id) for left, right in found.versions]
    for left, right in ends:
        if groups[left] is not groups[right]:
            groups[left] |= groups[right]
            for name in groups[right]:
                groups[name] = groups[left]
    stories = [
        trace_story(
            [entry for entry in marked if entry.id in names],
            [entry for entry in comparisons if entry.left in names],
            [entry for entry in updates if entry.left in names],
            settings.story,
        )
        for names in sorted({id(group): sorted(group) for group in groups.values()}.values())
    ]
    regions = dict(regions_of_pairs(marked, comparisons)) if settings.story.regions else {}
    return Textbook(stories, len(found.pairs), {pair: found for pair, found in regions.items() if found})


def _dated(parsed: ParsedArticle, settings: Settings) -> ParsedArticle:
    if settings.use_dates:
        return parsed
    return replace(parsed, split=replace(parsed.split, article=replace(parsed.article, published=UNDATED)))

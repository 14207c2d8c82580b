"""Rows about claims, and which claims a passage belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tracer.align import Passage, PassageKind
from tracer.pipeline import Trace
from tracer.report.article_rows import story_id
from tracer.report.schema import LIST_SEPARATOR
from tracer.report.table import Row
from tracer.split import ParsedArticle, outlet_key

Joined = Mapping[int, list[tuple[int, str]]]
"""For a sentence of one article: the sentences of another that a claim joins it to, with the claim's id."""
Families = Mapping[tuple[str, str], Joined]
"""What claims join in two articles, by their ids."""


def claim_rows(trace: Trace) -> Iterator[Row]:
    """One row per claim."""
    for story in trace.stories:
        name = story_id(story)
        for claim in story.graph.claims:
            names = claim.family.articles
            carriers = [story.articles[carrier] for carrier in names]
            outlets = {outlet_key(parsed.article.outlet) for parsed in carriers if parsed.article.outlet}
            first = _earliest(carriers)
            yield (
                claim.id,
                claim.text,
                len(carriers),
                len(outlets),
                claim.origins,
                claim.low,
                claim.high,
                first.article.published.isoformat() if first else None,
                first.article.outlet if first else None,
                name,
                LIST_SEPARATOR.join(names),
            )


def claim_member_rows(trace: Trace) -> Iterator[Row]:
    """One row per sentence of a claim, those joined by sense alone included."""
    for story in trace.stories:
        name = story_id(story)
        for claim in story.graph.claims:
            for article, sentence in (*claim.family.members, *claim.family.weak):
                span = story.articles[article].split.sentences[sentence].span
                yield (claim.id, name, article, span.start, span.stop)


def _earliest(carriers: Iterable[ParsedArticle]) -> ParsedArticle | None:
    dated = [(start, parsed.id, parsed) for parsed in carriers if (start := parsed.article.published.start)]
    return min(dated, key=lambda entry: entry[:2])[2] if dated else None


def claim_families(trace: Trace) -> Families:
    """Which sentences the claims of all stories join."""
    families: dict[tuple[str, str], dict[int, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for story in trace.stories:
        for claim in story.graph.claims:
            for one, other in claim.family.joins:
                families[one.article, other.article][one.sentence].append((other.sentence, claim.id))
    return families


def claims_joined(left: ParsedArticle, right: ParsedArticle, passage: Passage, joined: Joined) -> list[str]:
    """Ids of the claims whose sentences a passage joins, in reading order on the left, each once."""
    ours, theirs = left.sentences_at(passage.left), right.sentences_at(passage.right)
    if passage.kind is PassageKind.REWRITTEN:
        ours, theirs = ours[:1], theirs[:1]
    wanted = set(theirs)
    found = (entry for sentence in sorted(joined.keys() & ours) for entry in joined[sentence])
    return list(dict.fromkeys(claim for sentence, claim in found if sentence in wanted))

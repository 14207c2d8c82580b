"""Rows about claims, and which claims a passage belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tracer.align import Member, Passage, PassageKind
from tracer.graph import Claim
from tracer.pipeline import Trace
from tracer.report.article_rows import story_id
from tracer.report.schema import LIST_SEPARATOR
from tracer.report.table import Row
from tracer.split import ParsedArticle, outlet_key

Families = Mapping[tuple[Member, str], list[tuple[int, str]]]
"""For a sentence and the id of another article: the sentences there that a claim joins it to, with the claim's id."""


def claim_rows(trace: Trace) -> Iterator[Row]:
    """One row per claim."""
    for story in trace.stories:
        for claim in story.graph.claims:
            carriers = [story.articles[name] for name in claim.family.articles]
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
                story_id(story),
                LIST_SEPARATOR.join(claim.family.articles),
            )


def claim_member_rows(trace: Trace) -> Iterator[Row]:
    """One row per sentence of a claim, those joined by sense alone included."""
    for story in trace.stories:
        for claim in story.graph.claims:
            for member in (*claim.family.members, *claim.family.weak):
                span = story.articles[member.article].split.sentences[member.sentence].span
                yield (claim.id, story_id(story), member.article, span.start, span.stop)


def _earliest(carriers: Iterable[ParsedArticle]) -> ParsedArticle | None:
    dated = [(start, parsed.id, parsed) for parsed in carriers if (start := parsed.article.published.start)]
    return min(dated, key=lambda entry: entry[:2])[2] if dated else None


def claim_families(trace: Trace) -> Families:
    """Which sentences the claims of all stories join."""
    families: dict[tuple[Member, str], list[tuple[int, str]]] = defaultdict(list)
    for story in trace.stories:
        for claim in story.graph.claims:
            _add_joins(claim, families)
    return families


def _add_joins(claim: Claim, families: dict[tuple[Member, str], list[tuple[int, str]]]) -> None:
    for one, other in claim.family.joins:
        families[one, other.article].append((other.sentence, claim.id))


def claims_joined(left: ParsedArticle, right: ParsedArticle, passage: Passage, families: Families) -> list[str]:
    """Ids of the claims whose sentences a passage joins, in reading order on the left, each once."""
    ours, theirs = passage.left, passage.right
    if passage.kind is PassageKind.REWRITTEN:
        ours, theirs = ours[:1], theirs[:1]
    wanted = set(right.sentence_of[theirs.start : theirs.stop].tolist())
    sentences = sorted(set(left.sentence_of[ours.start : ours.stop].tolist()))
    joined = (entry for sentence in sentences for entry in families.get((Member(left.id, sentence), right.id), ()))
    return list(dict.fromkeys(claim for sentence, claim in joined if sentence in wanted))

"""How much two articles share, and whose words it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tracer.align import Passage, PassageKind
from tracer.split import ParsedArticle, WordClass
from tracer.text import shingle_hashes

RESEMBLANCE_SHINGLE = 3
_SHORTEST_NARRATIVE = 6
_FIRST_PERSON = frozenset(
    {"i", "i'm", "i've", "i'll", "i'd", "me", "my", "mine", "we", "we're", "we've", "we'll", "our", "ours"}
)
_LEADS_IN = re.compile(r"[:：]\s*$")
_NEWS_AGENCY_TAIL = 160


@dataclass(frozen=True, slots=True)
class Overlap:
    """Measures of a pair; words are counted on the matched words of its passages, rewritten ones left out.

    ``resemblance`` is the Jaccard coefficient of the two sets of word 3-shingles; ``containment_left`` and
    ``containment_right`` are the shares of each article's words (boilerplate left out) that stand in shared passages;
    all three in [0, 1], 0 for empty articles. ``narrative_words`` are outside quotation marks on both sides and do not
    sound like a third party; ``narrative_passages`` counts such passages of at least six words. ``lifted_left`` words
    are the left journalist's own, quoted on the right (``lifted_right`` the other way round). ``quoted_words`` are all
    the rest: a third party's on both sides.
    """

    resemblance: float
    containment_left: float
    containment_right: float
    narrative_words: int
    narrative_passages: int
    longest_narrative: int
    lifted_left: int
    lifted_right: int
    quoted_words: int


def measure_overlap(left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Overlap:
    """The measures of a pair from its passages. Linear in the articles."""
    exact = [passage for passage in passages if passage.kind is not PassageKind.REWRITTEN]
    own = [passage for passage in exact if is_narrative(left, right, passage)]
    lifted = [passage for passage in exact if passage.left_quoted != passage.right_quoted]
    lifted_left = sum(p.matched for p in lifted if p.right_quoted and not sounds_quoted(left, p.left))
    lifted_right = sum(p.matched for p in lifted if p.left_quoted and not sounds_quoted(right, p.right))
    narrative = sum(passage.matched for passage in own)
    matched = sum(passage.matched for passage in exact)
    return Overlap(
        _resemblance(left, right),
        _share(sum(len(passage.left) for passage in exact), left),
        _share(sum(len(passage.right) for passage in exact), right),
        narrative,
        len(own),
        max((passage.matched for passage in own), default=0),
        lifted_left,
        lifted_right,
        matched - narrative - lifted_left - lifted_right,
    )


def is_narrative(left: ParsedArticle, right: ParsedArticle, passage: Passage) -> bool:
    """Whether a passage shows the journalist's own words on both sides: long enough, unquoted, not in another's voice."""
    return (
        not passage.quoted
        and passage.matched >= _SHORTEST_NARRATIVE
        and not (sounds_quoted(left, passage.left) or sounds_quoted(right, passage.right))
    )


def sounds_quoted(parsed: ParsedArticle, place: range) -> bool:
    """Whether unquoted words speak in somebody else's voice.

    They do when they say "I" or "we", or when their paragraph follows a line that ends in a colon. Transcripts,
    tweets and block quotations are set that way. A first-person column is misread by this.
    """
    if _FIRST_PERSON.intersection(parsed.tokens.words[place.start : place.stop]):
        return True
    sentence = int(parsed.sentence_of[place.start])
    if sentence < 0:
        return False
    paragraph = parsed.split.sentences[sentence].paragraph
    first = sentence
    while first and parsed.split.sentences[first - 1].paragraph == paragraph:
        first -= 1
    before = parsed.article.text[: parsed.split.sentences[first].span.start][-_NEWS_AGENCY_TAIL:]
    return bool(_LEADS_IN.search(before))


def _share(words: int, parsed: ParsedArticle) -> float:
    total = int((parsed.classes != WordClass.BOILERPLATE).sum())
    return min(1.0, words / total) if total else 0.0


def _resemblance(left: ParsedArticle, right: ParsedArticle) -> float:
    ours, theirs = (np.unique(shingle_hashes(side.tokens.ids, RESEMBLANCE_SHINGLE)) for side in (left, right))
    shared = len(np.intersect1d(ours, theirs, assume_unique=True))
    union = len(ours) + len(theirs) - shared
    return shared / union if union else 0.0

"""How much two articles share, and whose words it is."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from tracer.align import Passage, PassageKind, matched_runs, once_per_article
from tracer.domain import Packed, Span
from tracer.evidence.handed_in import is_statement
from tracer.split import ParsedArticle, WordClass
from tracer.text import shingle_keys, sorted_once, word_id

RESEMBLANCE_SHINGLE = 3
COMMONPLACE = 25.0
"""Nats: six ordinary words in a row ("at the end of the day they") surprise about as much."""
PARAPHRASE = 25.0
"""Nats: reporters who put one speaker's words in their own share as much again of a sentence."""
_USUAL_SURPRISAL = 6.0
_NAME, _FURNITURE = int(WordClass.NAME), int(WordClass.BOILERPLATE)
_SHORTEST_NARRATIVE = 6
_LIFTED_UNIT = 20
_I_AND_WE = ("i", "i'm", "i've", "i'll", "i'd", "me", "my", "mine", "we", "we're", "we've", "we'll", "our", "ours")
_FIRST_PERSON = np.array(sorted(map(word_id, _I_AND_WE)), dtype=np.uint64)
"""Ids of these words, sorted."""
_LEADS_IN = (":", "：")
_FIRST_PERSON_EVERY = 30
_LEAD_REACH = 40


@dataclass(frozen=True, slots=True)
class Overlap(Packed):
    """Measures of a pair; words are counted on the matched words of its passages, rewritten ones left out.

    ``resemblance`` is the Jaccard coefficient of the two sets of word 3-shingles; ``containment_left`` and
    ``containment_right`` are the shares of each article's words (boilerplate left out) that stand in shared passages;
    all three in [0, 1], 0 for empty articles. ``narrative_words`` are outside quotation marks on both sides and do not
    sound like a third party; ``narrative_passages`` counts such passages of at least six words, and
    ``narrative_surprisal`` sums what each holds beyond a commonplace: its surprisal under the background model in nats
    less ``COMMONPLACE``, names and titles counting nothing, and less ``PARAPHRASE`` where both sides report what
    somebody said. ``lifted_left`` words are the left journalist's own, quoted or set off on the right
    (``lifted_right`` the other way round). ``quoted_words`` are all the rest: a third party's on both sides, or
    too few to be anybody's; ``told_words`` are those of them that are a third party's.
    """

    resemblance: float
    containment_left: float
    containment_right: float
    narrative_words: int
    narrative_passages: int
    narrative_surprisal: float
    lifted_left: int
    lifted_right: int
    quoted_words: int
    told_words: int


def measure_overlap(left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Overlap:
    """The measures of a pair from its passages. Linear in the articles."""
    owners = [ownership(left, right, passage) for passage in passages]
    return replace(measure_passages(left, right, passages, owners), resemblance=resemblance(left, right))


def measure_passages(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], owners: Sequence[Owner]
) -> Overlap:
    """The measures that hang on the passages of a pair, whose words belong to ``owners``; ``resemblance`` is left 0.

    Linear in the passages.
    """
    exact = [row for row in zip(passages, owners, strict=True) if row[0].kind is not PassageKind.REWRITTEN]
    words = dict.fromkeys(Owner, 0)
    for passage, owner in exact:
        words[owner] += passage.matched
    own = [passage for passage, owner in exact if owner is Owner.BOTH]
    return Overlap(
        0.0,
        _share(sum(len(passage.left) for passage, _ in exact), left),
        _share(sum(len(passage.right) for passage, _ in exact), right),
        words[Owner.BOTH],
        len(own),
        round(math.fsum(_beyond_commonplaces(left, right, own)), 9),
        words[Owner.LEFT],
        words[Owner.RIGHT],
        words[Owner.NEITHER],
        sum(passage.matched for passage, owner in exact if owner is Owner.NEITHER and _is_told(passage)),
    )


def _is_told(passage: Passage) -> bool:
    """Whether words that are neither journalist's are a third party's, not just too few to be anybody's."""
    return passage.quoted or passage.matched >= _SHORTEST_NARRATIVE


def _beyond_commonplaces(left: ParsedArticle, right: ParsedArticle, own: Sequence[Passage]) -> list[float]:
    """For each passage the surprisal that it has beyond what independent reporters may share, at least 0.

    Both sides are asked and the mean taken: what stands around the matched words differs where a passage was edited.
    """
    beyond = []
    for passage in own:
        one, other = (
            _surprisals(side)[place.start : place.stop].tolist()
            for side, place in ((left, passage.left), (right, passage.right))
        )
        matched: list[float] = []
        for mine, yours in matched_runs(passage):
            matched += one[mine.start - passage.left.start : mine.stop - passage.left.start]
            matched += other[yours.start - passage.right.start : yours.stop - passage.right.start]
        beyond.append(max(0.0, math.fsum(matched) / 2 - _expected(left, right, passage)))
    return beyond


@once_per_article
def _surprisals(parsed: ParsedArticle) -> npt.NDArray[np.float64]:
    """Surprisal of each word in nats: 0 for names and titles, a round figure where there is no model."""
    known = parsed.surprisal if len(parsed.surprisal) else _USUAL_SURPRISAL
    return np.where(parsed.classes == _NAME, 0.0, known)


def _expected(left: ParsedArticle, right: ParsedArticle, passage: Passage) -> float:
    """The surprisal that a passage may have between reporters who never read each other."""
    both_report = _is_reported(left, passage.left_span) and _is_reported(right, passage.right_span)
    return COMMONPLACE + PARAPHRASE if both_report else COMMONPLACE


def _is_reported(parsed: ParsedArticle, words: Span) -> bool:
    """Whether the better part of a stretch is indirect speech."""
    spans = parsed.split.reported
    index = bisect_right(spans, words.start, key=lambda span: span.stop)
    covered = 0
    while index < len(spans) and spans[index].start < words.stop:
        covered += min(spans[index].stop, words.stop) - max(spans[index].start, words.start)
        index += 1
    return 2 * covered > len(words)


def lifted_strength(words: int) -> float:
    """How telling it is that so many of one side's own words stand quoted on the other: 1 for twenty, 2 for 440."""
    return math.log1p(words) / math.log1p(_LIFTED_UNIT)


class Owner(StrEnum):
    """Who speaks the words of a passage in his own voice: the journalist of both sides, of one, or of neither."""

    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"
    NEITHER = "neither"


def ownership(left: ParsedArticle, right: ParsedArticle, passage: Passage) -> Owner:
    """Whose words a passage is by the marks on each side.

    A side disowns words inside quotation marks and words set off after a colon. Words in the first person are disowned
    by both sides unless one side plainly quotes the other; too few words to tell are nobody's. All words of a statement
    that was handed in are its own, and a third party's unless the other side gives them as its own.
    """
    if (
        passage.matched < _SHORTEST_NARRATIVE
        or speaks_in_person(left, passage.left)
        or speaks_in_person(right, passage.right)
    ):
        return Owner.NEITHER
    ours = not (passage.left_quoted or is_set_off(left, passage.left.start))
    theirs = not (passage.right_quoted or is_set_off(right, passage.right.start))
    if is_statement(left) or is_statement(right):
        return _beside_statement(left, right, ours=ours, theirs=theirs)
    if ours:
        return Owner.BOTH if theirs else Owner.LEFT
    return Owner.RIGHT if theirs else Owner.NEITHER


def _beside_statement(left: ParsedArticle, right: ParsedArticle, *, ours: bool, theirs: bool) -> Owner:
    if is_statement(left) and is_statement(right):
        return Owner.NEITHER
    return Owner.BOTH if (theirs if is_statement(left) else ours) else Owner.NEITHER


def is_narrative(left: ParsedArticle, right: ParsedArticle, passage: Passage) -> bool:
    """Whether both journalists give the words of a passage as their own."""
    return passage.kind is not PassageKind.REWRITTEN and ownership(left, right, passage) is Owner.BOTH


def speaks_in_person(parsed: ParsedArticle, place: range) -> bool:
    """Whether unquoted words say "I" or "we" as often as tweets, speeches and transcripts do, reports seldom."""
    first, stop = map(int, _in_person(parsed).searchsorted((place.start, place.stop)))
    return len(place) <= _FIRST_PERSON_EVERY * (stop - first)


@once_per_article
def _in_person(parsed: ParsedArticle) -> npt.NDArray[np.intp]:
    """Where an article says "I" or "we", sorted."""
    ids = parsed.tokens.ids
    like = _FIRST_PERSON.take(_FIRST_PERSON.searchsorted(ids), mode="clip")
    return np.flatnonzero(like == ids)


def is_set_off(parsed: ParsedArticle, word: int) -> bool:
    """Whether a word stands in a paragraph that follows a line ending in a colon, as block quotations do."""
    sentence = int(parsed.sentence_of[word])
    if sentence < 0:
        return False
    sentences = parsed.split.sentences
    paragraph = sentences[sentence].paragraph
    first = bisect_left(sentences, paragraph, hi=sentence, key=lambda entry: entry.paragraph)
    start = sentences[first].span.start
    return parsed.article.text[max(0, start - _LEAD_REACH) : start].rstrip().endswith(_LEADS_IN)


def _share(words: int, parsed: ParsedArticle) -> float:
    total = counted_words(parsed)
    return min(1.0, words / total) if total else 0.0


@once_per_article
def counted_words(parsed: ParsedArticle) -> int:
    """How many words an article has, boilerplate left out."""
    return len(parsed.classes) - parsed.classes.tobytes().count(_FURNITURE)


def resemblance(left: ParsedArticle, right: ParsedArticle) -> float:
    """The Jaccard coefficient of the two sets of word 3-shingles; 0 where both are empty."""
    ours, theirs = _shingles(left), _shingles(right)
    together = np.concatenate((ours, theirs))
    together.sort(kind="stable")  # which merges two sorted runs, and takes a third of the time
    shared = int(np.count_nonzero(together[1:] == together[:-1]))
    union = len(together) - shared
    return shared / union if union else 0.0


@once_per_article
def _shingles(parsed: ParsedArticle) -> npt.NDArray[np.uint64]:
    """The different shingles of an article, sorted."""
    return sorted_once(shingle_keys(parsed.tokens.ids, RESEMBLANCE_SHINGLE))

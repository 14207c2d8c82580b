"""Damage that software does to a text on its way: misread characters, lost and added line breaks."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from tracer.align import Passage, PassageKind, once_per_article
from tracer.domain import Span
from tracer.evidence.language import Way, clue_words
from tracer.evidence.ledger import Observation
from tracer.split import ParsedArticle

GLYPHS = {
    "an accent for an apostrophe": Way(re.compile(r"´(?=\w)"), ("´",)),
    "characters read in the wrong encoding": Way(re.compile("â€.?|[ÂÃ][\u0080-\u00bf€™]"), ("â€", "Â", "Ã")),
    "a character that was lost": Way(re.compile("\ufffd"), ("\ufffd",)),
    "a character written as code": Way(
        re.compile(r"&(?:amp|quot|apos|nbsp|lt|gt|[lr][sd]quo|[mn]dash|#\d{2,5});"), ("&",)
    ),
    "a quotation mark turned the wrong way": Way(re.compile(r"“(?<=[\w.,!?]“)(?=\s)|”(?<=\s”)(?=\w)"), ("“", "”")),
}
"""Marks of damage to characters, by what to call them."""
SPLITTER = "a sentence cut after an abbreviation"
JOINED = "two sentences run together"
_JOINED = re.compile(r"[.!?](?<=[a-z]{3}[.!?])[”\"]?(?=[A-Z][a-z]{2})")
_LINE_END = re.compile(r"\.([^\S\n]*\n)")
_LONGEST_ABBREVIATION = 8
_HABIT = 0.25
_DOUBT = 0.7
"""One damaged place is little evidence, many on one side are hardly chance."""

Scars = Mapping[str, Mapping[int, Span]]
"""Kind of scar → index of the word at or before it → its place in the raw text."""


def glyph_scars(left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Iterator[Observation]:
    """The ``glyph_scar`` clue: characters of shared words are damaged on one side and whole on the other.

    No weight where either side shows the same damage in words that the two do not share: that is how the site, or
    whoever collected it, treats every text.
    """
    scars = _glyphs_of(left), _glyphs_of(right)
    if _are_shared(*scars, passages):
        yield from _one_sided("glyph_scar", *scars, _Alignment(left, right, passages))


def splitter_scars(left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Iterator[Observation]:
    """The ``splitter_scar`` clue: shared words show on one side that a program cut or pasted them.

    A paragraph ends in an abbreviation that wants a name ("spokesman Maj."), or two sentences run together without a
    space, while the other side has the same words whole. Same limits as :func:`glyph_scars`.
    """
    scars = _breaks_of(left), _breaks_of(right)
    if _are_shared(*scars, passages):
        yield from _one_sided("splitter_scar", *scars, _Alignment(left, right, passages))


def _are_shared(left: Scars, right: Scars, passages: Sequence[Passage]) -> bool:
    """Whether any scar stands in shared words, without which none tells anything. Costs less than to align them."""
    ours, theirs = ({word for places in scars.values() for word in places} for scars in (left, right))
    exact = [passage for passage in passages if passage.kind is not PassageKind.REWRITTEN]
    return (bool(ours) and not all(ours.isdisjoint(passage.left) for passage in exact)) or (
        bool(theirs) and not all(theirs.isdisjoint(passage.right) for passage in exact)
    )


class _Alignment:
    """Which words of the other side stand at the place of a word; both ways. Linear in the passages."""

    def __init__(self, left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> None:
        self.across: tuple[dict[int, range], dict[int, range]] = ({}, {})
        for passage in passages:
            if passage.kind is not PassageKind.REWRITTEN:
                self._add(passage)
        self.sides = (left, right)

    def is_habit(self, scars: Sequence[Mapping[int, Span]], side: int) -> bool:
        """Whether either side bears such scars in words of its own, not far less often than ``side`` in shared ones."""
        shared = sum(word in self.across[side] for word in scars[side]) / len(self.across[side])
        own = [
            sum(word not in across for word in marks) / max(1, len(parsed.tokens) - len(across))
            for across, marks, parsed in zip(self.across, scars, self.sides, strict=True)
        ]
        return max(own) >= _HABIT * shared

    def _add(self, passage: Passage) -> None:
        start, begin = passage.left.start, passage.right.start
        ends = [(variant.left, variant.right) for variant in passage.variants]
        for ours, theirs in [*ends, (range(passage.left.stop, 0), range(passage.right.stop, 0))]:
            mine, others = range(start, ours.start), range(begin, begin + ours.start - start)
            self.across[0].update(zip(mine, _one_by_one(others), strict=True))
            self.across[1].update(zip(others, _one_by_one(mine), strict=True))
            self.across[0].update(dict.fromkeys(ours, theirs))
            self.across[1].update(dict.fromkeys(theirs, ours))
            start, begin = ours.stop, theirs.stop


def _one_by_one(words: range) -> Iterator[range]:
    return map(range, words, range(words.start + 1, words.stop + 1))


def _one_sided(clue: str, left: Scars, right: Scars, alignment: _Alignment) -> Iterator[Observation]:
    for kind in sorted({*left, *right}):
        scars = (left.get(kind, {}), right.get(kind, {}))
        found = [_private(scars[side], scars[1 - side], alignment.across[side]) for side in (0, 1)]
        places = len(found[1]) - len(found[0])
        side = int(places > 0)
        if not places or alignment.is_habit(scars, side):
            continue
        word, span = found[side][0]
        there = alignment.across[side][word]
        whole = alignment.sides[1 - side].tokens.span(there.start, there.stop)
        shown = " ".join(_around(alignment.sides[side], span).split())
        sentence = f"{kind}, in words that the other side has whole: “{shown}”"
        strength = math.copysign(1.0 - _DOUBT ** abs(places), places)
        yield Observation(clue, strength, sentence, *((whole, span) if side else (span, whole)))


def _private(
    ours: Mapping[int, Span], theirs: Mapping[int, Span], across: Mapping[int, range]
) -> list[tuple[int, Span]]:
    """The scars of one side in shared words whose counterparts bear none of the kind."""
    return [
        (word, span)
        for word, span in sorted(ours.items())
        if word in across and not any(other in theirs for other in across[word])
    ]


def _around(parsed: ParsedArticle, span: Span) -> str:
    """The words about a scar, for the reader."""
    text = parsed.article.text
    return text[max(0, span.start - 12) : span.stop + 12]


@once_per_article
def _glyphs_of(parsed: ParsedArticle) -> Scars:
    text = parsed.article.text
    found = {
        kind: _placed(parsed, [Span(*match.span()) for match in way.pattern.finditer(text)])
        for kind, way in GLYPHS.items()
        if way.may_be(text)
    }
    return {kind: places for kind, places in found.items() if places}


@once_per_article
def _breaks_of(parsed: ParsedArticle) -> Scars:
    text, words = parsed.article.text, clue_words(parsed.split.language).split_after
    cut = []
    for match in _LINE_END.finditer(text) if words else ():
        stop = match.start(1)
        last = text[max(0, stop - _LONGEST_ABBREVIATION) : stop].split()
        if last and last[-1] in words:
            cut.append(Span(stop - len(last[-1]), stop))
    found = {
        SPLITTER: _placed(parsed, cut),
        JOINED: _placed(parsed, [Span(*match.span()) for match in _JOINED.finditer(text)]),
    }
    return {kind: places for kind, places in found.items() if places}


def _placed(parsed: ParsedArticle, spans: Sequence[Span]) -> dict[int, Span]:
    """Each span under the index of the last word that starts at or before it, page furniture left out."""
    if not spans or not len(parsed.tokens):
        return {}
    starts = np.array([span.start for span in spans])
    words = np.maximum(0, np.searchsorted(parsed.tokens.starts, starts, side="right") - 1)
    return {int(word): span for word, span in zip(words, spans, strict=True) if parsed.sentence_of[word] >= 0}

"""The words of an article, each with the class that decides which matching it takes part in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from tracer.domain import Article, Packed, Span
from tracer.split.parsed import SplitText
from tracer.split.splitter import split_article
from tracer.text.tokens import Tokens, tokenise


class WordClass(IntEnum):
    """Whose words they are: the journalist's, a third party's, or nobody's worth matching.

    ``NAME`` marks title-and-name chains and lists of names, which everybody writes alike; ``BOILERPLATE`` page
    furniture and credits.
    """

    NARRATIVE = 0
    QUOTED = 1
    NAME = 2
    BOILERPLATE = 3


@dataclass(frozen=True, slots=True)
class ParsedArticle(Packed):
    """An article with everything that was read out of it, ready for matching.

    ``classes`` (uint8, values of :class:`WordClass`) and ``sentence_of`` (int32, index into ``split.sentences``, -1
    outside any) have one entry per word of ``tokens``.
    """

    split: SplitText
    tokens: Tokens
    classes: npt.NDArray[np.uint8]
    sentence_of: npt.NDArray[np.int32]

    @property
    def article(self) -> Article:
        """The article as handed in."""
        return self.split.article

    @property
    def id(self) -> str:
        """The id of the article."""
        return self.split.article.id

    def words_of(self, sentence: int) -> range:
        """Word indices of a sentence; an empty range for a sentence without words."""
        return self.tokens.within(self.split.sentences[sentence].span)


def parse_article(article: Article, language: str | None = None) -> ParsedArticle:
    """Split an article and class its words. Linear in its length; pure.

    A word inside several stretches takes the class that keeps it furthest from being the journalist's own:
    boilerplate before quoted before name.
    """
    split = split_article(article, language)
    tokens = tokenise(article.text)
    classes = np.full(len(tokens), WordClass.NARRATIVE, dtype=np.uint8)
    marked = [
        *((span, WordClass.NAME) for span in (*split.names, *split.lists)),
        *((quotation.span, WordClass.QUOTED) for quotation in split.quotations),
        *((credit.span, WordClass.BOILERPLATE) for credit in split.credits),
        *((sentence.span, WordClass.BOILERPLATE) for sentence in split.sentences if sentence.boilerplate),
    ]
    for (first, last), (_, word_class) in zip(_words_within(tokens, [span for span, _ in marked]), marked, strict=True):
        classes[first:last] = word_class
    sentence_of = np.full(len(tokens), -1, dtype=np.int32)
    in_sentences = _words_within(tokens, [sentence.span for sentence in split.sentences])
    for index, (first, last) in enumerate(in_sentences):
        sentence_of[first:last] = index
    return ParsedArticle(split, tokens, classes, sentence_of)


def _words_within(tokens: Tokens, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """For each span its first word and the one behind its last, like ``tokens.within``: one search for all."""
    # Keys of the array's own type: others would have all of it converted.
    ends = np.array([end for span in spans for end in (span.start, span.stop)], dtype=tokens.starts.dtype)
    found = tokens.starts.searchsorted(ends).tolist()
    return list(zip(found[::2], found[1::2], strict=True))

"""The words of an article, each with the class that decides which matching it takes part in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from tracer.domain import Article, Packed, Span
from tracer.split.parsed import SplitText
from tracer.split.splitter import split_article
from tracer.text import Tokens, background, tokenise_all


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
    outside any) have one entry per word of ``tokens``. So has ``surprisal`` (float64, nats, at least 0): how little
    each word is to be expected after the two before it, −ln P under the background model of the language; where there
    is no such model it is empty.
    """

    split: SplitText
    tokens: Tokens
    classes: npt.NDArray[np.uint8]
    sentence_of: npt.NDArray[np.int32]
    surprisal: npt.NDArray[np.float64]

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

    ``language`` is as in :func:`~tracer.split.split_article`. A word inside several stretches takes the class that
    keeps it furthest from being the journalist's own: boilerplate before quoted before name.
    """
    return parse_articles([article], language)[0]


def parse_articles(articles: Iterable[Article], language: str | None = None) -> list[ParsedArticle]:
    """As :func:`parse_article`, of many: in their order, each the same as alone, but sooner."""
    splits = [split_article(article, language) for article in articles]
    tokens = tokenise_all([split.article.text for split in splits])
    surprisals = _surprisals([split.language for split in splits], tokens)
    return [
        ParsedArticle(split, words, *_classed(split, words), surprisal)
        for split, words, surprisal in zip(splits, tokens, surprisals, strict=True)
    ]


def as_written(parsed: ParsedArticle) -> ParsedArticle:
    """The article with its words classed by its own text alone, whatever other articles say of them."""
    return replace(parsed, classes=_classed(parsed.split, parsed.tokens)[0])


def _surprisals(languages: Sequence[str], tokens: Sequence[Tokens]) -> list[npt.NDArray[np.float64]]:
    """The surprisal of each word of each text: one pass over the texts of a language."""
    found = [np.empty(0, dtype=np.float64)] * len(tokens)
    for language in sorted(set(languages)):
        model = background(language)
        places = [place for place, code in enumerate(languages) if code == language]
        if model is None:
            continue
        ids = [tokens[place].ids for place in places]
        ends = np.cumsum([0, *map(len, ids)])
        values = -model.log_probabilities(np.concatenate(ids), ends)
        for place, start, stop in zip(places, ends[:-1].tolist(), ends[1:].tolist(), strict=True):
            found[place] = values[start:stop]
    return found


def _classed(split: SplitText, tokens: Tokens) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32]]:
    """The class of each word, and the sentence it stands in."""
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
    return classes, sentence_of


def _words_within(tokens: Tokens, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """For each span its first word and the one behind its last, like ``tokens.within``: one search for all."""
    # Keys of the array's own type: others would have all of it converted.
    ends = np.array([end for span in spans for end in (span.start, span.stop)], dtype=tokens.starts.dtype)
    found = tokens.starts.searchsorted(ends).tolist()
    return list(zip(found[::2], found[1::2], strict=True))

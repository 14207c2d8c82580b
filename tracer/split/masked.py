"""The words of an article, each with the class that decides which matching it takes part in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import chain, pairwise
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from tracer.domain import Article, Span
from tracer.split.parsed import SplitText
from tracer.split.splitter import split_articles
from tracer.text import Layout, Tokens, background, packed_arrays, tokenise_all, unpacked_arrays

_Value = TypeVar("_Value", np.uint8, np.int32)


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
class ParsedArticle:
    """An article with everything that was read out of it, ready for matching.

    ``classes`` (uint8, values of :class:`WordClass`) and ``sentence_of`` (int32, index into ``split.sentences``, -1
    outside any) have one entry per word of ``tokens``. So has ``surprisal`` (float64, nats, at least 0): how little
    each word is to be expected after the two before it, −ln P under the background model of the language; and
    ``model_places`` (int32): where it stands in that model, 0 for a word that is not in it (``Background.places``).
    Where there is no such model both are empty.
    """

    split: SplitText
    tokens: Tokens
    classes: npt.NDArray[np.uint8]
    sentence_of: npt.NDArray[np.int32]
    surprisal: npt.NDArray[np.float64]
    model_places: npt.NDArray[np.int32]

    def __reduce__(self) -> tuple[Any, ...]:
        """The arrays as one string of bytes."""
        words = self.tokens
        by_word = words.starts, words.stops, self.sentence_of, self.model_places, self.classes
        arrays = packed_arrays(words.ids, self.surprisal, *by_word)
        return _unpacked, (self.split, words.joined, *arrays)

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

    def sentences_at(self, place: range) -> list[int]:
        """The sentence of each word of a place, as in ``sentence_of``."""
        found: list[int] = self.sentence_of[place.start : place.stop].tolist()
        return found


def _unpacked(split: SplitText, joined: str, layout: Layout, packed: bytes) -> ParsedArticle:
    """The article again."""
    ids, surprisal, starts, stops, sentence_of, model_places, classes = unpacked_arrays(layout, packed)
    return ParsedArticle(split, Tokens(joined, starts, stops, ids), classes, sentence_of, surprisal, model_places)


def parse_article(article: Article, language: str | None = None) -> ParsedArticle:
    """Split an article and class its words. Linear in its length; pure.

    ``language`` is as in :func:`~tracer.split.split_article`. A word inside several stretches takes the class that
    keeps it furthest from being the journalist's own: boilerplate before quoted before name.
    """
    return parse_articles([article], language)[0]


def parse_articles(articles: Iterable[Article], language: str | None = None) -> list[ParsedArticle]:
    """As :func:`parse_article`, of many: in their order, each the same as alone, but sooner."""
    splits = split_articles(list(articles), language)
    tokens = tokenise_all([split.article.text for split in splits])
    words = _Words(splits, tokens)
    surprisals, model_places = _expected([split.language for split in splits], tokens)
    return list(map(ParsedArticle, splits, tokens, _classes(words), _sentence_of(words), surprisals, model_places))


def as_written(parsed: ParsedArticle) -> ParsedArticle:
    """The article with its words classed by its own text alone, whatever other articles say of them."""
    return replace(parsed, classes=_classes(_Words([parsed.split], [parsed.tokens]))[0])


def _expected(
    languages: Sequence[str], tokens: Sequence[Tokens]
) -> tuple[list[npt.NDArray[np.float64]], list[npt.NDArray[np.int32]]]:
    """The surprisal of each word of each text, and its place in the model: one pass over the texts of a language."""
    surprisals = [np.empty(0, dtype=np.float64)] * len(tokens)
    model_places = [np.empty(0, dtype=np.int32)] * len(tokens)
    for language in sorted(set(languages)):
        model = background(language)
        texts = [text for text, code in enumerate(languages) if code == language]
        if model is None:
            continue
        ids = [tokens[text].ids for text in texts]
        ends = np.cumsum([0, *map(len, ids)])
        joined = np.concatenate(ids)
        places = model.places(joined)
        values = -model.log_probabilities(joined, ends, places)
        for text, start, stop in zip(texts, ends[:-1].tolist(), ends[1:].tolist(), strict=True):
            surprisals[text], model_places[text] = values[start:stop], places[start:stop]
    return surprisals, model_places


class _Words:
    """The words of many texts, counted through all of them."""

    def __init__(self, splits: Sequence[SplitText], tokens: Sequence[Tokens]) -> None:
        self.splits = splits
        self.ends = np.cumsum([0, *map(len, tokens)]).tolist()
        self._begun = np.cumsum([0, *(len(split.article.text) + 1 for split in splits)])[:-1]
        self._starts = np.concatenate([np.empty(0, dtype=np.int64), *(words.starts for words in tokens)])
        self._starts += self._begun.repeat([len(words) for words in tokens])

    def edges(self, spans: Sequence[Sequence[Span]]) -> npt.NDArray[np.intp]:
        """For each span of each text its first word and the one behind its last: one search for all."""
        places = np.array([place for one in spans for span in one for place in (span.start, span.stop)], dtype=np.int64)
        places += self._begun.repeat([2 * len(one) for one in spans])
        found: npt.NDArray[np.intp] = self._starts.searchsorted(places)
        return found

    def by_text(self, values: npt.NDArray[_Value]) -> list[npt.NDArray[_Value]]:
        """One value a word, divided by the texts."""
        return [values[start:stop] for start, stop in pairwise(self.ends)]


def _classes(words: _Words) -> list[npt.NDArray[np.uint8]]:
    """The class of each word of each text."""
    classes = np.full(words.ends[-1], WordClass.NARRATIVE, dtype=np.uint8)
    marked = list(map(_marked, words.splits))
    edges = words.edges([[span for span, _ in spans] for spans in marked]).tolist()
    for first, last, (_, word_class) in zip(edges[::2], edges[1::2], chain.from_iterable(marked), strict=True):
        classes[first:last] = word_class
    return words.by_text(classes)


def _marked(split: SplitText) -> list[tuple[Span, WordClass]]:
    """What is not the journalist's own; a later stretch goes before an earlier one."""
    return [
        *((span, WordClass.NAME) for span in (*split.names, *split.lists)),
        *((quotation.span, WordClass.QUOTED) for quotation in split.quotations),
        *((credit.span, WordClass.BOILERPLATE) for credit in split.credits),
        *((sentence.span, WordClass.BOILERPLATE) for sentence in split.sentences if sentence.boilerplate),
    ]


def _sentence_of(words: _Words) -> list[npt.NDArray[np.int32]]:
    """The sentence that each word of each text stands in."""
    edges = words.edges([[sentence.span for sentence in split.sentences] for split in words.splits])
    # Words before each sentence, words in it, and at last those behind all.
    counts = np.diff(edges, prepend=0, append=words.ends[-1])
    numbers = np.full(len(counts), -1, dtype=np.int32)
    numbers[1::2] = [number for split in words.splits for number in range(len(split.sentences))]
    return words.by_text(numbers.repeat(counts))

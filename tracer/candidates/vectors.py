"""TF-IDF rows of the journalist's own words, and how close two of them lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.split import ParsedArticle, WordClass
from tracer.text import background, is_new

TfidfRow = tuple[npt.NDArray[np.uint64], npt.NDArray[np.float64]]
"""Word ids (sorted, each once) and their weights; the weights have length 1, or there are none."""
_NO_WORDS: TfidfRow = np.empty(0, np.uint64), np.empty(0, np.float64)


@dataclass(frozen=True, slots=True)
class WordDocuments:
    """In how many of ``articles`` articles words stand: ``words`` (uint64, sorted) and ``counts`` (int64)."""

    articles: int
    words: npt.NDArray[np.uint64]
    counts: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rarities:
    """How rare words are, by language.

    Where the language has a background model its counts decide, so that a row depends on its article alone. For other
    languages the document frequencies of the corpus do, as ``counted`` gives them.
    """

    counted: Mapping[str, WordDocuments]

    @classmethod
    def of(cls, parsed: Iterable[ParsedArticle]) -> Rarities:
        """Counted over ``parsed``; English and other languages with a model are passed over."""
        return cls.merged(counted_words(parsed))

    @classmethod
    def merged(cls, parts: Iterable[tuple[str, WordDocuments]]) -> Rarities:
        """From the counts of parts of a corpus, in any order."""
        by_language: dict[str, list[WordDocuments]] = {}
        for language, part in parts:
            by_language.setdefault(language, []).append(part)
        return cls({language: _added_up(found) for language, found in sorted(by_language.items())})

    def of_words(self, language: str, words: npt.NDArray[np.uint64]) -> npt.NDArray[np.float64]:
        """Smoothed inverse document frequency ``ln((1 + N) / (1 + df)) + 1`` of each word, at least 1."""
        model = background(language)
        if model is not None:
            return model.rarity(words)
        known = self.counted.get(language)
        if known is None or not len(known.words):
            return np.ones(len(words))
        places = np.minimum(np.searchsorted(known.words, words), len(known.words) - 1)
        counts = np.where(known.words[places] == words, known.counts[places], 0)
        rarity: npt.NDArray[np.float64] = np.log((1.0 + known.articles) / (1.0 + counts)) + 1.0
        return rarity


def counted_words(parsed: Iterable[ParsedArticle]) -> list[tuple[str, WordDocuments]]:
    """Per language without a model, in how many of ``parsed`` each word of the journalists' own stands."""
    by_language: dict[str, list[npt.NDArray[np.uint64]]] = {}
    for entry in parsed:
        if background(entry.split.language) is None:
            by_language.setdefault(entry.split.language, []).append(np.unique(_own_words(entry)))
    made = []
    for language, found in sorted(by_language.items()):
        words, counts = np.unique(np.concatenate(found), return_counts=True)
        made.append((language, WordDocuments(len(found), words, counts.astype(np.int64))))
    return made


def _added_up(parts: list[WordDocuments]) -> WordDocuments:
    words, inverse = np.unique(np.concatenate([part.words for part in parts]), return_inverse=True)
    counts = np.zeros(len(words), dtype=np.int64)
    np.add.at(counts, inverse, np.concatenate([part.counts for part in parts]))
    return WordDocuments(sum(part.articles for part in parts), words, counts)


def tfidf_row(parsed: ParsedArticle, rarities: Rarities) -> TfidfRow:
    """The words of an article outside quotation marks and boilerplate, weighted and scaled to length 1.

    Term frequencies are sublinear, 1 + ln tf; inverse document frequencies are those of ``rarities``.
    """
    return tfidf_rows([parsed], rarities)[0]


def tfidf_rows(parsed: Sequence[ParsedArticle], rarities: Rarities) -> list[TfidfRow]:
    """As :func:`tfidf_row`, of many: in their order, with one look-up of the words of a language."""
    rows = [_NO_WORDS] * len(parsed)
    for language in sorted({entry.split.language for entry in parsed}):
        places = [place for place, entry in enumerate(parsed) if entry.split.language == language]
        counted = [_counted(_own_words(parsed[place])) for place in places]
        words, counts = (np.concatenate(column) for column in zip(*counted, strict=True))
        weights = (1.0 + np.log(counts)) * rarities.of_words(language, words)
        stop = 0
        for place, (own, _) in zip(places, counted, strict=True):
            start, stop = stop, stop + len(own)
            rows[place] = own, _scaled(weights[start:stop])
    return rows


def _counted(ids: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """The different ``ids``, sorted, and how often each occurs."""
    running = np.sort(ids)
    first = np.append(is_new(running).nonzero()[0], len(running))
    return running[first[:-1]], first[1:] - first[:-1]


def weighed_anew(row: TfidfRow, language: str, rarities: Rarities) -> TfidfRow:
    """A row that was made where nothing was known of the corpus, weighted by ``rarities``."""
    words, weights = row
    return words, _scaled(weights * rarities.of_words(language, words))


def _scaled(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    scaled: npt.NDArray[np.float64] = weights / (np.sqrt(np.dot(weights, weights)) or 1.0)
    return scaled


def cosine(left: TfidfRow, right: TfidfRow) -> float:
    """Cosine of two rows in [0, 1], rounded to 1e-9 so that the order of adding up cannot show; 0 without words."""
    if not len(right[0]):
        return 0.0
    places = np.minimum(right[0].searchsorted(left[0]), len(right[0]) - 1)
    shared = (right[0][places] == left[0]).nonzero()[0]
    return round(min(1.0, max(0.0, float(np.dot(left[1][shared], right[1][places[shared]])))), 9)


_IS_OWN = np.zeros(len(WordClass), dtype=np.bool_)
_IS_OWN[[WordClass.NARRATIVE, WordClass.NAME]] = True


def _own_words(parsed: ParsedArticle) -> npt.NDArray[np.uint64]:
    ids: npt.NDArray[np.uint64] = parsed.tokens.ids[_IS_OWN[parsed.classes]]
    return ids

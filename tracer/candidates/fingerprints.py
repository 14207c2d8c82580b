"""What an article contributes to the search for pairs that share words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from tracer.domain import Article, Packed
from tracer.split import ParsedArticle, WordClass, detect_language
from tracer.text import WordRuns, background, is_new, shingle_hashes, sorted_once, word_runs

SHINGLE_WORDS = 6
"""Length of the shingles that the join looks for; six words outside quotation marks are seldom shared by chance."""
RARE_WORDS = 12
"""How many of its rarest words an article brings to the search for rewritten neighbours."""
_TOGETHER = 48
"""So many articles are worked on together: their arrays stay in the cache, and the next ones take over their memory."""


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What the search knows of one article, before it is split.

    ``hashes`` (uint64, sorted, each once) are its rare shingles, whoever's words they are; ``words`` (uint64, sorted,
    each once, at most ``RARE_WORDS``) the ids of its rarest words.
    """

    hashes: npt.NDArray[np.uint64]
    words: npt.NDArray[np.uint64]


def fingerprint_articles(
    articles: Sequence[Article], least_surprisal: float, language: str | None = None
) -> list[Fingerprints]:
    """The fingerprints of ``articles``, in their order; each depends on its article alone.

    A shingle is commonplace, and left out, when its surprisal under the background model of the article's language,
    −Σ ln P(word | two words before), is below ``least_surprisal`` nats; without a model none is. ``language`` is as in
    :func:`tracer.split.parse_article`. Linear, array arithmetic over many articles together: about .25 ms per 1,000
    words.
    """
    return [
        made
        for start in range(0, len(articles), _TOGETHER)
        for made in _fingerprints(articles[start : start + _TOGETHER], least_surprisal, language)
    ]


def _fingerprints(articles: Sequence[Article], least_surprisal: float, language: str | None) -> list[Fingerprints]:
    runs = word_runs([article.text for article in articles])
    languages = [detect_language(article.text, language or article.language) for article in articles]
    prints: list[Fingerprints | None] = [None] * len(articles)
    for code in sorted(set(languages)):
        texts = [text for text, found in enumerate(languages) if found == code]
        of_language = runs.subset(texts)
        shingles = _rare_hashes(of_language, code, least_surprisal)
        words = _rarest_words(of_language, code)
        for text, *made in zip(texts, shingles, words, strict=True):
            prints[text] = Fingerprints(*made)
    return [made for made in prints if made is not None]


def _rare_hashes(runs: WordRuns, language: str, least_surprisal: float) -> list[npt.NDArray[np.uint64]]:
    """The rare shingles of each text."""
    model, ids = background(language), runs.vocabulary.ids(runs.numbers)
    places = runs.vocabulary.known(runs.numbers, language, model.places) if model else None
    rare = np.flatnonzero(shingle_surprisal(ids, language, runs.offsets, places) >= least_surprisal)
    hashes = shingle_hashes(ids, SHINGLE_WORDS)[rare]
    return [sorted_once(hashes[own]) for own in _of_texts(rare, runs.offsets)]


def _of_texts(places: npt.NDArray[np.int64], offsets: npt.NDArray[np.int64]) -> list[slice]:
    """For each text, which of the ``places`` (sorted) are of shingles of its own; ``offsets`` as in ``WordRuns``.

    Shingles that begin in the last words of a text reach over its end, and are nobody's.
    """
    lasts = np.maximum(offsets[:-1], offsets[1:] - SHINGLE_WORDS + 1)
    return list(map(slice, places.searchsorted(offsets[:-1]).tolist(), places.searchsorted(lasts).tolist()))


def _rarest_words(runs: WordRuns, language: str) -> list[npt.NDArray[np.uint64]]:
    """The ids of the rarest words of each text, sorted; of words as rare as each other those with the smallest ids."""
    model, ids = background(language), runs.vocabulary.ids(runs.numbers)
    if model is None:
        return [sorted_once(ids[start:stop])[:RARE_WORDS] for start, stop in pairwise(runs.offsets.tolist())]
    places = runs.vocabulary.known(runs.numbers, language, model.places)
    strange = np.flatnonzero(places == 0)
    strangers, edges = ids[strange], strange.searchsorted(runs.offsets).tolist()
    rarest = []
    for (start, stop), (first, last) in zip(pairwise(runs.offsets.tolist()), pairwise(edges), strict=True):
        found = sorted_once(strangers[first:last])[:RARE_WORDS]
        if len(found) < RARE_WORDS:  # a word that the model does not know is rarer than any that it knows
            rest = model.rarest(places[start:stop], RARE_WORDS - len(found))
            found = np.sort(np.concatenate((found, rest)))
        rarest.append(found)
    return rarest


@dataclass(frozen=True, slots=True)
class RareShingles(Packed):
    """The rare shingles of a split article: ``hashes`` (uint64, sorted, each once), and whether each is ``quoted``.

    A shingle is quoted when all its words are third-party words; mixed ones count as not quoted.
    """

    hashes: npt.NDArray[np.uint64]
    quoted: npt.NDArray[np.bool_]


def rare_shingles(parsed: ParsedArticle, least_surprisal: float) -> RareShingles:
    """The shingles of ``parsed`` that are neither commonplace nor boilerplate.

    As in :func:`fingerprint_articles`, but boilerplate and pure title-and-name chains are left out. Linear.
    """
    return _rare_shingles([parsed], least_surprisal)[0]


def rare_shingles_of(parsed: Sequence[ParsedArticle], least_surprisal: float) -> list[RareShingles]:
    """As :func:`rare_shingles`, of many: in their order, each the same as alone, but sooner."""
    return [
        made
        for start in range(0, len(parsed), _TOGETHER)
        for made in _rare_shingles(parsed[start : start + _TOGETHER], least_surprisal)
    ]


def _rare_shingles(parsed: Sequence[ParsedArticle], least_surprisal: float) -> list[RareShingles]:
    held = _held(np.concatenate([entry.classes for entry in parsed]))
    usable = _usable(held)
    usable &= _added_up(np.concatenate(list(map(_surprisal, parsed)))) >= least_surprisal
    places = usable.nonzero()[0]
    hashes = shingle_hashes(np.concatenate([entry.tokens.ids for entry in parsed]), SHINGLE_WORDS)[places]
    quoted = held[places] == _ALL_QUOTED
    begins = np.cumsum([0, *(len(entry.tokens) for entry in parsed)])
    made = []
    for own in _of_texts(places, begins):
        once, first = _first_places(hashes[own])
        made.append(RareShingles(once, quoted[own][first]))
    return made


def _surprisal(parsed: ParsedArticle) -> npt.NDArray[np.float64]:
    """That of each word; without a model of its language every word is as rare as can be."""
    return parsed.surprisal if len(parsed.surprisal) else np.full(len(parsed.tokens), np.inf)


def usable_shingles(classes: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """For each shingle of an article, by the classes of its words, whether it may tell of a source.

    Not so where a word is boilerplate, and where all of them are titles and names.
    """
    return _usable(_held(classes))


# How many words of each class a shingle has, in one number: three bits for the words of a class, none for the
# journalist's own.
_ONE_WORD = np.zeros(len(WordClass), dtype=np.uint16)
_ONE_WORD[[WordClass.QUOTED, WordClass.NAME, WordClass.BOILERPLATE]] = 1, 1 << 3, 1 << 6
_ALL_QUOTED, _ALL_NAMES = (_ONE_WORD[word_class] * SHINGLE_WORDS for word_class in (WordClass.QUOTED, WordClass.NAME))
_SOME_BOILERPLATE = _ONE_WORD[WordClass.BOILERPLATE]


def _held(classes: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint16]:
    return _added_up(_ONE_WORD[classes])


def _usable(held: npt.NDArray[np.uint16]) -> npt.NDArray[np.bool_]:
    usable: npt.NDArray[np.bool_] = (held < _SOME_BOILERPLATE) & (held != _ALL_NAMES)
    return usable


def _first_places(hashes: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.intp]]:
    """The different ``hashes``, sorted, and where each occurs first: as ``numpy.unique``, in half the time."""
    order = hashes.argsort()
    ordered = hashes[order]
    start = is_new(ordered).nonzero()[0]
    if len(start) == len(ordered):
        return ordered, order
    return ordered[start], np.minimum.reduceat(order, start)


def shingle_surprisal(
    ids: npt.NDArray[np.uint64],
    language: str,
    offsets: npt.NDArray[np.int64] | None = None,
    places: npt.NDArray[np.int32] | None = None,
) -> npt.NDArray[np.float64]:
    """Surprisal in nats of each run of ``SHINGLE_WORDS`` words; infinite where the language has no model.

    ``offsets`` and ``places`` are as in :meth:`tracer.text.Background.log_probabilities`; runs that reach over the end
    of a text mean nothing. Each value depends on its run and the two words before it alone.
    """
    model = background(language)
    count = max(0, len(ids) - SHINGLE_WORDS + 1)
    if model is None or not count:
        return np.full(count, np.inf)
    return _added_up(-model.log_probabilities(ids, offsets, places))


_Number = TypeVar("_Number", np.float64, np.uint16)


def _added_up(values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """The sum over each shingle, from the value of each word."""
    count = max(0, len(values) - SHINGLE_WORDS + 1)
    total: npt.NDArray[_Number] = values[:count].copy()
    for place in range(1, SHINGLE_WORDS):
        total += values[place : place + count]
    return total

"""The introduction clue: who is introduced, and who stands bare?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tracer.align import Passage, PassageKind, once_per_article
from tracer.evidence.language import clue_words
from tracer.evidence.ledger import Observation
from tracer.split import ParsedArticle
from tracer.text import background, word_id

_SHORTEST_SURNAME = 4
_KNOWN_TO_ALL = 1_000
"""A surname this frequent in the background model needs no introduction, or is an ordinary word as well."""
_TOO_COMMON_FOR_A_NAME = 10_000
_POSSESSIVES = ("", "'", "'s", "''s")
"""All that :func:`_without_possessive` takes away."""
_GAPS = frozenset({" ", "\u00a0", ". "})


@dataclass(frozen=True, slots=True)
class Naming:
    """How an article names persons: ``full`` gives each surname's first place behind another name or a title.

    ``surnames`` are those of the title-and-name chains that the splitter found; both in comparable words, without a
    possessive. Places are word indices.
    """

    full: Mapping[str, int]
    surnames: frozenset[str]


def introductions(left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Iterator[Observation]:
    """The ``introduction`` clue: one side introduces a person whose bare surname the other takes for granted.

    A person counts when the surname stands bare ("Brandeth", "Mr Brandeth") in a shared sentence on a side that gives
    no other name or title before it anywhere, while the other side has given one by the end of that sentence. The
    introducing side looks upstream: a cut or a patchwork lost the introduction. Surnames that everybody knows, by the
    background model, do not count. Each surname counts once. Linear in the articles.
    """
    our, their = naming(left), naming(right)
    surnames = {name for name in our.surnames | their.surnames if _needs_introduction(name, left.split.language)}
    to_right = {name: place for name, place in our.full.items() if name in surnames and name not in their.full}
    to_left = {name: place for name, place in their.full.items() if name in surnames and name not in our.full}
    for passage in passages if to_right or to_left else ():
        if passage.kind is not PassageKind.REWRITTEN:
            ours, theirs = _sentences_around(left, passage.left), _sentences_around(right, passage.right)
            yield from _introduced(left, to_right, ours, right, theirs, 1.0)
            yield from _introduced(right, to_left, theirs, left, ours, -1.0)


def _sentences_around(parsed: ParsedArticle, place: range) -> range:
    """The words of a place and of the sentences in which it begins and ends."""
    first, last = (int(parsed.sentence_of[word]) for word in (place.start, place.stop - 1))
    start = parsed.words_of(first).start if first >= 0 else place.start
    return range(start, parsed.words_of(last).stop if last >= 0 else place.stop)


def _introduced(
    other: ParsedArticle, full: dict[str, int], there: range, bare: ParsedArticle, here: range, sign: float
) -> Iterator[Observation]:
    """Surnames that stand bare ``here`` and were introduced by the end of ``there``; each is struck off ``full``."""
    for word in here if full else ():
        name = _without_possessive(bare.tokens.words[word])
        if full.get(name, there.stop) < there.stop and _is_capital(bare, word):
            place = full.pop(name)
            spans = other.tokens.span(place - 1, place + 1), bare.tokens.span(word, word + 1)
            shown = [
                " ".join(span.of(side.article.text).split()) for span, side in zip(spans, (other, bare), strict=True)
            ]
            sentence = f"“{shown[0]}” is introduced on one side, “{shown[1]}” stands bare on the other"
            yield Observation("introduction", sign, sentence, *(spans if sign > 0 else spans[::-1]))


@once_per_article
def naming(parsed: ParsedArticle) -> Naming:
    """Whom an article names, and where it does so in full. Linear."""
    tokens = parsed.tokens
    chains = (tokens.within(chain) for chain in parsed.split.names)
    surnames = frozenset(_without_possessive(tokens.words[chain[-1]]) for chain in chains if chain)
    full: dict[str, int] = {}
    forms = {name + ending for name in surnames for ending in _POSSESSIVES}
    for word in [word for word, form in enumerate(tokens.words) if form in forms and word]:
        name = _without_possessive(tokens.words[word])
        if name in surnames and name not in full and _is_capital(parsed, word) and _has_name_before(parsed, word):
            full[name] = word
    return Naming(full, surnames)


def _has_name_before(parsed: ParsedArticle, word: int) -> bool:
    """Whether a capitalised word that may be a name or title, other than a mere honorific, stands right before."""
    tokens, before = parsed.tokens, parsed.tokens.words[word - 1]
    gap = parsed.article.text[int(tokens.stops[word - 1]) : int(tokens.starts[word])]
    return (
        gap in _GAPS
        and parsed.sentence_of[word - 1] == parsed.sentence_of[word]
        and _is_capital(parsed, word - 1)
        and before not in clue_words(parsed.split.language).honorifics
        and not before.endswith("'s")
        and _frequency(parsed.split.language, before) < _TOO_COMMON_FOR_A_NAME
    )


def _is_capital(parsed: ParsedArticle, word: int) -> bool:
    return parsed.article.text[int(parsed.tokens.starts[word])].isupper()


def _without_possessive(word: str) -> str:
    return word.removesuffix("'s").removesuffix("'")


def _needs_introduction(surname: str, language: str) -> bool:
    return len(surname) >= _SHORTEST_SURNAME and _frequency(language, surname) < _KNOWN_TO_ALL


@lru_cache(maxsize=1 << 14)
def _frequency(language: str, word: str) -> float:
    """Occurrences in the background model; 0 where a language has none."""
    model = background(language)
    return float(model.count(np.array([word_id(word)], dtype=np.uint64))[0]) if model else 0.0

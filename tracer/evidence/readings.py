"""Variant places, and the scars and slips found in them.

Lachmann's common-error reasoning, applied to news: an error that only one of two texts has came into that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from tracer.align import Passage, Variant, once_per_article
from tracer.domain import Span
from tracer.evidence.ledger import Observation
from tracer.split import ParsedArticle
from tracer.text import background, ids_of, word_id

_FREQUENT = 300
_SLIP = 500
_SHORTEST_TYPO = 5
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = frozenset("aeiouy")
_SILENT_H = ("hour", "honest", "honor", "honour", "heir")
_CONSONANT_SOUND = re.compile(r"uni(?!n|m|d)|us[aeiu]|ut[io]|ub[i]|eu|ewe|one(?!rous|id)|once|ura[nl]|ureth")
_LONGEST_SPELT = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """One side of a variant place: the article and the half-open word range of its reading (may be empty)."""

    article: ParsedArticle
    place: range

    @property
    def words(self) -> tuple[str, ...]:
        """The comparable words of the reading."""
        return self.article.tokens.words[self.place.start : self.place.stop]

    @property
    def span(self) -> Span:
        """The raw stretch of the reading; an empty span where this side has nothing."""
        return self.article.tokens.span(self.place.start, self.place.stop)

    @property
    def shown(self) -> str:
        """The reading as written, for a sentence to the reader."""
        return self.span.of(self.article.article.text) or "nothing"


def variant_readings(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]
) -> Iterator[tuple[Reading, Reading]]:
    """The two readings at every variant place outside quotation marks, in reading order of the left article."""
    for passage in passages:
        if not passage.quoted:
            for variant in passage.variants:
                yield _readings(left, right, variant)


def _readings(left: ParsedArticle, right: ParsedArticle, variant: Variant) -> tuple[Reading, Reading]:
    return Reading(left, variant.left), Reading(right, variant.right)


def article_scars(left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Iterator[Observation]:
    """The ``article_scar`` clue: ``an`` before a consonant sound, or ``a`` before a vowel sound, by a changed word.

    The side without the scar is upstream: whoever swapped the noun forgot its article. English only.
    """
    if left.split.language != "en" or right.split.language != "en":
        return
    for ours, theirs in variant_readings(left, right, passages):
        scar = _is_scarred(theirs) - _is_scarred(ours)
        if scar:
            bad, good = (theirs, ours) if scar > 0 else (ours, theirs)
            sentence = f"“{_with_neighbours(bad)}” can only come from “{_with_neighbours(good)}”"
            yield Observation("article_scar", float(scar), sentence, ours.span, theirs.span)


def _is_scarred(reading: Reading) -> bool:
    """Whether an article in a reading, or right before it, does not suit the word behind it."""
    words = reading.article.tokens.words
    if not reading.place:
        return False
    behind = range(max(1, reading.place.start), min(len(words), reading.place.stop + 1))
    return any(
        words[index - 1] in {"a", "an"}
        and (words[index - 1] == "an") != _has_vowel_sound(words[index], is_spelt=_is_spelt(reading, index))
        for index in behind
    )


def _is_spelt(reading: Reading, index: int) -> bool:
    """Whether a word stands in capitals only, two to four of them, so that it may be read letter by letter."""
    raw = reading.article.tokens.span(index, index + 1).of(reading.article.article.text).replace(".", "")
    return raw.isupper() and 1 < len(raw) <= _LONGEST_SPELT


def _has_vowel_sound(word: str, *, is_spelt: bool) -> bool:
    """Whether a word begins with a vowel sound; ``is_spelt``: it is read letter by letter ("FBI")."""
    if word[0].isdigit():
        return word[0] == "8" or word in {"11", "18"}
    if is_spelt or len(word) == 1:
        return word[0] in "aefhilmnorsx"
    if word.startswith(_SILENT_H):
        return True
    return word[0] in "aeiou" and _CONSONANT_SOUND.match(word) is None


def _with_neighbours(reading: Reading) -> str:
    tokens = reading.article.tokens
    has_article = reading.words[-1:] in {("a",), ("an",)}
    start, stop = max(0, reading.place.start - 1), min(len(tokens), reading.place.stop + has_article)
    return tokens.span(reading.place.start if has_article else start, stop).of(reading.article.article.text)


def private_typos(left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Iterator[Observation]:
    """The ``private_typo`` clue: one side misspells a word that the other has right; the misspelling came later.

    A misspelling is a lower-case word of at least five letters, one edit (a letter lost, added, changed, or two
    swapped; Damerau 1964) from the other side's word, which is a frequent one and at least ``_SLIP`` times as frequent.
    """
    for ours, theirs in variant_readings(left, right, passages):
        if slip := slip_between(ours, theirs):
            wrong, right_word = (theirs, ours) if slip > 0 else (ours, theirs)
            sentence = f"“{wrong.shown}” is a slip for “{right_word.shown}”"
            yield Observation("private_typo", float(slip), sentence, ours.span, theirs.span)


def slip_between(ours: Reading, theirs: Reading) -> int:
    """1 when the right reading is a slip for the left one, −1 the other way round, else 0."""
    if len(ours.place) != 1 or len(theirs.place) != 1:
        return 0
    return _is_slip_for(theirs, ours.words[0]) - _is_slip_for(ours, theirs.words[0])


def _is_slip_for(reading: Reading, meant: str) -> bool:
    """Whether a reading of one word misspells a given word."""
    (word,) = reading.words
    model = background(reading.article.split.language)
    if model is None or min(len(word), len(meant)) < _SHORTEST_TYPO or word[0] != meant[0]:
        return False
    if (
        not (word.isalpha() and reading.shown.islower())
        or OSA.distance(word, meant) != 1
        or _is_inflection(word, meant)
    ):
        return False
    seen, usual = model.count(np.array([word_id(word), word_id(meant)], dtype=np.uint64))
    return bool(usual >= _FREQUENT and seen * _SLIP <= usual)


def shared_typos(left: ParsedArticle, right: ParsedArticle, own: Sequence[Passage]) -> Iterator[Observation]:
    """The ``shared_typo`` clue for kinship: both carry the same misspelling among words of their ``own``."""
    unknown = _unknown_words(left)
    for passage in own:
        first, stop = unknown.searchsorted((passage.left.start, passage.left.stop)).tolist()
        if first == stop:
            continue
        theirs = right.tokens.ids[passage.right.start : passage.right.stop].tolist()
        carried, whole = set(theirs), Reading(left, passage.left)
        for index in unknown[first:stop].tolist():
            word = int(left.tokens.ids[index])
            if word in carried and (meant := intended_word(whole, index - passage.left.start)):
                place = Reading(left, range(index, index + 1))
                other = passage.right[theirs.index(word)]
                spot = right.tokens.span(other, other + 1)
                yield Observation("shared_typo", 1.0, f"both write “{place.shown}” for “{meant}”", place.span, spot)


@once_per_article
def _unknown_words(parsed: ParsedArticle) -> npt.NDArray[np.intp]:
    """The places of the words that the background model does not know, sorted; none where there is no model."""
    return np.flatnonzero(parsed.model_places == 0)


def intended_word(reading: Reading, offset: int) -> str:
    """The frequent word that a word of the reading misspells, or the empty string.

    A misspelling is a lower-case word of at least five letters, unknown to the background model, with exactly one edit
    (insertion, deletion, swap of neighbours, or one vowel for another) to a frequent word of the same first letter.
    Ties go to the most frequent. English letters only.
    """
    index = reading.place.start + offset
    word = reading.article.tokens.words[index]
    if len(word) < _SHORTEST_TYPO or not (word.isascii() and word.isalpha()):
        return ""
    raw = reading.article.tokens.span(index, index + 1).of(reading.article.article.text)
    return _intended(reading.article.split.language, word) if raw.islower() else ""


@lru_cache(maxsize=1 << 16)
def _intended(language: str, word: str) -> str:
    model = background(language)
    if model is None or model.count(np.array([word_id(word)], dtype=np.uint64))[0]:
        return ""
    near = sorted(candidate for candidate in _one_edit_away(word) if candidate[0] == word[0])
    counts = model.count(ids_of(near))
    best = int(np.argmax(counts))
    return near[best] if counts[best] >= _FREQUENT and not _is_inflection(word, near[best]) else ""


def _is_inflection(word: str, other: str) -> bool:
    """Rare plurals and the like are words of their own, not slips."""
    shorter, longer = sorted((word, other), key=len)
    return longer in {shorter + "s", shorter + "d", shorter + "y", shorter + "e"}


def _one_edit_away(word: str) -> set[str]:
    """Words that a slip of the hand turns into this one: a letter lost, doubled or swapped, or a vowel for a vowel."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    deleted = {head + tail[1:] for head, tail in cuts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    replaced = {
        head + vowel + tail[1:] for head, tail in cuts if tail[:1] in _VOWELS and tail for vowel in sorted(_VOWELS)
    }
    inserted = {head + letter + tail for head, tail in cuts for letter in _ALPHABET}
    return (deleted | swapped | replaced | inserted) - {word}

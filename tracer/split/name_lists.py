"""Lists of names: "Reps. Ann Lee of Ardley, Bob Roe of Wick and Cy Poe of Hollin", which everybody writes alike."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from tracer.domain import Span
from tracer.split.characters import Texts
from tracer.split.phrases import CAPITALS
from tracer.split.reading import Reading

_WORD = re.compile(r"\S+")
_NAME = re.compile(rf"[(\[“\"]?(?:[{CAPITALS}]|\d{{1,3}}[,;).]?$|[DR]-)")
_JOINS = frozenset({"of", "and", "the", "de", "la", "van", "von", "der", "bin", "al", "da", "di", "du", "&", "for"})
_ORDINARY_INITIALS = frozenset("abcdefghijklmnopqrstuvwxyz") - {join[0] for join in _JOINS}
_PLAIN_NAME, _BROKEN_NAME, _AND, _JOIN, _ORDINARY = "N,&jx"  # a broken name has a comma behind it
_SPACE = ord(" ")
_BEGINS_ORDINARY = np.array([chr(code) in _ORDINARY_INITIALS for code in range(0x80)])
"""For each code point up to the last of ASCII: whether a word behind a space is ordinary that begins with it."""
_FEWEST_NAMES = 8
_FEWEST_BREAKS = 3
_LONGEST_KEPT = 40  # code points of a word whose kind is remembered
_SHORTEST = 2 * _FEWEST_NAMES  # code points of so many names with spaces between


def find_name_lists(reading: Reading) -> tuple[Span, ...]:
    """Stretches of at least eight capitalised words and three commas or "and" among nothing but small words. Linear."""
    spans = [reading.sentences[index].span for index in _many_capitals(reading)]
    return tuple(
        span
        for sentence in spans
        if _may_hold_list(reading.text, sentence) and _names_enough(sentence.of(reading.text).split())
        for span in _lists(reading.text, sentence)
    )


def _many_capitals(reading: Reading) -> list[int]:
    """Which sentences have words with a capital or digit enough, and none between that is plainly ordinary."""
    stretches = reading.characters.told(_crowds)
    return sorted({index for start, stop in stretches for index in _holding(reading, start, stop)})


def _crowds(texts: Texts) -> list[list[tuple[int, int]]]:
    """For each text the stretches with capitals and digits enough at the beginnings of words, and no ordinary word."""
    starts, codes, extents = texts.word_starts, texts.codes, texts.extents
    ordinary = _BEGINS_ORDINARY.take(codes.take(starts), mode="clip")
    ordinary &= codes.take(starts - 1) == _SPACE  # before the first letter stands the padding
    # What stands before the first ordinary word of a text begins with the text; an empty text has no word.
    ordinary[starts.searchsorted(extents.starts[extents.starts < extents.stops])] = True
    breaks = np.flatnonzero(ordinary)
    capitals = np.add.reduceat(texts.begins_capital, breaks, dtype=np.intp)
    many = np.flatnonzero(capitals >= _FEWEST_NAMES)
    begun = starts.take(breaks.take(many))
    text = extents.stops.searchsorted(begun)
    # What stands behind the last ordinary word of a text ends with the text.
    ends = np.append(starts.take(breaks[1:]), len(texts.joined)).take(many)
    ends = np.minimum(ends, extents.stops.take(text))
    found: list[list[tuple[int, int]]] = [[] for _ in extents.starts]
    offsets = extents.starts.take(text)
    own = (text.tolist(), (begun - offsets).tolist(), (ends - offsets).tolist())
    for number, start, stop in zip(*own, strict=True):
        found[number].append((start, stop))
    return found


def _holding(reading: Reading, start: int, stop: int) -> Iterator[int]:
    """The sentences with names enough in a stretch of the text."""
    capitals = reading.characters.told(_capitals)
    for index in range(reading.sentence_at(start), reading.sentence_at(stop - 1) + 1):
        span = reading.sentences[index].span
        first = bisect_left(capitals, max(start, span.start))
        if bisect_left(capitals, min(stop, span.stop), first) - first >= _FEWEST_NAMES:
            yield index


def _capitals(texts: Texts) -> list[list[int]]:
    """For each text where words begin with a capital or a digit."""
    return texts.extents.divided(texts.word_starts[texts.begins_capital])


def _may_hold_list(text: str, span: Span) -> bool:
    """Whether a sentence is long enough, and has commas enough."""
    start, stop = span.start, span.stop
    if stop - start < _SHORTEST:
        return False
    commas = text.count(", ", start, stop) > 1 or text.count("; ", start, stop) > 1
    return commas and text.count(" ", start, stop) >= _FEWEST_NAMES


def _names_enough(words: Sequence[str]) -> bool:
    """Whether among a sentence's words some stretch without an ordinary word is a list of names."""
    if max(map(len, words)) > _LONGEST_KEPT:
        return True
    kinds = "".join(map(_kind, words))
    if kinds.count(_BROKEN_NAME) + kinds.count(_AND) < _FEWEST_BREAKS:
        return False
    stretches = kinds.split(_ORDINARY)
    if max(map(len, stretches)) < _FEWEST_NAMES:
        return False
    return any(
        stretch.count(_PLAIN_NAME) + stretch.count(_BROKEN_NAME) >= _FEWEST_NAMES
        and stretch.count(_BROKEN_NAME) + stretch.count(_AND) >= _FEWEST_BREAKS
        for stretch in stretches
    )


@lru_cache(maxsize=1 << 14)
def _kind(word: str) -> str:
    """What a word is for a list of names, as one letter."""
    if _NAME.match(word):
        return _BROKEN_NAME if word[-1] in ",;" else _PLAIN_NAME
    if word == "and":
        return _AND
    return _JOIN if word.strip(",;") in _JOINS else _ORDINARY


def _lists(text: str, sentence: Span) -> Iterator[Span]:
    start = stop = names = breaks = 0
    for word in _WORD.finditer(text, sentence.start, sentence.stop):
        kind = _kind.__wrapped__(word.group())
        breaks += kind in (_BROKEN_NAME, _AND)
        if kind in (_PLAIN_NAME, _BROKEN_NAME):
            start = start if names else word.start()
            stop, names = word.end(), names + 1
        elif kind == _ORDINARY:
            if names >= _FEWEST_NAMES and breaks >= _FEWEST_BREAKS:
                yield Span(start, stop)
            names = breaks = 0
    if names >= _FEWEST_NAMES and breaks >= _FEWEST_BREAKS:
        yield Span(start, stop)

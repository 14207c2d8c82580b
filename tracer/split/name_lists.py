"""Lists of names: "Reps. Ann Lee of Ardley, Bob Roe of Wick and Cy Poe of Hollin", which everybody writes alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracer.domain import Span
from tracer.split.phrases import CAPITALS
from tracer.split.reading import Reading

_WORD = re.compile(r"\S+")
_NAME = re.compile(rf"[(\[“\"]?(?:[{CAPITALS}]|\d{{1,3}}[,;).]?$|[DR]-)")
_JOINS = frozenset({"of", "and", "the", "de", "la", "van", "von", "der", "bin", "al", "da", "di", "du", "&", "for"})
_FEWEST_NAMES = 8
_FEWEST_BREAKS = 3
_SHORTEST = 2 * _FEWEST_NAMES  # code points of so many names with spaces between


def find_name_lists(reading: Reading) -> tuple[Span, ...]:
    """Stretches of at least eight capitalised words and three commas or "and" among nothing but small words. Linear."""
    return tuple(
        span
        for sentence in reading.sentences
        if _may_hold_list(reading, sentence.span.start, sentence.span.stop)
        for span in _lists(reading.text, sentence.span)
    )


def _may_hold_list(reading: Reading, start: int, stop: int) -> bool:
    """Whether a sentence is long enough, and has commas and words with a capital or digit enough."""
    if stop - start < _SHORTEST or reading.characters.capitals(start, stop) < _FEWEST_NAMES:
        return False
    text = reading.text
    commas = text.count(", ", start, stop) > 1 or text.count("; ", start, stop) > 1
    return commas and text.count(" ", start, stop) >= _FEWEST_NAMES


def _lists(text: str, sentence: Span) -> Iterator[Span]:
    start = stop = names = breaks = 0
    for word in _WORD.finditer(text, sentence.start, sentence.stop):
        if _NAME.match(word.group()):
            start = start if names else word.start()
            stop, names = word.end(), names + 1
            breaks += word.group()[-1] in ",;"
        elif word.group() == "and":
            breaks += 1
        elif word.group().strip(",;") not in _JOINS:
            if names >= _FEWEST_NAMES and breaks >= _FEWEST_BREAKS:
                yield Span(start, stop)
            names = breaks = 0
    if names >= _FEWEST_NAMES and breaks >= _FEWEST_BREAKS:
        yield Span(start, stop)

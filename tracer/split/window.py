"""The words of a small stretch of text before or after a word of saying."""

from __future__ import annotations

import re

from tracer.domain import Span
from tracer.split.phrases import CAPITALS
from tracer.split.reading import Reading

_EDGE = "“”„«»\"'‘’()[]{},;:!?—–…´"
_KEEPS_STOP = re.compile(rf"(?:^|\.)(?:[{CAPITALS}]|Jr|Sr)\.$")


class Words:
    """The words of a window of text, with their places in the whole text."""

    def __init__(self, reading: Reading, start: int, stop: int) -> None:
        self.reading, self.text = reading, reading.text
        self._raw = self.text[start:stop].split()
        self._bare: dict[int, str] = {}
        self._starts: list[int] = []  # of the last words, the last one first
        self._floor, self._stop = start, stop

    def __len__(self) -> int:
        return len(self._raw)

    def raw(self, index: int) -> str:
        """A word as written, marks and all."""
        return self._raw[index]

    def bare(self, index: int) -> str:
        """A word without the marks around it."""
        known = self._bare.get(index)
        if known is None:
            known = self._bare[index] = self._raw[index].strip(_EDGE)
        return known

    def start(self, index: int) -> int:
        """Where a word begins in the text: sought from the window's end, near which the words asked for stand."""
        starts, last = self._starts, len(self._raw) - 1
        while len(starts) <= last - index:
            begun = starts[-1] if starts else self._stop
            starts.append(self.text.rindex(self._raw[last - len(starts)], self._floor, begun))
        return starts[last - index]

    def hull(self, first: int, last: int) -> Span:
        """From the first letter of one word to the last letter of another."""
        begun = self.start(last)
        start, stop = self.start(first), begun + len(self._raw[last])
        while start < stop and self.text[start] in _EDGE:
            start += 1
        while stop > start and self.text[stop - 1] in _EDGE:
            stop -= 1
        last_word = self.text[max(start, begun) : stop]
        return Span(start, stop - 1 if last_word.endswith(".") and not _KEEPS_STOP.search(last_word) else stop)

    def stretch(self, first: int, last: int) -> Span:
        """Like ``hull``; empty when ``first`` is behind ``last``."""
        return self.hull(first, last) if first <= last else Span(0, 0)

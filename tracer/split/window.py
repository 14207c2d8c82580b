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
        self.raw = self.text[start:stop].split()
        """The words as written, marks and all."""
        self._bare: dict[int, str] = {}
        self._floor, self._stop = start, stop

    def __len__(self) -> int:
        return len(self.raw)

    def bare(self, index: int) -> str:
        """A word without the marks around it."""
        known = self._bare.get(index)
        if known is None:
            known = self._bare[index] = self.raw[index].strip(_EDGE)
        return known

    def start(self, index: int) -> int:
        """Where a word begins in the text: sought from the nearer end of the window."""
        text, raw = self.text, self.raw
        if 2 * index < len(raw):
            place = self._floor
            for word in raw[:index]:
                place = text.index(word, place) + len(word)
            return text.index(raw[index], place)
        place = self._stop
        for word in raw[: index - len(raw) - 1 : -1]:
            place = text.rindex(word, self._floor, place)
        return place

    def hull(self, first: int, last: int) -> Span:
        """From the first letter of one word to the last letter of another."""
        text, start = self.text, self.start(first)
        begun = self.start(last) if last > first else start
        stop = begun + len(self.raw[last])
        while start < stop and text[start] in _EDGE:
            start += 1
        while stop > start and text[stop - 1] in _EDGE:
            stop -= 1
        ends_in_stop = stop > start and text[stop - 1] == "."
        return Span(
            start, stop - 1 if ends_in_stop and not _KEEPS_STOP.search(text[max(start, begun) : stop]) else stop
        )

    def stretch(self, first: int, last: int) -> Span:
        """Like ``hull``; empty when ``first`` is behind ``last``."""
        return self.hull(first, last) if first <= last else Span(0, 0)

"""Words of a text, comparable across house styles, each with its place in the raw text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.domain import Span
from tracer.text.identity import KNOWN, without_dots
from tracer.text.view import NormalView, normal_view
from tracer.text.words import character_codes, lower_case, word_places, words_between


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one raw text in reading order.

    ``words[i]`` is in lower case, with dots of initials dropped (``U.S.`` and ``US`` are one word) and one form of
    apostrophe. ``starts`` and ``stops`` (int32, one per word, half-open, increasing) are code points of the raw text.
    ``ids`` (uint64) are stable 64-bit hashes of the words, the same on every machine and in every run.
    """

    words: tuple[str, ...]
    starts: npt.NDArray[np.int32]
    stops: npt.NDArray[np.int32]
    ids: npt.NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.words)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes and to disk compactly."""
        return _restored, (" ".join(self.words), self.starts, self.stops, self.ids)

    def span(self, start: int, stop: int) -> Span:
        """The raw span from word ``start`` to before word ``stop``; empty ranges give an empty span."""
        if start >= stop:
            place = int(self.starts[start]) if start < len(self) else (int(self.stops[-1]) if len(self) else 0)
            return Span(place, place)
        return Span(int(self.starts[start]), int(self.stops[stop - 1]))

    def within(self, span: Span) -> range:
        """The indices of words that start inside ``span``."""
        # Keys of the array's own type: others would have all of it converted, at each call.
        first, last = self.starts.searchsorted(np.array((span.start, span.stop), dtype=self.starts.dtype)).tolist()
        return range(first, last)


def tokenise(raw: str) -> Tokens:
    """The words of ``raw``, found in its normal view and placed in the raw text. Linear in its length."""
    view = normal_view(raw)
    lowered = lower_case(view.text)
    starts, stops = word_places(lowered)
    words = _words(lowered, starts, stops)
    ids = np.fromiter(map(KNOWN.__getitem__, words), dtype=np.uint64, count=len(words))
    return Tokens(words, _raw_starts(view, starts), _raw_stops(view, stops), ids)


def lowered_view(raw: str) -> str:
    """The text that words are found in: the normal view of ``raw`` in lower case."""
    return lower_case(normal_view(raw).text)


def _words(lowered: str, starts: npt.NDArray[np.int64], stops: npt.NDArray[np.int64]) -> tuple[str, ...]:
    words = words_between(lowered, starts, stops)
    if not words:
        return ()
    dots = np.flatnonzero(character_codes(lowered) == ord("."))
    dotted = np.searchsorted(starts, dots, side="right") - 1
    for place in dotted[(dotted >= 0) & (dots < stops[dotted])].tolist():
        words[place] = without_dots(words[place])
    return tuple(words)


def _restored(
    joined: str, starts: npt.NDArray[np.int32], stops: npt.NDArray[np.int32], ids: npt.NDArray[np.uint64]
) -> Tokens:
    return Tokens(tuple(joined.split(" ")) if joined else (), starts, stops, ids)


def _raw_starts(view: NormalView, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    return (places if view.raw_starts is None else view.raw_starts[places]).astype(np.int32)


def _raw_stops(view: NormalView, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """A word ends where its last character ends, so trailing invisible marks stay outside."""
    return (places if view.raw_stops is None else view.raw_stops[places - 1]).astype(np.int32)

"""Words of a text, comparable across house styles, each with its place in the raw text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from tracer.domain import Span
from tracer.text.identity import WordIds
from tracer.text.lowered import lowered_views
from tracer.text.view import NormalView, normal_view
from tracer.text.words import character_codes, characters_of, lower_case, word_places

_AT_ONCE = 1 << 17  # code points of texts whose words are found together: more would not stay in a processor's cache
_IDS = WordIds()
_Places = npt.NDArray[np.int64]
_Starts = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Tokens:
    """The words of one raw text in reading order.

    ``joined`` are the words with a blank between each two: in lower case, with dots of initials dropped (``U.S.`` and
    ``US`` are one word) and one form of apostrophe. ``starts`` and ``stops`` (int32, one per word, half-open,
    increasing) are code points of the raw text. ``ids`` (uint64) are stable 64-bit hashes of the words, the same on
    every machine and in every run.
    """

    joined: str
    starts: npt.NDArray[np.int32]
    stops: npt.NDArray[np.int32]
    ids: npt.NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.starts)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes and to disk without what can be made anew."""
        return Tokens, (self.joined, self.starts, self.stops, self.ids)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words one by one; cut out when they are first asked for, which they seldom are."""
        return tuple(self.joined.split(" ")) if self.joined else ()

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
    return tokenise_all([raw])[0]


def tokenise_all(texts: Sequence[str]) -> list[Tokens]:
    """As :func:`tokenise`, of many: in their order, each the same as alone, but sooner. Linear, array arithmetic."""
    found: list[Tokens] = []
    sizes = np.cumsum([0, *map(len, texts)])
    while len(found) < len(texts):
        first = len(found)
        stop = max(first + 1, int(sizes.searchsorted(sizes[first] + _AT_ONCE, side="right")) - 1)
        found += _tokenised(texts[first:stop])
    return found


def _tokenised(texts: Sequence[str]) -> Iterator[Tokens]:
    views = lowered_views(texts)
    starts, stops = word_places(views.text)
    written, begun = _written(character_codes(views.text), starts, stops)
    distinct, which = _IDS.of(views.text, starts, stops)
    ids = distinct[which]
    edges = np.searchsorted(starts, views.edges)
    before = np.repeat(views.edges[:-1], np.diff(edges))
    begins, ends = (starts - before).astype(np.int32), (stops - before).astype(np.int32)
    letters = begun[edges].tolist()
    for text, (first, last) in enumerate(pairwise(edges.tolist())):
        places = begins[first:last], ends[first:last]
        if text in views.repaired:
            places = _raw_places(views.repaired[text], *places)
        joined = written[letters[text] : max(letters[text], letters[text + 1] - 1)]
        yield Tokens(joined, *places, ids[first:last])


def _written(codes: npt.NDArray[np.uint32], starts: _Places, stops: _Places) -> tuple[str, _Places]:
    """The words one after the other, without the dots of initials, and a blank behind each; and where each begins.

    The places have one entry more than there are words: the length of all.
    """
    lengths = stops - starts + 1
    begun = np.concatenate(([0], np.cumsum(lengths)))
    letters = codes.take(np.arange(begun[-1]) + np.repeat(starts - begun[:-1], lengths))
    letters[begun[1:] - 1] = ord(" ")
    dots = np.flatnonzero(letters == ord("."))
    if len(dots):
        words = np.searchsorted(begun, dots, side="right") - 1
        dropped = [not chr(first).isdigit() for first in letters[begun[words]].tolist()]
        letters = np.delete(letters, dots[dropped])
        begun[1:] -= np.cumsum(np.bincount(words[dropped], minlength=len(starts)))
    return characters_of(letters), begun


def _raw_places(view: NormalView, starts: _Starts, stops: _Starts) -> tuple[_Starts, _Starts]:
    """A word ends where its last character ends, so trailing invisible marks stay outside."""
    if view.raw_starts is None or view.raw_stops is None:
        return starts, stops
    return view.raw_starts[starts].astype(np.int32), view.raw_stops[stops - 1].astype(np.int32)


def lowered_view(raw: str) -> str:
    """The text that words are found in: the normal view of ``raw`` in lower case."""
    return lower_case(normal_view(raw).text)

"""Words of a text, comparable across house styles, each with its place in the raw text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tracer.domain import Span
from tracer.text.latin import latin_views
from tracer.text.view import NormalView, normal_view
from tracer.text.vocabulary import vocabulary
from tracer.text.words import (
    Codes,
    Places,
    characters_of,
    lower_case,
    one_after_the_other,
    small_codes,
    word_places,
)

_AT_ONCE = 1 << 18  # code points of texts whose words are found together
_BLANK = ord(" ")


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


def _tokenised(texts: Sequence[str]) -> list[Tokens]:
    views, edges, told = latin_views(texts)
    found = _words_of(characters_of(views), views, edges)
    others = np.flatnonzero(~told).tolist()
    if others:
        normal = [normal_view(texts[text]) for text in others]
        lowered, edges = one_after_the_other([lower_case(view.text) for view in normal])
        words = _words_of(lowered, small_codes(lowered), edges)
        for text, view, tokens in zip(others, normal, words, strict=True):
            found[text] = _placed(tokens, view)
    return found


def _words_of(lowered: str, codes: Codes, edges: Places) -> list[Tokens]:
    """The words of each of the texts that begin at ``edges``, placed in these. ``codes`` are those of ``lowered``."""
    starts, stops = word_places(lowered, codes)
    written, begun = _written(codes, starts, stops)
    known = vocabulary()
    ids = known.ids(known.numbers(lowered, codes, starts, stops))
    bounds = np.searchsorted(starts, edges)
    before = np.repeat(edges[:-1], np.diff(bounds))
    begins, ends = (starts - before).astype(np.int32), (stops - before).astype(np.int32)
    letters = begun[bounds].tolist()
    return [
        Tokens(written[begin:end].removesuffix(" "), begins[first:last], ends[first:last], ids[first:last])
        for (begin, end), (first, last) in zip(pairwise(letters), pairwise(bounds.tolist()), strict=True)
    ]


def _written(codes: Codes, starts: Places, stops: Places) -> tuple[str, Places]:
    """The words one after the other, without the dots of initials, and a blank behind each; and where each begins.

    The places have one entry more than there are words: the length of all.
    """
    steps = np.zeros(len(codes) + 1, dtype=np.int8)
    steps[starts] = 1
    steps[stops] -= 1
    kept = np.cumsum(steps, dtype=np.int8).view(np.bool_)
    dots = np.flatnonzero(kept[:-1] & (codes == ord(".")))
    words = np.searchsorted(starts, dots, side="right") - 1
    dropped = [not chr(first).isdigit() for first in codes[starts[words]].tolist()]
    kept[dots[dropped]] = False
    begun = np.zeros(len(starts) + 1, dtype=np.int64)
    np.cumsum(stops - starts + 1 - np.bincount(words[dropped], minlength=len(starts)), out=begun[1:])
    letters: npt.NDArray[Any] = np.append(codes, codes.dtype.type(_BLANK))
    touching = steps[stops] == 0
    behind = stops[~touching]
    letters[behind], kept[behind] = _BLANK, True
    if touching.any():
        letters, kept = np.insert(letters, stops[touching], _BLANK), np.insert(kept, stops[touching], True)
    return characters_of(letters[kept]), begun


def _placed(tokens: Tokens, view: NormalView) -> Tokens:
    """Words found in a view, placed in the raw text.

    A word ends where its last character ends, so trailing invisible marks stay outside.
    """
    if view.raw_starts is None or view.raw_stops is None:
        return tokens
    starts, stops = view.raw_starts[tokens.starts], view.raw_stops[tokens.stops - 1]
    return replace(tokens, starts=starts.astype(np.int32), stops=stops.astype(np.int32))

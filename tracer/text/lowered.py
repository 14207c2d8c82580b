"""The text that words are found in, of many texts at once: their normal views in lower case, one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from tracer.text.view import FOLDED, NormalView, may_need_repair, normal_view
from tracer.text.words import character_codes, characters_of, lower_case

BREAK = "\n\u0000\n"
"""Stands behind each text; no word reaches over it, and no text's last dot meets the next text's first letter."""
_PLAIN = 0x2027
"""No code point from here on stands in a text that needs no repair, but for marks that are folded."""


@dataclass(frozen=True, slots=True)
class LoweredViews:
    """Texts in lower case, each with a break behind it: text ``i`` begins at ``edges[i]`` and ends before the break.

    ``edges`` (int64) has one entry more than there are texts. ``repaired`` are the views of the texts whose characters
    may stand elsewhere than in the raw text; in all others they stand where they do there.
    """

    text: str
    edges: npt.NDArray[np.int64]
    repaired: Mapping[int, NormalView]


def lowered_views(texts: Sequence[str]) -> LoweredViews:
    """The lower case of the normal view of each text. Linear; array arithmetic for all texts that need no repair."""
    codes, edges = _one_after_the_other(texts)
    views = {text: normal_view(texts[text]) for text in may_need_repair(codes, edges[:-1]).tolist()}
    if views:
        written = list(texts)
        for text, view in views.items():
            written[text] = lower_case(view.text)
        codes, edges = _one_after_the_other(written)
    lowered = _lowered_folds().take(codes, mode="clip")
    for text in views:
        done = slice(edges[text], edges[text + 1])
        lowered[done] = codes[done]
    repaired = {text: view for text, view in views.items() if view.raw_starts is not None}
    return LoweredViews(characters_of(lowered), edges, repaired)


def _one_after_the_other(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    edges = np.cumsum([0, *(len(text) + len(BREAK) for text in texts)])
    return character_codes(BREAK.join((*texts, ""))), edges


@cache
def _lowered_folds() -> npt.NDArray[np.uint32]:
    """What each character of a text without need of repair is in its view in lower case."""
    characters = map(chr, range(_PLAIN))
    return character_codes(lower_case("".join(FOLDED.get(character, character) for character in characters)))

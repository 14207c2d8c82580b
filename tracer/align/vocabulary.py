"""The different words of one article, and how rare they are in the language."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.align.remembered import once_per_article
from tracer.split import ParsedArticle
from tracer.text import background


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``ids`` (uint64, sorted) are the words of an article, each once; ``of`` gives the place of each running word.

    ``rarity`` goes with ``ids`` (see :meth:`tracer.text.Background.rarity`), ``None`` where a language has no model.
    """

    ids: npt.NDArray[np.uint64]
    of: npt.NDArray[np.int64]
    rarity: npt.NDArray[np.float64] | None


@once_per_article
def vocabulary(parsed: ParsedArticle) -> Vocabulary:
    """The vocabulary of an article. Sorts its words once."""
    running = parsed.tokens.ids
    order = np.argsort(running)
    ids = running[order]
    is_first = np.ones(len(ids), dtype=np.bool_)
    np.not_equal(ids[1:], ids[:-1], out=is_first[1:])
    of = np.empty(len(ids), dtype=np.int64)
    of[order] = np.cumsum(is_first) - 1
    ids = ids[is_first]
    model = background(parsed.split.language)
    return Vocabulary(ids, of, model.rarity(ids) if model else None)

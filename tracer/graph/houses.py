"""Which of the sources that an article names is its own outlet, asked once for each outlet and name."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from tracer.domain import Article, SourceName
from tracer.evidence import is_own
from tracer.split import CreditKind, ParsedArticle, SplitText
from tracer.text import tokenise


def names_itself(parsed: ParsedArticle, source: SourceName) -> bool:
    """Whether a source is the article's own outlet; :func:`~tracer.evidence.is_own`, remembered."""
    outlet = parsed.article.outlet
    return outlet is not None and _is_of_house(outlet, source)


def sources_named(parsed: ParsedArticle) -> tuple[SourceName, ...]:
    """The sources of an article's :func:`~tracer.evidence.mentions`, sorted, each once."""
    split = parsed.split
    named = {name for credit in split.credits if credit.kind is not CreditKind.PHOTO for name in credit.names}
    named.update(entry.source for entry in split.attributions)
    return tuple(sorted(name for name in named if not names_itself(parsed, name)))


@lru_cache(maxsize=1 << 16)
def _is_of_house(outlet: str, source: SourceName) -> bool:
    return is_own(_empty_article(outlet), source)


@lru_cache(maxsize=1 << 10)
def _empty_article(outlet: str) -> ParsedArticle:
    """An article of which nothing but the outlet is known: nothing else counts."""
    return ParsedArticle(
        SplitText(Article("", "", outlet=outlet), "en"), tokenise(""), np.zeros(0, np.uint8), np.zeros(0, np.int32)
    )

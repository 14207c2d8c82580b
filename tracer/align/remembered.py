"""What was worked out about single articles, kept while pairs that share them are compared."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from tracer.split import ParsedArticle

MOST_ARTICLES = 256
"""Pairs that share an article mostly follow one another; more than this gains little and holds more memory."""

_Fact = TypeVar("_Fact")
_known: dict[int, dict[str, Any]] = {}
_ARTICLE = ""
"""The name under which the facts of an article hold the article itself."""


def once_per_article(find: Callable[[ParsedArticle], _Fact]) -> Callable[[ParsedArticle], _Fact]:
    """Remember what a pure function of one article gave, for the last ``MOST_ARTICLES`` articles asked about.

    Articles are told apart by identity, for two equal ones are as good as never met. The result is handed out again as
    it is, so it must not be changed.
    """
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def remembered(parsed: ParsedArticle) -> _Fact:
        try:
            fact: _Fact = _known[id(parsed)][name]
        except KeyError:
            facts = _known.get(id(parsed)) or _new_facts(parsed)
            fact = facts[name] = find(parsed)
        return fact

    return remembered


def _new_facts(parsed: ParsedArticle) -> dict[str, Any]:
    """A new record of an article, which is held by it, so that no other can have its identity meanwhile."""
    while len(_known) >= MOST_ARTICLES:
        _known.pop(next(iter(_known)), None)
    facts = _known[id(parsed)] = {_ARTICLE: parsed}
    return facts

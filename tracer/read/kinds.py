"""What inputs were handed in as: a word in a column, or a path that the user named."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from tracer.domain import ArticleKind
from tracer.read.inputs import STDIN, InputFile, list_inputs
from tracer.read.settings import ReadSettings

_WORDS = {
    ArticleKind.STATEMENT: (
        *("statement", "press statement", "release", "press release", "news release", "media release"),
        *("communique", "communiqué"),
    ),
    ArticleKind.AGENCY: (
        *("agency", "news agency", "agency feed", "wire", "newswire", "wire service"),
        *("dispatch", "agency dispatch"),
    ),
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words}
_APART = re.compile(r"[\s_-]+")


@lru_cache(maxsize=256)
def kind_of(word: str) -> ArticleKind:
    """The kind that a word of a column means; an article for any word that is not known, for the column may be foreign.

    Upper and lower case are the same, and so are spaces, hyphens and underscores.
    """
    return _KINDS.get(_APART.sub(" ", word).strip().casefold(), ArticleKind.ARTICLE)


class GivenKinds:
    """Which files the settings name as statements or as an agency's.

    Raises:
        InputError: when one of them does not exist or cannot be listed.
    """

    def __init__(self, settings: ReadSettings) -> None:
        self._kinds: Mapping[str, ArticleKind] = {
            **_places(settings.agencies, ArticleKind.AGENCY),
            **_places(settings.statements, ArticleKind.STATEMENT),
        }

    def of(self, file: InputFile) -> ArticleKind | None:
        """The kind of all articles in a file; ``None`` where the settings name none."""
        return self._kinds.get(os.path.realpath(file.path)) if self._kinds else None

    def of_stdin(self) -> ArticleKind | None:
        """The same of standard input."""
        return self._kinds.get(STDIN)


def _places(named: Iterable[str], kind: ArticleKind) -> dict[str, ArticleKind]:
    listing = list_inputs(named)
    places = [os.path.realpath(file.path) for file in listing.files]
    return dict.fromkeys([*places, *([STDIN] if listing.stdin else [])], kind)


def all_inputs(inputs: Iterable[str | os.PathLike[str]], settings: ReadSettings) -> list[str | os.PathLike[str]]:
    """The inputs, and what the settings name beside them."""
    return [*inputs, *settings.statements, *settings.agencies]

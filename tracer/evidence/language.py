"""Words that clues need, by language, read from ``data/<code>.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

_CODE_LENGTH = 2


@dataclass(frozen=True, slots=True)
class ClueWords:
    """What one language file lists; everything is empty for a language without a file.

    ``same`` gives each wording of a house style the wording that stands for its group; ``spellings`` are pairs of
    letter groups that differ between two ways of spelling; ``styles`` are choices of a copy desk, by what to call
    them, each with both ways to make it; ``split_after`` are abbreviations, with their full stop, that
    never end a paragraph; ``honorifics`` go before a surname without introducing anybody ("Mr").
    """

    same: Mapping[tuple[str, ...], tuple[str, ...]]
    spellings: tuple[tuple[str, str], ...]
    styles: Mapping[str, tuple[Way, Way]]
    split_after: frozenset[str]
    honorifics: frozenset[str]


@cache
def clue_words(language: str) -> ClueWords:
    """The words of a language (ISO 639-1 code). Read once per process."""
    stored = _stored(language)
    style = stored.get("house_style", {})
    groups = [[tuple(wording.split()) for wording in group] for group in style.get("same", ())]
    styles = {name: (_any_of(one), _any_of(other)) for name, (one, other) in stored.get("styles", {}).items()}
    return ClueWords(
        MappingProxyType({wording: group[0] for group in groups for wording in group}),
        tuple((one, other) for one, other in style.get("spellings", ())),
        MappingProxyType(styles),
        frozenset(stored.get("scraping", {}).get("split_after", ())),
        frozenset(stored.get("persons", {}).get("honorifics", ())),
    )


def _stored(language: str) -> dict[str, Any]:
    resource = files("tracer.evidence") / "data" / f"{language}.toml"
    if len(language) != _CODE_LENGTH or not language.isalpha() or not resource.is_file():
        return {}
    return tomllib.loads(resource.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Way:
    """One way to write something: a pattern, and ``signs`` of which every match of it holds one."""

    pattern: re.Pattern[str]
    signs: tuple[str, ...]

    def may_be(self, text: str, fewest: int = 1) -> bool:
        """Whether a text may be written this way in so many places: a cheap test, never false where it is."""
        return sum(map(text.count, self.signs)) >= fewest

    def places(self, text: str) -> int:
        """In how many places a text is written this way."""
        return sum(1 for _ in self.pattern.finditer(text))


def _any_of(spellings: list[str]) -> Way:
    """These words as they are written, standing alone."""
    return Way(re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spellings))})(?!\w)"), tuple(spellings))

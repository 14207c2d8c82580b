"""Sets of fixed phrases compiled for fast search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeAlias

# Capital letters of the Latin, Greek and Cyrillic alphabets, for use inside a character class.
CAPITALS = (
    "A-ZÀ-ÖØ-Þ"
    + "".join(chr(code) for code in range(0x100, 0x180) if chr(code).isupper())
    + "".join(chr(code) for code in range(0x386, 0x3AC) if chr(code).isupper())
    + "\u0400-\u042f\u0490"
)
_NEVER = re.compile(r"(?!)")
_Trie: TypeAlias = dict[str, "_Trie"]


class Phrases:
    """An immutable set of phrases, each also meant with a capital first letter.

    Membership ignores case; ``exact`` holds the phrases for membership as written. Search matches the letters as
    written (or with a capital first letter), the longest phrase first, at word boundaries only. An empty set matches
    nothing. Search is linear in the text.
    """

    def __init__(self, items: Iterable[str]) -> None:
        self.items = tuple(items)
        self.exact = frozenset(self.items)
        self._folded = frozenset(item.casefold() for item in self.items)

    def __contains__(self, phrase: str) -> bool:
        return phrase in self.exact or phrase.casefold() in self._folded

    def __iter__(self) -> Iterator[str]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The phrases as one regular expression (a trie, so that no two branches begin alike)."""
        spellings = set(self.items) | {item[0].upper() + item[1:] for item in self.items}
        return phrase_pattern(spellings)

    def finditer(self, text: str, start: int = 0, stop: int | None = None) -> Iterator[re.Match[str]]:
        """Matches in order of place, none of which begins inside a word."""
        found = self.pattern.finditer(text, start, len(text) if stop is None else stop)
        return (match for match in found if begins_word(text, match.start()))

    def match(self, text: str, start: int, stop: int | None = None) -> re.Match[str] | None:
        """The longest phrase that begins exactly at ``start``, or ``None``."""
        return self.pattern.match(text, start, len(text) if stop is None else stop)


def begins_word(text: str, start: int) -> bool:
    """Whether no letter or digit stands just before ``start``."""
    return start == 0 or not text[start - 1].isalnum()


def phrase_pattern(spellings: Iterable[str], *, inside: bool = True) -> re.Pattern[str]:
    """A pattern for exactly these spellings at a word's end, the longest first; never matches when there is none.

    With ``inside`` a match may begin inside a word, which callers check: this is faster when all spellings begin with
    capitals, slower when they begin with any letter.
    """
    trie: _Trie = {}
    for spelling in sorted(spellings):
        node = trie
        for letter in spelling:
            node = node.setdefault(letter, {})
        node[""] = {}
    return re.compile(("" if inside else r"(?<!\w)") + _branch(trie, "")) if trie else _NEVER


def _branch(node: _Trie, last: str) -> str:
    branches = [re.escape(letter) + _branch(child, letter) for letter, child in node.items() if letter]
    if "" in node:
        branches.append(r"(?!\w)" if last.isalnum() else "")
    return branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"

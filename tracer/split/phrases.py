"""Sets of fixed phrases compiled for fast search."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

# Capital letters of the Latin, Greek and Cyrillic alphabets, for use inside a character class.
CAPITALS = (
    "A-ZÀ-ÖØ-Þ"
    + "".join(chr(code) for code in range(0x100, 0x180) if chr(code).isupper())
    + "".join(chr(code) for code in range(0x386, 0x3AC) if chr(code).isupper())
    + "\u0400-\u042f\u0490"
)
CAPITAL_LETTERS = frozenset(re.findall(f"[{CAPITALS}]", "".join(map(chr, range(0x500)))))
"""The same letters one by one: membership costs less than a match."""
_NEVER = re.compile(r"(?!)")
_SHORT = 200
_MANY = 100
"""In a stretch of so many characters so many spellings are sought place by place: one pattern takes long to compile."""
_Trie: TypeAlias = dict[str, "_Trie"]


class Spellings:
    """An immutable set of spellings to be found in texts exactly as written, the longest first, where words end.

    With ``after_underscore`` an underscore before a spelling does not make it the inside of a word. Compared by
    identity. An empty set matches nothing.
    """

    def __init__(self, spellings: Iterable[str], *, after_underscore: bool = True) -> None:
        self.spellings = frozenset(spellings)
        self._after_underscore = after_underscore

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The spellings as one regular expression (a trie, so that no two branches begin alike)."""
        return phrase_pattern(self.spellings, inside=self._after_underscore)

    @cached_property
    def _grouped(self) -> Mapping[str, Sequence[str]]:
        """The spellings by the letter they begin with."""
        grouped: dict[str, list[str]] = {}
        for spelling in self.spellings:
            grouped.setdefault(spelling[0], []).append(spelling)
        return grouped

    @cached_property
    def initials(self) -> frozenset[str]:
        """The letters that spellings begin with."""
        return frozenset(self._grouped)

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str] | None]:
        """The patterns of the letters asked for so far: compiling those of all would be most of a short run."""
        return {}

    def _beginning(self, letter: str) -> re.Pattern[str] | None:
        """The spellings that begin with a letter as one pattern, ``None`` when there are none."""
        if letter not in self._patterns:
            same = self._grouped.get(letter)
            self._patterns[letter] = phrase_pattern(same, inside=self._after_underscore) if same else None
        return self._patterns[letter]

    def match(self, text: str, start: int, stop: int | None = None) -> re.Match[str] | None:
        """The longest spelling that begins exactly at ``start``, or ``None``."""
        pattern = self._beginning(text[start : start + 1])
        return pattern.match(text, start, len(text) if stop is None else stop) if pattern else None

    def finditer(self, text: str, start: int = 0, stop: int | None = None) -> Iterator[re.Match[str]]:
        """Matches in order of place, none of which begins inside a word or in another match. Linear in the text."""
        end = len(text) if stop is None else min(stop, len(text))
        if end - start > _SHORT or len(self.spellings) < _MANY:
            return self._found(text, start, end)
        initials = self.initials
        places = [place for place in range(start, end) if text[place] in initials and begins_word(text, place)]
        return self._matches(text, places, end)

    def _found(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        found = self.pattern.search(text, start, end)
        while found:
            begins = begins_word(text, found.start())
            if begins:
                yield found
            found = self.pattern.search(text, found.end() if begins else found.start() + 1, end)

    def among(
        self, text: str, places: Sequence[int], start: int = 0, stop: int | None = None
    ) -> Iterator[re.Match[str]]:
        """The matches of ``finditer``, looked for at some places only: in order, and none inside a word."""
        end = len(text) if stop is None else stop
        first = bisect_left(places, start) if start else 0
        if first == len(places) or places[first] >= end:
            return iter(())
        return self._matches(text, places[first : bisect_left(places, end)], end)

    def _matches(self, text: str, places: Sequence[int], end: int) -> Iterator[re.Match[str]]:
        patterns, free = self._patterns, 0
        for place in places:
            if place < free:
                continue
            letter = text[place]
            pattern = patterns[letter] if letter in patterns else self._beginning(letter)
            found = pattern.match(text, place, end) if pattern else None
            if found:
                free = found.end()
                yield found


class Phrases(Spellings):
    """An immutable set of phrases, each also meant with a capital first letter.

    Membership ignores case; ``exact`` holds the phrases for membership as written, ``folded`` in lower case, for words
    that are asked about often. Search matches the letters as
    written (or with a capital first letter), the longest phrase first, at word boundaries only. An empty set matches
    nothing. Search is linear in the text.
    """

    def __init__(self, items: Iterable[str]) -> None:
        self.items = tuple(items)
        self.exact = frozenset(self.items)
        self.folded = frozenset(item.casefold() for item in self.items)
        super().__init__(self.exact | {item[0].upper() + item[1:] for item in self.items})

    def count(self, words: Iterable[str]) -> int:
        """How many of some words are members."""
        return sum(map(self.folded.__contains__, map(str.casefold, words)))

    def __contains__(self, phrase: str) -> bool:
        return phrase.casefold() in self.folded

    def __iter__(self) -> Iterator[str]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


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

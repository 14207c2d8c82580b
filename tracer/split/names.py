"""Title-and-name chains: "Foreign Secretary Ann Lee", "Ardley police chief Bob Roe"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracer.domain import Span
from tracer.split.language import Language
from tracer.split.phrases import CAPITAL_LETTERS, CAPITALS
from tracer.split.reading import Reading

_PART = rf"[{CAPITALS}](?:\.(?:[{CAPITALS}]\.)*|[\w’'-]+)"
_PARTICLES = r"(?:(?:de|del|van|von|der|bin|al|el|da|dos|di|la|le) )*(?:al-|el-)?"
_PARTICLE_LETTERS = frozenset("dvbael")
_NAME = re.compile(rf"\.? {_PARTICLES}{_PART}(?: {_PARTICLES}{_PART}){{0,3}}")
_LOWER_MODIFIERS = ("defense", "defence", "foreign", "interior", "prime", "deputy", "former", "vice")
_MODIFIER = rf"(?:[{CAPITALS}](?:[\w-]|\.(?=[\w ]))*|{'|'.join(_LOWER_MODIFIERS)})"
_MODIFIER_AT_END = re.compile(rf"{_MODIFIER}(?:[’']s)? $")
_REACH = 60


def find_title_names(reading: Reading) -> tuple[Span, ...]:
    """Stretches of a title with the name behind it and the capitalised words before it, none overlapping. Linear."""
    merged: list[Span] = []
    for span in _chains(reading):
        if merged and span.start <= merged[-1].stop:
            merged[-1] = merged[-1].hull(span)
        else:
            merged.append(span)
    return tuple(merged)


def _chains(reading: Reading) -> Iterator[Span]:
    text = reading.text
    titles = (*reading.cues.get("titles", ()), *reading.cues.get("people", ()))
    for title in sorted((title for title in titles if _may_name(text, title.stop)), key=_place):
        name = _NAME.match(text, title.stop, min(len(text), title.stop + _REACH))
        if name:
            yield Span(_start(text, title.start, reading.language), _name_stop(text, name.end()))


def _may_name(text: str, stop: int) -> bool:
    """Whether a space stands behind a title, and behind it a letter that a name or a particle begins with."""
    behind = text[stop : stop + 3].removeprefix(".")
    return behind[:1] == " " and (behind[1:2] in _PARTICLE_LETTERS or behind[1:2] in CAPITAL_LETTERS)


def _place(title: Span) -> tuple[int, int]:
    return title.start, title.stop


def _name_stop(text: str, stop: int) -> int:
    while text[stop - 1] in " .":
        stop -= 1
    for ending in ("’s", "'s"):
        if text.endswith(ending, 0, stop):
            return stop - 2
    return stop


def _start(text: str, start: int, language: Language) -> int:
    """Back over the capitalised words that belong to the title, but not over a sentence's first small word."""
    window = text[max(0, start - _REACH) : start]
    if not _may_end_in_modifier(window):
        return start
    words = window[_first_modifier(window) :].split(" ")
    while words and words[0] in language.sentences.starters:
        words.pop(0)
    return start - len(" ".join(words))


def _first_modifier(window: str) -> int:
    """Where the modifiers begin that the window ends with, one space behind each; the first may begin in a word."""
    begun = len(window)
    while begun:
        word = window.rfind(" ", 0, begun - 1) + 1
        modifier = _MODIFIER_AT_END.search(window, word, begun)
        begun = modifier.start() if modifier else begun
        if begun != word:
            break
    return begun


def _may_end_in_modifier(window: str) -> bool:
    """Whether the last word before a title holds a capital, or is one of the small words: a cheap test."""
    if window[-1:] != " ":
        return False
    last = window[:-1].rpartition(" ")[2]
    return not last.islower() or last.removesuffix("s").rstrip("’'").endswith(_LOWER_MODIFIERS)

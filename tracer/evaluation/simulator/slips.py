"""Slips of hand, of software and of scanners."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from tracer.evaluation.simulator.drafts import Line, edit_outside
from tracer.evaluation.simulator.draws import chance

_LONG_WORD = re.compile(r"(?<![\w'])[a-z]{6,}(?![\w'])")
_SCANNED = (
    ("rn", "m"),
    ("m", "rn"),
    ("cl", "d"),
    ("li", "h"),
    ("ll", "1l"),
    ("vv", "w"),
    ("in", "ln"),
    ("o", "0"),
    ("l", "1"),
    ("e", "c"),
    ("fi", "f i"),
    ("h", "b"),
)
_MOJIBAKE = {"é": "Ã©", "–": "â€“", "—": "â€”", "…": "â€¦", "ñ": "Ã±", "£": "Â£", "€": "â‚¬", "\u00a0": "Â "}


def with_typo(line: Line, rng: Random) -> Line:
    """The line with one misspelt word outside quotations, which a careful editor can put right; else as it is."""
    slips: list[tuple[str, str]] = []

    def edit(text: str) -> str:
        words = list(_LONG_WORD.finditer(text))
        if not words or slips:
            return text
        word = rng.choice(words)
        wrong = _misspelt(word[0], rng)
        slips.append((wrong, word[0]))
        return text[: word.start()] + wrong + text[word.end() :]

    edited = edit_outside(line, edit)
    return replace(edited, slips=(*line.slips, *slips))


def _misspelt(word: str, rng: Random) -> str:
    place = rng.randrange(1, len(word) - 2)
    kind = rng.choice(("dropped", "dropped", "doubled", "turned", "turned", "neighbour"))
    if kind == "dropped":
        return word[:place] + word[place + 1 :]
    if kind == "doubled":
        return word[:place] + word[place] + word[place:]
    if kind == "turned" and word[place] != word[place + 1]:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    rows = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    row = next(row for row in rows if word[place] in row) if word[place].isascii() else rows[0]
    column = max(0, row.find(word[place]))
    return word[:place] + row[column - 1 if column else 1] + word[place + 1 :]


def with_typos(lines: tuple[Line, ...], number: int, rng: Random) -> tuple[Line, ...]:
    """The lines with so many misspellings, at places drawn."""
    made = list(lines)
    for _ in range(number if made else 0):
        place = rng.randrange(len(made))
        made[place] = with_typo(made[place], rng)
    return tuple(made)


def mended(line: Line) -> Line:
    """The line with its known misspellings put right."""
    text = line.text
    for wrong, right in line.slips:
        text = text.replace(wrong, right)
    return replace(line, text=text, slips=())


def scanned(line: Line, rng: Random, rate: float) -> Line:
    """The line as read from paper: each word outside quotations is misread with probability ``rate``."""

    def misread(found: re.Match[str]) -> str:
        word = found[0]
        if not chance(rng, rate):
            return word
        shape, seen = rng.choice(_SCANNED)
        if shape in word:
            return word.replace(shape, seen, 1)
        middle = len(word) // 2
        return word[:middle] + "- " + word[middle:] if chance(rng, 0.3) else word

    return edit_outside(line, lambda text: _LONG_WORD.sub(misread, text))


def misdecoded(line: Line) -> Line:
    """The line after UTF-8 was read as Windows-1252: its marks and accents become pairs of letters."""
    return replace(line, text="".join(_MOJIBAKE.get(char, char) for char in line.text), glyphs="mojibake")

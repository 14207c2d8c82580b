"""Where the words of a text begin and end, found by array arithmetic on its characters.

A pattern says what a word is. Running it over every character of a corpus is what tokenising costs, so plain words,
which are nearly all, are told by the classes of their characters; only stretches that hold a digit, an accent of its
own or an inner mark are handed to the pattern.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

_MARKS = "".join(
    chr(code) for code in (*range(0x300, 0x1E00), *range(0xA800, 0xAC00)) if unicodedata.category(chr(code))[0] == "M"
)
"""Accents, vowel signs and the like, which belong to the letter before them."""
_LETTERS = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}|\d+(?:[.,]\d+)*|{_LETTERS}(?:'{_LETTERS})*")
"""A word of lower-case text: initials with dots, a number, or letters with inner apostrophes."""

_OTHER, _LETTER, _DIGIT, _MARK, _APOSTROPHE, _POINT = range(6)
Places = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8] | npt.NDArray[np.uint16] | npt.NDArray[np.uint32]
"""Code points, in as few bytes each as all of them need, or in more."""


def word_places(lowered: str, codes: Codes | None = None) -> tuple[Places, Places]:
    """Starts and stops (int64, half-open, one per word, increasing) of what ``WORD`` matches, one after the other.

    ``codes`` are the code points of ``lowered``, where they are known already. Linear. An empty text gives empty
    arrays.
    """
    classes = _classes_of(small_codes(lowered) if codes is None else codes)
    inside = (classes > _OTHER) & (classes < _APOSTROPHE)
    marks = np.flatnonzero(classes[1:-1] >= _APOSTROPHE) + 1
    joins = marks[inside[marks - 1] & inside[marks + 1]]
    inside[joins] = True
    starts, stops = _stretches(inside)
    odd = _odd(classes, joins, starts, stops)
    return _merged(lowered, starts, stops, odd) if odd.any() else (starts, stops)


def _stretches(inside: npt.NDArray[np.bool_]) -> tuple[Places, Places]:
    """Starts and stops of the stretches where ``inside`` is true."""
    framed = np.zeros(len(inside) + 2, dtype=np.bool_)
    framed[1:-1] = inside
    edges = np.flatnonzero(framed[1:] != framed[:-1])
    return edges[::2].copy(), edges[1::2].copy()


def _odd(classes: npt.NDArray[np.uint8], joins: Places, starts: Places, stops: Places) -> npt.NDArray[np.bool_]:
    """Which stretches are for the pattern: those with a digit, a mark or an inner point, but for mere numbers."""
    numeric = classes == _DIGIT
    numeric[joins[classes[joins] == _POINT]] = True
    first, last = _stretches(numeric)
    in_stretch = np.searchsorted(starts, first, side="right") - 1
    odd = np.zeros(len(starts), dtype=np.bool_)
    odd[in_stretch[(starts[in_stretch] < first) | (last < stops[in_stretch])]] = True
    odd[np.searchsorted(starts, np.flatnonzero(classes == _MARK), side="right") - 1] = True
    return odd


def small_codes(text: str) -> Codes:
    """The code points of a text, in one byte each where all are of ASCII, in two where all are of the basic plane."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    codes = character_codes(text)
    return codes.astype(np.uint16) if codes.max() < _PLANE else codes


def character_codes(text: str) -> npt.NDArray[np.uint32]:
    """The code points of a text; halves of surrogate pairs are code points like others."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def lower_case(text: str) -> str:
    """``text`` in lower case, character by character where the whole would change its length.

    As ``str.lower``, which is slow beyond ASCII; a capital sigma alone is written by its place in the word.
    """
    if text.isascii():
        return text.lower()
    if "Σ" in text and len(lowered := text.lower()) == len(text):
        return lowered
    codes = character_codes(text)
    return characters_of(np.where(codes < _CASED, _lower()[np.minimum(codes, _CASED - 1)], codes).astype(np.uint32))


def characters_of(codes: Codes) -> str:
    """The text that has these code points."""
    if codes.dtype == np.uint8:
        return codes.tobytes().decode("latin-1")
    return codes.astype(np.uint32, copy=False).tobytes().decode("utf-32-le", "surrogatepass")


BREAK = "\n\u0000\n"
"""Stands between two texts; no word reaches over it, and no text's last dot meets the next text's first letter."""


def one_after_the_other(texts: Sequence[str]) -> tuple[str, Places]:
    """Texts joined with breaks between them, and where each begins: one place more than there are texts."""
    return BREAK.join(texts), np.cumsum([0, *(len(text) + len(BREAK) for text in texts)])


def _merged(lowered: str, starts: Places, stops: Places, odd: npt.NDArray[np.bool_]) -> tuple[Places, Places]:
    """The words of plain stretches and of ``odd`` ones, in order. A dot may follow the last of some initials."""
    found, counts = [], []
    for start, stop in zip(starts[odd].tolist(), stops[odd].tolist(), strict=True):
        words = [match.span() for match in WORD.finditer(lowered, start, _with_dot(lowered, stop))]
        found += words
        counts.append(len(words))
    of_stretch = np.ones(len(starts), dtype=np.int64)
    of_stretch[odd] = counts
    first, last = np.repeat(starts, of_stretch), np.repeat(stops, of_stretch)
    places, replaced = np.array(found, dtype=np.int64).reshape(-1, 2), np.repeat(odd, of_stretch)
    first[replaced], last[replaced] = places[:, 0], places[:, 1]
    return first, last


def _with_dot(lowered: str, stop: int) -> int:
    return stop + 1 if lowered[stop : stop + 1] == "." else stop


_PLANE = 0x10000
_KINDS = ((re.compile(r"[^\W_]+"), _LETTER), (re.compile(r"\d+"), _DIGIT), (re.compile(f"[{_MARKS}]+"), _MARK))


def wordless(lowered: str) -> npt.NDArray[np.bool_]:
    """For each character whether it is in no word, whatever stands around it."""
    alone: npt.NDArray[np.bool_] = _classes_of(character_codes(lowered)) == _OTHER
    return alone


def _classes_of(codes: Codes) -> npt.NDArray[np.uint8]:
    """The class of each character, as ``WORD`` sees it; those beyond the basic plane are rare and asked one by one."""
    if codes.dtype == np.uint8:
        return np.frombuffer(codes.tobytes().translate(_classes()[:256].tobytes()), dtype=np.uint8)
    classes = _classes().take(codes, mode="clip")
    beyond = np.flatnonzero(codes >= _PLANE)
    for code in np.unique(codes[beyond]).tolist():
        for pattern, value in _KINDS:
            if pattern.match(chr(code)):
                classes[beyond[codes[beyond] == code]] = value
    return classes


_CASED = 0x20000
"""No code point from here on has a lower case of its own."""


@cache
def _lower() -> npt.NDArray[np.uint32]:
    """The lower case of each code point that may have one, itself where that is more than one; made once a process."""
    plain = characters_of(np.arange(_CASED, dtype=np.uint32)).replace("İ", "x").replace("Σ", "x")
    lower = character_codes(plain.lower()).copy()
    lower[[ord("İ"), ord("Σ")]] = ord("İ"), ord("σ")  # two letters; and one that goes by its neighbours
    return lower


@cache
def _classes() -> npt.NDArray[np.uint8]:
    """The classes of the basic plane, and one more entry for what lies beyond; made once per process."""
    classes = np.full(_PLANE + 1, _OTHER, dtype=np.uint8)
    characters = characters_of(np.arange(_PLANE, dtype=np.uint32))
    for pattern, value in _KINDS:
        for match in pattern.finditer(characters):
            classes[match.start() : match.end()] = value
    classes[ord("'")] = _APOSTROPHE
    classes[[ord("."), ord(",")]] = _POINT
    return classes

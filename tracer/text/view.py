"""The normalised view that matching reads, with a map back to the raw text.

The raw text keeps every slip, because a slip is evidence; the view is what two carriers of the same words agree on
after house style, character repair and invisible marks are set aside.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from tracer.text.words import character_codes, characters_of, lower_case

_FOLD = {**dict.fromkeys("’‘ʼ‛´`′＇", "'"), **dict.fromkeys("“”„‟«»″＂", '"')}
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]+"
)
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3\u00e2\u00d0\u00d1][\u0080-\u00bf\u20ac\u0152-\u0192\u02c6-\u02dc\u2013-\u203a\u2122]"
)
_MOJIBAKE_LEADS = "\u00c2\u00c3\u00e2\u00d0\u00d1"
_COMPATIBLE = re.compile("[^\x00-\u024f\u2010-\u2026]")
_FIRST_COMPATIBLE = 0x250
_SIGNS = slice(0x2027, 0x2A00)
_CHUNK = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class NormalView:
    """A text made comparable, and where each of its characters came from.

    ``raw_starts[i]`` is the offset in the raw text at which character ``i`` of ``text`` begins;
    ``raw_starts[len(text)]`` is the length of the raw text (shape ``(len(text) + 1,)``, never decreasing).
    ``raw_stops[i]`` is where it ends there (shape ``(len(text),)``): one further on, or past all the characters that
    a repaired one was made of. ``None``, of both at once, stands for the identity map.
    """

    text: str
    raw_starts: npt.NDArray[np.int64] | None = None
    raw_stops: npt.NDArray[np.int64] | None = None


def normal_view(raw: str) -> NormalView:
    """The matching view of ``raw``: quotation marks folded, invisible marks dropped, mojibake repaired.

    Composed characters stay one character each (NFKC is applied to those that keep their length, such as full-width
    letters), so the map is nearly always the identity. Mojibake is repaired chunk by chunk with ftfy and only where
    its byte pattern occurs. Linear in the length of ``raw``; the empty text gives an empty view.
    """
    text = _folded(raw)
    if text.isascii():
        return NormalView(text)
    suspects = _suspects(raw)
    pieces: list[tuple[str, int, int]] | None = None
    if suspects & _MAY_BE_MOJIBAKE and _MOJIBAKE.search(raw):
        pieces = _repaired_pieces(raw)
    elif suspects & _HAS_INVISIBLE:
        pieces = _visible_pieces(text, 0, len(text))
    if pieces is not None:
        return _joined(pieces, len(raw))
    return NormalView(_same_length_compatible(text) if suspects & _MAY_FOLD else text)


def lowered_view(raw: str) -> str:
    """The text that words are found in: the normal view of ``raw`` in lower case."""
    return lower_case(normal_view(raw).text)


_HAS_INVISIBLE, _MAY_BE_MOJIBAKE, _MAY_FOLD = 1, 2, 4


def _suspects(raw: str) -> int:
    """Which repairs a text may need, told by its characters in one pass: the flags of all of them together."""
    codes = character_codes(raw)
    flags = int(np.bitwise_or.reduce(_flags().take(codes, mode="clip"), initial=np.uint8(0)))
    if flags & _MAY_FOLD and _INVISIBLE.search(raw):
        return flags | _HAS_INVISIBLE  # some stand beyond the basic plane
    return flags


def folded_only() -> str:
    """Characters that :func:`normal_view` folds or leaves one by one, whatever stands around them.

    All of the basic plane but those with another form; of these the signs: currency, arrows, shapes and bullets.
    """
    alone = _flags()[:_PLANE] == 0
    alone[_SIGNS] |= _flags()[_SIGNS] == _MAY_FOLD
    return characters_of(np.flatnonzero(alone).astype(np.uint32))


_PLANE = 0x10000


@cache
def _flags() -> npt.NDArray[np.uint8]:
    """For each code point of the basic plane, and for all beyond it, the repairs that it may call for."""
    flags = np.zeros(_PLANE + 1, dtype=np.uint8)
    flags[[ord(mark) for mark in _MOJIBAKE_LEADS]] = _MAY_BE_MOJIBAKE
    flags[_FIRST_COMPATIBLE:] = _MAY_FOLD
    flags[0x2010:0x2027] = 0
    for match in _INVISIBLE.finditer(characters_of(np.arange(_PLANE, dtype=np.uint32))):
        flags[match.start() : match.end()] |= _HAS_INVISIBLE
    return flags


def _folded(text: str) -> str:
    """``text`` with one form of apostrophe and one of quotation mark; a search per mark costs less than a table."""
    for mark, plain in _FOLD.items():
        if mark in text:
            text = text.replace(mark, plain)
    return text


def _same_length_compatible(text: str) -> str:
    """``text`` with plain forms of characters that have one of their own length; each different one is asked once."""
    for char in set(text):
        if (form := _one_for_one(char)) != char:
            text = text.replace(char, form)
    return text


@lru_cache(maxsize=1 << 14)
def _one_for_one(char: str) -> str:
    if _COMPATIBLE.match(char) and len(form := unicodedata.normalize("NFKC", char)) == 1:
        return form
    return char


def _visible_pieces(text: str, start: int, stop: int) -> list[tuple[str, int, int]]:
    """Cut the invisible marks out of ``text``, which stands at ``start:stop`` of the raw text."""
    if len(text) != stop - start:
        return [(_INVISIBLE.sub("", text), start, stop)]
    pieces, position = [], 0
    for match in _INVISIBLE.finditer(text):
        pieces.append((text[position : match.start()], start + position, start + match.start()))
        position = match.end()
    pieces.append((text[position:], start + position, stop))
    return pieces


def _repaired_pieces(raw: str) -> list[tuple[str, int, int]]:
    """Split into pieces ``(view text, raw start, raw stop)``; a damaged chunk is cut at its damaged characters."""
    import ftfy  # noqa: PLC0415 - loaded only for damaged text

    pieces, position = [], 0
    for match in _CHUNK.finditer(raw):
        chunk = match.group()
        if len(chunk) > 400 or not _MOJIBAKE.search(chunk):  # noqa: PLR2004
            continue
        pieces.append((raw[position : match.start()], position, match.start()))
        fixed = ftfy.fix_encoding(chunk)
        pieces.extend(_matched_pieces(chunk, fixed, match.start()))
        position = match.end()
    pieces.append((raw[position:], position, len(raw)))
    return [finer for text, start, stop in pieces for finer in _visible_pieces(_folded(text), start, stop)]


def _matched_pieces(chunk: str, fixed: str, offset: int) -> list[tuple[str, int, int]]:
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - loaded only for damaged text

    pieces: list[tuple[str, int, int]] = []
    was_equal = True
    for op in Levenshtein.opcodes(chunk, fixed):
        text, start, stop = fixed[op.dest_start : op.dest_end], offset + op.src_start, offset + op.src_end
        is_equal = op.tag == "equal"
        if is_equal or was_equal:
            pieces.append((text, start, stop))
        else:
            before, start, _ = pieces.pop()
            pieces.append((before + text, start, stop))
        was_equal = is_equal
    return pieces


def _joined(pieces: list[tuple[str, int, int]], raw_length: int) -> NormalView:
    edges = [_spread(len(text), start, stop) for text, start, stop in pieces if text]
    starts = np.concatenate([*(places[:-1] for places in edges), [raw_length]]).astype(np.int64)
    stops = np.concatenate([[], *(places[1:] for places in edges)]).astype(np.int64)
    text = _same_length_compatible("".join(text for text, _, _ in pieces))
    return NormalView(text, starts, np.maximum(stops, starts[:-1] + 1))


def _spread(characters: int, start: int, stop: int) -> npt.NDArray[np.int64]:
    """Where the characters of one piece begin, spread evenly over its raw stretch, and last where it ends."""
    return start + np.arange(characters + 1, dtype=np.int64) * (stop - start) // characters

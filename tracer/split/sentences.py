"""Paragraphs and sentences of raw text.

Segmentation is sentencex's, on text whose quotation marks are replaced by spaces: unmasked it glues the sentences of a
quotation together and is quadratic in unbalanced marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import chain

from tracer.domain import Span
from tracer.split.characters import HALF, LATE_CLOSER, MARK, STOP, WIDE_SPACE, Characters, Texts
from tracer.split.language import Language, SentenceWords
from tracer.split.parsed import Sentence
from tracer.split.phrases import CAPITALS

_MARKS = ("“", "”", "„", "‟", "«", "»", '"', "＂", "‹", "›")
_DOUBLED = ("``", "''", "‘‘", "’’")
_HALF = re.compile("[\ud800-\udfff]")
# The segmenter counts bytes from a stop back to a letter, and breaks off where such a space stands between.
_WIDE_BEFORE_STOP = re.compile(r"[^\S\x00-\x7f](?=\.)")
# Closing marks that may be apostrophes, and brackets, only where a sentence may end before them.
_LATE_CLOSER = re.compile(r"[’'´)\]]{1,3}(?=\s|$)")
_MOJIBAKE_QUOTE = re.compile(r"â€(?:œ|\x9d|�|(?=[\s.,;:!?)]|$))")
_CLOSERS = frozenset("”“\"»«„‟’'´)]›\x9d")
_MAY_CLOSE = _CLOSERS | {"â"}
_OPENERS = frozenset('“"«„‟')
_WINDOW = 20_000  # code points handed to the segmenter at once
_BETWEEN = "\n\n"  # what the segmenter takes for the end of a paragraph
_BACK, _AHEAD = 24, 80  # code points looked at before and behind a cut
_JOINS = re.compile(r"\s*[a-zß-öø-ÿа-яё]")


def paragraphs(text: str) -> tuple[Span, ...]:
    """The lines of a text that hold more than white space, without the white space around them.

    Every line break separates paragraphs, for saved pages seldom leave a blank line. Linear.
    """
    found = []
    start = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words:
            begun = start if line[0] == words[0] else start + len(line) - len(line.lstrip())
            found.append(Span(begun, begun + len(words)))
        start += len(line)
    return tuple(found)


def stripped(text: str, start: int, stop: int) -> Span:
    """The span without white space at either end; empty (and false) when it holds nothing else."""
    while start < stop and text[start].isspace():
        start += 1
    while start < stop and text[stop - 1].isspace():
        stop -= 1
    return Span(start, stop)


def sentences(text: str, lines: tuple[Span, ...], language: Language, characters: Characters) -> tuple[Sentence, ...]:
    """Sentences of all paragraphs, in reading order; together they hold everything but white space.

    A closing mark belongs to the sentence it closes. A sentence never crosses a paragraph. Linear in the text.
    """
    endings = _abbreviation_endings(language)
    found: list[Sentence] = []
    pieces = _pieces(lines, language, characters)
    for paragraph, line in enumerate(lines):
        start = place = line.start
        stop = line.stop
        while place < stop:
            piece = next(pieces)
            words = len(piece.rstrip())
            cut = place + words
            place += len(piece)
            if words and place < stop:
                cut = _behind_last_mark(text, line, cut, endings, language)
                while start < cut and text[start].isspace():
                    start += 1
                if start < cut:
                    found.append(Sentence(Span(start, cut), paragraph))
                    start = cut
        if start == line.start:
            found.append(Sentence(line, paragraph))
            continue
        while start < stop and text[start].isspace():
            start += 1
        if start < stop:
            found.append(Sentence(Span(start, stop), paragraph))
    return tuple(found)


def _pieces(lines: tuple[Span, ...], language: Language, characters: Characters) -> Iterator[str]:
    """The segmenter's pieces of all paragraphs of a text, in order.

    It takes what stands between two empty lines by itself, and may give the empty lines as a piece or leave them out.
    """
    from sentencex import segment  # noqa: PLC0415 - a compiled library that only this needs

    masked, begun = characters.texts.told(mask_marks), characters.start
    words = [masked[begun + line.start : begun + line.stop] for line in lines]
    if max(map(len, words), default=0) <= _WINDOW:
        return (piece for piece in segment(language.code, _BETWEEN.join(words)) if piece != _BETWEEN)
    cut_up = partial(segment, language.code)
    return chain.from_iterable(_pieces_of_long(paragraph, cut_up) for paragraph in words)


def _pieces_of_long(masked: str, segment: Callable[[str], list[str]]) -> list[str]:
    """The segments of a paragraph too long to be segmented at once; the last of a window is segmented again."""
    found: list[str] = []
    start = 0
    while start < len(masked):
        pieces = segment(masked[start : start + _WINDOW])
        if start + _WINDOW < len(masked) and len(pieces) > 1:
            pieces.pop()
            start += sum(map(len, pieces))
        else:
            start += _WINDOW
        found += pieces
    return found


def _behind_last_mark(text: str, line: Span, cut: int, endings: frozenset[str], language: Language) -> int:
    """Where a sentence of a paragraph ends that may end at ``cut``: right behind its last mark; 0 when it goes on."""
    if text[cut] in _MAY_CLOSE:
        cut = _behind_closers(text, cut, line.stop)
    ending = text[max(line.start, cut - 3) : cut - 1]
    plain = text[cut - 1] == "." and ending.isalnum() and ending not in endings
    return cut if plain or _stands(text, line, cut, language) else 0


@cache
def _abbreviation_endings(language: Language) -> frozenset[str]:
    """The last two letters of each abbreviation, before its full stop: the only letter of one that has no more."""
    words = language.sentences
    return frozenset(word[-2:] for word in (*words.never_final.exact, *words.before_digit.exact))


def mask_marks(texts: Texts) -> str:
    """The texts with every quotation mark replaced by as many spaces; apostrophes stay. Same length."""
    masked = texts.joined
    for mark in _MARKS + _DOUBLED if texts.has_doubled(MARK) else _MARKS:
        if mark in masked:
            masked = masked.replace(mark, " " * len(mark))
    if texts.pairs(WIDE_SPACE, STOP):
        masked = _WIDE_BEFORE_STOP.sub(" ", masked)
    if texts.has(HALF):
        masked = _HALF.sub("\ufffd", masked)
    closers = [_LATE_CLOSER.match(masked, place) for place in texts.pairs(STOP, LATE_CLOSER)]
    if any(closers):
        masked = _blanked(masked, [closer.span() for closer in closers if closer])
    if "â€" in texts.joined:
        masked = _MOJIBAKE_QUOTE.sub(lambda match: " " * len(match.group()), masked)
    return masked


def _blanked(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text with spaces at some places, which are in order and apart."""
    pieces: list[str] = []
    free = 0
    for start, stop in places:
        pieces += (text[free:start], " " * (stop - start))
        free = stop
    return "".join((*pieces, text[free:]))


def _behind_closers(text: str, end: int, stop: int) -> int:
    if text.startswith("â€\x9d", end, stop):
        return end + 3
    while end < stop and text[end] in _CLOSERS:
        if text[end] in _OPENERS and end + 1 < stop and text[end + 1].isalnum():
            break
        end += 1
    return end


def _stands(text: str, line: Span, cut: int, language: Language) -> bool:
    """Whether a cut ends a sentence: not behind an abbreviation, nor inside a sentence with a quoted question."""
    last = text[cut - 1]
    if last == ".":
        return not _is_abbreviation(text, line, cut, language.sentences)
    if _JOINS.match(text, cut, min(line.stop, cut + _AHEAD)):
        return False
    before = text[max(line.start, cut - _BACK) : cut]
    asked = last in _CLOSERS and before.rstrip("”“\"»«’'")[-1:] in "?!"
    return not (asked and _says(text[cut : min(line.stop, cut + _AHEAD)], language))


def _is_abbreviation(text: str, line: Span, cut: int, words: SentenceWords) -> bool:
    """Whether the full stop before ``cut`` belongs to an abbreviation that ends no sentence here.

    A capital with a stop of its own right behind it is the next of some initials: "(D-N.Y.)".
    """
    if text[cut : cut + 1].isupper() and text[cut + 1 : cut + 2] == ".":
        return True
    parts = text[max(line.start, cut - _BACK) : cut - 1].rsplit(maxsplit=1)
    last = parts[-1].lstrip("“”\"‘’'([") if parts else ""
    if last in words.never_final.exact:
        return True
    return last in words.before_digit.exact and text[cut : min(line.stop, cut + _AHEAD)].lstrip()[:1].isdigit()


_NAME_THEN_WORD = re.compile(rf"\s+((?:the |The |Mr\. |Mrs\. |Ms\. )?(?:[{CAPITALS}][\w.’'-]*\s){{1,4}})(\w+)")


def _says(after: str, language: Language) -> bool:
    match = _NAME_THEN_WORD.match(after)
    return bool(match and match[2] in language.speech.verbs and match[2].islower())

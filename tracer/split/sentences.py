"""Paragraphs and sentences of raw text.

Segmentation is sentencex's, on text whose quotation marks are replaced by spaces: unmasked it glues the sentences of a
quotation together and is quadratic in unbalanced marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from tracer.domain import Span
from tracer.split.language import Language, SentenceWords
from tracer.split.parsed import Sentence
from tracer.split.phrases import CAPITALS

_MARKS = '“”„‟«»"＂‹›'
# Closing marks that may be apostrophes, and brackets, only where a sentence may end before them.
_LATE_CLOSER = re.compile(r"([.!?…])[’'´)\]]{1,3}(?=\s|$)")
_MOJIBAKE_QUOTE = re.compile(r"â€(?:œ|\x9d|�|(?=[\s.,;:!?)]|$))")
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which the segmenter cannot encode
_CLOSERS = frozenset("”“\"»«„‟’'´)]›\x9d")
_OPENERS = frozenset('“"«„‟')
_WINDOW = 20_000  # code points handed to the segmenter at once
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


def sentences(text: str, lines: tuple[Span, ...], language: Language) -> tuple[Sentence, ...]:
    """Sentences of all paragraphs, in reading order; together they hold everything but white space.

    A closing mark belongs to the sentence it closes. A sentence never crosses a paragraph. Linear in the text.
    """
    masked = mask_marks(text)
    return tuple(
        Sentence(span, paragraph)
        for paragraph, line in enumerate(lines)
        for span in _sentences_of(text, line, line.of(masked), language)
    )


def _sentences_of(text: str, line: Span, masked: str, language: Language) -> Iterable[Span]:
    raw = line.of(text)
    cuts = list(_joined(raw, _cuts(raw, masked, language.code), language))
    if not cuts:
        return (line,)
    places = (line.start, *(line.start + cut for cut in cuts), line.stop)
    return [span for start, stop in pairwise(places) if (span := stripped(text, start, stop))]


def _cuts(raw: str, masked: str, code: str) -> Iterator[int]:
    """Places where one sentence of a paragraph ends, behind its closing marks."""
    from sentencex import segment  # noqa: PLC0415 - a compiled library that only this needs

    start = 0
    while start < len(masked):
        window = masked[start : start + _WINDOW]
        pieces = segment(code, window)
        last_window = start + _WINDOW >= len(masked)
        if not last_window and len(pieces) > 1:
            window = window[: len(window) - len(pieces.pop())]
        place = start
        for piece in pieces if len(pieces) > 1 or not last_window else ():
            end = place + len(piece.rstrip())
            place += len(piece)
            if piece.strip() and place < len(masked):
                yield _behind_closers(raw, end)
        start += len(window)


def mask_marks(raw: str) -> str:
    """The text with every quotation mark replaced by as many spaces; apostrophes stay. Same length."""
    masked = _encodable(raw)
    for mark in _MARKS:
        masked = masked.replace(mark, " ")
    for doubled in ("``", "''", "‘‘", "’’"):
        masked = masked.replace(doubled, "  ")
    masked = _LATE_CLOSER.sub(lambda match: match[1].ljust(len(match[0])), masked)
    if "â€" in masked:
        masked = _MOJIBAKE_QUOTE.sub(lambda match: " " * len(match.group()), masked)
    return masked


def _encodable(raw: str) -> str:
    """The text with each half of a character replaced by a sign that can be encoded."""
    try:
        raw.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", raw)
    return raw


def _behind_closers(raw: str, end: int) -> int:
    if raw.startswith("â€\x9d", end):
        return end + 3
    while end < len(raw) and raw[end] in _CLOSERS:
        if raw[end] in _OPENERS and raw[end + 1 : end + 2].isalnum():
            break
        end += 1
    return end


def _joined(raw: str, cuts: Iterator[int], language: Language) -> Iterator[int]:
    """The cuts that stand, without those after an abbreviation or inside a sentence with a quoted question."""
    words = language.sentences
    for cut in cuts:
        before = raw[max(0, cut - 24) : cut]
        after = raw[cut : cut + 80]
        if _JOINS.match(after) and before[-1:] != ".":
            continue
        if before[-1:] == "." and _is_abbreviation(before, after, words):
            continue
        if before[-1:] in _CLOSERS and before.rstrip("”“\"»«’'")[-1:] in "?!" and _says(after, language):
            continue
        yield cut


def _is_abbreviation(before: str, after: str, words: SentenceWords) -> bool:
    """Whether the full stop at the end of ``before`` belongs to an abbreviation that ends no sentence here."""
    parts = before[:-1].rsplit(maxsplit=1)
    last = parts[-1].lstrip("“”\"‘’'([") if parts else ""
    return last in words.never_final.exact or (last in words.before_digit.exact and after.lstrip()[:1].isdigit())


_NAME_THEN_WORD = re.compile(rf"\s+((?:the |The |Mr\. |Mrs\. |Ms\. )?(?:[{CAPITALS}][\w.’'-]*\s){{1,4}})(\w+)")


def _says(after: str, language: Language) -> bool:
    match = _NAME_THEN_WORD.match(after)
    return bool(match and match[2] in language.speech.verbs and match[2].islower())

"""Datelines that credit an agency: "PORT ELLEN, May 3 (UPI) —", "ARDLEY (Reuters) -", "ARDLEY, May 3. /TASS/."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracer.domain import SourceKind, Span
from tracer.split.credited_names import names_only
from tracer.split.language import Language
from tracer.split.parsed import Credit, CreditKind
from tracer.split.phrases import CAPITALS

_BRACKET = re.compile(r"\(([^()\n]{2,60})\)(\s*(?:[—–―:-]{1,3}|\.[—–-]))?")
_SLASHED = re.compile(r"/([A-Z][A-Za-z -]{1,20})/\.?")
_BARE = re.compile(rf"([{CAPITALS}][\w -]{{1,30}}?)\s*(?:—|–|--| - )")
_DASHES = ("—", "–", "--", " - ")
_LONGEST_HEAD = 70
_MOST_WORDS = 10
_SMALL = frozenset(
    {"of", "de", "del", "la", "le", "el", "al", "and", "the", "on", "du", "da", "do", "di", "-", "—", "–", "am", "den"}
)
_PLACE_WORD = re.compile(rf"[{CAPITALS}\d(][\w.,:’'/-]*[.,:]?")


def find_datelines(text: str, lines: Sequence[Span], language: Language) -> Iterator[Credit]:
    """Datelines at the start of any paragraph. Each bracket is looked at once; linear."""
    starts = iter(lines)
    line = next(starts, None)
    for bracket in _BRACKET.finditer(text):
        while line and line.stop <= bracket.start():
            line = next(starts, None)
        if line and bracket.start() - line.start <= _LONGEST_HEAD:
            made = _bracketed(text, line, bracket, language)
            if made:
                yield made
    for line in lines[:_MOST_WORDS]:
        head = text[line.start : min(line.stop, line.start + _LONGEST_HEAD)]
        made = _slashed(text, line, language) if "/" in head else None
        if made is None and ("-" in head or "—" in head or "–" in head) and any(dash in head for dash in _DASHES):
            made = _bare(text, line, language)
        if made:
            yield made


def _bracketed(text: str, line: Span, bracket: re.Match[str], language: Language) -> Credit | None:
    head = text[line.start : bracket.start()]
    if not _is_place_and_date(head, language):
        return None
    shouted = head.strip() != "" and head.split(",")[0].isupper()
    if not bracket.group(2) and not shouted:
        return None
    if bracket.end() >= line.stop:
        return None
    names = names_only(bracket.group(1), language)
    if not names:
        return None
    return Credit(CreditKind.DATELINE, Span(line.start, bracket.end()), names)


def _slashed(text: str, line: Span, language: Language) -> Credit | None:
    mark = _SLASHED.search(text, line.start, min(line.stop, line.start + _LONGEST_HEAD))
    if not mark or not _is_place_and_date(text[line.start : mark.start()], language):
        return None
    names = names_only(mark.group(1), language)
    return Credit(CreditKind.DATELINE, Span(line.start, mark.end()), names) if names else None


def _bare(text: str, line: Span, language: Language) -> Credit | None:
    """ "AP — A storm ..." with neither place nor bracket."""
    mark = _BARE.match(text, line.start, min(line.stop, line.start + _LONGEST_HEAD))
    if not mark or len(line) < _LONGEST_HEAD:
        return None
    names = names_only(mark.group(1), language)
    if not names or any(name.kind is not SourceKind.AGENCY for name in names):
        return None
    return Credit(CreditKind.DATELINE, Span(line.start, mark.end()), names)


def _is_place_and_date(head: str, language: Language) -> bool:
    """Whether a text could be "PORT ELLEN, Isle of Islay, May 3": capitalised words and numbers only; or nothing."""
    words = head.split()
    if len(words) > _MOST_WORDS:
        return False
    return all(
        word in _SMALL or _PLACE_WORD.fullmatch(word) is not None or word.strip(".,") in language.credits.months
        for word in words
    ) and not any(word.rstrip(":.") in language.sentences.starters for word in words[:1])

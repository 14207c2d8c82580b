"""Names that look like an outlet's although the lexicon lacks them."""

from __future__ import annotations

import re

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.language import Language
from tracer.split.lexicon import find_names, lookup_name
from tracer.split.phrases import CAPITALS

_RUN = re.compile(
    rf"[{CAPITALS}][\w&’'-]*(?:\.(?:com|org|net))?(?: (?:of (?:the )?|and )?[{CAPITALS}][\w&’'-]*){{0,5}}"
)
_CALL_SIGN = re.compile(r"[A-Z]{3,5}(?:-(?:TV|FM|AM))?")
_REACH = 80


def outlet_after(text: str, start: int, stop: int, language: Language) -> tuple[SourceName, Span] | None:
    """The outlet-like name that begins at ``start``: one that ends in "Gazette" and the like, a call sign, a domain."""
    match = _RUN.match(text, start, min(stop, start + _REACH))
    return _outlet(match, language) if match else None


def outlet_before(text: str, floor: int, stop: int, language: Language) -> tuple[SourceName, Span] | None:
    """The capitalised name that ends at ``stop``, as outlets write of themselves; no pronoun, no sentence opener."""
    match = None
    for found in _RUN.finditer(text, max(floor, stop - _REACH), stop):
        match = found if found.end() == stop else None
    return _outlet(match, language) if match else None


def _outlet(match: re.Match[str], language: Language) -> tuple[SourceName, Span] | None:
    words = match.group().split()
    skipped = 0
    while words and (words[0] in language.sentences.starters or words[0] in language.people.titles):
        skipped += len(words.pop(0)) + 1
    if not words:
        return None
    name = match.group()[skipped:]
    acronym = _CALL_SIGN.fullmatch(name) is not None and name not in language.institutions.not_outlets.exact
    titled = len(words) > 1 and words[-1] in language.institutions.outlet_words.exact
    if not (acronym or titled or "." in name):
        return None
    return SourceName(name, SourceKind.OUTLET), Span(match.start() + skipped, match.end())


def any_name_after(text: str, start: int, stop: int, language: Language) -> tuple[SourceName, Span] | None:
    """The source behind ``start`` and words like "the website": of the lexicon, else any capitalised name."""
    place = start
    for _ in range(6):
        while place < stop and text[place] in " \u00a0:,\t":
            place += 1
        filler = language.attributions.fillers.match(text, place, stop)
        if not filler:
            break
        place = filler.end()
    match = _RUN.match(text, place, min(stop, place + _REACH))
    if not match:
        return None
    known = next((name for name in find_names(text, place, match.end()) if name.span.start == place), None)
    if known:
        return known.source, known.span
    source = lookup_name(match.group()) or SourceName(match.group(), SourceKind.OUTLET)
    return source, Span(*match.span())

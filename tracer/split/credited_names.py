"""Sources named inside a credit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.language import Language
from tracer.split.lexicon import NameFound, find_names, is_picture_agency, lookup_name
from tracer.split.reading import Reading

AGENCIES = SourceName("agencies", SourceKind.AGENCY)
_SEPARATOR = re.compile(r"\s*(?:[/,;|&+]|\band\b)\s*")
_CAPITALS = re.compile(r"[A-Z]{2,6}")
_LONGEST = 80


def names_only(fragment: str, language: Language) -> tuple[SourceName, ...]:
    """The sources of a fragment that holds nothing but names of agencies and outlets; else an empty tuple.

    "IANS/EFE" yields two, in order; "AP Business Writers" is AP; "Ann Lee/AP" yields nothing. Beside an agency, a short
    word all in capitals counts as the distributor's name even where the lexicon lacks it ("ABCD/EFE").
    """
    if len(fragment) > _LONGEST:
        return ()
    whole = _source(fragment, language)
    if whole:
        return (whole,)
    parts = [part for part in _SEPARATOR.split(fragment.strip()) if part]
    known = [_source(part, language) for part in parts]
    if not any(source is not None and source.kind is SourceKind.AGENCY for source in known):
        return ()
    sources = [source or _distributor(part) for source, part in zip(known, parts, strict=True)]
    return tuple(dict.fromkeys(source for source in sources if source)) if all(sources) else ()


def is_initials(word: str) -> bool:
    """Whether a word is two to six capitals, as distributors of agency copy call themselves."""
    return _CAPITALS.fullmatch(word) is not None


def _distributor(word: str) -> SourceName | None:
    return SourceName(word, SourceKind.AGENCY) if is_initials(word) else None


def _source(fragment: str, language: Language) -> SourceName | None:
    words = fragment.strip(" .*_").split()
    if " ".join(words) in language.credits.agencies.exact:
        return AGENCIES
    found = lookup_name(" ".join(words))
    while not found and len(words) > 1 and words[-1] in language.credits.desk_words:
        words.pop()
        found = lookup_name(" ".join(words))
    if found is None or found.kind is SourceKind.INSTITUTION or is_picture_agency(found):
        return None
    return found


def names_within(reading: Reading, stretch: Span) -> tuple[SourceName, ...]:
    """Agencies and outlets named anywhere in a stretch, and a generic ``agencies``, in order of mention."""
    names = reading.names_in(stretch.start, stretch.stop)
    return _in_order(names, reading.matches(reading.language.credits.agencies, stretch.start, stretch.stop))


def names_in_line(line: str, language: Language) -> tuple[SourceName, ...]:
    """Like :func:`names_within`, for words that are not part of the text."""
    return _in_order(find_names(line), language.credits.agencies.finditer(line))


def _in_order(names: Iterable[NameFound], generic: Iterable[re.Match[str]]) -> tuple[SourceName, ...]:
    found = [
        (name.span.start, name.source)
        for name in names
        if name.source.kind is not SourceKind.INSTITUTION and not is_picture_agency(name.source)
    ]
    found += [(match.start(), AGENCIES) for match in generic]
    return tuple(dict.fromkeys(source for _, source in sorted(found)))

"""Sources named inside a credit."""

from __future__ import annotations

import re

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.language import Language
from tracer.split.lexicon import find_names, is_picture_agency, lookup_name

AGENCIES = SourceName("agencies", SourceKind.AGENCY)
_SEPARATOR = re.compile(r"\s*(?:[/,;|&+]|\band\b)\s*")
_LONGEST = 80


def names_only(fragment: str, language: Language) -> tuple[SourceName, ...]:
    """The sources of a fragment that holds nothing but names of agencies and outlets; else an empty tuple.

    "IANS/EFE" yields two, in order; "AP Business Writers" is AP; "Ann Lee/AP" yields nothing.
    """
    if len(fragment) > _LONGEST:
        return ()
    whole = _source(fragment, language)
    if whole:
        return (whole,)
    parts = [part for part in _SEPARATOR.split(fragment.strip()) if part]
    sources = [_source(part, language) for part in parts]
    return tuple(dict.fromkeys(source for source in sources if source)) if all(sources) else ()


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


def names_within(text: str, stretch: Span, language: Language) -> tuple[SourceName, ...]:
    """Agencies and outlets named anywhere in a stretch, and a generic ``agencies``, in order of mention."""
    found = [
        (name.span.start, name.source)
        for name in find_names(text, stretch.start, stretch.stop)
        if name.source.kind is not SourceKind.INSTITUTION and not is_picture_agency(name.source)
    ]
    generic = language.credits.agencies.finditer(text, stretch.start, stretch.stop)
    found += [(match.start(), AGENCIES) for match in generic]
    return tuple(dict.fromkeys(source for _, source in sorted(found)))

"""Bylines that name an agency or an outlet, in the text or in the metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.credited_names import names_in_line, names_only, names_within
from tracer.split.language import Language
from tracer.split.lexicon import lookup_name
from tracer.split.parsed import Credit, CreditKind
from tracer.split.reading import Reading

_TOP = 8  # paragraphs in which a byline may stand
_LONGEST = 120  # code points of a byline
_BODY = 150  # a paragraph longer than this is body: behind it a name alone credits a picture
_PART = re.compile(r"\s*(?:[,;|/\n]|\band\b)\s*")


def find_bylines(reading: Reading) -> Iterator[Credit]:
    """Byline paragraphs near the top, none the last: "By ANN LEE, Associated Press", or an agency's name alone."""
    text, lines, language = reading.text, reading.lines, reading.language
    for line in lines[: min(_TOP, len(lines) - 1)]:
        if len(line) > _BODY:
            break
        if len(line) > _LONGEST:
            continue
        words = line.of(text)
        label = language.credits.by.match(words, 0)
        if (
            label
            and words[label.end() : label.end() + 1] in (" ", ":", "\u00a0")
            and not words.endswith((".", "?", "!"))
        ):
            names = names_within(reading, line)
        else:
            names = tuple(name for name in names_only(words, language) if name.kind is SourceKind.AGENCY)
        if names:
            yield Credit(CreditKind.BYLINE, line, names)


def metadata_bylines(byline: str | None, language: Language) -> tuple[Credit, ...]:
    """At most one credit, with the empty span at 0, for the agencies and outlets that the metadata names as authors."""
    return _metadata_bylines(byline[:2000], language) if byline else ()


def markup_credits(credited: Sequence[str]) -> tuple[Credit, ...]:
    """At most one credit, with the empty span at 0, for the sources that the page's markup credits with its text.

    A name or host that the lexicon lacks is taken for an outlet's.
    """
    names = [lookup_name(label) or SourceName(label, SourceKind.OUTLET) for label in credited]
    return (Credit(CreditKind.METADATA, Span(0, 0), tuple(dict.fromkeys(names))),) if names else ()


@lru_cache(maxsize=1 << 12)
def _metadata_bylines(byline: str, language: Language) -> tuple[Credit, ...]:
    names: list[SourceName] = []
    for part in _PART.split(byline):
        label = language.credits.by.match(part, 0)
        author = part[label.end() :].strip() if label else part.strip()
        whole = names_only(author, language)
        names += whole or (name for name in names_in_line(author, language) if name.kind is SourceKind.AGENCY)
    unique = tuple(dict.fromkeys(names))
    return (Credit(CreditKind.BYLINE, Span(0, 0), unique),) if unique else ()

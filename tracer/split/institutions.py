"""Institutions in text: by the lexicon, or by a word like "Ministry"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.language import Language
from tracer.split.lexicon import folded_names, lookup_name, name_spellings
from tracer.split.phrases import CAPITALS
from tracer.split.reading import Reading

POSSESSIVE = re.compile(r"['’´]s?$")
POSSESSIVE_ENDS = ("'", "’", "´", "'s", "’s", "´s")
"""The same for a word without white space."""
_CAPITAL_WORD = re.compile(rf"(?<!\w)[{CAPITALS}]")
_WORD = re.compile(r"[^\W_]+")
_IN_ADDRESS = re.compile(r"[./]([^\W_]+)")
"""What may begin the host that the lexicon knows, behind "www." and the like."""
_SMALL = frozenset({"of", "the", "for", "and"})


def may_name_body(fragment: str, language: Language) -> bool:
    """Whether some words of a text may name what the lexicon knows, or end in a word like "Ministry": a cheap test.

    Never false where :func:`body_within` finds such a name in them, or :func:`body_named` one that begins with a
    capital.
    """
    as_written, folded = _body_words(language)
    words = _WORD.findall(fragment)
    if not as_written.isdisjoint(words):
        return True
    capitals = [word for word in words if not word.islower()]
    return not folded.isdisjoint(map(str.casefold, capitals + _IN_ADDRESS.findall(fragment)))


@cache
def _body_words(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """First words of names and words like "Ministry": as they are written, and in lower case for any other writing.

    A name that is written otherwise begins with a capital, unless a word that joins names stands before that, or the
    beginning of a web address.
    """
    bodies = language.institutions
    lists = name_spellings(), bodies.heads, bodies.lower_heads, bodies.places
    written = {word for names in lists for word in _first_words(names.spellings)}
    folded = {word.casefold() for word in (*_first_words(folded_names()), *written)}
    return frozenset(written | (folded & language.people.name_joiners.folded)), frozenset(folded)


def _first_words(names: Iterable[str]) -> Iterator[str]:
    return (word.group() for word in map(_WORD.search, names) if word)


@lru_cache(maxsize=1 << 14)
def body_named(name: str, language: Language) -> SourceName | None:
    """The institution, agency or outlet that a name means: by the lexicon, by a word like "Ministry", or a country."""
    bare = POSSESSIVE.sub("", name.strip())
    found = lookup_name(bare)
    if found:
        return found
    parts = bare.split()
    heads = language.institutions.heads
    if len(parts) > 1 and any(part in heads.exact for part in parts):
        return canonical_body(bare)
    return SourceName(bare, SourceKind.INSTITUTION) if bare in language.institutions.places else None


def body_within(stretch: Span, reading: Reading) -> tuple[SourceName, Span] | None:
    """The last source named inside a stretch of text, with its place; ``None`` when there is none.

    A name of the lexicon goes before one told by its last word ("Ardley Police", "Ardley's health ministry").
    """
    text, bodies = reading.text, reading.language.institutions
    heads = bodies.heads, bodies.lower_heads
    if not reading.may_have((name_spellings(), *heads), stretch.start, stretch.stop):
        return None
    found = list(reading.names_in(stretch.start, stretch.stop))
    if found:
        return found[-1].source, found[-1].span
    ends = [match.end() for words in heads for match in reading.matches(words, stretch.start, stretch.stop)]
    first = _CAPITAL_WORD.search(text, stretch.start, stretch.stop)
    if not ends or not first or " " not in text[first.start() : max(ends)]:
        return None
    span = Span(first.start(), max(ends))
    return canonical_body(span.of(text)), span


def canonical_body(name: str) -> SourceName:
    """One spelling for an institution that the lexicon lacks: no possessives, capitals, American "Defense"."""
    known = lookup_name(POSSESSIVE.sub("", name))
    if known:
        return known
    parts: Sequence[str] = [POSSESSIVE.sub("", part).replace("efence", "efense") for part in name.split()]
    spelling = " ".join(part if part in _SMALL else part[:1].upper() + part[1:] for part in parts)
    return SourceName(spelling, SourceKind.INSTITUTION)

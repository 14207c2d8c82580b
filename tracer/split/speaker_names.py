"""Whom a noun phrase names: a person, an institution, or nobody by name."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.institutions import POSSESSIVE, POSSESSIVE_ENDS, body_named, body_within, canonical_body
from tracer.split.language import Language
from tracer.split.lexicon import lookup_name
from tracer.split.phrases import CAPITAL_LETTERS, CAPITALS
from tracer.split.window import Words

INITIAL = re.compile(rf"(?:[{CAPITALS}]\.)+$|[A-Z][a-z]{{0,4}}\.$")
"""A word that ends in a point of its own: initials, "Mr." and the like."""
_LONGEST_NAME = 9  # words in a run of capitals, titles included
_LONGEST_PERSON = 5  # words in a person's name


class Speaker(NamedTuple):
    """What a noun phrase says about who speaks.

    ``span`` covers the words that say it; ``source`` is ``None`` for a pronoun (``pronoun`` true) and for a nameless
    speaker ("an official"). ``institution`` is the body the speaker speaks for, or the outlet a journalist writes for,
    and ``institution_span`` its name; both equal ``source`` and ``span`` for an institution. ``known`` says that the
    institution, agency or outlet stands in the lexicon or is told by a word like "Ministry". ``cue`` is ``"statement"``
    when the phrase ends in such a word ("a Home Office statement").
    """

    span: Span
    source: SourceName | None = None
    pronoun: bool = False
    institution: SourceName | None = None
    institution_span: Span | None = None
    known: bool = False
    cue: str = ""


def ending_at(words: Words, last: int, language: Language) -> Speaker | None:
    """Whom the phrase names that ends in the word ``last``; ``None`` where no phrase of a speaker ends there."""
    word = words.bare(last)
    folded = word.casefold().rstrip(".")
    if folded in language.speech.pronouns.folded:
        return Speaker(words.hull(last, last), pronoun=True)
    if folded in language.statements.issued.folded:
        return _statement(words, last, language)
    if word[:1] in CAPITAL_LETTERS:
        return _named(words, last, language)
    if folded in persons(language):
        return _nameless(words, last, language)
    if folded in language.institutions.lower_heads.folded:
        return _lower_institution(words, last)
    return None


def _statement(words: Words, last: int, language: Language) -> Speaker:
    """ "A Home Office statement": the institution; "the statement": like a pronoun."""
    if last > 0 and words.bare(last - 1)[:1] in CAPITAL_LETTERS:
        issuer = _named(words, last - 1, language)
        if issuer and issuer.source:
            return issuer._replace(cue="statement")
    first = last - 1 if last > 0 and words.bare(last - 1) in language.speech.determiners else last
    return Speaker(words.hull(first, last), pronoun=True, cue="statement")


def _nameless(words: Words, last: int, language: Language) -> Speaker:
    """ "A Home Office spokeswoman": speaks for the institution; "an official": for nobody named."""
    first = last
    while first > 0 and last - first < _LONGEST_NAME and _continues_left(words, first - 1, language):
        first -= 1
    found = body_within(words.stretch(first, last), words.reading)
    if not found:
        return Speaker(words.hull(last, last))
    return Speaker(words.hull(first, last), found[0], institution=found[0], institution_span=found[1], known=True)


def _lower_institution(words: Words, last: int) -> Speaker | None:
    first = next((at for at in range(last - 1, max(-1, last - 4), -1) if words.bare(at)[:1] in CAPITAL_LETTERS), None)
    if first is None or any(words.raw[at].endswith(",") for at in range(first, last)):
        return Speaker(words.hull(last, last), pronoun=True)
    span = words.hull(first, last)
    source = canonical_body(span.of(words.text))
    return Speaker(span, source, institution=source, institution_span=span, known=True)


def _continues_left(words: Words, index: int, language: Language) -> bool:
    if words.raw[index][-1] in ',;:!?—”"':
        return False
    word = words.bare(index)
    return word[:1] in CAPITAL_LETTERS or word.casefold() in nouns(language) or word.endswith(POSSESSIVE_ENDS)


def _named(words: Words, last: int, language: Language) -> Speaker | None:
    """The speaker that a run of capitalised words ending at ``last`` names."""
    first = _run_start(words, last, language)
    name_at = first + _behind_titles(tuple(map(words.bare, range(first, last + 1))), language)
    if name_at > last:
        return Speaker(words.hull(first, last))
    before = words.bare(first - 1).casefold() if first > 0 else ""
    home = None if before in language.speech.determiners.folded else _home(words, name_at, last, language)
    if home is not None or name_at > first or before in persons(language):
        return _person(words, first, name_at, last if home is None else home - 1, language)
    determined = before in language.speech.determiners.folded
    if determined and first > 1:
        before = words.bare(first - 2).casefold()
    if before in language.speech.prepositions.folded:
        return _spoken_for(words, first, last, before, language)
    whole = words.hull(first, last)
    body = body_named(whole.of(words.text), language)
    if body:
        known = body.name not in language.institutions.places
        return Speaker(whole, body, institution=body, institution_span=whole, known=known)
    if determined:
        return Speaker(whole, SourceName(whole.of(words.text), SourceKind.INSTITUTION))
    return _person(words, first, name_at, last, language)


def _home(words: Words, first: int, last: int, language: Language) -> int | None:
    """Index of the word behind a person's name that leads to where the person is from: "Ann Lee of Ardley"."""
    joins = language.speech.speaking_for.exact
    of = next((at for at in range(first, last) if words.bare(at) in joins), first)
    if of - first <= 1 or lookup_name(words.hull(first, last).of(words.text)):
        return None
    return None if body_named(words.hull(first, of - 1).of(words.text), language) else of


def _person(words: Words, first: int, name_at: int, last: int, language: Language) -> Speaker | None:
    """The person whose name begins at ``name_at``, with the institution named in the chain of titles before it."""
    if last - name_at >= _LONGEST_PERSON:
        return None
    chain = first
    while chain > 0 and last - chain < 2 * _LONGEST_NAME and _continues_left(words, chain - 1, language):
        chain -= 1
    span = words.hull(name_at, last)
    person = _person_named(span.of(words.text))
    found = body_within(words.hull(chain, name_at - 1), words.reading) if chain < name_at else None
    if not found:
        return Speaker(span, person)
    return Speaker(span, person, institution=found[0], institution_span=found[1], known=True)


@lru_cache(maxsize=1 << 14)
def _person_named(name: str) -> SourceName:
    return SourceName(POSSESSIVE.sub("", name), SourceKind.PERSON)


def _spoken_for(words: Words, first: int, last: int, preposition: str, language: Language) -> Speaker | None:
    """ "A spokesman for the Pentagon" and "Ann Lee of the Pentagon" speak for it; "officials in Paris" are nameless."""
    behind = range(first - 2, max(-1, first - 5), -1)
    person = next((at for at in behind if words.bare(at).casefold() in persons(language)), None)
    span = words.hull(first, last)
    body = body_named(span.of(words.text), language)
    speaks = preposition in language.speech.speaking_for
    if person is None:
        return _before_preposition(words, behind, span if speaks and body else None, language)
    if not speaks or body is None:
        return Speaker(words.hull(person, person))
    return Speaker(words.hull(person, last), body, institution=body, institution_span=span, known=True)


def _before_preposition(words: Words, behind: range, body: Span | None, language: Language) -> Speaker | None:
    """An institution or, before a body, a person's whole name: who is of a university does not speak for it."""
    at = next((at for at in behind if words.bare(at) in language.institutions.lower_heads), None)
    if at is not None:
        return _lower_institution(words, at)
    name = next((at for at in behind[:2] if words.bare(at)[:1] in CAPITAL_LETTERS), None)
    if body is None or name is None or words.raw[name][-1] in ",—–":
        return None
    speaker = _named(words, name, language)
    source = speaker.source if speaker else None
    if speaker is None or source is None or source.kind is not SourceKind.PERSON or " " not in source.name:
        return None
    known = None if speaker.institution else lookup_name(body.of(words.text))
    return speaker._replace(institution=known, institution_span=body, known=True) if known else speaker


def _run_start(words: Words, last: int, language: Language) -> int:
    """First word of the run of capitalised words (joined by words like "of") that ends at ``last``."""
    first = last
    at = last - 1
    while at >= 0 and last - at < _LONGEST_NAME:
        raw = words.raw[at]
        if raw[-1] in ',;:!?)—–”"' or (raw[-1] == "." and not INITIAL.search(raw)):
            break
        word = words.bare(at)
        if word[:1] in CAPITAL_LETTERS:
            first = at
        elif word not in language.people.name_joiners or at == 0 or words.bare(at - 1)[:1] not in CAPITAL_LETTERS:
            break
        at -= 1
    while first < last and words.bare(first) in language.sentences.starters:
        first += 1
    return first


@lru_cache(maxsize=1 << 14)
def _behind_titles(run: tuple[str, ...], language: Language) -> int:
    """Index of the first word of a run that belongs to the name rather than to a title before it."""
    name_at = 0
    titles, openers = language.people.titles.folded, _title_openers(language)
    for at, word in enumerate(run):
        if word.endswith(POSSESSIVE_ENDS) and at + 1 < len(run):
            name_at = at + 1
        if word.rstrip(".").casefold() not in openers:
            continue
        for length in range(min(4, len(run) - at), 0, -1):
            if " ".join(run[at : at + length]).rstrip(".").casefold() in titles:
                name_at = max(name_at, at + length)
                break
    return name_at


@cache
def _title_openers(language: Language) -> frozenset[str]:
    """First words of titles, in lower case and without a full stop behind them."""
    return frozenset(title.split(" ")[0].rstrip(".") for title in language.people.titles.folded)


@cache
def persons(language: Language) -> frozenset[str]:
    """Words in lower case for a person."""
    return language.people.people.folded | language.people.persons.folded


@cache
def nouns(language: Language) -> frozenset[str]:
    """Words in lower case for persons and institutions, and what stands before these."""
    bodies = language.institutions
    return persons(language) | bodies.lower_modifiers.folded | bodies.lower_heads.folded

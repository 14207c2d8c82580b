"""The noun phrase before or after a word of saying, or at the head of its sentence: who speaks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tracer.domain import SourceKind
from tracer.split.institutions import POSSESSIVE_ENDS, body_within
from tracer.split.language import Language
from tracer.split.phrases import CAPITAL_LETTERS
from tracer.split.reading import Reading
from tracer.split.speaker_names import INITIAL, Speaker, ending_at, nouns, persons
from tracer.split.window import Words

_LONGEST_WORD = 30  # code points
_MOST_OPENINGS = 3  # commas behind which the subject of a sentence is looked for


def speaker_before(reading: Reading, floor: int, stop: int) -> Speaker | None:
    """The subject that ends just before ``stop``, looking back no further than ``floor``; ``None`` when there is none.

    Auxiliaries, adverbs and a parenthesis between subject and verb are skipped; behind a comma the subject is sought
    before the apposition ("Ann Lee, a minister, said").
    """
    words = Words(reading, floor, stop)
    last = _skip_back(words, len(words) - 1, reading.language)
    if last < 0:
        return None
    if words.raw[last].endswith((",", "—", "–")):
        return _before_apposition(words, last, reading.language)
    return ending_at(words, last, reading.language)


def speaker_after(reading: Reading, start: int, ceiling: int) -> Speaker | None:
    """The noun phrase that begins at ``start``, reading no further than ``ceiling``; ``None`` when there is none."""
    words = Words(reading, start, ceiling)
    last = _phrase_end(words, reading.language)
    return None if last < 0 else ending_at(words, last, reading.language)


def opening_subject(reading: Reading, start: int, stop: int, *, apposed: bool = False) -> Speaker | None:
    """The noun phrase that opens a sentence, read no further than ``stop``; ``None`` when none is plainly its subject.

    It stands first, or behind the comma that ends an opening like "In a letter,". A word in lower case follows it, or
    with ``apposed`` a comma ("Ann Lee, who lives in Ardley, has …"). A possessive ("Lee's plan") is no subject.
    """
    for begun in _openings(reading, start, stop):
        words = Words(reading, begun, stop)
        last = _phrase_end(words, reading.language)
        if 0 <= last < len(words) - 1 and _is_subject(words, last, reading.language, apposed=apposed):
            return ending_at(words, last, reading.language)
    return None


def _is_subject(words: Words, last: int, language: Language, *, apposed: bool) -> bool:
    word = words.bare(last)
    if word.endswith(POSSESSIVE_ENDS) or word.casefold() in language.speech.determiners.folded:
        return False
    if words.raw[last][-1] in ",—–":
        return apposed
    return not apposed and words.raw[last + 1].islower() and not _is_opener(words, last, language)


def _openings(reading: Reading, start: int, stop: int) -> Iterator[int]:
    """Where the subject of a sentence may begin."""
    text = reading.text
    words = Words(reading, start, min(stop, start + _LONGEST_WORD))
    if len(words) and not _is_opener(words, 0, reading.language):
        yield start
        return
    for _ in range(_MOST_OPENINGS):
        comma = text.find(", ", start, stop)
        if comma < 0:
            return
        start = comma + 2
        yield start


def _is_opener(words: Words, index: int, language: Language) -> bool:
    """Whether a word at the beginning of a sentence begins something that stands before its subject."""
    word = words.bare(index)
    folded = word.casefold()
    if index or folded in language.speech.pronouns.folded or folded in language.speech.determiners.folded:
        return False
    return word in language.sentences.starters.exact or word.endswith(("ing", "ed"))


def _phrase_end(words: Words, language: Language) -> int:
    """Index of the last word of the noun phrase that begins with the first word; -1 when no phrase begins there."""
    last = -1
    for index in range(min(len(words), 16)):
        word = words.bare(index)
        folded, capital = word.casefold().rstrip("."), word[:1] in CAPITAL_LETTERS
        pronoun = folded in language.speech.pronouns.folded
        if not capital and not (pronoun and last < 0) and not _may_stand_in_phrase(word, folded, language):
            break
        if capital or folded in _subject_nouns(language) or (last < 0 and pronoun):
            last = index
        if pronoun or (words.raw[index][-1] in ',.;:!?)”"—' and not INITIAL.search(words.raw[index])):
            break
    return last


def _may_stand_in_phrase(word: str, folded: str, language: Language) -> bool:
    return folded in _phrase_words(language) or word.endswith(POSSESSIVE_ENDS)


@cache
def _phrase_words(language: Language) -> frozenset[str]:
    """Words in lower case that a noun phrase may hold."""
    people = language.people
    return people.name_joiners.folded | language.speech.determiners.folded | people.modifiers.folded | nouns(language)


@cache
def _subject_nouns(language: Language) -> frozenset[str]:
    """Words in lower case that a noun phrase may end in."""
    return persons(language) | language.institutions.lower_heads.folded


def _skip_back(words: Words, index: int, language: Language) -> int:
    skip = language.speech.skip.folded
    while index >= 0:
        raw, word = words.raw[index], words.bare(index)
        if raw[-1] == ")":
            opening = next((at for at in range(index, max(-1, index - 8), -1) if "(" in words.raw[at]), None)
            if opening is None:
                return index
            index = opening - 1
        elif word.casefold() in skip or (word.endswith("ly") and word.islower()):
            if raw[-1] == "," and word not in language.people.weekdays:
                return index
            index -= 1
        else:
            return index
    return index


def _before_apposition(words: Words, last: int, language: Language) -> Speaker | None:
    """ "Ann Lee, a minister," is Ann Lee; "the chief of the Border Guard, Col. Ann Lee," is Ann Lee too."""
    head = next((at for at in range(last - 1, -1, -1) if words.raw[at].endswith((",", "—", "–"))), None)
    if head is None:
        return None
    speaker = ending_at(words, head, language)
    if speaker is None or speaker.pronoun:
        return speaker
    if speaker.source is None or speaker.source.kind is SourceKind.INSTITUTION:
        aside_speaker = ending_at(words, last, language)
        if aside_speaker and aside_speaker.source and aside_speaker.source.kind is SourceKind.PERSON:
            body, place = speaker.institution, speaker.institution_span
            return aside_speaker._replace(institution=body, institution_span=place, known=body is not None)
    aside = None if speaker.institution else body_within(words.stretch(head + 1, last), words.reading)
    return speaker._replace(institution=aside[0], institution_span=aside[1]) if aside else speaker

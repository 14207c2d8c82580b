"""Words swapped for others of like meaning, as editors do it and as software does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from tracer.evaluation.simulator.drafts import WORD, Line, capitalised, edit_outside
from tracer.evaluation.simulator.draws import chance
from tracer.evaluation.simulator.lexicon import Lexicon, Place

_VOWEL_SOUND = re.compile(
    r"(?!uni(?!n|m)|us[aeiu]|ut[io]|eu|one\b|once|ubiq)[aeiou]|hour|honest|honou?r|heir", re.IGNORECASE
)
_ARTICLE = re.compile(r"\b([Aa]n?) $")

_BEFORE_VERBS = frozenset(
    ["to", "will", "would", "can", "could", "may", "might", "must", "should", "not", "cannot", "they", "we", "who"]
)
_BEFORE_THIRD_PERSON = frozenset(["he", "she", "it", "that", "which", "who", "this", "also"])
_BEFORE_NOUNS = frozenset(
    ["the", "a", "an", "this", "that", "its", "his", "her", "their", "our", "each", "every", "of"]
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How words are swapped.

    ``rate``: share of the words with synonyms that are swapped. ``awkward``: share of the swaps that end in an awkward
    word although a fluent one is at hand. ``scars``: share of the swaps before which a or an is not mended.
    ``careful``: only swaps that an editor makes, and awkward words go first. ``blind``: share of the places where a
    word is swapped although it is another part of speech there.
    """

    rate: float
    awkward: float = 0.0
    scars: float = 0.0
    careful: bool = True
    blind: float = 0.0


EDITOR = Manner(rate=0.22)
SPINNER = Manner(rate=0.8, awkward=0.55, scars=0.9, careful=False, blind=0.3)
TRANSLATOR = Manner(rate=0.5, awkward=0.25, scars=0.04, careful=False)


def swap_words(line: Line, lexicon: Lexicon, manner: Manner, rng: Random) -> Line:
    """The line with words outside quotations swapped. Names are left alone: words with a capital inside a sentence."""
    return edit_outside(line, lambda text: swapped(text, lexicon, manner, rng))


def swapped(text: str, lexicon: Lexicon, manner: Manner, rng: Random) -> str:
    """The text with some of its words swapped; the longest known phrase is taken first. Linear."""
    found = list(WORD.finditer(text))
    made: list[str] = []
    position = index = 0
    while index < len(found):
        size, place = _longest(text, found, index, lexicon)
        start, stop = found[index].start(), found[index + max(size, 1) - 1].end()
        index += max(size, 1)
        if place is None or not chance(rng, _rate(place, manner)) or _is_name(text, start):
            continue
        if not _fits(place, text[:start]) and not chance(rng, manner.blind):
            continue
        other = _other(place, manner, rng)
        if other is None:
            continue
        before = text[position:start]
        if not chance(rng, manner.scars):
            before = _with_article(before, other)
        made += [before, capitalised(other) if text[start].isupper() else other]
        position = stop
    return "".join([*made, text[position:]])


def _longest(text: str, found: list[re.Match[str]], index: int, lexicon: Lexicon) -> tuple[int, Place | None]:
    for size in range(min(lexicon.longest, len(found) - index), 0, -1):
        form = text[found[index].start() : found[index + size - 1].end()].lower()
        place = lexicon.forms.get(form)
        if place is not None:
            return size, place
    return 0, None


def _is_name(text: str, start: int) -> bool:
    return text[start].isupper() and bool(text[:start].strip("( ")) and text[:start].rstrip()[-1:] not in ".:!?"


def _fits(place: Place, before: str) -> bool:
    """Whether the word is plausibly of its set's part of speech, by the word before it."""
    last = before[-24:].rstrip().rsplit(" ", 1)[-1]
    part, slot = place.synonyms.part, place.slot
    if part == "verb" and slot == 0:
        return last.lower() in _BEFORE_VERBS
    if part == "verb" and slot == 1:
        return last.lower() in _BEFORE_THIRD_PERSON or last[:1].isupper()
    if part == "verb":
        return last.lower() not in _BEFORE_NOUNS
    if part == "noun":
        return last.lower() not in _BEFORE_VERBS
    return True


def _rate(place: Place, manner: Manner) -> float:
    if manner.careful and place.awkward:
        return min(1.0, 3 * manner.rate)
    return manner.rate if place.is_safe or not manner.careful else 0.0


def _other(place: Place, manner: Manner, rng: Random) -> str | None:
    synonyms = place.synonyms
    fluent = [index for index in range(len(synonyms.fluent)) if place.awkward or index != place.word]
    if manner.careful:
        fluent = [index for index in fluent if index not in synonyms.unsafe]
    awkward = [index for index in range(len(synonyms.awkward)) if not place.awkward or index != place.word]
    if not manner.careful and awkward and (not fluent or chance(rng, manner.awkward)):
        return synonyms.awkward[rng.choice(awkward)][place.slot]
    return synonyms.fluent[rng.choice(fluent)][place.slot] if fluent else None


def _with_article(before: str, word: str) -> str:
    """The words before a word, with an a or an at their end made to fit it."""
    found = _ARTICLE.search(before)
    if found is None:
        return before
    article = "an" if _VOWEL_SOUND.match(word) else "a"
    return before[: found.start()] + (capitalised(article) if found[1][0] == "A" else article) + " "


def mended_articles(text: str) -> str:
    """The text with every a and an made to fit the word behind it."""
    return re.sub(
        r"\b([Aa]n?) (?=([a-z]+))",
        lambda found: _with_article(found[0], found[2]),
        text,
    )

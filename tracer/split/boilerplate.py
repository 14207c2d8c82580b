"""Page furniture among the sentences: forms, licences, "read more", a headline repeated."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tracer.split.language import Language
from tracer.split.parsed import Credit, CreditKind, Sentence
from tracer.split.phrases import Phrases

_LONGEST = 220  # code points: a longer sentence is no furniture
_LONGEST_HEADLINE = 160
_LONGEST_FIELD = 40
_FEWEST_WORDS = 3  # of a headline that begins as another does
_LEADING = 6  # sentences among which a repeated headline is looked for
_EDGE = " .!?:;,*_-–—|»›>[]()\"“”'’…\u00a0"
_FINAL = (".", "?", "!", "”", '"', "…")
_CREDIT_SHARE = 0.6  # a sentence that is mostly credit is furniture


def mark_boilerplate(
    text: str, title: str | None, sentences: Sequence[Sentence], credits_: Sequence[Credit], language: Language
) -> tuple[Sentence, ...]:
    """The sentences with ``boilerplate`` set where they are page furniture or hold little but a credit. Linear."""
    spans = [one.span for one in sentences]
    short = {
        index: text[span.start : span.stop].lower().strip(_EDGE)
        for index, span in enumerate(spans)
        if span.stop - span.start <= _LONGEST
    }
    all_short = "\n".join(short.values())
    furniture = _furniture(language)
    words_met = (phrases for word, phrases in furniture.telling.items() if word in all_short)
    telling = [phrase for phrases in words_met for phrase in phrases if phrase in all_short]
    flagged = {
        index
        for index, words in short.items()
        if telling or _opens(words, furniture)
        if _is_furniture(words, telling, furniture)
    }
    flagged |= _mostly_credit(sentences, credits_)
    flagged |= _repeated_headlines(text, title, sentences)
    flagged |= _page_foot(text, sentences)
    marked = list(sentences)
    for index in flagged:
        marked[index] = Sentence(marked[index].span, marked[index].paragraph, boilerplate=True)
    return tuple(marked)


@dataclass(frozen=True, slots=True)
class _Furniture:
    """The wordings of whole sentences, their beginnings by first word, and what "follow us" is said with.

    ``telling`` are the phrases that only furniture holds, by the longest word of each, which many of them share.
    """

    exact: frozenset[str]
    prefixes: Mapping[str, tuple[str, ...]]
    telling: Mapping[str, tuple[str, ...]]
    openers: frozenset[str]
    follow: Phrases
    networks: Phrases


def _opens(words: str, furniture: _Furniture) -> bool:
    """Whether a sentence may be furniture by its first word, or has none: a cheap test."""
    first = words.partition(" ")[0]
    return first in furniture.openers or not first.isascii()


def _is_furniture(words: str, telling: Sequence[str], furniture: _Furniture) -> bool:
    """Whether a short sentence is worded as page furniture; ``telling`` are phrases that only furniture holds."""
    if not words or words in furniture.exact:
        return True
    first = words.partition(" ")[0]
    if first in furniture.prefixes and words.startswith(furniture.prefixes[first]):
        return True
    if first in furniture.follow:
        return words.rpartition(" ")[2].strip(_EDGE) in furniture.networks
    return bool(telling) and any(phrase in words for phrase in telling)


@cache
def _furniture(language: Language) -> _Furniture:
    words = language.boilerplate
    prefixes = _grouped(words.prefixes, lambda prefix: prefix.split(" ", 1)[0])
    telling = _grouped(words.contains, lambda phrase: max(phrase.split(), key=len))
    exact = words.exact.exact
    openers = frozenset({"", *(whole.split(" ", 1)[0] for whole in exact), *prefixes, *words.follow.folded})
    return _Furniture(exact, prefixes, telling, openers, words.follow, words.networks)


def _grouped(phrases: Iterable[str], key: Callable[[str], str]) -> Mapping[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = {}
    for phrase in phrases:
        grouped.setdefault(key(phrase), []).append(phrase)
    return {word: tuple(found) for word, found in grouped.items()}


def _mostly_credit(sentences: Sequence[Sentence], credits_: Sequence[Credit]) -> set[int]:
    """Sentences of which a credit other than a dateline covers the better part."""
    starts = [sentence.span.start for sentence in sentences]
    flagged = set()
    for credit in credits_:
        if credit.kind is CreditKind.DATELINE or not len(credit.span):
            continue
        index = bisect_left(starts, credit.span.start + 1) - 1
        while 0 <= index < len(sentences) and starts[index] < credit.span.stop:
            sentence = sentences[index].span
            shared = min(sentence.stop, credit.span.stop) - max(sentence.start, credit.span.start)
            if shared >= _CREDIT_SHARE * len(sentence):
                flagged.add(index)
            index += 1
    return flagged


def _repeated_headlines(text: str, title: str | None, sentences: Sequence[Sentence]) -> set[int]:
    """Leading lines that repeat the title, or a leading line before them, or begin as it does."""
    headline = _folded(title or "")
    earlier: list[str] = []
    flagged = set()
    for index, sentence in enumerate(sentences[:_LEADING]):
        line = sentence.span.of(text)
        words = _folded(line) if len(line) <= _LONGEST_HEADLINE else ""
        if not words:
            break
        if words == headline:
            flagged.add(index)
        elif line.endswith(_FINAL):
            break
        elif any(_begins_alike(words, other) for other in (headline, *earlier) if other):
            flagged.add(index)
        earlier.append(words)
    return flagged


def _page_foot(text: str, sentences: Sequence[Sentence]) -> set[int]:
    """Everything from a comment form on, where one stands in the latter half: form fields end in an asterisk.

    The form begins with its block, the lines without a blank line between them.
    """
    for index, sentence in enumerate(sentences) if "*" in text else ():
        line = sentence.span.of(text)
        if (
            line.endswith("*")
            and line[0].isalpha()
            and len(line) <= _LONGEST_FIELD
            and 2 * sentence.span.start >= len(text)
        ):
            first = index
            while first and "\n\n" not in text[sentences[first - 1].span.stop : sentences[first].span.start]:
                first -= 1
            return set(range(first, len(sentences)))
    return set()


def _begins_alike(line: str, other: str) -> bool:
    shorter, longer = sorted((line, other), key=len)
    return longer == shorter or (longer.startswith(shorter + " ") and len(shorter.split()) >= _FEWEST_WORDS)


def _folded(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))

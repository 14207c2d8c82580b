"""Page furniture among the sentences: forms, licences, "read more", a headline repeated."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from tracer.domain import Span
from tracer.split.language import Language
from tracer.split.parsed import Credit, CreditKind, Sentence

_LONGEST = 220  # code points: a longer sentence is no furniture
_LONGEST_HEADLINE = 160
_LEADING = 6  # sentences among which a repeated headline is looked for
_EDGE = " .!?:;,*_-–—|»›>[]()\"“”'’…\u00a0"
_FINAL = (".", "?", "!", "”", '"', "…")
_CREDIT_SHARE = 0.6  # a sentence that is mostly credit is furniture


def mark_boilerplate(
    text: str, title: str | None, sentences: Sequence[Sentence], credits_: Sequence[Credit], language: Language
) -> tuple[Sentence, ...]:
    """The sentences with ``boilerplate`` set where they are page furniture or hold little but a credit. Linear."""
    flagged = {index for index, sentence in enumerate(sentences) if is_furniture(text, sentence.span, language)}
    flagged |= _mostly_credit(sentences, credits_)
    flagged |= _repeated_headlines(text, title, sentences)
    return tuple(replace(one, boilerplate=True) if index in flagged else one for index, one in enumerate(sentences))


def is_furniture(text: str, span: Span, language: Language) -> bool:
    """Whether a sentence of at most 220 code points is worded as page furniture."""
    if len(span) > _LONGEST:
        return False
    words = span.of(text).lower().strip(_EDGE)
    if not words:
        return True
    furniture = language.boilerplate
    first = words[: words.find(" ")] if " " in words else words
    if words in furniture.exact.exact or any(words.startswith(prefix) for prefix in _prefixes(language).get(first, ())):
        return True
    if first in furniture.follow:
        return words.rpartition(" ")[2].strip(_EDGE) in furniture.networks
    return any(phrase in words for phrase in furniture.contains)


@cache
def _prefixes(language: Language) -> Mapping[str, Sequence[str]]:
    """Beginnings of furniture by their first word."""
    grouped: dict[str, list[str]] = {}
    for prefix in language.boilerplate.prefixes:
        grouped.setdefault(prefix.split(" ", 1)[0], []).append(prefix)
    return grouped


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
        words = _folded(line)
        if len(line) > _LONGEST_HEADLINE or not words:
            break
        if words == headline:
            flagged.add(index)
        elif line.endswith(_FINAL):
            break
        elif any(_begins_alike(words, other) for other in (headline, *earlier) if other):
            flagged.add(index)
        earlier.append(words)
    return flagged


def _begins_alike(line: str, other: str) -> bool:
    shorter, longer = sorted((line, other), key=len)
    return longer == shorter or (longer.startswith(shorter + " ") and shorter.count(" ") >= 2)  # noqa: PLR2004


def _folded(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))

"""Turns of a transcript: words behind a speaker's label, without quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracer.domain import SourceKind, SourceName, Span
from tracer.split.language import Language
from tracer.split.lexicon import lookup_name
from tracer.split.parsed import Quotation
from tracer.split.phrases import CAPITALS
from tracer.split.sentences import stripped

_CAPITAL_LABEL = re.compile(rf"(?<!\S)([{CAPITALS}][{CAPITALS} .,’'()\"/-]{{0,60}}?)\s?:\s+")
_LABEL_END = re.compile(rf"[{CAPITALS} .,’'()\"/\s-]")
_ENDS = frozenset(".?!…)]”\"’'—–-")
_NAME_LABEL = re.compile(rf"([{CAPITALS}][\w.’'-]*(?: [{CAPITALS}][\w.’'-]*){{0,3}})\s?:\s+(?=\S)")
_FEWEST_TURNS = 2
_FEWEST_NAMED_TURNS = 4
_LONGEST_LABEL = 45


def find_turns(text: str, lines: Sequence[Span], language: Language) -> tuple[Quotation, ...]:
    """Turns of a transcript, in reading order. Linear in the text.

    Labels in capitals count at the beginning of a paragraph or of a sentence, when an article has at least two of them;
    labels in ordinary letters at the beginning of a paragraph only, when at least two speakers take turns, twice each.
    The speaker is the name in the label; ``None`` behind "Q" and the like.
    """
    if text.count(":") < _FEWEST_TURNS:
        return ()
    turns = [turn for number in _with_labels(text, lines) for turn in _turns_in(text, number, lines[number], language)]
    if len(turns) >= _FEWEST_TURNS:
        return tuple(turns)
    return _named_turns(text, lines, language)


def _turns_in(text: str, number: int, line: Span, language: Language) -> Iterator[Quotation]:
    labels = [
        label
        for label in _CAPITAL_LABEL.finditer(text, line.start, line.stop)
        if label.group(1).strip() not in language.transcripts.not_speakers.exact
        and _may_open(text, label, line, language)
    ]
    ends = [*(label.start() for label in labels[1:]), line.stop][: len(labels)]
    for label, end in zip(labels, ends, strict=True):
        span = stripped(text, label.end(), end)
        if span:
            yield _turn(number, span, label, language)


def _with_labels(text: str, lines: Sequence[Span]) -> Sequence[int]:
    """Which paragraphs hold a colon before a space and behind a capital or a mark that labels may hold, in order."""
    starts = [line.start for line in lines]
    found: dict[int, None] = {}
    colon = text.find(":", starts[0])
    while colon >= 0:
        if text[colon + 1 : colon + 2].isspace() and _LABEL_END.match(text, max(0, colon - 1)):
            found[bisect_right(starts, colon) - 1] = None
        colon = text.find(":", colon + 1)
    return tuple(found)


def _may_open(text: str, label: re.Match[str], line: Span, language: Language) -> bool:
    """Whether a label opens a turn: at the start of a paragraph, or where a sentence ended, if it may be a name."""
    if label.start() == line.start:
        return True
    name = label.group(1).strip()
    ended = text[max(line.start, label.start() - 2) : label.start()].strip() in _ENDS
    return ended and (len(name) > 2 or name in language.transcripts.nameless.exact)  # noqa: PLR2004 - a party's letter


def _turn(number: int, span: Span, label: re.Match[str], language: Language) -> Quotation:
    name = re.split(r"[,(]", label.group(1), maxsplit=1)[0].strip()
    place = Span(label.start(1), label.start(1) + len(name))
    nameless = name.upper() in language.transcripts.nameless.exact
    return Quotation(
        span, number, speaker=None if nameless else _speaker(name, language), speaker_span=place, cue="transcript"
    )


def _speaker(label: str, language: Language) -> SourceName:
    known = lookup_name(label) if " " in label else None
    if known:
        return known
    words = [word for word in label.split() if word not in language.people.titles] or label.split()
    return SourceName(" ".join(word.capitalize() if word.isupper() else word for word in words), SourceKind.PERSON)


def _named_turns(text: str, lines: Sequence[Span], language: Language) -> tuple[Quotation, ...]:
    if text.count(":") < _FEWEST_NAMED_TURNS:
        return ()
    labels = [
        (number, line, label)
        for number, line in enumerate(lines)
        if text.find(":", line.start, line.start + _LONGEST_LABEL) >= 0
        and (label := _NAME_LABEL.match(text, line.start, min(line.stop, line.start + _LONGEST_LABEL)))
        and label.group(1).upper() not in language.transcripts.not_speakers.exact
    ]
    counts = Counter(label.group(1) for _, _, label in labels)
    often = {name for name, count in counts.items() if count > 1}
    kept = [(number, line, label) for number, line, label in labels if label.group(1) in often]
    changes = sum(first[2].group(1) != second[2].group(1) for first, second in pairwise(kept))
    if len(often) < 2 or len(kept) < _FEWEST_NAMED_TURNS or 2 * changes < len(kept) - 1:  # noqa: PLR2004 - two talk
        return ()
    return tuple(_turn(number, Span(label.end(), line.stop), label, language) for number, line, label in kept)

"""What the finders share while one article is read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from tracer.domain import Span
from tracer.split.beginnings import MOST_LISTS, Beginnings, Sought
from tracer.split.characters import Characters
from tracer.split.cues import cue_lists, find_cues
from tracer.split.language import Language
from tracer.split.lexicon import NameFound, name_spellings, named_by
from tracer.split.parsed import Sentence
from tracer.split.phrases import Phrases, Spellings
from tracer.split.quotations import Stretch


@dataclass(frozen=True)
class Reading:
    """A text with its paragraphs, sentences and quoted stretches, and lookups of them by offset.

    There is at least one sentence. All sequences are in reading order. One pass finds where phrases of any list may
    begin; ``cues``, ``names`` and ``matches`` look no further than there.
    """

    text: str
    characters: Characters
    language: Language
    lines: Sequence[Span]
    sentences: Sequence[Sentence]
    stretches: Sequence[Stretch]

    @cached_property
    def cues(self) -> Mapping[str, Sequence[Span]]:
        """Places of cue phrases by list; see :func:`tracer.split.cues.find_cues`."""
        cues = cue_lists(self.language)
        return find_cues(self.text, self._places(cues.phrases), cues)

    @cached_property
    def names(self) -> Sequence[NameFound]:
        """Names of the lexicon anywhere in the text."""
        return tuple(self.names_in(0, len(self.text)))

    @cached_property
    def _sought(self) -> Sought:
        return self.characters.texts.told(_beginnings(self.language).sought_in)

    def _places(self, *lists: Spellings) -> Sequence[int]:
        """Where phrases of any of some lists may begin."""
        return self._sought.places(*lists)[self.characters.number]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    @cached_property
    def _stretch_starts(self) -> list[int]:
        return [stretch.outer.start for stretch in self.stretches]

    def matches(self, phrases: Phrases, start: int = 0, stop: int | None = None) -> Iterator[re.Match[str]]:
        """What ``phrases.finditer`` finds in the text, from ``start`` to ``stop``."""
        if phrases not in self._sought:
            return phrases.finditer(self.text, start, stop)
        return phrases.among(self.text, self._places(phrases), start, stop)

    def has(self, phrases: Phrases, start: int = 0, stop: int | None = None) -> bool:
        """Whether one of ``phrases`` stands in the text, from ``start`` to ``stop``."""
        return next(self.matches(phrases, start, stop), None) is not None

    def may_have(self, lists: tuple[Spellings, ...], start: int, stop: int) -> bool:
        """Whether a phrase of any of some lists may begin between ``start`` and ``stop``: one cheap test for all."""
        places = self._places(*lists)
        index = bisect_left(places, start)
        return index < len(places) and places[index] < stop

    def may_begin(self, lists: tuple[Spellings, ...]) -> frozenset[int]:
        """Where phrases of any of some lists may begin."""
        return frozenset(self._places(*lists))

    def may_sign(self, start: int, stop: int) -> bool:
        """Whether a wording that only one agency's desk writes may begin between ``start`` and ``stop``.

        Always true for a language with more such agencies than share the one pass.
        """
        signatures = tuple(self.language.credits.signatures.values())
        if not all(wordings in self._sought for wordings in signatures):
            return True
        return bool(signatures) and self.may_have(signatures, start, stop)

    def names_in(self, start: int, stop: int) -> Iterator[NameFound]:
        """Names of the lexicon in a stretch of the text; see :func:`tracer.split.lexicon.find_names`."""
        spellings = name_spellings()
        return named_by(spellings.among(self.text, self._places(spellings), start, stop))

    def line_at(self, place: int) -> Span:
        """The paragraph that holds ``place``, or the nearest before it; the first when there is none before."""
        return self.lines[max(0, bisect_right(self._line_starts, place) - 1)]

    def sentence_at(self, place: int) -> int:
        """Index of the sentence that holds ``place``, or the nearest before it; 0 when there is none before."""
        return max(0, bisect_right(self._sentence_starts, place) - 1)

    def sentences_with(self, phrases: Phrases) -> frozenset[int]:
        """Indices of the sentences that hold one of ``phrases`` outside quotation marks. Linear in the text."""
        found = (match.start() for match in self.matches(phrases))
        return frozenset(self.sentence_at(place) for place in found if not self.is_quoted(place))

    def stretch_before(self, place: int) -> Stretch | None:
        """The last quoted stretch that begins at or before ``place``."""
        index = bisect_right(self._stretch_starts, place) - 1
        return self.stretches[index] if index >= 0 else None

    def is_quoted(self, place: int) -> bool:
        """Whether ``place`` lies inside quotation marks."""
        stretch = self.stretch_before(place)
        return stretch is not None and place < stretch.outer.stop


@cache
def _beginnings(language: Language) -> Beginnings:
    """Where phrases of the lists begin that are looked for all over a text, or in many small stretches of it.

    The wordings of agencies share the one pass as far as there is room.
    """
    cited, said, bodies = language.attributions, language.statements, language.institutions
    lists = (
        *(cue_lists(language).phrases, name_spellings()),
        *(cited.documents, cited.interviews, cited.anaphors, bodies.outlet_words, bodies.heads, bodies.lower_heads),
        *(said.issued, said.tweet, said.speech, language.speech.participles),
        *(language.credits.photo, language.credits.agencies, language.documents.legal),
        *(language.documents.openers, language.documents.numbered),
    )
    distinct = tuple(dict.fromkeys(lists))
    signatures = tuple(language.credits.signatures.values())
    return Beginnings(distinct + signatures[: MOST_LISTS - len(distinct)])

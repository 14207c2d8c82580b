"""What the finders share while one article is read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tracer.domain import Span
from tracer.split.cues import find_cues
from tracer.split.language import Language
from tracer.split.lexicon import NameFound, find_names
from tracer.split.parsed import Sentence
from tracer.split.phrases import Phrases
from tracer.split.quotations import Stretch


@dataclass(frozen=True)
class Reading:
    """A text with its paragraphs, sentences and quoted stretches, and lookups of them by offset.

    There is at least one sentence. All sequences are in reading order. ``cues`` and ``names`` are found at first use,
    each in one pass.
    """

    text: str
    language: Language
    lines: Sequence[Span]
    sentences: Sequence[Sentence]
    stretches: Sequence[Stretch]

    @cached_property
    def cues(self) -> Mapping[str, Sequence[Span]]:
        """Places of cue phrases by list; see :func:`tracer.split.cues.find_cues`."""
        return find_cues(self.text, self.language)

    @cached_property
    def names(self) -> Sequence[NameFound]:
        """Names of the lexicon anywhere in the text."""
        return tuple(find_names(self.text))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    @cached_property
    def _stretch_starts(self) -> list[int]:
        return [stretch.outer.start for stretch in self.stretches]

    def line_at(self, place: int) -> Span:
        """The paragraph that holds ``place``, or the nearest before it; the first when there is none before."""
        return self.lines[max(0, bisect_right(self._line_starts, place) - 1)]

    def sentence_at(self, place: int) -> int:
        """Index of the sentence that holds ``place``, or the nearest before it; 0 when there is none before."""
        return max(0, bisect_right(self._sentence_starts, place) - 1)

    def sentences_with(self, phrases: Phrases) -> frozenset[int]:
        """Indices of the sentences that hold one of ``phrases`` outside quotation marks. Linear in the text."""
        found = (match.start() for match in phrases.finditer(self.text))
        return frozenset(self.sentence_at(place) for place in found if not self.is_quoted(place))

    def stretch_before(self, place: int) -> Stretch | None:
        """The last quoted stretch that begins at or before ``place``."""
        index = bisect_right(self._stretch_starts, place) - 1
        return self.stretches[index] if index >= 0 else None

    def is_quoted(self, place: int) -> bool:
        """Whether ``place`` lies inside quotation marks."""
        stretch = self.stretch_before(place)
        return stretch is not None and place < stretch.outer.stop

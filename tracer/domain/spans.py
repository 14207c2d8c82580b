"""Half-open intervals of text."""

from __future__ import annotations

from dataclasses import dataclass

from tracer.domain.packing import Packed


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span(Packed):
    """A half-open interval ``[start, stop)`` of a raw text, counted in code points.

    ``start <= stop`` always; an empty span (``start == stop``) marks a place between two characters.
    Spans sort by start, then stop.

    Raises:
        ValueError: when ``start`` is negative or greater than ``stop``.
    """

    start: int
    stop: int

    def __init__(self, start: int, stop: int) -> None:
        """Check both ends; written out because a million articles make a billion spans."""
        if not 0 <= start <= stop:
            raise ValueError(f"a span needs 0 <= start <= stop, not {start}:{stop}")
        _set_start(self, start)
        _set_stop(self, stop)

    def __len__(self) -> int:
        return self.stop - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers; never normalised."""
        return text[self.start : self.stop]

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span (equal spans contain each other)."""
        return self.start <= other.start and other.stop <= self.stop

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point (touching or empty spans do not)."""
        return max(self.start, other.start) < min(self.stop, other.stop)

    def hull(self, other: Span) -> Span:
        """The smallest span that contains both."""
        return Span(min(self.start, other.start), max(self.stop, other.stop))


# The fields of a frozen class, set past its guard: half the time that the generated ``__init__`` takes.
_set_start = vars(Span)["start"].__set__
_set_stop = vars(Span)["stop"].__set__

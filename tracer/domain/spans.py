"""Half-open intervals of text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open interval ``[start, stop)`` of a raw text, counted in code points.

    ``start <= stop`` always; an empty span (``start == stop``) marks a place between two characters.
    Spans sort by start, then stop.

    Raises:
        ValueError: when ``start`` is negative or greater than ``stop``.
    """

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"a span needs 0 <= start <= stop, not {self.start}:{self.stop}")

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

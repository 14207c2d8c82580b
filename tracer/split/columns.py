"""Records of one kind laid out by field, as they travel between processes and to disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Generic, TypeAlias, TypeVar

from tracer.domain import Packed, Span

_Record = TypeVar("_Record", bound=Packed)

Laid: TypeAlias = tuple[tuple[Any, ...], ...]
"""One tuple of values for each field, a span as its two ends; empty when there are no records."""


class Columns(Generic[_Record]):
    """Turns records of a kind into columns and back: pickled so they take a tenth of the time of as many records.

    A field is laid out as a span when its annotation says ``Span`` or ``Span | None``.
    """

    def __init__(self, kind: type[_Record]) -> None:
        self._kind = kind
        written = {field.name: field.type for field in fields(kind)}
        self._is_span = [annotation == "Span" for annotation in written.values()]
        ends = (
            (f"{name}.start", f"{name}.stop") if is_span else (name,)
            for name, is_span in zip(written, self._is_span, strict=True)
        )
        names = [name for one in ends for name in one]
        self._values = attrgetter(*names)
        self._may_lack = [names.index(name) for name, annotation in written.items() if annotation == "Span | None"]

    def of(self, records: Sequence[_Record]) -> Laid:
        """The columns of some records. Linear."""
        columns: list[tuple[Any, ...]] = list(zip(*map(self._values, records), strict=True))
        if columns:
            for place in self._may_lack:
                columns[place] = tuple(None if span is None else (span.start, span.stop) for span in columns[place])
        return tuple(columns)

    def records(self, columns: Laid) -> tuple[_Record, ...]:
        """The records again. Linear."""
        if not columns:
            return ()
        given = list(columns)
        for place in self._may_lack:
            given[place] = tuple(None if ends is None else Span(*ends) for ends in given[place])
        left = iter(given)
        values = (map(Span, next(left), next(left)) if is_span else next(left) for is_span in self._is_span)
        return tuple(map(self._kind, *values))

"""Attributions in sentences that speak of a statement, a document or a public appearance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tracer.split.parsed import Attribution
from tracer.split.reading import Reading


def with_publicity(reading: Reading, attributions: Iterable[Attribution]) -> Iterator[Attribution]:
    """The attributions, each told whether what its sentence says outside quotation marks makes the words public."""
    attributions = tuple(attributions)
    public = reading.sentences_with(reading.language.attributions.documents) if attributions else ()
    return (replace(entry, public=True) if entry.sentence in public else entry for entry in attributions)

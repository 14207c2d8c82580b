"""The persistent archive: articles once stored, found again by the rare runs of words that a new one shares."""

from tracer.archive.adding import AddSummary
from tracer.archive.archive import Archive
from tracer.archive.records import ArchivedArticle
from tracer.archive.removing import RemoveSummary
from tracer.archive.settings import LookupSettings
from tracer.archive.tracing import Found
from tracer.archive.upkeep import CompactSummary, Health

__all__ = [
    "AddSummary",
    "Archive",
    "ArchivedArticle",
    "CompactSummary",
    "Found",
    "Health",
    "LookupSettings",
    "RemoveSummary",
]

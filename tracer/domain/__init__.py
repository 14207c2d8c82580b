"""Words that every floor shares. Standard library only."""

from tracer.domain.articles import UNDATED, Article, Precision, Published, SkippedArticle
from tracer.domain.errors import InputError, OutputError, SettingsError, TracerError
from tracer.domain.names import SourceKind, SourceName
from tracer.domain.spans import Span

__all__ = [
    "UNDATED",
    "Article",
    "InputError",
    "OutputError",
    "Precision",
    "Published",
    "SettingsError",
    "SkippedArticle",
    "SourceKind",
    "SourceName",
    "Span",
    "TracerError",
]

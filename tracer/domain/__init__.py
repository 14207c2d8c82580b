"""Words that every floor shares. Standard library only."""

from tracer.domain.articles import UNDATED, Article, ArticleKind, Precision, Published, SkippedArticle
from tracer.domain.errors import InputError, OutputError, SettingsError, TracerError
from tracer.domain.names import RESERVED_IDS, SourceKind, SourceName, is_latent
from tracer.domain.packages import package
from tracer.domain.packing import Packed
from tracer.domain.spans import Span
from tracer.domain.whole_folder import check_folder, whole_folder

__all__ = [
    "RESERVED_IDS",
    "UNDATED",
    "Article",
    "ArticleKind",
    "InputError",
    "OutputError",
    "Packed",
    "Precision",
    "Published",
    "SettingsError",
    "SkippedArticle",
    "SourceKind",
    "SourceName",
    "Span",
    "TracerError",
    "check_folder",
    "is_latent",
    "package",
    "whole_folder",
]

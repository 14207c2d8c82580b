"""tracer: which outlets drew on which, with evidence.

The names below are the public interface for programs and notebooks; they are loaded on first use::

    from tracer import Settings, read_articles, tables, trace

    result = trace(read_articles(["pages/"]), Settings())
    tables(result).pairs.to_pandas()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracer.candidates import CandidateSettings
    from tracer.domain import Article, ArticleKind, Precision, Published, SkippedArticle, Span, TracerError
    from tracer.evaluation import Evaluation, Score, evaluate_report
    from tracer.pipeline import Settings, Trace, trace
    from tracer.read import ReadSettings, collect_articles, read_articles
    from tracer.report import tables, write_report
    from tracer.story import StorySettings

    __version__: str

_HOME = {
    "Article": "tracer.domain",
    "ArticleKind": "tracer.domain",
    "CandidateSettings": "tracer.candidates",
    "Evaluation": "tracer.evaluation",
    "Precision": "tracer.domain",
    "Published": "tracer.domain",
    "ReadSettings": "tracer.read",
    "Score": "tracer.evaluation",
    "Settings": "tracer.pipeline",
    "SkippedArticle": "tracer.domain",
    "Span": "tracer.domain",
    "StorySettings": "tracer.story",
    "Trace": "tracer.pipeline",
    "TracerError": "tracer.domain",
    "collect_articles": "tracer.read",
    "evaluate_report": "tracer.evaluation",
    "read_articles": "tracer.read",
    "tables": "tracer.report",
    "trace": "tracer.pipeline",
    "write_report": "tracer.report",
}

__all__ = [
    "Article",
    "ArticleKind",
    "CandidateSettings",
    "Evaluation",
    "Precision",
    "Published",
    "ReadSettings",
    "Score",
    "Settings",
    "SkippedArticle",
    "Span",
    "StorySettings",
    "Trace",
    "TracerError",
    "collect_articles",
    "evaluate_report",
    "read_articles",
    "tables",
    "trace",
    "write_report",
]


def __getattr__(name: str) -> object:
    """Load a public name from where it lives, and the version, so that importing tracer stays instant."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    if name == "__version__":
        return _version()
    raise AttributeError(f"module 'tracer' has no attribute {name!r}")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - takes longer than all else here

    try:
        return version("tracer-news")
    except PackageNotFoundError:
        return "0+unknown"

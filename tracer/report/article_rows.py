"""Rows about what went in: articles, and input that could not be used."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.domain import SkippedArticle
from tracer.pipeline import Trace
from tracer.report.schema import LIST_SEPARATOR
from tracer.report.table import Row
from tracer.story import StoryTrace


def story_id(story: StoryTrace) -> str:
    """``story:`` and the smallest id of its articles."""
    return f"story:{next(iter(story.articles))}"


def article_rows(trace: Trace) -> Iterator[Row]:
    """One row per usable article, dates included even where the run ignored them."""
    story_of = {name: (story, story_id(story)) for story in trace.stories for name in story.articles}
    for article in trace.articles:
        (story, story_name), parsed = story_of[article.id], trace.parsed[article.id]
        account = story.graph.accounts[article.id]
        yield (
            article.id,
            article.outlet,
            article.title,
            article.url,
            article.published.isoformat() or None,
            article.published.precision.value,
            parsed.split.language,
            len(parsed.tokens),
            len(parsed.split.sentences),
            story_name,
            trace.version_of.get(article.id),
            account.original,
            account.lineage,
            account.statement,
            LIST_SEPARATOR.join(name.name for name in account.credits) or None,
            account.status.value,
            story.graph.roots.get(article.id),
            LIST_SEPARATOR.join((*article.warnings, *parsed.split.warnings)) or None,
            article.kind.value,
        )


def skipped_rows(trace: Trace) -> Iterator[Row]:
    """One row per skip."""
    return map(skipped_row, trace.skipped)


def skipped_row(skip: SkippedArticle) -> Row:
    """The row of one skip."""
    return (skip.path, skip.line, skip.reason)

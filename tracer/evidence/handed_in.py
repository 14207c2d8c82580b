"""What articles were handed in as."""

from __future__ import annotations

from tracer.domain import ArticleKind
from tracer.split import ParsedArticle


def is_statement(parsed: ParsedArticle) -> bool:
    """Whether an article was handed in as a third party's statement."""
    return parsed.article.kind is ArticleKind.STATEMENT


def is_agency(parsed: ParsedArticle) -> bool:
    """Whether an article was handed in as an agency's own."""
    return parsed.article.kind is ArticleKind.AGENCY

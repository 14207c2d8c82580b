"""One small trace for the tests of what the terminal shows."""

import pytest

from tracer.domain import Article
from tracer.pipeline import Settings, trace
from tracer.report import tables
from tracer.report.terminal import TableViews

_STORY = (
    "The brewers of Hollin Weir have agreed to share one cooper after eleven years of leaking barrels and lawsuits. "
    "Under the bargain signed at the lock on Thursday the cooper sleeps in each brewery for one week in four, and the "
    "fourth week belongs to his mother. Judge Petra Olm called the settlement the first sensible noise she had heard "
    "from either bank. "
)
_ARTICLES = (
    Article(
        "agency", _STORY + "The barrels will be marked with a heron for the north bank and an otter for the south."
    ),
    Article(
        "weekly",
        _STORY.replace("lawsuits", "court cases").replace("lock", "sluice")
        + "Our reader Mrs Tunnicliffe has offered the cooper a bicycle on condition that he rings before the bend.",
    ),
    Article("stranger", "A comet was mistaken for a lamp in Dunmore, and the lamp was mistaken for nothing at all."),
)


@pytest.fixture(scope="session")
def small_trace():
    """Two articles that share a journalist's words, and one that shares nothing."""
    return trace(_ARTICLES, Settings(jobs=1))


@pytest.fixture(scope="session")
def small_tables(small_trace):
    """Its tables."""
    return tables(small_trace)


@pytest.fixture
def views(small_trace, small_tables):
    """Views of it, sentences included."""
    return TableViews(small_tables, {article.id: article.text for article in _ARTICLES})

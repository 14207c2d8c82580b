"""The outside world → articles. One module per kind of input; input that cannot be used is a value with a reason."""

from tracer.read.articles import read_articles
from tracer.read.collection import collect_articles
from tracer.read.dates import parse_published
from tracer.read.guessed import GuessedColumns
from tracer.read.input_digest import listing_digest
from tracer.read.settings import ReadSettings
from tracer.read.unique import UniqueArticles

__all__ = [
    "GuessedColumns",
    "ReadSettings",
    "UniqueArticles",
    "collect_articles",
    "listing_digest",
    "parse_published",
    "read_articles",
]

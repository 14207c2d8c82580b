"""The outside world → articles. One module per kind of input; input that cannot be used is a value with a reason."""

from tracer.read.articles import read_articles
from tracer.read.collection import collect_articles
from tracer.read.dates import parse_published
from tracer.read.settings import ReadSettings

__all__ = ["ReadSettings", "collect_articles", "parse_published", "read_articles"]

"""A trace in words for the terminal: pure functions to text."""

from tracer.report.saved_report import is_report, read_report, saved_text
from tracer.report.terminal.article_card import article_card
from tracer.report.terminal.audit import audit_markdown, audit_text, skip_line
from tracer.report.terminal.inspection import inspection, inspection_text
from tracer.report.terminal.pair_card import pair_card
from tracer.report.terminal.plain import markdown, plain, shorten, wrapped
from tracer.report.terminal.table_text import table_markdown, table_text
from tracer.report.views.table_views import TableViews

__all__ = [
    "TableViews",
    "article_card",
    "audit_markdown",
    "audit_text",
    "inspection",
    "inspection_text",
    "is_report",
    "markdown",
    "pair_card",
    "plain",
    "read_report",
    "saved_text",
    "shorten",
    "skip_line",
    "table_markdown",
    "table_text",
    "wrapped",
]

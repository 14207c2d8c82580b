"""The audit says what was found, what was not, and what it leaves out."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from rich.cells import cell_len

from tracer.domain import Article, SkippedArticle
from tracer.pipeline import Settings, trace
from tracer.report import tables
from tracer.report.terminal import TableViews, audit_markdown, audit_text
from tracer.report.terminal.source_use import source_uses
from tracer.report.views.open_questions import open_questions
from tracer.report.views.records import PairView


def _audit(articles, width=80):
    made = trace(articles, Settings(jobs=1))
    return audit_text(made, tables(made), width)


@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_line_is_wider_than_asked(small_trace, small_tables, width):
    assert max(map(cell_len, audit_text(small_trace, small_tables, width).splitlines())) <= width


def test_the_headline_counts_articles_and_pairs(small_trace, small_tables):
    shown = " ".join(audit_text(small_trace, small_tables, 80).split())
    assert shown.startswith(
        "Three articles. Of their 3 pairs, one shares a journalist's own words; no link was found in the other two"
    )


def test_one_article_is_told_what_to_do_next():
    shown = _audit([Article("only", "The weir was painted green on Monday and blue again on Tuesday.")])
    assert "tracer inspect" in shown


def test_no_link_is_not_sold_as_independence():
    shown = _audit(
        [
            Article("a", "The weir was painted green on Monday and blue again on Tuesday."),
            Article("b", "Forty geese attended the funeral of a miller nobody had liked."),
        ]
    )
    assert "no proof" in " ".join(shown.split())


def test_skipped_input_and_warnings_are_told(small_trace, small_tables):
    skips = tuple(SkippedArticle(f"page{n}.pdf", 0, "cannot be read") for n in range(9))
    told = replace(small_trace, skipped=skips, warnings=("weekly: date 'soon' cannot be read",))
    shown = audit_text(told, small_tables, 80)
    assert "nine inputs could not be used" in shown
    assert "page0.pdf: cannot be read" in shown
    assert "five more skipped inputs: --table skipped" in shown
    assert "date 'soon'" in shown


def test_versions_are_told(small_trace, small_tables):
    shown = audit_text(replace(small_trace, version_of={"weekly": "agency"}), small_tables, 80)
    assert "weekly is a later version of agency" in shown


def test_markdown_has_a_heading_for_each_part(small_trace, small_tables):
    shown = audit_markdown(small_trace, small_tables)
    assert shown.startswith("# Audit\n")
    assert "\n## What several articles carry" in shown
    assert "\n|" in shown


def test_many_articles_show_the_weightiest_rows_and_count_the_rest():
    story = "The {n} and brewers of Hollin Weir share a cooper, and the otter on the barrel was drawn by the {n}. "
    articles = [
        Article(f"a{n:02d}", (story * 3).format(n="mayor") + f"Street number {n} was not amused by any of this at all.")
        for n in range(35)
    ]
    shown = _audit(articles)
    assert "more" in shown
    assert "`tracer report`" in shown
    assert shown.count("\n") < 140


def test_an_unresolved_pair_gets_a_sentence_with_its_figures():
    pairs = {("a", "b"): _pair("unresolved", "", None), ("a", "c"): _pair("left→right", "unresolved", 0.55)}
    first, second = open_questions(SimpleNamespace(pairs=pairs))
    assert "which came first cannot be told" in first
    assert "a first .60" in first
    assert "b has words of a" in second
    assert "very text .55" in second


def _pair(direction, immediacy, p_direct):
    return PairView(
        "a", "b", "lineage", (0.9, 0.1, 0.0), direction, (0.6, 0.1, 0.3), immediacy, p_direct, 40, 0, None, None
    )


def test_whoever_says_who_speaks_credits_a_statement():
    said = "“The otter shall have its own barrel from Monday, and nobody is to draw a moustache on it again,”"
    articles = [
        Article("named", f"Trade was slow. {said} said Judge Petra Olm. The geese went home early and in silence."),
        Article("bare", f"{said} A hush fell over the lock. Then somebody sneezed and the whole bench fell over."),
    ]
    made = trace(articles, Settings(jobs=1))
    uses = source_uses(made, TableViews(tables(made)))
    statement = next(use for use in uses if use.kind == "statement")
    assert statement.credited_by == ("named",)
    assert statement.silent == ("bare",)

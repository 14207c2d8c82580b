"""The articles that a report keeps, and where each of their sentences is from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.domain import Article
from tracer.pipeline import Settings, Trace, trace
from tracer.read import ReadSettings, read_articles
from tracer.report import tables, write_report
from tracer.report.article_lines import article_line, saved_texts


def test_articles_are_kept_as_they_were_read(wire: Trace, tmp_path: Path) -> None:
    """Reading ``articles.jsonl`` gives the articles back, code point for code point, and with them the same tables."""
    write_report(wire, tmp_path / "out")
    again = list(read_articles([tmp_path / "out" / "articles.jsonl"], ReadSettings(min_words=1)))
    given = {article.id: article for article in wire.articles}
    assert {article.id for article in again if isinstance(article, Article)} == set(given)
    for article in again:
        assert isinstance(article, Article)
        first = given[article.id]
        assert article == replace(first, path=article.path, line=article.line, warnings=article.warnings)
    first, second = tables(wire), tables(trace(again, wire.settings))
    assert first.pairs == second.pairs
    assert first.sentences == second.sentences
    assert first.edges == second.edges


@pytest.mark.parametrize(
    "text", ["=1+1 \x00 \x1b[31m", "half \ud800 of a pair", "two\r\nlines\rand  one", "’ \U0001f600 أ"]
)
def test_no_character_is_lost_or_changed(text: str, tmp_path: Path) -> None:
    """Places count the code points of the kept text, so it holds every one, whatever it is."""
    write_report(trace([Article("a", text), Article("b", "Another text.")], Settings(jobs=1)), tmp_path / "out")
    assert list(saved_texts(tmp_path / "out" / "articles.jsonl", {"a", "c"})) == [("a", text)]


def test_kept_articles_may_have_been_written_again(tmp_path: Path) -> None:
    """Another program may put no spaces between keys and values, or the id last; what is no article is refused."""
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id":"a","text":"x"}\n{"text": "y", "id": "b"}\n{"id": "c", "text": "z"}\n', encoding="utf-8")
    assert list(saved_texts(path, {"a", "b"})) == [("a", "x"), ("b", "y")]
    path.write_text('{"text": "y"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="no article"):
        list(saved_texts(path, {"a"}))


@given(text=st.text(st.sampled_from('ab"\\\n\t\r\0\x1f\x7f\x80é中😀'), min_size=1))
def test_an_article_is_written_as_json_whatever_stands_in_it(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Line by line what ``json.dumps`` gives, and found again by an id with any characters."""
    line = article_line(Article(text, text, outlet="o"))
    assert line.decode() == json.dumps({"id": text, "outlet": "o", "text": text}, ensure_ascii=False) + "\n"
    path = tmp_path_factory.mktemp("lines") / "articles.jsonl"
    path.write_bytes(article_line(Article(f"{text}x", "other")) + line)
    assert list(saved_texts(path, {text})) == [(text, text)]


def test_sentences_follow_one_another_and_say_whose_they_are(wire: Trace) -> None:
    """Every sentence of an article in company stands there once, in order; sources are known and chances fall."""
    made = tables(wire)
    nodes = {*made.articles.column("id"), *made.sources.column("id")}
    stories = made.articles.column("story")
    company = {row["id"] for row in made.articles if stories.count(row["story"]) > 1}
    assert {row["article"] for row in made.sentences} == company
    for row in made.sentences:
        parsed = wire.parsed[str(row["article"])]
        assert (row["start"], row["stop"]) in {(s.span.start, s.span.stop) for s in parsed.split.sentences}
        assert row["source"] is None or row["source"] in nodes
        assert row["source"] is None or row["p_source"] is not None
        assert row["p_runner_up"] is None or row["p_source"] >= row["p_runner_up"]
    assert len(made.sentences) == sum(len(wire.parsed[str(name)].split.sentences) for name in company)


def test_a_sentence_that_was_drawn_on_says_from_where(wire: Trace) -> None:
    """Sentences of lineage name an article or source that the graph has an edge from."""
    made = tables(wire)
    edges = {(row["source"], row["target"]) for row in made.edges}
    drawn = [row for row in made.sentences if row["part"] == "lineage" and row["source"]]
    assert drawn
    assert all((row["source"], row["article"]) in edges for row in drawn)

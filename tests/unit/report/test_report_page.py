"""The page: what it is made of, what it has room for, and where its picture puts things."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from gzip import decompress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.cli import main
from tracer.domain import Article, InputError
from tracer.pipeline import Settings, Trace, trace
from tracer.report import redraw, tables, write_report
from tracer.report.page import choice, draw
from tracer.report.page.layout import LayoutNode, layout


def page_of(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


def data_of(page: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The tables, and each story, as the script reads them."""
    found = re.findall(
        r'<script type="application/json" (?:id=common|id=sheets|class=story)>(.*?)</script>', page, re.DOTALL
    )
    return json.loads(found[1]), [json.loads(text) for text in found[2:]]


def test_the_page_is_part_of_every_report_and_holds_its_stories(wire: Trace, tmp_path: Path) -> None:
    """Articles, pairs, edges and claims of the page are those of the tables, texts are the raw texts."""
    write_report(wire, tmp_path / "out")
    sheets, stories = data_of(page_of(tmp_path / "out"))
    made = tables(wire)
    assert {name: len(table["rows"]) for name, table in sheets.items()} == {
        name: len(getattr(made, name)) for name in sheets
    }
    shown = {article["id"]: article["text"] for story in stories for article in story["articles"]}
    assert shown == {article.id: article.text for article in wire.articles if article.id in shown}
    assert sum(len(story["pairs"]) for story in stories) == len(made.pairs)
    assert sum(len(story["edges"]) for story in stories) == len(made.edges)
    for story in stories:
        nodes = {node["id"] for node in (*story["articles"], *story["sources"])}
        assert set(story["layout"]["places"]) == nodes
        assert {end for edge in story["edges"] for end in (edge["source"], edge["target"])} <= nodes


def test_only_what_the_policy_names_may_run(wire: Trace, tmp_path: Path) -> None:
    """The policy forbids everything but one script and one style sheet, by their digests; nothing is loaded."""
    write_report(wire, tmp_path / "out")
    page = page_of(tmp_path / "out")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    allowed = dict(part.strip().split(" ", 1) for part in policy.group(1).replace("&#39;", "'").split(";"))
    assert allowed["default-src"] == "'none'"
    for directive, tag in (("script-src", "script"), ("style-src", "style")):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert allowed[directive] == f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
    assert not re.search(r"<(?:link|img|iframe|object|embed|base|form)\b", page)
    assert not re.search(r"\son\w+=", re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL))


def test_no_text_can_end_a_block_of_data(tmp_path: Path) -> None:
    """Closing tags, comments and line separators in texts, titles and ids stay inside the data."""
    bad = "</script><!-- \u2028 --> <script>alert(1)</script> & {{ x }}"
    articles = [
        Article(
            f"{number} {bad}", f"The ferry left at six and the bishop missed it by a minute, twice. {bad}", title=bad
        )
        for number in range(2)
    ]
    write_report(trace(articles, Settings(jobs=1)), tmp_path / "out")
    page = page_of(tmp_path / "out")
    assert page.count("</script>") == page.count("<script")
    assert "alert(1)</script>" not in page
    _, stories = data_of(page)
    assert all(article["title"] == bad for story in stories for article in story["articles"])


def test_blocks_of_data_that_are_long_in_all_are_packed(
    wire: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All or none of them, in the same order, whichever block it is that makes them too long."""
    write_report(wire, tmp_path / "out")
    block = re.compile(r'<script type="application/json" [^ >]*( data-packed="gzip")?>(.*?)</script>', re.DOTALL)
    plain = [text for _, text in block.findall(page_of(tmp_path / "out"))]
    whole = sum(map(len, plain))
    assert len(plain) > 2
    for longest in (0, len(plain[0]), whole - 1, whole):
        monkeypatch.setattr(draw, "_LONGEST_PLAIN", longest)
        redraw(tmp_path / "out")
        marks, texts = zip(*block.findall(page_of(tmp_path / "out")), strict=True)
        if longest == whole:
            assert (any(marks), list(texts)) == (False, plain)
        else:
            assert (all(marks), [decompress(b64decode(text)).decode() for text in texts]) == (True, plain)


def test_drawing_again_gives_the_same_page_without_tracing(wire: Trace, tmp_path: Path) -> None:
    """``--render`` makes the page anew from the saved tables, byte for byte; the manifest knows its digest."""
    out = tmp_path / "out"
    write_report(wire, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (out / "report.html").write_text("gone", encoding="utf-8")
    assert main(["report", str(out), "--render"]) == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    noted = json.loads(before["manifest.json"])["files"]["report.html"]
    assert noted == sha256(before["report.html"]).hexdigest()


def test_what_is_no_report_is_not_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without a report, or with a broken table, is an input error; ``--out`` beside ``--render`` is usage."""
    with pytest.raises(InputError, match="not a folder that `tracer report` wrote"):
        redraw(tmp_path)
    write_report(trace([Article("a", "One short text about a ferry.")], Settings(jobs=1)), tmp_path / "out")
    assert main(["report", str(tmp_path / "out"), "--render", "-o", str(tmp_path / "other")]) == 2
    page = (tmp_path / "out" / "report.html").read_bytes()
    (tmp_path / "out" / "pairs.csv").write_text("nonsense\n", encoding="utf-8")
    assert main(["report", str(tmp_path / "out"), "--render"]) == 3
    assert "pairs.csv" in capsys.readouterr().err
    assert (tmp_path / "out" / "report.html").read_bytes() == page


def test_a_large_report_shows_whole_stories_and_says_what_is_left_out(
    world: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With little room: the largest stories that fit, no edge or pair to what is not there, and a count of the rest."""
    write_report(world, tmp_path / "out")
    everything = choice.shown(tmp_path / "out")
    assert everything.left_out == []
    size = len(everything.tables.articles)
    monkeypatch.setattr(choice, "MOST_ARTICLES", max(2, size - 1))
    monkeypatch.setattr(choice, "MOST_PAIRS", 1)
    some = choice.shown(tmp_path / "out")
    ids = set(some.tables.articles.column("id"))
    assert 0 < len(ids) <= max(2, size - 1)
    assert len(some.tables.pairs) <= 1
    assert {row["left"] for row in some.tables.pairs} | {row["right"] for row in some.tables.pairs} <= ids
    assert {row["article"] for row in some.tables.sentences} <= ids
    assert set(some.texts) == ids
    nodes = ids | set(some.tables.sources.column("id"))
    assert {row[end] for row in some.tables.edges for end in ("source", "target")} <= nodes
    assert any("article" in phrase for phrase in some.left_out) == (len(ids) < size)


names = st.text("abcdefgh", min_size=1, max_size=2)


@given(
    st.dictionaries(names, st.tuples(st.sampled_from(["", "x", "y"]), st.none() | st.floats(0, 500), st.booleans())),
    st.lists(st.tuples(names, names)),
)
def test_a_picture_has_a_place_for_every_node_and_none_twice(
    found: dict[str, tuple[str, float | None, bool]], links: list[tuple[str, str]]
) -> None:
    """Places are inside the picture and apart from one another; by time, later articles stand further right."""
    nodes = [
        LayoutNode(name, row, hours if is_article else None, is_article)
        for name, (row, hours, is_article) in found.items()
    ]
    known = {(one, other) for one, other in links if one in found and other in found and one < other}
    drawn = layout(nodes, known)
    assert set(drawn.places) == set(found)
    assert len(set(drawn.places.values())) == len(found)
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in drawn.places.values())
    assert layout(list(reversed(nodes)), known).places == drawn.places
    if drawn.along == "time":
        dated = sorted((node.hours, drawn.places[node.id][0]) for node in nodes if node.hours is not None)
        places = [x for _, x in dated]
        assert places == sorted(places)
    else:
        assert all(drawn.places[one][0] < drawn.places[other][0] for one, other in known)

"""One article per id, whatever the order of files and rows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tracer.domain import Article
from tracer.read import collect_articles, read_articles

WORDS = "The ferry stays in Quill Bay, the harbour board said."


def put(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_same_id_same_content_is_a_duplicate(tmp_path: Path) -> None:
    """One stays; the skip says where."""
    row: dict[str, object] = {"id": "q1", "text": WORDS}
    path = put(tmp_path / "a.jsonl", [row, row])
    articles, skipped = collect_articles([path])
    assert [(article.id, article.line) for article in articles] == [("q1", 1)]
    assert [(skip.line, skip.reason) for skip in skipped] == [
        (2, f"is a duplicate of 'q1' at {path}:1: same id, same content")
    ]


def test_same_id_other_content_keeps_one_by_content(tmp_path: Path) -> None:
    """The winner does not depend on which file or row comes first, and both places are named."""
    one: dict[str, object] = {"id": "q1", "text": WORDS + " Once."}
    two: dict[str, object] = {"id": "q1", "text": WORDS + " Twice."}
    kept = set()
    for first, second in ((one, two), (two, one)):
        paths = [put(tmp_path / "a.jsonl", [first]), put(tmp_path / "b.jsonl", [second])]
        for inputs in (paths, paths[::-1]):
            (article,), (skip,) = collect_articles(inputs)
            kept.add(article.text)
            assert {skip.path, article.path} == set(map(str, paths))
            assert f"{article.path}:1 has with other content" in skip.reason
    assert len(kept) == 1


def test_ids_of_rows_without_ids_survive_shuffling(tmp_path: Path) -> None:
    """They are made of content, outlet included, so that wire copy in two papers stays two articles."""
    rows: list[dict[str, object]] = [{"text": f"{WORDS} Number {n}.", "outlet": f"Post {n % 3}"} for n in range(30)]
    rows += [{"text": f"{WORDS} Number 1.", "outlet": "Courier"}]
    before, skipped = collect_articles([put(tmp_path / "a.jsonl", rows)])
    rows = rows[::-2] + rows[-2::-2]
    after, _ = collect_articles([put(tmp_path / "a.jsonl", rows)])
    assert skipped == []
    assert [(article.id, article.text, article.outlet) for article in before] == [
        (article.id, article.text, article.outlet) for article in after
    ]
    assert all(re.fullmatch(r"(?:post-\d|courier)-[0-9a-f]{16}", article.id) for article in before)
    assert len({article.id for article in before}) == 31


def test_id_of_content_is_stable(tmp_path: Path) -> None:
    """The same from run to run and machine to machine."""
    (article,), _ = collect_articles([put(tmp_path / "a.jsonl", [{"text": WORDS, "outlet": "Post"}])])
    assert article.id == "post-6ce8f5b32aa5dfee"
    for outlet, called in (("Ärzte & Zeitung", "arzte-zeitung"), ("Известия", "a"), ("=cmd|x \x1b[0m/../..", "cmd-x")):
        (article,), _ = collect_articles([put(tmp_path / "a.jsonl", [{"text": WORDS, "outlet": outlet}])])
        assert article.id.rpartition("-")[0] == called


@pytest.mark.parametrize("id_", [17, "17", " 17\x1b[0m"])
def test_ids_are_text(tmp_path: Path, id_: object) -> None:
    """Numbers and strings alike, cleaned."""
    (article,), _ = collect_articles([put(tmp_path / "a.jsonl", [{"text": WORDS, "id": id_}])])
    assert article.id == "17"


@pytest.mark.parametrize("id_", [None, "", "\x00", True, {"$oid": "5"}])
def test_an_unusable_id_is_no_id(tmp_path: Path, id_: object) -> None:
    """The content's digest takes its place."""
    (article,), _ = collect_articles([put(tmp_path / "a.jsonl", [{"text": WORDS, "id": id_}])])
    assert article.id.startswith("a-")


def test_lists_are_sorted(tmp_path: Path) -> None:
    """Articles by id, skips by place."""
    rows: list[dict[str, object]] = [{"id": f"q{n}", "text": WORDS if n % 2 else "x"} for n in (5, 2, 3, 4, 1)]
    articles, skipped = collect_articles([put(tmp_path / "a.jsonl", rows)])
    assert [article.id for article in articles] == ["q1", "q3", "q5"]
    assert [skip.line for skip in skipped] == [2, 4]


def test_reading_is_lazy(tmp_path: Path) -> None:
    """The first article is there before the second line is looked at."""
    path = put(tmp_path / "a.jsonl", [{"id": "q1", "text": WORDS}, {"id": "q2", "text": WORDS}])
    stream = read_articles([path])
    first = next(stream)
    assert isinstance(first, Article)
    assert first.id == "q1"

"""Parquet as input: rows are articles, as with any table."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracer.domain import Article, InputError, SkippedArticle
from tracer.read import ReadSettings, read_articles

pa = pytest.importorskip("pyarrow", reason="the extra `tables` is not installed")
parquet = pytest.importorskip("pyarrow.parquet")

TEXT = "The ferry struck the breakwater before dawn on Tuesday."


def written(folder: Path, **columns: list[object]) -> Path:
    path = folder / "articles.parquet"
    parquet.write_table(pa.table(columns), path)
    return path


def test_columns_are_guessed_and_times_read(tmp_path: Path) -> None:
    """Lists, numbers and times as columns give what they give in JSON."""
    path = written(
        tmp_path,
        stories_id=[7, 8],
        maintext=[TEXT, None],
        authors=[["Ann Wick", "Bo Larne"], []],
        media_name=["Hollin Post", None],
        publish_date=[datetime(2015, 3, 2, 6, 30, tzinfo=UTC), None],
        unused=[b"x", b"y"],
    )
    article, skip = read_articles([path])
    assert isinstance(article, Article)
    assert (article.id, article.text, article.outlet, article.byline) == (
        "7",
        TEXT,
        "Hollin Post",
        "Ann Wick, Bo Larne",
    )
    assert article.published.start == datetime(2015, 3, 2, 6, 30, tzinfo=UTC)
    assert (article.path, article.line) == (str(path), 1)
    assert isinstance(skip, SkippedArticle)
    assert skip.line == 2


def test_the_same_rows_give_the_same_articles_as_csv(tmp_path: Path) -> None:
    """Whatever the file, the same ids and contents."""
    table = tmp_path / "articles.csv"
    table.write_text(f"text,outlet\n{TEXT},Hollin Post\n{TEXT} Twice.,\n", encoding="utf-8")
    path = written(tmp_path, text=[TEXT, f"{TEXT} Twice."], outlet=["Hollin Post", None])
    by_table, by_parquet = (
        [(entry.id, entry.text, entry.outlet) for entry in read_articles([each]) if isinstance(entry, Article)]
        for each in (table, path)
    )
    assert by_parquet == by_table


def test_what_cannot_be_read_is_a_skip(tmp_path: Path) -> None:
    """A damaged file, and one without a text."""
    damaged = tmp_path / "damaged.parquet"
    damaged.write_bytes(b"PAR1 but not really")
    (skip,) = read_articles([damaged])
    assert isinstance(skip, SkippedArticle)
    assert "damaged or no Parquet" in skip.reason
    (skip,) = read_articles([written(tmp_path, number=[1])])
    assert isinstance(skip, SkippedArticle)
    assert "--text-column" in skip.reason


def test_a_named_column_must_exist(tmp_path: Path) -> None:
    """As in any table."""
    with pytest.raises(InputError, match="no column 'corps'"):
        list(read_articles([written(tmp_path, text=[TEXT])], ReadSettings(text_column="corps")))


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The skip says what to install."""
    monkeypatch.setattr("tracer.read.formats.find_spec", lambda _: None)
    (skip,) = read_articles([written(tmp_path, text=[TEXT])])
    assert isinstance(skip, SkippedArticle)
    assert "tracer-news[tables]" in skip.reason


@pytest.mark.parametrize("rows_in_a_group", [200, 8_000])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, rows_in_a_group: int) -> None:
    """10 MB in the room of some hundred rows, however the file is divided."""
    texts = [
        f"The ferry stays in dock for {number} days: {number * 7:x}" + f" {number:x} {number}" * 140
        for number in range(8_000)
    ]
    path = tmp_path / "articles.parquet"
    parquet.write_table(pa.table({"text": texts}), path, row_group_size=rows_in_a_group, compression="none")
    assert path.stat().st_size > 10_000_000
    del texts
    tracemalloc.start()
    count = sum(isinstance(entry, Article) for entry in read_articles([path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 8_000
    assert peak < 4_000_000


@pytest.mark.parametrize("end", [".feather", ".arrow"])
def test_arrow_files_whose_offsets_lead_out_of_them_are_skips(tmp_path: Path, end: str) -> None:
    """They are looked at before they are followed: no memory is read that is not the file's."""
    path = tmp_path / f"a{end}"
    table = pa.table({"text": [f"{TEXT} {number}" for number in range(50)]})
    opened = pa.ipc.new_file if end == ".feather" else pa.ipc.new_stream
    with opened(path, table.schema) as writer:
        writer.write_table(table)
    data = path.read_bytes()
    offsets = b"".join(sum(len(f"{TEXT} {number}") for number in range(at)).to_bytes(4, "little") for at in range(51))
    assert offsets in data
    for wrong in (b"\xff\xff\xff\x7f", b"\xf0\xff\xff\xff"):
        path.write_bytes(data.replace(offsets, offsets[:8] + wrong + offsets[12:]))
        (skip,) = read_articles([path])
        assert isinstance(skip, SkippedArticle)
        assert "damaged or no Arrow" in skip.reason

"""Parquet as input: rows are articles, as with any table."""

from __future__ import annotations

import struct
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


def saved(folder: Path, table: object, end: str) -> Path:
    path = folder / f"articles.{end}"
    if end == "parquet":
        parquet.write_table(table, path)
    else:
        with pa.ipc.new_file(str(path), table.schema) as file:  # type: ignore[attr-defined]
            file.write_table(table)
    return path


def as_text(values: list[bytes | None]) -> object:
    """A column of strings that are not checked."""
    column = pa.array(values, pa.binary())
    return pa.StringArray.from_buffers(len(values), column.buffers()[1], column.buffers()[2], column.buffers()[0])


@pytest.mark.parametrize("end", ["parquet", "arrow"])
@pytest.mark.parametrize(
    ("column", "day"),
    [
        ((1442585100123456789, "ns", None), "2015-09-18T14:05Z"),
        ((1442585100123456789, "ns", "Europe/Berlin"), "2015-09-18T14:05Z"),
        ((1442585100000, "ms", "Mars/Phobos"), "2015-09-18T14:05Z"),
        ((10**18, "ms", None), None),
        ((-(10**15), "ms", None), None),
    ],
)
def test_times_beyond_a_calendar_cost_themselves_alone(
    tmp_path: Path, end: str, column: tuple[int, str, str | None], day: str | None
) -> None:
    """The article is there, dated as well as can be, and with a warning where it cannot."""
    value, unit, zone = column
    table = pa.table({"text": [TEXT, TEXT], "date": pa.array([value, None], pa.timestamp(unit, zone))})
    article, second = read_articles([saved(tmp_path, table, end)])
    assert isinstance(article, Article)
    assert isinstance(second, Article)
    assert article.published.isoformat() == (day or "")
    assert ["no calendar" in warning for warning in article.warnings] == ([] if day else [True])
    assert second.warnings == ()


def test_days_beyond_a_calendar_are_told(tmp_path: Path) -> None:
    """As times are."""
    (article,) = read_articles([written(tmp_path, text=[TEXT], date=pa.array([10**7], pa.date32()))])
    assert isinstance(article, Article)
    assert "no calendar" in article.warnings[0]


@pytest.mark.parametrize("end", ["parquet", "arrow"])
def test_bytes_are_read_as_text(tmp_path: Path, end: str) -> None:
    """Whatever they are called, those that are not UTF-8 replaced, also in lists."""
    broken = TEXT.encode().replace(b"ferry", b"\xff\xfe")
    authors = pa.ListArray.from_arrays(pa.array([0, 1, 2, 2], pa.int32()), as_text([b"Ann \xff", b"Bo"]))
    for column in (pa.array([broken, TEXT.encode(), None], pa.binary()), as_text([broken, TEXT.encode(), None])):
        found = list(read_articles([saved(tmp_path, pa.table({"text": column, "authors": authors}), end)]))
        assert [getattr(one, "text", None) for one in found] == [TEXT.replace("ferry", "\ufffd\ufffd"), TEXT, None]
        assert [getattr(one, "byline", None) for one in found] == ["Ann \ufffd", "Bo", None]


@pytest.mark.parametrize("end", ["parquet", "arrow"])
def test_of_columns_with_one_name_the_first_counts(tmp_path: Path, end: str) -> None:
    """As in a table."""
    table = pa.Table.from_arrays([pa.array([TEXT]), pa.array(["x"])], names=["text", "text"])
    (article,) = read_articles([saved(tmp_path, table, end)])
    assert isinstance(article, Article)
    assert article.text == TEXT


@pytest.mark.parametrize("end", ["parquet", "arrow"])
def test_one_long_text_in_each_row_is_not_held_for_each(tmp_path: Path, end: str) -> None:
    """A row that is too long is a skip, and a file that goes on and on ends."""
    column = pa.DictionaryArray.from_arrays(pa.array([0, 1] * 128, pa.int32()), pa.array([TEXT * 40_000, TEXT]))
    before = pa.total_allocated_bytes()
    held = 0
    found = []
    for one in read_articles([saved(tmp_path, pa.table({"text": column}), end)], ReadSettings(max_article_chars=1_000)):
        held = max(held, pa.total_allocated_bytes() - before)
        found.append(one)
    assert held < 20_000_000
    assert [type(one) for one in found] == [SkippedArticle, Article] * 128
    assert "holds more than" in found[0].reason  # type: ignore[union-attr]


def test_a_file_that_unpacks_to_far_more_than_texts_do_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what it says of itself, and by what comes out."""
    monkeypatch.setattr("tracer.read.arrow_values._LARGE", 100_000)
    same = pa.DictionaryArray.from_arrays(pa.array([0] * 9_999, pa.int32()), pa.array([TEXT * 40]))
    found = list(read_articles([saved(tmp_path, pa.table({"text": same}), "parquet")]))
    assert 100 < len(found) < 9_999
    assert "far more than texts do" in found[-1].reason  # type: ignore[union-attr]
    monkeypatch.setattr("tracer.read.arrow_files._LARGE", 100_000)
    parquet.write_table(
        pa.table({"text": [TEXT * 400] * 9_999}), tmp_path / "a.parquet", compression="zstd", use_dictionary=False
    )
    (skip,) = read_articles([tmp_path / "a.parquet"])
    assert isinstance(skip, SkippedArticle)
    assert "bytes, far more than texts do" in skip.reason


def test_offsets_that_point_outside_are_damage(tmp_path: Path) -> None:
    """Arrow itself reads there."""
    path = saved(tmp_path, pa.table({"text": [TEXT, TEXT]}), "arrow")
    data, size = path.read_bytes(), len(TEXT)
    told = struct.pack("<3i", 0, size, 2 * size)
    assert data.count(told) == 1
    for offsets in ((0, size, 10_000_000), (0, 10_000_000, 2 * size), (0, 2 * size, size), (-9, size, 2 * size)):
        path.write_bytes(data.replace(told, struct.pack("<3i", *offsets)))
        (skip,) = read_articles([path])
        assert isinstance(skip, SkippedArticle)
        assert "damaged" in skip.reason

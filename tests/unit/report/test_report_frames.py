"""Tables go into pandas and Arrow, or say what to install."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tracer.domain import TracerError
from tracer.pipeline import Trace
from tracer.report import Table, tables

CONVERSIONS: list[Callable[[Table], object]] = [Table.to_pandas, Table.to_arrow]


@pytest.mark.parametrize("convert", CONVERSIONS)
def test_a_missing_extra_is_named(
    wire: Trace, monkeypatch: pytest.MonkeyPatch, convert: Callable[[Table], object]
) -> None:
    """Without the library the error says how to install it."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(TracerError, match=r'pip install "tracer-news\[tables\]"'):
        convert(tables(wire).pairs)


def test_pandas_holds_the_same_cells(world: Trace) -> None:
    """Every cell arrives, empty ones as NA; also for tables without rows."""
    pandas = pytest.importorskip("pandas", reason="the extra `tables` is not installed")
    for table in tables(world):
        frame = table.to_pandas()
        assert list(frame.columns) == list(table.columns)
        assert len(frame) == len(table)
        for name in table.columns:
            assert [None if pandas.isna(cell) else cell for cell in frame[name]] == table.column(name)


def test_arrow_holds_the_same_cells(world: Trace) -> None:
    """Every cell arrives, empty ones as null; column types do not depend on the rows."""
    pytest.importorskip("pyarrow", reason="the extra `tables` is not installed")
    for table in tables(world):
        arrow = table.to_arrow()
        assert arrow.to_pylist() == list(table)
        assert arrow.schema == Table(table.schema, []).to_arrow().schema


def test_texts_that_utf8_cannot_hold_are_written_out(hostile: Trace) -> None:
    """A half of a surrogate pair breaks neither conversion."""
    articles = tables(hostile).articles
    assert any("\ud800" in str(cell) for cell in articles.column("id"))
    for ids in (articles.to_pandas()["id"].tolist(), articles.to_arrow()["id"].to_pylist()):
        assert sum("\\ud800" in name for name in ids) == 1


def test_a_table_iterates_as_dictionaries(wire: Trace) -> None:
    """Each row is a dictionary from column to cell; a column that is not there is an error."""
    articles = tables(wire).articles
    assert [row["id"] for row in articles] == articles.column("id")
    assert articles.name == "articles"
    with pytest.raises(ValueError, match="not in"):
        articles.column("colour")

"""Excel workbooks: which rows are read, and what is made to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from test_read_archives import TEXT, ids, read, reasons, zipped

from tracer.domain import Article, InputError


def test_workbooks_are_read(tmp_path: Path) -> None:
    """The first sheet with texts, or the one named; formulas are not worked out, blank rows passed over."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    sheet = book.create_sheet("News")
    for row in (["id", "text", "outlet"], ["n1", TEXT, "=cmd|' /C calc'!A0"], [None, None, None], ["n2", TEXT, None]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx")
    assert ids(found) == ["n1", "n2"]
    assert [entry.line for entry in found] == [2, 4]
    with pytest.raises(InputError, match="no sheet 'Other'"):
        read(tmp_path / "a.xlsx", table="Other")
    assert "unpacks to more than" in reasons(read(tmp_path / "a.xlsx", max_file_bytes=1_000))[0]


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    """In any of its parts, before it is opened."""
    openpyxl = pytest.importorskip("openpyxl")
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "xl/workbook.xml":
                data = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + data
            target.writestr(info, data)
    assert "declares XML entities" in reasons(read(tmp_path / "a.xlsx"))[0]


def workbook(folder: Path, *rows: list[object], parts: Callable[[str, bytes], bytes] | None = None) -> Path:
    """A workbook of one sheet; ``parts`` changes its parts by their names."""
    openpyxl = pytest.importorskip("openpyxl")
    book, plain = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(plain)
    with zipfile.ZipFile(plain) as source:
        members = {info.filename: source.read(info) for info in source.infolist()}
    return zipped(folder, {name: parts(name, data) if parts else data for name, data in members.items()}, "a.xlsx")


def test_rows_behind_blank_ones_are_read(tmp_path: Path) -> None:
    """However many there are; not behind more than a sheet can have, which is told."""
    blank: list[list[object]] = [[None]] * 300
    path = workbook(tmp_path, ["id", "text"], ["a", TEXT], *blank, ["b", TEXT], ["c"])
    found = read(path)
    assert ids(found) == ["a", "b"]
    assert [entry.line for entry in found] == [2, 303, 304]
    assert reasons(found) == ["has no text"]
    path = workbook(
        tmp_path, ["text"], [TEXT], [TEXT], parts=lambda _, data: data.replace(b'<row r="3"', b'<row r="9000000000"')
    )
    assert "1,048,576 blank rows" in reasons(read(path))[0]


def test_rows_beyond_what_a_sheet_says_of_its_size_are_read(tmp_path: Path) -> None:
    """It may be wrong."""
    path = workbook(
        tmp_path,
        ["id", "text"],
        *([name, TEXT] for name in "abc"),
        parts=lambda _, data: data.replace(b'<dimension ref="A1:B4"', b'<dimension ref="A1:B2"'),
    )
    assert ids(read(path)) == ["a", "b", "c"]


def test_of_columns_of_one_name_the_first_counts(tmp_path: Path) -> None:
    """As in tables."""
    (found,) = read(workbook(tmp_path, ["text", "text", None, "id"], [TEXT, None, "x", "a"]))
    assert isinstance(found, Article)
    assert (found.id, found.text) == ("a", TEXT)


def test_coded_characters_are_read(tmp_path: Path) -> None:
    """Those that XML cannot hold, and the underscore that makes others look like them."""
    (found,) = read(workbook(tmp_path, ["text"], [f"{TEXT}_x000D_\nMore of it, in _x005F_x000D_ and _x00g0_."]))
    assert isinstance(found, Article)
    assert found.text == f"{TEXT}\nMore of it, in _x000D_ and _x00g0_."


def test_sheets_that_are_charts_are_passed_over(tmp_path: Path) -> None:
    """Wherever they stand."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart", 0).add_chart(openpyxl.chart.BarChart())
    for row in (["id", "text"], ["a", TEXT]):
        book["Sheet"].append(row)
    book.save(tmp_path / "a.xlsx")
    assert ids(read(tmp_path / "a.xlsx")) == ["a"]


@pytest.mark.parametrize(
    ("part", "old", "new", "reason"),
    [
        ("xl/styles.xml", b"<cellXfs", b"<cellXfs>" + b"<xf/>" * 200_000 + b"</cellXfs><cellXfs", "200,000 tags"),
        ("xl/workbook.xml", b"<calcPr", b"<definedName>1</definedName>" * 100_001 + b"<calcPr", "200,000 tags"),
        ("docProps/app.xml", b"</Properties>", b" " * 3_000_000 + b"</Properties>", "500 times its size"),
        ("[Content_Types].xml", b"/xl/workbook.xml", b"/xl/worksheets/w.xml", "where none has it"),
        ("[Content_Types].xml", b"/xl/workbook.xml", b"/xl/workbook.bin", "where none has it"),
    ],
)
def test_workbooks_made_to_fill_memory_are_refused(
    tmp_path: Path, part: str, old: bytes, new: bytes, reason: str
) -> None:
    """Before they are opened: what is held as a whole is counted, and no part may be much larger than it is stored."""
    path = workbook(
        tmp_path, ["text"], [TEXT], parts=lambda name, data: data.replace(old, new) if name == part else data
    )
    assert reason in reasons(read(path))[0]

"""Rows of a saved report: those that are asked for, as they were written, and an error for a damaged file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.domain import InputError
from tracer.report import printable, write_csv
from tracer.report.article_columns import SKIPPED
from tracer.report.saved_report import saved_rows
from tracer.report.table import Row, Table

awkward = st.text(st.sampled_from("=-'@ab \t\n,\"é\x1b"), min_size=1, max_size=4)
lines: st.SearchStrategy[list[Row]] = st.lists(st.tuples(awkward, st.integers(0, 9), awkward), max_size=300)


@given(lines, st.sets(awkward, max_size=3))
def test_rows_and_cells_that_are_asked_for_are_those_of_the_whole_table(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], further: set[str]
) -> None:
    """Texts come back as they were made printable, also where a row is chosen by one that had to be disarmed."""
    folder = tmp_path_factory.mktemp("report")
    write_csv(Table(SKIPPED, rows), folder / "skipped.csv")
    known = [(printable(str(path)), line, printable(str(reason))) for path, line, reason in rows]
    wanted = {printable(text) for text in further} | {path for path, *_ in known[:2]}
    assert list(saved_rows(folder, SKIPPED)) == known
    assert list(saved_rows(folder, SKIPPED, ["reason", "line"], {"path": wanted})) == [
        (reason, line) for path, line, reason in known if path in wanted
    ]


@pytest.mark.parametrize("damage", ["a,1", "a,1,b,c", 'a,1,"b', "a,one,b"])
@pytest.mark.parametrize("before", [0, 1, 700])
def test_a_damaged_row_is_refused_wherever_it_stands(damage: str, before: int, tmp_path: Path) -> None:
    """Too few cells or too many, an open quotation mark, and what is no number."""
    table = tmp_path / "skipped.csv"
    table.write_text("path,line,reason\n" + "x,1,y\n" * before + damage, encoding="utf-8")
    with pytest.raises(InputError, match=r"skipped\.csv"):
        list(saved_rows(tmp_path, SKIPPED))
    table.write_text("path,line,reason\na\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"skipped\.csv"):
        list(saved_rows(tmp_path, SKIPPED, among={"reason": {"y"}}))


def test_rows_are_chosen_by_what_their_cells_say(tmp_path: Path) -> None:
    """Another program that saved the file again may have left out what keeps a formula from being one."""
    (tmp_path / "skipped.csv").write_text("path,line,reason\n=x,1,a\n'=x,2,b\n'x,3,c\n", encoding="utf-8")
    assert list(saved_rows(tmp_path, SKIPPED, ["line"], {"path": {"=x"}})) == [(1,), (2,)]
    assert list(saved_rows(tmp_path, SKIPPED, ["line"], {"path": {"'x"}})) == [(3,)]

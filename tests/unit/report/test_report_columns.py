"""Every table holds what its schema says."""

from __future__ import annotations

import pytest

from tracer.pipeline import Trace
from tracer.report import SCHEMAS, ColumnType, Schema, Table, tables

PYTHON_TYPES = {
    ColumnType.TEXT: str,
    ColumnType.INTEGER: int,
    ColumnType.NUMBER: float,
    ColumnType.BOOLEAN: bool,
}
each_schema = pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)


@each_schema
def test_every_column_is_described_once(schema: Schema) -> None:
    """Name, meaning, values and empty case are there, in one line each; names and keys are sound."""
    assert len(set(schema.names)) == len(schema.names)
    assert set(schema.key) <= set(schema.names)
    for column in schema.columns:
        for said in (column.name, column.meaning, column.values, column.empty):
            assert said.strip() == said != ""
            assert "\n" not in said
            assert "|" not in said


def cells_out_of_place(table: Table) -> list[str]:
    """Columns with a cell of another type than theirs, or an empty one where none may be."""
    wrong = []
    for column in table.schema.columns:
        kinds = {type(cell) for cell in table.column(column.name)}
        allowed = {PYTHON_TYPES[column.type]} | ({type(None)} if column.empty != "never" else set())
        if not kinds <= allowed:
            wrong.append(f"{table.name}.{column.name}: {kinds - allowed}")
    return wrong


def test_cells_have_the_type_of_their_column(world: Trace) -> None:
    """Rows are as wide as the schema, cells of the stated type, and empty only where the codebook allows it."""
    made = tables(world)
    assert [table.schema for table in made] == list(SCHEMAS)
    for table in made:
        assert {len(row) for row in table.rows} <= {len(table.columns)}
        assert cells_out_of_place(table) == []


def test_numbers_keep_to_their_range(world: Trace) -> None:
    """A column said to lie in 0 to 1 does, up to rounding; counts are not negative."""
    for table in tables(world):
        for column in table.schema.columns:
            cells = [float(cell) for cell in table.column(column.name) if isinstance(cell, int | float)]
            if column.values == "0 to 1":
                assert all(-1e-9 <= cell <= 1 + 1e-9 for cell in cells), column.name
            elif column.type is ColumnType.INTEGER:
                assert all(cell >= 0 for cell in cells), column.name


def test_listed_words_are_the_only_ones(world: Trace) -> None:
    """Where the codebook lists the words that may stand in a column, no other does."""
    for table in tables(world):
        for column in table.schema.columns:
            words = set(column.values.replace("`", "").split(", "))
            if column.type is ColumnType.TEXT and column.values.startswith("`") and column.values.count("`, `"):
                assert set(table.column(column.name)) - {None} <= words, column.name

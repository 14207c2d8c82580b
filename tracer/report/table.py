"""A table: rows under the columns of its schema, and its way into pandas and Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from tracer.domain import package
from tracer.report.schema import ColumnType, Schema

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]

_PANDAS_TYPES = {
    ColumnType.TEXT: "string",
    ColumnType.INTEGER: "Int64",
    ColumnType.NUMBER: "Float64",
    ColumnType.BOOLEAN: "boolean",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows sorted by the key of their schema, each with one cell per column; ``None`` is an empty cell.

    Texts are as they were handed in: whoever writes them somewhere makes them safe for that place.
    """

    schema: Schema
    rows: Sequence[Row]

    @property
    def name(self) -> str:
        """The table's name, such as ``pairs``."""
        return self.schema.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return self.schema.names

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        """Each row as a dictionary from column to cell."""
        columns = self.columns
        return (dict(zip(columns, row, strict=True)) for row in self.rows)

    def column(self, name: str) -> list[Cell]:
        """All cells of one column, in the order of the rows.

        Raises:
            ValueError: when the table has no such column.
        """
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def to_pandas(self) -> pd.DataFrame:
        """The table as a data frame with nullable types; empty cells are ``<NA>``.

        Raises:
            TracerError: when pandas is not installed.
        """
        pandas = package("pandas", "tables")
        columns = {
            column.name: pandas.array(_encodable(self.column(column.name)), dtype=_PANDAS_TYPES[column.type])
            for column in self.schema.columns
        }
        return pandas.DataFrame(columns)

    def to_arrow(self) -> pa.Table:
        """The table as an Arrow table; empty cells are null.

        Raises:
            TracerError: when pyarrow is not installed.
        """
        arrow = package("pyarrow", "tables")
        schema = arrow_schema(self.schema)
        columns = [
            arrow.array(_encodable(self.column(name)), type=kind)
            for name, kind in zip(schema.names, schema.types, strict=True)
        ]
        return arrow.table(columns, schema=schema)


def arrow_schema(schema: Schema) -> pa.Schema:
    """The columns of a table as Arrow knows them.

    Raises:
        TracerError: when pyarrow is not installed.
    """
    arrow = package("pyarrow", "tables")
    types = {
        ColumnType.TEXT: arrow.string(),
        ColumnType.INTEGER: arrow.int64(),
        ColumnType.NUMBER: arrow.float64(),
        ColumnType.BOOLEAN: arrow.bool_(),
    }
    return arrow.schema([(column.name, types[column.type]) for column in schema.columns])


def sorted_table(schema: Schema, rows: Iterable[Row]) -> Table:
    """A table of ``rows`` in the order of the schema's key; rows with equal keys keep their order."""
    places = [schema.names.index(name) for name in schema.key]
    return Table(schema, sorted(rows, key=itemgetter(*places)))


def require_pyarrow() -> None:
    """Insist that what writes Parquet is installed.

    Raises:
        TracerError: when it is not.
    """
    package("pyarrow", "tables")


def _encodable(cells: list[Cell]) -> list[Cell]:
    """The cells, with halves of surrogate pairs, which no UTF-8 can hold, written out as ``\\udXXX``."""
    return [
        cell.encode("utf-8", "backslashreplace").decode() if isinstance(cell, str) and not cell.isascii() else cell
        for cell in cells
    ]

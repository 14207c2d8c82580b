"""One table of a run, drawn whole."""

from __future__ import annotations

from tracer.report.cells import decimal
from tracer.report.table import Cell, Table
from tracer.report.terminal.drawn import DrawnTable, draw, draw_markdown
from tracer.report.terminal.plain import wrapped


def table_text(table: Table, width: int) -> str:
    """Every row of a table, at most ``width`` cells wide, long cells shortened; ends in a line feed.

    A table with more columns than fit is drawn as one block of ``column: cell`` lines per row.
    """
    if not table.rows:
        return f"{table.name}: no rows\n"
    if len(table.columns) * 8 <= width:
        return draw(_drawn(table), width) + "\n"
    blocks = (
        "\n".join(wrapped(_shown(cell), width, f"{name}: ", "  ") for name, cell in row.items() if cell is not None)
        for row in table
    )
    return "\n\n".join(blocks) + "\n"


def table_markdown(table: Table) -> str:
    """Every row of a table as a Markdown pipe table."""
    return (draw_markdown(_drawn(table)) if table.rows else f"{table.name}: no rows") + "\n"


def _drawn(table: Table) -> DrawnTable:
    rows = tuple(tuple(_shown(cell) for cell in row) for row in table.rows)
    return DrawnTable(table.columns, rows, frozenset(range(len(table.columns))))


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return decimal(cell) if isinstance(cell, float) else str(cell)

"""A trace as tables and files. Looks up, counts and formats; infers nothing."""

from tracer.report.cells import decimal, inert, printable
from tracer.report.codebook import codebook_markdown
from tracer.report.columns import SCHEMA_VERSION, SCHEMAS
from tracer.report.graph_files import provenance_graph
from tracer.report.manifest import RunNote
from tracer.report.output_folder import check_output
from tracer.report.schema import Column, ColumnType, Schema
from tracer.report.table import Cell, Row, Table
from tracer.report.table_files import write_csv
from tracer.report.tables import Tables, tables
from tracer.report.write import write_report

__all__ = [
    "SCHEMAS",
    "SCHEMA_VERSION",
    "Cell",
    "Column",
    "ColumnType",
    "Row",
    "RunNote",
    "Schema",
    "Table",
    "Tables",
    "check_output",
    "codebook_markdown",
    "decimal",
    "inert",
    "printable",
    "provenance_graph",
    "tables",
    "write_csv",
    "write_report",
]

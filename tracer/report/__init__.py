"""A trace as tables and files. Looks up, counts and formats; infers nothing."""

from tracer.report.assembling import Counts, ReportPlan, assemble
from tracer.report.cells import decimal, inert, printable
from tracer.report.codebook import codebook_markdown
from tracer.report.columns import SCHEMA_VERSION, SCHEMAS
from tracer.report.exports import write_exports
from tracer.report.graph import provenance_graph
from tracer.report.manifest import RunNote
from tracer.report.output_folder import check_output
from tracer.report.parts import PartNote, part_note, write_part
from tracer.report.redrawing import redraw
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
    "Counts",
    "PartNote",
    "ReportPlan",
    "Row",
    "RunNote",
    "Schema",
    "Table",
    "Tables",
    "assemble",
    "check_output",
    "codebook_markdown",
    "decimal",
    "inert",
    "part_note",
    "printable",
    "provenance_graph",
    "redraw",
    "tables",
    "write_csv",
    "write_exports",
    "write_part",
    "write_report",
]

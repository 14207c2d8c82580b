"""A whole report: every table, the graph files and the manifest, in one folder."""

from __future__ import annotations

from pathlib import Path

from tracer.pipeline import Trace
from tracer.report.dot import write_dot
from tracer.report.graph_files import provenance_graph, write_graphml, write_node_link
from tracer.report.json_text import json_text
from tracer.report.manifest import MANIFEST, RunNote, manifest
from tracer.report.output_folder import whole_folder
from tracer.report.table_files import write_csv, write_parquet
from tracer.report.tables import Tables, tables

_UNKNOWN = RunNote()


def write_report(
    trace: Trace, directory: Path, *, overwrite: bool = False, parquet: bool = False, run: RunNote = _UNKNOWN
) -> Tables:
    """Write the report of a trace and hand back the tables it was made from.

    The folder appears complete or not at all, also when the writing is interrupted. ``overwrite`` replaces an older
    report of tracer's, and nothing else. ``parquet`` writes every table as Parquet too. ``run`` tells the manifest
    what only the caller knows. The same trace gives the same bytes in every file; the manifest differs in ``run``
    alone.

    Raises:
        OutputError: when ``directory`` is taken or cannot be written.
        TracerError: when ``parquet`` is asked for and pyarrow is not installed.
    """
    with whole_folder(directory, overwrite=overwrite) as folder:
        made = tables(trace)
        _write_tables(made, folder, parquet=parquet)
        _write_graph(made, folder)
        content = manifest(trace, made, folder, run)
        (folder / MANIFEST).write_text(json_text(content), encoding="utf-8", newline="")
    return made


def _write_tables(made: Tables, folder: Path, *, parquet: bool) -> None:
    for table in made:
        write_csv(table, folder / f"{table.name}.csv")
        if parquet:
            write_parquet(table, folder / f"{table.name}.parquet")


def _write_graph(made: Tables, folder: Path) -> None:
    graph = provenance_graph(made)
    write_graphml(graph, folder / "graph.graphml")
    write_dot(graph, folder / "graph.dot")
    write_node_link(graph, folder / "graph.json")

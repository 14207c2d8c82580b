"""CSV and graph files can be read back by those they are meant for."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from tracer.graph import Relation
from tracer.pipeline import Trace
from tracer.report import ColumnType, inert, printable, provenance_graph, tables, write_csv, write_report
from tracer.report.cells import written
from tracer.report.json_text import json_text

_DOT_LINE = re.compile(
    r'(?:digraph provenance \{|\}|  (?:graph|node) \[\w+="[^"]*"\];'
    r'|  (?P<one>"(?:[^"\\]|\\.)*")(?: -> "(?:[^"\\]|\\.)*")? \[(?:\w+="(?:[^"\\]|\\.)*"(?:, )?)+\];)'
)


@pytest.fixture(params=["wire", "hostile", "parallel"])
def any_trace(request: pytest.FixtureRequest) -> Trace:
    """An ordinary world, one with hostile metadata, and one with parallel edges."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Trace)
    return found


@pytest.fixture
def parallel(tampered: Callable[..., Trace], wire: Trace) -> Trace:
    """A trace in which one source is used by one article in two ways."""
    story, *others = wire.stories
    edge = story.graph.edges[0]
    other = Relation.QUOTES if edge.relation is not Relation.QUOTES else Relation.CREDITS
    edges = (*story.graph.edges, replace(edge, relation=other))
    return tampered(stories=(replace(story, graph=replace(story.graph, edges=edges)), *others))


@pytest.fixture
def report(any_trace: Trace, tmp_path: Path) -> Path:
    """A written report."""
    write_report(any_trace, tmp_path / "out")
    return tmp_path / "out"


def test_csv_reads_back_cell_for_cell(any_trace: Trace, report: Path) -> None:
    """Python's own reader finds every cell as the codebook says it is written; lines end with a line feed alone."""
    for table in tables(any_trace):
        raw = (report / f"{table.name}.csv").read_bytes()
        assert b"\r" not in raw
        assert raw.endswith(b"\n")
        with (report / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
            found = list(csv.reader(stream, strict=True))
        kinds = [column.type for column in table.schema.columns]
        expected = [[written(kind)(cell) for kind, cell in zip(kinds, row, strict=True)] for row in table.rows]
        assert found == [list(table.columns), *expected]


def test_no_text_cell_starts_a_formula(any_trace: Trace, report: Path) -> None:
    """No cell of a text column begins with a formula sign, whatever ids, titles and outlets hold."""
    for table in tables(any_trace):
        with (report / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                for column in table.schema.columns:
                    if column.type is ColumnType.TEXT:
                        assert not re.match(r"\s*[=+\-@]", row[column.name])


def test_an_empty_table_is_a_header(wire: Trace, tmp_path: Path) -> None:
    """A table without rows still names its columns."""
    write_csv(tables(wire).skipped, tmp_path / "skipped.csv")
    assert (tmp_path / "skipped.csv").read_bytes() == b"path,line,reason\n"


def test_text_files_are_free_of_control_characters(report: Path) -> None:
    """No file holds a byte that a terminal would obey."""
    for path in report.iterdir():
        text = path.read_bytes().decode("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text), path.name


def nodes_and_edges(graph: nx.Graph) -> tuple[dict[str, dict[str, object]], list[tuple[str, str, dict[str, object]]]]:  # type: ignore[type-arg]
    """What a graph holds, without attributes that say nothing."""

    def said(data: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in sorted(data.items()) if value not in ("", None)}

    edges = sorted(((source, target, said(data)) for source, target, data in graph.edges(data=True)), key=repr)
    return {node: said(data) for node, data in graph.nodes(data=True)}, edges


def test_the_graph_is_that_of_the_tables(any_trace: Trace) -> None:
    """One node per article and source, one edge per edge, from source to target; no attribute is missing."""
    made = tables(any_trace)
    graph = provenance_graph(made)
    assert graph.is_directed()
    assert set(graph) == {
        printable(str(name)) for table in (made.articles, made.sources) for name in table.column("id")
    }
    ends = [(printable(str(row["source"])), printable(str(row["target"]))) for row in made.edges]
    assert sorted(graph.edges()) == sorted(ends)
    assert all(value is not None for _, data in graph.nodes(data=True) for value in data.values())
    assert all(value is not None for _, _, data in graph.edges(data=True) for value in data.values())


def test_graphml_is_valid_and_reads_back(any_trace: Trace, report: Path) -> None:
    """A strict XML parser takes it, and networkx reads the same nodes and edges."""
    ET.parse(report / "graph.graphml")  # noqa: S314 - a file just written
    found = nx.read_graphml(report / "graph.graphml")
    assert nodes_and_edges(found) == nodes_and_edges(provenance_graph(tables(any_trace)))


def test_node_link_reads_back(any_trace: Trace, report: Path) -> None:
    """networkx makes the same graph from the JSON file."""
    found = nx.node_link_graph(json.loads((report / "graph.json").read_text(encoding="utf-8")), edges="edges")
    assert nodes_and_edges(found) == nodes_and_edges(provenance_graph(tables(any_trace)))


def test_graph_files_are_those_of_networkx(any_trace: Trace, report: Path, tmp_path: Path) -> None:
    """Written piece by piece, GraphML and JSON are what networkx writes of the whole graph, byte for byte."""
    graph = provenance_graph(tables(any_trace))
    nx.write_graphml_xml(graph, tmp_path / "expected", encoding="utf-8", prettyprint=True)
    assert (report / "graph.graphml").read_bytes() == (tmp_path / "expected").read_bytes()
    expected = json_text(nx.node_link_data(graph, edges="edges"))
    assert (report / "graph.json").read_text(encoding="utf-8") == expected


@pytest.mark.parametrize("articles", [True, False])
def test_graph_files_of_little(tampered: Callable[..., Trace], tmp_path: Path, articles: bool) -> None:
    """A graph without edges, and one without anything, are written as networkx writes them."""
    whole = tampered()
    bare = [replace(story, graph=replace(story.graph, edges=(), sources=())) for story in whole.stories]
    made = tampered(stories=bare) if articles else tampered(articles=(), stories=(), parsed={}, regions={})
    write_report(made, tmp_path / "out")
    graph = provenance_graph(tables(made))
    nx.write_graphml_xml(graph, tmp_path / "expected", encoding="utf-8", prettyprint=True)
    assert (tmp_path / "out" / "graph.graphml").read_bytes() == (tmp_path / "expected").read_bytes()
    expected = json_text(nx.node_link_data(graph, edges="edges"))
    assert (tmp_path / "out" / "graph.json").read_text(encoding="utf-8") == expected


def test_dot_is_well_formed(any_trace: Trace, report: Path) -> None:
    """Every line is a statement with balanced quotation marks; nodes and edges are all there."""
    lines = (report / "graph.dot").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    assert [line for line in lines if not _DOT_LINE.fullmatch(line)] == []
    graph = provenance_graph(tables(any_trace))
    assert sum(" -> " in line for line in lines) == graph.number_of_edges()
    assert len(lines) == graph.number_of_nodes() + graph.number_of_edges() + 4


def test_unseen_texts_are_dashed(world: Trace, tmp_path: Path) -> None:
    """In DOT, exactly the unseen texts have a dashed outline."""
    write_report(world, tmp_path / "out")
    lines = (tmp_path / "out" / "graph.dot").read_text(encoding="utf-8").split("\n")
    dashed = {line.split('"')[1] for line in lines if 'style="dashed"' in line and " -> " not in line}
    assert dashed == {row["id"] for row in tables(world).sources if row["kind"] == "unseen"}


def test_parallel_relations_keep_apart(wire: Trace) -> None:
    """Where one source both is credited and drawn on, both edges stand in the graph."""
    made = tables(wire)
    row = made.edges.rows[0]
    place = made.edges.columns.index("relation")
    other = (*row[:place], "draws_on" if row[place] == "quotes" else "quotes", *row[place + 1 :])
    object.__setattr__(made.edges, "rows", [*made.edges.rows, other])
    graph = provenance_graph(made)
    assert graph.is_multigraph()
    assert graph.number_of_edges() == len(made.edges)


def test_ids_agree_between_csv_and_graph(hostile: Trace) -> None:
    """An id in a CSV file is the id in the graph, but for the apostrophe before a formula sign."""
    for name in tables(hostile).articles.column("id"):
        assert inert(str(name)).removeprefix("'") == printable(str(name))

"""The further files of a report are read by the tools that they are for, and say what its tables say."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from tracer.domain import InputError, OutputError
from tracer.pipeline import Trace
from tracer.report import printable, write_report
from tracer.report.exports import EXPORTS, node_edge_files, write_exports
from tracer.report.exports.markup import harmless
from tracer.report.exports.saved_items import moment, web_address
from tracer.report.saved_report import read_report
from tracer.report.tables import Tables


@pytest.fixture(params=["harbour", "wire", "hostile", "attacked", "parallel"])
def any_trace(request: pytest.FixtureRequest) -> Trace:
    """Worlds with and without dates, hostile ones, and one with parallel edges."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Trace)
    return found


@pytest.fixture
def parallel(newsroom: Trace) -> Trace:
    """All worlds as one corpus, with a statement that reached articles through an agency."""
    return newsroom


@pytest.fixture
def report(any_trace: Trace, tmp_path: Path) -> Path:
    """A written report."""
    write_report(any_trace, tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def saved(report: Path) -> Tables:
    """The tables of the report as its CSV files have them."""
    return read_report(report)


def node_ids(saved: Tables) -> list[str]:
    return [str(name) for table in (saved.articles, saved.sources) for name in table.column("id")]


def edge_facts(saved: Tables) -> list[tuple[object, ...]]:
    """Ends, relation and probabilities of all edges."""
    names = ("source", "target", "relation", "confidence", "p_upstream", "share_of_target")
    return sorted(tuple(row[name] for name in names) for row in saved.edges)


def facts_of(graph: nx.Graph) -> list[tuple[object, ...]]:  # type: ignore[type-arg]
    names = ("relation", "confidence", "p_upstream", "share_of_target")
    return sorted((source, target, *(data[name] for name in names)) for source, target, data in graph.edges(data=True))


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_gexf_is_read_by_networkx(report: Path, saved: Tables) -> None:
    """Every node with its label and start, every edge with its numbers."""
    graph = nx.read_gexf(report / "graph.gexf")
    assert graph.is_directed()
    assert sorted(graph) == sorted(node_ids(saved))
    assert facts_of(graph) == edge_facts(saved)
    assert all(data["weight"] == data["confidence"] for _, _, data in graph.edges(data=True))
    for row in saved.articles:
        found = graph.nodes[row["id"]]
        assert found["kind"] == row["kind"]
        assert found.get("start", "") == moment(row["published"], whole=True)
        assert found.get("outlet", "") == (row["outlet"] or "")


def test_cytoscape_is_read_by_networkx(report: Path, saved: Tables) -> None:
    """Every node and edge; edges have no ids that could be a node's."""
    text = (report / "graph.cytoscape.json").read_text(encoding="utf-8")
    graph = nx.cytoscape_graph(json.loads(text))
    assert sorted(graph) == sorted(node_ids(saved))
    assert facts_of(graph) == edge_facts(saved)
    assert all("id" not in entry["data"] for entry in json.loads(text)["elements"]["edges"])


@pytest.mark.filterwarnings("ignore:.* deprecated - use:DeprecationWarning:pydot")
def test_dot_is_read_by_pydot_and_graphviz(report: Path, saved: Tables) -> None:
    """Both see every node and edge."""
    pydot = pytest.importorskip("pydot")
    (graph,) = pydot.graph_from_dot_file(report / "graph.dot", encoding="utf-8")
    assert len(graph.get_edges()) == len(saved.edges)
    found = [node for node in graph.get_nodes() if node.get_name() not in {"graph", "node"}]
    assert len(found) == len(node_ids(saved))
    if shutil.which("dot"):
        done = subprocess.run(["dot", "-Tplain", report / "graph.dot"], capture_output=True, check=True, text=True)
        assert len(re.findall("(?m)^edge ", done.stdout)) == len(saved.edges)


def test_gephi_tables_are_strict_csv(report: Path, saved: Tables) -> None:
    """Two readers agree on every cell, no cell is a formula, ends are ids, and numbers are those of the edges."""
    arrow = pytest.importorskip("pyarrow.csv", reason="the extra `tables` is not installed")
    found = {}
    for name in ("gephi_nodes.csv", "gephi_edges.csv"):
        with (report / name).open(encoding="utf-8", newline="") as stream:
            head, *rows = csv.reader(stream, strict=True)
        options = arrow.ConvertOptions(column_types=dict.fromkeys(head, "string"))
        parse = arrow.ParseOptions(newlines_in_values=True)
        table = arrow.read_csv(report / name, convert_options=options, parse_options=parse)
        assert [list(row.values()) for row in table.to_pylist()] == rows
        assert not any(re.match(r"[\s']*[=+\-@\t]", cell) and not cell.startswith("'") for row in rows for cell in row)
        found[name] = [dict(zip(head, row, strict=True)) for row in rows]
    nodes, edges = found["gephi_nodes.csv"], found["gephi_edges.csv"]
    ids = {row["Id"] for row in nodes}
    assert len(ids) == len(nodes) == len(node_ids(saved))
    assert {row[end] for row in edges for end in ("Source", "Target")} <= ids
    assert [float(row["Weight"]) for row in edges] == list(saved.edges.column("confidence"))
    assert {row["Type"] for row in edges} <= {"Directed"}


def test_prov_is_read_by_prov(report: Path, saved: Tables) -> None:
    """The document survives a round trip; its arrows run from the derived to the source."""
    model = pytest.importorskip("prov.model")
    path = report / "prov.json"
    document = model.ProvDocument.deserialize(path, format="json")
    again = model.ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert document == again
    entities, derivations, influences, agents, attributions = (
        list(document.get_records(getattr(model, f"Prov{kind}")))
        for kind in ("Entity", "Derivation", "Influence", "Agent", "Attribution")
    )
    named = {str(record.identifier): str(*record.get_attribute("tracer:id")) for record in entities}
    assert sorted(named.values()) == sorted(node_ids(saved))
    found = [
        (named[str(record.args[1])], named[str(record.args[0])], str(*record.get_attribute("tracer:relation")))
        for record in derivations
    ]
    edges = [(row["source"], row["target"], row["relation"]) for row in saved.edges]
    assert sorted(found) == sorted(edge for edge in edges if edge[2] != "credits")
    assert sum(bool(record.get_asserted_types()) for record in derivations) == sum(e[2] == "quotes" for e in edges)
    assert len(influences) == sum(edge[2] == "credits" for edge in edges)
    assert {str(record.args[1]) for record in attributions} <= {str(record.identifier) for record in agents}
    assert len(agents) >= len({row["outlet"] for row in saved.articles if row["outlet"]})


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning:rdflib")
def test_json_ld_is_read_by_rdflib(report: Path, saved: Tables) -> None:
    """As many articles, works and roles as the tables have; what is based on what, too; nothing ends a script."""
    rdflib = pytest.importorskip("rdflib")
    text = (report / "articles.jsonld").read_text(encoding="utf-8")
    assert "<" not in text
    graph = rdflib.Graph().parse(data=text, format="json-ld", base="https://e.example/")
    schema = rdflib.Namespace("https://schema.org/")
    counted = {
        kind: len(set(graph.subjects(rdflib.RDF.type, schema[kind]))) for kind in ("NewsArticle", "CreativeWork")
    }
    stated = saved.articles.column("kind").count("statement")
    assert counted == {"NewsArticle": len(saved.articles) - stated, "CreativeWork": len(saved.sources) + stated}
    roles = set(graph.subjects(rdflib.RDF.type, schema.Role))
    name_of = {subject: str(name) for subject, name in graph.subject_objects(schema.identifier)}
    found = []
    for role in roles:
        link = schema.isBasedOn if (role, schema.isBasedOn, None) in graph else schema.citation
        sure = float(graph.value(role, rdflib.URIRef("urn:x-tracer:confidence")))
        ends = name_of[graph.value(role, link)], name_of[graph.value(None, link, role)]
        found.append((*ends, str(graph.value(role, schema.roleName)), sure))
    assert sorted(found) == [fact[:4] for fact in edge_facts(saved)]


def test_the_data_package_is_valid(report: Path) -> None:
    """Frictionless finds every table as described: types, bounds, words, keys, references, digests and sizes."""
    frictionless = pytest.importorskip("frictionless")
    package = json.loads((report / "datapackage.json").read_text(encoding="utf-8"))
    assert {entry["path"] for entry in package["resources"]} == {path.name for path in report.glob("*.csv")} - {
        *("gephi_nodes.csv", "gephi_edges.csv")
    }
    found = frictionless.validate(str(report / "datapackage.json"))
    assert found.flatten(["name", "rowNumber", "fieldName", "type", "note"]) == []
    assert found.valid


def test_the_data_package_notices_changes(wire: Trace, tmp_path: Path) -> None:
    """An edge to an unknown relation, and a file that is not the one described, are errors."""
    frictionless = pytest.importorskip("frictionless")
    write_report(wire, tmp_path / "out")
    path = tmp_path / "out" / "edges.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("draws_on", "steals"), encoding="utf-8")
    found = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert {entry[0] for entry in found.flatten(["type"])} >= {"constraint-error", "hash-count"} or not found.valid


def test_the_summary_is_plain_markdown(report: Path, saved: Tables) -> None:
    """Nothing in it is markup but its own headings, tables and list; its first table counts what the tables hold."""
    markdown = pytest.importorskip("markdown_it").MarkdownIt("commonmark", {"html": True}).enable("table")
    text = (report / "summary.md").read_text(encoding="utf-8")
    tokens = markdown.parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in inline} <= {"text", "text_special", "code_inline"}
    assert [token.content for token in inline if token.type == "code_inline"] == ["manifest.json"]
    block = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    lists = {"bullet_list", "list_item"}
    assert block <= {*("heading", "inline", "paragraph", "table", "thead", "tbody", "tr", "th", "td"), *lists}
    assert f"| edges | {len(saved.edges):,} |" in text
    assert not re.search(r"https?://|www\.|[$@^]|<", text)
    assert max(map(len, text.splitlines())) < 3_000


def test_a_large_report_is_only_counted(wire: Trace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound the summary has no headline and no open questions in words."""
    write_report(wire, tmp_path / "out")
    monkeypatch.setattr("tracer.report.exports.summary._MOST_ARTICLES", 2)
    small = (tmp_path / "out" / "summary.md").read_text(encoding="utf-8")
    write_exports(tmp_path / "out")
    large = (tmp_path / "out" / "summary.md").read_text(encoding="utf-8")
    assert "Inferred: " in small
    assert "Inferred: " not in large
    assert len(large.splitlines()) < len(small.splitlines())
    assert [line for line in large.splitlines() if line.startswith("|")] == [
        line for line in small.splitlines() if line.startswith("|")
    ]


def test_xml_and_json_are_free_of_what_is_forbidden(report: Path) -> None:
    """No control character stands in any file, and strict parsers take them."""
    for name in EXPORTS:
        text = (report / name).read_bytes().decode("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", text), name
        if "json" in name:
            json.loads(text)
    ET.parse(report / "graph.gexf")  # noqa: S314 - a file just written


def test_drawn_again_they_are_the_same(report: Path) -> None:
    """From the saved tables come the same bytes; their digests are those of the manifest; nothing else is left."""
    before = content(report)
    digests = write_exports(report)
    assert content(report) == before
    assert digests == {name: sha256(before[name]).hexdigest() for name in EXPORTS}
    files = json.loads(before["manifest.json"])["files"]
    assert digests.items() <= files.items()


@pytest.mark.parametrize("at_once", [1, 2])
def test_how_many_are_written_at_once_shows_nowhere(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """Commas and numbers go on from one stretch of nodes and edges to the next."""
    monkeypatch.setattr(node_edge_files, "_ITEMS_AT_ONCE", at_once)
    made = tmp_path / "made"
    made.mkdir()
    for name, digest in node_edge_files.write_node_edge_files(report, made).items():
        assert (made / name).read_bytes() == (report / name).read_bytes()
        assert sha256((report / name).read_bytes()).hexdigest() == digest


def test_a_report_without_a_table_is_refused(wire: Trace, tmp_path: Path) -> None:
    """The error names the table, and older files stay."""
    write_report(wire, tmp_path / "out")
    (tmp_path / "out" / "edges.csv").unlink()
    before = content(tmp_path / "out")
    with pytest.raises(InputError, match=r"edges\.csv"):
        write_exports(tmp_path / "out")
    assert content(tmp_path / "out") == before
    with pytest.raises(OutputError, match="missing"):
        write_exports(tmp_path / "missing")


def test_nothing_is_exported_as_nothing(tampered: Callable[..., Trace], tmp_path: Path) -> None:
    """A report of no article gives files that their tools read, too."""
    write_report(tampered(articles=(), stories=(), parsed={}, regions={}), tmp_path / "out")
    assert len(nx.read_gexf(tmp_path / "out" / "graph.gexf")) == 0
    assert json.loads((tmp_path / "out" / "prov.json").read_text(encoding="utf-8")).keys() == {"prefix"}
    assert json.loads((tmp_path / "out" / "articles.jsonld").read_text(encoding="utf-8"))["@graph"] == []


@pytest.mark.parametrize(
    ("published", "shown", "whole"),
    [
        ("2019-05-14T13:20Z", "2019-05-14T13:20Z", "2019-05-14T13:20:00Z"),
        ("2019-05-14T13Z", "2019-05-14T13:00Z", "2019-05-14T13:00:00Z"),
        ("2019-05-14", "2019-05-14", "2019-05-14T00:00:00Z"),
        ("2019-05", "2019-05", "2019-05-01T00:00:00Z"),
        (None, "", ""),
        ("soon", "", ""),
    ],
)
def test_stamps_are_written_out(published: str | None, shown: str, whole: str) -> None:
    """Hours get minutes; a whole stamp is the first second of what is known."""
    assert moment(published) == shown
    assert moment(published, whole=True) == whole


def test_only_web_addresses_are_handed_on() -> None:
    """Nothing that a browser would run."""
    assert web_address("https://e.example/a") == "https://e.example/a"
    assert [web_address(url) for url in ("javascript:alert(1)", "data:text/html,x", "//e.example", "", None)] == [
        ""
    ] * 5


def test_markup_is_bounded() -> None:
    """A long text is cut before it is escaped, so that no escape is cut in two."""
    assert harmless("[" * 50, 10) == "\\[" * 9 + "…"
    assert harmless("a & b", 10) == "a &amp; b"
    assert printable(harmless("\x00\x1b[31m\ud800", 99)) == harmless("\x00\x1b[31m\ud800", 99)

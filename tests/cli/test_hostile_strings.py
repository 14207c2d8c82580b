"""Thirty hostile strings run through every output: harmless everywhere, and readable."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest
from hostile_strings import HOSTILE, hostile_corpus
from rich.cells import cell_len

from tracer.cli import main

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
FORMULA = re.compile(r"[\s]*[=+\-@\t＝＋－＠]")
READABLE = (
    "<script>window.hit = 1</script>",
    "=cmd|' /C calc'!A0",
    "صرح المتحدث باسم الوزارة",
    "部长说船会准时开",
    "{{ 7*7 }}",
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_corpus(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def report(corpus: Path) -> Path:
    assert main(["report", str(corpus), "-o", str(corpus.parent / "out"), "--same-outlet"]) == 0
    return corpus.parent / "out"


def test_there_are_thirty_and_more() -> None:
    assert len(set(HOSTILE)) >= 30


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("command", ["audit", "inspect"])
def test_nothing_reaches_the_terminal_but_text(
    corpus: Path, capsys: pytest.CaptureFixture[str], command: str, width: int
) -> None:
    """No control or format character, no line wider than asked for."""
    assert main([command, str(corpus), "--width", str(width), *(["--same-outlet"] if command == "audit" else [])]) == 0
    shown = capsys.readouterr()
    for text in (shown.out, shown.err):
        odd = {mark for mark in text if unicodedata.category(mark) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
        assert odd <= {"\n", "\u200d"}
    assert all(cell_len(line) <= width for line in shown.out.splitlines())


def test_markdown_holds_no_markup_of_theirs(corpus: Path, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither tags nor links, in the audit and in the summary of a report."""
    assert main(["audit", str(corpus), "--same-outlet", "--format", "markdown"]) == 0
    for text in (capsys.readouterr().out, (report / "summary.md").read_text(encoding="utf-8")):
        assert not re.search(r"(?<!\\)<(?:script|img|svg|b|!)", text)
        assert not re.search(r"(?<!\\)\]\(", text)
        assert not CONTROLS.search(text.replace("\n", ""))


def test_every_table_is_strict_csv_without_formulas(report: Path) -> None:
    """Of every CSV file; whatever a cell would begin with, a spreadsheet takes it for text."""
    for path in sorted(report.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        for row in rows[1:]:
            for cell in row:
                assert not CONTROLS.search(cell.replace("\n", "").replace("\t", ""))
                assert not FORMULA.match(cell) or re.fullmatch(r"-?[\d.]+", cell), path.name


@pytest.mark.parametrize("name", ["graph.graphml", "graph.gexf"])
def test_xml_is_well_formed_and_read_back(report: Path, name: str) -> None:
    """By an XML parser and by networkx; the names can be read there."""
    ET.parse(report / name)  # noqa: S314 - our own file
    graph = (nx.read_graphml if name.endswith("graphml") else nx.read_gexf)(report / name)
    titles = " ".join(str(value) for _, data in graph.nodes(data=True) for value in data.values())
    assert all(text in titles for text in READABLE)


def test_json_is_json(report: Path) -> None:
    """Each file parses, none holds a tag that could end a block of script, and names can be read."""
    for path in [*report.glob("*.json"), *report.glob("*.jsonld")]:
        text = path.read_text(encoding="utf-8")
        json.loads(text)
        assert not CONTROLS.search(text.replace("\n", ""))
    assert all(text in (report / "graph.json").read_text(encoding="utf-8") for text in READABLE)


def test_tables_can_be_read(report: Path) -> None:
    """Titles stand in ``articles.csv`` as they were, but for characters that do something."""
    with (report / "articles.csv").open(encoding="utf-8", newline="") as stream:
        titles = {row["title"].removeprefix("'") for row in csv.DictReader(stream)}
    assert set(READABLE) <= titles
    assert "wwwwwwwww" in " ".join(titles)

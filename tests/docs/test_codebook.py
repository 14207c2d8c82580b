"""The codebook page is the one that the columns make."""

from __future__ import annotations

from pathlib import Path

from tracer.report import SCHEMAS, codebook_markdown
from tracer.report.exports import EXPORTS
from tracer.report.figures import FIGURES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "report-columns.md"


def test_the_page_is_up_to_date() -> None:
    """docs/reference/report-columns.md is what ``codebook_markdown()`` gives; write it anew when this fails."""
    assert PAGE.read_text(encoding="utf-8") == codebook_markdown()


def test_every_column_has_its_line() -> None:
    """Each column of each table has a line of its own under the table's heading."""
    sections = {part.split("`", 1)[0]: part for part in codebook_markdown().split("\n## `")[1:]}
    assert list(sections) == [schema.name for schema in SCHEMAS]
    for schema in SCHEMAS:
        for column in schema.columns:
            assert sections[schema.name].count(f"\n| `{column.name}` | {column.type.value} |") == 1


def test_every_file_is_told_of() -> None:
    """docs/reference/report-files.md names each file that a report may have."""
    page = (PAGE.parent / "report-files.md").read_text(encoding="utf-8")
    tables = {f"{schema.name}.csv" for schema in SCHEMAS}
    others = {"graph.graphml", "graph.dot", "graph.json", "articles.jsonl", "manifest.json", "report.html"}
    assert [name for name in sorted({*tables, *others, *EXPORTS, *FIGURES}) if f"`{name}`" not in page] == []

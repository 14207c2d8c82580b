"""Small reports and gold files, written by hand."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tracer.report import SCHEMAS

ON_REQUEST = {schema.name for schema in SCHEMAS if schema.option}
Rows = Iterable[Mapping[str, Any]]
COLUMNS = {schema.name: schema.names for schema in SCHEMAS}


@pytest.fixture
def report(tmp_path: Path) -> Callable[..., Path]:
    """Writes a report folder: ``articles`` as a word list, every other table as rows; returns the folder.

    ``articles_rows`` gives the articles more cells; a dash stands for an empty one. Tables that come on request are
    written where their rows are given, be there none.
    """

    def writing(articles: str, name: str = "report", articles_rows: Rows = (), **tables: Rows) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        more = {row["id"]: {key: "" if cell == "-" else cell for key, cell in row.items()} for row in articles_rows}
        content = {"articles": [{"id": name, **more.get(name, {})} for name in articles.split()], **tables}
        for table, columns in COLUMNS.items():
            if table in ON_REQUEST - content.keys():
                continue
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
                rows = list(content.get(table, ()))
                extra = sorted({key for row in rows for key in row} - set(columns))
                lines = csv.DictWriter(stream, [*columns, *extra], restval="", lineterminator="\n")
                lines.writeheader()
                lines.writerows(rows)
        (folder / "manifest.json").write_text("{}", encoding="utf-8")
        return folder

    return writing


@pytest.fixture
def gold(tmp_path: Path) -> Callable[..., Path]:
    """Writes a gold file: keyword arguments as JSON, or one text as it is; returns its path."""

    def writing(text: str | None = None, **content: Any) -> Path:
        path = tmp_path / ("gold.csv" if text is not None else "gold.json")
        whole = json.dumps({"pairs": [], **content}) if text is None else text
        path.write_text(whole, encoding="utf-8", newline="")
        return path

    return writing

"""Bring generated pages, figures and shown output up to date: ``python tests/docs/refresh.py``."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from doc_pages import DOCS, page_id, pages
from doc_reference import python_api, with_figures
from doc_runs import refreshed, run_page

MADE_BY_OTHERS = {f"reference/{name}.md" for name in ("cli", "exit-codes", "report-columns", "scores")}


def refresh() -> None:
    """Rewrite what has changed; what a page tells in its own words is left to its author."""
    (DOCS / "reference" / "python-api.md").write_text(python_api(), encoding="utf-8")
    clues = DOCS / "reference" / "clues.md"
    clues.write_text(with_figures(clues.read_text(encoding="utf-8")), encoding="utf-8")
    for page in pages():
        if page_id(page) not in MADE_BY_OTHERS:
            text = page.read_text(encoding="utf-8")
            with TemporaryDirectory() as folder:
                page.write_text(refreshed(text, run_page(text, Path(folder)).bodies), encoding="utf-8")


if __name__ == "__main__":
    refresh()

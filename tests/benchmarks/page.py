"""How large ``report.html`` is and how soon it can be used, in Chromium with the network cut.

    tracer report INPUT -o DIR
    python tests/benchmarks/page.py DIR [DIR ...]

Prints for each report: articles and nodes on the page, megabytes, seconds until the first view (the picture stands and
the first card is shown), milliseconds for one change of a filter and for one step of panning, the worst of ten.
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tabulate import tabulate

_SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
_FILTER = """() => { const box = document.querySelector('[data-relation="quotes"]'); const before = performance.now();
  box.click(); document.body.offsetHeight; return performance.now() - before; }"""
_PAN = """() => new Promise((done) => { const place = document.querySelector('#picture svg').getBoundingClientRect();
  const at = (kind, x) => document.querySelector('#picture svg').dispatchEvent(new MouseEvent(kind, {bubbles: true,
    clientX: place.left + x, clientY: place.top + 40, view: window}));
  at('mousedown', 40); const before = performance.now();
  window.dispatchEvent(new MouseEvent('mousemove', {clientX: place.left + 90, clientY: place.top + 60, view: window}));
  requestAnimationFrame(() => requestAnimationFrame(() => {
    window.dispatchEvent(new MouseEvent('mouseup', {view: window})); done(performance.now() - before); })); })"""


def measured(page: Page, folder: Path) -> list[object]:
    """One row of the table."""
    before = time.perf_counter()
    page.goto((folder / "report.html").resolve().as_uri())
    page.wait_for_selector("#card h3")
    first = time.perf_counter() - before
    size = (folder / "report.html").stat().st_size / 1e6
    nodes = page.locator("#picture .node").count()
    articles = page.locator("#article option").count() - 1
    filters = max(page.evaluate(_FILTER) for _ in range(10))
    pans = max(page.evaluate(_PAN) for _ in range(10))
    return [folder.name, articles, nodes, round(size, 2), round(first, 2), round(filters), round(pans)]


def main() -> None:
    """Measure each report named on the command line."""
    rows = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=list(_SWITCHES))
        for name in sys.argv[1:]:
            context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
            rows.append(measured(context.new_page(), Path(name)))
            context.close()
        browser.close()
    headers = ["report", "articles in view", "nodes", "MB", "first view, s", "filter, ms", "pan, ms"]
    print(tabulate(rows, headers=headers))


if __name__ == "__main__":
    main()

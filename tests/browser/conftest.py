"""Reports in a real browser: Debian's Chromium, driven by Playwright, with the network cut."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from seen_page import Seen

from tracer.cli import main

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser; its tests are skipped where it or Playwright is not installed."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def report_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Traces a world of the fixtures, or any input, and gives the folder of the report."""
    made: dict[str, Path] = {}

    def report(name: str, *options: str) -> Path:
        if name not in made:
            world = ROOT / "fixtures" / "worlds" / name
            given = next(iter(sorted(world.glob("articles*"))), Path(name))
            out = tmp_path_factory.mktemp("report") / "out"
            assert main(["report", str(given), "-o", str(out), *options]) == 0
            made[name] = out
        return made[name]

    return report


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Seen]]:
    """Opens a report's page from disk in a window of some width, offline."""
    contexts = []

    def opening(folder: Path, width: int = 1280, scheme: str = "light") -> Seen:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, offline=True, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        seen = Seen(context.new_page())
        seen.page.goto((folder / "report.html").resolve().as_uri())
        seen.page.wait_for_selector("#all-tables details")
        return seen

    yield opening
    for context in contexts:
        context.close()

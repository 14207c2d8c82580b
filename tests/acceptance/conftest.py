"""Where the real texts and the labelled data stand; tests on them are skipped where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def carter_shoigu() -> Path:
    """The founding case: five articles, their truth, their sentences."""
    return _present(SHARED / "stories" / "carter-shoigu")


@pytest.fixture(scope="session")
def news_dev() -> Path:
    """Labelled pairs of real news articles."""
    return _present(SHARED / "data" / "news-dev")


@pytest.fixture(scope="session")
def polnear() -> Path:
    """News articles that did not copy from one another, but for one lift."""
    return _present(SHARED / "data" / "polnear-train")


@pytest.fixture(scope="session")
def releases() -> Path:
    """Press releases of politicians."""
    return _present(SHARED / "data" / "releases-dev")


@pytest.fixture(scope="session")
def pan() -> Path:
    """The training pairs of PAN 2013's text alignment task."""
    return _present(SHARED / "data" / "pan13-train")


def _present(folder: Path) -> Path:
    if not folder.is_dir():
        pytest.skip(f"{folder.name} is not beside this checkout (it belongs to others and is never part of it)")
    return folder

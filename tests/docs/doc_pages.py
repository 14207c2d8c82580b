"""The pages under docs/ and the fenced blocks in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
_FENCE = re.compile(
    r"^(?:<!-- (?P<mark>[^\n]*?) -->\n)?```(?P<language>[a-z]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Block:
    """A fenced block; ``mark`` is the one-line comment right above it, ``start`` and ``stop`` bound its body."""

    language: str
    mark: str
    body: str
    start: int
    stop: int


def pages() -> list[Path]:
    """Every page, sorted by path."""
    return sorted(DOCS.rglob("*.md"))


def page_id(page: Path) -> str:
    """A page's path within docs/."""
    return page.relative_to(DOCS).as_posix()


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page in order."""
    for found in _FENCE.finditer(text):
        yield Block(found["language"], found["mark"] or "", found["body"], *found.span("body"))


def prose(text: str) -> str:
    """A page without its fenced blocks and code spans."""
    return re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text))


def is_left_alone(block: Block) -> bool:
    """Whether a mark with its reason says that a block cannot be run."""
    return bool(re.match(r"not run: \w.{9,}", block.mark))

"""Markup as plain text: for pieces of a page that are an article already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracer.read.page_tree import page_tree

_BLOCKS = frozenset(
    {
        *("p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "tr"),
        *("section", "article", "header", "footer", "figure", "figcaption", "hr", "dl", "dt", "dd", "td", "th"),
    }
)
_LEFT_OUT = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head"})


def plain_text(markup: str) -> str:
    """The text of a piece of HTML, a blank line between its paragraphs; scripts and styles are left out.

    Text without markup comes back as it is. Nothing is run or fetched. Linear.

    Raises:
        PageFault: the markup is none that can be parsed whole.
    """
    if "<" not in markup and "&" not in markup:
        return markup
    root = page_tree(f"<div>{markup}</div>")
    lines = (" ".join(line.split()) for line in "".join(_pieces(root)).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _pieces(root: Any) -> Iterator[str]:
    """Texts in reading order, line feeds where a block begins or ends; without recursion, however deep."""
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        node, is_done = waiting.pop()
        block = isinstance(node.tag, str) and node.tag in _BLOCKS
        if is_done:
            yield ("\n" if block else "") + (node.tail or "").replace("\n", " ")
            continue
        waiting.append((node, True))
        if not isinstance(node.tag, str) or node.tag in _LEFT_OUT:
            continue
        yield ("\n" if block else "") + (node.text or "").replace("\n", " ")
        waiting += [(child, False) for child in reversed(node)]

"""The article on a page: the paragraphs that trafilatura takes for the article's, as they are there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tracer.read.page_tree import INLINE, Node

_MOST_INLINE, _MOST_INLINE_IN_ALL = 500, 10_000
"""Inline elements of one block, and of a page: the search for the article takes the square of their number."""
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_TEXT = frozenset({"script", "style"})
_ARTICLES = frozenset({"article", "main"})
_PARAGRAPHS = {"list": "div", "item": "p"}


def main_text(root: Node) -> str:
    """The paragraphs of the article on a page, a blank line between them; empty when there is none. Changes the tree.

    Items of lists are paragraphs, tables are left out. Where a block has more than 500 inline elements, or a page more
    than 10,000, they lose their tags, which the text does not show.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415 - an extra, and heavy
    from trafilatura.xml import xmltotxt  # noqa: PLC0415 - an extra

    _unwrap(root)
    _escape(root)
    try:
        found = bare_extraction(root, fast=True, include_comments=False, include_tables=False, output_format="txt")
        body = getattr(found, "body", None)
        if body is None:
            return ""
        # It would put a hyphen before them, which the page has not.
        for element in list(body.iter(*_PARAGRAPHS)):
            element.tag = _PARAGRAPHS[element.tag]
        text = xmltotxt(body, False) or ""
    except Exception:  # noqa: BLE001 - it raises whatever an odd tree makes it raise
        return ""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def tables_left_out(root: Node) -> int:
    """How many tables with a head stand in the article: :func:`main_text` leaves them out."""
    tables = (table for table in root.iter("table") if next(table.iter("th"), None) is not None)
    return sum(any(above.tag in _ARTICLES for above in table.iterancestors()) for table in tables)


def _escape(root: Node) -> None:
    """Ampersands as trafilatura reads texts: it takes ``&amp;`` in them for an ampersand, which pages mean as it is."""
    for element in root.iter():
        if element.text and "&" in element.text and isinstance(element.tag, str) and element.tag not in _NO_TEXT:
            element.text = _fit(element.text).replace("&", "&amp;")
        if element.tail and "&" in element.tail:
            element.tail = _fit(element.tail).replace("&", "&amp;")


def _fit(text: str) -> str:
    """``text`` without what lxml refuses to write into a tree, though it reads it there."""
    return _UNFIT.sub("", text)


def _unwrap(root: Node) -> None:
    """Take the tags from inline elements where there are too many, beginning with the blocks that have most."""
    counts: Counter[Node] = Counter()
    blocks: dict[Node, Node] = {root: root}
    for element in root.iter():
        above = element.getparent()
        is_inline = element.tag in INLINE and above is not None
        blocks[element] = blocks[above] if is_inline else element
        counts[blocks[element]] += is_inline
    left = counts.total()
    for block, count in counts.most_common():
        if count <= _MOST_INLINE and left <= _MOST_INLINE_IN_ALL:
            break
        left -= count
        _without_inline(block)


def _without_inline(block: Node) -> None:
    """Inline elements of ``block`` give way to what is in them. Linear."""
    kept: list[Node] = []
    texts: list[list[str]] = [[block.text or ""]]
    for element, is_done in list(_walked(block)):
        if is_done:
            texts[-1].append(element.tail or "")
        elif element.tag in INLINE:
            texts[-1].append(element.text or "")
        else:
            kept.append(element)
            texts.append([])
    block[:] = kept
    block.text = _fit("".join(texts[0]))
    for element, after in zip(kept, texts[1:], strict=True):
        element.tail = _fit("".join(after))


def _walked(block: Node) -> Iterator[tuple[Node, bool]]:
    """The elements in ``block`` twice, before and after what is in them; only inline ones are entered."""
    waiting: list[tuple[Node, bool]] = [(child, False) for child in reversed(block)]
    while waiting:
        element, is_done = waiting.pop()
        yield element, is_done
        if not is_done:
            waiting.append((element, True))
            if element.tag in INLINE:
                waiting += [(child, False) for child in reversed(element)]

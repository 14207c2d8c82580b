"""The tree of a web page, for pages that a parser can take apart without losing any of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_MOST_DEPTH = 2_000
"""Elements in each other: pages have some dozens; the parser cuts a page off below some more than this."""
_MOST_ATTRIBUTES = 1_000
"""Attributes of one tag: pages have some dozens; building the tree takes the square of their number."""
_MOST_ELEMENTS, _MOST_BLOCKS, _MOST_HEADINGS = 100_000, 25_000, 5_000
"""Elements of one page, those of them that are not inline, and headings: some thousand are usual; finding the article
takes a tenth of a millisecond for each, and for blocks the square of their number."""
INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "del", "dfn", "em", "font", "i", "ins"),
        *("kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"),
        *("u", "var", "wbr", "label", "code"),
    }
)
"""Elements that stand in the lines of a text."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CUT_OFF = "ERR_RESOURCE_LIMIT"
_TO_DO = "save its text as .txt"
_NO_PAGE = f"holds no page that can be parsed; save it again, or {_TO_DO}"

Node = Any
"""An element of lxml's tree, which has no types of its own."""


class PageFault(Exception):  # noqa: N818 - as body_fault: a reason for a user, not an error of ours
    """Why a page is not read, and what to do. Never leaves the ``read`` floor."""


def page_tree(text: str) -> Node:
    """The tree of the page ``text``. Nothing is run or fetched.

    Counted before the tree is built, as the parser itself meets them, are elements, their depth and their attributes:
    beyond some numbers the parser would drop the rest of a page, or take for ever. Twice as long as the parser.

    Raises:
        PageFault: there are too many of those, or there is nothing in the page.
    """
    from lxml import etree, html  # noqa: PLC0415 - an extra

    data = text.encode("utf-8", "replace")
    try:
        etree.fromstring(data, parser=_parser(target=_Counter()))
        parser = _parser()
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError, RecursionError) as error:
        raise PageFault(_NO_PAGE) from error
    if any(entry.type_name == _CUT_OFF for entry in parser.error_log):
        raise PageFault(_NO_PAGE)
    return root


def _parser(target: object = None) -> Any:
    from lxml import html  # noqa: PLC0415 - an extra

    return html.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=True, remove_pis=True)


class _Counter:
    """Listens to a parser, and stops it."""

    def __init__(self) -> None:
        self._depth = self._elements = self._blocks = self._headings = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """As lxml asks for it."""
        self._depth += 1
        self._elements += 1
        self._blocks += tag not in INLINE
        self._headings += tag in _HEADINGS
        for count, most, what in (
            (len(attributes), _MOST_ATTRIBUTES, "attributes on one tag"),
            (self._depth, _MOST_DEPTH, "elements inside one another"),
            (self._elements, _MOST_ELEMENTS, "elements"),
            (self._blocks, _MOST_BLOCKS, "blocks"),
            (self._headings, _MOST_HEADINGS, "headings"),
        ):
            if count > most:
                raise PageFault(f"holds a page with more than {most:,} {what}; {_TO_DO}")

    def end(self, _tag: str) -> None:
        """As lxml asks for it."""
        self._depth -= 1

    def close(self) -> None:
        """As lxml asks for it."""

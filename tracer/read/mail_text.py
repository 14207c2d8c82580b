"""Bodies of mails that are not plain lines: HTML, and lines that flow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.util import find_spec

from tracer.read.documents import DocumentFault, Paragraphs
from tracer.read.settings import ReadSettings
from tracer.read.xml_events import XmlEvents

_BLOCK_CHARACTERS = 65_536
_MARKUP_PER_CHARACTER = 4
_MARKUP_OVERHEAD = 1_048_576
_LEFT_OUT = frozenset(
    {"head", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset"}
    | {"figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li"}
    | {"main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_EMPTY = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LINE_BREAK = "\x01"
_AROUND_BREAK = re.compile(f" *{_LINE_BREAK} *")
_SIGNATURE = "-- "


def text_of_html(html: str, settings: ReadSettings) -> str:
    """The text of ``html`` that a reader sees: a paragraph for each block, a line for each ``br``.

    Scripts, styles and what is hidden by its own style are left out; nothing is run or fetched, and no tree is built.

    Raises:
        DocumentFault: lxml is not installed, or the text or its markup is too long.
    """
    if find_spec("lxml") is None:
        raise DocumentFault("is written in HTML: pip install 'tracer-news[documents]', or save its text as .txt")
    from lxml import etree  # noqa: PLC0415 - an extra, and heavy

    if len(html) > _MARKUP_PER_CHARACTER * settings.max_article_chars + _MARKUP_OVERHEAD:
        raise DocumentFault(f"holds {len(html):,} characters of text with markup, too many; save its text as .txt")
    events = _Page(settings)
    parser = etree.HTMLParser(target=events, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    parser.feed("<html>")  # without any element there would be an error
    for start in range(0, len(html), _BLOCK_CHARACTERS):
        parser.feed(html[start : start + _BLOCK_CHARACTERS])
    parser.close()
    return events.paragraphs.text()


def unflowed(text: str, *, spaces_go: bool = False) -> str:
    """``text`` in ``format=flowed`` (RFC 3676): lines that end with a space go on in the next one.

    ``spaces_go``: that space is not part of the text (``delsp=yes``). Quoted lines stay as they are, and neither they
    nor a signature are the rest of a line before them.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    joined: list[str] = []
    for line, after in zip(lines, [*lines[1:], _SIGNATURE], strict=True):
        shown = line.removeprefix(" ")
        ends = line.startswith(">") or after.startswith(">") or _SIGNATURE in {shown, after}
        flows = shown.endswith(" ") and not ends
        joined.append(shown[:-1] if flows and spaces_go else shown)
        if not flows:
            joined.append("\n")
    return "".join(joined).removesuffix("\n")


class _Page(XmlEvents):
    """The paragraphs of a page."""

    def __init__(self, settings: ReadSettings) -> None:
        super().__init__(_LEFT_OUT)
        self.paragraphs = Paragraphs(settings)
        self.paragraphs.begin()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Elements that are hidden count as left out."""
        style = attributes.get("style", "")
        if not self._depth_left_out and tag not in _EMPTY and style and _HIDDEN.search(style):
            self._depth_left_out = 1
        else:
            super().start(tag, attributes)

    def doctype(self, *_declared: object) -> None:
        """Pages have one, and it declares nothing."""

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - the interface
        if name == "br":
            self.paragraphs.write(_LINE_BREAK)
        elif name in _BLOCKS:
            self._break()

    def closed(self, name: str) -> None:
        if name in _BLOCKS:
            self._break()

    def wrote(self, text: str) -> None:
        self.paragraphs.write(text)

    def _break(self) -> None:
        self.paragraphs.end(_tidied)
        self.paragraphs.begin()


def _tidied(text: str) -> str:
    """White space as pages mean it: runs are one space, and lines end only where they are told to."""
    return _AROUND_BREAK.sub(_LINE_BREAK, _BLANKS.sub(" ", text)).strip(f" {_LINE_BREAK}").replace(_LINE_BREAK, "\n")

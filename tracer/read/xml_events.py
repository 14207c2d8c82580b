"""XML as a stream of events: nothing is resolved, fetched or kept, and a document type is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from tracer.read.documents import DocumentFault

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "sitemap",
    "https://www.sitemaps.org/schemas/sitemap/0.9": "sitemap",
    "http://www.google.com/schemas/sitemap/0.84": "sitemap",
}
_REMEMBERED = 2_048


@lru_cache(maxsize=_REMEMBERED)
def short_name(tag: str) -> str:
    """``{namespace}name`` as ``prefix:name``, under the customary prefix; other namespaces become ``?``."""
    namespace, _, name = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    return f"{_NAMESPACES.get(namespace, '?')}:{name}" if namespace else name


class XmlEvents:
    """What a parser of XML tells, without the elements of ``left_out`` and what is in them; for subclasses.

    The first block of methods is what subclasses answer, under ``short_name``; the second is lxml's interface.
    """

    def __init__(self, left_out: frozenset[str] = frozenset()) -> None:
        self._left_out = left_out
        self._depth_left_out = 0

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def closed(self, name: str) -> None:
        """An element ends."""

    def wrote(self, text: str) -> None:
        """There is text; long ones come in pieces."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """As lxml asks for it."""
        name = short_name(tag)
        if self._depth_left_out or name in self._left_out:
            self._depth_left_out += 1
        else:
            self.opened(name, attributes)

    def end(self, tag: str) -> None:
        """As lxml asks for it."""
        if self._depth_left_out:
            self._depth_left_out -= 1
        else:
            self.closed(short_name(tag))

    def data(self, text: str) -> None:
        """As lxml asks for it."""
        if not self._depth_left_out:
            self.wrote(text)

    def doctype(self, *_declared: object) -> None:
        """As lxml asks for it: office documents have none, entities are declared there, and bombs are made of those.

        Raises:
            DocumentFault: always.
        """
        raise DocumentFault("declares a document type, which office documents do not; open it, and save it as .txt")

    def close(self) -> None:
        """As lxml asks for it."""


def parse_xml(blocks: Iterable[bytes], events: XmlEvents) -> None:
    """Tell ``events`` what is in ``blocks``. Builds no tree, so that memory is bounded by what ``events`` keeps.

    Raises:
        lxml.etree.LxmlError: it is no XML.
        DocumentFault: it declares a document type, or ``events`` raises it.
    """
    from lxml import etree  # noqa: PLC0415 - an extra, and heavy

    parser = etree.XMLParser(
        target=events, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, dtd_validation=False
    )
    for block in blocks:
        parser.feed(block)
    parser.close()


class Properties(XmlEvents):
    """Gathers the texts of the elements called ``names``: the first of each, at most some thousand characters."""

    _MOST = 2_000

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._names = frozenset(names)
        self._name: str | None = None

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - the interface
        """Listen, when it is one of those."""
        if name in self._names and name not in self.found:
            self._name = name
            self.found[name] = ""

    def closed(self, name: str) -> None:
        """Listen no more."""
        if name == self._name:
            self._name = None

    def wrote(self, text: str) -> None:
        """Keep it, when it belongs to one of those."""
        if self._name is not None and len(self.found[self._name]) < self._MOST:
            self.found[self._name] += text

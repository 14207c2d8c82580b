"""Sitemaps: lists of addresses that sites make for search engines. They hold no texts, but say where those are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tracer.domain import InputError
from tracer.read.documents import DocumentFault
from tracer.read.xml_events import XmlEvents, parse_xml

_LOOKED_AT = 8_192
_LONGEST = 2_000
# The first element, behind declarations and comments.
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s++|<\?[^>]*+>|(?><!--.*?-->))*+<(?:[A-Za-z][\w-]{0,20}:)?(urlset|sitemapindex)[\s>]",
    re.DOTALL,
)
_INDEX = b"sitemapindex"
_ADDRESSES = frozenset({"loc", "sitemap:loc"})


def sitemap_reason(data: bytes) -> str | None:
    """Why a sitemap is no input, and what to do with it; ``None`` where ``data`` begins no sitemap."""
    root = _ROOT.match(data[:_LOOKED_AT])
    if root is None:
        return None
    if root[1] == _INDEX:
        return "is an index of sitemaps and holds no texts; download one of those, and `tracer fetch --from` it"
    return "is a sitemap: addresses of pages, and no texts; `tracer fetch --from` this file fetches the pages"


def sitemap_addresses(data: bytes, path: str) -> list[str] | None:
    """The addresses in a sitemap, in their order; ``None`` where ``data`` is none.

    Those of pictures, videos and other languages are left out, and so is whatever else it says. Nothing is resolved.

    Raises:
        InputError: it is an index of sitemaps, or damaged; naming ``path``.
    """
    root = _ROOT.match(data[:_LOOKED_AT])
    if root is None:
        return None
    if root[1] == _INDEX:
        raise InputError(f"{path}: is an index of sitemaps; download one of those that it lists, and name that")
    from lxml import etree  # noqa: PLC0415 - an extra

    found = _Addresses()
    try:
        parse_xml([data], found)
    except (etree.LxmlError, DocumentFault) as error:
        raise InputError(f"{path}: is a damaged sitemap, or declares what sitemaps do not ({error})") from error
    return [address for text in found.addresses if (address := text.strip())]


class _Addresses(XmlEvents):
    """The texts of the elements that hold the address of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self._is_address = False

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - the interface
        if name in _ADDRESSES:
            self._is_address = True
            self.addresses.append("")

    def closed(self, name: str) -> None:
        if name in _ADDRESSES:
            self._is_address = False

    def wrote(self, text: str) -> None:
        if self._is_address and len(self.addresses[-1]) <= _LONGEST:
            self.addresses[-1] += text

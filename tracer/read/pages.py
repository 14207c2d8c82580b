"""Saved web pages: the article on a page, with what its markup says about it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.body import body_of
from tracer.read.content import digest_id
from tracer.read.encodings import Decoded, binary_reason, decode, wide_codec
from tracer.read.origins import DIGEST, FILE_NAME
from tracer.read.page_markup import Node, read_markup
from tracer.read.page_metadata import Address, metadata_of
from tracer.read.settings import ReadSettings

_LOOKED_AT = 8_192
_MOST_PARTS = 500
_MOST_DEPTH = 2_000
"""Elements in each other: pages have some dozens; the parsers behind recurse, so deeper ones are not handed to them."""
_NO_PAGE = "holds no page that can be parsed; save it again, or its text as .txt"
_MOST_NESTED = 50
"""Multipart wrappings in one file: a browser writes one; those who parse them take the square of their number."""
_MOST_ATTRIBUTES = 1_000
"""Attributes of one tag: pages have some dozens; the parser takes the square of their number."""
_TAG = re.compile(r"<[A-Za-z][^<>]*")
_MOST_ELEMENTS = 100_000
"""Elements of one page: some thousand are usual; finding the article takes a tenth of a millisecond for each."""
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|[^<>]{0,200}?\burl:\s*)(https?://[^\s<>\"]{4,2000})")


def read_page(stream: BinaryIO, path: str, id_: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The article on a saved page (HTML, or MHTML with its parts in one file), or the reason why there is none.

    The text is what trafilatura takes for the article's: paragraphs with a blank line between them, without menus,
    captions and comments. It is what spans refer to; nothing else of the page is kept. Title, outlet, time, address,
    language, authors and credits are those of the markup, see :func:`tracer.read.page_metadata.metadata_of`. Scripts
    are never run, nothing is fetched. Holds the page, of at most ``settings.max_file_bytes``. Cost: some ten
    milliseconds a page.
    """
    data = stream.read(settings.max_file_bytes + 1)
    if len(data) > settings.max_file_bytes:
        yield SkippedArticle(path, 0, f"is larger than {settings.max_file_bytes:,} bytes")
        return
    fault = binary_reason(data[:_LOOKED_AT])
    if fault is not None:
        yield SkippedArticle(path, 0, fault)
        return
    address, decoded = _unpacked(data) if _is_mhtml(data) else (None, decoded_page(data))
    if decoded is None:
        yield SkippedArticle(path, 0, _NO_PAGE)
        return
    yield article_on_page(decoded, address, path, settings, id_=id_)


def article_on_page(
    page: Decoded, address: Address | None, path: str, settings: ReadSettings, *, id_: str = "", line: int | None = None
) -> Article | SkippedArticle:
    """The article on a page, or the reason why there is none; see :func:`read_page`.

    ``address``: where the page stood, if that is known from elsewhere. Without an ``id_`` one is made of the text.
    """
    root = _parsed(page.text)
    if root is None:
        return SkippedArticle(path, line or 0, _NO_PAGE)
    found = metadata_of(read_markup(root), address or _saved_from(page.text), settings)
    text, fault = body_of(_main_text(root), settings)
    if fault is not None:
        reason = f"no article was found on the page: what is left of it {fault}; save its text as .txt"
        return SkippedArticle(path, line or 0, reason)
    article = Article(
        id_,
        text,
        outlet=found.outlet,
        title=found.title,
        published=found.published,
        url=found.url,
        language=found.language,
        byline=found.byline,
        path=path,
        line=line,
        warnings=page.warnings + found.warnings,
        credited=found.credited,
        origins=(("id", FILE_NAME if id_ else DIGEST), ("text", "trafilatura"), *found.origins),
    )
    return article if id_ else digest_id(article)


def _main_text(root: Node) -> str:
    """The paragraphs of the article on a page; empty when there is none."""
    from trafilatura import extract  # noqa: PLC0415 - an extra, and heavy

    try:
        found = extract(root, fast=True, include_comments=False, include_tables=False, output_format="txt")
    except Exception:  # noqa: BLE001 - it raises whatever an odd tree makes it raise
        return ""
    return "\n\n".join(line.strip() for line in (found or "").splitlines() if line.strip())


def _parsed(text: str) -> Node | None:
    """The tree of a page; ``None`` where there is none, or one that would take for ever."""
    from lxml import etree, html  # noqa: PLC0415 - an extra

    if any(len(tag) > _MOST_ATTRIBUTES and len(tag.split()) > _MOST_ATTRIBUTES for tag in _TAG.findall(text)):
        return None
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError, RecursionError):
        return None
    return None if _is_overgrown(root) else root


def _is_overgrown(root: Node) -> bool:
    """Whether elements stand in each other, or beside each other, by more than any page has."""
    level, depth, elements = [root], 0, 0
    while level:
        depth, elements = depth + 1, elements + len(level)
        if depth > _MOST_DEPTH or elements > _MOST_ELEMENTS:
            return True
        level = [child for node in level for child in node]
    return False


def decoded_page(data: bytes) -> Decoded | None:
    """A page as text: by byte order mark, then by what it says itself, then by its bytes."""
    named = _CHARSET.search(data[:_LOOKED_AT])
    if named is not None and wide_codec(data[:_LOOKED_AT]) is None:
        try:
            codec = codecs.lookup(named[1].decode("ascii")).name
            # What calls itself Latin-1 is Windows-1252 on the web.
            codec = "cp1252" if codec in {"iso8859-1", "ascii"} else codec
            return Decoded(data.decode(codec), codec)
        except (LookupError, UnicodeError):
            pass
    return decode(data)


def _saved_from(text: str) -> Address | None:
    """Where browsers and savers note that a page came from."""
    found = _SAVED_FROM.search(text[: 4 * _LOOKED_AT])
    return Address(found[1], "note of where it was saved from") if found else None


def _is_mhtml(data: bytes) -> bool:
    head = data[:_LOOKED_AT].lstrip().lower()
    return not head.startswith(b"<") and b"content-type: multipart/" in head


def _unpacked(data: bytes) -> tuple[Address | None, Decoded | None]:
    """The address and the page of an MHTML file: its first part that is HTML."""
    if data.lower().count(b"multipart/") > _MOST_NESTED:
        return None, None
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        address = _plain(message.get("Snapshot-Content-Location") or message.get("Content-Location"))
        for number, part in enumerate(message.walk()):
            if number > _MOST_PARTS:
                break
            if isinstance(part, EmailMessage) and part.get_content_type() in {"text/html", "application/xhtml+xml"}:
                content = part.get_payload(decode=True)
                if isinstance(content, bytes):
                    address = address or _plain(part.get("Content-Location"))
                    return address, with_charset(content, part.get_content_charset())
    except Exception:  # noqa: BLE001 - the standard library's parser raises whatever odd headers make it raise
        return None, None
    return address, None


def with_charset(content: bytes, charset: str | None) -> Decoded | None:
    """A page as text in the encoding that came with it, else as :func:`decoded_page`."""
    if charset is not None:
        try:
            return Decoded(content.decode(charset), charset)
        except (LookupError, UnicodeError):
            pass
    return decoded_page(content)


def _plain(header: object) -> Address | None:
    text = str(header).strip() if header else ""
    return Address(text, "head of the file") if text.casefold().startswith(("http://", "https://")) else None

"""Saved web pages: the article on a page, with what its markup says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.body import body_of
from tracer.read.charsets import codec_named, decoded_as, is_wide
from tracer.read.content import digest_id
from tracer.read.encodings import Decoded, binary_reason, decode, is_marked, wide_codec
from tracer.read.mime import LONGEST_HEADER, MimeBounds, MimeFault, parse_mime
from tracer.read.origins import DIGEST, FILE_NAME
from tracer.read.page_markup import read_markup
from tracer.read.page_metadata import Address, metadata_of
from tracer.read.page_prose import main_text, tables_left_out
from tracer.read.page_tree import PageFault, page_tree
from tracer.read.settings import ReadSettings

_LOOKED_AT = 8_192
_NO_PAGE = "holds no page that can be parsed; save it again, or its text as .txt"
_BOUNDS = MimeBounds(parts=5_000, containers=10, headers=100_000)
"""What may be in a page in one file: browsers write a part for each picture, and wrap them once."""
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\((?P<length>\d{1,9})\)|[^<>]{0,200}?\burl:\s*)"
    r"(?P<address>https?://[^\s<>\"]{4,2000})(?=[\s<>\"])"
)
_HEADERS = re.compile(rb"(?:\xef\xbb\xbf)?\s*[A-Za-z][A-Za-z0-9-]*:.*?(?=\r?\n\r?\n|\Z)", re.DOTALL)
_OF_PAGE = re.compile(rb"^content-type:\s*(?:multipart/|text/html\b|application/xhtml)", re.IGNORECASE | re.MULTILINE)


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
    try:
        address, decoded = _unpacked(data) if _is_mhtml(data) else (None, decoded_page(data))
    except MimeFault as unread:
        yield SkippedArticle(path, 0, f"{unread}; save its text as .txt")
        return
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
    try:
        root = page_tree(page.text)
    except PageFault as unread:
        return SkippedArticle(path, line or 0, str(unread))
    found = metadata_of(read_markup(root), address or _saved_from(page.text), settings)
    tables = tables_left_out(root)
    text, fault = body_of(main_text(root), settings)
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
        warnings=page.warnings + found.warnings + ((f"tables were left out: {tables:,}",) if tables else ()),
        credited=found.credited,
        origins=(("id", FILE_NAME if id_ else DIGEST), ("text", "trafilatura"), *found.origins),
    )
    return article if id_ else digest_id(article)


def decoded_page(data: bytes) -> Decoded | None:
    """A page as text: by byte order mark, then by what it says itself, then by its bytes."""
    named = _CHARSET.search(data[:_LOOKED_AT])
    if named is not None and wide_codec(data[:_LOOKED_AT]) is None:
        name = named[1].decode("ascii")
        # That could be read without being wide, so that it is not: browsers take it for UTF-8.
        found = None if is_wide(codec_named(name) or "") else decoded_as(data, name)
        if found is not None:
            return found
    return decode(data)


def _saved_from(text: str) -> Address | None:
    """Where browsers and savers note that a page came from.

    Comments may not hold ``--``, for which they write ``%2D%2D``; the length that some note is that of the address.
    """
    found = _SAVED_FROM.search(text[: 4 * _LOOKED_AT])
    if found is None:
        return None
    address = found["address"]
    is_whole = found["length"] and int(found["length"]) == len(address)
    return Address(address if is_whole else address.replace("%2D%2D", "--"), "note of where it was saved from")


def _is_mhtml(data: bytes) -> bool:
    """Whether there are headers of a mail in front that tell of a page, or of parts."""
    head = _HEADERS.match(data[:_LOOKED_AT])
    return head is not None and _OF_PAGE.search(head[0]) is not None


def _unpacked(data: bytes) -> tuple[Address | None, Decoded | None]:
    """The address and the page of an MHTML file: its first part that is HTML."""
    try:
        message = parse_mime(data, _BOUNDS)
        address = _plain(message.get("Snapshot-Content-Location") or message.get("Content-Location"))
        for part in message.walk():
            if isinstance(part, EmailMessage) and part.get_content_type() in {"text/html", "application/xhtml+xml"}:
                content = part.get_payload(decode=True)
                if isinstance(content, bytes):
                    address = address or _plain(part.get("Content-Location"))
                    return address, with_charset(content, part.get_content_charset())
    except MimeFault:
        raise
    except Exception:  # noqa: BLE001 - the standard library's parser raises whatever odd headers make it raise
        return None, None
    return address, None


def with_charset(content: bytes, charset: str | None) -> Decoded | None:
    """A page as text in the encoding that came with it, else as :func:`decoded_page`. A byte order mark goes first."""
    if charset is not None and not is_marked(content):
        found = decoded_as(content, charset)
        if found is not None:
            return found
    return decoded_page(content)


def _plain(header: object) -> Address | None:
    """An address that a header holds whole."""
    text = str(header).strip() if header else ""
    is_whole = text.casefold().startswith(("http://", "https://")) and len(text) < LONGEST_HEADER
    return Address(text, "head of the file") if is_whole else None

"""Web archives: the pages that a crawler or a browser extension kept in a WARC file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.byte_lines import UnreadableRestError
from tracer.read.labels import clean_label
from tracer.read.page_metadata import Address
from tracer.read.pages import article_on_page, with_charset
from tracer.read.settings import ReadSettings

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_FOUND = "200"
_BLOCK = 65_536
_SHOWN_ERROR = 120
_LONGEST_HEAD = 1_000_000
_WANTED = frozenset({"response", "resource"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)


def read_web_archive(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """One article or skip per page in a WARC file: a response with status 200, or a resource, that is HTML.

    Other records (pictures, styles, requests, redirects) are passed over in silence. The address is the record's; the
    line is the number of the record, from 1; the day of the crawl is not taken for a date of publication. The same
    page crawled twice gives two articles. Streamed: holds one record, of at most ``settings.max_file_bytes``, and its
    heads, of at most 1 MB: longer ones end the file.

    Raises:
        UnreadableRestError: the file is damaged, or no WARC.
    """
    number = pages = 0
    for record in _records(stream):
        number += 1
        found = _article(record, path, number, settings) if _is_page(record) else None
        if _is_cut_off(record):
            raise UnreadableRestError(f"the file is cut off in record {number:,}")
        if found is not None:
            pages += 1
            yield found
    if not number:
        raise UnreadableRestError("is no WARC file: it holds no records")
    if not pages:
        yield SkippedArticle(path, 0, f"holds no page: none of its {number:,} records is HTML that was found")


def _records(stream: BinaryIO) -> Iterator[Any]:
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - an extra

    try:
        found = ArchiveIterator(stream)
        found.reader = reader = _reader(found.fh)
        for record in found:
            reader.left = None
            yield record
            reader.left = _LONGEST_HEAD
    except UnreadableRestError:
        raise
    except Exception as error:
        why = clean_label(str(error), _SHOWN_ERROR) or type(error).__name__
        raise UnreadableRestError(f"the file is damaged or no WARC ({why})") from error


def _is_cut_off(record: Any) -> bool:
    """Whether the file ends before ``record`` does, in its head or behind it. Reads what is left of the record."""
    if record.length is None:
        return True
    while record.raw_stream.read(_BLOCK):
        pass
    return getattr(record.raw_stream, "limit", 0) > 0


def _reader(stream: Any) -> Any:
    """What warcio reads with, but with a bound for the lines of a record's heads, its own and that of HTTP.

    ``left`` is how many bytes of them there may still be, ``None`` in a record's content, whose reads are bounded.
    """
    from warcio.bufferedreaders import DecompressingBufferedReader  # noqa: PLC0415 - as above

    class Reader(DecompressingBufferedReader):  # type: ignore[misc]
        left: int | None = _LONGEST_HEAD

        def readline(self, length: int | None = None) -> bytes:
            if self.left is None:
                return bytes(super().readline(length))
            most = self.left + 1 if length is None else min(length, self.left + 1)
            line = b""
            while len(line) < most and not line.endswith(b"\n"):
                self._fillbuff()
                if self.empty():
                    break
                line += self.buff.readline(most - len(line))
            self.left -= len(line)
            if self.left < 0:
                raise UnreadableRestError(f"a record has a head of more than {_LONGEST_HEAD:,} bytes")
            return line

    return Reader(stream)


def _is_page(record: Any) -> bool:
    if record.rec_type not in _WANTED:
        return False
    headers = record.http_headers
    if headers is None:
        return _kind(record.rec_headers) in _PAGES
    return headers.get_statuscode() == _FOUND and _kind(headers) in _PAGES


def _kind(headers: Any) -> str:
    return str(headers.get_header("Content-Type") or "").partition(";")[0].strip().casefold()


def _article(record: Any, path: str, number: int, settings: ReadSettings) -> Article | SkippedArticle:
    try:
        data = record.content_stream().read(settings.max_file_bytes + 1)
    except Exception as error:  # noqa: BLE001 - as above
        return SkippedArticle(path, number, f"the record is damaged ({clean_label(str(error), _SHOWN_ERROR)})")
    if len(data) > settings.max_file_bytes:
        return SkippedArticle(path, number, f"the page is larger than {settings.max_file_bytes:,} bytes")
    page = with_charset(data, _charset(record))
    if page is None:
        return SkippedArticle(path, number, "the page is in no known text encoding")
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    told = Address(address, "record of the archive") if address else None
    return article_on_page(page, told, path, settings, line=number)


def _charset(record: Any) -> str | None:
    headers = record.http_headers
    found = _CHARSET.search(str(headers.get_header("Content-Type") or "")) if headers is not None else None
    return found[1] if found else None

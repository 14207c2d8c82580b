"""Feeds (RSS, Atom) that carry whole articles."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from tracer.domain import UNDATED, Article, SkippedArticle
from tracer.read.body import body_of
from tracer.read.content import digest_id
from tracer.read.date_judgement import DateReading, read_date
from tracer.read.origins import DIGEST, GIVEN, origins
from tracer.read.page_text import plain_text
from tracer.read.page_tree import PageFault
from tracer.read.settings import ReadSettings
from tracer.read.sitemaps import sitemap_reason
from tracer.read.values import address_of, host_of, label_of, language_of

_SUMMARY = "holds a summary, not the article; save the page that it links to"


def read_feed(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """One article or skip per entry of a feed; the line is the number of the entry, from 1.

    The text is the entry's content (``content:encoded`` of RSS, ``content`` of Atom), its markup read as paragraphs; an
    entry with a summary alone is a skip, and so is a sitemap. Title, address, authors and time are the entry's, the
    outlet that of its source or of the feed. Nothing is fetched. Holds the file, of at most
    ``settings.max_file_bytes``.
    """
    data = stream.read(settings.max_file_bytes + 1)
    if len(data) > settings.max_file_bytes:
        yield SkippedArticle(path, 0, f"is larger than {settings.max_file_bytes:,} bytes")
        return
    if b"<!ENTITY" in data:
        yield SkippedArticle(path, 0, "declares XML entities, which no feed needs; it is not read")
        return
    reason = sitemap_reason(data)
    if reason is not None:
        yield SkippedArticle(path, 0, reason)
        return
    feed = _parsed(data)
    if feed is None or not feed.get("version"):
        yield SkippedArticle(path, 0, "is no feed: neither RSS nor Atom; export its articles as .csv or .jsonl")
        return
    for number, entry in enumerate(feed.entries, start=1):
        yield _article(entry, feed, path, number, settings)


def _parsed(data: bytes) -> Any:
    import feedparser  # noqa: PLC0415 - an extra

    try:
        # A stream, since bytes that look like an address or a path would be opened.
        return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # noqa: BLE001 - it raises whatever odd bytes make it raise
        return None


def _article(
    entry: Mapping[str, Any], document: Mapping[str, Any], path: str, number: int, settings: ReadSettings
) -> Article | SkippedArticle:
    contents = [one for one in entry.get("content", ()) if one.get("value")]
    if not contents:
        return SkippedArticle(path, number, _SUMMARY)
    try:
        written = _text_of(max(contents, key=lambda one: len(str(one["value"]))))
    except PageFault as reason:
        return SkippedArticle(path, number, str(reason))
    text, fault = body_of(written, settings)
    if fault is not None:
        return SkippedArticle(path, number, fault)
    feed: Mapping[str, Any] = document["feed"]
    source = entry.get("source") or {}
    link = address_of(entry.get("link"))
    url = link if link and "://" in link else None
    outlet, of_outlet = _outlet(source, feed, link)
    date, of_date = _date(entry, settings)
    language = settings.language or language_of(label_of(feed.get("language")) or "")
    title = _title(entry, is_atom=str(document["version"]).startswith("atom"))
    authors = [label for one in entry.get("authors", ()) if (label := label_of(one.get("name")))]
    return digest_id(
        Article(
            "",
            text,
            outlet=outlet,
            title=title,
            published=date.published,
            url=url,
            language=language,
            byline=", ".join(authors) or None,
            path=path,
            line=number,
            warnings=date.warnings,
            origins=origins(
                id=DIGEST,
                text="content of the entry",
                outlet=of_outlet,
                title="title of the entry" if title else None,
                published=of_date,
                url="link of the entry" if url else None,
                language=(GIVEN if settings.language else "language of the feed") if language else None,
                byline="authors of the entry" if authors else None,
            ),
        )
    )


def _outlet(source: Mapping[str, Any], feed: Mapping[str, Any], link: str | None) -> tuple[str | None, str | None]:
    """The outlet, and where it stands."""
    for holder, where in ((source, "source of the entry"), (feed, "title of the feed")):
        label = label_of(holder.get("title"))
        if label:
            return label, where
    return (host_of(link), "link of the entry") if link else (None, None)


def _text_of(content: Mapping[str, Any]) -> str:
    """What is of type ``text`` holds no markup, whatever it looks like."""
    value = str(content.get("value") or "")
    return value if content.get("type") == "text/plain" else plain_text(value)


def _title(entry: Mapping[str, Any], *, is_atom: bool) -> str | None:
    """RSS does not say whether titles hold markup, and they may."""
    detail = entry.get("title_detail") or {}
    try:
        return label_of(_text_of(detail) if is_atom and detail else plain_text(str(entry.get("title") or "")))
    except PageFault:
        return None


def _date(entry: Mapping[str, Any], settings: ReadSettings) -> tuple[DateReading, str | None]:
    """The date, and where it stands."""
    for name, where in (("published", "date of the entry"), ("updated", "update of the entry")):
        if entry.get(name):
            reading = read_date(str(entry[name]), latest=settings.latest, day_first=settings.day_first)
            return reading, where if reading.published.start is not None else None
    return DateReading(UNDATED), None

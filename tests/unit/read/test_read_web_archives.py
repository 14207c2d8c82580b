"""Pages in WARC files, and feeds that carry whole articles."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_read_pages import ADDRESS, BODY, page

from tracer.domain import Article, SkippedArticle
from tracer.read import ReadSettings, read_articles

pytest.importorskip("warcio")
pytest.importorskip("feedparser")

Found = Article | SkippedArticle


def response(content: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", *headers: str) -> bytes:
    head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers))
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content


def warc(*bodies: bytes, kind: str = "response") -> bytes:
    found = io.BytesIO()
    for number, body in enumerate(bodies):
        head = (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:032}>\r\n"
            f"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Target-URI: {ADDRESS}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        found.write(head.encode() + body + b"\r\n\r\n")
    return found.getvalue()


def read(folder: Path, data: bytes, name: str = "crawl.warc", **settings: object) -> list[Found]:
    (folder / name).write_bytes(data)
    return list(read_articles([folder / name], ReadSettings(**settings)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_pages_of_a_crawl_are_articles(tmp_path: Path, name: str) -> None:
    """Redirects, errors and pictures are not; the crawl's day is nobody's date."""
    data = warc(
        response(b"moved", status="301 Moved"),
        response(page().encode()),
        response(b"\x89PNG", "image/png"),
        response(b"gone", status="404 Not Found"),
    )
    (found,) = read(tmp_path, gzip.compress(data) if name.endswith(".gz") else data, name)
    assert isinstance(found, Article)
    assert (found.url, found.outlet, found.line) == (ADDRESS, "hollinpost.example", 2)
    assert found.published.isoformat() == "2021-03-09"
    assert "bronze propeller" in found.text


def test_packed_and_foreign_bodies_are_unpacked(tmp_path: Path) -> None:
    """By the headers that came with them."""
    bodies = [
        response(gzip.compress(page().encode()), "text/html", "200 OK", "Content-Encoding: gzip"),
        response(page().replace('charset="utf-8"', "").encode("cp1252"), "text/html; charset=windows-1252"),
    ]
    texts = {found.text for found in read(tmp_path, warc(*bodies)) if isinstance(found, Article)}
    assert len(texts) == 1
    assert "“We will mend it by Friday,”" in texts.pop()


@pytest.mark.parametrize("left", [300, 600, 900])
def test_a_crawl_that_is_cut_off_is_told(tmp_path: Path, left: int) -> None:
    """What is left of its last page is no article."""
    whole = warc(response(page().encode()), response(page().encode()))
    first, skip = read(tmp_path, whole[: len(whole) // 2 + left])
    assert isinstance(first, Article)
    assert isinstance(skip, SkippedArticle)
    assert skip.reason == "nothing after line 1 could be read: the file is cut off in record 2"


def test_what_the_parser_quotes_is_fit_to_print(tmp_path: Path) -> None:
    """A reason is one line without escape sequences."""
    (skip,) = read(tmp_path, b"\x1b[31mWARC\x07\x1b]0;owned\x07 no record\r\n\r\n")
    assert isinstance(skip, SkippedArticle)
    assert skip.reason.isprintable()


def test_latin_1_of_a_header_is_windows_1252(tmp_path: Path) -> None:
    """As in browsers."""
    body = page().replace('charset="utf-8"', "").encode("cp1252")
    (found,) = read(tmp_path, warc(response(body, "text/html; charset=ISO-8859-1")))
    assert isinstance(found, Article)
    assert "“We will mend it by Friday,”" in found.text


def test_a_page_that_cannot_be_used_is_told_with_its_record(tmp_path: Path) -> None:
    """And the others are read."""
    found = read(tmp_path, warc(response(b"<html></html>"), response(page().encode())))
    assert [type(one) for one in found] == [SkippedArticle, Article]
    assert [one.line for one in found] == [1, 2]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no WARC"),
        (b"no warc at all", "WARC"),
        (warc(response(b"x", "image/png")), "holds no page"),
        (
            warc(
                response(zlib.compress(b"<p>" + b"x" * 50_000_000), "text/html", "200 OK", "Content-Encoding: deflate")
            ),
            "larger than",
        ),
    ],
)
def test_archives_without_pages_are_told(tmp_path: Path, data: bytes, reason: str) -> None:
    """A reason each; a body that unpacks to more than the limit is not held."""
    found = read(tmp_path, data, max_file_bytes=1_000_000)
    assert [isinstance(one, SkippedArticle) for one in found] == [True]
    assert reason in found[0].reason  # type: ignore[union-attr]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize(
    "head",
    [
        b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"A" * 5_000_000,
        b"WARC/1.0\r\nWARC-Type: response\r\n" + b"X: y\r\n" * 500_000,
        warc(response(b"x", "text/html", "200 OK", "X: " + "A" * 5_000_000)),
        warc(response(b"x", "text/html", "200 OK", *["X: y"] * 500_000)),
    ],
)
def test_heads_without_an_end_end_the_archive(
    tmp_path: Path, head: bytes, pack: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a record or of the answer in it, also where each record is compressed by itself; what came before is read."""
    longest = [0]

    def rstripped(string: str, total: int) -> tuple[str, int]:
        longest[0] = max(longest[0], len(string), total)
        return string.rstrip(), total + len(string)

    monkeypatch.setattr("warcio.statusandheaders._strip_count", rstripped)
    found = read(tmp_path, pack(warc(response(page().encode()))) + pack(head))
    assert [type(one) for one in found] == [Article, SkippedArticle]
    assert "a head of more than 1,000,000 bytes" in found[1].reason  # type: ignore[union-attr]
    assert longest[0] <= 1_000_001


def test_long_heads_and_small_chunks_are_read(tmp_path: Path) -> None:
    """A line over many blocks is one line, and the marks of chunks are no part of a head."""
    chunked = b"".join(b"1\r\n%c\r\n" % byte for byte in page().encode()) + b"0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nX: " + b"A" * 500_000 + b"\r\nContent-Type: text/html; charset=utf-8\r\n"
    body = head + b"Transfer-Encoding: chunked\r\n\r\n" + chunked
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tracer.read.web_archives._LONGEST_HEAD", 501_000)
        found = read(tmp_path, warc(body, body))
    assert [type(one) for one in found] == [Article, Article]
    assert "bronze propeller" in found[1].text  # type: ignore[union-attr]


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Hollin Post</title><language>en-gb</language>
<item><title>Ferry &amp;amp; propeller</title><link>{ADDRESS}</link><dc:creator>Orla Finch</dc:creator>
<pubDate>Tue, 09 Mar 2021 08:15:00 +0100</pubDate><description>Short.</description>
<content:encoded><![CDATA[{BODY}<script>alert(1)</script>]]></content:encoded></item>
<item><title>Goat sings</title><link>https://hollinpost.example/goat</link>
<description>Only a summary here.</description></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Hollin Post</title>
<entry><title>Ferry</title><link href="{ADDRESS}"/><id>x</id><published>2021-03-09T08:15:00+01:00</published>
<author><name>Orla Finch</name></author><content type="html"><![CDATA[{BODY}]]></content></entry></feed>"""


@pytest.mark.parametrize(("feed", "name"), [(RSS, "a.rss"), (RSS, "a.xml"), (ATOM, "a.atom")])
def test_feeds_with_whole_articles_are_read(tmp_path: Path, feed: str, name: str) -> None:
    """Paragraph by paragraph, with what the entry says of itself."""
    found = read(tmp_path, feed.encode(), name)[0]
    assert isinstance(found, Article)
    assert (found.outlet, found.url, found.byline) == ("Hollin Post", ADDRESS, "Orla Finch")
    assert found.published.isoformat() == "2021-03-09T07:15Z"
    assert [line[:9] for line in found.text.split("\n\n")] == ["HOLLIN, M", "“We will ", "The prope"]
    assert "alert" not in found.text


def test_text_of_a_feed_is_no_markup(tmp_path: Path) -> None:
    """Where Atom says so, in contents and titles."""
    text = "The ferry stays in dock if a &lt;b and c&gt;d, &amp;amp; no other case."
    feed = ATOM.replace('type="html"', 'type="text"').replace(f"<![CDATA[{BODY}]]>", text)
    found = read(tmp_path, feed.replace("<title>Ferry", "<title>a &lt;b c&gt;").encode(), "a.atom")[0]
    assert isinstance(found, Article)
    assert found.text == "The ferry stays in dock if a <b and c>d, &amp; no other case."
    assert found.title == "a <b c>"


@pytest.mark.parametrize("middle", ["<div>" * 300 + "</div>" * 300, f'<img src="data:{"A" * 11_000_000}">'])
def test_entries_are_read_to_their_end(tmp_path: Path, middle: str) -> None:
    """However deep they are, and however long what is in them."""
    found = read(tmp_path, RSS.replace("<script>", f"{middle}<p>Last</p><script>", 1).encode(), "a.rss")[0]
    assert isinstance(found, Article)
    assert found.text.endswith("Last")


def test_an_entry_with_too_many_attributes_is_a_skip(tmp_path: Path) -> None:
    """And the others are read."""
    attributes = "".join(f'a{number}=""' for number in range(1_100))
    found = read(tmp_path, RSS.replace("<script>", f"<a {attributes}>", 1).encode(), "a.rss")[0]
    assert isinstance(found, SkippedArticle)
    assert "more than 1,000 attributes" in found.reason


def test_an_entry_with_a_summary_is_a_skip(tmp_path: Path) -> None:
    """With its number, and what to do."""
    found = read(tmp_path, RSS.encode(), "a.rss")
    assert isinstance(found[1], SkippedArticle)
    assert (found[1].line, "holds a summary" in found[1].reason) == (2, True)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html><body>x</body></html>", "is no feed"),
        (b"<?xml version='1.0'?><root><a>1</a></root>", "is no feed"),
        (b'<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"><channel/></rss>', "XML entities"),
        (b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0">&a;</rss>', "XML entities"),
        (b"<rss version='2.0'><channel></channel></rss>", "empty"),
        (b"http://127.0.0.1/feed.xml", "is no feed"),
        (b"/etc/passwd", "is no feed"),
        (b'<?xml version="1.0" encoding="\xff"?><rss version="2.0"/>', "is no feed"),
    ],
)
def test_what_is_no_feed_is_told(tmp_path: Path, data: bytes, reason: str) -> None:
    """Entities are never expanded, and nothing that looks like an address is opened."""
    (found,) = read(tmp_path, data, "a.xml")
    assert isinstance(found, SkippedArticle)
    assert reason in found.reason


@given(st.binary(max_size=200), st.sampled_from(["a.warc", "a.rss"]), st.integers(0, 2_000))
def test_any_bytes_end_in_articles_and_skips(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str, place: int
) -> None:
    """Never an exception, wherever the damage is."""
    whole = warc(response(page().encode())) if name == "a.warc" else RSS.encode()
    found = read(tmp_path_factory.mktemp("any"), whole[:place] + data + whole[place:], name)
    assert found

"""Sitemaps: told from feeds, and read as lists of addresses."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.domain import InputError, SkippedArticle
from tracer.read import read_articles
from tracer.read.sitemaps import sitemap_addresses, sitemap_reason

pytest.importorskip("feedparser")
pytest.importorskip("urllib3")

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand --><?xml-stylesheet href="a.xsl"?>\n'
NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
NEWS = f"""{HEAD}<urlset {NAMES}>
<url><loc> https://q.example/ferry?a=1&amp;b=2
</loc><lastmod>2021-03-09</lastmod><image:image><image:loc>https://q.example/ferry.jpg</image:loc></image:image>
<news:news><news:publication_date>2021-03-09</news:publication_date><news:title>Ferry</news:title></news:news></url>
<url><loc><![CDATA[https://q.example/goat]]></loc></url><url><loc/></url>
</urlset>"""
PREFIXED = (
    '<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><s:loc>https://q.example/1</s:loc></s:url>'
    "</s:urlset>"
)
BARE = "\ufeff<urlset><url><loc>https://q.example/1</loc></url></urlset>"
INDEX = f"{HEAD}<sitemapindex {NAMES}><sitemap><loc>https://q.example/news.xml</loc></sitemap></sitemapindex>"


@pytest.mark.parametrize(
    ("sitemap", "reason"),
    [(NEWS, "is a sitemap"), (PREFIXED, "is a sitemap"), (BARE, "is a sitemap"), (INDEX, "is an index of sitemaps")],
)
@pytest.mark.parametrize("name", ["a.xml", "a.xml.gz"])
def test_a_sitemap_is_a_skip_that_says_so(tmp_path: Path, sitemap: str, reason: str, name: str) -> None:
    """And what to do with it."""
    data = sitemap.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    (found,) = read_articles([tmp_path / name])
    assert isinstance(found, SkippedArticle)
    assert reason in found.reason
    assert "no texts" in found.reason
    assert "`tracer fetch --from`" in found.reason


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<rss version='2.0'><channel><description>&lt;urlset&gt; <urlset></urlset></description></channel></rss>",
        b"https://q.example/1\n<urlset>",
        b"<!-- <urlset> --><feed/>",
        b"<urlsets>",
        b"<!-- -->" * 1_000,
    ],
)
def test_what_is_no_sitemap(data: bytes) -> None:
    """Only the first element counts."""
    assert sitemap_reason(data) is None
    assert sitemap_addresses(data, "a.xml") is None


def test_addresses_are_those_of_pages() -> None:
    """In their order, without pictures, whitespace and empty ones."""
    assert sitemap_addresses(NEWS.encode(), "a.xml") == ["https://q.example/ferry?a=1&b=2", "https://q.example/goat"]
    for sitemap in (PREFIXED, BARE):
        assert sitemap_addresses(sitemap.encode(), "a.xml") == ["https://q.example/1"]


@pytest.mark.parametrize(
    ("sitemap", "told"),
    [
        (INDEX, "index of sitemaps"),
        (NEWS[:-20], "damaged"),
        (f"<!--x--><urlset {NAMES}><!DOCTYPE a><url><loc>a</loc></url></urlset>", "damaged"),
        (NEWS.replace("&amp;", "&a;"), "damaged"),
    ],
)
def test_addresses_that_cannot_be_had(sitemap: str, told: str) -> None:
    """An error that names the file; nothing is resolved."""
    with pytest.raises(InputError, match=f"a.xml: .*{told}"):
        sitemap_addresses(sitemap.encode(), "a.xml")


@given(st.binary(max_size=300), st.integers(0, 600))
def test_any_bytes_are_addresses_or_an_error(data: bytes, place: int) -> None:
    """Of short addresses."""
    try:
        found = sitemap_addresses(NEWS.encode()[:place] + data + NEWS.encode()[place:], "a.xml")
    except InputError:
        return
    assert found is None or all(len(address) < 5_000 for address in found)

"""Pages made to do harm."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_read_pages import BODY, article, linked_data, page, read

from tracer.domain import Article, SkippedArticle
from tracer.read import read_articles

HOSTILE = {
    "no body": "<html><head></head></html>",
    "nothing": "",
    "no markup": "<",
    "only a script": "<html><body><script>document.write('x')</script></body></html>",
    "half a tag": page()[: page().index("</article>")] + "<di",
    "deep": "<div>" * 200_000 + "x",
    "many attributes": "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">x</p>",
    "deep JSON": page('<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
    "odd JSON": page(
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":{"name":[1,{"a":2}]},'
        '"author":[null,[[]],7],"publisher":[["x"]],"isBasedOn":{"url":{}},"datePublished":{}}</script>'
    ),
    "odd MHTML": "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html; "
    "charset=no-such\n\n<p>x</p>",
    "nested MHTML": "MIME-Version: 1.0\n"
    + "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2_000)),
    "entities": '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><html><body><p>&b;&b;</p></body></html>',
    "external entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body><p>&e;</p></body></html>',
    "a million elements": "<p>x" * 300_000,
    "a list of nothing": page('<script type="application/ld+json">[' + "{}," * 200_000 + "{}]</script>"),
    "scopes in scopes": page(
        body='<div itemscope itemtype="https://schema.org/NewsArticle" itemprop="a">' * 200 + BODY
    ),
    "many canonicals": page('<link rel="canonical" href="https://a.example">' * 5_000),
    "comment bomb": "<!--" * 100_000 + page(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_do_no_harm(tmp_path: Path, name: str) -> None:
    """An article or a skip with its reason; no file is read, nothing is fetched, memory stays bounded."""
    tracemalloc.start()
    found = read(tmp_path, HOSTILE[name])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 400_000_000
    assert isinstance(found, Article) or found.reason
    if isinstance(found, Article):
        assert "root:" not in found.text
        assert "alert(" not in found.text


def test_labels_are_made_safe(tmp_path: Path) -> None:
    """Terminal escapes and line breaks in markup never reach a terminal."""
    head = linked_data(
        headline="Fer\x1b[31mry\n\u202edock", publisher={"name": "Hollin\x07 Post"}, creditText="A\x1b]0;x\x07P"
    )
    found = article(tmp_path, page(head))
    assert (found.title, found.outlet, found.credited) == ("Ferry dock", "Hollin Post", ("AP",))


def test_a_page_over_the_limit_is_a_skip(tmp_path: Path) -> None:
    """Told with the limit."""
    found = read(tmp_path, page(), max_file_bytes=500)
    assert isinstance(found, SkippedArticle)
    assert "larger than 500 bytes" in found.reason


@given(st.binary(max_size=300), st.sampled_from(["a.html", "a.mhtml"]))
def test_any_bytes_give_one_article_or_one_skip(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    """Never an exception."""
    folder = tmp_path_factory.mktemp("any")
    for content in (data, page().encode()[:900] + data + page().encode()[900:]):
        (folder / name).write_bytes(content)
        assert len(list(read_articles([folder / name]))) == 1

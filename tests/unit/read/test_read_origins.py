"""Where each field was read from."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from pathlib import Path

import pytest
from made_documents import docx, eml, odt, pdf
from test_read_pages import ADDRESS, article, linked_data, page
from test_read_web_archives import ATOM, RSS, response, warc

from tracer.domain import Article
from tracer.read import ReadSettings, read_articles
from tracer.read.content import content_digest
from tracer.read.origins import columns_of

TEXT = "The ferry to Wick stayed in dock for a third day, harbour officials said."
TABLE = (
    "stories_id,media_name,media_url,publish_date,maintext,credit\n"
    f'1,Hollin Post,q.example,2015-09-18,"{TEXT}",Reuters\n'
    f'2,,q.example,,"{TEXT} Again.",Photo: AP\n'
    f'3,,q.example,soon,"{TEXT} And again.",\n'
)


def read(path: Path, data: str | bytes, **settings: object) -> list[Article]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found = list(read_articles([path], ReadSettings(**settings)))  # type: ignore[arg-type]
    assert all(isinstance(entry, Article) for entry in found), found
    return [entry for entry in found if isinstance(entry, Article)]


def where(path: Path, data: str | bytes, **settings: object) -> dict[str, str]:
    return dict(read(path, data, **settings)[0].origins)


def test_a_table_tells_the_column_that_held_the_value(tmp_path: Path) -> None:
    """Not the first that might have; fields that the row leaves open have none; rows alike share one object."""
    first, second, third = read(tmp_path / "a.csv", TABLE)
    assert first.origins == (
        ("id", "column stories_id"),
        ("text", "column maintext"),
        ("outlet", "column media_name"),
        ("published", "column publish_date"),
        ("credited", "column credit"),
    )
    assert dict(second.origins) == {
        "id": "column stories_id",
        "text": "column maintext",
        "outlet": "column media_url",
    }
    assert third.origins is second.origins


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_objects_have_keys(tmp_path: Path, name: str) -> None:
    """Without an id the content gives it; what the settings give for all articles is said to be so."""
    found = where(tmp_path / name, json.dumps({"body": TEXT, "lang": "de"}))
    assert found == {"id": "digest of the content", "text": "key body", "language": "key lang"}
    assert where(tmp_path / name, json.dumps({"body": TEXT, "lang": "de"}), language="en")["language"] == "--language"


def test_names_of_columns_are_made_safe(tmp_path: Path) -> None:
    """And kept short."""
    record = {"id": 1, "\x1b[31mtext\n" + "x" * 9_000: TEXT}
    (found,) = read(tmp_path / "a.jsonl", json.dumps(record), text_column=list(record)[1])
    (name,) = (name for field, name in columns_of(found) if field == "text")
    assert name.startswith("text x")
    assert len(name) == 60


@pytest.mark.parametrize(
    ("head", "field", "expected"),
    [
        (linked_data(headline="Ferry"), "title", "JSON-LD headline"),
        ('<meta property="og:title" content="Ferry">', "title", "meta og:title"),
        ("<title>Ferry</title>", "title", "<title>"),
        (linked_data(publisher={"name": "Hollin Post"}), "outlet", "JSON-LD publisher"),
        ('<meta name="copyright" content="© 2021 Hollin Post">', "outlet", "meta copyright"),
        (f'<meta property="og:url" content="{ADDRESS}">', "outlet", "address"),
        (f'<link rel="canonical" href="{ADDRESS}">', "url", "link canonical"),
        (f"<!-- saved from url=(0043){ADDRESS} -->", "url", "note of where it was saved from"),
        (linked_data(datePublished="2021-03-09"), "published", "JSON-LD datePublished"),
        (linked_data(datePublished="soon") + '<meta name="date" content="2021-03-09">', "published", "meta date"),
        (f'<meta property="og:url" content="{ADDRESS}">', "published", "address"),
        (linked_data(author=[{"name": "Orla Finch"}, {"name": "Ann Lee"}]), "byline", "JSON-LD author"),
        ('<meta property="article:author_name" content="https://q.example/orla">', "byline", None),
        ('<meta property="og:locale" content="nl_NL">', "language", "meta og:locale"),
        (linked_data(creditText="AP", isBasedOn="https://apnews.example/1"), "credited", None),
        ("", "published", None),
        ("", "id", "file name"),
        ("", "text", "trafilatura"),
    ],
)
def test_a_page_tells_the_tag(tmp_path: Path, head: str, field: str, expected: str | None) -> None:
    """Or property, or address."""
    found = dict(article(tmp_path, page(head)).origins).get(field)
    assert found == (expected if field != "credited" else "JSON-LD creditText, JSON-LD isBasedOn")


def test_microdata_is_told_from_linked_data(tmp_path: Path) -> None:
    """By its name."""
    body = '<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="headline" content="Ferry">'
    assert dict(article(tmp_path, page(body)).origins)["title"] == "microdata headline"


def test_other_formats(tmp_path: Path) -> None:
    """Texts, documents, mails, web archives, feeds."""
    assert where(tmp_path / "a.txt", TEXT) == {"id": "file name", "text": "whole file"}
    assert where(tmp_path / "a.txt", TEXT, language="en")["language"] == "--language"
    properties = {
        "id": "file name",
        "text": "whole file",
        "title": "properties of the file",
        "byline": "properties of the file",
    }
    assert where(tmp_path / "a.docx", docx()) == properties
    assert where(tmp_path / "a.odt", odt()) == properties
    assert {"id": "file name", "text": "whole file"}.items() <= where(tmp_path / "a.pdf", pdf([TEXT])).items()
    mail = f"From: Board <a@b.example>\nSubject: Ferry\nDate: Mon, 2 Mar 2015 06:30:00 +0000\n\n{TEXT}"
    assert where(tmp_path / "a.eml", mail) == {
        "id": "file name",
        "text": "plain text part",
        "outlet": "header From",
        "title": "header Subject",
        "published": "header Date",
    }
    assert where(tmp_path / "b.eml", eml(f"<p>{TEXT}</p>", "Content-Type: text/html\n"))["text"] == "HTML part"
    both = eml(
        f"--x\nContent-Type: text/plain\n\n{TEXT}\n--x\nContent-Type: text/html\n\n<p>Something else.</p>\n--x--\n",
        'Content-Type: multipart/mixed; boundary="x"\n',
    )
    assert where(tmp_path / "c.eml", both)["text"] == "plain text and HTML parts"
    crawl = where(tmp_path / "a.warc", warc(response(page().encode())))
    assert (crawl["id"], crawl["url"]) == ("digest of the content", "record of the archive")


def test_kinds(tmp_path: Path) -> None:
    """What a column says, where it means one; what the settings say goes before it."""
    path = tmp_path / "a.csv"
    rows = f'kind,text\nPress release,"{TEXT}"\nstory,"{TEXT} Again."\n'
    release, story = read(path, rows)
    assert dict(release.origins)["kind"] == "column kind"
    assert "kind" not in dict(story.origins)
    release, story = read(path, rows, agencies=(str(path),))
    assert dict(release.origins)["kind"] == dict(story.origins)["kind"] == "--agency"
    assert dict(story.origins)["text"] == "column text"


def test_feeds(tmp_path: Path) -> None:
    """What the entry gives, and what the feed does."""
    path = tmp_path / "a.xml"
    path.write_text(RSS, encoding="utf-8")
    entry = dict(next(found for found in read_articles([path]) if isinstance(found, Article)).origins)
    assert (entry["id"], entry["text"]) == ("digest of the content", "content of the entry")
    assert {"outlet", "title", "published", "url"} <= set(entry)
    assert where(tmp_path / "a.atom", ATOM)["outlet"] == "title of the feed"


def test_origins_make_no_difference(tmp_path: Path) -> None:
    """Not between articles, not to their digest; they stay behind when an article goes to another process."""
    found = read(tmp_path / "a.csv", TABLE)[0]
    bare = dataclasses.replace(found, origins=())
    assert found == bare
    assert hash(found) == hash(bare)
    assert content_digest(found) == content_digest(bare)
    assert pickle.dumps(found) == pickle.dumps(bare)
    assert pickle.loads(pickle.dumps(found)).origins == ()  # noqa: S301 - the test's own
    assert copy.copy(found) == found

"""JSON Lines and JSON files, good and bad."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from tracer.domain import Article, InputError, SkippedArticle
from tracer.read import ReadSettings, read_articles

TEXT = "The ferry stays in Quill Bay, the harbour board said on Monday night."
ROW = {"id": "q1", "source": "Quill Bay Post", "title": "Ferry stays", "date": "2015-09-18", "text": TEXT}


def lines(*rows: object) -> bytes:
    return b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)


def read(path: Path, settings: ReadSettings | None = None) -> list[Article | SkippedArticle]:
    return list(read_articles([path], settings or ReadSettings()))


def read_lines(data: bytes, settings: ReadSettings | None = None) -> list[Article | SkippedArticle]:
    return list(read_articles(["-"], settings or ReadSettings(), io.BytesIO(data)))


def test_a_line_is_an_article() -> None:
    """Every known key ends up in its field; the line number says where it stood."""
    (article,) = read_lines(
        b"\n"
        + lines(
            ROW | {"url": "http://q.example/1", "language": "en-GB", "authors": ["Ada Reed", "Tom Hay"], "topic": 3}
        )
    )
    assert isinstance(article, Article)
    assert (article.id, article.outlet, article.title, article.text) == ("q1", "Quill Bay Post", "Ferry stays", TEXT)
    assert article.published.isoformat() == "2015-09-18"
    assert (article.url, article.language, article.byline) == ("http://q.example/1", "en", "Ada Reed, Tom Hay")
    assert (article.path, article.line, article.group, article.warnings) == ("-", 2, None, ())


@pytest.mark.parametrize("name", ["a.jsonl", "a.NDJSON", "a.jsonl.gz", "a.json", "a.json.gz"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_of_lines(tmp_path: Path, name: str, codec: str) -> None:
    """Lines read the same plain and compressed, in any Unicode encoding, and under the name .json."""
    data = lines(ROW, ROW | {"id": "q2"}).decode().encode(codec)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    found = read(tmp_path / name)
    assert [(item.id, item.line) for item in found if isinstance(item, Article)] == [("q1", 1), ("q2", 2)]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{broken", "is not JSON"),
        (b'{"text": "unfinished', "is not JSON"),
        (b"[1, 2]", "is not a JSON object"),
        (b"null", "is not a JSON object"),
        (b"[" * 60_000, "nested too deeply"),
        (b'{"text": ' + b"9" * 5_000 + b"}", "is not JSON"),
        (
            lines({"title": "Ferry stays"}).strip(),
            "no column known to hold the text (columns title); name it with --text-column",
        ),
        (lines({"text": None}).strip(), "has no text"),
        (lines({"text": ["a", "list"]}).strip(), "has no text"),
        (lines({"text": "too few words"}).strip(), "has 3 words"),
        (lines({"text": TEXT + "\0"}).strip(), "not text"),
        (bytes(range(0x80, 0x100)) + b"\x01\x02\x03\x81", "is in no known text encoding"),
        (lines({"text": "w" * 300_000}).strip(), "longer than 73,536 bytes"),
        (lines({"text": "word " * 300}).strip(), "longer than 1,000 characters"),
    ],
)
def test_a_bad_line_is_skipped_and_reading_goes_on(line: bytes, reason: str) -> None:
    """The skip has the line's number and says why; the lines around it are read."""
    data = lines(ROW) + line + b"\n" + lines(ROW | {"id": "q2"})
    first, skip, last = read_lines(data, ReadSettings(max_article_chars=1_000))
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(skip, SkippedArticle)
    assert (skip.path, skip.line, last.line) == ("-", 2, 3)
    assert reason in skip.reason


def test_legacy_line() -> None:
    """One Windows-1252 line among UTF-8 lines reads right."""
    text = "The “Old Maud” won’t be sold, the board’s chair said — for no price at all."
    first, second = read_lines(
        json.dumps(ROW | {"text": text}, ensure_ascii=False).encode("cp1252") + b"\n" + lines(ROW | {"text": text})
    )
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == second.text == text


def test_values_that_cannot_be_written_again() -> None:
    """Lone surrogates, which no UTF-8 file can hold, are replaced one for one; line ends become line feeds."""
    (article,) = read_lines(b'{"id": "a\\ud800", "text": "The ferry \\ud83d stays in\\r\\nport for now"}\n')
    assert isinstance(article, Article)
    assert article.id == "a\ufffd"
    assert article.text == "The ferry \ufffd stays in\nport for now"


@pytest.mark.parametrize(
    ("record", "outlet", "published"),
    [
        (
            {"maintext": TEXT, "text": None, "source_domain": "q.example", "date_publish": "2015-09-18 14:05:00"},
            *("q.example", "2015-09-18T14:05Z"),
        ),
        (
            {"text": TEXT, "source_url": "https://www.q.example", "publish_date": "2015-09-18T00:00:00"},
            *("q.example", "2015-09-18"),
        ),
        (
            {"content": TEXT, "source": "qpost", "date": "2015-09-18", "published_utc": 1442585100},
            *("qpost", "2015-09-18T14:05Z"),
        ),
        (
            {"content": TEXT, "source": {"id": "q", "name": "Q Post"}, "publishedAt": "2015-09-18T14:05:00Z"},
            *("Q Post", "2015-09-18T14:05Z"),
        ),
        ({"Text": TEXT, "media_name": "Q Post", "media_url": "http://q.example", "publish_date": ""}, "Q Post", ""),
        ({"body": TEXT, "SourceCommonName": "q.example", "DATE": "20150918140500"}, "q.example", "2015-09-18T14:05Z"),
        (
            {"text": TEXT, "source": "Q Post", "domain": "q.example", "date": "soon", "timestamp": 1442585100.5},
            *("Q Post", "2015-09-18T14:05Z"),
        ),
    ],
)
def test_shapes_of_known_exports(record: dict[str, object], outlet: str, published: str) -> None:
    """news-please, newspaper4k, NELA-GT, NewsAPI, Media Cloud, GDELT and a corpus with source and domain."""
    (article,) = read_lines(lines(record))
    assert isinstance(article, Article)
    assert (article.text, article.outlet, article.published.isoformat()) == (TEXT, outlet, published)


def test_a_file_of_news_please(tmp_path: Path) -> None:
    """One article a file, with every key that it writes."""
    record = {
        "authors": ["Orla Finch", "Ann Lee"],
        "date_download": "2015-09-20 09:00:00",
        "date_modify": None,
        "date_publish": "2015-09-18 14:05:00",
        "description": "What became of the ferry.",
        "filename": "https%3A%2F%2Fwww.q.example%2Fferry.json",
        "image_url": "https://www.q.example/ferry.jpg",
        "language": "en",
        "localpath": None,
        "maintext": TEXT,
        "source_domain": "www.q.example",
        "text": None,
        "title": "Ferry in dock",
        "title_page": None,
        "title_rss": None,
        "url": "https://www.q.example/ferry",
    }
    (tmp_path / "ferry.json").write_text(json.dumps(record), encoding="utf-8")
    (found,) = read(tmp_path / "ferry.json")
    assert isinstance(found, Article)
    assert (found.text, found.title, found.outlet) == (TEXT, "Ferry in dock", "q.example")
    assert (found.published.isoformat(), found.url) == ("2015-09-18T14:05Z", "https://www.q.example/ferry")
    assert (found.byline, found.language, found.warnings) == ("Orla Finch, Ann Lee", "en", ())
    assert dict(found.origins)["text"] == "key maintext"


def test_a_file_of_newspaper4k(tmp_path: Path) -> None:
    """A list of articles, lists of authors, the site's name and language from its tags."""
    record = {
        "url": "https://q.example/ferry",
        "read_more_link": "",
        "language": "",
        "title": "Ferry in dock",
        "keywords": ["ferry"],
        "keyword_scores": {"ferry": 1.5},
        "tags": [],
        "authors": ["Orla Finch"],
        "publish_date": "2015-09-18T14:05:00+00:00",
        "summary": "",
        "meta_description": "What became of it.",
        "meta_lang": "en",
        "meta_site_name": "Q Post",
        "canonical_link": "https://q.example/ferry",
        "text": TEXT,
    }
    (tmp_path / "a.json").write_text(json.dumps([record]), encoding="utf-8")
    (found,) = read(tmp_path / "a.json")
    assert isinstance(found, Article)
    assert (found.outlet, found.language, found.byline) == ("Q Post", "en", "Orla Finch")
    assert (found.title, found.published.isoformat(), found.url) == (
        "Ferry in dock",
        "2015-09-18T14:05Z",
        "https://q.example/ferry",
    )


def test_a_file_of_nela_gt(tmp_path: Path) -> None:
    """The time from the stamp, not from the bare date; when it was collected is no date of publication."""
    record = {
        "id": "qpost--2015-09-18--Ferry in dock",
        "date": "2015-09-18",
        "source": "qpost",
        "title": "Ferry in dock",
        "content": TEXT,
        "author": "Orla Finch",
        "url": "https://q.example/ferry",
        "published": "Fri, 18 Sep 2015 14:05:00 +0000",
        "published_utc": 1442585100,
        "collection_utc": 1442685100,
    }
    (tmp_path / "qpost.json").write_text(json.dumps([record]), encoding="utf-8")
    (found,) = read(tmp_path / "qpost.json")
    assert isinstance(found, Article)
    assert (found.id, found.outlet, found.byline) == (record["id"], "qpost", "Orla Finch")
    assert found.published.isoformat() == "2015-09-18T14:05Z"


def test_lists_of_addresses_hold_no_text() -> None:
    """What GDELT and Media Cloud give of articles without their text is a skip that says so."""
    gdelt = {"url": "https://q.example/1", "title": "Ferry", "seendate": "20150918T140500Z", "domain": "q.example"}
    cloud = {
        "stories_id": 1,
        "publish_date": "2015-09-18",
        "title": "Ferry",
        "media_name": "Q Post",
        "url": "q.example",
    }
    for found in read_lines(lines(gdelt, cloud)):
        assert isinstance(found, SkippedArticle)
        assert "no column known to hold the text" in found.reason


@pytest.mark.parametrize(
    ("written", "outlet"),
    [
        ("www.q.example", "q.example"),
        ("WWW.Q.example", "Q.example"),
        ("www.q", "www.q"),
        ("www.", "www."),
        ("www.q.example is a site", "www.q.example is a site"),
        ("https://www.q.example/a", "q.example"),
    ],
)
def test_bare_hosts_lose_their_www(written: str, outlet: str) -> None:
    """So that they are the same as hosts of addresses."""
    (found,) = read_lines(lines({"text": TEXT, "source_domain": written}))
    assert isinstance(found, Article)
    assert found.outlet == outlet


def test_warnings_about_dates() -> None:
    """An unreadable date leaves the article undated; a crawler's date says what it is."""
    unread, seen = read_lines(lines(ROW | {"date": "soon"}, {"text": TEXT, "seendate": "20150918T140500Z"}))
    assert isinstance(unread, Article)
    assert isinstance(seen, Article)
    assert unread.warnings == ("date 'soon' cannot be read to the month; the article counts as undated",)
    assert seen.warnings == ("the date is when GDELT saw the page, not when it was published",)


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ([ROW, ROW | {"id": "q2"}], ["q1", "q2"]),
        (ROW, ["q1"]),
        ({"status": "ok", "articles": [ROW], "tags": ["a"]}, ["q1"]),
        ({**ROW, "related": [{"id": 1}]}, ["q1"]),
    ],
)
def test_json_files(tmp_path: Path, value: object, ids: list[str]) -> None:
    """An array of objects, one object, or an object around one array; there are no line numbers."""
    (tmp_path / "a.json").write_text(json.dumps(value, indent=1), encoding="utf-8")
    found = read(tmp_path / "a.json")
    assert [item.id for item in found if isinstance(item, Article)] == ids
    assert all(item.line is None for item in found)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is not JSON"),
        (b"[]", "is empty"),
        (b'"text"', "neither a JSON object nor an array"),
        (b"[" * 4_000, "nested too deeply"),
        (b"[1]", "item 1 is not a JSON object"),
        (json.dumps([{"text": "few words"}]).encode(), "item 1 has 2 words"),
        (b'{"a": 1}', "no column known to hold the text (columns a)"),
        (b" " * 6_000, "larger than 5,000 bytes; convert it to JSON Lines"),
        (b"\x89PNG....", "is a PNG picture"),
    ],
)
def test_bad_json_files(tmp_path: Path, data: bytes, reason: str) -> None:
    """The place is the whole file; the reason names the item where there is one."""
    (tmp_path / "a.json").write_bytes(data)
    (skip,) = read(tmp_path / "a.json", ReadSettings(max_file_bytes=5_000))
    assert isinstance(skip, SkippedArticle)
    assert skip.line == 0
    assert reason in skip.reason


def test_named_key_must_exist_somewhere() -> None:
    """A key may be missing from some lines; missing from all of them it is an error that says what there is."""
    settings = ReadSettings(outlet_column="paper")
    first, second = read_lines(lines(ROW, ROW | {"Paper ": "Q"}), settings)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.outlet, second.outlet) == (None, "Q")
    with pytest.raises(InputError, match=r"-: there is no column 'paper'; it has columns .*source.*--outlet-column"):
        read_lines(lines(ROW), settings)
    (skip,) = read_lines(b"", settings)
    assert isinstance(skip, SkippedArticle)

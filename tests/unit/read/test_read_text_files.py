"""Plain text files: one article each, or a reason."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tracer.domain import Article, SkippedArticle
from tracer.read import ReadSettings, collect_articles

TEXT = "The ferry stays in Quill Bay, the harbour board said on Monday night."


def only_article(path: Path, settings: ReadSettings | None = None) -> Article:
    articles, skipped = collect_articles([path], settings or ReadSettings())
    assert skipped == []
    (article,) = articles
    return article


def only_skip(path: Path, settings: ReadSettings | None = None) -> SkippedArticle:
    articles, skipped = collect_articles([path], settings or ReadSettings())
    assert articles == []
    (skip,) = skipped
    return skip


@pytest.mark.parametrize("name", ["ferry.txt", "ferry.TEXT", "ferry.md", "ferry.story", "ferry", "ferry.txt.gz"])
def test_a_named_text_is_an_article(tmp_path: Path, name: str) -> None:
    """The stem is the id, nothing else is known; a named file of unknown suffix is tried as text."""
    path = tmp_path / name
    path.write_bytes(gzip.compress(TEXT.encode()) if name.endswith(".gz") else TEXT.encode())
    article = only_article(path)
    assert (article.id, article.text, article.path, article.line) == ("ferry", TEXT, str(path), None)
    assert (article.outlet, article.title, article.language, article.warnings) == (None, None, None, ())


def test_text_is_kept_but_for_line_ends(tmp_path: Path) -> None:
    """Line ends become line feeds; blanks, soft hyphens, ligatures and escape sequences stay as they are."""
    raw = "\r\n  The \x1b[1mfer\u00adry\x1b[0m stays\tput,\r\rthe ﬁrst\u00a0mate\r\nsaid. \n"
    (tmp_path / "a.txt").write_bytes(raw.encode())
    assert only_article(tmp_path / "a.txt").text == raw.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "cp1252", "utf-8-sig"])
def test_encodings(tmp_path: Path, codec: str) -> None:
    """UTF-16 and Windows-1252 files read like any other."""
    text = TEXT + " “We won’t sell,” she said — twice. £9,000 was the offer."
    (tmp_path / "a.txt").write_bytes(text.encode(codec))
    assert only_article(tmp_path / "a.txt").text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "has no text"),
        (b" \n\t\r\n", "has no text"),
        (b"Four words are few.", "has 4 words; an article needs at least 5"),
        (b"*** --- !!! ??? ### $$$", "has 0 words"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "is a PNG picture"),
        (b"%PDF-1.4 some words of a page description", "is a PDF file"),
        (b"some words \0 and a zero byte among them " * 3, "zero bytes"),
        (b"\x01\x02\x03\x04 words between many control characters here", "not text"),
        (bytes(range(1, 256)) * 3, "no known text encoding"),
        (b"word " * 500, "longer than 1,000 characters"),
        (b"w" * 1_000_000, "longer than 1,000 characters"),
        ("é".encode() * 1_500, "longer than 1,000 characters"),
    ],
)
def test_what_is_no_article(tmp_path: Path, data: bytes, reason: str) -> None:
    """The whole file is the place (line 0), and the reason says what is wrong."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    skip = only_skip(path, ReadSettings(max_article_chars=1_000))
    assert (skip.path, skip.line) == (str(path), 0)
    assert reason in skip.reason


def test_scripts_without_blanks(tmp_path: Path) -> None:
    """Chinese has no blanks between words and is not too short for that."""
    (tmp_path / "a.txt").write_text("渡船留在港口，委员会周一表示。", encoding="utf-8")
    assert only_article(tmp_path / "a.txt").id == "a"


def test_shortest_article_is_a_setting(tmp_path: Path) -> None:
    """``min_words`` of 0 admits everything that is not blank."""
    (tmp_path / "a.txt").write_text("Ferry!", encoding="utf-8")
    assert only_article(tmp_path / "a.txt", ReadSettings(min_words=0)).text == "Ferry!"


def test_forced_language(tmp_path: Path) -> None:
    """A forced language is on every article."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert only_article(tmp_path / "a.txt", ReadSettings(language="en")).language == "en"


def test_colliding_stems_get_paths(tmp_path: Path) -> None:
    """Files of one stem are told apart by their path from the folder they share; others keep their stem."""
    for name in ("mon/ferry.txt", "tue/ferry.txt", "tue/ferry.text", "tue/bridge.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{TEXT} {name}", encoding="utf-8")
    inputs = [tmp_path / "tue", tmp_path / "mon" / "ferry.txt"]
    expected = ["bridge", "mon/ferry.txt", "tue/ferry.text", "tue/ferry.txt"]
    assert [article.id for article in collect_articles(inputs)[0]] == expected
    assert [article.id for article in collect_articles(inputs[::-1])[0]] == expected


def test_hostile_file_names(tmp_path: Path) -> None:
    """Controls in a file name reach neither the id nor the path that is shown."""
    (tmp_path / "fer\x1b[31mry\n.txt").write_text(TEXT, encoding="utf-8")
    article = only_article(tmp_path)
    assert article.id == "ferry"
    assert article.path.endswith("/ferry .txt")
